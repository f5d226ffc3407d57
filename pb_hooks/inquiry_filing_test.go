package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// lettersOnFile counts what is on file of letters, with the files of theirs.
func (s *server) lettersOnFile(letters, files int) {
	s.t.Helper()
	s.mustHoldIn([]string{"inquiries", "inquiry_letters"}, letters, files)
}

// What is wrong with a letter is said at its field, all at once. Nothing is stored,
// and neither the proof of work nor anything else is spent.
func TestABadLetterIsRefusedAtItsFields(t *testing.T) {
	s := serveRequests(t)
	s.withoutPaces()
	good := filledIn(goodLetter(), map[string]any{"proof": s.solved()})
	says := func(fields map[string]string) map[string]any {
		all := map[string]string{"title": "建议", "text": "内容"}
		for field, text := range fields {
			all[field] = text
		}
		return map[string]any{"fields": all}
	}
	scan := func(data []byte) paper { return paper{"papers", "材料.jpg", data} }
	for _, tt := range []struct {
		name   string
		change map[string]any
		papers []paper
		field  string
		says   string
	}{
		{"10,000 characters", says(map[string]string{"text": strings.Repeat("长", 10000)}), nil, "text", "内容最多 5000 个字，现在有 10000 个"},
		{"a title that cannot be seen", says(map[string]string{"title": "\u200b\u202e"}), nil, "title", "请填写标题"},
		{"a field that the form does not have", says(map[string]string{"phone": "1"}), nil, "phone", "没有这一项"},
		{"no channel", map[string]any{"channel": ""}, nil, "channel", "请选择向哪个渠道提出"},
		{"a channel of the bureau", map[string]any{"channel": "appeal"}, nil, "channel", "由区教育局受理"},
		{"a channel that answers nobody", map[string]any{"channel": "opinions"}, nil, "channel", "请在征集页面提交"},
		{"a category of another channel", map[string]any{"category": "question"}, nil, "category", "校长信箱不收“咨询”"},
		{"no category", map[string]any{"category": nil}, nil, "category", "请选择来信的类别"},
		{"no name", map[string]any{"name": " "}, nil, "name", "请填写姓名"},
		{"no contact", map[string]any{"contact": nil}, nil, "contact", "请填写手机号码或者电子邮箱"},
		{"a contact that is none", map[string]any{"contact": "1380013"}, nil, "contact", "有效的手机号码或者电子邮箱"},
		{"a guardian nobody reaches", map[string]any{"guardian": "妈妈"}, nil, "guardian", "监护人的手机号码"},
		{"nobody's capacity", map[string]any{"capacity": "alumnus"}, nil, "capacity", "请选择您是谁"},
		{"anonymous praise", map[string]any{"anonymous": true, "may_publish": false}, nil, "anonymous", "可以匿名"},
		{"an anonymous letter to be published", map[string]any{"anonymous": true, "category": "bullying"}, nil, "may_publish", "匿名来信不公开"},
		{"a file of a wrong type", nil, []paper{scan(zipped(t))}, "papers", "“材料.jpg”不是 JPG、PNG 图片或者 PDF 文件"},
		{"a file of 11 MB", nil, []paper{scan(append([]byte("\xFF\xD8\xFF"), make([]byte, 11<<20)...))}, "papers", "超过 10 MB"},
		{"an empty file", nil, []paper{scan(nil)}, "papers", "是空文件"},
		{"six files", nil, []paper{scan(picture(t)), scan(picture(t)), scan(picture(t)), scan(picture(t)), scan(picture(t)), scan(picture(t))}, "papers", "文件太多"},
	} {
		a := s.writeTo(lettersA, filledIn(good, tt.change), tt.papers...)
		said, _ := a.field("data", tt.field, "message").(string)
		if a.status != http.StatusBadRequest || !strings.Contains(said, tt.says) || len(a.body) > 2000 {
			t.Errorf("%s: %d %.600s", tt.name, a.status, a.body)
		}
	}
	if a := s.writeTo(lettersBureau, good); a.status != http.StatusBadRequest || !strings.Contains(fmt.Sprint(a.field("data", "channel", "message")), "由学校受理") {
		t.Errorf("a letter to no school: %d %s", a.status, a.body)
	}
	s.lettersOnFile(0, 0)
	png := paper{"papers", "材料.png", picture(t)}
	if a := s.writeTo(lettersA, good, png, png, png, png, png, paper{"proofs", "证件.png", picture(t)}); a.status != http.StatusOK || a.field("number") != "LX2026-00001" {
		t.Errorf("put right, with five files: %d %s", a.status, a.body)
	}
	s.lettersOnFile(1, 5)
}

// Where nothing can be written it is said why, and what to do instead.
func TestWhereNoLetterCanBeWritten(t *testing.T) {
	s := serveRequests(t)
	mustRefuse := func(name string, status int, says, path string) {
		t.Helper()
		if a := s.writeTo(path, goodLetter()); a.status != status || !a.has(says) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	mustRefuse("no school", http.StatusNotFound, "没有这所学校", "/api/app/units/nowhere/letters")
	school := s.record("schools", schoolA)
	for _, status := range []string{"merged", "closed", "open"} {
		school.Set("status", status)
		if err := s.app.Save(school); err != nil {
			t.Fatal(err)
		}
		if status != "open" {
			mustRefuse(status, http.StatusForbidden, "不再接收来信", lettersA)
		}
	}
	first := goodLetter()
	a := s.writeTo(lettersA, first)
	if a.status != http.StatusOK {
		t.Fatalf("before the channel is closed: %d %s", a.status, a.body)
	}
	levels, err := s.app.FindCollectionByNameOrId("inquiry_levels")
	if err != nil {
		t.Fatal(err)
	}
	closed := core.NewRecord(levels)
	closed.Load(map[string]any{"channel": "mailbox", "valid_from": dayOf(now.AddDate(0, 0, 1)), "accept": 1, "reply": 5, "closed": true, "notice": "暑假期间请打值班电话。"})
	if err := s.app.Save(closed); err != nil {
		t.Fatal(err)
	}
	s.wait(24 * time.Hour)
	mustRefuse("a closed channel", http.StatusForbidden, "校长信箱目前没有开放。暑假期间请打值班电话。", lettersA)
	if again := s.writeTo(lettersA, first); again.status != http.StatusOK || again.body != a.body {
		t.Errorf("sent again to a closed channel: %d %s", again.status, again.body)
	}
	s.lettersOnFile(1, 0)
	t.Setenv(keyEnv, "")
	s = serve(t)
	mustRefuse("no data key", http.StatusServiceUnavailable, "请当面、邮寄或打电话提出", lettersA)
	s.lettersOnFile(0, 0)
}

// Without a proof of work no letter is filed, one lets one form in, and what is on
// file is shown its receipt whatever became of its proof.
func TestTheProofOfALetter(t *testing.T) {
	s := serveRequests(t)
	proof := s.solved()
	first := filledIn(goodLetter(), map[string]any{"proof": proof})
	a := s.writeTo(lettersA, first)
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for code, change := range map[string]any{"proof_spent": proof, "proof_missing": "", "proof_invalid": "e30="} {
		if b := s.writeTo(lettersA, filledIn(goodLetter(), map[string]any{"proof": change})); b.status != http.StatusBadRequest || b.field("data", "proof", "code") != code {
			t.Errorf("%s: %d %s", code, b.status, b.body)
		}
	}
	s.wait(21 * time.Minute)
	for name, change := range map[string]any{"an expired proof": proof, "none": ""} {
		if b := s.writeTo(lettersA, filledIn(first, map[string]any{"proof": change})); b.status != http.StatusOK || b.body != a.body {
			t.Errorf("sent again with %s: %d %s, want %s", name, b.status, b.body, a.body)
		}
	}
	s.lettersOnFile(1, 0)
}

// A contact writes a few letters a day; who writes without a name is not counted.
func TestALetterIsPacedByItsContact(t *testing.T) {
	s := serveRequests(t)
	write := func(change map[string]any) answer {
		change["proof"] = s.solved()
		return s.writeTo(lettersA, filledIn(goodLetter(), change))
	}
	for n := range 5 {
		if a := write(map[string]any{"contact": "13800138000"}); a.status != http.StatusOK {
			t.Fatalf("letter %d: %d %s", n+1, a.status, a.body)
		}
	}
	if a := write(map[string]any{"contact": "138 0013 8000"}); a.status != http.StatusTooManyRequests || !a.has("这个联系方式今天提交得太多了") {
		t.Errorf("the sixth: %d %s", a.status, a.body)
	}
	for n := range 7 {
		if a := write(map[string]any{"category": "bullying", "anonymous": true, "may_publish": false}); a.status != http.StatusOK {
			t.Errorf("anonymous letter %d: %d %s", n+1, a.status, a.body)
		}
	}
	s.lettersOnFile(12, 0)
}
