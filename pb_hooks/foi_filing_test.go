package pb_hooks_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// zipped is an archive.
func zipped(t testing.TB) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	if f, err := w.Create("a.txt"); err != nil {
		t.Fatal(err)
	} else if _, err := f.Write([]byte("a")); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// mustHold counts what is on file: requests with everything that belongs to them,
// and files of theirs.
func (s *server) mustHold(requests, files int) {
	s.t.Helper()
	s.mustHoldIn([]string{"foi_requests", "foi_applications"}, requests, files)
}

// mustHoldIn counts the rows of tables, and the files of the last of them.
func (s *server) mustHoldIn(tables []string, rows, files int) {
	s.t.Helper()
	for _, table := range tables {
		if n, err := s.app.CountRecords(table); err != nil || n != int64(rows) {
			s.t.Errorf("%s: %d rows, want %d (%v)", table, n, rows, err)
		}
	}
	c, err := s.app.FindCollectionByNameOrId(tables[len(tables)-1])
	if err != nil {
		s.t.Fatal(err)
	}
	found := 0
	for _, dir := range []string{filepath.Join(s.app.DataDir(), "storage", c.BaseFilesPath()), filepath.Join(s.app.DataDir(), ".pb_temp_to_delete")} {
		err = filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && !strings.HasSuffix(path, ".attrs") {
				found++
			}
			return err
		})
		if err != nil && !os.IsNotExist(err) {
			s.t.Fatal(err)
		}
	}
	if found != files {
		s.t.Errorf("%d files, want %d", found, files)
	}
}

// What is wrong with an application is said at its field, all at once. Nothing is
// stored, and neither the proof of work nor anything else is spent.
func TestABadFilingIsRefusedAtItsFields(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	large := append([]byte("\xFF\xD8\xFF"), make([]byte, 30<<20)...)
	good := filledIn(goodApplication(), map[string]any{"proof": s.solved()})
	for _, tt := range []struct {
		name   string
		change map[string]any
		papers []paper
		field  string
		says   string
	}{
		{"a file of a wrong type", nil, []paper{{"proofs", "证件.jpg", zipped(t)}}, "proofs", "“证件.jpg”不是 JPG、PNG 图片或者 PDF 文件"},
		{"a picture named otherwise", nil, []paper{{"proofs", "证件.pdf", picture(t)}}, "proofs", "不是 JPG、PNG 图片或者 PDF 文件"},
		{"a file of 30 MB", nil, []paper{{"proofs", "证件.jpg", large}}, "proofs", "超过 10 MB"},
		{"an empty file", nil, []paper{{"proofs", "证件.jpg", nil}}, "proofs", "是空文件"},
		{"a file name of 5,000 characters", nil, []paper{{"proofs", strings.Repeat("证", 5000) + ".jpg", picture(t)}}, "proofs", "文件名太长"},
		{"six files", nil, []paper{s.proof(), s.proof(), s.proof(), s.proof(), s.proof(), s.proof()}, "proofs", "文件太多"},
		{"no file", nil, []paper{}, "proofs", "请上传身份证件的影印件"},
		{"a mandate of a wrong type", map[string]any{"agent_name": "李四", "agent_id_kind": "passport", "agent_id_number": "E7654321"},
			[]paper{s.proof(), {"mandates", "委托书.pdf", zipped(t)}}, "agent_mandates", "不是 JPG、PNG 图片或者 PDF 文件"},
		{"an agent without a mandate", map[string]any{"agent_name": "李四", "agent_id_kind": "passport", "agent_id_number": "E7654321"}, nil, "agent_mandates", "授权委托书"},
		{"a subject of 5,000 characters", map[string]any{"subject": strings.Repeat("食", 5000)}, nil, "subject", "不能超过 200 字"},
		{"a subject that cannot be seen", map[string]any{"subject": "\u202e\u200b\x00"}, nil, "subject", "请填写所需信息"},
		{"an impossible identity number", map[string]any{"id_kind": "resident_card", "id_number": "110101199002301234"}, nil, "id_number", "证件号码不正确"},
		{"an organisation without a code", map[string]any{"class": "business", "legal_rep": "王五", "contact": "赵六"}, nil, "credit_code", "统一社会信用代码"},
		{"a date in the future", map[string]any{"applied_on": dayOf(now.Add(24 * time.Hour))}, nil, "applied_on", "不能晚于今天"},
		{"a date that is none", map[string]any{"applied_on": "2026-02-30"}, nil, "applied_on", "有效的日期"},
		{"a telephone number that is none", map[string]any{"phone": "12"}, nil, "phone", "电话号码不正确"},
		{"a way that is none", map[string]any{"ways": []string{"by_pigeon"}}, nil, "ways", "请从列出的方式中选择"},
		{"no promise", map[string]any{"promised": false}, nil, "promised", "请确认填报的内容属实"},
	} {
		if tt.papers == nil {
			tt.papers = []paper{s.proof()}
		}
		a := s.fileAs("", doorA, filledIn(good, tt.change), tt.papers...)
		said, _ := a.field("data", tt.field, "message").(string)
		if a.status != http.StatusBadRequest || !strings.Contains(said, tt.says) || len(a.body) > 2000 {
			t.Errorf("%s: %d %.600s", tt.name, a.status, a.body)
		}
	}
	s.mustHold(0, 0)
	if a := s.fileAs("", doorA, good, s.proof()); a.status != http.StatusOK || a.field("number") != "SQ2026-00001" {
		t.Errorf("put right: %d %s", a.status, a.body)
	}
	s.mustHold(1, 1)
}

// A form that is no form is refused in a sentence.
func TestABrokenFormIsRefused(t *testing.T) {
	s := serveRequests(t)
	for name, a := range map[string]answer{
		"JSON":               s.do("", http.MethodPost, doorA, goodApplication()),
		"no application":     s.send("", http.MethodPost, doorA, "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--x--\r\n")),
		"broken off":         s.send("", http.MethodPost, doorA, "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"application\"\r\n\r\n{")),
		"too much is typed":  s.fileAs("", doorA, filledIn(goodApplication(), map[string]any{"details": strings.Repeat("多", 40000)}), s.proof()),
		"a short resend":     s.fileAs("", doorA, filledIn(goodApplication(), map[string]any{"resend": "1"}), s.proof()),
		"fields of no sense": s.fileAs("", doorA, filledIn(goodApplication(), map[string]any{"subject": 7}), s.proof()),
	} {
		if message, _ := a.field("message").(string); a.status != http.StatusBadRequest || !strings.Contains(message, "申请") && !strings.Contains(message, "内容") {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	req, err := http.NewRequest(http.MethodPost, s.url+doorA, strings.NewReader("x"))
	if err != nil {
		t.Fatal(err)
	}
	req.ContentLength = 300 << 20
	req.Header.Set("Content-Type", "multipart/form-data; boundary=x")
	req.Header.Set("Expect", "100-continue") // the server answers before it is sent
	res, err := (&http.Transport{ExpectContinueTimeout: time.Minute}).RoundTrip(req)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	var text bytes.Buffer
	if _, err := text.ReadFrom(res.Body); err != nil || res.StatusCode != http.StatusRequestEntityTooLarge || !strings.Contains(text.String(), "200 MB") {
		t.Errorf("300 MB: %d %s %v", res.StatusCode, text.String(), err)
	}
	s.mustHold(0, 0)
}

// Where nothing can be filed nothing is read, and it is said what to do instead.
func TestWhereNothingCanBeFiled(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	set := func(collection, id, field string, value any) {
		r := s.record(collection, id)
		r.Set(field, value)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	mustRefuse := func(name string, status int, says, path string) {
		t.Helper()
		if a := s.fileAs("", path, goodApplication(), s.proof()); a.status != status || !a.has(says) {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	mustRefuse("no school", http.StatusNotFound, "没有这所学校", "/api/app/schools/nowhere/requests")
	for _, status := range []string{"merged", "closed"} {
		set("schools", schoolA, "status", status)
		mustRefuse(status, http.StatusForbidden, "不再接收信息公开申请", doorA)
	}
	set("schools", schoolA, "status", "open")
	set("districts", "district0000000", "foi_mode", "consultation")
	mustRefuse("consultation only", http.StatusForbidden, "按咨询办理", doorA)
	s.mustHold(0, 0)
	t.Setenv(keyEnv, "")
	s = serve(t)
	mustRefuse("no data key", http.StatusServiceUnavailable, "请当面、邮寄或打电话提出", doorA)
	mustRefuse("no data key, no school", http.StatusServiceUnavailable, "请当面、邮寄或打电话提出", "/api/app/schools/nowhere/requests")
	s.mustHold(0, 0)
}

// Without a proof of work nothing is filed, and one lets one form in. A form that
// is on file is shown its receipt whatever became of its proof.
func TestTheProofOfAFiling(t *testing.T) {
	s := serveRequests(t)
	proof := s.solved()
	first := filledIn(goodApplication(), map[string]any{"proof": proof})
	a := s.fileAs("", doorA, first, s.proof())
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	other := filledIn(first, map[string]any{"resend": "another-form-altogether"})
	for code, change := range map[string]any{"proof_spent": proof, "proof_missing": "", "proof_invalid": "e30="} {
		if b := s.fileAs("", doorA, filledIn(other, map[string]any{"proof": change}), s.proof()); b.status != http.StatusBadRequest || b.field("data", "proof", "code") != code {
			t.Errorf("%s: %d %s", code, b.status, b.body)
		}
	}
	old := s.solved()
	s.wait(21 * time.Minute)
	if b := s.fileAs("", doorA, filledIn(other, map[string]any{"proof": old}), s.proof()); b.field("data", "proof", "code") != "proof_expired" {
		t.Errorf("too late: %d %s", b.status, b.body)
	}
	for name, change := range map[string]any{"an expired proof": proof, "none": "", "nonsense": "x"} {
		if b := s.fileAs("", doorA, filledIn(first, map[string]any{"proof": change}), s.proof()); b.status != http.StatusOK || b.body != a.body {
			t.Errorf("sent again with %s: %d %s, want %s", name, b.status, b.body, a.body)
		}
	}
	s.mustHold(1, 1)
}

// A contact files a few applications a day, by telephone number or by mailbox,
// however they are written. What is refused spends no proof.
func TestAContactIsHeldToItsPace(t *testing.T) {
	s := serveRequests(t)
	file := func(n int, phone, email string) answer {
		return s.fileAs("", doorA, filledIn(goodApplication(), map[string]any{"resend": fmt.Sprintf("form-number-%09d", n), "proof": s.solved(), "phone": phone, "email": email}), s.proof())
	}
	for n := range 5 {
		if a := file(n, "13800138000", fmt.Sprintf("p%d@example.cn", n)); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if a := file(5, "+86 138 0013 8000", "p5@example.cn"); a.status != http.StatusTooManyRequests || !a.has("这个联系方式今天提交得太多了") {
		t.Errorf("the sixth with a number: %d %s", a.status, a.body)
	}
	for n := range 5 {
		if a := file(10+n, fmt.Sprintf("1390000000%d", n), "P@Example.cn"); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if a := file(15, "13900000005", "p@example.cn"); a.status != http.StatusTooManyRequests {
		t.Errorf("the sixth with a mailbox: %d %s", a.status, a.body)
	}
	s.mustHold(10, 10)
	if a := file(0, "13800138000", "p0@example.cn"); a.status != http.StatusOK || a.field("number") != "SQ2026-00001" {
		t.Errorf("sent again: %d %s", a.status, a.body)
	}
}

// Many clients file at once, and every form twice at the same time: each form is
// one request with one number, and the numbers have no gap.
func TestManyFileTogether(t *testing.T) {
	s := serveRequests(t)
	s.withoutPaces()
	const clients, each = 32, 4
	bodies, kind := s.manyForms(t, clients*each)
	var mu sync.Mutex
	receipts := make([]map[string]int, len(bodies))
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			for n := range each {
				form := c*each + n
				var click sync.WaitGroup
				for range 2 {
					click.Go(func() {
						text, err := post(s.url+doorA, kind, bodies[form])
						mu.Lock()
						defer mu.Unlock()
						if err != nil {
							t.Error(err)
							return
						}
						if receipts[form] == nil {
							receipts[form] = map[string]int{}
						}
						receipts[form][text]++
					})
				}
				click.Wait()
			}
		})
	}
	all.Wait()
	numbers := map[string]bool{}
	for form, said := range receipts {
		if len(said) != 1 {
			t.Errorf("form %d: %v", form, said)
		}
		for text := range said {
			numbers[fmt.Sprint(answer{body: text}.field("number"))] = true
		}
	}
	for n := range len(bodies) {
		if number := fmt.Sprintf("SQ2026-%05d", n+1); !numbers[number] {
			t.Errorf("nobody got %s", number)
		}
	}
	s.mustHold(len(bodies), len(bodies))
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}
