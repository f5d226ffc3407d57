package pb_hooks_test

import (
	"archive/zip"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"strings"
	"testing"
	"time"
)

// printed is the text of a .docx answer, one line for each paragraph.
func (s *server) printed(a answer) string {
	s.t.Helper()
	z, err := zip.NewReader(strings.NewReader(a.body), int64(len(a.body)))
	if err != nil {
		s.t.Fatalf("no document: %d %v", a.status, err)
	}
	var text strings.Builder
	for _, part := range []string{"word/header.xml", "word/document.xml", "word/footer.xml"} {
		f, err := z.Open(part)
		if errors.Is(err, fs.ErrNotExist) && part != "word/document.xml" {
			continue
		}
		if err != nil {
			s.t.Fatal(err)
		}
		defer f.Close()
		for d := xml.NewDecoder(f); ; {
			token, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				s.t.Fatal(err)
			}
			switch token := token.(type) {
			case xml.CharData:
				text.Write(token)
			case xml.EndElement:
				if token.Name.Local == "p" {
					text.WriteByte('\n')
				}
			}
		}
	}
	return text.String()
}

// register asks for the form of an article; query is "" or "?version=…".
func (s *server) register(as, article, query string) answer {
	s.t.Helper()
	return s.do(as, http.MethodGet, "/api/app/articles/"+article+"/register"+query, nil)
}

// says asserts what the form of an article says, and does not say.
func (s *server) says(as, article, query string, wants []string, not ...string) {
	s.t.Helper()
	a := s.register(as, article, query)
	if a.status != http.StatusOK {
		s.t.Fatalf("the form%s as %s: %d %s", query, as, a.status, a.body)
	}
	text := s.printed(a)
	for _, want := range wants {
		if !strings.Contains(text, want) {
			s.t.Errorf("the form%s does not say %q", query, want)
		}
	}
	for _, word := range not {
		if strings.Contains(text, word) {
			s.t.Errorf("the form%s says %q", query, word)
		}
	}
}

// A text that was returned, submitted again, reviewed by a stand-in, cleared
// with an override and published: the form tells all of it.
func TestRegisterTellsTheWholeReview(t *testing.T) {
	s := serve(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(reviewerA), "stand_in": s.person(nobodyA), "duty": "reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	article, first := s.draft(editorA, "A0308", "供餐时间<调整>", withMark)
	file := s.attach(article, first)
	s.must(editorA, article, map[string]any{"version": first, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": first, "action": "return", "reason": "请写明适用年级"})
	version := s.openVersion(editorA, article)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.must(nobodyA, article, map[string]any{"version": version, "action": "approve", "check": fine})
	for _, f := range s.blocks(version) {
		s.override(secrecyA, f.Id, goodReason)
	}
	s.wait(90 * time.Minute)
	s.must(secrecyA, article, map[string]any{"version": version, "action": "clear",
		"check": map[string]any{"examined": clear["examined"], "result": "public", "basis": "条例第十九条"}})

	hash := s.record("article_versions", version).GetString("hash")
	s.says(editorA, article, "", []string{"示范区晨光小学", "信息公开 › 学校管理 › ", "供餐时间<调整>", s.record("articles", article).GetString("index_number"),
		"2026年11月20日", "第 2 版", "三人制", hash, "与送审时一致", "安排.png", s.record("attachments", file).GetString("sha256")[:16],
		"必须处理 2 处", "确认可以公开 2 处", goodReason, "涉密标记", nobodyA + "\n（代" + reviewerA + "）", "2026-11-23\n10:00", "2026-11-23\n11:30", "编写人\n" + editorA + "\n",
		"国家秘密\n☑\n☐\n", "☑可公开", "条例第十九条", "办理结果\n已公开\n", "2026年11月23日 11:30", "以前各轮送审", "第 1 版", "退回修改", "请写明适用年级", "打印日期：2026年11月23日"},
		"演示数据", "不一致，请")
	s.says(principalA, article, "?version="+first, []string{"第 1 版", "办理结果\n退回修改\n", "尚未审查", "公开时间\n—\n"}, "以前各轮")
	s.says(supervisor, article, "", []string{"第 2 版"})

	a, b := s.register(editorA, article, ""), s.register(secrecyA, article, "?version="+version)
	if a.body != b.body {
		t.Error("the same form has other bytes")
	}
	_, about, err := mime.ParseMediaType(a.header.Get("Content-Disposition"))
	if err != nil || about["filename"] != "审核登记表_示范区晨光小学_供餐时间_调整__第2版.docx" {
		t.Errorf("the name of the file: %q %v", about["filename"], err)
	}
	if a.header.Get("Cache-Control") != "no-store" || !strings.HasSuffix(a.header.Get("Content-Type"), "wordprocessingml.document") {
		t.Errorf("the header: %v", a.header)
	}
}

func TestRegisterOfAReplacedVersionSaysSo(t *testing.T) {
	s := serve(t)
	article, first := s.draft(editorA, "A0308", "第一版", someText)
	s.publish(editorA, article, first)
	next := s.do(editorA, http.MethodPost, "/api/collections/article_versions/records", map[string]any{"article": article}).field("id").(string)
	s.says(editorA, article, "", []string{"第 1 版", "办理结果\n已公开\n"})
	if a := s.register(editorA, article, "?version="+next); a.status != http.StatusConflict || !a.has("没有审核登记表") {
		t.Errorf("what was never submitted: %d %s", a.status, a.body)
	}
	if a := s.register(supervisor, article, "?version="+next); a.status != http.StatusNotFound {
		t.Errorf("what the bureau does not see: %d %s", a.status, a.body)
	}
	s.publish(editorA, article, next)
	s.says(editorA, article, "?version="+first, []string{"已公开（已由新版本替换）"})
	s.says(editorA, article, "", []string{"第 2 版", "办理结果\n已公开\n", "以前各轮送审"})
}

func TestRegisterIsRefused(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	other, _ := s.draft(editorA, "A0308", "另一条", someText)
	if a := s.register(editorA, article, ""); a.status != http.StatusConflict || !a.has("没有审核登记表") {
		t.Errorf("a draft: %d %s", a.status, a.body)
	}
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	for _, tt := range []struct {
		who, article, query string
		status              int
	}{
		{"", article, "", 401}, {editorB, article, "", 404}, {reviewerB, article, "?version=" + version, 404}, {nobodyA, article, "", 404},
		{bureauReviewer, article, "", 404}, {auditor, article, "", 404}, {root, article, "", 403}, {editorA, "nothing00000000", "", 404},
		{editorA, article, "?version=nothing00000000", 404}, {editorA, other, "?version=" + version, 404}, {editorA, article, "", 200}, {supervisor, article, "", 200},
	} {
		if a := s.register(tt.who, tt.article, tt.query); a.status != tt.status {
			t.Errorf("%q asks for %s%s: %d, want %d", tt.who, tt.article, tt.query, a.status, tt.status)
		}
	}
}

func TestRegisterOfTheDemonstrationIsMarked(t *testing.T) {
	s := serve(t)
	district := s.record("districts", "district0000000")
	district.Set("demo", true)
	if err := s.app.Save(district); err != nil {
		t.Fatal(err)
	}
	article, version := s.draft(editorA, "A0308", "标题", someText)
	s.publish(editorA, article, version)
	s.says(editorA, article, "", []string{"演示数据\n", "本表不作为办理依据"})
}
