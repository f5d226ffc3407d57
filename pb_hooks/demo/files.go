package demo

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"strings"
	"unicode/utf16"

	"gongkai/pb_hooks/standard"
)

// File is an attachment of a made-up article.
type File struct {
	Name string
	Alt  string // of a picture
	Data []byte
}

// files are a form for the columns that ask for one, and a picture now and then.
func (w *writer) files(title string) []File {
	name := strings.NewReplacer("：", "", "？", "", "（", "", "）", "").Replace(title)
	switch c := w.slot.column; {
	case c.Kind == standard.Attachment && w.IntN(3) == 0:
		return []File{{Name: name + ".pdf", Data: FormPDF(title)}}
	case c.Kind == standard.Attachment:
		return []File{{Name: name + ".docx", Data: FormDocx(title)}}
	case c.Code == "A0309" && w.slot.nth < 2, c.Code == "A0201":
		return []File{{Name: "示意图.png", Alt: w.school.ShortName + w.fill("{地点}的示意图，由程序绘制的色块，不是照片"), Data: w.picture()}}
	}
	return nil
}

// FormPDF and FormDocx are an empty form.
func FormPDF(title string) []byte  { return pdf(formLines(title)) }
func FormDocx(title string) []byte { return docx(formLines(title)) }

func formLines(title string) []string {
	return []string{title, "填表人：", "联系方式：", "申请内容：", "学校意见：", Notice}
}

// picture is a skyline of coloured blocks.
func (w *writer) picture() []byte {
	const width, height = 480, 300
	img := image.NewPaletted(image.Rect(0, 0, width, height), color.Palette{color.RGBA{214, 232, 245, 255}, color.RGBA{46, 94, 140, 255},
		color.RGBA{92, 140, 90, 255}, color.RGBA{196, 98, 60, 255}, color.RGBA{235, 196, 92, 255}})
	for left := 0; left < width; left += 60 {
		top, shade := height/4+w.IntN(height/2), uint8(1+w.IntN(4))
		for y := top; y < height; y++ {
			for x := left; x < left+52; x++ {
				img.SetColorIndex(x, y, shade)
			}
		}
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		panic(err) // a picture of fixed size into memory
	}
	return b.Bytes()
}

// pdf is one page in a Chinese font that readers bring along.
func pdf(lines []string) []byte {
	var page strings.Builder
	page.WriteString("BT /F1 14 Tf 60 780 Td 28 TL\n")
	for _, line := range lines {
		page.WriteByte('<')
		for _, unit := range utf16.Encode([]rune(line)) {
			fmt.Fprintf(&page, "%04X", unit)
		}
		page.WriteString("> Tj T*\n")
	}
	page.WriteString("ET")
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	var offsets []int
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", page.Len(), page.String()),
		"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
		"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 7 0 R >>",
		"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
	} {
		offsets = append(offsets, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(offsets)+1)
	for _, o := range offsets {
		fmt.Fprintf(&b, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(offsets)+1, start)
	return b.Bytes()
}
