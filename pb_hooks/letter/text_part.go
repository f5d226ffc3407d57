package letter

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strings"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
)

// Namespaces of WordprocessingML, as almost all write it and as "strict" files do.
const (
	wordNames   = docx.WordNames
	strictNames = "http://purl.oclc.org/ooxml/wordprocessingml/main"
)

// maxDepth bounds how deep elements are nested; tables in text boxes need fifty.
const maxDepth = 200

// textPart is a part that people write text in. The XML is not built again: places
// are byte offsets, and what is not filled in stays byte for byte.
type textPart struct {
	index      int // of the part in the archive
	data       []byte
	paragraphs []*paragraph // in the order in which they end
}

// span is a place in the data.
type span struct{ from, to int }

func (p *textPart) at(s span) string { return string(p.data[s.from:s.to]) }

// paragraph is a w:p. Its text is that of its own runs, not of text boxes in them.
type paragraph struct {
	whole     span
	prefix    string // of names: "w:"
	pieces    []piece
	slots     []foi.Slot // in the text of all pieces
	props     span       // w:pPr, which a paragraph split off gets too
	splitting bool       // it may be cut in two
	dropping  bool       // it may disappear: it is in the body and has nothing but text
}

// piece is a w:t, or something between texts that no placeholder reaches across.
type piece struct {
	text  string
	whole span // of w:t; empty for what is no text
	props span // w:rPr of its run
	plain bool // it stands in a run that stands in the paragraph
}

// element is an open element while reading.
type element struct {
	name      string // local name; "" if it is not WordprocessingML
	from      int
	paragraph *paragraph
	props     span // w:rPr of a run
}

// parse finds paragraphs and placeholders. Errors are BadTemplate and
// foi.BrokenPlaceholder.
func parse(index int, data []byte) (*textPart, error) {
	r := &reading{part: &textPart{index: index, data: data}}
	d := xml.NewDecoder(bytes.NewReader(data))
	for {
		from := int(d.InputOffset())
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return r.part, nil
		}
		if err != nil {
			return nil, errBroken
		}
		switch token := token.(type) {
		case xml.Directive: // no entities, no external parts
			return nil, errBroken
		case xml.StartElement:
			err = r.begin(token.Name, from)
		case xml.CharData:
			r.text(string(token))
		case xml.EndElement:
			err = r.end(span{from, int(d.InputOffset())})
		}
		if err != nil {
			return nil, err
		}
	}
}

// reading is the state of parse.
type reading struct {
	part *textPart
	open []*element
	said *strings.Builder // the w:t being read
}

// above is the element so many levels up; 1 is the innermost.
func (r *reading) above(levels int) *element {
	if len(r.open) < levels {
		return &element{}
	}
	return r.open[len(r.open)-levels]
}

func (r *reading) begin(name xml.Name, from int) error {
	e := &element{from: from, paragraph: r.above(1).paragraph}
	if name.Space == wordNames || name.Space == strictNames {
		e.name = name.Local
	}
	if len(r.open) >= maxDepth {
		return errBroken
	}
	switch e.name {
	case "p":
		e.paragraph = &paragraph{splitting: true, dropping: r.above(1).name == "body", prefix: r.prefix(from)}
	case "t":
		r.said = &strings.Builder{}
	case "ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange":
		return errRevisions
	case "sectPr":
		if e.paragraph != nil { // a section ends here; there must be one paragraph to say so
			e.paragraph.splitting, e.paragraph.dropping = false, false
		}
	}
	r.open = append(r.open, e)
	return nil
}

// prefix is what the names of WordprocessingML begin with at an element.
func (r *reading) prefix(from int) string {
	name := r.part.data[from+1:]
	name = name[:bytes.IndexAny(name, " \t\r\n/>")]
	return string(name[:len(name)-len("p")])
}

func (r *reading) text(text string) {
	if r.said != nil && r.above(1).name == "t" {
		r.said.WriteString(text)
	}
}

// inRun are elements of a run or paragraph that are no content of their own.
var inRun = []string{"t", "rPr", "r", "pPr", "proofErr", "bookmarkStart", "bookmarkEnd", "lastRenderedPageBreak"}

func (r *reading) end(tag span) error {
	e := r.above(1)
	r.open = r.open[:len(r.open)-1]
	whole, run := span{e.from, tag.to}, r.above(1)
	p := e.paragraph
	switch {
	case e.name == "p":
		return r.finish(p, whole)
	case p == nil:
	case e.name == "pPr" && run.name == "p":
		p.props = whole
	case e.name == "rPr" && run.name == "r":
		run.props = whole
	case e.name == "t":
		p.pieces = append(p.pieces, piece{r.said.String(), whole, run.props, run.name == "r" && r.above(2).name == "p"})
		r.said = nil
	case run.name == "r" && !slices.Contains(inRun, e.name):
		p.pieces = append(p.pieces, piece{text: "\n"})
		p.dropping = false
	case run.name == "p" && !slices.Contains(inRun, e.name):
		p.dropping = false
	}
	return nil
}

func (r *reading) finish(p *paragraph, whole span) error {
	p.whole = whole
	var all strings.Builder
	for _, piece := range p.pieces {
		all.WriteString(piece.text)
	}
	slots, err := foi.Slots(all.String())
	if err != nil {
		return err
	}
	p.slots = slots
	if len(slots) > 0 {
		r.part.paragraphs = append(r.part.paragraphs, p)
	}
	return nil
}

// names are the placeholders of the part in their order.
func (p *textPart) names() []string {
	var names []string
	for _, paragraph := range p.paragraphs {
		for _, s := range paragraph.slots {
			names = append(names, s.Name)
		}
	}
	return names
}
