package scan_test

import (
	"archive/zip"
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"io"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

// shot is a JPEG with pixels, EXIF with a place, a comment, and another picture
// behind it.
func shot(t testing.TB) []byte {
	t.Helper()
	m := image.NewRGBA(image.Rect(0, 0, 32, 16))
	for i := range 32 {
		m.Set(i, i/2, color.RGBA{uint8(i * 8), 200, 30, 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, nil); err != nil {
		t.Fatal(err)
	}
	head := photo(true)
	out := append(head[:len(head)-2:len(head)-2], "\xff\xfe\x00\x09Zhang\x00\x00"...)
	return append(append(out, b.Bytes()[2:]...), photo(true)...)
}

// TestCleanTakesAllThatItOffers: what is marked as cleanable is gone after
// cleaning, nothing else is, and the file stays whole.
func TestCleanTakesAllThatItOffers(t *testing.T) {
	note := `<xml xmlns:v="x"><v:shape id="1"><x:ClientData ObjectType="Note"/></v:shape><v:shape id="2"><x:ClientData ObjectType="Button"/></v:shape></xml>`
	plain := grid([][]string{{"项目", "金额"}}, nil)
	for name, data := range map[string][]byte{
		"a.docx": docx(t, `<w:p><w:commentRangeStart w:id="0"></w:commentRangeStart><w:r><w:t>家长会</w:t></w:r><w:r><w:commentReference w:id="0"/></w:r></w:p>`, core("张小明"),
			part{"docProps/custom.xml", `<Properties><property name="x"><vt:lpwstr>张小明</vt:lpwstr></property></Properties>`}, part{"docProps/app.xml", `<Properties><Company>某校</Company></Properties>`},
			part{"word/people.xml", wordPeople}, part{"word/comments.xml", wordXML("comments", `<w:comment w:author="张小明">`+para("改")+`</w:comment>`)}, part{"word/commentsExtended.xml", `<w15:commentsEx/>`},
			part{"word/media/image1.jpeg", string(shot(t))}, part{"word/media/image2.png", string(png("eXIf", placeTag))}),
		"a.xlsx": book(t, [][3]string{{"表", "", plain}}, core("张小明"), part{"xl/comments1.xml", `<comments><authors><author>张小明</author></authors><comment ref="A1"><text><t>改</t></text></comment></comments>`},
			part{"xl/threadedComments/threadedComment1.xml", `<ThreadedComments><threadedComment ref="A1"><text>改</text></threadedComment></ThreadedComments>`},
			part{"xl/persons/person.xml", `<personList><person displayName="张小明"/></personList>`}, part{"xl/drawings/vmlDrawing1.vml", note}, part{"xl/media/image1.jpg", string(shot(t))}),
		"a.pptx": deck(t, []string{slide("", "一")}, core("张小明"), part{"ppt/comments/comment1.xml", `<p:cmLst><p:cm><p:text>改</p:text></p:cm></p:cmLst>`},
			part{"ppt/comments/modernComment_2.xml", `<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"><p188:cm><a:p><a:t>改</a:t></a:p></p188:cm></p188:cmLst>`},
			part{"ppt/commentAuthors.xml", `<p:cmAuthorLst><p:cmAuthor name="张小明"/></p:cmAuthorLst>`}, part{"ppt/media/image1.jpg", string(shot(t))}),
	} {
		before := scanned(t, name, data)
		for _, f := range before {
			if !f.CanClean {
				t.Errorf("%s: %+v is not offered", name, f)
			}
		}
		cleaned, removed, err := scan.Clean(name[2:], bytes.NewReader(data), int64(len(data)))
		if err != nil || len(removed) != 3 {
			t.Fatalf("%s: removed %v, %v", name, removed, err)
		}
		if after := scanned(t, name, cleaned); len(after) > 0 {
			t.Errorf("%s after: %+v", name, after)
		}
		if textOf(t, name, cleaned) != textOf(t, name, data) {
			t.Errorf("%s reads otherwise", name)
		}
		for entry, text := range whole(t, cleaned) {
			if strings.Contains(text, "张") || strings.Contains(text, "Zhang") || strings.Contains(text, "改") {
				t.Errorf("%s: %s still says it", name, entry)
			}
			if strings.HasSuffix(entry, ".vml") && (strings.Contains(text, "Note") || !strings.Contains(text, "Button")) {
				t.Errorf("%s: %s", entry, text)
			}
			if strings.Contains(entry, "image1") {
				if m, _, err := image.Decode(strings.NewReader(text)); err != nil || m.Bounds().Dx() != 32 {
					t.Errorf("%s: %s is no picture any more: %v", name, entry, err)
				}
			}
		}
		if n := len(whole(t, data)); n != len(whole(t, cleaned)) {
			t.Errorf("%s: of %d parts %d are left", name, n, len(whole(t, cleaned)))
		}
	}
}

// TestWhatCannotBeCleanedIsNotOffered: a picture of another kind, a broken one,
// the author of a PDF, and anything inside an archive.
func TestWhatCannotBeCleanedIsNotOffered(t *testing.T) {
	for _, tt := range []struct {
		name, file string
		data       []byte
	}{
		{"a TIFF", "a.docx", docx(t, para("正文"), part{"word/media/image1.tif", string(exif(placeTag))})},
		{"a broken JPEG", "a.docx", docx(t, para("正文"), part{"word/media/image1.jpg", string(photo(true)[:36])})},
		{"a PDF", "a.pdf", pdfFile([]string{"正文在此"}, "", "Zhang")},
		{"in an archive", "a.zip", packed(t, part{"a.docx", string(docx(t, para("正文"), core("张小明")))})},
		{"an OFD", "a.ofd", packed(t, part{"OFD.xml", "<OFD/>"}, part{"Doc_0/Res/a.jpg", string(shot(t))})},
	} {
		found := scanned(t, tt.file, tt.data)
		if len(found) == 0 {
			t.Errorf("%s: nothing is found", tt.name)
		}
		for _, f := range found {
			if f.CanClean {
				t.Errorf("%s: %+v is offered", tt.name, f)
			}
		}
	}
}

// TestCleanKeepsHowAPictureIsTurned: the rest of EXIF goes.
func TestCleanKeepsHowAPictureIsTurned(t *testing.T) {
	turned := shot(t)
	at := bytes.Index(turned, []byte("II*\x00"))
	copy(turned[at+10:], "\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00")
	copy(turned[at+4:], "\x08\x00\x00\x00\x01\x00")
	data := docx(t, para("正文"), part{"word/media/image1.jpg", string(append(turned, photo(true)...))})
	cleaned, _, err := scan.Clean("docx", bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	text := whole(t, cleaned)["word/media/image1.jpg"]
	if !strings.Contains(text, "\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00") || strings.Count(text, "Exif") != 1 {
		t.Errorf("%q", text[:min(80, len(text))])
	}
	if found := scanned(t, "a.docx", cleaned); len(found) > 0 {
		t.Errorf("left: %+v", found)
	}
}

// whole are the parts of a zip.
func whole(t testing.TB, data []byte) map[string]string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		parts[e.Name] = string(text)
	}
	return parts
}
