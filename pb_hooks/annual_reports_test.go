package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/foi"
)

const annualPath = "/api/app/annual-reports"

func ownReport(year int) string { return fmt.Sprintf("%s/9999990001/%d", annualPath, year) }

// moved takes a step of an article on a day, as the table would hold it.
func (s *server) moved(article, action, day string) {
	s.t.Helper()
	row := dbx.Params{"id": core.GenerateDefaultRandomId(), "article": article, "version": "v" + article[1:], "action": action, "at": day + " 04:00:00.000Z"}
	if _, err := s.app.NonconcurrentDB().Insert("article_steps", row).Execute(); err != nil {
		s.t.Fatal(err)
	}
}

// madePublic is an article that was published and is public since.
func (s *server) madePublic(school, column, made, published string) string {
	s.t.Helper()
	id := s.disclosed(school, column, made, published)
	s.moved(id, "publish", published)
	return id
}

// textsOfReport are enough for each section.
func textsOfReport() annual.Texts {
	texts := annual.Texts{}
	for _, section := range annual.Sections() {
		if section.Fewest > 0 {
			texts[section.Key] = strings.Repeat("学校按照规定做好信息公开工作。", 5)
		}
	}
	texts["other"] = "本年度没有收取信息处理费。"
	return texts
}

func (s *server) annualDesk(as, path string) (v pb_hooks.AnnualDesk) {
	s.t.Helper()
	return s.deskFrom(s.do(as, http.MethodGet, path, nil))
}

func (s *server) deskFrom(a answer) (v pb_hooks.AnnualDesk) {
	s.t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil || a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return v
}

func (s *server) saveReport(as, path string, texts annual.Texts) answer {
	s.t.Helper()
	return s.do(as, http.MethodPut, path, map[string]any{"texts": texts, "base": s.annualDesk(as, path).Updated})
}

func (s *server) stepReport(as, path, do, reason string) answer {
	s.t.Helper()
	return s.do(as, http.MethodPost, path+"/steps", map[string]any{"do": do, "reason": reason, "base": s.annualDesk(as, path).Updated})
}

// signedReport is a report of 2025 that was written by the clerk and signed; it returns its
// article and the version under review.
func (s *server) signedReport() (article, version string) {
	s.t.Helper()
	path := ownReport(2025)
	for _, a := range []answer{s.saveReport(clerkA, path, textsOfReport()), s.stepReport(clerkA, path, "present", ""), s.stepReport(principalA, path, "sign", "")} {
		if a.status != http.StatusOK {
			s.t.Fatalf("%d %s", a.status, a.body)
		}
	}
	article = s.annualDesk(principalA, path).Article
	return article, s.record("articles", article).GetString("pending")
}

// approve reviews the version of an article twice, as everything is.
func (s *server) approve(article, version string) {
	s.t.Helper()
	if a := s.act(reviewerA, article, map[string]any{"version": version, "action": "approve", "check": fine}); a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.act(secrecyA, article, map[string]any{"version": version, "action": "clear", "check": clear}); a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
}

// The year 2025 of one school, counted by hand, as it was on 31 December.
func TestAnnualGroupsByHand(t *testing.T) {
	s := serve(t)
	s.at("2026-01-05")
	s.madePublic(schoolA, "A0801", "2025-03-03", "2025-03-05") // 2 days, limit 10 working days
	s.madePublic(schoolA, "A0801", "2025-03-03", "2025-04-30") // 58 days: late
	updated := s.madePublic(schoolA, "A0308", "2025-05-06", "2025-05-06")
	s.moved(updated, "publish", "2025-06-01")
	s.moved(updated, "publish", "2026-01-02") // of the next year
	gone := s.madePublic(schoolA, "A0308", "2025-05-06", "2025-05-07")
	s.moved(gone, "withdraw", "2025-12-31")
	old := s.madePublic(schoolA, "A0101", "2024-01-05", "2024-01-05")
	s.moved(old, "expire", "2026-01-03")
	s.madePublic(schoolA, "A0101", "2026-01-02", "2026-01-02")
	s.madePublic(schoolB, "A0101", "2025-02-03", "2025-02-03")
	v := s.annualDesk(clerkA, ownReport(2025))
	want := "2025年，通过本平台主动公开信息4条，更新1条，撤下1条，年末现行有效4条。从信息生成到公开平均15.3天。"
	if got := v.Parts[0].Sections[0].Sentences; !strings.HasPrefix(got, want) {
		t.Errorf("%s", got)
	}
	for name, figures := range map[string][]string{"公开指南与制度": {"0", "0", "0", "1", "—", "0", "0", "—"}, "收费与财务": {"2", "0", "0", "2", "30.0", "2", "1", "50.0"}, "学校管理": {"2", "1", "1", "1", "0.5", "2", "2", "100.0"}} {
		row := name + "</th>"
		for _, f := range figures {
			row += `<td align="center">` + f + "</td>"
		}
		if !strings.Contains(v.Parts[1].Tables, row) {
			t.Errorf("the table lacks %s", row)
		}
	}
	// the clock freezes the year; what happens later changes nothing
	s.run("annual-reports")
	s.moved(old, "archive", "2025-12-30")
	if v := s.annualDesk(clerkA, ownReport(2025)); !v.Frozen || !strings.HasPrefix(v.Parts[0].Sections[0].Sentences, want) {
		t.Errorf("frozen %v: %s", v.Frozen, v.Parts[0].Sections[0].Sentences)
	}
	for _, table := range []string{"annual_tables", "foi_tables"} {
		if n := s.rowsOf(table, "year = 2025"); n != 2 {
			t.Errorf("%d schools are frozen in %s", n, table)
		}
		if _, err := s.app.DB().NewQuery("UPDATE " + table + " SET year = 2024").Execute(); err == nil {
			t.Errorf("%s can be changed", table)
		}
	}
}

// A report is written, signed by somebody else, reviewed like everything and public.
func TestAReportGoesItsWay(t *testing.T) {
	s := serve(t)
	s.at("2026-01-12")
	s.store(schoolA, foi.ClassPerson, received("2025-03-02", "2025-03-04"))
	path := ownReport(2025)
	if v := s.annualDesk(clerkA, path); v.State != "not_begun" || !v.MayWrite || v.MayPresent || v.Timeliness != "awaited" || v.DueOn != "2026-01-31" || len(v.Parts) != 6 {
		t.Errorf("at first: %s %v %v", v.State, v.MayWrite, v.MayPresent)
	}
	if a := s.saveReport(clerkA, path, annual.Texts{"other": "没有。"}); a.status != http.StatusOK || a.field("state") != "writing" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.stepReport(clerkA, path, "present", ""); a.status != http.StatusBadRequest || !a.has("还不能报请签发：“（一）主动公开情况”还没有写") {
		t.Errorf("presented unwritten: %d %s", a.status, a.body)
	}
	if a := s.saveReport(editorA, path, textsOfReport()); a.status != http.StatusOK || len(s.deskFrom(a).Problems) != 0 {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.stepReport(principalA, path, "sign", ""); a.status != http.StatusConflict {
		t.Errorf("signed before it was presented: %d %s", a.status, a.body)
	}
	s.stepReport(clerkA, path, "present", "")
	if box := s.inbox(principalA); !slices.ContainsFunc(box.Items, func(i pb_hooks.InboxItem) bool {
		return i.Kind == "annual" && i.Duty == "principal" && i.Link == "/supervision/annual/9999990001/2025"
	}) {
		t.Errorf("the principal's inbox: %+v", box.Items)
	}
	if a := s.stepReport(principalA, path, "return", " "); a.status != http.StatusBadRequest || a.field("data", "reason") == nil {
		t.Errorf("returned without a reason: %d", a.status)
	}
	if a := s.stepReport(principalA, path, "return", "第五部分写具体一些"); a.field("state") != "returned" {
		t.Errorf("returned: %s", a.body)
	}
	texts := textsOfReport()
	texts["problems"] = strings.Repeat("上年的问题已经改正，还要加强培训。", 6)
	s.saveReport(clerkA, path, texts)
	s.stepReport(clerkA, path, "present", "")
	a := s.stepReport(principalA, path, "sign", "")
	v := s.deskFrom(a)
	if v.State != "in_review" || v.Article == "" || !v.Frozen || v.MayWrite || len(v.Steps) != 4 || v.Steps[3].ByName != principalA {
		t.Fatalf("signed: %+v", v)
	}
	// the ordinary reviews: not by those who wrote it
	article := s.record("articles", v.Article)
	version := article.GetString("pending")
	if article.GetString("stage") != "reviewing" || article.GetString("column") != "A0104" || s.get("/a/"+v.Article).status != http.StatusNotFound {
		t.Errorf("the article: %v", article.FieldsData())
	}
	writers := s.record("article_versions", version).GetStringSlice("writers")
	if !slices.Contains(writers, s.person(clerkA)) || !slices.Contains(writers, s.person(editorA)) || slices.Contains(writers, s.person(principalA)) {
		t.Errorf("the writers: %v", writers)
	}
	if a := s.saveReport(clerkA, path, texts); a.status != http.StatusConflict {
		t.Errorf("written on in review: %d %s", a.status, a.body)
	}
	s.approve(v.Article, version)
	page := s.get("/a/" + v.Article)
	if page.status != http.StatusOK || !page.has("2025年信息公开工作年度报告", "上年的问题已经改正", "收到信息公开申请1件", "表2-校", ".docx", "六、其他需要报告的事项") {
		t.Errorf("the page: %d", page.status)
	}
	if v := s.annualDesk(supervisor, path); v.State != "published" || v.Timeliness != "on_time" || v.PublishedOn != "2026-01-12" || v.MayWrite || v.MaySign {
		t.Errorf("public: %s %s %s", v.State, v.Timeliness, v.PublishedOn)
	}
	if on, err := pb_hooks.AnnualReports(s.app, 2025); err != nil || len(on) != 1 || on[schoolA] != "2026-01-12" {
		t.Errorf("the evidence: %v (%v)", on, err)
	}
	// corrected later: a new version of the same article, signed and reviewed again
	s.at("2026-02-10")
	texts["other"] = "本年度没有收取信息处理费。更正：联系电话有误。"
	s.saveReport(clerkA, path, texts)
	s.stepReport(clerkA, path, "present", "")
	if v := s.deskFrom(s.stepReport(principalA, path, "sign", "")); v.Article != article.Id || v.State != "in_review" || v.Timeliness != "on_time" {
		t.Errorf("signed again: %s %s", v.Article, v.State)
	}
	s.approve(article.Id, s.record("articles", article.Id).GetString("pending"))
	if page := s.get("/a/" + article.Id); !page.has("更正：联系电话有误") {
		t.Error("the correction is not public")
	}
	if v := s.annualDesk(clerkA, path); v.PublishedOn != "2026-01-12" || v.Timeliness != "on_time" || v.State != "published" {
		t.Errorf("after the correction: %s %s", v.PublishedOn, v.Timeliness)
	}
}

// Who wrote a report does not sign it, nor does whoever stands in for a writer.
func TestFourEyesOnAReport(t *testing.T) {
	s := serve(t)
	s.at("2026-01-12")
	path := ownReport(2025)
	s.alsoActs(principalA, "principal", "editor")
	s.saveReport(principalA, path, annual.Texts{"other": "本年度没有收取信息处理费。"})
	s.saveReport(clerkA, path, textsOfReport())
	s.stepReport(clerkA, path, "present", "")
	if a := s.stepReport(principalA, path, "sign", ""); a.status != http.StatusForbidden || !a.has("您参与了这份报告的撰写") {
		t.Errorf("a writer signs: %d %s", a.status, a.body)
	}
	if v := s.annualDesk(principalA, path); v.MaySign || !v.Wrote {
		t.Errorf("a writer is offered to sign")
	}
	s.alsoActs(officerA, "officer", "principal")
	if a := s.stepReport(officerA, path, "sign", ""); a.status != http.StatusOK {
		t.Errorf("another principal signs: %d %s", a.status, a.body)
	}
}

// What was signed is what is reviewed: an editor who changes the returned text
// cannot submit it past the principal.
func TestAReturnedReportIsSignedAgain(t *testing.T) {
	s := serve(t)
	s.at("2026-01-12")
	path := ownReport(2025)
	article, version := s.signedReport()
	if a := s.step(reviewerA, article, version, "return", "改一处"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if v := s.annualDesk(clerkA, path); v.State != "returned" || !v.MayPresent {
		t.Errorf("returned by the reviewer: %s", v.State)
	}
	open := s.openVersion(editorA, article)
	if a := s.patch(editorA, open, map[string]any{"body": "<p>没有签发的文字，没有签发的文字，没有签发的文字，没有签发的文字。</p>"}); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := s.step(editorA, article, open, "submit", ""); a.status != http.StatusBadRequest || !a.has("由校长签发后送审") {
		t.Errorf("submitted unsigned: %d %s", a.status, a.body)
	}
	s.saveReport(clerkA, path, textsOfReport())
	s.stepReport(clerkA, path, "present", "")
	v := s.deskFrom(s.stepReport(principalA, path, "sign", ""))
	if v.State != "in_review" || v.Article != article || s.record("articles", article).GetString("pending") != open {
		t.Errorf("signed again: %s", v.State)
	}
	if body := s.record("article_versions", open).GetString("body"); strings.Contains(body, "没有签发的文字") || !strings.Contains(body, "六、其他") {
		t.Error("the unsigned text went to review")
	}
	for _, sql := range []string{"UPDATE annual_steps SET reason = 'x'", "DELETE FROM annual_steps", "DELETE FROM annual_reports"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s", sql)
		}
	}
}
