package attachment

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

// coded is what every error for people can do.
type coded interface {
	error
	Code() string
	Params() map[string]any
}

// archive makes a zip of files given as name, content, name, content …
func archive(t testing.TB, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for i := 0; i < len(files); i += 2 {
		w, err := z.Create(files[i])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(w, files[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// ole makes a compound file with a directory of these names, padded to many directory sectors.
func ole(padding int, names ...string) []byte {
	names = append([]string{"Root Entry"}, append(slices.Repeat([]string{"x"}, padding), names...)...)
	sectors := (len(names) + 3) / 4
	b := make([]byte, 512*(2+sectors))
	copy(b, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
	binary.LittleEndian.PutUint16(b[30:], 9)  // sectors of 512 bytes
	binary.LittleEndian.PutUint32(b[48:], 1)  // the directory begins in sector 1
	binary.LittleEndian.PutUint32(b[76:], 0)  // the allocation table is sector 0
	table, directory := b[512:1024], b[1024:] // sector 0, sectors 1 …
	for i := range sectors {
		next := uint32(i + 2)
		if i == sectors-1 {
			next = 0xFFFFFFFE
		}
		binary.LittleEndian.PutUint32(table[4*(i+1):], next)
	}
	for i, name := range names {
		units := utf16.Encode([]rune(name + "\x00"))
		for j, u := range units {
			binary.LittleEndian.PutUint16(directory[128*i+2*j:], u)
		}
		binary.LittleEndian.PutUint16(directory[128*i+64:], uint16(2*len(units)))
		directory[128*i+66] = 2
	}
	return b
}

const types = `<Types><Override ContentType="application/vnd.openxmlformats-officedocument.main+xml"/></Types>`

func TestIdentify(t *testing.T) {
	var (
		pdf   = []byte("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj")
		docx  = archive(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", "xl/embedded.xml", "")
		xlsx  = archive(t, "[Content_Types].xml", types, "xl/workbook.xml", "<w/>")
		pptx  = archive(t, "[Content_Types].xml", types, "ppt/presentation.xml", "<w/>")
		macro = archive(t, "[Content_Types].xml", types, "word/document.xml", "<w/>", "word/vbaProject.bin", "x")
		docm  = archive(t, "[Content_Types].xml", `<Types ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>`, "word/document.xml", "")
		ofd   = archive(t, "OFD.xml", "<ofd/>", "Doc_0/Document.xml", "")
		plain = archive(t, "通知.txt", "x")
		pic   = encodePNG(t, image.NewNRGBA(image.Rect(0, 0, 2, 2)))
		jpg   = encodeJPEG(t, image.NewNRGBA(image.Rect(0, 0, 2, 2)))
		exe   = append([]byte("MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff"), make([]byte, 200)...)
		svg   = []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`)
		page  = []byte("<!DOCTYPE html><html><body><table><tr><td>1</td></tr></table></body></html>")
	)
	const forbidden, mismatch = "attachment_type_forbidden", "attachment_type_mismatch"
	for _, tt := range []struct {
		name, file string
		data       []byte
		want       string // the extension, or the code and part of the sentence
	}{
		{"a PDF is a PDF", "招生简章.pdf", pdf, "pdf"},
		{"the case of the extension does not matter", "招生简章.PDF", pdf, "pdf"},
		{"a Word document is known by its parts", "a.docx", docx, "docx"},
		{"an Excel table is known by its parts", "a.xlsx", xlsx, "xlsx"},
		{"a PowerPoint presentation is known by its parts", "a.pptx", pptx, "pptx"},
		{"an OFD document is a zip with OFD.xml", "a.ofd", ofd, "ofd"},
		{"a zip is a zip", "a.zip", plain, "zip"},
		{"an empty zip is a zip", "a.zip", archive(t), "zip"},
		{"an old Word document is known by its directory", "a.doc", ole(0, "WordDocument", "1Table"), "doc"},
		{"an old Excel table is known by its directory", "a.xls", ole(0, "Workbook"), "xls"},
		{"a very old Excel table is, too", "a.xls", ole(0, "Book"), "xls"},
		{"an old presentation is known by its directory", "a.ppt", ole(0, "PowerPoint Document"), "ppt"},
		{"a directory over many sectors is read to its end", "a.doc", ole(100, "WordDocument"), "doc"},
		{"a PNG is an image", "a.png", pic, "png"},
		{"a JPEG is an image", "a.jpg", jpg, "jpg"},
		{"jpeg is another word for jpg", "a.jpeg", jpg, "jpg"},

		{"a PNG named PDF is a mismatch", "a.pdf", pic, mismatch + " 文件名是 .pdf，内容却是 PNG 图片，请检查文件"},
		{"a JPEG named PNG is a mismatch", "a.png", jpg, mismatch + " JPEG 图片"},
		{"a Word document named Excel is a mismatch", "a.xlsx", docx, mismatch + " Word 文档（.docx）"},
		{"a new Word document named old is a mismatch", "a.doc", docx, mismatch + " Word 文档（.docx）"},
		{"a Word document named zip is a mismatch", "a.zip", docx, mismatch + " Word 文档（.docx）"},
		{"a zip named Word is a mismatch", "a.docx", plain, mismatch + " ZIP 压缩包"},
		{"a web page named Excel, as old systems export it, is a mismatch", "a.xls", page, mismatch + " 网页"},
		{"a web page named PDF is a mismatch", "a.pdf", page, mismatch + " 网页"},
		{"an SVG named PNG is a mismatch", "a.png", svg, mismatch + " SVG 图片"},
		{"a program named PDF is a mismatch", "a.pdf", exe, mismatch + " 可执行程序"},
		{"a GIF named JPEG is a mismatch", "a.jpg", []byte("GIF89a\x01\x00\x01\x00\x00\x00\x00;"), mismatch + " GIF 图片"},
		{"an RTF named Word is a mismatch", "a.doc", []byte(`{\rtf1\ansi x}`), mismatch + " RTF 文档"},
		{"a text named PDF is a mismatch", "a.pdf", []byte("今天放假"), mismatch + " 纯文本"},
		{"noise named PDF is a mismatch", "a.pdf", []byte("\x00\x01\x02\x9f"), mismatch + " 无法识别的文件"},
		{"a PDF after other bytes is no PDF", "a.pdf", append([]byte("MZ"), pdf...), mismatch},
		{"a program with a zip behind it is no zip", "a.zip", append(exe, plain...), mismatch + " 可执行程序"},
		{"a broken zip is a mismatch", "a.docx", docx[:len(docx)/2], mismatch + " 损坏的压缩文件"},
		{"a broken compound file is a mismatch", "a.doc", ole(0, "WordDocument")[:600], mismatch + " 损坏的 Office 文档"},
		{"a compound file of another program is a mismatch", "a.doc", ole(0, "Contents"), mismatch + " 其他程序的文档"},

		{"a program is forbidden", "a.exe", exe, forbidden + " 不能上传 .exe 文件"},
		{"an SVG is forbidden", "a.svg", svg, forbidden + " .svg"},
		{"a web page is forbidden", "a.html", page, forbidden + " .html"},
		{"a GIF is forbidden", "a.gif", []byte("GIF89a"), forbidden + " .gif"},
		{"a document with macros is forbidden by name", "a.docm", docm, forbidden + " .docm"},
		{"a document with macros is forbidden by content", "a.docx", macro, forbidden + " 宏"},
		{"a document that declares macros is forbidden", "a.docx", docm, forbidden + " 宏"},
		{"an old document with macros is forbidden", "a.xls", ole(0, "Workbook", "_VBA_PROJECT_CUR", "VBA"), forbidden + " 宏"},
		{"an encrypted document is forbidden, nobody could read it", "a.docx", ole(0, "EncryptionInfo", "EncryptedPackage"), forbidden + " 密码"},
		{"a file without an extension is forbidden", "通知", pdf, forbidden + " 没有扩展名"},
		{"a disguised extension is seen", "a\u202efdp.exe", pdf, forbidden + " .exe"},
		{"a path does not make an extension", "a.pdf/b", pdf, forbidden},
		{"an empty file is refused as empty", "a.pdf", nil, "attachment_empty 空的"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := bytes.NewReader(tt.data)
			kind, err := Identify(tt.file, r, int64(len(tt.data)))
			if rest, _ := io.ReadAll(r); err == nil && len(rest) != len(tt.data) {
				t.Errorf("the reader is not at its beginning: %d of %d bytes left", len(rest), len(tt.data))
			}
			got := kind.Ext
			if err != nil {
				got = describe(t, err)
			}
			code, part, _ := strings.Cut(tt.want, " ")
			if gotCode, _, _ := strings.Cut(got, " "); gotCode != code || !strings.Contains(got, part) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func describe(t testing.TB, err error) string {
	t.Helper()
	var c coded
	if !errors.As(err, &c) {
		t.Fatalf("%v (%T) is not for people", err, err)
	}
	if c.Params() == nil {
		t.Errorf("%s has no parameters", c.Code())
	}
	return c.Code() + " " + c.Error()
}

func TestIdentifySize(t *testing.T) {
	for _, tt := range []struct {
		name string
		size int64 // announced
		data []byte
	}{
		{"a file over the limit is refused whatever was announced", 1, append([]byte("%PDF-"), make([]byte, MaxSize)...)},
		{"a file announced over the limit is refused", MaxSize + 1, []byte("%PDF-")},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, err := Identify("a.pdf", bytes.NewReader(tt.data), tt.size)
			if got := describe(t, err); !strings.HasPrefix(got, "attachment_too_large") || !strings.Contains(got, "不能超过 20 MB") {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestKinds(t *testing.T) {
	want := []string{"doc", "docx", "jpeg", "jpg", "ofd", "pdf", "png", "ppt", "pptx", "xls", "xlsx", "zip"}
	if got := slices.Sorted(maps.Keys(kinds)); !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	for ext, kind := range kinds {
		if kind.Image != strings.HasPrefix(kind.MIME, "image/") || kind.Label == "" {
			t.Errorf("%s: %+v", ext, kind)
		}
	}
}

func FuzzIdentify(f *testing.F) {
	f.Add("a.doc", ole(9, "WordDocument"))
	f.Add("a.docx", archive(f, "[Content_Types].xml", types, "word/document.xml", ""))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		kind, err := Identify(name, bytes.NewReader(data), int64(len(data)))
		if err != nil {
			describe(t, err)
			return
		}
		if s := fmt.Sprint(kind); kind.Ext == "" || s == "" {
			t.Errorf("%q is %v", name, kind)
		}
	})
}
