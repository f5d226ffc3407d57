package redact_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode/utf16"

	"gongkai/pb_hooks/pdf"
)

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"

// rawPDF is a PDF of these objects, numbered from 1; the first is the catalogue.
func rawPDF(trailer string, objects ...string) []byte {
	var b bytes.Buffer
	b.WriteString("%PDF-1.7\n")
	var at []int
	for i, o := range objects {
		at = append(at, b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(at)+1)
	for _, offset := range at {
		fmt.Fprintf(&b, "%010d 00000 n \n", offset)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, trailer, table)
	return b.Bytes()
}

func stream(content, more string) string {
	return fmt.Sprintf("<< /Length %d %s>>\nstream\n%s\nendstream", len(content), more, content)
}

func packed(content, more string) string {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = io.WriteString(w, content) // a bytes.Buffer takes everything
	_ = w.Close()
	return stream(b.String(), "/Filter /FlateDecode "+more)
}

// drawn is a PDF of one page that is drawn so in a font; more objects are numbered from 6, the first of them can be drawn
// as X1.
func drawn(content, font, page string, more ...string) []byte {
	return rawPDF("", append([]string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Resources << /Font << /F1 4 0 R >> /XObject << /X1 6 0 R >> >> /Contents 5 0 R " + page + ">>",
		font, stream(content, "")}, more...)...)
}

// chinese is a font that the file does not hold.
const chinese = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /UniGB-UTF16-H /DescendantFonts " +
	"[<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>] >>"

// utf16BE is how properties write a text.
func utf16BE(s string) string {
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = binary.BigEndian.AppendUint16(b, u)
	}
	return string(b)
}

// everything is a PDF of five pages in which a secret stands in every place that a file has. Seen, each page has SECRET
// in its upper half and KEPT in its lower half.
func everything() []byte {
	const (
		portrait = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Resources << /Font << /F1 3 0 R >> /XObject << /X1 4 0 R >> >> "
		text     = "BT /F1 20 Tf 50 500 Td (SECRETTEXT) Tj 0 -400 Td (KEPT) Tj ET "
		turned   = "BT /F1 20 Tf 0 1 -1 0 120 50 Tm (SECRETTURNED) Tj ET BT /F1 20 Tf 0 1 -1 0 500 50 Tm (KEPT) Tj ET"
		unseen   = "BT /F1 20 Tf 3 Tr 50 300 Td (SECRETUNSEEN) Tj ET BT 0 Tr /F1 4 Tf 1 1 1 rg 50 200 Td (SECRETWHITE) Tj 0 g ET BT 50 700 Td (SECRETCUTOFF) Tj ET"
	)
	file := rawPDF("/Info 18 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] ",
		"<< /Type /Catalog /Pages 2 0 R /Metadata 17 0 R /AcroForm << /Fields [12 0 R] /DA (/F1 12 Tf) /DR << /Font << /F1 3 0 R >> >> >> "+
			"/Names << /EmbeddedFiles << /Names [(secret.txt) 15 0 R] >> >> /Outlines 19 0 R >>",
		"<< /Type /Pages /Kids [5 0 R 6 0 R 7 0 R 8 0 R 9 0 R] /Count 5 >>", helvetica,
		packed("\x80\x80\x80\x80", "/Type /XObject /Subtype /Image /Width 2 /Height 2 /ColorSpace /DeviceGray /BitsPerComponent 8 "),
		portrait+"/Contents 10 0 R /PieceInfo << /Our << /Private (SECRETPIECE) >> >> >>",
		// a sheet on its side: its left edge is seen as the top
		"<< /Type /Page /Parent 2 0 R /Rotate 90 /MediaBox [0 0 600 400] /Resources << /Font << /F1 3 0 R >> >> /Contents 11 0 R >>",
		portrait+"/Contents 10 0 R /Annots [12 0 R] >>",
		portrait+"/Contents 10 0 R /Annots [13 0 R 14 0 R] >>",
		strings.Replace(portrait, "[0 0 400 600]", "[-100 -100 500 800] /CropBox [0 0 400 600]", 1)+"/Contents [10 0 R 16 0 R] >>",
		packed(text, ""),
		packed(turned, ""),
		"<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (SECRETFIELD) /DA (/F1 12 Tf 0 g) /Rect [50 400 250 430] /P 7 0 R /F 4 >>",
		"<< /Type /Annot /Subtype /Text /Rect [50 400 70 420] /Contents (SECRETNOTE) /T (SECRETAUTHOR) >>",
		"<< /Type /Annot /Subtype /Stamp /Rect [50 420 250 450] /Contents (SECRETSTAMP) /AP << /N 20 0 R >> /F 4 >>",
		"<< /Type /Filespec /F (secret.txt) /EF << /F 21 0 R >> >>",
		packed(unseen, ""),
		stream("<x:xmpmeta xmlns:x='adobe:ns:meta/'><dc:creator>SECRETXMP</dc:creator></x:xmpmeta>", "/Type /Metadata /Subtype /XML "),
		"<< /Title ("+utf16BE("SECRETTITLE")+") /Author (SECRETNAME) >>",
		"<< /Type /Outlines /First 22 0 R /Last 22 0 R /Count 1 >>",
		stream("BT /F1 14 Tf 2 6 Td (SECRETSTAMP) Tj ET", "/Type /XObject /Subtype /Form /BBox [0 0 200 30] /Resources << /Font << /F1 3 0 R >> >> "),
		packed("SECRETFILE", "/Type /EmbeddedFile "),
		"<< /Title (SECRETOUTLINE) /Parent 19 0 R /Dest [5 0 R /Fit] >>")
	// a later version of the first page's text: the earlier one stays in the file
	previous := bytes.LastIndex(file, []byte("startxref\n"))
	var table int
	if _, err := fmt.Sscanf(string(file[previous:]), "startxref\n%d", &table); err != nil {
		panic(err)
	}
	at := len(file)
	file = fmt.Appendf(file, "10 0 obj\n%s\nendobj\n", packed(text+"% SECRETREMARK\n", ""))
	return fmt.Appendf(file, "xref\n10 1\n%010d 00000 n \ntrailer\n<< /Size 23 /Root 1 0 R /Info 18 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n",
		at, table, at+bytes.Index(file[at:], []byte("endobj\n"))+len("endobj\n"))
}

// bare is a file and what its streams hold, unpacked, as often as they are packed.
func bare(file []byte) []byte {
	all := bytes.Clone(file)
	for rest := file; ; {
		_, after, ok := bytes.Cut(rest, []byte("stream\n"))
		if !ok {
			return all
		}
		rest = after
		if r, err := zlib.NewReader(bytes.NewReader(rest)); err == nil {
			data, _ := io.ReadAll(r) // as far as it goes
			all = append(all, data...)
		}
	}
}

// picturesOf is what the pages of a PDF look like.
func picturesOf(t testing.TB, file []byte) []image.Image {
	t.Helper()
	var all []image.Image
	_, err := pdf.Draw(t.Context(), bytes.NewReader(file), int64(len(file)), 1, 200, pdf.Fineness{PerInch: 200}, func(p pdf.Picture) error {
		all = append(all, p.Image)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// readPDF is all that our own reader finds in a file.
func readPDF(t testing.TB, file []byte) (string, pdf.Document) {
	t.Helper()
	leave, err := pdf.Enter(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer leave()
	var all strings.Builder
	doc, err := pdf.Read(context.Background(), bytes.NewReader(file), int64(len(file)), func(p pdf.Page) error {
		for _, l := range p.Lines {
			all.WriteString(strings.Join(l.Cells, " ") + "\n")
		}
		for _, n := range p.Notes {
			all.WriteString(n.Text + "\n")
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	all.WriteString(strings.Join(append(doc.Authors, doc.Texts...), "\n"))
	return all.String(), doc
}

func light(m image.Image, x, y int) int {
	return int(color.GrayModel.Convert(m.At(x, y)).(color.Gray).Y)
}

// photo is a picture with noise, as of a camera: upper half red, lower half blue.
func photo(width, height int) *image.RGBA {
	random := rand.New(rand.NewPCG(1, 2))
	m := image.NewRGBA(image.Rect(0, 0, width, height))
	for y := range height {
		for x := range width {
			n := uint8(random.IntN(40))
			c := color.RGBA{R: 200 + n, G: n, B: n, A: 255}
			if y >= height/2 {
				c = color.RGBA{R: n, G: n, B: 200 + n, A: 255}
			}
			m.SetRGBA(x, y, c)
		}
	}
	return m
}

func asJPEG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 92}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asPNG(t testing.TB, m image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withEXIF puts an orientation, a place and a small picture of the whole into a JPEG.
func withEXIF(photo, thumbnail []byte, orientation uint16) []byte {
	const place = "SECRETGPS 31.1128N 121.3817E"
	order := binary.BigEndian
	b := []byte("MM\x00\x2A\x00\x00\x00\x08")
	entry := func(tag, kind uint16, n, value uint32) {
		b = order.AppendUint32(order.AppendUint32(order.AppendUint16(order.AppendUint16(b, tag), kind), n), value)
	}
	b = order.AppendUint16(b, 2)
	entry(0x0112, 3, 1, uint32(orientation)<<16)
	entry(0x8825, 4, 1, 68) // the place
	b = order.AppendUint32(b, 38)
	b = order.AppendUint16(b, 2) // at 38: the small picture
	entry(0x0201, 4, 1, 86+uint32(len(place)))
	entry(0x0202, 4, 1, uint32(len(thumbnail)))
	b = order.AppendUint32(b, 0)
	b = order.AppendUint16(b, 1) // at 68
	entry(0x001D, 2, uint32(len(place)), 86)
	b = append(append(order.AppendUint32(b, 0), place...), thumbnail...)
	segment := append([]byte("Exif\x00\x00"), b...)
	app1 := append(order.AppendUint16([]byte{0xFF, 0xE1}, uint16(len(segment)+2)), segment...)
	return bytes.Join([][]byte{photo[:2], app1, photo[2:]}, nil)
}

// withText puts a remark into a PNG.
func withText(picture []byte, text string) []byte {
	chunk := append([]byte("tEXtComment\x00"), text...)
	b := append(binary.BigEndian.AppendUint32(nil, uint32(len(chunk)-4)), chunk...)
	b = binary.BigEndian.AppendUint32(b, crc32.ChecksumIEEE(chunk))
	return bytes.Join([][]byte{picture[:33], b, picture[33:]}, nil)
}
