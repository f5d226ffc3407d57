package pb_hooks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"mime/multipart"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

// somePDF is a file of one page with a line of text.
const somePDF = "%PDF-1.4\n" +
	"1 0 obj\n" +
	"<</Type/Catalog/Pages 2 0 R>>\n" +
	"endobj\n" +
	"2 0 obj\n" +
	"<</Type/Pages/Kids[3 0 R]/Count 1>>\n" +
	"endobj\n" +
	"3 0 obj\n" +
	"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>\n" +
	"endobj\n" +
	"4 0 obj\n" +
	"<</Length 48>>stream\n" +
	"BT /F1 12 Tf 20 100 Td (Notice to parents) Tj ET\n" +
	"endstream\n" +
	"endobj\n" +
	"5 0 obj\n" +
	"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>\n" +
	"endobj\n" +
	"xref\n" +
	"0 6\n" +
	"0000000000 65535 f \n" +
	"0000000009 00000 n \n" +
	"0000000054 00000 n \n" +
	"0000000105 00000 n \n" +
	"0000000217 00000 n \n" +
	"0000000312 00000 n \n" +
	"trailer<</Size 6/Root 1 0 R>>\n" +
	"startxref\n" +
	"375\n" +
	"%%EOF\n"

// broadcast writes a draft of the bureau with one file and returns its id.
func (s *server) broadcast(schools ...string) string {
	s.t.Helper()
	a := s.do(supervisor, http.MethodPost, "/api/collections/broadcasts/records", map[string]any{"title": "防溺水告家长书", "column": "A0308",
		"body": someText, "due_on": "2026-11-25", "schools": schools, "sent_at": "2020-01-01 00:00:00.000Z", "by_name": "别人"})
	if a.status != http.StatusOK || a.field("sent_at") != "" || a.field("by_name") != supervisor {
		s.t.Fatalf("write a broadcast: %d %s", a.status, a.body)
	}
	id := a.field("id").(string)
	if a := s.addFile(id, "告家长书.pdf", []byte(somePDF)); a.status != http.StatusOK || !a.has("告家长书.pdf") {
		s.t.Fatalf("add a file: %d %s", a.status, a.body)
	}
	return id
}

func (s *server) addFile(broadcast, name string, data []byte) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("files+", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err != nil || w.Close() != nil {
		s.t.Fatal(err)
	}
	return s.send(supervisor, http.MethodPatch, "/api/collections/broadcasts/records/"+broadcast, w.FormDataContentType(), &b)
}

func (s *server) sendOut(broadcast string) pb_hooks.BroadcastProgress {
	s.t.Helper()
	return s.progressFrom(s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+broadcast+"/send", nil))
}

func (s *server) progressOf(broadcast string) pb_hooks.BroadcastProgress {
	s.t.Helper()
	return s.progressFrom(s.do(supervisor, http.MethodGet, "/api/app/broadcasts/"+broadcast+"/progress", nil))
}

func (s *server) progressFrom(a answer) (p pb_hooks.BroadcastProgress) {
	s.t.Helper()
	if a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), &p); err != nil {
		s.t.Fatal(err)
	}
	return p
}

func (s *server) notices(as string) []*core.Record {
	s.t.Helper()
	list, err := s.app.FindAllRecords("notifications", dbx.HashExp{"staff": s.person(as), "kind": "broadcast"})
	if err != nil {
		s.t.Fatal(err)
	}
	return list
}

func TestBroadcastBecomesADraftOfEachSchool(t *testing.T) {
	s := serve(t)
	id := s.broadcast(schoolA, schoolB)
	sent := s.sendOut(id)
	if c := sent.Counts; c != (pb_hooks.BroadcastCounts{All: 2, Drafting: 2}) {
		t.Fatalf("counts: %+v", c)
	}
	article := sent.Rows[0].Article
	version := s.openVersion(editorA, article)
	v := s.do(editorA, http.MethodGet, "/api/collections/article_versions/records/"+version, nil)
	if !v.has("十一点三十分", "防溺水告家长书", "示范区晨光小学", "2026-11-23") || v.field("author") != "" {
		t.Errorf("the school's draft: %s", v.body)
	}
	files := s.do(editorA, http.MethodGet, "/api/collections/attachments/records?filter=(article='"+article+"')", nil)
	if !files.has("告家长书.pdf", "application/pdf") {
		t.Errorf("its files: %s", files.body)
	}
	if n := s.notices(editorA); len(n) != 1 || n[0].GetString("link") != "/articles/"+article || !strings.Contains(n[0].GetString("title"), "2026-11-25") {
		t.Errorf("its editor was told %d times", len(n))
	}
	if len(s.notices(reviewerA)) != 0 || len(s.notices(editorB)) != 1 {
		t.Error("others were told")
	}
	if a := s.do(editorB, http.MethodGet, "/api/collections/articles/records/"+article, nil); a.status != http.StatusNotFound {
		t.Errorf("another school sees it: %d", a.status)
	}

	// accepted as it is, through the school's own reviews
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.status, a.body)
	}
	if a := s.get("/a/" + article); !a.has("防溺水告家长书", "告家长书.pdf") {
		t.Errorf("the page: %s", a.body)
	}
	row := s.progressOf(id).Rows[0]
	if row.Group != "published" || row.State != "published" || row.Published != "2026-11-23" || row.SchoolCode != "9999990001" {
		t.Errorf("its row: %+v", row)
	}
	if r := s.record("article_versions", version); r.GetString("author") != s.person(editorA) || s.record("articles", article).GetString("author") != s.person(editorA) {
		t.Error("who submitted it is not its author")
	}
}

func TestBroadcastKeepsFourEyes(t *testing.T) {
	s := serve(t)
	both := s.record("staff", s.person(editorA))
	both.Set("duties", []string{"editor", "reviewer"})
	if err := s.app.Save(both); err != nil {
		t.Fatal(err)
	}
	article := s.sendOut(s.broadcast(schoolA)).Rows[0].Article
	version := s.openVersion(editorA, article)
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.refused("who accepted it reviews it", editorA, article, map[string]any{"version": version, "action": "approve", "check": fine}, 400, "action", "publication_same_person")
}

func TestABroadcastSentTogetherIsSentOnce(t *testing.T) {
	s := serve(t)
	id := s.broadcast(schoolA, schoolB)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() { s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+id+"/send", nil) })
	}
	all.Wait()
	again := s.sendOut(id)
	articles, err := s.app.CountRecords("articles", dbx.HashExp{"broadcast": id})
	files, ferr := s.app.CountRecords("attachments")
	if err != nil || ferr != nil || articles != 2 || files != 2 || len(again.Rows) != 2 || len(s.notices(editorA)) != 1 {
		t.Errorf("%d articles, %d files, %d rows, %d notices", articles, files, len(again.Rows), len(s.notices(editorA)))
	}
	if a := s.do(supervisor, http.MethodPatch, "/api/collections/broadcasts/records/"+id, map[string]any{"title": "另一个标题"}); a.status < 400 {
		t.Errorf("a sent one changes: %d", a.status)
	}
	if a := s.do(root, http.MethodPatch, "/api/collections/broadcasts/records/"+id, map[string]any{"title": "另一个标题"}); a.status != 400 || a.field("data", "id", "code") != "broadcast_is_sent" {
		t.Errorf("a sent one changes in the dashboard: %d %s", a.status, a.body)
	}
	if a := s.do(root, http.MethodDelete, "/api/collections/broadcasts/records/"+id, nil); a.status != 400 {
		t.Errorf("a sent one is deleted: %d", a.status)
	}
}

func TestBroadcastIsSentToAllOrNobody(t *testing.T) {
	s := serve(t)
	id := s.broadcast(schoolA, schoolB)
	fail := true
	hook := s.app.OnRecordCreate("articles").BindFunc(func(e *core.RecordEvent) error {
		if fail && e.Record.GetString("school") == schoolB {
			return fmt.Errorf("the disk is full")
		}
		return e.Next()
	})
	defer s.app.OnRecordCreate("articles").Unbind(hook)
	if a := s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+id+"/send", nil); a.status < 400 {
		t.Fatalf("it was sent: %d", a.status)
	}
	for _, c := range []string{"articles", "article_versions", "attachments", "notifications"} {
		if n, err := s.app.CountRecords(c); err != nil || n != 0 {
			t.Errorf("%d %s are left, %v", n, c, err)
		}
	}
	fail = false
	if p := s.sendOut(id); p.Counts.Drafting != 2 {
		t.Errorf("sending it again: %+v", p.Counts)
	}
}

func TestBroadcastRefuses(t *testing.T) {
	s := serve(t)
	none := s.do(supervisor, http.MethodPost, "/api/collections/broadcasts/records", map[string]any{"title": "空", "column": "A0308"}).field("id").(string)
	a := s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+none+"/send", nil)
	if a.status != 400 || a.field("data", "schools", "code") != "broadcast_no_school" || a.field("data", "body", "code") != "broadcast_empty" || a.field("data", "due_on", "code") != "broadcast_due" {
		t.Errorf("an empty one: %d %s", a.status, a.body)
	}
	meals := s.do(supervisor, http.MethodPost, "/api/collections/broadcasts/records", map[string]any{"title": "食材采购", "column": "A0904",
		"schools": []string{schoolA, schoolB}, "body": someText, "due_on": "2026-11-30"}).field("id").(string)
	a = s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+meals+"/send", nil)
	if a.status != 400 || a.field("data", "schools", "code") != "broadcast_school_without_column" || !a.has("云帆中学") || a.has("晨光小学") {
		t.Errorf("a school without the column: %d %s", a.status, a.body)
	}
	if a := s.do(supervisor, http.MethodPost, "/api/collections/broadcasts/records", map[string]any{"title": "目录", "column": "A0102"}); a.status != 400 || a.field("data", "column") == nil {
		t.Errorf("a generated column: %d %s", a.status, a.body)
	}
	if a := s.addFile(none, "程序.exe", []byte("MZ")); a.status != 400 || a.field("data", "files") == nil {
		t.Errorf("a program as a file: %d %s", a.status, a.body)
	}
	for who, want := range map[string]int{editorA: 404, principalA: 404, bureauReviewer: 404, bureauAdmin: 404, auditor: 404, root: 403, "": 401} {
		for _, route := range []string{"POST send", "GET progress", "POST remind"} {
			method, what, _ := strings.Cut(route, " ")
			if a := s.do(who, method, "/api/app/broadcasts/"+none+"/"+what, nil); a.status != want {
				t.Errorf("%s as %q: %d, want %d", what, who, a.status, want)
			}
		}
	}
}

func TestBroadcastRemindsOnceADay(t *testing.T) {
	s := serve(t)
	id := s.broadcast(schoolA, schoolB)
	sent := s.sendOut(id)
	article := sent.Rows[0].Article
	s.must(editorA, article, map[string]any{"version": s.openVersion(editorA, article), "action": "submit"})
	remind := func() answer { return s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+id+"/remind", nil) }
	if a := remind(); a.status != http.StatusOK || a.field("can_remind") != false {
		t.Fatalf("remind: %d %s", a.status, a.body)
	}
	if len(s.notices(reviewerA)) != 1 || len(s.notices(editorA)) != 1 || len(s.notices(editorB)) != 2 {
		t.Errorf("told: reviewer %d, editor %d, editor of the other school %d", len(s.notices(reviewerA)), len(s.notices(editorA)), len(s.notices(editorB)))
	}
	if a := remind(); a.status != http.StatusConflict || !a.has("今天已经提醒过") {
		t.Errorf("again: %d %s", a.status, a.body)
	}
	s.wait(72 * time.Hour) // the 26th: after its day
	if p := s.progressOf(id); p.Counts.Overdue != 2 || !p.Rows[0].Overdue || p.Rows[0].Group != "reviewing" || !p.CanRemind {
		t.Errorf("after its day: %+v", p)
	}
	if a := remind(); a.status != http.StatusOK || len(s.notices(editorB)) != 3 {
		t.Errorf("another day: %d, %d", a.status, len(s.notices(editorB)))
	}
}

func TestBroadcastIsDeclinedWithAReason(t *testing.T) {
	s := serve(t)
	id := s.broadcast(schoolA, schoolB)
	article := s.sendOut(id).Rows[0].Article
	path := "/api/app/articles/" + article + "/decline"
	if a := s.do(editorA, http.MethodDelete, "/api/collections/articles/records/"+article, nil); a.status != 400 || a.field("data", "id", "code") != "broadcast_needs_reason" {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	for who, want := range map[string]int{reviewerA: 403, editorB: 404, nobodyA: 404, supervisor: 404, root: 403, "": 401} {
		if a := s.do(who, http.MethodPost, path, map[string]any{"reason": "不适用"}); a.status != want {
			t.Errorf("as %q: %d, want %d", who, a.status, want)
		}
	}
	if a := s.do(editorA, http.MethodPost, path, map[string]any{"reason": "  "}); a.status != 400 || a.field("data", "reason") == nil {
		t.Errorf("with an empty reason: %d %s", a.status, a.body)
	}
	if a := s.do(editorA, http.MethodPost, path, map[string]any{"reason": "本校已于上周发布"}); a.status != http.StatusNoContent {
		t.Fatalf("decline: %d %s", a.status, a.body)
	}
	p := s.progressOf(id)
	if r := p.Rows[0]; r.Group != "refused" || r.Reason != "本校已于上周发布" || r.ReasonBy != editorA || r.Article != "" || p.Counts.Refused != 1 || p.Counts.Drafting != 1 {
		t.Errorf("progress: %+v", p)
	}
	if n := s.notices(supervisor); len(n) != 1 || !strings.Contains(n[0].GetString("title"), "晨光小学不采用") {
		t.Errorf("the bureau was told %d times", len(n))
	}
	if a := s.do(supervisor, http.MethodPost, "/api/app/broadcasts/"+id+"/remind", nil); a.status != http.StatusOK || len(s.notices(editorA)) != 1 {
		t.Errorf("who declined is reminded: %d", len(s.notices(editorA)))
	}

	other := p.Rows[1].Article
	version := s.openVersion(editorB, other)
	s.must(editorB, other, map[string]any{"version": version, "action": "submit"})
	s.must(editorB, other, map[string]any{"version": version, "action": "recall"})
	if a := s.do(editorB, http.MethodPost, "/api/app/articles/"+other+"/decline", map[string]any{"reason": "不适用"}); a.status != 400 {
		t.Errorf("what was submitted once is kept: %d", a.status)
	}
	if p := s.progressOf(id); p.Rows[1].Reason != "" || p.Rows[1].Group != "drafting" {
		t.Errorf("a refused decline leaves a trace: %+v", p.Rows[1])
	}
}

// The district has 138 schools; each has two editors. How long it takes is
// logged: times are measured by hand.
func TestBroadcastReachesADistrict(t *testing.T) {
	heavy(t)
	s := serve(t)
	people := s.record("staff", s.person(editorA))
	schools := []string{}
	for i := range 138 {
		id := fmt.Sprintf("school%09d", i)
		create(s.app, "schools", map[string]any{"id": id, "code": fmt.Sprintf("88888800%02d", i), "name": fmt.Sprintf("示范区第%d小学", i),
			"stages": []string{"小学"}, "ownership": "公办", "status": "open"})
		for n := range 2 {
			createPerson(s.app, map[string]any{"school": id, "duties": []string{"editor"}, "email": fmt.Sprintf("e%d-%d@x.cn", i, n), "name": "编辑", "verified": true},
				people.GetString("password:hash"))
		}
		schools = append(schools, id)
	}
	id := s.broadcast(schools...)
	if a := s.addFile(id, "附件二.pdf", append([]byte(somePDF), bytes.Repeat([]byte("%0123456789abcdef\n"), 60000)...)); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	began := time.Now()
	p := s.sendOut(id)
	took := time.Since(began)
	if p.Counts.Drafting != 138 {
		t.Errorf("%d schools", p.Counts.Drafting)
	}
	t.Logf("138 schools, 276 editors, two files of 1 MB together: %v", took)
}
