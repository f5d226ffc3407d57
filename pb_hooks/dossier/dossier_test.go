package dossier_test

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/dossier"
	"gongkai/pb_hooks/publication"
)

func opened(text string) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(text)), nil }
}

func sumOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func attachment(name, text string) dossier.Attachment {
	return dossier.Attachment{ID: "file00000000001", Name: name, Alt: "说明", Size: int64(len(text)), SHA256: sumOf(text), Open: opened(text)}
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(raw)
}

const articleID = "article00000001"

// version is a text with files; its hash is as the platform would keep it.
func version(number int, title string, submitted bool, files ...dossier.Attachment) dossier.Version {
	v := dossier.Version{ID: fmt.Sprintf("version%08d", number), Number: number, Title: title, Source: "晨光小学", CreatedOn: "2026-11-20", Submitted: submitted,
		Body:  "<p>午餐提前到<strong>十一点三十分</strong> &amp; 其他。</p><p><img src=\"/f/file00000000001/a.png\" alt=\"图\"><a href=\"/f/other0000000000/a\">x</a></p>",
		Facts: json.RawMessage(`[{"项目":"伙食费 <12元","标准":"12"}]`), SavedAt: fmt.Sprintf("2026-11-23 02:%02d:59.123Z", number), Attachments: files,
		Writers: []dossier.Person{{ID: "editor", Name: "李老师"}}}
	var sums []string
	for _, f := range files {
		sums = append(sums, f.SHA256)
	}
	hash, err := v.Text(sums).Hash()
	if err != nil {
		panic(err)
	}
	v.Hash = hash
	return v
}

// steps take the first version back, the second one to the public.
func steps(versions []dossier.Version) (list []dossier.Step) {
	for i, s := range []struct {
		v                           int
		stage                       publication.Stage
		do                          publication.Action
		by, name, instead, insteadN string
		duty                        publication.Duty
		reason                      string
		check                       publication.Check
	}{
		{0, publication.Drafting, publication.Submit, "editor", "李老师", "", "", publication.Editor, "", publication.Check{}},
		{0, publication.Reviewing, publication.Return, "reviewer", "王主任", "", "", publication.Reviewer, "=时间\r\n写错了", publication.Check{}},
		{1, publication.Returned, publication.Submit, "editor", "李老师", "", "", publication.Editor, "", publication.Check{}},
		{1, publication.Reviewing, publication.Approve, "second", "张老师", "reviewer", "王主任", publication.Reviewer, "", publication.Check{Examined: publication.ReviewPoints()}},
		{1, publication.SecrecyReviewing, publication.Clear, "secrecy", "赵老师", "", "", publication.SecrecyReviewer, "", publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish}},
		{1, publication.Released, publication.Publish, "", "", "", "", publication.Clock, "", publication.Check{}},
	} {
		v := versions[s.v]
		step := dossier.Step{Number: i + 1, ID: fmt.Sprintf("step%011d", i+1), At: fmt.Sprintf("2026-11-23 02:%02d:00.000Z", 10+i), Stage: string(s.stage), StageName: s.stage.Name(),
			Action: string(s.do), ActionName: s.do.Name(), Version: v.ID, VersionNumber: v.Number, Hash: v.Hash, By: s.by, ByName: s.name, For: s.instead, ForName: s.insteadN,
			Duty: string(s.duty), DutyName: s.duty.Name(), Reason: s.reason, Check: json.RawMessage(asJSON(s.check))}
		if s.do == publication.Submit {
			step.Form, step.Writers = string(publication.Standard), []string{"editor"}
		}
		list = append(list, step)
	}
	return list
}

func print(text string) map[string]any {
	return map[string]any{"chars": utf8.RuneCountInString(text), "sha256": sumOf(text)}
}

// detail is what the platform enters in the audit of a step.
func detail(s dossier.Step) string {
	told := map[string]any{"article": articleID, "version": s.Version, "hash": s.Hash, "at": s.At, "stage": s.Stage, "action": s.Action, "check": print(string(s.Check))}
	for field, text := range map[string]string{"by": s.By, "by_name": s.ByName, "for": s.For, "for_name": s.ForName, "duty": s.Duty, "form": s.Form} {
		if text != "" {
			told[field] = text
		}
	}
	if s.Reason != "" {
		told["reason"] = print(s.Reason)
	}
	if len(s.Writers) > 0 {
		told["writers"] = s.Writers
	}
	return asJSON(told)
}

// example is a whole dossier. Between its rows of the audit are others.
func example() dossier.Dossier {
	one := version(1, "供餐时间<调整>", true, attachment("安排.png", "one"))
	two := version(2, "供餐时间+调整", true, attachment("安排.png", "two"), attachment("安排.PNG", "2"), attachment("../../etc/passwd", "no"))
	draft := version(3, "", false)
	d := dossier.Dossier{
		Article: dossier.Article{ID: articleID, IndexNumber: "9999990001-A0308-2026-0001", Title: "供餐时间+调整", School: "示范区晨光小学", SchoolCode: "9999990001", ColumnCode: "A0308",
			Column: "信息公开 › 通知公告", State: "published", StateName: "已公开", Stage: "drafting", StageName: "草拟中", Published: two.ID,
			Export: dossier.Export{At: "2026-11-24 01:00:00.000Z", By: "李老师", Unit: "示范区晨光小学"}},
		Versions: []dossier.Version{one, two, draft}, Forms: []dossier.Form{{Version: 2, Data: []byte("PK form")}},
		Findings: []dossier.Finding{{ID: "finding00000001", Version: two.ID, VersionNumber: 2, Class: "secret_mark", ClassName: "涉密标记", Level: "block", State: "overridden", Place: "正文第1段",
			Reason: "所引用的旧文件的标记，原件已经公开。", By: "secrecy", ByName: "赵老师", At: "2026-11-23 02:13:30.000Z"}, {ID: "finding00000002", Class: "phone", State: "resolved"}},
	}
	d.Steps = steps(d.Versions)
	var last audit.Entry
	enter := func(e audit.Entry) {
		e.At, e.Via, e.Address = "2026-11-23T02:00:00.000Z", "workbench", "10.0.0.1"
		last = e.Follow(last)
		d.Audit = append(d.Audit, last)
	}
	enter(audit.Entry{Actor: "staff/editor", ActorName: "李老师", Action: "create", Collection: "articles", Record: articleID})
	for _, s := range d.Steps {
		last = audit.Entry{Action: "sign_in"}.Follow(last) // of somebody, somewhere
		if s.Number == 5 {
			enter(audit.Entry{ActorName: "赵老师", Action: "override", Collection: "findings", Record: "finding00000001",
				Detail: asJSON(map[string]any{"article": articleID, "class": "secret_mark", "by_name": "赵老师", "reason": print(d.Findings[0].Reason)})})
		}
		enter(audit.Entry{Actor: "staff/" + s.By, ActorName: s.ByName, Action: "create", Collection: "article_steps", Record: s.ID, Detail: detail(s)})
	}
	enter(audit.Entry{Actor: "staff/editor", ActorName: "李老师", Action: "export", Collection: "articles", Record: articleID})
	d.Head = audit.Head{Number: last.Number, Hash: last.Hash, At: "2026-11-24 09:00"}
	return d
}

func written(t testing.TB, d dossier.Dossier) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := dossier.Write(&b, d); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func checked(raw []byte) dossier.Report { return dossier.Check(bytes.NewReader(raw), int64(len(raw))) }

// file is one of a zip file, to be changed.
type file struct{ name, text string }

func filesOf(t testing.TB, raw []byte) (list []file) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, file{f.Name, string(data)})
	}
	return list
}

func namesOf(files []file) (list []string) {
	for _, f := range files {
		list = append(list, f.name)
	}
	return list
}

func textOf(files []file, name string) string {
	i := slices.IndexFunc(files, func(f file) bool { return f.name == name })
	if i < 0 {
		return ""
	}
	return files[i].text
}

func TestADossierIsWhole(t *testing.T) {
	raw := written(t, example())
	r := checked(raw)
	if !r.IsIntact() || len(r.Holds) != 9 {
		t.Fatalf("%q\n%q", r.Breaks, r.Holds)
	}
	files := filesOf(t, raw)
	want := []string{"说明.txt", "信息.json", "版本/01/正文.html", "版本/01/版本.json", "版本/01/校验原文.txt", "版本/01/附件/安排.png",
		"版本/02/正文.html", "版本/02/版本.json", "版本/02/校验原文.txt", "版本/02/附件/安排.png", "版本/02/附件/安排 (2).PNG", "版本/02/附件/_.._etc_passwd",
		"版本/03/正文.html", "版本/03/版本.json", "版本/03/校验原文.txt", "办理记录.json", "办理记录.csv", "自动检查.json", "审计记录.jsonl", "校验值.txt", "审核登记表-第2版.docx", "清单.txt"}
	if got := namesOf(files); !slices.Equal(got, want) {
		t.Errorf("got %q", got)
	}
	if sum := sumOf(textOf(files, "版本/02/校验原文.txt")); sum != example().Versions[1].Hash {
		t.Error("the SHA-256 of the lines is not the hash of the version")
	}
	if table := textOf(files, "办理记录.csv"); !strings.Contains(table, "\"'=时间\r\n写错了\"") || !strings.Contains(table, "系统") || !strings.Contains(table, "张老师,王主任,审核员") {
		t.Errorf("%s", table)
	}
	if page := textOf(files, "版本/02/正文.html"); !strings.Contains(page, `<img src="%E9%99%84%E4%BB%B6/%E5%AE%89%E6%8E%92.png"`) || !strings.Contains(page, `href="/f/other0000000000/a"`) {
		t.Errorf("%s", page)
	}
	if about := textOf(files, "说明.txt"); !strings.Contains(about, "第 3 版：（草稿，没有提交过审核）") || strings.Contains(about, "教育局人员导出") || !strings.Contains(about, example().Head.String()) {
		t.Errorf("%s", about)
	}
	for range 3 {
		if again := written(t, example()); !bytes.Equal(again, raw) {
			t.Fatal("the same dossier has other bytes")
		}
	}
}

// Whoever has no gongkai can check it with the tools of any Linux machine.
func TestADossierIsCheckedBySha256sum(t *testing.T) {
	for _, tool := range []string{"unzip", "sha256sum"} {
		if _, err := exec.LookPath(tool); err != nil {
			t.Skip(tool + " is not installed")
		}
	}
	dir := t.TempDir()
	cmd := exec.Command("sh", "-c", "cat > d.zip && LC_ALL=C.UTF-8 unzip -q d.zip -d d && cd d && sha256sum --strict -c 清单.txt")
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(written(t, example()))
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestTheBureauIsToldWhatIsLeftOut(t *testing.T) {
	d := example()
	d.Article.Export.SubmittedOnly, d.Versions = true, d.Versions[:2]
	raw := written(t, d)
	if about := textOf(filesOf(t, raw), "说明.txt"); !strings.Contains(about, "没有提交过的修改稿") || strings.Contains(about, "版本/03") {
		t.Errorf("%s", about)
	}
	if r := checked(raw); !r.IsIntact() {
		t.Errorf("%q", r.Breaks)
	}
}

func TestNamesLeadNowhereAndAreDifferent(t *testing.T) {
	long := strings.Repeat("很长的名称", 40)
	names := []string{"../../x", `..\..\x`, "/etc/passwd", "C:\\a.doc", "a.txt", "A.TXT", "a (2).txt", "a.txt", "", ".", "..", "CON", "nul.txt", "com1.pdf", ".env", "x\u202efdp.exe", "行\n二.txt", "尾 . ",
		long + ".docx", long + ".docx", "a." + strings.Repeat("b", 300), "?*<>|\".doc"}
	var files []dossier.Attachment
	for _, n := range names {
		files = append(files, attachment(n, n))
	}
	d := example()
	d.Versions[2] = version(3, "名称", false, files...)
	raw := written(t, d)
	seen := map[string]bool{}
	for _, f := range filesOf(t, raw) {
		name, ok := strings.CutPrefix(f.name, "版本/03/附件/")
		if !ok {
			continue
		}
		if seen[strings.ToLower(name)] {
			t.Errorf("%q twice", name)
		}
		seen[strings.ToLower(name)] = true
		if len(name) > 255 || !utf8.ValidString(name) || strings.ContainsAny(name, "/\\<>:\"|?*\n\u202e") || strings.Trim(name, ". ") != name || name == "CON" || name == "nul.txt" {
			t.Errorf("%q is no name for a file", name)
		}
	}
	if len(seen) != len(names) {
		t.Errorf("%d names of %d: %v", len(seen), len(names), seen)
	}
	for _, want := range []string{"a (2).txt", "a (3).txt", "a (2) (2).txt", "附件 (2)", "附件 (3)", "_con", "_nul.txt", "行_二.txt", "尾", "env"} {
		if !seen[want] {
			t.Errorf("no %q in %v", want, seen)
		}
	}
	if r := checked(raw); !r.IsIntact() {
		t.Errorf("%q", r.Breaks)
	}
}

// zeros is a file that is never whole in memory.
type zeros struct{ left int }

func (z *zeros) Read(b []byte) (int, error) {
	if z.left == 0 {
		return 0, io.EOF
	}
	n := min(len(b), z.left)
	z.left -= n
	return n, nil
}

func (z *zeros) Close() error { return nil }

func TestAttachmentsAreStreamed(t *testing.T) {
	const size = 20 << 20
	h := sha256.New()
	if _, err := io.Copy(h, &zeros{size}); err != nil {
		t.Fatal(err)
	}
	var files []dossier.Attachment
	for i := range 8 {
		files = append(files, dossier.Attachment{Name: fmt.Sprintf("%d.bin", i), SHA256: hex.EncodeToString(h.Sum(nil)), Open: func() (io.ReadCloser, error) { return &zeros{size}, nil }})
	}
	d := example()
	d.Versions[2] = version(3, "大附件", false, files...)
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if err := dossier.Write(io.Discard, d); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	if used := after.TotalAlloc - before.TotalAlloc; used > 4<<20 {
		t.Errorf("%d MB for 160 MB of attachments", used>>20)
	}
}

func TestAFailureIsAnError(t *testing.T) {
	gone := errors.New("disk gone")
	d := example()
	d.Versions[1].Attachments[0].Open = func() (io.ReadCloser, error) { return nil, gone }
	var b bytes.Buffer
	if err := dossier.Write(&b, d); !errors.Is(err, gone) {
		t.Errorf("%v", err)
	}
	if r := checked(b.Bytes()); r.IsIntact() {
		t.Error("half a dossier is whole")
	}
	d = example()
	d.Versions[0].Facts = json.RawMessage("{")
	if err := dossier.Write(io.Discard, d); err == nil {
		t.Error("facts that are no JSON were written")
	}
}
