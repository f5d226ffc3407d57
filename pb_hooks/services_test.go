package pb_hooks_test

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

const (
	guideB0101 = "B0101" // 办事指南
	formB0201  = "B0201" // 表格下载
)

// guide are the elements that 办事指南 asks for.
func guide(matter, steps string) []map[string]string {
	return []map[string]string{{"事项名称": matter, "设定依据": "《中小学生学籍管理办法》", "申请条件": "本校学生", "办理材料": "申请表\n户口簿", "办理地点": "教导处",
		"办理时间": "工作日", "联系电话": "021-00000001", "办理流程": steps, "办理时限": "3个工作日", "收费情况": "不收费"}}
}

// shown publishes an article with named fields and, where there is a name, a file.
func (s *server) shown(column, title string, facts []map[string]string, file string, data []byte) (article, attachment string) {
	s.t.Helper()
	article, version := s.draft(editorA, column, title, someText)
	s.patch(editorA, version, map[string]any{"facts": facts})
	if file != "" {
		attachment = s.attached(editorA, article, version, file, data)
	}
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		s.t.Fatalf("publish %s: %d %s", title, a.status, a.body)
	}
	return article, attachment
}

// replaced publishes a new version of an article with another file.
func (s *server) replaced(article, file string, data []byte) (attachment string) {
	s.t.Helper()
	version, _ := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article}).field("id").(string)
	s.patch(editorA, version, map[string]any{"attachments": []string{}})
	attachment = s.attached(editorA, article, version, file, data)
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		s.t.Fatalf("publish the change: %d %s", a.status, a.body)
	}
	return attachment
}

// take fetches a file as a person's browser does.
func (s *server) take(path string) int {
	s.t.Helper()
	req, err := http.NewRequest(http.MethodGet, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("User-Agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/128.0")
	res, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	return res.StatusCode
}

func TestAnOldFormLeadsToTheCurrentOne(t *testing.T) {
	s := serve(t)
	old := office(t, "", "", "转学申请表，旧版")
	article, first := s.shown(formB0201, "转学申请表", []map[string]string{{"关联事项": "转学"}}, "转学申请表.docx", old)
	second := s.replaced(article, "转学申请表.docx", office(t, "", "", "转学申请表，新版"))
	if a := s.get("/f/" + first + "/转学申请表.docx"); a.status != 302 || a.header.Get("Location") != "/a/"+article+"?file="+first {
		t.Errorf("the old link: %d %v", a.status, a.header)
	}
	if a := s.get("/a/" + article + "?file=" + first); !a.has("您打开的是旧版（第 1 版）的文件。", "现行版本是第 2 版", "/f/"+second+"/") || a.has("/f/"+first+"/") {
		t.Errorf("the page does not lead on: %s", a.body)
	}
	if a := s.get("/open/v1/articles/" + article + "?file=" + first); a.field("old_file", "version") != 1.0 {
		t.Errorf("the open data: %s", a.body)
	}
	if a := s.get("/f/" + second + "/转学申请表.docx"); a.status != 200 {
		t.Errorf("the current file: %d", a.status)
	}
	never, version := s.draft(editorA, formB0201, "休学申请表", someText)
	draft := s.attached(editorA, never, version, "休学申请表.docx", old)
	for _, path := range []string{"/f/" + draft + "/x.docx", "/a/" + never + "?file=" + draft} {
		if a := s.get(path); a.status != 404 {
			t.Errorf("%s of a draft: %d", path, a.status)
		}
	}
	if a := s.get("/a/" + article + "?file=" + draft); a.has("旧版") {
		t.Error("the file of a draft is told from one that is nowhere")
	}
	s.step(editorA, article, "", "withdraw", "改用网上办理")
	for _, file := range []string{first, second} {
		if a := s.get("/f/" + file + "/x.docx"); a.status != 302 || a.header.Get("Location") != "/a/"+article+"?file="+file {
			t.Errorf("the link of a withdrawn form: %d %v", a.status, a.header)
		}
		if a := s.get("/a/" + article + "?file=" + file); !a.has("您打开的文件已不再提供。", "改用网上办理") || a.has("转学申请表.docx") {
			t.Errorf("the notice: %s", a.body)
		}
	}
}

func TestDownloadsOfFormsAreCounted(t *testing.T) {
	s := serve(t)
	article, file := s.shown(formB0201, "转学申请表", []map[string]string{{"关联事项": "转学"}}, "转学申请表.docx", office(t, "", "", "转学申请表"))
	notice, other := s.shown("A0308", "开放日通知", nil, "通知.docx", office(t, "", "", "开放日"))
	times := func() any { return s.get("/open/v1/articles/"+article).field("article", "downloads") }
	if times() != 0.0 || s.get("/open/v1/articles/"+notice).field("article", "downloads") != nil {
		t.Error("before anybody took it")
	}
	for range 3 {
		if status := s.take("/f/" + file + "/x.docx?download"); status != 200 {
			t.Fatalf("take: %d", status)
		}
	}
	s.take("/f/" + other + "/x.docx?download")
	s.get("/f/" + file + "/x.docx?download") // a program
	s.run("downloads")
	if times() != 3.0 || !s.get("/a/"+article).has("下载 3 次") {
		t.Errorf("counted %v times, want 3: %s", times(), s.get("/a/"+article).body)
	}
	if a := s.do(editorA, http.MethodGet, "/api/app/articles/"+article, nil); a.field("downloads") != 3.0 {
		t.Errorf("the workbench: %s", a.body)
	}
	next := s.replaced(article, "转学申请表.docx", office(t, "", "", "转学申请表，新版"))
	s.take("/f/" + next + "/x.docx?download")
	s.run("downloads")
	if times() != 4.0 {
		t.Errorf("counted %v times, want those of all versions", times())
	}
	if n := s.rowsOf("article_counts", "1 = 1"); n != 1 {
		t.Errorf("%d rows, want one of the form", n)
	}
}

func TestAGuideShowsItsStepsFormsAndQuestions(t *testing.T) {
	s := serve(t)
	id, _ := s.shown(guideB0101, "转学办理指南", guide("转学", "1. 提交材料\n2. 受理\n3、3个工作日内审核\n"), "", nil)
	form, _ := s.shown(formB0201, "转学申请表", []map[string]string{{"关联事项": "转学"}}, "转学申请表.docx", office(t, "", "", "转学申请表"))
	other, _ := s.shown(formB0201, "请假申请表", []map[string]string{{"关联事项": "请假"}}, "请假申请表.docx", office(t, "", "", "请假申请表"))
	draft, version := s.draft(editorA, formB0201, "转学证明", someText)
	s.patch(editorA, version, map[string]any{"facts": []map[string]string{{"关联事项": "转学"}}})
	question, _ := s.shown("B0301", "转学要带什么？", []map[string]string{{"问题": "转学要带什么？", "答复": "请带户口簿。", "主题": "学籍", "适用对象": "家长", "核对日期": "2026-11-20"}}, "", nil)
	page := s.get("/a/" + id)
	if !page.has("<dt>办理流程</dt><dd><ol><li>提交材料</li><li>受理</li><li>3个工作日内审核</li></ol></dd>", "<dt>办理材料</dt><dd><ul><li>申请表</li><li>户口簿</li></ul></dd>",
		"相关表格", "/a/"+form, "相关问答", "/a/"+question) || page.has("/a/"+other) || page.has(draft) {
		t.Errorf("the guide: %s", page.body)
	}
	if page := s.get("/a/" + form); !page.has(`<dt>关联事项</dt><dd><a href="/a/` + id + `">转学</a></dd>`) {
		t.Errorf("the form does not lead to its guide: %s", page.body)
	}
	s.step(editorA, form, "", "withdraw", "改用网上办理")
	if page := s.get("/a/" + id); page.has("/a/"+form) || page.has("相关表格") {
		t.Error("a withdrawn form is still beside the guide")
	}
}

func TestTheCalendarShowsWhatIsPublished(t *testing.T) {
	s := serve(t)
	days := func(text string) []map[string]string {
		return []map[string]string{{"学年学期": "第一学期", "起止日期": "2026-09-01至2027-01-20", "放假安排": text, "作息时间": "8:00—15:30", "值班电话": "021-00000001"}}
	}
	if a := s.get("/s/9999990001/calendar.ics"); a.status != 200 || !a.has("BEGIN:VCALENDAR\r\n") || a.has("VEVENT") {
		t.Errorf("nothing published: %d %s", a.status, a.body)
	}
	draft, version := s.draft(editorA, "B0102", "校历草稿", someText)
	s.patch(editorA, version, map[string]any{"facts": days("2026-12-25 未公开的安排")})
	article, _ := s.shown("B0102", "校历", days("2026-10-01至2026-10-07 国庆节放假\n另行通知"), "", nil)
	a := s.get("/s/9999990001/calendar.ics")
	if !a.has("UID:"+article+"-20260901-1@", "SUMMARY:第一学期开始\r\n", "DTSTART;VALUE=DATE:20261001\r\nDTEND;VALUE=DATE:20261008\r\nSUMMARY:国庆节放假\r\n") || a.has("另行通知") || a.has("未公开") || a.has(draft) {
		t.Errorf("the feed: %s", a.body)
	}
	if page := s.get("/a/" + article); !page.has("<dt>2026年10月1日（周四）至10月7日（周三）</dt><dd>国庆节放假</dd>", "/s/9999990001/calendar.ics") {
		t.Errorf("the page: %s", page.body)
	}
	if a := s.get("/s/9999990002/calendar.ics"); a.has("VEVENT") {
		t.Error("another school's")
	}
	s.step(editorA, article, "", "withdraw", "有误")
	if a := s.get("/s/9999990001/calendar.ics"); a.has("VEVENT") {
		t.Error("a withdrawn calendar is still in people's calendars")
	}
	s.patch(editorA, version, map[string]any{"facts": days("按通知\n2026-13-01 元旦")})
	if a := s.act(editorA, draft, map[string]any{"version": version, "action": "submit"}); a.status != 400 ||
		!strings.Contains(a.body, "放假安排第 2 行：“2026-13-01”不是有效日期，要写成 2026-09-01 的样子") || a.field("data", "facts") == nil {
		t.Errorf("a line that is no date was submitted: %d %s", a.status, a.body)
	}
}

func TestAFileThatDoesNotOpenIsRefused(t *testing.T) {
	heavy(t) // PDF files are read by a process of its own
	s := serve(t)
	article, _ := s.draft(editorA, formB0201, "转学申请表", someText)
	whole := office(t, "", "", "转学申请表")
	broken := bytes.Clone(whole)
	broken[bytes.Index(broken, []byte("word/document.xml"))+40] ^= 0xff // inside what is packed
	for name, data := range map[string][]byte{"表.pdf": []byte("%PDF-1.7\nthis is no document"), "表.docx": broken} {
		if a := s.upload(editorA, article, name, data); a.status != 400 || a.field("data", "file", "code") != "attachment_broken" || !a.has("文件已损坏") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	if n := s.rowsOf("attachments", "1 = 1"); n != 0 {
		t.Errorf("%d files are kept", n)
	}
	if a := s.upload(editorA, article, "表.docx", whole); a.status != 200 {
		t.Errorf("a whole one: %d %s", a.status, a.body)
	}
}
