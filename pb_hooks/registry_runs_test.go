package pb_hooks_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks"
)

// kindsOf is what a run found: "create 1, update 2".
func kindsOf(run pb_hooks.RegistryRun) string {
	var parts []string
	for _, c := range run.Counts {
		parts = append(parts, c.Kind+" "+strconv.Itoa(c.Total))
	}
	return strings.Join(parts, ", ")
}

// rowA2 has another phone, rowB2 another name, rowC is a new school.
var (
	rowA2 = strings.Replace(rowA, "021-00000001", "021-54321000", 1)
	rowB2 = strings.Replace(rowB, "示范区云帆中学", "示范区云帆实验中学", 1)
)

const rowC = "J3,,示范区新港小学,小学,公办,东城镇,新港路8号,021-33334444"

func (s *server) school(field, value string) string {
	s.t.Helper()
	r, err := s.app.FindFirstRecordByData("schools", "id", value)
	if err != nil {
		s.t.Fatal(err)
	}
	return r.GetString(field)
}

func TestAListBecomesAChangeSetAndIsApplied(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB2, rowC))
	if run.State != "ready" || run.Rows != 3 || !run.Dry || run.By != bureauAdmin || kindsOf(run) != "create 1, update 3, rename 1" || run.Open != 5 {
		t.Fatalf("%+v", run)
	}
	var runs pb_hooks.RegistryRuns
	if s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs?source=&state=", nil), &runs); runs.Total != 1 || len(runs.Items) != 1 || runs.Items[0].ID != run.ID {
		t.Errorf("the runs: %+v", runs)
	}
	if got := s.school("name", schoolB); got != "示范区云帆中学" {
		t.Fatalf("a dry run changed a school: %s", got)
	}
	phone := s.theLine(run.ID, "kind=update&field=phone")
	if phone.Fields[0].Field != "phone" || phone.Fields[0].Old != "021-00000001" || phone.School.Code != "9999990001" {
		t.Errorf("the line of the phone: %+v", phone)
	}
	done := s.decide(run.ID, map[string]any{"lines": []string{phone.ID}, "decision": "accepted"})
	if done.Applied != 1 || done.Run.State != "partly" || done.Run.Open != 4 || done.Items[0].Outcome != "applied" || s.school("phone", schoolA) != "021-54321000" {
		t.Errorf("accepted: %+v", done)
	}
	if again := s.decide(run.ID, map[string]any{"lines": []string{phone.ID}, "decision": "accepted"}); again.Applied != 0 || again.Items[0].DecidedAt != done.Items[0].DecidedAt {
		t.Errorf("accepted again: %+v", again)
	}
	if done = s.decide(run.ID, map[string]any{"kind": "rename", "decision": "accepted"}); done.Applied != 1 || s.school("name", schoolB) != "示范区云帆实验中学" {
		t.Errorf("renamed: %+v", done)
	}
	if done = s.decide(run.ID, map[string]any{"kind": "create", "decision": "accepted"}); done.Applied != 1 || done.Items[0].School.Name != "示范区新港小学" {
		t.Errorf("opened: %+v", done.Items)
	}
	if done = s.decide(run.ID, map[string]any{"kind": "update", "decision": "refused"}); done.Refused != 2 || done.Run.State != "applied" || done.Run.Open != 0 {
		t.Errorf("the end: %+v", done)
	}
	if next := s.readList(src.ID, listOf(rowA2, rowB2, rowC)); next.State != "applied" || next.Same == 0 || next.Open != 0 {
		t.Errorf("what was refused came back: %+v %+v", next, s.lines(next.ID, ""))
	}
}

func TestAStaleLineIsNotApplied(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB))
	phone := s.theLine(run.ID, "kind=update&field=phone&q=示范区晨光小学")
	s.sql("UPDATE schools SET phone = '021-99990000' WHERE id = '" + schoolA + "'")
	done := s.decide(run.ID, map[string]any{"lines": []string{phone.ID}, "decision": "accepted"})
	if done.Stale != 1 || done.Applied != 0 || done.Items[0].Outcome != "stale" || !strings.Contains(done.Items[0].Sentence, "改过") || s.school("phone", schoolA) != "021-99990000" {
		t.Fatalf("%+v", done)
	}
	if a := s.do(supervisor, http.MethodPost, registryPath+"runs/"+run.ID+"/compare", nil); a.status != http.StatusOK {
		t.Fatalf("compared again: %d %s", a.status, a.body)
	}
	phone = s.theLine(run.ID, "kind=update&field=phone")
	if phone.Outcome != "" || phone.Fields[0].Old != "021-99990000" {
		t.Fatalf("after another look: %+v", phone)
	}
	if done = s.decide(run.ID, map[string]any{"lines": []string{phone.ID}, "decision": "accepted"}); done.Applied != 1 || s.school("phone", schoolA) != "021-54321000" {
		t.Errorf("then: %+v", done)
	}
}

func TestRulesAcceptWhatTheyCover(t *testing.T) {
	s := serve(t)
	src := s.makeSource(map[string]any{"name": "区级名单", "config": map[string]any{"kind": "file"}, "rules": []any{map[string]any{"name": "电话以名单为准", "kind": "update", "field": "phone"}}})
	dry := s.readList(src.ID, listOf(rowA2, rowB2))
	if dry.State != "ready" || s.school("phone", schoolA) != "021-00000001" {
		t.Fatalf("a dry run accepts nothing: %+v", dry)
	}
	run := s.readList(src.ID, listOf(rowA2, rowB2), "dry", "false")
	if run = s.settled(run.ID); run.State != "partly" || s.school("phone", schoolA) != "021-54321000" || s.school("name", schoolB) != "示范区云帆中学" {
		t.Fatalf("%+v", run)
	}
	line := s.theLine(run.ID, "decision=accepted")
	if line.Rule != "电话以名单为准" || line.DecidedBy != "规则“电话以名单为准”" || line.Outcome != "applied" {
		t.Errorf("%+v", line)
	}
	var before pb_hooks.RegistryRun
	if s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs/"+dry.ID, nil), &before); before.State != "dismissed" || before.Sentence != "有了更新的变更集" {
		t.Errorf("the set before: %+v", before)
	}
	if a := s.do(supervisor, http.MethodPost, registryPath+"runs/"+dry.ID+"/decide", map[string]any{"kind": "rename", "decision": "accepted"}); a.status != http.StatusBadRequest || !a.has("已经结束") {
		t.Errorf("a set that was put aside: %d %s", a.status, a.body)
	}
}

// settled waits for what the rules do after a reading.
func (s *server) settled(id string) (run pb_hooks.RegistryRun) {
	s.t.Helper()
	for range 1000 {
		if run = s.ended(id); run.State != "ready" {
			return run
		}
	}
	return run
}

// A set whose acceptance breaks off by an error of our own does not say for ever that
// it is being accepted.
func TestAnErrorInTheMiddleLeavesASetOpen(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	run := s.readList(s.fileSource("区级名单").ID, listOf(rowA, "J2,,示范区西湖云帆中学,初中、高中,民办,西湖镇,,"))
	line := s.theLine(run.ID, "kind=unsure")
	if _, err := s.app.DB().NewQuery("UPDATE registry_lines SET line = '[1]' WHERE id = {:id}").Bind(dbx.Params{"id": line.ID}).Execute(); err != nil {
		t.Fatal(err)
	}
	if a := s.do(bureauAdmin, http.MethodPost, registryPath+"runs/"+run.ID+"/decide", map[string]any{"lines": []string{line.ID}, "choice": "ignore"}); a.status < 400 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if r, err := s.app.FindRecordById("registry_runs", run.ID); err != nil || r.GetString("step") != "" {
		t.Errorf("the set still says %q, %v", r.GetString("step"), err)
	}
}

func TestARowIsRecognisedByAPerson(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	list := listOf(rowA, "J2,,示范区西湖云帆中学,初中、高中,民办,西湖镇,,")
	run := s.readList(src.ID, list)
	line := s.theLine(run.ID, "kind=unsure")
	if len(line.Candidates) == 0 || line.Candidates[0].School.Code != "9999990002" {
		t.Fatalf("%+v", line)
	}
	path := registryPath + "runs/" + run.ID + "/decide"
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path, map[string]any{"lines": []string{line.ID}, "decision": "accepted"}), "choice", "请选择")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path, map[string]any{"lines": slices.Repeat([]string{line.ID}, 501), "choice": "ignore"}), "lines", "一次最多处理 500 行")
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, path, map[string]any{"lines": []string{line.ID}, "choice": "same", "school": "0000"}), "school", "请选择一所学校")
	done := s.decide(run.ID, map[string]any{"lines": []string{line.ID}, "choice": "same", "school": "9999990002"})
	if done.Applied != 1 || done.Items[0].Choice != "same" || done.Items[0].School.Code != "9999990002" {
		t.Fatalf("%+v", done)
	}
	if renamed := s.theLine(run.ID, "kind=rename"); renamed.School.Code != "9999990002" || renamed.Basis != "decision" {
		t.Errorf("compared again: %+v", renamed)
	}
	next := s.readList(src.ID, list)
	if len(s.lines(next.ID, "kind=unsure")) != 0 || s.theLine(next.ID, "kind=rename").Basis != "decision" {
		t.Errorf("the choice is forgotten: %+v", s.lines(next.ID, ""))
	}
	var choices []pb_hooks.RegistryChoice
	if s.readInto(s.do(auditor, http.MethodGet, registryPath+"sources/"+src.ID+"/choices", nil), &choices); len(choices) != 1 || choices[0].School.Code != "9999990002" || choices[0].By != bureauAdmin {
		t.Fatalf("%+v", choices)
	}
	s.readInto(s.do(supervisor, http.MethodDelete, registryPath+"sources/"+src.ID+"/choices/"+choices[0].ID, nil), &choices)
	if run = s.readList(src.ID, list); len(choices) != 0 || len(s.lines(run.ID, "kind=unsure")) != 1 {
		t.Errorf("asked again: %v %+v", choices, s.lines(run.ID, ""))
	}
	s.decide(run.ID, map[string]any{"lines": []string{s.theLine(run.ID, "kind=unsure").ID}, "choice": "ignore"})
	if run = s.readList(src.ID, list); len(s.lines(run.ID, "kind=unsure")) != 0 {
		t.Errorf("what is not to be handled came back: %+v", s.lines(run.ID, ""))
	}
}

func TestWhatWasPutRightHereIsKept(t *testing.T) {
	s := serveRequests(t) // with a data key
	src := s.fileSource("区级名单")
	correct := func() {
		t.Helper()
		create(s.app, "school_corrections", map[string]any{"school": schoolA, "field": "phone", "value": "021-00000001", "was": "021-11110000", "reason": "总机换号", "state": "active", "at": now})
	}
	correct()
	run := s.readList(src.ID, listOf(rowA2, rowB))
	line := s.theLine(run.ID, "kind=conflict")
	if !line.Fields[0].Ours || line.Fields[0].New != "021-54321000" || !line.MayRefuse && line.Fields[0].Old != "021-00000001" {
		t.Fatalf("%+v", line)
	}
	s.fed(s.subscribe("").Token, "")
	var offers []pb_hooks.RegistryOffer
	offered := func() pb_hooks.RegistryOffer {
		t.Helper()
		if s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs/"+run.ID+"/offers", nil), &offers); len(offers) != 1 {
			t.Fatalf("%+v", offers)
		}
		return offers[0]
	}
	if o := offered(); o.School.Code != "9999990001" || o.Name != "电话" || o.Ours != "021-00000001" || o.Theirs != "021-54321000" || o.Reason != "总机换号" || !strings.Contains(o.StateName, "仍不一致") ||
		len(o.Told) != 1 || o.Told[0].Who != "区机构查询平台" || o.Told[0].What != "已从接口读取" {
		t.Errorf("%+v", o)
	}
	s.decide(run.ID, map[string]any{"lines": []string{line.ID}, "decision": "refused"})
	run = s.readList(src.ID, listOf(rowA2, rowB))
	if open := s.lines(run.ID, "kind=conflict&asks=1"); len(open) != 0 || s.school("phone", schoolA) != "021-00000001" {
		t.Errorf("ours was not kept: %+v", open)
	}
	run = s.readList(src.ID, listOf(strings.Replace(rowA, "021-00000001", "021-77770000", 1), rowB))
	line = s.theLine(run.ID, "kind=conflict")
	if done := s.decide(run.ID, map[string]any{"lines": []string{line.ID}, "decision": "accepted"}); done.Applied != 1 || s.school("phone", schoolA) != "021-77770000" {
		t.Errorf("theirs was not taken: %+v", done)
	}
	if o := offered(); !strings.Contains(o.StateName, "撤回") {
		t.Errorf("what became of it: %+v", o)
	}
}

// What was said of corrections costs as many queries, however many of them
// there are.
func TestOffersAskABoundedNumberOfQueries(t *testing.T) {
	s := serveRequests(t)
	token := s.subscribe("").Token
	src := s.fileSource("区级名单")
	var offers []pb_hooks.RegistryOffer
	ask := func(run string, want int) func() {
		return func() {
			if s.readInto(s.do(auditor, http.MethodGet, registryPath+"runs/"+run+"/offers", nil), &offers); len(offers) != want {
				t.Fatalf("%+v", offers)
			}
		}
	}
	put := func(school, field, value string) {
		create(s.app, "school_corrections", map[string]any{"school": school, "field": field, "value": value, "was": "x", "reason": "换了" + value, "state": "active", "at": now})
		s.sql("UPDATE schools SET " + field + " = '" + value + "' WHERE id = '" + school + "'")
	}
	put(schoolA, "phone", "021-00000009")
	one := s.readList(src.ID, listOf(rowA2, rowB)).ID
	put(schoolA, "address", "新苑路 9 号")
	put(schoolB, "phone", "021-00000008")
	three := s.readList(src.ID, listOf(rowA2, strings.TrimSuffix(rowB, ",")+",021-54321001")).ID
	s.fed(token, "")
	asked := queriesAsked(s.app)
	few, many := costs(asked, ask(one, 1)), costs(asked, ask(three, 3))
	if few != many {
		t.Errorf("one correction costs %d queries, three %d", few, many)
	}
	for _, o := range offers {
		if o.Reason != "换了"+o.Ours || len(o.Told) != 1 || o.Told[0].What != "已从接口读取" {
			t.Errorf("%+v", o)
		}
	}
}

func TestChangesAreDecidedByWhoMay(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB2))
	one, sources := registryPath+"runs/"+run.ID, registryPath+"sources/"+src.ID
	for _, who := range viewers {
		for _, ask := range []struct {
			method, path string
			body         any
			may          []string
		}{
			{"GET", registryPath + "runs", nil, readsRegistry},
			{"GET", one, nil, readsRegistry},
			{"GET", one + "/lines", nil, readsRegistry},
			{"GET", one + "/offers", nil, readsRegistry},
			{"GET", one + "/changes.xlsx", nil, readsRegistry},
			{"GET", sources + "/choices", nil, readsRegistry},
			{"POST", sources + "/runs", map[string]any{"dry": true}, decidesRegistry}, // without a file: refused
			{"POST", one + "/decide", map[string]any{"decision": "none"}, decidesRegistry},
			{"POST", one + "/rules", nil, decidesRegistry},
			{"POST", one + "/compare", nil, decidesRegistry},
			{"POST", one + "/cancel", nil, decidesRegistry}, // it has ended
			{"POST", one + "/release", map[string]any{"reason": "核对过了"}, decidesRegistry},
			{"DELETE", sources + "/choices/none", nil, decidesRegistry}, // there is none
		} {
			a := s.do(who, ask.method, ask.path, ask.body)
			if may := slices.Contains(ask.may, who); (a.status < 300 || a.status == http.StatusBadRequest || a.status == http.StatusNotFound) != may {
				t.Errorf("%q %s %s: %d %s", who, ask.method, ask.path, a.status, a.body)
			}
		}
	}
	if s.school("phone", schoolA) != "021-00000001" {
		t.Error("something was applied")
	}
	for _, who := range []string{bureauReviewer, auditor, editorA, ""} {
		if a := s.do(who, http.MethodPost, one+"/dismiss", nil); a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
			t.Errorf("%q puts a set aside: %d %s", who, a.status, a.body)
		}
	}
	if a := s.do(supervisor, http.MethodPost, one+"/dismiss", nil); a.status != http.StatusOK || a.field("state") != "dismissed" {
		t.Errorf("put aside: %d %s", a.status, a.body)
	}
}

func TestHistoryShowsASchoolItsOwn(t *testing.T) {
	s := serve(t)
	src := s.fileSource("区级名单")
	run := s.readList(src.ID, listOf(rowA2, rowB2))
	s.decide(run.ID, map[string]any{"kind": "update", "decision": "accepted"})
	s.decide(run.ID, map[string]any{"kind": "rename", "decision": "accepted"})
	for _, who := range viewers {
		a := s.do(who, http.MethodGet, registryPath+"history", nil)
		ofA, ofB := a.has("021-54321000"), a.has("示范区云帆实验中学")
		seesA := who != "" && who != root && (slices.Contains(readsRegistry, who) || schoolOf(s, who) == schoolA)
		seesB := who != "" && who != root && (slices.Contains(readsRegistry, who) || schoolOf(s, who) == schoolB)
		if ofA != seesA || ofB != seesB {
			t.Errorf("%q sees A %v, B %v: %d %s", who, ofA, ofB, a.status, a.body)
		}
	}
	if a := s.do(editorA, http.MethodGet, registryPath+"history?school=9999990002", nil); a.has("云帆") {
		t.Errorf("another school: %s", a.body)
	}
}

// The public list says on which day it was last compared; before the first time it
// says nothing, nor of a source that is out of use.
func TestTheListOfSchoolsSaysWhenItWasCompared(t *testing.T) {
	s := serve(t)
	says := func(want string) {
		t.Helper()
		if page := s.get("/schools"); page.has("名单核对于") != (want != "") || !page.has(want) {
			t.Errorf("/schools does not say %q", want)
		}
		if list := s.get("/open/v1/schools"); !list.has(`"compared_on":"` + want + `"`) {
			t.Errorf("the open data does not say %q", want)
		}
	}
	says("")
	src := s.fileSource("区级名单")
	s.readList(src.ID, "没有,这样,的标题\n1,2,3\n")
	says("")
	s.readList(src.ID, listOf(rowA, rowB))
	says("2026-11-23")
	if a := s.do(bureauAdmin, http.MethodPatch, registryPath+"sources/"+src.ID, map[string]any{"active": false}); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	says("")
}

// A comparison, which there is every night, draws nothing anew but what says when it was.
func TestAComparisonKeepsThePagesOfTheDistrict(t *testing.T) {
	s := serve(t)
	id, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.must200(s.publish(editorA, id, version))
	src := s.fileSource("区级名单")
	for _, path := range []string{"/", "/sitemap.xml", "/schools"} {
		if a := s.get(path); a.status != http.StatusOK || path == "/" && !a.has("供餐时间调整") {
			t.Fatalf("%s: %d", path, a.status)
		}
	}
	s.sql("UPDATE articles SET state = 'draft' WHERE id = '" + id + "'") // behind the server's back: only a page drawn anew shows it
	s.readList(src.ID, listOf(rowA, rowB))
	if !s.get("/").has("供餐时间调整") {
		t.Error("the home page was drawn anew")
	}
	if !s.get("/schools").has("名单核对于") {
		t.Error("the list of schools was not")
	}
	s.mustPost(bureauAdmin, schoolFileA+"/corrections", map[string]any{"field": "phone", "value": "021-00000009", "reason": "总机更换"})
	if s.get("/").has("供餐时间调整") {
		t.Error("what is published is shown from somewhere else")
	}
}
