package letter_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"gongkai/pb_hooks/letter"
)

const relations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">%s</Relationships>`

func related(kind, mode string) file {
	return file{"word/_rels/document.xml.rels", fmt.Sprintf(relations, `<Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/`+kind+`" Target="http://elsewhere.example/x" `+mode+`/>`)}
}

func TestFilesThatCannotBeTemplates(t *testing.T) {
	good := docx(t, para("{{申请人}}"))
	zeros := strings.Repeat("\x00", 9<<20)
	deep := strings.Repeat("<w:p>", 300) + strings.Repeat("</w:p>", 300)
	broken := bytes.Replace(bytes.Clone(good), []byte("PK\x03\x04"), []byte("PK\x03\x05"), 1)
	var many []file
	for i := range 501 {
		many = append(many, file{fmt.Sprintf("word/media/%d.png", i), ""})
	}
	for _, tt := range []struct {
		name     string
		template []byte
		problem  string
	}{
		{"nothing", nil, "not_docx"},
		{"a text", []byte("{{申请人}}"), "not_docx"},
		{"an old or encrypted document", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 2000)...), "not_docx"},
		{"an archive without types", packed(t, file{"a.txt", "x"}), "not_docx"},
		{"a workbook", packed(t, file{"[Content_Types].xml", `<Types><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`}), "not_docx"},
		{"a template of Word", packed(t, file{"[Content_Types].xml", strings.ReplaceAll(types, "document.main", "template.main")}, file{"word/document.xml", "<x/>"}), "not_docx"},
		{"types without the document", packed(t, file{"[Content_Types].xml", types}), "not_docx"},
		{"cut off", good[:len(good)-30], "not_docx"},
		{"damaged", broken, "broken"},
		{"types that are not XML", packed(t, file{"[Content_Types].xml", "<Types"}), "broken"},
		{"a document that is not XML", packed(t, file{"[Content_Types].xml", types}, file{"word/document.xml", "<w:document"}), "broken"},
		{"entities", packed(t, file{"[Content_Types].xml", types}, file{"word/document.xml", `<!DOCTYPE d [<!ENTITY a "b">]><d>&a;</d>`}), "broken"},
		{"nested too deep", docx(t, deep), "broken"},
		{"a part twice", packed(t, file{"[Content_Types].xml", types}, file{"word/document.xml", "<x/>"}, file{"word/Document.xml", "<x/>"}), "broken"},
		{"a name that climbs out", docx(t, "", file{"../../etc/passwd", "x"}), "broken"},
		{"a part that explodes", docx(t, "", file{"word/media/a.png", zeros}), "exploding"},
		{"parts that explode together", docx(t, "", file{"a", zeros[:6<<20]}, file{"b", zeros[:6<<20]}, file{"c", zeros[:6<<20]}), "exploding"},
		{"too many parts", docx(t, "", many...), "exploding"},
		{"too large", append(bytes.Clone(good), make([]byte, 5<<20)...), "too_large"},
		{"macros", packed(t, file{"[Content_Types].xml", strings.ReplaceAll(types, "vnd.openxmlformats-officedocument.wordprocessingml.document.main", "vnd.ms-word.document.macroEnabled.main")}, file{"word/document.xml", "<x/>"}), "macros"},
		{"a hidden macro", docx(t, "", file{"word/vbaProject.bin", "x"}), "macros"},
		{"an embedded file", docx(t, "", file{"word/embeddings/a.xlsx", "x"}), "embedded"},
		{"another document taken in", docx(t, "", related("aFChunk", "")), "embedded"},
		{"a picture from elsewhere", docx(t, "", related("image", `TargetMode="External"`)), "external"},
		{"a template from elsewhere", docx(t, "", related("attachedTemplate", `TargetMode="external"`)), "external"},
		{"a comment", docx(t, "", file{"word/comments.xml", `<w:comments` + names + `><w:comment w:id="1" w:author="王五"/></w:comments>`}), "comments"},
		{"something inserted as a revision", docx(t, `<w:p><w:ins w:author="王五"><w:r><w:t>x</w:t></w:r></w:ins></w:p>`), "revisions"},
		{"something deleted as a revision", docx(t, `<w:p><w:del w:author="王五"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>`), "revisions"},
	} {
		for how, do := range map[string]func([]byte) error{
			"check": func(b []byte) error { _, err := letter.Check(b); return err },
			"fill":  func(b []byte) error { _, err := letter.Fill(b, map[string]string{"申请人": "x"}); return err },
		} {
			var bad letter.BadTemplate
			if err := do(tt.template); !errors.As(err, &bad) || bad.Problem != tt.problem || bad.Error() == "" {
				t.Errorf("%s, %s: got %v, want %s", tt.name, how, err, tt.problem)
			}
		}
	}
	for name, template := range map[string][]byte{
		"a link":             docx(t, para("{{申请人}}"), related("hyperlink", `TargetMode="External"`)),
		"a list of comments": docx(t, para("{{申请人}}"), file{"word/comments.xml", `<w:comments` + names + `/>`}),
		"a folder":           docx(t, para("{{申请人}}"), file{"word/media/", ""}),
	} {
		if _, err := letter.Check(template); err != nil {
			t.Errorf("%s is refused: %v", name, err)
		}
	}
}

// The directory of an archive may say anything about sizes.
func TestASizeThatLies(t *testing.T) {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range []file{{"[Content_Types].xml", types}, {"word/document.xml", strings.Repeat(" ", 9<<20)}} {
		to, err := w.Create(f.name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := to.Write([]byte(f.data)); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	lying := b.Bytes()
	at := bytes.LastIndex(lying, []byte("PK\x01\x02")) // directory entry of the document: size at 24
	copy(lying[at+24:], []byte{10, 0, 0, 0})
	if _, err := letter.Check(lying); err == nil {
		t.Error("taken")
	}
}

func TestAFewBytesCannotBecomeALetterOfGigabytes(t *testing.T) {
	template := docx(t, strings.Repeat(para("{{理由}}"), 2000))
	var bad letter.BadTemplate
	if _, err := letter.Fill(template, map[string]string{"理由": strings.Repeat("长", 5000)}); !errors.As(err, &bad) || bad.Problem != "too_large" {
		t.Errorf("got %v", err)
	}
}

// Whatever a document holds and whatever is put into it, what comes out is XML.
func FuzzFill(f *testing.F) {
	for _, body := range []string{para("{{申请", "人}}"), `<w:p><w:hyperlink><w:r><w:t>{{理由}}</w:t></w:r></w:hyperlink></w:p>`, `<w:tbl><w:tr><w:tc>` + para("a{{理由}}b{{理由}}") + `</w:tc></w:tr></w:tbl>`,
		`<w:p><w:pPr><w:sectPr/></w:pPr><w:r><w:rPr><w:b/></w:rPr><w:t>{{理由}}</w:t><w:br/></w:r></w:p>`, `<w:p><w:r><w:t>{{</w:t><w:t/></w:r><w:r><w:txbxContent>` + para("{{理由}}") + `</w:txbxContent><w:t>理由}}</w:t></w:r></w:p>`} {
		f.Add(body, "一\n<b>&\n\x00三")
	}
	f.Fuzz(func(t *testing.T, body, value string) {
		data, err := letter.Fill(docx(t, body), map[string]string{"理由": value, "申请人": value})
		if err != nil {
			return
		}
		unzip(t, data)
	})
}
