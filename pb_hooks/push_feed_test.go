package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

// fed is an answer of the feed.
type fed struct {
	Schools []struct {
		pb_hooks.FeedLine
		ChangedAt string `json:"changed_at"`
	}
	Next string
	More bool
}

func (f fed) codes() (list []string) {
	for _, s := range f.Schools {
		list = append(list, s.Code)
	}
	return list
}

func (s *server) fed(token, query string) fed {
	s.t.Helper()
	a := s.pull(token, query)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s: %d %s", query, a.status, a.body)
	}
	return decoded[fed](s.t, a)
}

// offerCorrection puts a local correction into force.
func (s *server) offerCorrection(school, field, ours, theirs string) string {
	s.t.Helper()
	return create(s.app, "school_corrections", map[string]any{"school": school, "field": field, "value": ours, "was": theirs, "reason": "电话局已更换号码", "at": now, "state": "active"}).Id
}

func TestTheFeedIsForTokensOnly(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	for _, token := range []string{"", "x", made.Token + "x", made.Token[:len(made.Token)-1], s.token(bureauAdmin), s.token(root)} {
		for _, ask := range []struct{ method, path string }{{http.MethodGet, "/api/app/registry/feed"}, {http.MethodPost, "/api/app/registry/corrections"}} {
			a := s.withBearer(ask.method, ask.path, token, `{"outcomes":[]}`)
			if a.status != http.StatusUnauthorized || a.header.Get("WWW-Authenticate") == "" || a.has("9999990001") {
				t.Errorf("with %q: %d %s", token, a.status, a.body)
			}
		}
	}
	if a := s.withBearer(http.MethodGet, "/api/app/registry/feed", "", "", "Authorization", "Basic "+made.Token); a.status != http.StatusUnauthorized {
		t.Errorf("another scheme: %d", a.status)
	}
	if a := s.withBearer(http.MethodGet, "/api/app/registry/feed", "", "", "Authorization", "bearer "+made.Token); a.status != http.StatusOK {
		t.Errorf("schemes know no case: %d", a.status)
	}
}

func TestTheFeedTellsOfEachSchool(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	f := s.fed(made.Token, "")
	if len(f.Schools) != 2 || f.More || f.Schools[0].Compliance != nil || f.Schools[0].Site != "http://127.0.0.1:8090/s/9999990001" || f.Schools[0].State != "open" {
		t.Fatalf("%+v", f)
	}
	if again := s.fed(made.Token, "?cursor="+f.Next); len(again.Schools) != 0 || again.Next != f.Next {
		t.Errorf("nothing changed: %+v", again)
	}
	s.published(editorB, "A0308", "供餐时间调整")
	s.run("snapshots")
	correction := s.offerCorrection(schoolA, "phone", "021-1", "021-2")
	g := s.fed(made.Token, "?cursor="+f.Next)
	if !slices.Equal(g.codes(), []string{"9999990001", "9999990002"}) || g.Schools[0].Compliance == nil || g.Schools[0].Compliance.Day != "2026-11-22" || g.Schools[0].Compliance.Counted == 0 {
		t.Fatalf("%+v", g)
	}
	if c := g.Schools[0].Corrections; len(c) != 1 || c[0] != (pb_hooks.PushedCorrection{ID: correction, Field: "phone", Label: "电话", Ours: "021-1", Theirs: "021-2", Reason: "电话局已更换号码", Since: "2026-11-23T02:00:00Z"}) {
		t.Errorf("corrections: %+v", c)
	}
	if g.Schools[1].LastPublishedAt != "2026-11-23T02:00:00Z" || g.Schools[0].LastPublishedAt != "" {
		t.Errorf("published: %+v", g)
	}
	// a school that was entered by mistake leaves its code
	mistake := create(s.app, "schools", map[string]any{"code": "9999990009", "name": "示范区新星小学", "stages": []string{"小学"}, "status": "open"})
	h := s.fed(made.Token, "?cursor="+g.Next)
	if err := s.app.Delete(mistake); err != nil {
		t.Fatal(err)
	}
	i := s.fed(made.Token, "?cursor="+h.Next)
	if !slices.Equal(h.codes(), []string{"9999990009"}) || !slices.Equal(i.codes(), []string{"9999990009"}) || i.Schools[0].State != "removed" || i.Schools[0].Name != "" {
		t.Errorf("%+v %+v", h, i)
	}
	if again := s.fed(made.Token, "?cursor="+i.Next); len(again.Schools) != 0 {
		t.Errorf("the tombstone comes again: %+v", again)
	}
}

func TestTheFeedIsAskedFor(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	all := s.fed(made.Token, "")
	for query, want := range map[string]struct{ field, sentence string }{
		"?limit=0": {"limit", "500"}, "?limit=501": {"limit", "500"}, "?limit=x": {"limit", "500"},
		"?cursor=x": {"cursor", "从头"}, "?cursor=" + all.Next + "x": {"cursor", "从头"}, "?cursor=ZzEuOTk5": {"cursor", "从头"}, // g1.999
		"?cursor=ZzIuOTk5Lng": {"cursor", "从头"}, "?cursor=ZzIuMS4": {"cursor", "从头"}, "?cursor=ZzIuLTEu": {"cursor", "从头"}, // g2.999.x, g2.1. and g2.-1.
		"?since=yesterday": {"since", "日期"}, "?since=2026-11-01&cursor=" + all.Next: {"since", "一个"},
	} {
		refusedAt(t, s.pull(made.Token, query), want.field, want.sentence)
	}
	s.after(48 * time.Hour)
	rename := func(name string) {
		t.Helper()
		r, err := s.app.FindRecordById("schools", schoolA)
		if err != nil {
			t.Fatal(err)
		}
		r.Set("name", name)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	rename("示范区晨光第一小学")
	for query, want := range map[string]int{"?since=2026-11-01": 2, "?since=2026-11-24": 1, "?since=2026-11-23": 2, "?since=2026-11-26": 0, "?since=2026-11-23T10:00:01%2B08:00": 1, "?since=2026-11-23T02:00:00Z": 2} {
		if f := s.fed(made.Token, query); len(f.Schools) != want || f.Next == "" {
			t.Errorf("%s: %+v", query, f.codes())
		}
	}
	// nothing new is not sent again
	a := s.pull(made.Token, "")
	tag := a.header.Get("ETag")
	if b := s.pull(made.Token, "", "If-None-Match", `"other", W/`+tag); b.status != http.StatusNotModified || b.body != "" || b.header.Get("ETag") != tag {
		t.Errorf("%d %q", b.status, b.body)
	}
	rename("示范区晨光第二小学")
	if b := s.pull(made.Token, "", "If-None-Match", tag); b.status != http.StatusOK || b.header.Get("ETag") == tag {
		t.Errorf("after a change: %d", b.status)
	}
}

func TestTheFeedIsPaced(t *testing.T) {
	s := servePush(t)
	one, other := s.subscribe(""), s.subscribe("")
	for n := range 60 {
		a := s.pull(one.Token, "?cursor=x")
		if left := a.header.Get("RateLimit"); left != fmt.Sprintf(`"feed";r=%d;t=%d`, 59-n, n+1) || a.header.Get("RateLimit-Policy") != `"feed";q=60;w=60` {
			t.Fatalf("%d: %s left", n, left)
		}
	}
	if a := s.pull(one.Token, ""); a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") != "1" || a.header.Get("RateLimit") != `"feed";r=0;t=60` {
		t.Errorf("%d %v", a.status, a.header)
	}
	if a := s.pull(other.Token, ""); a.status != http.StatusOK {
		t.Errorf("another token: %d", a.status)
	}
	s.after(10 * time.Second)
	if a := s.pull(one.Token, ""); a.status != http.StatusOK || a.header.Get("RateLimit") != `"feed";r=9;t=51` {
		t.Errorf("later: %d %v", a.status, a.header)
	}
}

// While schools change somebody pulls page by page: every change is seen, and the
// last that is seen of a school is what it is.
func TestTheFeedMissesNothingWhenSchoolsChangeTogether(t *testing.T) {
	s := servePush(t)
	made := s.subscribe("")
	var ids []string
	for n := range 12 {
		ids = append(ids, create(s.app, "schools", map[string]any{"code": fmt.Sprintf("99999901%02d", n), "name": fmt.Sprintf("示范区第%d小学", n), "stages": []string{"小学"}, "status": "open"}).Id)
	}
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Go(func() {
			for n := range 12 {
				r, err := s.app.FindRecordById("schools", ids[(n*5+w*6)%12])
				if err != nil {
					t.Error(err)
					return
				}
				r.Set("town", core.GenerateDefaultRandomId())
				r.Set("registry_id", core.GenerateDefaultRandomId())
				if err := s.app.Save(r); err != nil {
					t.Error(err)
				}
			}
		})
	}
	seen, cursor := map[string]string{}, ""
	page := func() bool {
		s.after(2 * time.Second)
		f := s.fed(made.Token, "?limit=3&cursor="+cursor)
		for _, one := range f.Schools {
			seen[one.Code] = one.RegistryID
		}
		cursor = f.Next
		return f.More
	}
	for range 10 {
		page()
	}
	writers.Wait()
	for page() {
	}
	rows, err := s.app.FindAllRecords("schools")
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range rows {
		if got, ok := seen[r.GetString("code")]; !ok || got != r.GetString("registry_id") {
			t.Errorf("%s: seen %q, is %q", r.GetString("code"), got, r.GetString("registry_id"))
		}
	}
}

func TestThePlatformTellsWhatItTook(t *testing.T) {
	s := servePush(t)
	v := receive(t, nil)
	made := s.subscribe(v.URL)
	one, two := s.offerCorrection(schoolA, "phone", "021-1", "021-2"), s.offerCorrection(schoolA, "address", "晨光路2号", "晨光路1号")
	s.run("push")
	if all := v.got(); len(all) != 2 || all[0].kind != "correction.offered" || !strings.Contains(all[0].body, `"ours":"021-1","theirs":"021-2"`) {
		t.Fatalf("offered: %+v", all)
	}
	tell := func(outcomes ...map[string]string) answer {
		t.Helper()
		raw, err := json.Marshal(map[string]any{"outcomes": outcomes})
		if err != nil {
			t.Fatal(err)
		}
		return s.withBearer(http.MethodPost, "/api/app/registry/corrections", made.Token, string(raw))
	}
	refusedAt(t, tell(), "outcomes", "100")
	refusedAt(t, tell(map[string]string{"id": one, "outcome": "perhaps"}), "outcomes", "taken")
	if a := tell(map[string]string{"id": one, "outcome": "taken"}, map[string]string{"id": "nothing", "outcome": "taken"}); a.status != http.StatusBadRequest || s.rowsOf("push_outcomes", "TRUE") != 0 {
		t.Errorf("half of it: %d %s", a.status, a.body)
	}
	all := []map[string]string{{"id": one, "outcome": "taken"}, {"id": two, "outcome": "refused", "note": "以批文为准\n"}}
	for _, want := range []float64{2, 0} { // the second time it is known
		if a := tell(all...); a.status != http.StatusOK || a.field("recorded") != want {
			t.Errorf("%d %s, want %v", a.status, a.body, want)
		}
	}
	if n := s.rowsOf("notifications", "kind = 'push' AND title = '更正没有被采纳：晨光小学的地址（以批文为准）'"); n != 1 {
		t.Errorf("%d notices", n)
	}
	desk := decoded[pb_hooks.PushDesk](t, s.do(supervisor, http.MethodGet, "/api/app/push", nil))
	if len(desk.Outcomes) != 2 || desk.Outcomes[0].Field != "地址" || desk.Outcomes[0].School != "晨光小学" || desk.Outcomes[0].Outcome != "refused" || desk.Outcomes[1].Ours != "021-1" {
		t.Errorf("%+v", desk.Outcomes)
	}
	if f := s.fed(made.Token, ""); len(f.Schools[0].Corrections)+len(f.Schools[1].Corrections) != 2 {
		t.Error("a correction ends only when the registry says the same")
	}
}
