package pb_hooks_test

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/site"
)

// forSchools are the routes of the register that a school's people may ask for
// something of their own.
var forSchools = []string{"GET /api/app/registry/schools", "GET /api/app/registry/schools/{school}", "POST /api/app/registry/schools/{school}/corrections",
	"GET /api/app/registry/history"}

// Whoever has nothing to do with the register, its subscribers and batches learns
// nothing from any of their routes, not even whether something exists.
func TestEveryRouteOfSharingAsksWhoItIs(t *testing.T) {
	s := serve(t)
	const ended, gone = "ended@x.cn", "gone@x.cn"
	other := create(s.app, "schools", map[string]any{"code": "9999990003", "name": "示范区旧小学", "short_name": "旧小学", "initials": "jxx", "stages": []string{"小学"}, "ownership": "公办", "status": "open", "town": "东城镇"})
	hash := s.account(editorA).GetString("password:hash")
	createPerson(s.app, map[string]any{"email": ended, "name": ended, "verified": true, "school": other.Id, "duties": []string{"admin", "editor", "principal"}}, hash)
	createPerson(s.app, map[string]any{"email": gone, "name": gone, "verified": true, "duties": []string{"admin", "supervisor"}}, hash)
	old := s.token(gone)
	if a := s.do(bureauAdmin, http.MethodPost, "/api/app/staff/"+s.person(gone)+"/deactivate", map[string]any{"reason": "调离"}); a.status >= 300 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s.mustPost(bureauAdmin, schoolsAPI+"/9999990003/ending", merging(nil))
	before := s.rowsOf("audit_log", "TRUE")
	for _, r := range pb_hooks.Routes() {
		if !strings.HasPrefix(r.Path, "/api/app/registry/") && !strings.HasPrefix(r.Path, "/api/app/push") && !strings.HasPrefix(r.Path, "/api/app/imports") || r.Anonymous {
			continue
		}
		path := strings.NewReplacer("{school}", "9999990001", "{id}", "nothing00000000", "{correction}", "nothing00000000", "{choice}", "nothing00000000").Replace(r.Path)
		route := r.Method + " " + r.Path
		for _, who := range []string{"", nobodyA, editorA, adminA, principalA, clerkA, officerA, secrecyA, ended, bureauSecrecy, root} {
			a := s.do(who, r.Method, path, map[string]any{})
			allowed := slices.Contains(forSchools, route) || strings.HasPrefix(r.Path, "/api/app/imports") && who != root && who != bureauSecrecy
			switch {
			case who == "" && a.status != http.StatusUnauthorized:
				t.Errorf("%s by nobody: %d %s", route, a.status, a.body)
			case who == ended && r.Method != http.MethodGet && a.status != http.StatusForbidden:
				t.Errorf("%s by somebody of a school that ended: %d %s", route, a.status, a.body)
			case who != "" && !allowed && a.status != http.StatusForbidden && a.status != http.StatusNotFound:
				t.Errorf("%s by %s: %d %s", route, who, a.status, a.body)
			}
		}
		req, err := http.NewRequest(r.Method, s.url+path, strings.NewReader("{}"))
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Set("Authorization", old)
		req.Header.Set("Content-Type", "application/json")
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if res.Body.Close(); res.StatusCode != http.StatusUnauthorized {
			t.Errorf("%s by somebody deactivated: %d", route, res.StatusCode)
		}
	}
	if after := s.rowsOf("audit_log", "TRUE"); after != before {
		t.Errorf("%d deeds were done", after-before)
	}
}

// What a visitor may write into an address breaks no list of the open data.
func TestOpenListsBearWhatIsWrittenIntoTheirAddress(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.publish(editorA, article, version)
	front, err := site.New(site.Options{UI: builtUI(), Logger: s.app.Logger()})
	if err != nil {
		t.Fatal(err)
	}
	cursor := func(text string) string { return url.QueryEscape(b64(text)) }
	queries := []string{"limit=0", "limit=-1", "limit=1e9", "limit=99999999999999999999", "limit=%00", "fields=" + strings.Repeat("a,", 5000), "fields=%00", "fields=,,,", "fields=__proto__,items",
		"cursor=%00", "cursor=" + strings.Repeat("A", 300), "cursor=" + cursor("newest|2026-01-01 00:00:00.000Z|'; DROP TABLE x--"), "cursor=" + cursor("newest||"),
		"cursor=" + cursor("changes|2026-01-01 00:00:00.000Z|aaaaaaaaaaaaaaa"), "cursor=" + cursor("newest|9999-99-99|aaaaaaaaaaaaaaa"), "cursor=" + cursor("-1"),
		"school=%00", "school=%27%20OR%201=1--", "column=%00", "q=%00", "q=" + strings.Repeat("%E5%AD%97", 5000), "q=%22%22%22", "q=*", "q=%FF%FE", "stage=%F0", "town=%25",
		"since=0000-00-00", "since=9999-12-31&until=0001-01-01", "updated_since=9999-12-31T23:59:59Z", "updated_since=-1", "from=2026-01-01&to=9999-12-31", "by=%00", "format=xml", "format=csv&limit=0", "format=%00",
		"%00=%00", "a=" + strings.Repeat("b", 60_000), ";", "%zz"}
	for _, r := range front.Routes() {
		path, isOpen := strings.CutPrefix(r, "GET /open/v1/")
		if !isOpen {
			continue
		}
		path = "/open/v1/" + strings.NewReplacer(":school", "9999990001", ":column", "A0308", ":channel", "mailbox", ":version", "2026", ":id", article, ":file", "articles.jsonl.gz").Replace(path)
		for _, q := range queries {
			if a := s.get(path + "?" + q); a.status >= 500 {
				t.Errorf("%s?%.60s: %d %.200s", path, q, a.status, a.body)
			}
		}
		for _, odd := range []string{"%00", "..%2f..%2fdata.db", "%F0%28", strings.Repeat("x", 5000), "'"} {
			at := path[:strings.LastIndex(path, "/")+1] + odd
			if a := s.get(at); a.status >= 500 {
				t.Errorf("%.80s: %d %.200s", at, a.status, a.body)
			}
		}
	}
}

func TestAVisitorDoesNotChooseTheAddressThatIsCounted(t *testing.T) {
	s := serve(t)
	settings := s.app.Settings()
	settings.TrustedProxy.Headers = []string{"X-Forwarded-For"}
	r, err := s.app.FindRecordById("districts", "district0000000")
	if err != nil {
		t.Fatal(err)
	}
	r.Set("open_per_minute", 3)
	if err := s.app.Save(r); err != nil {
		t.Fatal(err)
	}
	held := 0
	for i := range 8 {
		req, err := http.NewRequest(http.MethodGet, s.url+"/open/v1/schools", nil)
		if err != nil {
			t.Fatal(err)
		}
		req.Header.Add("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", i)) // the visitor's own line
		req.Header.Add("X-Forwarded-For", "198.51.100.7")                 // what the proxy adds
		res, err := http.DefaultTransport.RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		if res.Body.Close(); res.StatusCode == http.StatusTooManyRequests {
			held++
		}
	}
	if held != 5 {
		t.Errorf("%d of 8 requests were held back", held)
	}
}

// A register that is somebody's toy: what it calls a school is text wherever it is shown.
func TestWhatARegisterWritesIsText(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, "机构编号,学校代码,学校名称,学段,办学性质,街镇,地址,电话\n"+rowA+"\n"+rowB+"\n"+
		"J8,9999990008,</script><script>alert(1)</script>小学,小学,公办,<img src=x onerror=alert(2)>,\"=HYPERLINK(\"\"http://x\"\")\",@SUM(1)\n"+
		"J9,../../x,路径小学,小学,公办,东城镇,,\n")
	s.decide(run.ID, map[string]any{"kind": "create", "decision": "accepted"})
	if n := s.rowsOf("schools", "name LIKE '%alert(1)%'"); n != 1 {
		t.Logf("the school was not opened: %s", kindsOf(run))
	}
	if n := s.rowsOf("schools", "code LIKE '%/%'"); n != 0 {
		t.Error("a code leads out of its folder")
	}
	for _, path := range []string{"/", "/schools", "/s/9999990008", "/s/9999990008/A0101", "/s/9999990008/embed", "/s/9999990008/apply", "/s/9999990008/ask", "/s/9999990008/feed.xml", "/sitemap", "/figures",
		"/search?q=alert", "/sitemap.xml", "/s/9999990008/calendar.ics"} {
		if a := s.get(path); a.status >= 500 || a.has("<script>alert(1)") || a.has("<img src=x") {
			t.Errorf("%s: %d shows markup of the register", path, a.status)
		}
	}
	csv := s.get("/open/v1/schools?format=csv")
	if csv.has(",=HYPERLINK") || csv.has(`"=HYPERLINK`) || csv.has(",@SUM") {
		t.Errorf("a formula: %s", csv.body)
	}
	if a := s.get("/open/v1/catalog.jsonld"); a.has("<script>") {
		t.Error("markup in the catalogue")
	}
}

func TestALineAcceptedTogetherIsAppliedOnce(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB, rowC))
	line := s.theLine(run.ID, "kind=create")
	var all sync.WaitGroup
	answers := make([]answer, 4)
	for i := range answers {
		all.Go(func() {
			answers[i] = s.do([]string{bureauAdmin, supervisor}[i%2], http.MethodPost, registryPath+"runs/"+run.ID+"/decide", map[string]any{"lines": []string{line.ID}, "decision": "accepted"})
		})
	}
	all.Wait()
	applied := 0.0
	for _, a := range answers {
		n, _ := a.field("applied").(float64)
		if applied += n; a.status >= 500 {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if n := s.rowsOf("schools", "name = '示范区新港小学'"); n != 1 || applied != 1 {
		t.Errorf("%d schools, applied %v times", n, applied)
	}
	if n := s.rowsOf("audit_log", "action = 'open_school'"); n != 1 {
		t.Errorf("entered %d times", n)
	}
}

// A name that another school has got meanwhile is refused in words.
func TestAProposedNameMayBeTakenMeanwhile(t *testing.T) {
	s := serve(t)
	s.mustPost(editorA, schoolFileA+"/corrections", map[string]any{"field": "name", "value": "示范区新名小学", "reason": "已更名"})
	proposal, err := s.app.FindFirstRecordByData("school_corrections", "school", schoolA)
	if err != nil {
		t.Fatal(err)
	}
	s.mustPost(bureauAdmin, schoolsAPI, map[string]any{"fields": map[string]string{"name": "示范区新名小学", "stages": "小学", "code": "9999990009"}})
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/corrections/"+proposal.Id, map[string]any{"do": "accept"}), "value", "已经")
}

func b64(text string) string { return base64.RawURLEncoding.EncodeToString([]byte(text)) }
