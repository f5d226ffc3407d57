package scan_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

// stored writes parts as a zip without compressing them: fuzzing is about what
// is in the parts.
func stored(t testing.TB, parts ...part) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, p := range parts {
		e, err := w.CreateHeader(&zip.FileHeader{Name: p.name, Method: zip.Store})
		if err == nil {
			_, err = e.Write([]byte(p.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func FuzzDocumentXML(f *testing.F) {
	for _, body := range []string{para("正文"), wordTable([]string{"姓名", "成绩"}, []string{"张小明", "92"}), `<w:p><w:r><w:rPr><w:rPrChange><w:rPr/></w:rPrChange><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>`,
		`<w:p><w:r><w:txbxContent>` + para("框") + `</w:txbxContent><w:tab/></w:r></w:p>`, `<w:tbl><w:tr><w:tc><w:tbl></w:tbl></w:tc></w:tr></w:tbl>`, `</w:tbl></w:tc></w:p>`} {
		f.Add(wordXML("document", body))
	}
	f.Fuzz(func(t *testing.T, xml string) {
		seen(t, "a.docx", stored(t, part{"word/document.xml", xml}, part{"word/styles.xml", xml}, part{"word/header1.xml", xml}, part{"customXml/item1.xml", xml}, part{"word/_rels/document.xml.rels", xml}))
	})
}

func FuzzSheetXML(f *testing.F) {
	strings := part{"xl/sharedStrings.xml", `<sst><si><t>a</t></si></sst>`}
	for _, s := range []string{grid(list(3), map[int]string{2: ` hidden="1"`}), `<cols><col min="1" max="3" width="0"/></cols><row r="9"><c r="C9" t="s"><v>0</v></c></row>`, `<row><c t="str"><f>"x"</f><v>1</v></c></row>`,
		`<c><v>1</v></c>`, `<row><c r="XFD1"><v>1</v></c><c r="A1"><v>1</v></c></row>`, `<headerFooter><oddHeader>&amp;C&amp;"a`} {
		f.Add(`<worksheet>` + s + `</worksheet>`)
	}
	f.Fuzz(func(t *testing.T, xml string) {
		seen(t, "a.xlsx", stored(t, part{"xl/workbook.xml", `<workbook><sheets><sheet name="表" id="rId1"/></sheets></workbook>`}, part{"xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")},
			part{"xl/worksheets/sheet1.xml", xml}, strings))
	})
}

func FuzzSharedStrings(f *testing.F) {
	for _, s := range []string{`<si><t>a</t></si>`, `<si><r><t>a</t></r><rPh><t>b</t></rPh></si>`, `<si/>`, `<si><t><![CDATA[x]]></t></si>`, `<si><t>&#20013;&amp;</t></si>`} {
		f.Add(`<sst>` + s + `</sst>`)
	}
	sheet := `<worksheet><row><c t="s"><v>0</v></c></row></worksheet>`
	f.Fuzz(func(t *testing.T, xml string) {
		seen(t, "a.xlsx", stored(t, part{"xl/workbook.xml", `<workbook><sheets><sheet name="表" id="rId1"/></sheets></workbook>`}, part{"xl/_rels/workbook.xml.rels", relations("worksheet", "worksheets/sheet1.xml")},
			part{"xl/worksheets/sheet1.xml", sheet}, part{"xl/sharedStrings.xml", xml}, part{"xl/comments1.xml", xml}, part{"xl/connections.xml", xml}))
	})
}

func FuzzSlideXML(f *testing.F) {
	f.Add(slide(` show="0"`, "一"))
	f.Add(`<p:cmLst><p:cm><p:text>改</p:text></p:cm></p:cmLst>`)
	f.Add(`<p:sld><a:tbl><a:tr><a:tc><a:p><a:t>x</a:t></a:p></a:tc></a:tr></a:tbl></p:sld>`)
	f.Fuzz(func(t *testing.T, xml string) {
		seen(t, "a.pptx", stored(t, part{"ppt/presentation.xml", xml}, part{"ppt/slides/slide1.xml", xml}, part{"ppt/comments/comment1.xml", xml}, part{"ppt/commentAuthors.xml", xml}))
	})
}

// FuzzClean: whatever stands in a file, nothing that is cleaned is found again,
// and what is not cleaned is found as before.
func FuzzClean(f *testing.F) {
	f.Add(`<w:p><w:commentRangeStart w:id="0"/><w:r><w:t>a</w:t><w:commentReference w:id="0"></w:commentReference></w:r></w:p>`, `<w:comment w:author="x">`+para("改")+`</w:comment>`, shot(f))
	f.Add(para("正文"), "", png("eXIf", placeTag))
	f.Add(para("正文"), "", photo(true))
	f.Add(para("正文"), "<w:p>", exif(0x013B))
	f.Fuzz(func(t *testing.T, body, comments string, picture []byte) {
		data := stored(t, part{"word/document.xml", wordXML("document", body)}, part{"word/comments.xml", wordXML("comments", comments)}, part{"word/people.xml", wordXML("people", comments)},
			core("张小明"), part{"word/media/image1.jpg", string(picture)})
		before := seen(t, "a.docx", data)
		cleaned, _, err := scan.Clean("docx", bytes.NewReader(data), int64(len(data)))
		var cannot scan.CannotClean
		if err != nil {
			if !errors.As(err, &cannot) {
				t.Errorf("another error: %v", err)
			}
			return
		}
		after := map[scan.Finding]bool{}
		for _, f := range seen(t, "a.docx", cleaned) {
			if after[f] = true; f.CanClean {
				t.Errorf("cleaned and found again: %+v", f)
			}
		}
		for _, f := range before {
			if f.Class == scan.Unreadable { // perhaps in what was emptied
				return
			}
		}
		for _, f := range before {
			if !f.CanClean && !after[f] && f.Class != scan.TrackedChanges && f.Class != scan.HiddenText && f.Class != scan.Embedded {
				t.Errorf("not cleaned and gone: %+v", f)
			}
		}
	})
}
