package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/standard"
)

const scoresPath = "/api/app/scores"

// insert puts a row into a table as other tests have shown that it comes to be.
func (s *server) insert(table string, row dbx.Params) string {
	s.t.Helper()
	row = maps.Clone(row)
	if row["id"] == nil {
		row["id"] = core.GenerateDefaultRandomId()
	}
	if _, err := s.app.NonconcurrentDB().Insert(table, row).Execute(); err != nil {
		s.t.Fatal(err)
	}
	return row["id"].(string)
}

// disclosure is an article as publishing leaves it, with what its version says.
type disclosure struct {
	school, column, made, published string
	facts                           map[string]string
	source                          string
	unreviewed                      bool
}

// tell puts it into the tables.
func (s *server) tell(a disclosure) (id string) {
	s.t.Helper()
	id = fmt.Sprintf("told%011d", s.rowsOf("articles", "TRUE"))
	at, facts := a.published+" 04:00:00.000Z", "[]"
	if a.facts != nil {
		raw, err := json.Marshal([]map[string]string{a.facts})
		if err != nil {
			s.t.Fatal(err)
		}
		facts = string(raw)
	}
	s.insert("articles", dbx.Params{"id": id, "school": a.school, "column": a.column, "title": "一条信息", "state": "published", "stage": "drafting", "published": "v" + id[1:],
		"published_at": at, "first_published_at": at})
	s.insert("article_versions", dbx.Params{"id": "v" + id[1:], "article": id, "number": 1, "title": "一条信息", "created_on": a.made, "source": a.source, "facts": facts,
		"attachments": `["attachment00000"]`, "frozen": true})
	if !a.unreviewed {
		for _, action := range []string{"approve", "clear"} {
			s.insert("article_steps", dbx.Params{"article": id, "version": "v" + id[1:], "action": action})
		}
	}
	return id
}

// card asks for the card of a school as somebody.
func (s *server) card(who, school, month string) pb_hooks.ScoreCard {
	s.t.Helper()
	a := s.do(who, http.MethodGet, scoresPath+"/"+school+"?month="+month, nil)
	var v pb_hooks.ScoreCard
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return v
}

// everything fills every mandatory column of 晨光小学 in October, and what has to be
// newer on the Friday before now, as the standard wants it; but for what is told
// instead.
func (s *server) everything(instead ...disclosure) {
	s.t.Helper()
	rows, err := s.app.FindAllRecords("columns", dbx.HashExp{"leaf": true, "mandatory": true})
	if err != nil {
		s.t.Fatal(err)
	}
	for _, r := range rows {
		c := standard.Column{Code: r.GetString("code"), Kind: standard.Kind(r.GetString("kind")), FreshnessDays: r.GetInt("freshness_days")}
		if err := r.UnmarshalJSONField("required_fields", &c.RequiredFields); err != nil {
			s.t.Fatal(err)
		}
		if !c.Kind.IsWritten() {
			continue
		}
		if i := slices.IndexFunc(instead, func(a disclosure) bool { return a.column == c.Code }); i >= 0 {
			s.tell(instead[i])
			continue
		}
		a := disclosure{school: schoolA, column: c.Code, made: "2026-10-29", published: "2026-10-30", source: "教务处", facts: map[string]string{}}
		for _, field := range c.NamedFields() {
			a.facts[field] = "有"
		}
		if c.FreshnessDays >= 0 && c.FreshnessDays < 20 {
			a.made, a.published = "2026-11-20", "2026-11-20"
		}
		if c.Code == "A0104" {
			a.made, a.published, a.facts["报告年度"] = "2026-01-19", "2026-01-20", "2025"
		}
		s.tell(a)
	}
}

// Three schools, counted by hand for 23 November 2026.
//
//	晨光小学  has everything, but 收费公示 is of January (D3: 5); an item of September came
//	          out in November (D4: 1) without a review (D15: 5) and without its source
//	          (D17: 0.5); the guide tells two elements less (D6: 2 × 2 = 4); a consultation
//	          is overdue (D7: 5), and a request was answered late (D9: 5).
//	          100 − 5 − 1 − 5 − 0.5 − 4 − 5 − 5 = 74.5
//	云帆中学  has one item of news, with an identity number in it (D13: 10, V1) and a word
//	          to be looked at (D12: 0.5); it has no report (D5: 10), no guide (D6: 8 elements,
//	          at most 8) and is blank otherwise (D2: at most 12, V4, V6); an 纠错 is overdue
//	          (D14: 2), and a letter to the principal has waited since August (V5). The registry
//	          knows no address of it: 联系方式 and 机构查询 are not there (D1: 2).
//	          100 − 10 − 0.5 − 10 − 8 − 12 − 2 − 2 = 55.5
//	星河小学  has nothing, and no address: D1 2, D2 12, D5 10, D6 8: 68, and V3, V4, V6.
func TestCardsOfThreeSchoolsByHand(t *testing.T) {
	s := serve(t)
	const schoolC = "schoolc00000000"
	create(s.app, "schools", map[string]any{"id": schoolC, "code": "9999990003", "name": "示范区星河小学", "short_name": "星河小学", "stages": []string{"小学"}, "ownership": "公办", "status": "open"})
	s.everything(disclosure{school: schoolA, column: "A0801", made: "2026-01-04", published: "2026-01-05"},
		disclosure{school: schoolA, column: "A0101", made: "2026-10-29", published: "2026-10-30",
			facts: map[string]string{"信息分类说明": "有", "获取方式": "有", "受理机构": "有", "办公地址": "有", "办公时间": "有", "联系电话": "有"}})
	s.tell(disclosure{school: schoolA, column: "A0303", made: "2026-09-01", published: "2026-11-10", unreviewed: true})
	s.insert("inquiries", dbx.Params{"unit": schoolA, "number": "ZX2026-00001", "channel": "consultation", "state": "handling", "clock": "running", "submitted": "2026-11-10", "due": "2026-11-18"})
	s.insert("foi_requests", dbx.Params{"school": schoolA, "number": "SQ2026-00001", "subject": "食堂招标", "state": "answered", "late": true, "due": "2026-11-03", "closed": "2026-11-05", "received": "2026-09-28"})

	news := s.tell(disclosure{school: schoolB, column: "A0309", made: "2026-11-20", published: "2026-11-20", source: "办公室"})
	for class, level := range map[string]string{"identity_card": "block", "word": "warn"} {
		s.insert("findings", dbx.Params{"article": news, "version": "v" + news[1:], "class": class, "level": level, "state": "open", "found": "rescan", "place": "正文", "created": "2026-11-21 04:00:00.000Z"})
	}
	s.insert("inquiries", dbx.Params{"unit": schoolB, "number": "JC2026-00001", "channel": "erratum", "state": "handling", "clock": "running", "submitted": "2026-11-10", "due": "2026-11-13"})
	s.insert("inquiries", dbx.Params{"unit": schoolB, "number": "XX2026-00001", "channel": "mailbox", "state": "accepted", "clock": "running", "submitted": "2026-08-20", "due": "2026-08-27"})

	for _, tt := range []struct {
		code   string
		score  scorecard.Points
		vetoes []scorecard.Code
		lost   map[scorecard.Code]scorecard.Points
	}{
		{"9999990001", 745, []scorecard.Code{}, map[scorecard.Code]scorecard.Points{"D3": 50, "D4": 10, "D6": 40, "D7": 50, "D9": 50, "D15": 50, "D17": 5}},
		{"9999990002", 555, []scorecard.Code{"V1", "V4", "V5", "V6"}, map[scorecard.Code]scorecard.Points{"D1": 20, "D2": 120, "D5": 100, "D6": 80, "D12": 5, "D13": 100, "D14": 20}},
		{"9999990003", 680, []scorecard.Code{"V3", "V4", "V6"}, map[scorecard.Code]scorecard.Points{"D1": 20, "D2": 120, "D5": 100, "D6": 80}},
	} {
		v := s.card(supervisor, tt.code, "")
		if v.Card.Score != tt.score || !slices.Equal(v.Card.Vetoes, tt.vetoes) || !v.Running {
			t.Errorf("%s has %s points and %v", tt.code, v.Card.Score, v.Card.Vetoes)
		}
		for _, line := range v.Card.Lines {
			if line.Points != tt.lost[line.Code] {
				t.Errorf("%s: %s costs %s, want %s: %+v", tt.code, line.Code, line.Points, tt.lost[line.Code], line)
			}
			if (line.Points > 0 || line.Veto) && line.Code != "V3" && len(line.Items) == 0 {
				t.Errorf("%s: %s has no evidence", tt.code, line.Code)
			}
			if line.Code == "D19" && line.Measured {
				t.Error("nobody has looked at the security, and it is measured")
			}
		}
	}
	line, _ := s.card(principalA, "9999990001", "2026-11").Card.Line("D9")
	if item := line.Items[0]; item.Kind != scorecard.Request || !strings.Contains(item.Label, "SQ2026-00001") || item.Date != "2026-11-05" {
		t.Errorf("%+v", item)
	}
}

func TestScoresAreSeenByTheirReaders(t *testing.T) {
	s := serve(t)
	overseers := []string{supervisor, bureauReviewer, bureauAdmin, auditor}
	for _, who := range viewers {
		oversees := slices.Contains(overseers, who)
		own := ""
		if who != "" && who != root {
			own = s.record("staff", s.person(who)).GetString("school")
		}
		for path, may := range map[string]bool{scoresPath: oversees, scoresPath + ".xlsx": oversees, scoresPath + "/weights": oversees || own != "",
			scoresPath + "/own": own != "", scoresPath + "/9999990001": oversees || own == schoolA, scoresPath + "/9999990002": oversees || own == schoolB} {
			a := s.do(who, http.MethodGet, path, nil)
			if may != (a.status == http.StatusOK) {
				t.Errorf("%q asks for %s: %d %s", who, path, a.status, a.body)
			}
			if !oversees && strings.Contains(a.body, `"place"`) {
				t.Errorf("%q is shown places by %s", who, path)
			}
		}
	}
	for path, status := range map[string]int{"?month=2026-12": 400, "?month=november": 400, "?stage=大学": 400, "/9999990001?month=2026-10": 404, "/0000000000": 404} {
		if a := s.do(supervisor, http.MethodGet, scoresPath+path, nil); a.status != status {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

// At the end of November the cards are issued, once and for good; places are given
// inside a stage.
func TestCardsAreIssuedWhenTheMonthHasEnded(t *testing.T) {
	s := serve(t)
	s.everything()
	s.run("snapshots") // of 22 November
	if n := s.rowsOf("score_cards", "TRUE"); n != 0 {
		t.Fatalf("%d cards in the middle of the month", n)
	}
	running := s.table("?stage=小学")
	if !running.Running || running.AsOf != "2026-11-22" || running.Schools != 1 || running.Measured != 1 || running.Lines[0].Place != 1 {
		t.Errorf("%+v", running)
	}
	s.wait(9 * 24 * time.Hour) // 2 December: eight nights are caught up
	s.run("snapshots")
	s.run("snapshots")
	if n := s.rowsOf("score_cards", "month = '2026-11' AND issued_on = '2026-12-02'"); n != 2 || s.rowsOf("score_cards", "TRUE") != 2 {
		t.Fatalf("%d cards were issued", n)
	}
	for _, sql := range []string{"UPDATE score_cards SET score = 1000", "DELETE FROM score_cards"} {
		if _, err := s.app.NonconcurrentDB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s: done", sql)
		}
	}
	if n := s.rowsOf("notifications", fmt.Sprintf("kind = 'score' AND staff = '%s'", s.person(principalA))); n != 1 {
		t.Errorf("the principal was told %d times", n)
	}
	issued := s.card(principalA, "9999990001", "2026-11")
	if issued.Running || issued.IssuedOn != "2026-12-02" || issued.ObjectUntil != "2026-12-16" || !issued.MayObject || !slices.Equal(issued.Months, []string{"2026-12", "2026-11"}) {
		t.Errorf("%+v", issued)
	}
	if line, _ := issued.Card.Line("D3"); line.Count == 0 || len(line.Items) == 0 {
		t.Errorf("the evidence was not kept: %+v", line)
	}
	all := s.table("?month=2026-11")
	if all.Running || len(all.Lines) != 2 || all.Lines[0].Place != 0 || all.Measured != 2 {
		t.Errorf("%+v", all)
	}
	if a := s.do(supervisor, http.MethodGet, scoresPath+".xlsx?month=2026-11&stage=小学", nil); !strings.HasPrefix(a.body, "PK") {
		t.Errorf("%d %.100s", a.status, a.body)
	}
}

// table asks for the scores of all schools.
func (s *server) table(query string) pb_hooks.ScoreTable {
	s.t.Helper()
	a := s.do(supervisor, http.MethodGet, scoresPath+query, nil)
	var v pb_hooks.ScoreTable
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return v
}

func TestTheBureauEntersWhatItFound(t *testing.T) {
	s := serve(t)
	path := scoresPath + "/9999990001/findings"
	fine := func(change map[string]any) map[string]any {
		f := map[string]any{"code": "D19", "hit": "risk", "count": 1, "reason": "弱口令，已通知学校", "link": "https://example.cn/report"}
		maps.Copy(f, change)
		return f
	}
	for _, who := range []string{"", editorA, principalA, clerkB, bureauReviewer, bureauAdmin, auditor, root} {
		if a := s.do(who, http.MethodPost, path, fine(nil)); a.status != 401 && a.status != 403 {
			t.Errorf("%q entered something: %d %s", who, a.status, a.body)
		}
	}
	for field, bad := range map[string]map[string]any{"code": {"code": "D1"}, "hit": {"hit": "missing"}, "count": {"count": 101}, "reason": {"reason": "  "}, "link": {"link": "javascript:alert(1)"}} {
		if a := s.do(supervisor, http.MethodPost, path, fine(bad)); a.status != 400 || a.field("data", field, "message") == nil {
			t.Errorf("%v: %d %s", bad, a.status, a.body)
		}
	}
	if n := s.rowsOf("score_findings", "TRUE"); n != 0 {
		t.Fatalf("%d were stored", n)
	}
	before := s.card(supervisor, "9999990001", "")
	if a := s.do(supervisor, http.MethodPost, path, fine(nil)); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	after := s.card(principalA, "9999990001", "")
	line, _ := after.Card.Line("D19")
	if before.Card.Score-after.Card.Score != 100 || !line.Measured || line.Count != 1 || line.Items[0].ID != "https://example.cn/report" || after.Entered[0].By != supervisor {
		t.Errorf("%s, then %s: %+v", before.Card.Score, after.Card.Score, line)
	}
	if n := s.rowsOf("notifications", fmt.Sprintf("kind = 'score' AND staff = '%s'", s.person(officerA))); n != 1 {
		t.Errorf("the officer was told %d times", n)
	}
	if a := s.do(supervisor, http.MethodPost, scoresPath+"/9999990002/findings", fine(map[string]any{"count": 0, "reason": "检查过，没有发现隐患"})); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if line, _ := s.card(supervisor, "9999990002", "").Card.Line("D19"); !line.Measured || line.Points != 0 {
		t.Errorf("looked at without a finding: %+v", line)
	}
}

func TestWeightsHoldFromALaterMonth(t *testing.T) {
	s := serve(t)
	path := scoresPath + "/weights"
	fine := func() map[string]any {
		raw, err := json.Marshal(scorecard.Defaults()[0])
		if err != nil {
			t.Fatal(err)
		}
		var w map[string]any
		if err := json.Unmarshal(raw, &w); err != nil {
			t.Fatal(err)
		}
		w["valid_from"], w["note"] = "2026-12-01", "栏目建设更重要"
		w["groups"].(map[string]any)["columns"], w["groups"].(map[string]any)["updating"] = 300, 150
		w["lines"].(map[string]any)["D3"] = map[string]any{"most": 150, "hits": map[string]any{"stale": 20, "key": 50}}
		w["lines"].(map[string]any)["D2"] = map[string]any{"most": 300, "hits": map[string]any{"blank": 30}}
		return w
	}
	for _, who := range []string{"", editorA, principalA, bureauReviewer, bureauAdmin, auditor, root} {
		if a := s.do(who, http.MethodPost, path, fine()); a.status != 401 && a.status != 403 {
			t.Errorf("%q set weights: %d %s", who, a.status, a.body)
		}
	}
	for _, tt := range []struct {
		field, sentence string
		change          func(w map[string]any)
	}{
		{"groups", "相加应当是 100 分，现在是 105 分", func(w map[string]any) { w["groups"].(map[string]any)["columns"] = 350 }},
		{"D2.most", "不能超过所在组“栏目建设”的最高扣分 30 分", func(w map[string]any) {
			w["lines"].(map[string]any)["D2"] = map[string]any{"most": 301, "hits": map[string]any{"blank": 30}}
		}},
		{"valid_from", "最早从下个月 1 日起适用：2026-12-01", func(w map[string]any) { w["valid_from"] = "2026-11-01" }},
		{"valid_from", "请填写一个月的 1 日", func(w map[string]any) { w["valid_from"] = "2026-12-02" }},
		{"valid_from", "请填写一个月的 1 日", func(w map[string]any) { w["valid_from"] = "" }},
		{"note", "最多 500 个字", func(w map[string]any) { w["note"] = strings.Repeat("多", 501) }},
	} {
		w := fine()
		tt.change(w)
		refusedAt(t, s.do(supervisor, http.MethodPost, path, w), tt.field, tt.sentence)
	}
	if n := s.rowsOf("score_weights", "TRUE"); n != 0 {
		t.Fatalf("%d were stored", n)
	}
	if a := s.do(supervisor, http.MethodPost, path, fine()); a.status != 200 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	refusedAt(t, s.do(supervisor, http.MethodPost, path, fine()), "valid_from", "已有从这一天起适用的标准")
	if _, err := s.app.NonconcurrentDB().NewQuery("UPDATE score_weights SET note = ''").Execute(); err == nil {
		t.Error("weights were changed")
	}
	lost := func() scorecard.Points {
		line, _ := s.card(supervisor, "9999990002", "").Card.Line("D2")
		return line.Points
	}
	if n := lost(); n != 120 {
		t.Errorf("in November blank columns cost %s", n)
	}
	s.wait(9 * 24 * time.Hour)
	if n := lost(); n != 300 {
		t.Errorf("in December blank columns cost %s", n)
	}
}
