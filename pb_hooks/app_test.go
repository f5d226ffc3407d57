package pb_hooks_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"testing/fstest"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/altcha"
	"gongkai/pb_hooks/responsibility"
	_ "gongkai/pb_migrations"
)

// now is the time in every test: a Monday morning in Shanghai.
var now = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

const password = "Pass-word-2026"

// TestMain gives the tests a temp folder of their own and removes it whole.
func TestMain(m *testing.M) {
	dir, err := os.MkdirTemp("", "gongkai_test_*")
	if err != nil {
		panic(err)
	}
	if err := os.Setenv("TMPDIR", dir); err != nil {
		panic(err)
	}
	code := m.Run()
	if err := os.RemoveAll(dir); err != nil {
		panic(err)
	}
	os.Exit(code)
}

// heavy marks a test of much data or many password hashes, or of a process of its
// own. The race detector makes it ten times slower and sees in it nothing that
// quicker tests do not run: with -short, as under -race, it is left out.
func heavy(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("heavy: runs without -short")
	}
}

func options() pb_hooks.Options {
	return pb_hooks.Options{UI: builtUI(), Now: func() time.Time { return now }, Proof: altcha.Work{Fewest: 50, Most: 100}, Rest: 0.01}
}

// builtUI stands for the built single-page apps: their manifest and entries.
func builtUI() fstest.MapFS {
	manifest := `{"src/public/main.ts":{"file":"assets/public.js","css":["assets/public.css"]},"src/workbench/main.ts":{"file":"assets/workbench.js"}}`
	return fstest.MapFS{".vite/manifest.json": {Data: []byte(manifest)}, "assets/public.js": {Data: []byte("/**/")}, "assets/public.css": {Data: []byte("p{}")}, "favicon.svg": {Data: []byte("<svg/>")}}
}

func newApp(t testing.TB) *tests.TestApp { return newAppAt(t, options()) }

func newAppAt(t testing.TB, o pb_hooks.Options) *tests.TestApp {
	t.Helper()
	app, err := tests.NewTestApp(template())
	if err != nil {
		t.Fatal(err)
	}
	pb_hooks.Register(app, o)
	return app
}

// Schools and people of the tests.
const (
	schoolA = "schoola00000000" // 晨光小学: public, meals
	schoolB = "schoolb00000000" // 云帆中学: private
	editorA = "editor-a@x.cn"
	editorB = "editor-b@x.cn"
	nobodyA = "teacher-a@x.cn" // staff of A without a duty

	secondA    = "editor2-a@x.cn" // another editor
	reviewerA  = "reviewer-a@x.cn"
	secrecyA   = "secrecy-a@x.cn"
	principalA = "principal-a@x.cn"
	adminA     = "admin-a@x.cn"
	reviewerB  = "reviewer-b@x.cn"
	secrecyB   = "secrecy-b@x.cn"
	clerkA     = "clerk-a@x.cn"
	officerA   = "officer-a@x.cn"
	clerkB     = "clerk-b@x.cn"

	supervisor     = "supervisor@x.cn" // the bureau's
	bureauReviewer = "bureau-reviewer@x.cn"
	bureauSecrecy  = "bureau-secrecy@x.cn"
	bureauAdmin    = "bureau-admin@x.cn"
	auditor        = "auditor@x.cn"
	root           = "root@x.cn"
)

func seed(app core.App) {
	create(app, "schools", map[string]any{"id": schoolA, "code": "9999990001", "name": "示范区晨光小学", "short_name": "晨光小学", "initials": "cgxx",
		"stages": []string{"小学"}, "ownership": "公办", "meals": true, "status": "open", "town": "东城镇", "address": "晨光路1号", "phone": "021-00000001"})
	create(app, "schools", map[string]any{"id": schoolB, "code": "9999990002", "name": "示范区云帆中学", "short_name": "云帆中学", "initials": "yfzx",
		"stages": []string{"初中", "高中"}, "ownership": "民办", "status": "open", "town": "西湖镇"})
	var first *core.Record
	for email, f := range map[string]map[string]any{
		editorA: {"school": schoolA, "duties": []string{"editor"}},
		editorB: {"school": schoolB, "duties": []string{"editor"}},
		nobodyA: {"school": schoolA},

		secondA:    {"school": schoolA, "duties": []string{"editor"}},
		reviewerA:  {"school": schoolA, "duties": []string{"reviewer"}},
		secrecyA:   {"school": schoolA, "duties": []string{"secrecy_reviewer"}},
		principalA: {"school": schoolA, "duties": []string{"principal"}},
		adminA:     {"school": schoolA, "duties": []string{"admin"}},
		reviewerB:  {"school": schoolB, "duties": []string{"reviewer"}},
		secrecyB:   {"school": schoolB, "duties": []string{"secrecy_reviewer"}},
		clerkA:     {"school": schoolA, "duties": []string{"clerk"}},
		officerA:   {"school": schoolA, "duties": []string{"officer"}},
		clerkB:     {"school": schoolB, "duties": []string{"clerk"}},

		supervisor:     {"duties": []string{"supervisor"}},
		bureauReviewer: {"duties": []string{"reviewer"}},
		bureauSecrecy:  {"duties": []string{"secrecy_reviewer"}},
		bureauAdmin:    {"duties": []string{"admin"}},
		auditor:        {"duties": []string{"auditor"}},
	} {
		f["email"], f["password"], f["name"], f["verified"] = email, password, email, true
		if first == nil {
			first = create(app, "staff", f)
			continue
		}
		createPerson(app, f, first.GetString("password:hash"))
	}
	create(app, core.CollectionNameSuperusers, map[string]any{"email": root, "password": password})
	for school, name := range map[string]string{schoolA: "甲责任", schoolB: "乙责任"} {
		for _, d := range responsibility.Roles() { // nobody has to name anybody
			create(app, "responsible_people", map[string]any{"school": school, "role": string(d.Role), "name": name, "post": "办公室主任", "phone": "021-00000001", "from": "2025-09-01",
				"state": "confirmed", "confirmed_at": now.AddDate(-1, 0, 0)})
		}
	}
}

// createPerson spares the template the slow hashing of the one password.
func createPerson(app core.App, fields map[string]any, hash string) {
	c, err := app.FindCollectionByNameOrId("staff")
	if err != nil {
		panic(err)
	}
	r := core.NewRecord(c)
	delete(fields, "password")
	r.Load(fields)
	r.SetRaw("password", &core.PasswordFieldValue{Hash: hash})
	r.RefreshTokenKey()
	if err := app.Save(r); err != nil {
		panic(err)
	}
}

func create(app core.App, collection string, fields map[string]any) *core.Record {
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		panic(err)
	}
	r := core.NewRecord(c)
	r.Load(fields)
	if err := app.Save(r); err != nil {
		panic(err)
	}
	return r
}

// server is the whole appliance over real HTTP.
type server struct {
	t   testing.TB
	app *tests.TestApp
	url string
	now *atomic.Pointer[time.Time]
}

// wait moves the server's clock on and runs what is due then, as the cron table
// does every minute.
func (s *server) wait(d time.Duration) {
	s.t.Helper()
	later := s.now.Load().Add(d)
	s.now.Store(&later)
	s.run("new-day")
	s.run("procedure-clock")
}

// run runs a job of the cron table now.
func (s *server) run(id string) {
	s.t.Helper()
	for _, job := range s.app.Cron().Jobs() {
		if job.Id() == id {
			job.Run()
			return
		}
	}
	s.t.Fatalf("there is no job %s", id)
}

// serve starts the appliance on a clone of the template, with what is bound to it
// besides.
func serve(t testing.TB, bind ...func(core.App)) *server {
	t.Helper()
	return serveWith(t, options(), bind...)
}

// serveWith is serve with other options; the clock is the test's own.
func serveWith(t testing.TB, o pb_hooks.Options, bind ...func(core.App)) *server {
	t.Helper()
	clock := &atomic.Pointer[time.Time]{}
	clock.Store(&now)
	o.Now = func() time.Time { return *clock.Load() }
	app := newAppAt(t, o)
	for _, fn := range bind {
		fn(app)
	}
	router, err := apis.NewRouter(app)
	if err != nil {
		t.Fatal(err)
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{}}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		mux, err := e.Router.BuildMux()
		e.Server.Handler = mux
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	app.Cron().Stop() // tests run jobs themselves: a minute of the machine's own clock would get in their way
	web := httptest.NewServer(event.Server.Handler)
	t.Cleanup(func() {
		web.Close()
		if err := event.Server.Shutdown(t.Context()); err != nil && t.Context().Err() == nil {
			t.Error(err)
		}
		app.Cleanup()
	})
	return &server{t: t, app: app, url: web.URL, now: clock}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   string
}

// has reports whether the answer contains all the texts.
func (a answer) has(texts ...string) bool {
	for _, text := range texts {
		if !strings.Contains(a.body, text) {
			return false
		}
	}
	return true
}

// field reads one value of a JSON answer, e.g. field("data", "title", "code").
func (a answer) field(path ...string) any {
	var v any
	if json.Unmarshal([]byte(a.body), &v) != nil {
		return nil
	}
	for _, name := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[name]
	}
	return v
}

// get reads a page as a visitor.
func (s *server) get(path string) answer { return s.do("", http.MethodGet, path, nil) }

// do sends JSON as somebody; "" is a visitor.
func (s *server) do(as, method, path string, body any) answer {
	s.t.Helper()
	var r io.Reader
	if body != nil {
		raw, err := json.Marshal(body)
		if err != nil {
			s.t.Fatal(err)
		}
		r = bytes.NewReader(raw)
	}
	return s.send(as, method, path, "application/json", r)
}

// upload sends a file to an article as somebody.
func (s *server) upload(as, article, name string, data []byte) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err == nil {
		err = w.WriteField("article", article)
	}
	if err != nil || w.Close() != nil {
		s.t.Fatal(err)
	}
	return s.send(as, http.MethodPost, "/api/collections/attachments/records", w.FormDataContentType(), &b)
}

func (s *server) send(as, method, path, contentType string, body io.Reader) answer {
	s.t.Helper()
	req, err := http.NewRequest(method, s.url+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Content-Type", contentType)
	if as != "" {
		req.Header.Set("Authorization", s.token(as))
	}
	before := s.lastRow()
	res, err := http.DefaultTransport.RoundTrip(req) // follows no redirect
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if res.StatusCode < 300 {
		s.mustBeEntered(as, method, path, before)
	}
	return answer{res.StatusCode, res.Header, string(raw)}
}

// account is the record that somebody signs in with.
func (s *server) account(email string) *core.Record {
	s.t.Helper()
	collection := "staff"
	if email == root {
		collection = core.CollectionNameSuperusers
	}
	r, err := s.app.FindAuthRecordByEmail(collection, email)
	if err != nil {
		s.t.Fatal(err)
	}
	return r
}

func (s *server) token(email string) string {
	s.t.Helper()
	token, err := s.account(email).NewAuthToken()
	if err != nil {
		s.t.Fatal(err)
	}
	return token
}
