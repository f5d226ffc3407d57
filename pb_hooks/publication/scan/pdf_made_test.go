package scan_test

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"strings"
)

const helvetica = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"

// rawPDF is a PDF of these objects, numbered from 1; the first is the catalogue.
func rawPDF(objects ...string) []byte {
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
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(at)+1, table)
	return b.Bytes()
}

func stream(content, more string) string {
	return fmt.Sprintf("<< /Length %d %s>>\nstream\n%s\nendstream", len(content), more, content)
}

// drawn is a PDF of one page that is drawn so, in one font; more objects are
// numbered from 6.
func drawn(content, font, page string, more ...string) []byte {
	objects := []string{"<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 4 0 R >> /XObject << /X1 6 0 R >> >> /Contents 5 0 R " + page + ">>",
		font, stream(content, "")}
	return rawPDF(append(objects, more...)...)
}

// type0 is a font of two-byte codes without a map to Unicode.
func type0(encoding, ordering string) string {
	return "<< /Type /Font /Subtype /Type0 /BaseFont /STSong /Encoding /" + encoding +
		" /DescendantFonts [<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong /CIDSystemInfo << /Registry (Adobe) /Ordering (" + ordering + ") /Supplement 2 >> >>] >>"
}

// glyphs draws a text letter by letter.
func glyphs(text, move string) string {
	var b strings.Builder
	for i, c := range text {
		fmt.Fprintf(&b, move+" (%c) Tj ", 90+6*i, c)
	}
	return b.String()
}

// xrefStream is a file whose table of objects is a stream with these rows of
// type, offset or stream, and index.
func xrefStream(size string, rows ...[3]int) []byte {
	var data []byte
	for _, r := range rows {
		data = append(data, byte(r[0]))
		data = binary.BigEndian.AppendUint16(data, uint16(r[1]))
		data = append(data, byte(r[2]))
	}
	head := "%PDF-1.7\n"
	return []byte(head + "4 0 obj\n" + stream(string(data), "/Type /XRef /Size "+size+" /W [1 2 1] /Root 5 0 R ") +
		fmt.Sprintf("\nendobj\nstartxref\n%d\n%%%%EOF\n", len(head)))
}
