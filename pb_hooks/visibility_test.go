package pb_hooks_test

import (
	"bytes"
	"image"
	"image/png"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// secretWords are the title, secretText a part of the body, of the version
// whose sight is asked for.
const (
	secretWords = "未公开的内部安排"
	secretText  = "十一点三十分"
	secretBody  = "<p>学校食堂本周起调整供餐时间，午餐提前到" + secretText + "，请各班知悉并转告各位家长。</p>"
)

// viewers are all kinds of people: a visitor, staff by duty, of the same school,
// of another one, of the bureau, and the superuser.
var viewers = []string{"", nobodyA, editorA, secondA, reviewerA, secrecyA, principalA, adminA, editorB, reviewerB, secrecyB,
	clerkA, officerA, clerkB, supervisor, bureauReviewer, bureauSecrecy, bureauAdmin, auditor, root}

// situation is an article of school A somewhere on its way, and who may see it.
type situation struct {
	name     string
	build    func(s *server) (article, version, attachment string)
	listed   bool // the public finds it
	readable bool // the public can read it at its address
	told     bool // its address says what it was: the title stays
	toBureau bool // something was submitted: the supervisor sees it
	frozen   bool // the version asked for was submitted
	atBureau bool // in the hands of the bureau's reviewers
	stepped  bool // has steps
	copied   bool // another version, that was submitted, has the same words
}

// sees reports whether somebody of staff may see the article at all, and the
// version with its text and files.
func (st situation) inside(who string) (article, text bool) {
	switch who {
	case root, editorA, secondA, reviewerA, secrecyA, principalA:
		return true, true
	case supervisor:
		return st.toBureau, st.toBureau && (st.frozen || st.copied)
	case bureauReviewer, bureauSecrecy:
		return st.atBureau, st.atBureau && (st.frozen || st.copied)
	}
	return false, false
}

// everPublic reports whether the article was public, this version of it or another.
func (st situation) everPublic() bool {
	return st.told || strings.HasPrefix(st.name, "a change") || st.name == "withdrawn" || st.name == "taken down"
}

// draftWithFile is a draft that has a picture in it.
func draftWithFile(s *server) (article, version, attachment string) {
	s.t.Helper()
	article, version = s.draft(editorA, "A0308", secretWords, secretBody)
	attachment = s.attach(article, version)
	return article, version, attachment
}

func (s *server) attach(article, version string) string {
	s.t.Helper()
	a := s.upload(editorA, article, "安排.png", picture(s.t))
	if a.status != http.StatusOK {
		s.t.Fatalf("upload: %d %s", a.status, a.body)
	}
	id := a.field("id").(string)
	if a := s.do(editorA, http.MethodPatch, "/api/collections/attachments/records/"+id, map[string]any{"alt": "安排图"}); a.status != 200 {
		s.t.Fatalf("describe: %d %s", a.status, a.body)
	}
	if a := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"attachments": []string{id}}); a.status != 200 {
		s.t.Fatalf("attach: %d %s", a.status, a.body)
	}
	return id
}

// after takes steps on a draft with a file: who, what, and what it carries.
func after(change map[string]any, steps ...[]any) func(s *server) (string, string, string) {
	return func(s *server) (string, string, string) {
		s.t.Helper()
		article, version, attachment := draftWithFile(s)
		if change != nil {
			if a := s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, change); a.status != 200 {
				s.t.Fatalf("%v: %d %s", change, a.status, a.body)
			}
		}
		for _, step := range steps {
			with := map[string]any{"action": step[1], "version": version}
			if len(step) > 2 {
				with[step[2].(string)] = step[3]
			}
			s.must(step[0].(string), article, with)
		}
		return article, version, attachment
	}
}

var (
	submitIt   = []any{editorA, "submit"}
	approveIt  = []any{reviewerA, "approve", "check", fine}
	clearIt    = []any{secrecyA, "clear", "check", clear}
	withdrawIt = []any{editorA, "withdraw", "reason", "含个人信息"}
)

// situations are every state and every stage.
var situations = []situation{
	{name: "draft", build: draftWithFile},
	{name: "reviewing", build: after(nil, submitIt), toBureau: true, frozen: true, stepped: true},
	{name: "secrecy reviewing", build: after(nil, submitIt, approveIt), toBureau: true, frozen: true, stepped: true},
	{name: "recalled", build: after(nil, submitIt, []any{editorA, "recall"}), frozen: true, stepped: true},
	{name: "returned", build: after(nil, submitIt, []any{reviewerA, "return", "reason", "请补充"}), toBureau: true, frozen: true, stepped: true},
	{name: "referred to the bureau", build: func(s *server) (string, string, string) {
		article, version, attachment := after(nil, submitIt, approveIt)(s)
		s.must(secrecyA, article, map[string]any{"action": "refer", "version": version, "reason": "拿不准", "check": map[string]any{"result": "ask_above"}})
		return article, version, attachment
	}, toBureau: true, frozen: true, atBureau: true, stepped: true},
	{name: "withheld", build: func(s *server) (string, string, string) {
		article, version, attachment := after(nil, submitIt, approveIt)(s)
		s.must(secrecyA, article, map[string]any{"action": "withhold", "version": version, "reason": "涉及个人",
			"check": map[string]any{"result": "not_public", "found": []string{"privacy"}, "basis": "条例第十五条"}})
		return article, version, attachment
	}, toBureau: true, frozen: true, stepped: true},
	{name: "released for later", build: after(map[string]any{"release_at": "2026-11-25 00:00:00.000Z"}, submitIt, approveIt, clearIt), toBureau: true, frozen: true, stepped: true},
	{name: "published", build: after(nil, submitIt, approveIt, clearIt), listed: true, readable: true, told: true, toBureau: true, frozen: true, stepped: true},
	{name: "a change being written beside the public text", build: func(s *server) (string, string, string) { return changed(s, false) }, toBureau: true, stepped: true},
	{name: "a change under review beside the public text", build: func(s *server) (string, string, string) { return changed(s, true) }, toBureau: true, frozen: true, stepped: true},
	{name: "withdrawn", build: after(nil, submitIt, approveIt, clearIt, withdrawIt), toBureau: true, frozen: true, stepped: true},
	{name: "taken down", build: after(nil, submitIt, approveIt, clearIt, []any{supervisor, "take_down", "reason", "含个人信息"}), toBureau: true, frozen: true, stepped: true},
	{name: "concluded", build: func(s *server) (string, string, string) {
		article, version, attachment := after(map[string]any{"publicity_workdays": 5}, submitIt, approveIt, clearIt)(s)
		s.wait(10 * 24 * time.Hour)
		s.stands(article, "concluded", "drafting")
		return article, version, attachment
	}, told: true, toBureau: true, frozen: true, stepped: true},
	{name: "expired", build: func(s *server) (string, string, string) {
		article, version, attachment := after(map[string]any{"valid_until": "2026-11-24"}, submitIt, approveIt, clearIt)(s)
		s.wait(3 * 24 * time.Hour)
		s.stands(article, "expired", "drafting")
		return article, version, attachment
	}, readable: true, told: true, toBureau: true, frozen: true, stepped: true},
	{name: "archived", build: after(nil, submitIt, approveIt, clearIt, []any{editorA, "archive"}), readable: true, told: true, toBureau: true, frozen: true, stepped: true},
}

// changed publishes something harmless and puts the secret words into a change.
func changed(s *server, submitted bool) (article, version, attachment string) {
	s.t.Helper()
	article, first := s.draft(editorA, "A0308", "校园开放日", "<p>校园开放日照常举行，请按时参加活动。</p>")
	if a := s.publish(editorA, article, first); a.status != 200 {
		s.t.Fatalf("publish: %d %s", a.status, a.body)
	}
	a := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article})
	version, _ = a.field("id").(string)
	a = s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version,
		map[string]any{"title": secretWords, "body": secretBody})
	if a.status != 200 {
		s.t.Fatalf("change: %d %s", a.status, a.body)
	}
	attachment = s.attach(article, version)
	if submitted {
		s.must(editorA, article, map[string]any{"action": "submit", "version": version})
	}
	return article, version, attachment
}

// TestVisibilityMatrixTogether asks every representation as every kind of person in
// every situation. What is not said to be visible must be refused; what is said
// to be visible must show, or the matrix would pass by showing nothing.
func TestVisibilityMatrixTogether(t *testing.T) {
	for i, st := range situations {
		if testing.Short() && i%4 > 0 { // the race detector looks at every route, and not at every situation
			continue
		}
		t.Run(st.name, func(t *testing.T) {
			t.Parallel()
			s := serve(t)
			s.manySearches()
			m := matrix{server: s, st: st}
			m.article, m.version, m.attachment = st.build(s)
			m.file = s.record("attachments", m.attachment).GetString("file")
			m.keepFinding()
			s.run("open-files")
			for _, who := range viewers {
				for _, r := range representations {
					// the public site knows nobody: four kinds of people are enough
					if strings.HasPrefix(r.path, "/api/") || slices.Contains([]string{"", editorA, supervisor, root}, who) {
						m.ask(who, r)
					}
				}
			}
		})
	}
}

// matrix is one situation on a running server.
type matrix struct {
	*server
	st                                 situation
	article, version, attachment, file string
}

// manySearches lets the matrix ask more often than a visitor may.
func (s *server) manySearches() {
	s.t.Helper()
	district := s.record("districts", "district0000000")
	district.Set("search_per_minute", 100_000)
	if err := s.app.Save(district); err != nil {
		s.t.Fatal(err)
	}
}

// keepFinding puts a finding where the scanner would put one.
func (m matrix) keepFinding() {
	if !m.st.stepped {
		return
	}
	create(m.app, "findings", map[string]any{"article": m.article, "version": m.version, "class": "name_list", "level": "warn", "place": "正文",
		"sample": secretText, "found": "submit", "state": "resolved"})
}

func (m matrix) ask(who string, r representation) {
	m.t.Helper()
	path := strings.NewReplacer("{article}", m.article, "{version}", m.version, "{attachment}", m.attachment, "{file}", m.file).Replace(r.path)
	if strings.Contains(path, "{token}") {
		path = strings.ReplaceAll(path, "{token}", m.fileToken(who))
	}
	method, _, _ := strings.Cut(r.route, " ")
	a := m.do(who, method, path, nil)
	if a.status >= 500 {
		m.t.Errorf("%s %s as %q: %d %s", method, path, who, a.status, a.body)
	}
	may, must := r.policy(m.st, who)
	switch shows := r.shows(m, a); {
	case shows && !may:
		m.t.Errorf("%s %s as %q shows what is %s: %d", method, path, who, m.st.name, a.status)
	case !shows && must:
		m.t.Errorf("%s %s as %q does not show what is %s: %d", method, path, who, m.st.name, a.status)
	}
}

func (m matrix) fileToken(who string) string {
	m.t.Helper()
	if who == "" {
		return ""
	}
	token, _ := m.do(who, http.MethodPost, "/api/files/token", nil).field("token").(string)
	return token
}

// Every route and every collection is in the matrix, or named with the test
// that asks for it: a new one fails here until somebody has thought about it.
func TestEveryRepresentationIsInTheMatrix(t *testing.T) {
	s := serve(t)
	var known []string
	for _, r := range representations {
		known = append(known, r.route)
	}
	for _, route := range allRoutes(t) {
		if !slices.Contains(known, route) && elsewhere[route] == "" {
			t.Errorf("%s is not in the visibility matrix", route)
		}
	}
	for route := range elsewhere {
		if !slices.Contains(allRoutes(t), route) {
			t.Errorf("%s does not exist", route)
		}
	}
	collections, err := s.app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range collections {
		if _, ok := listers[c.Name]; !ok && !c.System {
			t.Errorf("the collection %s is not in the visibility matrix", c.Name)
		}
		for _, f := range c.Fields {
			// a school's emblem is public; a broadcast's files are read by whoever reads the broadcast
			// those of requests and letters are sealed; a template is read by all staff; no record of the registry is
			if f.Type() == "file" && !slices.Contains([]string{"attachments", "schools", "broadcasts", "foi_applications", "foi_files", "foi_letters", "letter_templates", "inquiry_letters", "inquiry_files", "order_files", "registry_runs"}, c.Name) {
				t.Errorf("%s.%s holds files and is not in the visibility matrix", c.Name, f.GetName())
			}
		}
	}
}

// picture is a small picture.
func picture(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewNRGBA(image.Rect(0, 0, 640, 480))); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}
