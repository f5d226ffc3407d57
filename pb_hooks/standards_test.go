package pb_hooks_test

import (
	"encoding/json"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/statement"
)

const standardsPath = "/api/app/standards"

// standardFrom reads the version that an answer shows.
func (s *server) standardFrom(a answer) (v pb_hooks.StandardView) {
	s.t.Helper()
	if a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		s.t.Fatal(err)
	}
	return v
}

// startStandard makes a draft.
func (s *server) startStandard(version string) pb_hooks.StandardView {
	s.t.Helper()
	return s.standardFrom(s.do(supervisor, http.MethodPost, standardsPath, map[string]any{"version": version, "name": "栏目设置标准（" + version + "版）"}))
}

// edit changes a draft, on top of what was last seen of it.
func (s *server) edit(v *pb_hooks.StandardView, method, path string, body map[string]any) {
	s.t.Helper()
	body["updated"] = v.Updated
	*v = s.standardFrom(s.do(supervisor, method, standardsPath+"/"+v.ID+path, body))
}

// refusesEdit expects that a change of a draft is refused at a field, and stores nothing.
func (s *server) refusesEdit(v pb_hooks.StandardView, method, path string, body map[string]any, field, says string) {
	s.t.Helper()
	body["updated"] = v.Updated
	refusedAt(s.t, s.do(supervisor, method, standardsPath+"/"+v.ID+path, body), field, says)
	if now := s.standardFrom(s.do(supervisor, http.MethodGet, standardsPath+"/"+v.ID, nil)); now.Updated != v.Updated {
		s.t.Errorf("%s %s was refused and stored", method, path)
	}
}

func inStandard(v pb_hooks.StandardView, code string) standard.Column {
	i := slices.IndexFunc(v.Columns, func(c pb_hooks.StandardColumn) bool { return c.Code == code })
	if i < 0 {
		return standard.Column{}
	}
	return v.Columns[i].Column
}

func newLeaf(parent, name string) map[string]any {
	return map[string]any{"parent": parent, "name": name, "kind": "list", "audience": "全社会", "stages": []string{"小学", "初中"}, "tier": 2, "freshness_days": 365,
		"min_items_per_year": 1, "disclose_within_workdays": 20, "retention_years": 10, "required_fields": []string{"标题", "正文"}, "basis": "本标准建议"}
}

func TestTheStandardIsTheSupervisors(t *testing.T) {
	s := serve(t)
	v := s.startStandard("2027")
	path := standardsPath + "/" + v.ID
	readers := []string{supervisor, bureauReviewer, bureauAdmin, auditor}
	for _, who := range viewers {
		list := s.do(who, http.MethodGet, standardsPath, nil)
		staff := who != "" && who != root
		if got := list.has(`"version":"2026"`); got != staff {
			t.Errorf("%q sees the version in force: %v", who, got)
		}
		if got := list.has(`"version":"2027"`) || s.do(who, http.MethodGet, path, nil).status == 200 || s.do(who, http.MethodGet, path+"/difference", nil).status == 200 || s.do(who, http.MethodGet, path+"/dryrun", nil).status == 200 ||
			s.do(who, http.MethodGet, path+"/standard.xlsx", nil).status == 200; got != slices.Contains(readers, who) {
			t.Errorf("%q sees the draft: %v", who, got)
		}
		if a := s.do(who, http.MethodGet, recordAPI+"standards/records/"+v.ID, nil); a.status == 200 && who != root {
			t.Errorf("%q reads the draft as a record", who)
		}
		if who == supervisor {
			continue
		}
		if a := s.sendFile(who, standardsPath+"/import", "x.xlsx", []byte("x"), map[string]string{"version": "2028", "name": "x"}); a.status != 401 && a.status != 403 {
			t.Errorf("%q imports: %d", who, a.status)
		}
		for _, ask := range []struct{ method, path string }{{"POST", standardsPath}, {"PATCH", path}, {"DELETE", path}, {"POST", path + "/columns"}, {"PATCH", path + "/columns/A0405"},
			{"DELETE", path + "/columns/A0405"}, {"POST", path + "/columns/A0405/place"}, {"PUT", path + "/moves"}, {"POST", path + "/release"}, {"POST", path + "/recall"}} {
			body := newLeaf("A04", "学生会")
			body["updated"], body["version"], body["effective_on"], body["reason"] = v.Updated, "2028", "2027-01-01", "原因"
			if a := s.do(who, ask.method, ask.path, body); a.status != 401 && a.status != 403 {
				t.Errorf("%q %s %s: %d %s", who, ask.method, ask.path, a.status, a.body)
			}
		}
	}
	if a := s.do(root, http.MethodPatch, recordAPI+"standards/records/"+v.ID, map[string]any{"state": "released"}); a.status != 403 {
		t.Errorf("a superuser releases by the record: %d", a.status)
	}
	s.edit(&v, "POST", "/release", map[string]any{"effective_on": "2027-01-01"})
	for _, who := range viewers {
		if a := s.do(who, http.MethodGet, path, nil); (a.status == 200) != (who != "" && who != root) {
			t.Errorf("%q asks for the released version: %d", who, a.status)
		}
	}
	if s.toldOf(principalA, "将于 2027-01-01 起施行") != 1 || s.toldOf(editorB, "将于 2027-01-01 起施行") != 1 || s.toldOf(clerkA, "施行") != 0 {
		t.Error("others are told than those who answer for columns")
	}
}

func TestADraftIsEditedWithoutFaults(t *testing.T) {
	s := serve(t)
	refusedAt(t, s.do(supervisor, http.MethodPost, standardsPath, map[string]any{"version": "2026", "name": "又一版"}), "version", "已经有 2026 版")
	refusedAt(t, s.do(supervisor, http.MethodPost, standardsPath, map[string]any{"version": "2027", "name": " "}), "name", "请填写标准名称")
	v := s.startStandard("2027")
	if len(v.Columns) != 95 || v.Leaves != 76 || v.BasedOn != "2026" || v.State != "draft" || !v.MayEdit || len(v.Open) != 0 {
		t.Fatalf("%+v", v.StandardRow)
	}
	old := v.Updated
	s.edit(&v, "PATCH", "", map[string]any{"name": "中小学栏目设置标准（2027版）"})
	if a := s.do(supervisor, "PATCH", standardsPath+"/"+v.ID, map[string]any{"updated": old, "name": "过时的修改"}); a.status != 409 {
		t.Errorf("a stale change: %d %s", a.status, a.body)
	}
	s.edit(&v, "POST", "/columns", newLeaf("A05", "心理健康教育"))
	if c := inStandard(v, "A0507"); c.Name != "心理健康教育" || !c.Mandatory || c.Branch != "信息公开" || c.PublicityWorkdays != -1 {
		t.Errorf("%+v", c)
	}
	s.edit(&v, "PATCH", "/columns/A0308", map[string]any{"name": "公告", "freshness_days": 30, "tier": 1})
	if c := inStandard(v, "A0308"); c.Name != "公告" || c.FreshnessDays != 30 || c.Tier != 1 || len(c.Stages) != 8 || c.Basis == "" {
		t.Errorf("%+v", c)
	}
	s.edit(&v, "POST", "/columns/A0507/place", map[string]any{"parent": "A10", "position": 0})
	if inStandard(v, "A1005").Name != "心理健康教育" || len(v.Moves) != 0 {
		t.Errorf("a new column has no history: %v", v.Moves)
	}
	s.edit(&v, "POST", "/columns/A0306/place", map[string]any{"parent": "A07", "position": 2})
	if len(v.Moves) != 1 || v.Moves[0].From != "A0306" || v.Moves[0].To != "A0707" {
		t.Errorf("%v", v.Moves)
	}
	s.edit(&v, "DELETE", "/columns/A0207", map[string]any{})
	s.edit(&v, "POST", "/columns", map[string]any{"code": "A0207"})
	if c := inStandard(v, "A0207"); c.Name != "学校荣誉" || v.Columns[slices.IndexFunc(v.Columns, func(c pb_hooks.StandardColumn) bool { return c.Code == "A0207" })+1].Code != "A0208" {
		t.Errorf("taken back: %+v", c)
	}
	s.edit(&v, "DELETE", "/columns/A0207", map[string]any{})

	s.refusesEdit(v, "PATCH", "/columns/A0308", map[string]any{"stages": []string{"大学"}}, "stages", "没有学段")
	s.refusesEdit(v, "PATCH", "/columns/A0308", map[string]any{"name": "校园动态"}, "name", "已经有“校园动态”")
	s.refusesEdit(v, "PATCH", "/columns/B0301", map[string]any{"kind": "list"}, "kind", "由程序使用")
	s.refusesEdit(v, "DELETE", "/columns/A0101", map[string]any{}, "code", "由程序使用")
	s.refusesEdit(v, "DELETE", "/columns/A02", map[string]any{}, "code", "下还有栏目")
	s.refusesEdit(v, "DELETE", "/columns/A0707", map[string]any{}, "code", "请先更改沿革")
	s.refusesEdit(v, "POST", "/columns", newLeaf("A0501", "下级"), "parent", "请选择新栏目所在的分类")
	s.refusesEdit(v, "POST", "/columns", newLeaf("A05", "未成年人保护"), "name", "已经有")
	s.refusesEdit(v, "POST", "/columns/A0104/place", map[string]any{"parent": "A02", "position": 0}, "parent", "由程序使用")
	s.refusesEdit(v, "POST", "/columns/A09/place", map[string]any{"parent": "B", "position": 0}, "parent", "另一个分支")
	s.refusesEdit(v, "POST", "/columns/A0405/place", map[string]any{"parent": "A", "position": 0}, "parent", "只能放在分类下")
	s.refusesEdit(v, "PUT", "/moves", map[string]any{"moves": []standard.Move{{From: "A0306", To: "A0999"}}}, "moves.0.to", "不是新标准里")
	s.refusesEdit(v, "PUT", "/moves", map[string]any{"moves": []standard.Move{{From: "A0306", To: "A0707", School: "1"}}}, "moves.0.school", "没有代码")
	if a := s.do(supervisor, "PATCH", standardsPath+"/"+v.ID+"/columns/A9999", map[string]any{"updated": v.Updated}); a.status != 404 {
		t.Errorf("a column that is not: %d", a.status)
	}

	a := s.do(supervisor, http.MethodGet, standardsPath+"/"+v.ID+"/difference", nil)
	if !a.has(`"from":"2026","to":"2027"`, `"added":[{"code":"A0707","name":"督导评估与质量报告"},{"code":"A1005","name":"心理健康教育"}]`,
		`"removed":[{"code":"A0207","name":"学校荣誉"},{"code":"A0306","name":"督导评估与质量报告"}]`, `{"field":"freshness_days","label":"更新周期","before":"60 天（寒暑假停算）","after":"30 天（寒暑假停算）"}`,
		`"moved":[{"from":{"code":"A0306","name":"督导评估与质量报告"},"to":{"code":"A0707","name":"督导评估与质量报告"}}]`) {
		t.Errorf("%s", a.body)
	}
	if a := s.do(supervisor, http.MethodDelete, standardsPath+"/"+v.ID, nil); a.status != 204 {
		t.Errorf("discard: %d %s", a.status, a.body)
	}
	if a := s.do(supervisor, http.MethodGet, standardsPath+"/"+v.ID, nil); a.status != 404 {
		t.Errorf("discarded: %d", a.status)
	}
}

func TestTheStandardGoesOutAsAWorkbookAndComesBack(t *testing.T) {
	s := serve(t)
	v := s.startStandard("2027")
	s.edit(&v, "POST", "/columns", newLeaf("A05", "心理健康教育"))
	s.edit(&v, "POST", "/columns/A0306/place", map[string]any{"parent": "A07", "position": 2})
	s.edit(&v, "DELETE", "/columns/A0207", map[string]any{})
	s.edit(&v, "PUT", "/moves", map[string]any{"moves": append(v.Moves, standard.Move{From: "A0207", To: "A0309", Words: []string{"奖", "荣誉"}},
		standard.Move{From: "A0207", To: "A0201", Words: []string{}}, standard.Move{From: "A0207", To: "A0308", Words: []string{}, School: "9999990002"})})
	file := s.do(bureauReviewer, http.MethodGet, standardsPath+"/"+v.ID+"/standard.xlsx", nil)
	if file.status != 200 || !strings.Contains(file.header.Get("Content-Disposition"), "xlsx") {
		t.Fatalf("%d %v", file.status, file.header)
	}
	take := func(version string, data []byte) answer {
		return s.sendFile(supervisor, standardsPath+"/import", "standard.xlsx", data, map[string]string{"version": version, "name": "又一版"})
	}
	got := s.standardFrom(take("2028", []byte(file.body)))
	if !reflect.DeepEqual(got.Columns, v.Columns) || !reflect.DeepEqual(got.Moves, v.Moves) || got.State != "draft" {
		t.Errorf("%+v\n%+v", got.Moves, v.Moves)
	}
	refusedAt(t, take("2028", []byte(file.body)), "version", "已经有 2028 版")
	refusedAt(t, take("2029", []byte("no workbook")), "file", "不是 .xlsx 工作簿")
	bad := s.do(supervisor, http.MethodGet, "/api/app/surveys", nil) // any other answer
	refusedAt(t, take("2029", []byte(bad.body)), "file", "不是 .xlsx 工作簿")

	edited, err := statement.Book{Made: "2026-11-23", Lists: []statement.List{{Tab: "栏目", Columns: []statement.ListColumn{{Name: "一级事项", Width: 900}}, Rows: [][]string{{"学校概况"}}}}}.Xlsx()
	if err != nil {
		t.Fatal(err)
	}
	if a := take("2029", edited); a.status != 400 || !a.has(`"faults":[{"sheet":"栏目","row":4,"column":"二级事项","sentence":"没有“二级事项”一列"}`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if n, _ := s.app.CountRecords("standards"); n != 3 {
		t.Errorf("%d versions are there after refusals", n)
	}
}

// published publishes an article and returns its id.
func (s *server) published(as, column, title string) string {
	s.t.Helper()
	article, version := s.draft(as, column, title, someText)
	if a := s.publish(as, article, version); a.status != 200 {
		s.t.Fatalf("%s: %d %s", title, a.status, a.body)
	}
	return article
}

func TestTheStandardRollsOutOnItsDay(t *testing.T) {
	s := serve(t)
	sports, honour := s.published(editorA, "A0207", "我校获区运动会体育先进集体"), s.published(editorA, "A0207", "我校获文明校园称号")
	withdrawn := s.published(editorA, "A0207", "我校获科技奖")
	s.must(editorA, withdrawn, map[string]any{"action": "withdraw", "reason": "名称有误"})
	draft, _ := s.draft(editorB, "A0207", "还没有写完的荣誉", someText)
	number := s.get("/open/v1/articles/"+sports).field("article", "index_number")

	v := s.startStandard("2027")
	s.edit(&v, "DELETE", "/columns/A0207", map[string]any{})
	if len(v.Open) != 1 || v.Open[0].Code != "A0207" || !strings.Contains(v.Open[0].Sentence, "2 所学校共有 4 条信息") {
		t.Fatalf("%+v", v.Open)
	}
	s.refusesEdit(v, "POST", "/release", map[string]any{"effective_on": "2026-12-01"}, "open", "请写明并入哪个栏目")
	moves := []standard.Move{{From: "A0207", To: "A0504", Words: []string{"体育", "艺术"}}, {From: "A0207", To: "A0404"}}
	s.edit(&v, "PATCH", "/columns/A0404", map[string]any{"stages": []string{"小学"}})
	s.edit(&v, "PUT", "/moves", map[string]any{"moves": moves})
	if len(v.Open) != 1 || v.Open[0].School != "9999990002" || !strings.Contains(v.Open[0].Sentence, "云帆中学没有栏目“学籍管理”") {
		t.Fatalf("%+v", v.Open)
	}
	s.edit(&v, "PUT", "/moves", map[string]any{"moves": append(moves, standard.Move{From: "A0207", To: "A0201", School: "9999990002"})})
	s.edit(&v, "PATCH", "/columns/A0504", map[string]any{"review": "extended"})
	s.wait(time.Minute) // what is public at this instant is counted from the next one on
	dry := s.do(auditor, http.MethodGet, standardsPath+"/"+v.ID+"/dryrun", nil)
	if !dry.has(`"schools":2`, `"articles":4`, `{"from":"A0207","from_name":"学校荣誉","to":"A0504","to_name":"体卫艺科","articles":1,"schools":1}`, `"to":"A0404","to_name":"学籍管理","articles":2`,
		`"columns_removed":[{"code":"A0207","name":"学校荣誉"},{"code":"A0404","name":"学籍管理"}]`, `"reviews":[{"code":"A0504","name":"体卫艺科","before":"三人制","after":"四人制"}]`, `"open":[]`) {
		t.Errorf("dry run: %s", dry.body)
	}
	s.refusesEdit(v, "POST", "/release", map[string]any{"effective_on": "2026-11-22"}, "effective_on", "不能早于今天")
	s.refusesEdit(v, "POST", "/release", map[string]any{"effective_on": "明天"}, "effective_on", "请填写施行日期")
	s.edit(&v, "POST", "/release", map[string]any{"effective_on": "2026-11-25"})

	if a := s.do(supervisor, "PATCH", standardsPath+"/"+v.ID+"/columns/A0405", map[string]any{"updated": v.Updated, "name": "改不了"}); a.status != 409 {
		t.Errorf("a released version is changed: %d", a.status)
	}
	if _, err := s.app.DB().NewQuery("UPDATE standards SET content = '[]' WHERE version = '2027'").Execute(); err == nil {
		t.Error("the database lets a released version be changed")
	}
	refusedAt(t, s.do(supervisor, "POST", standardsPath+"/"+v.ID+"/recall", map[string]any{"reason": " "}), "reason", "请写明收回的原因")
	v = s.standardFrom(s.do(supervisor, "POST", standardsPath+"/"+v.ID+"/recall", map[string]any{"reason": "日期要改"}))
	s.edit(&v, "POST", "/release", map[string]any{"effective_on": "2026-11-24"})
	other := s.startStandard("2028")
	s.refusesEdit(other, "POST", "/release", map[string]any{"effective_on": "2026-12-01"}, "effective_on", "2027 版已经发布")

	s.run("standard")
	if a := s.get("/s/9999990001/A0207"); a.status != 200 {
		t.Errorf("before its day: %d", a.status)
	}
	before := s.lastRow()
	s.wait(24 * time.Hour)
	if a := s.do(editorA, http.MethodGet, standardsPath+"/"+v.ID, nil); a.field("state") != "in_force" {
		t.Fatalf("%s", a.body)
	}
	for from, to := range map[string]string{"/s/9999990001/A0207": "/s/9999990001/A0404", "/s/9999990001/A0207/feed.xml": "/s/9999990001/A0404/feed.xml", "/s/9999990001/A0207?page=3": "/s/9999990001/A0404",
		"/open/v1/schools/9999990001/columns/A0207?format=json": "/open/v1/schools/9999990001/columns/A0404?format=json", "/open/v1/articles?column=A0207": "/open/v1/articles?column=A0404",
		"/s/9999990002/A0207": "/s/9999990002/A0201", "/s/9999990002/A0404": "/s/9999990002", "/search?column=A0207&q=区": "/search?column=A0404&q=%E5%8C%BA"} {
		if a := s.get(from); a.status != 301 || a.header.Get("Location") != to {
			t.Errorf("%s leads by %d to %s, want %s", from, a.status, a.header.Get("Location"), to)
		} else if b := s.get(to); b.status != 200 {
			t.Errorf("%s answers %d", to, b.status)
		}
	}
	for article, want := range map[string]string{sports: "A0504", honour: "A0404", withdrawn: "A0404", draft: "A0201"} {
		r, err := s.app.FindRecordById("articles", article)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.GetString("column"); got != want {
			t.Errorf("%s is in %s, want %s", r.GetString("title"), got, want)
		}
	}
	if a := s.get("/s/9999990001/A0504"); !a.has("体育先进集体") || s.get("/open/v1/articles/"+sports).field("article", "index_number") != number || number != "9999990001-A0207-2026-0001" {
		t.Errorf("the number was %v: %s", number, a.body)
	}
	for code, i := range map[string]int{"9999990001": 0, "9999990002": 1} {
		today := s.do(supervisor, http.MethodGet, "/api/app/supervision/today?school="+code, nil)
		after := dry.field("by_school").([]any)[i].(map[string]any)["after"].(map[string]any)
		if after["met"] != today.field("counts", "columns_met") || after["of"] != today.field("counts", "columns_mandatory") || after["of"] == 0.0 {
			t.Errorf("%s meets %v of %v, the dry run said %v", code, today.field("counts", "columns_met"), today.field("counts", "columns_mandatory"), after)
		}
	}
	steps := strings.Join(s.deeds(before), "\n")
	if strings.Count(steps, "server create article_steps") != 3 || !strings.Contains(steps, "server roll_out_standard standards") || !strings.Contains(steps, "server create review_rules") {
		t.Errorf("%s", steps)
	}
	if report := s.verified(); len(report.Breaks) > 0 {
		t.Errorf("%+v", report.Breaks)
	}
	raw, files := s.whole(editorA, honour)
	if out, err := s.check(raw); err != nil {
		t.Errorf("the dossier: %v %s", err, out)
	}
	told := false
	for _, text := range files {
		told = told || strings.Contains(text, "由“A0207 学校荣誉”改入“A0404 学籍管理”")
	}
	if !told {
		t.Error("the dossier does not tell where the article stood")
	}
	// it goes on where it is: the next text is reviewed as the new column asks
	version := s.openVersion(editorB, draft)
	if a := s.publish(editorB, draft, version); a.status != 200 {
		t.Errorf("the draft goes on: %d %s", a.status, a.body)
	}
	if s.toldOf(editorA, "2 条信息") != 0 || s.toldOf(editorA, "3 条信息改换了栏目") != 1 || s.toldOf(principalA, "今日施行") != 1 {
		t.Error("the school is not told")
	}
	for _, q := range []string{"UPDATE columns SET name = 'x'", "DELETE FROM columns", "UPDATE standards SET name = 'x' WHERE version = '2027'", "DELETE FROM standards WHERE version = '2026'"} {
		if _, err := s.app.DB().NewQuery(q).Execute(); err == nil {
			t.Errorf("the database lets through: %s", q)
		}
	}
}
