package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/probe/names"
)

const probesPath = "/api/app/probes"

// linking puts an article with this text before the public, as it may have been
// stored before texts were cleaned.
func (s *server) linking(school, body string, facts ...map[string]string) (id string) {
	s.t.Helper()
	n := s.rowsOf("articles", "TRUE")
	id, version := fmt.Sprintf("probed%09d", n), fmt.Sprintf("version%08d", n)
	raw, err := json.Marshal(facts)
	if err != nil {
		s.t.Fatal(err)
	}
	const at = "2026-11-20 04:00:00.000Z"
	db := s.app.NonconcurrentDB()
	_, err = db.Insert("articles", dbx.Params{"id": id, "school": school, "column": "A0308", "title": "一条信息", "state": "published", "stage": "drafting", "published": version,
		"published_at": at, "first_published_at": at, "created": at, "updated": at}).Execute()
	if err == nil {
		_, err = db.Insert("article_versions", dbx.Params{"id": version, "article": id, "number": 1, "title": "一条信息", "created_on": "2026-11-20", "frozen": true, "body": body, "facts": string(raw),
			"attachments": "[]", "created": at, "updated": at}).Execute()
	}
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

// probed begins a run and waits for its end.
func (s *server) probed(school string) pb_hooks.ProbeRun {
	s.t.Helper()
	a := s.do(supervisor, http.MethodPost, probesPath, map[string]any{"school": school})
	if a.status != http.StatusOK {
		s.t.Fatalf("begin: %d %s", a.status, a.body)
	}
	return s.endOf(a.field("id").(string))
}

func (s *server) endOf(id string) (run pb_hooks.ProbeRun) {
	s.t.Helper()
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(2 * time.Millisecond) {
		for _, run = range s.probes(supervisor, "").Runs {
			if run.ID == id && run.State != "running" {
				return run
			}
		}
	}
	s.t.Fatalf("the run does not end: %+v", run)
	return run
}

func (s *server) probes(as, school string) (desk pb_hooks.ProbeDesk) {
	s.t.Helper()
	a := s.do(as, http.MethodGet, probesPath+"?school="+school, nil)
	if err := json.Unmarshal([]byte(a.body), &desk); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return desk
}

func (s *server) line(school string) pb_hooks.ProbeLine {
	s.t.Helper()
	return s.probes(supervisor, school).Schools[0]
}

func (s *server) linksIn(view string) map[string]pb_hooks.ProbeLink {
	s.t.Helper()
	var list pb_hooks.ProbeLinkList
	a := s.do(supervisor, http.MethodGet, probesPath+"/links?view="+view, nil)
	if err := json.Unmarshal([]byte(a.body), &list); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	found := map[string]pb_hooks.ProbeLink{}
	for _, item := range list.Items {
		found[item.URL] = item
	}
	return found
}

// elsewhere is a server on the Internet: it knows /fine, and is reached as outside.example.
func elsewhereServer(t *testing.T) (address string, asked *atomic.Int32, fetcher *probe.Fetcher) {
	t.Helper()
	asked = &atomic.Int32{}
	mux := http.NewServeMux()
	mux.HandleFunc("/fine", func(http.ResponseWriter, *http.Request) { asked.Add(1) })
	out := httptest.NewServer(mux)
	t.Cleanup(out.Close)
	u, err := url.Parse(out.URL)
	if err != nil {
		t.Fatal(err)
	}
	at := netip.MustParseAddrPort(u.Host)
	return fmt.Sprintf("http://outside.example:%d", at.Port()), asked, &probe.Fetcher{Allowed: []netip.AddrPort{at}, Every: time.Microsecond,
		Resolver: names.Serve(t, map[string]netip.Addr{"outside.example.": at.Addr()})}
}

func serveProbes(t *testing.T, fetcher *probe.Fetcher) *server {
	t.Helper()
	o := options()
	o.Links = fetcher
	return serveWith(t, o)
}

func TestLinksThatLeadNowhereAreFound(t *testing.T) {
	out, asked, fetcher := elsewhereServer(t)
	s := serveProbes(t, fetcher)
	other := s.linking(schoolB, "<p>学校食堂本周起调整供餐时间。</p>")
	first := s.linking(schoolA, `<p><a href="/a/`+other+`">见通知</a><a href="/a/nosucharticle00">旧通知</a><a href="/s/9999990001">学校</a><img src="/f/nosuchfile00000/x.png" alt="">`+
		`<a href="`+out+`/fine">一</a><a href="`+out+`/gone">二</a><a href="javascript:void(0)">三</a><a href="file:///C:/a.doc">四</a><a href="mailto:a@b.cn">五</a></p>`,
		map[string]string{"说明": "请登录 http://10.110.33.3:8080/oa 填报"})
	s.linking(schoolB, `<p><a href="https://mp.weixin.qq.com.example/s/x">x</a><a href="`+out+`/gone">二</a></p>`)
	chat := s.linking(schoolB, `<p>点击查看：<a href="https://mp.weixin.qq.com/s/x">原文</a></p>`)

	run := s.probed("")
	if run.State != "done" || run.Done != run.Total || run.Total != 4+2 || run.Asked != 4 || run.Alone {
		t.Errorf("the first run: %+v", run)
	}
	foreign := s.linksIn("")
	for _, address := range []string{"http://10.110.33.3:8080/oa", "javascript:void(0)", "file:///C:/a.doc"} {
		if l := foreign[address]; l.State != "foreign" || l.Article != first || l.Reason == "" || l.Advice == "" || l.School.Code != "9999990001" {
			t.Errorf("%s: %+v", address, l)
		}
	}
	if l := foreign["https://mp.weixin.qq.com/s/x"]; l.Article != chat || l.Place != "全文" {
		t.Errorf("only WeChat: %+v", l)
	}
	if len(foreign) != 4 {
		t.Errorf("after one look: %v", foreign)
	}
	if n := len(s.linksIn("suspect")); n != 5 { // two inside, and elsewhere /gone and two names that are not there
		t.Errorf("suspect: %v", s.linksIn("suspect"))
	}

	s.wait(25 * time.Hour)
	s.probed("")
	broken := s.linksIn("")
	for _, address := range []string{"/a/nosucharticle00", "/f/nosuchfile00000/x.png", out + "/gone", "https://mp.weixin.qq.com/s/x"} {
		if l := broken[address]; l.State != "broken" && address != "https://mp.weixin.qq.com/s/x" || l.Since == "" {
			t.Errorf("%s: %+v", address, l)
		}
	}
	if n := asked.Load(); n != 1 {
		t.Errorf("a page elsewhere that works was asked %d times in a day", n)
	}
	a, b := s.line("9999990001"), s.line("9999990002")
	if a.Broken != 3 || a.Foreign != 3 || a.WeChat != 0 || a.HomeBroken != 0 || b.Broken != 3 || b.WeChat != 1 {
		t.Errorf("the figures: %+v, %+v", a, b)
	}
	if v := s.today(supervisor, "9999990001"); v.Counts["links_broken"] != 3 || v.Counts["links_foreign"] != 3 {
		t.Errorf("counted: %v", v.Counts)
	}

	// repaired: the text is another one now
	s.wait(25 * time.Hour)
	if _, err := s.app.NonconcurrentDB().Update("articles", dbx.Params{"state": "withdrawn"}, dbx.HashExp{"id": first}).Execute(); err != nil {
		t.Fatal(err)
	}
	s.probed("9999990001")
	if a := s.line("9999990001"); a.Broken+a.Foreign != 0 {
		t.Errorf("after it was withdrawn: %+v", a)
	}
	if a := s.do(supervisor, http.MethodGet, probesPath+"/links.xlsx", nil); a.status != http.StatusOK || !strings.HasPrefix(a.body, "PK") {
		t.Errorf("the workbook: %d", a.status)
	}
	for _, ask := range []string{"view=nosuch", "page=0", "page=x"} {
		if a := s.do(supervisor, http.MethodGet, probesPath+"/links?"+ask, nil); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d", ask, a.status)
		}
	}
}

// A server that reaches nobody says nothing of others.
func TestSilenceIsOnesOwnWhereNobodyIsReached(t *testing.T) {
	s := serveProbes(t, &probe.Fetcher{Resolver: names.Serve(t, nil), Every: time.Microsecond})
	s.linking(schoolA, `<p><a href="http://a.example/">一</a><a href="http://b.example/">二</a></p>`)
	for range 2 {
		if run := s.probed(""); run.State != "done" || !run.Alone || run.Asked != 0 {
			t.Errorf("%+v", run)
		}
		s.wait(25 * time.Hour)
	}
	if l := s.linksIn("outside")["http://a.example/"]; l.State != "unchecked" || l.Checked != "" {
		t.Errorf("%+v", l)
	}
}

func TestFilesThatCannotBeDownloadedAreFound(t *testing.T) {
	s := serve(t)
	id, v := s.draft(editorA, "A0308", "通知", someText)
	up := s.upload(editorA, id, "x.png", pngBytes(t))
	file, _ := up.field("id").(string)
	stored, _ := up.field("file").(string)
	_, err := s.app.NonconcurrentDB().NewQuery("UPDATE article_versions SET attachments = {:files} WHERE id = {:v}").Bind(dbx.Params{"files": `["` + file + `"]`, "v": v}).Execute()
	if err == nil {
		_, err = s.app.NonconcurrentDB().Update("articles", dbx.Params{"state": "published", "published": v, "published_at": "2026-11-20 04:00:00.000Z"}, dbx.HashExp{"id": id}).Execute()
	}
	if err != nil || stored == "" {
		t.Fatal(err, up.body)
	}
	collection, err := s.app.FindCachedCollectionByNameOrId("attachments")
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(s.app.DataDir(), core.LocalStorageDirName, collection.BaseFilesPath(), file, stored)
	was, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, reason string
		change       func() error
		broken       int
	}{
		{"as it was", "", func() error { return nil }, 0},
		{"empty, once", "", func() error { return os.WriteFile(path, nil, 0o600) }, 0},
		{"empty", "文件是空的", func() error { return nil }, 1},
		{"gone", "页面不存在", func() error { return os.Remove(path) }, 1},
		{"there again", "", func() error { return os.WriteFile(path, was, 0o600) }, 0},
	} {
		if err := tt.change(); err != nil {
			t.Fatal(err)
		}
		s.wait(25 * time.Hour)
		s.probed("9999990001")
		if got := s.line("9999990001"); got.FilesBroken != tt.broken {
			t.Errorf("%s: %+v", tt.name, got)
		}
		for _, l := range s.linksIn("") {
			if l.Reason != tt.reason || l.URL != "/f/"+file+"/x.png" {
				t.Errorf("%s: %+v", tt.name, l)
			}
		}
	}
}

func TestProbesAreSeenByTheSchoolAndTheBureau(t *testing.T) {
	s := serve(t)
	s.linking(schoolA, `<p><a href="http://10.1.1.1/">一</a></p>`)
	s.linking(schoolB, `<p><a href="http://10.2.2.2/">二</a></p>`)
	s.probed("")
	for _, who := range []string{"", root} {
		for _, path := range []string{probesPath, probesPath + "/links", probesPath + "/links.xlsx"} {
			if a := s.do(who, http.MethodGet, path, nil); a.status != 401 && a.status != 403 {
				t.Errorf("%q %s: %d", who, path, a.status)
			}
		}
	}
	for _, who := range []string{bureauSecrecy} {
		if a := s.do(who, http.MethodGet, probesPath, nil); a.status != 403 {
			t.Errorf("%q: %d", who, a.status)
		}
	}
	for _, who := range []string{supervisor, bureauReviewer, bureauAdmin, auditor} {
		if a := s.do(who, http.MethodGet, probesPath+"/links", nil); a.status != 200 || !a.has("10.1.1.1", "10.2.2.2") {
			t.Errorf("%q sees %d %s", who, a.status, a.body)
		}
		if n := len(s.probes(who, "").Schools); n != 2 {
			t.Errorf("%q sees %d schools", who, n)
		}
	}
	for _, who := range []string{editorA, reviewerA, principalA, clerkA, officerA} {
		if a := s.do(who, http.MethodGet, probesPath+"/links", nil); a.status != 200 || !a.has("10.1.1.1") || a.has("10.2.2.2") {
			t.Errorf("%q sees %d %s", who, a.status, a.body)
		}
		if desk := s.probes(who, ""); len(desk.Schools) != 1 || desk.Schools[0].School.Code != "9999990001" || desk.MayStart {
			t.Errorf("%q sees %+v", who, desk)
		}
		for _, path := range []string{probesPath, probesPath + "/links", probesPath + "/links.xlsx"} {
			if a := s.do(who, http.MethodGet, path+"?school=9999990002", nil); a.status != 404 {
				t.Errorf("%q asks for another school: %d %s", who, a.status, a.body)
			}
		}
	}
	stopped := create(s.app, "probe_runs", map[string]any{"state": "cancelled", "phase": "pages", "day": "2026-11-22"})
	for _, who := range []string{"", editorA, principalA, adminA, bureauReviewer, auditor, root} {
		for _, path := range []string{probesPath, probesPath + "/" + stopped.Id + "/cancel"} {
			if a := s.do(who, http.MethodPost, path, map[string]any{"school": "9999990001"}); a.status != 401 && a.status != 403 {
				t.Errorf("%q %s: %d %s", who, path, a.status, a.body)
			}
		}
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, probesPath, map[string]any{"school": "nosuch"}), "school", "没有这所学校")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, probesPath+"/"+stopped.Id+"/cancel", nil), "id", "已经结束")
	if a := s.do(supervisor, http.MethodPost, probesPath+"/nosuchrun000000/cancel", nil); a.status != 404 {
		t.Errorf("a run that is not: %d", a.status)
	}
	if a := s.do(supervisor, http.MethodPost, probesPath, "x"); a.status != 400 {
		t.Errorf("no request: %d", a.status)
	}
}

// A run is ended while it waits for a server that does not answer.
func TestARunIsCancelled(t *testing.T) {
	asked, answered := make(chan struct{}, 1), make(chan struct{})
	out := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		select {
		case asked <- struct{}{}:
		default:
		}
		<-answered
	}))
	t.Cleanup(out.Close)
	at := netip.MustParseAddrPort(strings.TrimPrefix(out.URL, "http://"))
	s := serveProbes(t, &probe.Fetcher{Allowed: []netip.AddrPort{at}, Every: time.Microsecond, Resolver: names.Serve(t, map[string]netip.Addr{"outside.example.": at.Addr()})})
	s.linking(schoolA, fmt.Sprintf(`<p><a href="http://outside.example:%d/">一</a></p>`, at.Port()))
	a := s.do(bureauAdmin, http.MethodPost, probesPath, map[string]any{"school": "9999990001"})
	id, _ := a.field("id").(string)
	<-asked
	refusedAt(t, s.do(supervisor, http.MethodPost, probesPath, map[string]any{"school": "9999990001"}), "school", "正在检查")
	if a := s.do(bureauAdmin, http.MethodPost, probesPath+"/"+id+"/cancel", nil); a.status != 200 || a.field("state") != "cancelled" {
		t.Errorf("%d %s", a.status, a.body)
	}
	close(answered)
	if run := s.endOf(id); run.State != "cancelled" || run.By != bureauAdmin {
		t.Errorf("%+v", run)
	}
}
