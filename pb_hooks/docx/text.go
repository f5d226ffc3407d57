package docx

import (
	"encoding/xml"
	"slices"
	"strings"
	"unicode"
)

// Node is an XML element. encoding/xml escapes every text and attribute.
type Node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []Node     `xml:",any"`
}

// Element is an element with its prefix: w:p.
func Element(name string, inside ...Node) Node {
	return Node{XMLName: xml.Name{Local: name}, Nodes: inside}
}

// With adds attributes, given as name, value, name, value.
func (n Node) With(pairs ...string) Node {
	for p := range slices.Chunk(pairs, 2) {
		n.Attrs = append(n.Attrs, xml.Attr{Name: xml.Name{Local: p[0]}, Value: p[1]})
	}
	return n
}

// valued is an element whose one attribute is its value.
func valued(name, value string) Node { return Element(name).With("w:val", value) }

// Clean drops what XML 1.0 forbids and what would turn the line around (bidi
// controls): a document must show what was written in the order it was written.
// Lines are parted by \n.
func Clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\v", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n", "\u0085", "\n").Replace(strings.ToValidUTF8(text, ""))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF, unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}

// Paragraph is one line of text in a style, and what follows it on that line.
func Paragraph(style, text string, more ...Node) Node {
	p := Element("w:p", Element("w:pPr", valued("w:pStyle", style)))
	p.Nodes = append(p.Nodes, Text(text)...)
	p.Nodes = append(p.Nodes, more...)
	return p
}

// Joined keeps a paragraph on one page with the next.
func (n Node) Joined() Node {
	n.Nodes = slices.Clone(n.Nodes)
	n.Nodes[0].Nodes = append(slices.Clone(n.Nodes[0].Nodes), Element("w:keepNext"))
	return n
}

// Boxes of tick lists. Both are three bytes.
const Ticked, Unticked = "☑", "☐"

// boxFont has the boxes, which fonts for Chinese have not.
const boxFont = "Segoe UI Symbol"

// Text is a text in a paragraph, cleaned.
func Text(text string) []Node {
	var runs []Node
	for text = Clean(text); text != ""; {
		end := strings.IndexAny(text, Ticked+Unticked)
		fonts := Element("w:rFonts").With("w:hint", "eastAsia") // for what is in Chinese and Latin fonts alike: “ ”, □
		switch {
		case end == 0:
			end, fonts = len(Ticked), Element("w:rFonts").With("w:ascii", boxFont, "w:eastAsia", boxFont, "w:hAnsi", boxFont, "w:cs", boxFont)
		case end < 0:
			end = len(text)
		}
		t := Element("w:t").With("xml:space", "preserve")
		t.Text = text[:end]
		runs, text = append(runs, Element("w:r", Element("w:rPr", fonts), t)), text[end:]
	}
	return runs
}

// Field is what the word processor counts: PAGE, NUMPAGES.
func Field(instruction string) Node {
	t := Element("w:t")
	t.Text = "1"
	return Element("w:fldSimple", Element("w:r", t)).With("w:instr", instruction)
}

// PageNumber is the footer of an official document (GB/T 9704: — 1 —), in the
// style PageNumber.
func PageNumber() []Node {
	return []Node{Paragraph("PageNumber", "— ", append([]Node{Field("PAGE")}, Text(" —")...)...)}
}
