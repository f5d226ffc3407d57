package scan_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/publication/scan"
)

// scanned reads a file the way an upload is read.
func scanned(t testing.TB, name string, data []byte) []scan.Finding {
	t.Helper()
	s := scan.New(nil)
	ext := name[strings.LastIndex(name, ".")+1:]
	unseen, err := scan.File(context.Background(), name, ext, bytes.NewReader(data), int64(len(data)), func(c scan.Content) error {
		s.Add(c)
		return nil
	})
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return slices.Concat(unseen, s.Findings())
}

func list(n int) [][]string {
	rows := [][]string{{"姓名", "班级"}}
	for _, p := range people(n) {
		rows = append(rows, []string{p, "一（2）班"})
	}
	return rows
}

// fileCase is a made file and the classes found in it.
type fileCase struct {
	name  string
	file  string
	data  []byte
	want  []scan.Class
	place string // of the first finding
}

func TestFiles(t *testing.T) {
	id := identity("31011220140305012")
	plain := [][]string{{"项目", "金额"}, {"校服", "180"}}
	comments := part{"word/comments.xml", header + `<w:comments xmlns:w="x"><w:comment>` + para("这里再改改") + `</w:comment></w:comments>`}
	xlComments := part{"xl/comments1.xml", header + `<comments><commentList><comment ref="A1"><text><r><t>问一下王老师</t></r></text></comment></commentList></comments>`}
	inner := packed(t, part{"a.txt", "x"})
	for _, tt := range slices.Concat(wordFiles(t), sheetFiles(t), slideFiles(t), otherFiles(t), []fileCase{
		{"a plain Word file", "通知.docx", docx(t, para("学校定于下周召开家长会。")), nil, ""},
		{"a Word file with a number in a paragraph", "通知.docx", docx(t, para("请看附件")+para("身份证"+id)), []scan.Class{scan.IdentityCard}, "通知.docx：第2段"},
		{"in a table", "名册.docx", docx(t, wordTable([]string{"姓名", "身份证号"}, []string{"李晓雨", id})), []scan.Class{scan.IdentityCard}, "名册.docx：表格1第2行第2列"},
		{"in a header", "a.docx", docx(t, para("正文"), part{"word/header1.xml", header + `<w:hdr xmlns:w="x">` + para("秘密★一年") + `</w:hdr>`}), []scan.Class{scan.SecrecyMark}, "a.docx：页眉第1段"},
		{"a number cut into runs", "a.docx", docx(t, "<w:p><w:r><w:t>"+id[:8]+"</w:t></w:r><w:r><w:t>"+id[8:]+"</w:t></w:r></w:p>"), []scan.Class{scan.IdentityCard}, "a.docx：第1段"},
		{"comments", "a.docx", docx(t, para("正文"), comments), []scan.Class{scan.Comments}, "a.docx"},
		{"tracked changes", "a.docx", docx(t, `<w:p><w:del w:author="x"><w:r><w:delText>删去的话</w:delText></w:r></w:del></w:p>`), []scan.Class{scan.TrackedChanges}, "a.docx"},
		{"what was deleted is read too", "a.docx", docx(t, `<w:p><w:del><w:r><w:delText>`+id+`</w:delText></w:r></w:del></w:p>`), []scan.Class{scan.TrackedChanges, scan.IdentityCard}, "a.docx"},
		{"hidden text", "a.docx", docx(t, `<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>`), []scan.Class{scan.HiddenText}, "a.docx"},
		{"an author", "a.docx", docx(t, para("正文"), core("张小明")), []scan.Class{scan.DocumentAuthor}, "a.docx：作者"},
		{"an embedded workbook", "a.docx", docx(t, para("正文"), part{"word/embeddings/a.xlsx", "x"}), []scan.Class{scan.Embedded}, "a.docx"},
		{"macros", "a.docx", docx(t, para("正文"), part{"word/vbaProject.bin", "x"}), []scan.Class{scan.Macro}, "a.docx"},
		{"a plain workbook", "a.xlsx", book(t, [][3]string{{"收费", "", grid(plain, nil)}}), nil, ""},
		{"a list of pupils", "名单.xlsx", book(t, [][3]string{{"名单", "", grid(list(30), nil)}}), []scan.Class{scan.NameList}, "名单.xlsx：名单!A2"},
		{"a hidden sheet", "a.xlsx", book(t, [][3]string{{"公开", "", grid(plain, nil)}, {"底表", "hidden", grid(plain, nil)}}), []scan.Class{scan.HiddenSheet}, "a.xlsx：底表"},
		{"a very hidden one, and what is in it", "a.xlsx", book(t, [][3]string{{"公开", "", grid(plain, nil)}, {"底表", "veryHidden", grid([][]string{{"身份证号"}, {id}}, nil)}}),
			[]scan.Class{scan.HiddenSheet, scan.IdentityCard}, "a.xlsx：底表"},
		{"an empty hidden sheet is nothing", "a.xlsx", book(t, [][3]string{{"公开", "", grid(plain, nil)}, {"空", "hidden", "<sheetData/>"}}), nil, ""},
		{"a hidden column", "a.xlsx", book(t, [][3]string{{"表", "", `<cols><col min="2" max="2" width="9" hidden="1"/></cols>` + grid(plain, nil)}}), []scan.Class{scan.HiddenRows}, "a.xlsx：表"},
		{"filtered rows", "a.xlsx", book(t, [][3]string{{"表", "", grid(plain, map[int]string{2: ` hidden="1"`})}}), []scan.Class{scan.HiddenRows}, "a.xlsx：表"},
		{"a pivot cache", "a.xlsx", book(t, [][3]string{{"表", "", grid(plain, nil)}}, part{"xl/pivotCache/pivotCacheRecords1.xml", "<x/>"}), []scan.Class{scan.PivotCache}, "a.xlsx"},
		{"comments of cells", "a.xlsx", book(t, [][3]string{{"表", "", grid(plain, nil)}}, xlComments), []scan.Class{scan.Comments}, "a.xlsx"},
		{"shared strings", "a.xlsx", book(t, [][3]string{{"表", "", `<sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData>`}},
			part{"xl/sharedStrings.xml", header + `<sst><si><t>身份证</t><t>` + id + `</t></si></sst>`}), []scan.Class{scan.IdentityCard}, "a.xlsx：表!A1"},
		{"a presentation", "a.pptx", deck(t, []string{slide("", "校园开放日")}), nil, ""},
		{"a hidden slide", "a.pptx", deck(t, []string{slide("", "一"), slide(` show="0"`, "二")}), []scan.Class{scan.HiddenSheet}, "a.pptx：第2页"},
		{"what a speaker noted", "a.pptx", deck(t, []string{slide("", "一")}, part{"ppt/notesSlides/notesSlide1.xml", slide("", "学生张小明同学患有哮喘")}), []scan.Class{scan.HiddenText, scan.Health}, "a.pptx"},
		{"a pdf", "a.pdf", pdfFile([]string{"学校定于下周召开家长会。"}, "", ""), nil, ""},
		{"a number on the second page", "通知.pdf", pdfFile([]string{"第一页", "身份证" + id}, "", ""), []scan.Class{scan.IdentityCard}, "通知.pdf：第2页"},
		{"a scan without text", "a.pdf", pdfFile([]string{""}, "", ""), []scan.Class{scan.Unreadable}, "a.pdf"},
		{"an author of a pdf", "a.pdf", pdfFile([]string{"正文在此"}, "", "Zhang"), []scan.Class{scan.DocumentAuthor}, "a.pdf：作者"},
		{"files in a pdf", "a.pdf", pdfFile([]string{"正文在此"}, "/Names << /EmbeddedFiles << /Names [] >> >>", ""), []scan.Class{scan.Embedded}, "a.pdf"},
		{"scripts in a pdf", "a.pdf", pdfFile([]string{"正文在此"}, "/OpenAction << /S /JavaScript /JS (x) >>", ""), []scan.Class{scan.Macro}, "a.pdf"},
		{"a file in an archive", "资料.zip", packed(t, part{"名单.docx", string(docx(t, para("身份证"+id)))}), []scan.Class{scan.IdentityCard}, "资料.zip：名单.docx：第1段"},
		{"an archive in an archive", "资料.zip", packed(t, part{"里面.zip", string(inner)}), []scan.Class{scan.Unreadable}, "资料.zip：里面.zip"},
		{"a name of a file", "资料.zip", packed(t, part{id + ".txt", "正文"}), []scan.Class{scan.IdentityCard}, "资料.zip：文件名"},
		{"a photo that tells where", "资料.zip", packed(t, part{"a.jpg", string(photo(true))}), []scan.Class{scan.Location}, "资料.zip：a.jpg"},
		{"a photo that does not", "资料.zip", packed(t, part{"a.jpg", string(photo(false))}), nil, ""},
		{"lines of GBK", "资料.zip", packed(t, part{"a.csv", "\xd0\xd5\xc3\xfb,\xc9\xed\xb7\xdd\xd6\xa4\n\xc0\xee," + id}), []scan.Class{scan.IdentityCard}, "资料.zip：a.csv：第2行"},
		{"an OFD", "a.ofd", packed(t, part{"OFD.xml", "<OFD/>"}, part{"Doc_0/Pages/Page_0/Content.xml", "<Page><TextCode>秘密★</TextCode></Page>"}), []scan.Class{scan.SecrecyMark}, "a.ofd：第1页"},
		{"an old format", "a.doc", []byte("\xd0\xcf\x11\xe0"), []scan.Class{scan.Unreadable}, "a.doc"},
		{"a file cut off", "a.docx", docx(t, para("正文"))[:200], []scan.Class{scan.Unreadable}, "a.docx"},
		{"broken XML", "a.docx", docx(t, "<w:p><w:r>"), []scan.Class{scan.Unreadable}, "a.docx"},
		{"a broken pdf", "a.pdf", []byte("%PDF-1.7\nnothing"), []scan.Class{scan.Unreadable}, "a.pdf"},
		{"an empty file", "a.xlsx", nil, []scan.Class{scan.Unreadable}, "a.xlsx"},
		{"entities that explode", "a.docx", packed(t, part{"word/document.xml", `<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><w:document>&b;</w:document>`}), []scan.Class{scan.Unreadable}, "a.docx"},
		{"elements nested without end", "a.docx", packed(t, part{"word/document.xml", strings.Repeat("<a>", 100000)}), []scan.Class{scan.Unreadable}, "a.docx"},
		{"a zip bomb", "a.zip", packed(t, part{"a.txt", strings.Repeat("0", 21<<20)}), []scan.Class{scan.Unreadable}, "a.zip：a.txt"},
		{"a bomb in a Word file", "a.docx", packed(t, part{"word/document.xml", "<a>" + strings.Repeat(" ", 30<<20) + "</a>"}), []scan.Class{scan.Unreadable}, "a.docx"},
	}) {
		t.Run(tt.name, func(t *testing.T) {
			var got []scan.Class
			found := scanned(t, tt.file, tt.data)
			for _, f := range found {
				if !slices.Contains(got, f.Class) {
					got = append(got, f.Class)
				}
			}
			if !slices.Equal(got, tt.want) || len(found) > 0 && found[0].Place != tt.place {
				t.Errorf("got %+v; want %v at %q", found, tt.want, tt.place)
			}
		})
	}
}

func TestCleanRemovesWhatNoReaderSees(t *testing.T) {
	marked := `<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>家长会安排</w:t></w:r><w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r></w:p>`
	for name, data := range map[string][]byte{
		"a.docx": docx(t, marked, core("张小明"), part{"word/comments.xml", header + `<w:comments xmlns:w="x"><w:comment>` + para("改") + `</w:comment></w:comments>`}),
		"a.xlsx": book(t, [][3]string{{"表", "", grid([][]string{{"项目", "金额"}}, nil)}}, core("张小明"), part{"xl/comments1.xml", header + `<comments><t>改</t></comments>`}),
		"a.pptx": deck(t, []string{slide("", "一")}, core("张小明"), part{"ppt/comments/comment1.xml", header + `<p:cmLst><p:cm><p:text>改</p:text></p:cm></p:cmLst>`}),
	} {
		before := scanned(t, name, data)
		if len(before) != 2 {
			t.Errorf("%s before: %+v", name, before)
		}
		cleaned, removed, err := scan.Clean(name[2:], bytes.NewReader(data), int64(len(data)))
		if err != nil || len(removed) != 2 {
			t.Fatalf("%s: removed %v, %v", name, removed, err)
		}
		if after := scanned(t, name, cleaned); len(after) > 0 {
			t.Errorf("%s after: %+v", name, after)
		}
		if textOf(t, name, cleaned) != textOf(t, name, data) {
			t.Errorf("%s reads otherwise", name)
		}
		if z, err := zip.NewReader(bytes.NewReader(cleaned), int64(len(cleaned))); err != nil || len(z.File) < 4 {
			t.Errorf("%s is no archive any more: %v", name, err)
		}
	}
	var cannot scan.CannotClean
	if _, _, err := scan.Clean("pdf", bytes.NewReader(nil), 0); !errors.As(err, &cannot) {
		t.Errorf("a pdf: %v", err)
	}
}

// textOf is everything a reader sees.
func textOf(t *testing.T, name string, data []byte) string {
	t.Helper()
	var b strings.Builder
	_, err := scan.File(t.Context(), name, name[2:], bytes.NewReader(data), int64(len(data)), func(c scan.Content) error {
		for _, cell := range c.Cells {
			if !strings.Contains(cell.Place, "批注") {
				b.WriteString(cell.Place + cell.Text + "\n")
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadingStopsWhenAsked(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	data := book(t, [][3]string{{"表", "", grid(list(5000), nil)}})
	rows := 0
	_, err := scan.File(ctx, "a.xlsx", "xlsx", bytes.NewReader(data), int64(len(data)), func(scan.Content) error {
		if rows++; rows == 10 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || rows > 11 {
		t.Errorf("%d rows, %v", rows, err)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("docx", docx(f, para("正文"), core("张")))
	f.Add("xlsx", book(f, [][3]string{{"表", "hidden", grid(list(3), nil)}}))
	f.Add("pptx", deck(f, []string{slide("", "一")}))
	f.Add("pdf", pdfFile([]string{"正文"}, "", "x"))
	f.Add("zip", packed(f, part{"a.csv", "姓名,分数"}))
	f.Add("jpg", photo(true))
	f.Fuzz(func(t *testing.T, ext string, data []byte) {
		started := time.Now()
		_, err := scan.File(t.Context(), "a."+ext, ext, bytes.NewReader(data), int64(len(data)), func(scan.Content) error { return nil })
		if err != nil {
			t.Errorf("an error instead of a finding: %v", err)
		}
		if took := time.Since(started); took > 25*time.Second {
			t.Errorf("took %v", took)
		}
	})
}

// BenchmarkXLSX10MB reads and scans a workbook of about 10 MB.
func BenchmarkXLSX10MB(b *testing.B) {
	rows := [][]string{{"序号", "项目", "单价", "说明"}}
	for i := range 340_000 {
		rows = append(rows, []string{fmt.Sprint(i), fmt.Sprintf("校服%d号", i*7919%99991), fmt.Sprint(i * 31 % 9973), fmt.Sprintf("供应商联系电话021-%08d", i*104729%99999999)})
	}
	data := book(b, [][3]string{{"表", "", grid(rows, nil)}})
	measure(b, "a.xlsx", data)
}

// BenchmarkPDF200 reads and scans a document of 200 pages.
func BenchmarkPDF200(b *testing.B) {
	var pages []string
	for i := range 200 {
		pages = append(pages, strings.Repeat(fmt.Sprintf("第%d页：学校定于2026年11月24日召开家长会，请各位家长准时参加。\n", i+1), 25))
	}
	measure(b, "a.pdf", pdfFile(pages, "", ""))
}

func measure(b *testing.B, name string, data []byte) {
	b.Logf("%s: %.1f MB", name, float64(len(data))/1e6)
	peak := uint64(0)
	stop := make(chan struct{})
	go func() {
		for {
			select {
			case <-stop:
				return
			case <-time.After(20 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, m.HeapInuse)
			}
		}
	}()
	b.SetBytes(int64(len(data)))
	defer debug.SetMemoryLimit(debug.SetMemoryLimit(120 << 20)) // as the server does
	runtime.GC()
	for b.Loop() {
		scanned(b, name, data)
	}
	close(stop)
	b.ReportMetric(float64(peak)/1e6, "peak-MB")
}
