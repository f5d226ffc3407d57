package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/apis"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
)

func (s *server) inbox(as string) pb_hooks.Inbox {
	s.t.Helper()
	a := s.do(as, http.MethodGet, "/api/app/inbox", nil)
	var box pb_hooks.Inbox
	if err := json.Unmarshal([]byte(a.body), &box); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("the inbox of %s: %d %s", as, a.status, a.body)
	}
	return box
}

// said is an inbox in short: "group kind title", in its order.
func said(box pb_hooks.Inbox) string {
	var lines []string
	for _, i := range box.Items {
		lines = append(lines, i.Group+" "+i.Kind+" "+i.Title)
	}
	return strings.Join(lines, "; ")
}

// submitted is an article under review, with a step more if one is named.
func (s *server) submitted(title, column string, steps ...string) string {
	s.t.Helper()
	article, version := s.draft(editorA, column, title, someText)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	for _, do := range steps {
		s.must(map[string]string{"approve": reviewerA, "return": reviewerA, "second": principalA, "clear": secrecyA, "refer": secrecyA, "withhold": secrecyA}[do], article,
			map[string]map[string]any{
				"approve":  {"action": "approve", "check": fine},
				"second":   {"action": "approve", "check": fine},
				"return":   {"action": "return", "reason": "时间写错了"},
				"clear":    {"action": "clear", "check": clear},
				"refer":    {"action": "refer", "reason": "拿不准", "check": map[string]any{"result": "ask_above"}},
				"withhold": {"action": "withhold", "reason": "涉密", "check": map[string]any{"result": "not_public", "found": []string{"work_secret"}, "basis": "条例第十四条"}},
			}[do])
	}
	return article
}

// later is an article that was cleared for tomorrow.
func (s *server) later(title string) string {
	s.t.Helper()
	article, version := s.draft(editorA, "A0308", title, someText)
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"release_at": "2026-11-24 02:00:00.000Z"})
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		s.t.Fatal(a.body)
	}
	return article
}

// everywhere is an article in every stage; it returns their ids by title.
func (s *server) everywhere() map[string]string {
	s.t.Helper()
	ids := map[string]string{"待初审": s.submitted("待初审", "A0308"), "待复审": s.submitted("待复审", "A0402", "approve"), "待保密审查": s.submitted("待保密审查", "A0308", "approve"),
		"退回": s.submitted("退回", "A0308", "return"), "待上级": s.submitted("待上级", "A0308", "approve", "refer"), "不公开": s.submitted("不公开", "A0308", "approve", "withhold"),
		"待公开": s.later("待公开"), "已公开": s.submitted("已公开", "A0308", "approve", "clear")}
	ids["草稿"], _ = s.draft(editorA, "A0308", "草稿", someText)
	bureau, version := s.draft(editorB, "A0308", "云帆无人审核", someText)
	for _, email := range []string{reviewerB} {
		r := s.record("staff", s.person(email))
		r.Set("deactivated_at", now)
		if err := s.app.Save(r); err != nil {
			s.t.Fatal(err)
		}
	}
	s.must(editorB, bureau, map[string]any{"version": version, "action": "submit"})
	ids["云帆无人审核"] = bureau
	return ids
}

func TestInboxOffersExactlyWhatCanBeDone(t *testing.T) {
	s := serve(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(reviewerA), "stand_in": s.person(nobodyA), "duty": "reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(secrecyA), "stand_in": s.person(secondA), "duty": "secrecy_reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	ids := s.everywhere()
	offered := 0
	for _, who := range []string{editorA, secondA, reviewerA, secrecyA, principalA, adminA, nobodyA, editorB, secrecyB, supervisor, bureauReviewer, bureauSecrecy, bureauAdmin, auditor} {
		box := s.inbox(who)
		for title, id := range ids {
			desk := s.do(who, http.MethodGet, "/api/app/articles/"+id, nil)
			i := slices.IndexFunc(box.Items, func(i pb_hooks.InboxItem) bool { return i.ID == id })
			switch {
			case desk.status != http.StatusOK:
				if i >= 0 {
					t.Errorf("%s hears of “%s” and may not see it", who, title)
				}
			case title == "待公开" && who == supervisor:
				// it may be stopped, which is nothing that waits to be done
			case strings.Contains(desk.body, `"is_review":true`) != (i >= 0 && box.Items[i].Kind == "review" && box.Items[i].Group != "waiting"):
				t.Errorf("%s: “%s” offers %s, the inbox says %s", who, title, desk.body, said(box))
			case i >= 0 && box.Items[i].Kind == "review":
				offered++
			}
		}
	}
	if offered != 7 { // or nobody was asked anything
		t.Errorf("%d reviews are offered in all", offered)
	}
	for who, want := range map[string]string{
		// due the day after tomorrow, by the rule of the district; what has no due day comes after
		editorA: "todo returned 退回; waiting released 待公开; waiting waiting 待初审; waiting waiting 待保密审查; waiting waiting 待上级; waiting waiting 待复审; waiting withheld 不公开",
		secondA: "todo review 待保密审查",
		editorB: "waiting waiting 云帆无人审核",
		adminA:  "", supervisor: "", auditor: "", secrecyB: "",
		bureauSecrecy: "todo review 待上级", bureauReviewer: "todo review 云帆无人审核",
	} {
		got := strings.Split(said(s.inbox(who)), "; ")
		expected := strings.Split(want, "; ")
		slices.Sort(got)
		slices.Sort(expected)
		if !slices.Equal(got, expected) {
			t.Errorf("%s: %v; want %v", who, got, expected)
		}
	}
	box := s.inbox(nobodyA)
	if len(box.Items) != 1 || box.Items[0].InsteadOf != reviewerA || box.Items[0].Duty != "reviewer" || box.Items[0].School != "晨光小学" ||
		box.Items[0].SchoolCode != "9999990001" || box.Items[0].ColumnName == "" || box.Items[0].Since == "" || box.Items[0].Stage != "reviewing" {
		t.Errorf("the stand-in's: %+v", box)
	}
}

func TestInboxIsSortedByWhatIsLate(t *testing.T) {
	s := serve(t)
	s.submitted("先送审", "A0308")
	due := s.inbox(reviewerA).Items[0].Due
	s.wait(24 * time.Hour)
	s.submitted("后送审", "A0308")
	if got := said(s.inbox(reviewerA)); got != "todo review 先送审; todo review 后送审" {
		t.Errorf("the next day: %s", got)
	}
	day, err := time.Parse(time.DateOnly, due)
	if err != nil {
		t.Fatal(err)
	}
	s.wait(day.Sub(time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)))
	s.submitted("刚送审", "A0308")
	box := s.inbox(reviewerA)
	if got := said(box); got != "today review 先送审; todo review 后送审; todo review 刚送审" || box.Counts != (pb_hooks.InboxCounts{Todo: 2, Today: 1}) {
		t.Errorf("on the last day: %s %+v", got, box.Counts)
	}
	s.wait(24 * time.Hour)
	if box := s.inbox(reviewerA); box.Counts != (pb_hooks.InboxCounts{Todo: 1, Today: 1, Overdue: 1}) || box.Items[0].Title != "先送审" || box.Items[1].Title != "后送审" {
		t.Errorf("a day late: %s %+v", said(box), box.Counts)
	}
}

func TestInboxOfAReturnedTextWhoseWriterIsGone(t *testing.T) {
	s := serve(t)
	s.submitted("退回", "A0308", "return")
	if got := said(s.inbox(secondA)); got != "" {
		t.Errorf("another editor's: %s", got)
	}
	gone := s.record("staff", s.person(editorA))
	gone.Set("deactivated_at", now)
	if err := s.app.Save(gone); err != nil {
		t.Fatal(err)
	}
	if got := said(s.inbox(secondA)); got != "todo returned 退回" {
		t.Errorf("nobody is told: %q", got)
	}
}

func TestInboxOfFindings(t *testing.T) {
	s := serve(t)
	public := s.submitted("已公开", "A0308", "approve", "clear")
	version := s.record("articles", public).GetString("published")
	finding := map[string]any{"article": public, "version": version, "class": "mobile", "level": "block", "place": "正文第1段", "sample": "138****0000", "found": "rescan", "state": "open"}
	create(s.app, "findings", finding)
	create(s.app, "findings", finding)
	finding["found"] = "submit"
	create(s.app, "findings", finding)
	for _, who := range []string{editorA, secondA, secrecyA} {
		box := s.inbox(who)
		if said(box) != "todo finding 已公开" || box.Items[0].Findings != 2 || box.Counts != (pb_hooks.InboxCounts{Todo: 1, Findings: 1}) {
			t.Errorf("%s: %s %+v", who, said(box), box)
		}
	}
	for _, who := range []string{reviewerA, principalA, editorB, secrecyB, bureauSecrecy, supervisor} {
		if got := said(s.inbox(who)); got != "" {
			t.Errorf("%s: %s", who, got)
		}
	}
	next := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": public})
	s.must(editorA, public, map[string]any{"version": next.field("id"), "action": "submit"})
	if got := said(s.inbox(secondA)); got != "waiting finding 已公开" {
		t.Errorf("while the correction is reviewed: %s", got)
	}
	s.step(editorA, public, "", "withdraw", "含个人信息")
	if got := said(s.inbox(secondA)); got != "" {
		t.Errorf("after it was withdrawn: %s", got)
	}
}

func TestInboxOfABroadcast(t *testing.T) {
	s := serve(t)
	sent := create(s.app, "broadcasts", map[string]any{"title": "防溺水告家长书", "column": "A0308", "due_on": "2026-11-23", "schools": []string{schoolA}, "sent_at": now})
	article := create(s.app, "articles", map[string]any{"school": schoolA, "column": "A0308", "title": "防溺水告家长书", "broadcast": sent.Id})
	box := s.inbox(secondA)
	if said(box) != "today broadcast 防溺水告家长书" || box.Items[0].Due != "2026-11-23" {
		t.Errorf("an editor: %+v", box)
	}
	if got := said(s.inbox(reviewerA)) + said(s.inbox(editorB)); got != "" {
		t.Errorf("others: %s", got)
	}
	version := s.openVersion(editorA, article.Id)
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version, map[string]any{"title": "防溺水告家长书", "body": someText, "created_on": "2026-11-20"})
	s.must(editorA, article.Id, map[string]any{"version": version, "action": "submit"})
	if got := said(s.inbox(editorA)); got != "waiting waiting 防溺水告家长书" {
		t.Errorf("submitted: %s", got)
	}
}

// What an inbox costs does not grow with what is in it.
func TestInboxAsksABoundedNumberOfQueries(t *testing.T) {
	s := serve(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(reviewerA), "stand_in": s.person(nobodyA), "duty": "reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	fill := func(from, to int) {
		for i := from; i < to; i++ {
			s.do(reviewerA, http.MethodPost, "/api/app/articles/"+s.submitted(fmt.Sprint("送审", i), "A0308")+"/claim", map[string]any{"claim": true})
			s.submitted(fmt.Sprint("退回", i), "A0308", "return")
		}
	}
	fill(0, 2)
	one, writer := s.inboxCosts(nobodyA, 2), s.inboxCosts(editorA, 4)
	fill(2, 12)
	many, writers := s.inboxCosts(nobodyA, 12), s.inboxCosts(editorA, 24)
	if many != one || writers != writer || one == 0 || one > 25 {
		t.Errorf("2 items cost %d queries, 12 cost %d; a writer's 4 cost %d, 24 cost %d", one, many, writer, writers)
	}
}

// inboxCosts counts the queries of one request for an inbox, on a copy of the
// server, once what a server does at its start has asked its last.
func (s *server) inboxCosts(who string, items int) int64 {
	s.t.Helper()
	app, err := tests.NewTestApp(s.app.DataDir())
	if err != nil {
		s.t.Fatal(err)
	}
	defer app.Cleanup()
	pb_hooks.Register(app, options())
	asked := queriesAsked(app)
	router, err := apis.NewRouter(app)
	if err != nil {
		s.t.Fatal(err)
	}
	event := &core.ServeEvent{App: app, Router: router, Server: &http.Server{}}
	err = app.OnServe().Trigger(event, func(e *core.ServeEvent) error {
		e.Server.Handler, err = e.Router.BuildMux()
		return err
	})
	if err != nil {
		s.t.Fatal(err)
	}
	defer event.Server.Shutdown(s.t.Context())
	for before := int64(-1); before != asked.Load(); time.Sleep(300 * time.Millisecond) {
		before = asked.Load()
	}
	fewest := int64(1 << 30) // another job may begin: it only adds
	for range 5 {
		asked.Store(0)
		request := httptest.NewRequest(http.MethodGet, "/api/app/inbox", nil)
		request.Header.Set("Authorization", s.token(who))
		said := httptest.NewRecorder()
		event.Server.Handler.ServeHTTP(said, request)
		fewest = min(fewest, asked.Load())
		if got := strings.Count(said.Body.String(), `"kind"`); got != items {
			s.t.Fatalf("%s has %d items, not %d: %s", who, got, items, said.Body)
		}
	}
	return fewest
}
