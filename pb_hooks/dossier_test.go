package pb_hooks_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/dossier"
)

func (s *server) dossier(as, article string) answer {
	s.t.Helper()
	return s.do(as, http.MethodGet, "/api/app/articles/"+article+"/dossier", nil)
}

// whole takes a dossier, asserts that it verifies, and unpacks it.
func (s *server) whole(as, article string) (raw string, files map[string]string) {
	s.t.Helper()
	a := s.dossier(as, article)
	if a.status != http.StatusOK {
		s.t.Fatalf("the dossier as %s: %d %s", as, a.status, a.body)
	}
	if r := dossier.Check(strings.NewReader(a.body), int64(len(a.body))); !r.IsIntact() {
		s.t.Errorf("as %s: %q", as, r.Breaks)
	}
	return a.body, unpacked(s.t, a.body)
}

func unpacked(t testing.TB, raw string) map[string]string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name] = string(data)
	}
	return files
}

// zippedWords: the title or the text, in any file of a dossier, and in the documents in it.
func zippedWords(m matrix, a answer) bool {
	if a.status != http.StatusOK {
		return words(m, a)
	}
	for name, text := range unpacked(m.t, a.body) {
		if strings.HasSuffix(name, ".docx") {
			text = m.printed(answer{status: a.status, body: text})
		}
		if words(m, answer{body: text}) {
			return true
		}
	}
	return false
}

// zippedFile: the file itself, its name or its id.
func zippedFile(m matrix, a answer) bool {
	return strings.Contains(a.body, m.attachment) || strings.Contains(a.body, "安排.png") || strings.Contains(a.body, "\x89PNG")
}

// eventful is a text with files that was
// returned, submitted again, reviewed by a stand-in, cleared with an override
// and published; then another draft.
func (s *server) eventful() (article string, versions []string) {
	s.t.Helper()
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(reviewerA), "stand_in": s.person(nobodyA), "duty": "reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	article, first := s.draft(editorA, "A0308", "供餐时间<调整>", withMark)
	s.attached(editorA, article, first, "安排.docx", office(s.t, "", "", "午餐提前"))
	s.attached(secondA, article, first, "安排.docx", office(s.t, "", "", "晚餐不变"))
	s.must(editorA, article, map[string]any{"version": first, "action": "submit"})
	s.must(reviewerA, article, map[string]any{"version": first, "action": "return", "reason": "请写明\n适用年级"})
	second := s.openVersion(editorA, article)
	s.patch(editorA, second, map[string]any{"title": "供餐时间调整（一至五年级）", "facts": []map[string]string{{"事项": "<供餐> & 其他"}}})
	if a := s.do(editorA, http.MethodPost, "/api/app/versions/"+second+"/preview", nil); a.status != 200 {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	s.must(editorA, article, map[string]any{"version": second, "action": "submit"})
	s.must(nobodyA, article, map[string]any{"version": second, "action": "approve", "check": fine})
	for _, f := range s.blocks(second) {
		s.override(secrecyA, f.Id, goodReason)
	}
	s.wait(90 * time.Minute)
	s.must(secrecyA, article, map[string]any{"version": second, "action": "clear", "check": clear})
	s.must(editorA, article, map[string]any{"action": "confirm"})
	third := s.do(editorA, http.MethodPost, recordAPI+"article_versions/records", map[string]any{"article": article}).field("id").(string)
	s.patch(editorA, third, map[string]any{"title": secretWords, "body": secretBody})
	return article, []string{first, second, third}
}

func TestDossierTellsEverything(t *testing.T) {
	s := serve(t)
	article, versions := s.eventful()
	before := s.lastRow()
	raw, files := s.whole(editorA, article)
	if got := strings.Join(s.deeds(before), "\n"); got != "workbench export articles" {
		t.Errorf("the audit has %s", got)
	}
	for _, name := range []string{"说明.txt", "信息.json", "版本/01/正文.html", "版本/01/版本.json", "版本/01/校验原文.txt", "版本/01/附件/安排.docx", "版本/01/附件/安排 (2).docx",
		"版本/02/正文.html", "版本/03/正文.html", "办理记录.json", "办理记录.csv", "自动检查.json", "审计记录.jsonl", "校验值.txt", "清单.txt", "审核登记表-第1版.docx", "审核登记表-第2版.docx"} {
		if files[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	if files["审核登记表-第3版.docx"] != "" {
		t.Error("a draft has a form")
	}
	s.saysInDossier(article, versions, files)

	a := s.dossier(secrecyA, article)
	_, about, err := mime.ParseMediaType(a.header.Get("Content-Disposition"))
	if want := "全部材料_" + s.record("articles", article).GetString("index_number") + ".zip"; err != nil || about["filename"] != want {
		t.Errorf("the name of the file: %q %v", about["filename"], err)
	}
	if a.header.Get("Cache-Control") != "no-store" || a.header.Get("Content-Type") != "application/zip" {
		t.Errorf("the header: %v", a.header)
	}
	if strings.Count(unpacked(t, a.body)["审计记录.jsonl"], `"action":"export"`) != 2 {
		t.Error("the second export does not show both")
	}
	if s.audited(raw, a.body); !s.verified().IsIntact() {
		t.Error("the chain is broken")
	}
}

// saysInDossier asserts that the files say what the records say.
func (s *server) saysInDossier(article string, versions []string, files map[string]string) {
	s.t.Helper()
	var steps []dossier.Step
	if err := json.Unmarshal([]byte(files["办理记录.json"]), &steps); err != nil {
		s.t.Fatal(err)
	}
	var told []string
	for _, step := range steps {
		told = append(told, fmt.Sprint(step.Action, step.VersionNumber, step.ByName, step.ForName))
		if step.Hash != "" && step.Hash != s.record("article_versions", step.Version).GetString("hash") {
			s.t.Errorf("the hash of %s", step.Action)
		}
	}
	want := []string{"submit1" + editorA, "return1" + reviewerA, "submit2" + editorA, "approve2" + nobodyA + reviewerA, "clear2" + secrecyA, "publish2", "confirm2" + editorA}
	if !slices.Equal(told, want) {
		s.t.Errorf("steps: got %q", told)
	}
	sum := sha256.Sum256([]byte(files["版本/02/校验原文.txt"]))
	if hex.EncodeToString(sum[:]) != s.record("article_versions", versions[1]).GetString("hash") {
		s.t.Error("the lines of the second version do not have its hash")
	}
	var findings []dossier.Finding
	if err := json.Unmarshal([]byte(files["自动检查.json"]), &findings); err != nil || !strings.Contains(files["自动检查.json"], goodReason) {
		s.t.Errorf("findings: %v %s", err, files["自动检查.json"])
	}
	for _, word := range []string{`"preview"`, `"override"`, `"export"`, versions[2]} {
		if !strings.Contains(files["审计记录.jsonl"], word) {
			s.t.Errorf("the audit does not tell of %s", word)
		}
	}
	if strings.Contains(files["审计记录.jsonl"], "sign_in") || !strings.Contains(files["说明.txt"], "示范区晨光小学") {
		s.t.Error("the audit tells too much, or the readme too little")
	}
}

// audited asserts that the command finds the dossiers whole, and the same in the database.
func (s *server) audited(raws ...string) {
	s.t.Helper()
	for _, raw := range raws {
		out, err := s.check(raw, "--database")
		if err != nil || !strings.Contains(out, "与数据库中的逐条相同") || strings.Contains(out, "✗") {
			s.t.Errorf("%v\n%s", err, out)
		}
	}
}

func (s *server) check(raw string, flags ...string) (string, error) {
	s.t.Helper()
	file := filepath.Join(s.t.TempDir(), "d.zip")
	if err := os.WriteFile(file, []byte(raw), 0o600); err != nil {
		s.t.Fatal(err)
	}
	return runCommand(s.t, s.app, append([]string{"audit", "check", file}, flags...)...)
}

func TestDossierOfTheBureauLeavesOutWhatItMayNotSee(t *testing.T) {
	s := serve(t)
	article, versions := s.eventful()
	_, files := s.whole(supervisor, article)
	for name, text := range files {
		if strings.HasPrefix(name, "版本/03/") || strings.Contains(text, secretText) || strings.Contains(text, secretWords) || strings.Contains(text, versions[2]) {
			t.Errorf("%s tells of the draft", name)
		}
	}
	if !strings.Contains(files["说明.txt"], "没有提交过的修改稿") || !strings.Contains(files["说明.txt"], "区教育局 "+supervisor) || files["版本/02/附件/安排.docx"] == "" {
		t.Errorf("%s", files["说明.txt"])
	}
}

func TestDossierIsRefused(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "标题", someText)
	for _, who := range []string{"", root, nobodyA, adminA, editorB, reviewerB, supervisor, bureauReviewer, bureauAdmin, auditor} {
		before := s.lastRow()
		if a := s.dossier(who, article); a.status != map[string]int{"": 401, root: 403}[who] && a.status != 404 || s.lastRow() != before {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	s.whole(editorA, article) // a draft that nobody has seen yet
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.whole(supervisor, article)
	if a := s.dossier(editorA, "nothing00000000"); a.status != 404 {
		t.Errorf("%d", a.status)
	}
}

// A broken byte in a field is no broken proof; a missing file is said before
// anything is sent.
func TestDossierOfOddThings(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "奇怪的字节", someText)
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", "图.png")
	if err == nil {
		_, err = part.Write(picture(t))
	}
	for field, text := range map[string]string{"article": article, "alt": "坏\xff字节\n\u2028换行"} {
		if err == nil {
			err = w.WriteField(field, text)
		}
	}
	if err != nil || w.Close() != nil {
		t.Fatal(err)
	}
	up := s.send(editorA, http.MethodPost, recordAPI+"attachments/records", w.FormDataContentType(), &b)
	id, _ := up.field("id").(string)
	if id == "" {
		t.Fatalf("%d %s", up.status, up.body)
	}
	s.patch(editorA, version, map[string]any{"attachments": []string{id}, "source": "=1+1\u2028<&>"})
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	s.whole(editorA, article)

	file := s.record("attachments", id)
	if err := os.Remove(filepath.Join(s.app.DataDir(), "storage", file.BaseFilesPath(), file.GetString("file"))); err != nil {
		t.Fatal(err)
	}
	before := s.lastRow()
	if a := s.dossier(editorA, article); a.status != 500 || !a.has("找不到") || s.lastRow() != before {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestDossierOfAnImportedArticle(t *testing.T) {
	s := serve(t)
	importArticles(t, s.app, goodArticles, "--apply")
	article, _ := articleTitled(t, s.app, "关于放假的通知")
	raw, _ := s.whole(editorA, article.Id)
	if out, err := s.check(raw); err != nil || !strings.Contains(out, "从旧网站导入的 1 步") {
		t.Errorf("%v %s", err, out)
	}
}

// The file that stands in the store was exchanged: the dossier says so.
func TestDossierShowsAnExchangedFile(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "换过的附件", someText)
	id := s.attached(editorA, article, version, "安排.docx", office(t, "", "", "午餐提前"))
	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	file := s.record("attachments", id)
	if err := os.WriteFile(filepath.Join(s.app.DataDir(), "storage", file.BaseFilesPath(), file.GetString("file")), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := s.check(s.dossier(editorA, article).body)
	if err == nil || !strings.Contains(out, "第 1 版的附件“安排.docx”与平台登记的校验值不符") {
		t.Errorf("%v %s", err, out)
	}
}

// The command fails, and says why, whatever was done to the file or to the database.
func TestDossierTamperedWith(t *testing.T) {
	s := serve(t)
	article, _ := s.eventful()
	raw, files := s.whole(editorA, article)
	for i := 50; i < len(raw); i += len(raw) / 40 {
		changed := []byte(raw)
		changed[i] ^= 4
		if out, err := s.check(string(changed)); err == nil || !strings.Contains(out, "✗") {
			t.Errorf("byte %d: %v %s", i, err, out)
		}
	}
	for name, want := range map[string]string{"办理记录.json": "缺少", "版本/02/附件/安排 (2).docx": "缺少文件“版本/02/附件/安排 (2).docx”", "清单.txt": "缺少“清单.txt”"} {
		if out, err := s.check(rezipped(t, raw, func(n, text string) (string, bool) { return text, n != name })); err == nil || !strings.Contains(out, want) {
			t.Errorf("without %s: %v %s", name, err, out)
		}
	}
	forged := rezipped(t, raw, func(n, text string) (string, bool) {
		return strings.ReplaceAll(text, reviewerA, secondA), n != ""
	})
	if out, err := s.check(forged); err == nil || !strings.Contains(out, "内容被改动过") || !strings.Contains(out, "与它的校验值不符") {
		t.Errorf("forged: %v %s", err, out)
	}
	if _, err := s.check("no zip"); err == nil {
		t.Error("a file of another kind is whole")
	}
	if _, err := runCommand(t, s.app, "audit", "check", "/nothing"); err == nil {
		t.Error("a file that is not there is whole")
	}

	var row audit.Entry
	if err := json.Unmarshal([]byte(strings.SplitN(files["审计记录.jsonl"], "\n", 3)[1]), &row); err != nil {
		t.Fatal(err)
	}
	for _, q := range []string{"DROP TRIGGER audit_log_no_update", fmt.Sprintf("UPDATE audit_log SET address = '1.1.1.1' WHERE number = %d", row.Number)} {
		if _, err := s.app.DB().NewQuery(q).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := s.check(raw); err != nil {
		t.Errorf("what is done to the database is not in the file: %s", out)
	}
	if out, err := s.check(raw, "--database"); err == nil || !strings.Contains(out, fmt.Sprintf("第 %d 条与数据库中的不同", row.Number)) || !strings.Contains(out, "数据库的审计记录：") {
		t.Errorf("%v %s", err, out)
	}
}

// rezipped is a zip file with other contents; what is not to be kept is left out.
func rezipped(t testing.TB, raw string, change func(name, text string) (string, bool)) string {
	t.Helper()
	z, err := zip.NewReader(strings.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	files := unpacked(t, raw)
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range z.File {
		text, keep := change(f.Name, files[f.Name])
		if !keep {
			continue
		}
		e, err := w.CreateHeader(&zip.FileHeader{Name: path.Clean(f.Name), Modified: f.Modified})
		if err == nil {
			_, err = e.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}
