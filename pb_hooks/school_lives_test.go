package pb_hooks_test

import (
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// opening is a new school as the bureau enters it.
func opening(code, name string) map[string]any {
	return map[string]any{"fields": map[string]string{"code": code, "name": name, "stages": "小学", "status": "筹建", "ownership": "公办", "address": "新苑路 1 号", "phone": "021-00000003"}}
}

// Of two things that another school has, both are said.
func TestANameAndACodeThatAreTaken(t *testing.T) {
	s := serve(t)
	for range 5 { // not by chance
		a := s.do(bureauAdmin, http.MethodPost, schoolsAPI, opening("9999990001", "示范区云帆中学"))
		refusedAt(t, a, "code", "已经属于示范区晨光小学（9999990001）")
		refusedAt(t, a, "name", "已经属于示范区云帆中学（9999990002）")
	}
}

func TestANewSchoolHasItsKit(t *testing.T) {
	s := serveRequests(t)
	for field, change := range map[string]map[string]string{"name": {"name": ""}, "stages": {"stages": "大学"}, "code": {"code": "9999990001"}, "credit_code": {"credit_code": "91350100M000100Y44"}, "status": {"status": "已撤销"}} {
		body := opening("9999990009", "示范区新苑小学")
		for name, value := range change {
			body["fields"].(map[string]string)[name] = value
		}
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolsAPI, body), field, "")
	}
	if n := s.rowsOf("schools", "code = '9999990009'"); n != 0 {
		t.Fatal("what was refused is stored")
	}
	a := s.mustPost(bureauAdmin, schoolsAPI, opening("9999990009", "示范区新苑小学"))
	at := schoolsAPI + "/9999990009"
	if a.field("may_undo") != true || !a.has("配齐各项职责", "还缺：", "信息编辑员", "邀请账号管理员", "邮政编码", `"origin":"hand"`) {
		t.Errorf("opened: %s", a.body)
	}
	school, err := s.app.FindFirstRecordByData("schools", "code", "9999990009")
	if err != nil {
		t.Fatal(err)
	}
	guide, err := s.app.FindFirstRecordByFilter("article_versions", "article.school = '"+school.Id+"' && article.column = 'A0101'")
	if err != nil {
		t.Fatal(err)
	}
	if facts := guide.GetString("facts"); !strings.Contains(facts, "新苑路 1 号") || !strings.Contains(facts, `"办公时间":""`) || !strings.Contains(facts, `"监督电话":""`) {
		t.Errorf("the guide says what nobody knows, or not what is known: %s", facts)
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolFileA+"/ending", merging(map[string]any{"into": []string{"9999990009"}})), "into", "还在筹建")
	if a := s.get("/s/9999990009"); a.status != http.StatusOK || !a.has("正在筹建") {
		t.Errorf("the site: %d", a.status)
	}
	if a := s.do(bureauAdmin, http.MethodGet, "/api/app/inbox", nil); !a.has("开办准备还有") {
		t.Errorf("the bureau's inbox: %s", a.body)
	}
	if a := s.fileAs("", "/api/app/schools/9999990009/requests", goodApplication(), s.proof()); a.status != http.StatusForbidden || !a.has("还在筹建") {
		t.Errorf("a planned school takes applications: %d %s", a.status, a.body)
	}
	s.mustPost(bureauAdmin, at+"/start", nil)
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, at+"/start", nil), "school", "只有筹建中的学校")
	if a := s.do(bureauAdmin, http.MethodPost, at+"/undo", nil); a.status != http.StatusNoContent {
		t.Fatalf("undo: %d %s", a.status, a.body)
	}
	if n := s.rowsOf("schools", "code = '9999990009'") + s.rowsOf("articles", "school = '"+school.Id+"'"); n != 0 {
		t.Errorf("%d records are left of what was taken back", n)
	}

	s.mustPost(bureauAdmin, schoolsAPI, opening("9999990009", "示范区新苑小学"))
	s.mustPost(bureauAdmin, at+"/start", nil)
	if a := s.fileAs("", "/api/app/schools/9999990009/requests", goodApplication(), s.proof()); a.status != http.StatusOK {
		t.Fatalf("an application: %d %s", a.status, a.body)
	}
	refusedAt(t, s.do(bureauAdmin, http.MethodPost, at+"/undo", nil), "school", "已经收到信息公开申请")
	if a := s.do(bureauAdmin, http.MethodGet, at, nil); a.field("may_undo") != false {
		t.Error("undoing is offered")
	}
}

// Whatever happens to schools, no case, article or person is lost, every case is at
// a school that is at work, and every address that was ever given answers.
func TestRandomLivesLoseNothing(t *testing.T) {
	seeds := 3
	if testing.Short() {
		seeds = 1
	}
	for seed := range seeds {
		t.Run(fmt.Sprint(seed), func(t *testing.T) { walkLives(t, rand.New(rand.NewPCG(uint64(seed), 7))) })
	}
}

func walkLives(t *testing.T, r *rand.Rand) {
	s := serveRequests(t)
	published := s.submitted("秋游通知", "A0308", "approve", "clear")
	s.filed()
	s.wrote(goodLetter())
	s.issued(nil)
	codes := []string{"9999990001", "9999990002"}
	addresses := []string{"/a/" + published}
	count := func(what string) int { return s.rowsOf(what, "1 = 1") }
	kept := map[string]int{}
	for _, what := range []string{"foi_requests", "inquiries", "order_parts", "staff"} {
		kept[what] = count(what)
	}
	status := func(code string) string {
		school, err := s.app.FindFirstRecordByData("schools", "code", code)
		if err != nil {
			t.Fatal(err)
		}
		return school.GetString("status")
	}
	atWork := func(but string) []string {
		return slices.DeleteFunc(slices.Clone(codes), func(code string) bool { return code == but || status(code) != "open" })
	}
	for step := range 14 {
		one := codes[r.IntN(len(codes))]
		others := atWork(one)
		path := schoolsAPI + "/" + one
		end := map[string]any{"on": "2026-11-23", "reason": "批复"}
		var a answer
		switch do := r.IntN(6); {
		case do == 0 || len(others) < 2:
			code := fmt.Sprintf("99999901%02d", step)
			body := opening(code, "示范区新"+string(rune('甲'+step))+"小学")
			body["fields"].(map[string]string)["status"] = "开办"
			s.mustPost(bureauAdmin, schoolsAPI, body)
			codes = append(codes, code)
			continue
		case status(one) != "open":
			a = s.do(bureauAdmin, http.MethodPost, path+"/reopening", nil)
		case do == 1:
			a = s.do(bureauAdmin, http.MethodPost, path+"/corrections", map[string]any{"field": "name", "value": fmt.Sprintf("示范区改名%d小学", step), "reason": "更名批复"})
		case do == 2:
			a = s.do(bureauAdmin, http.MethodPost, path+"/ending", filledIn(end, map[string]any{"kind": "split", "into": others[:2], "cases_to": others[1]}))
		case do == 3:
			a = s.do(bureauAdmin, http.MethodPost, path+"/ending", filledIn(end, map[string]any{"kind": "close", "cases_to": others[0]}))
		default:
			a = s.do(bureauAdmin, http.MethodPost, path+"/ending", filledIn(end, map[string]any{"kind": "merge", "into": others[:1]}))
		}
		if a.status != http.StatusOK {
			t.Fatalf("step %d, %s: %d %s", step, one, a.status, a.body)
		}
	}
	s.run("ended-schools")
	for what, n := range kept {
		if got := count(what); got != n {
			t.Errorf("%s: %d of %d are left", what, got, n)
		}
	}
	for _, sql := range []string{"SELECT count(*) FROM foi_requests q JOIN schools s ON s.id = q.school WHERE s.status != 'open'",
		"SELECT count(*) FROM inquiries q LEFT JOIN schools s ON s.id = q.unit WHERE q.unit != 'bureau' AND s.status IS NOT 'open'",
		"SELECT count(*) FROM order_parts q JOIN schools s ON s.id = q.school WHERE s.status != 'open'"} {
		var n int
		if err := s.app.DB().NewQuery(sql).Row(&n); err != nil || n > 0 {
			t.Errorf("%s: %d (%v)", sql, n, err)
		}
	}
	for _, code := range codes {
		addresses = append(addresses, "/s/"+code, "/s/"+code+"/A0308", "/s/"+code+"/apply", "/open/v1/schools/"+code)
	}
	for _, path := range addresses {
		if a := s.get(path); a.status != http.StatusOK {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}
