package scan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// wordText reads the paragraphs and tables of one part of a Word file, or of a
// slide: both name them alike.
type wordText struct {
	f               *reader
	looks           *wordLooks // nil for a slide
	part            string
	numbered        bool // places say which paragraph
	said, paragraph int
	changed, hidden bool
	white           bool // text in white on white
	hiddenSlide     bool
	isNotes         bool

	paragraphs []wordParagraph // those that are open: a text box stands inside one
	tables     []*wordTable
	inText     bool
	old        int // depth of elements that say how it was before
	box        int // depth of text boxes, which have colours of their own
	colored    bool
	props      []string // rPr, pPr, tcPr that are open
	run        wordRun
}

type wordParagraph struct {
	text   []byte
	shaded bool
	style  string
}

type wordRun struct{ hidden, white, shaded bool }

type wordTable struct {
	number, row int
	styled      bool
	shaded      bool // the cell
	cells       []Cell
	cell        []byte
	total       int
	before      int // paragraphs that were open before it
}

func (w *wordText) read(e *zip.File) error {
	w.f.seen[e] = true
	if err := w.f.tokens(e, w.start, w.chars, w.end); err != nil {
		return err
	}
	for len(w.paragraphs) > 0 { // text outside a paragraph
		if err := w.endParagraph(); err != nil {
			return err
		}
	}
	return nil
}

func (w *wordText) chars(b []byte) (err error) {
	if !w.inText {
		return nil
	}
	p := w.open()
	if len(bytes.TrimSpace(b)) > 0 {
		w.look(p)
	}
	p.text, err = grow(p.text, b)
	return err
}

// open is the paragraph that text belongs to.
func (w *wordText) open() *wordParagraph {
	if len(w.paragraphs) == 0 {
		w.paragraphs = append(w.paragraphs, wordParagraph{})
	}
	return &w.paragraphs[len(w.paragraphs)-1]
}

// look notes how the text that comes is seen.
func (w *wordText) look(p *wordParagraph) {
	if w.looks == nil {
		return
	}
	w.hidden = w.hidden || w.run.hidden || w.looks.hidden[p.style]
	dark := w.colored || w.box > 0 || w.run.shaded || p.shaded
	if t := w.table(); t != nil && (t.styled || t.shaded) {
		dark = true
	}
	w.white = w.white || !dark && (w.run.white || w.looks.white[p.style])
}

func (w *wordText) space() (err error) {
	p := w.open()
	p.text, err = grow(p.text, []byte(" "))
	return err
}

func (w *wordText) start(t *tag) error {
	switch t.name {
	case "t", "delText", "instrText", "delInstrText":
		w.inText = w.old == 0
	case "text": // a comment on a slide
		w.inText = w.looks == nil
	case "p":
		if len(w.paragraphs) < cap(w.paragraphs) { // use its memory again
			w.paragraphs = w.paragraphs[:len(w.paragraphs)+1]
			p := w.open()
			*p = wordParagraph{text: p.text[:0]}
		} else {
			w.paragraphs = append(w.paragraphs, wordParagraph{})
		}
	case "r":
		w.run = wordRun{}
	case "tab", "br", "cr", "ptab":
		if len(w.props) == 0 {
			return w.space()
		}
	case "noBreakHyphen":
		p := w.open()
		p.text = append(p.text, '-')
	case "del", "ins", "moveFrom", "moveTo", "cellIns", "cellDel", "cellMerge", "numberingChange":
		w.changed = w.changed || w.looks != nil
	case "altChunk", "subDoc":
		w.f.add(Embedded, Block, w.f.name, "文件中嵌入了其他文件或链接，请删除嵌入对象后重新上传")
	case "txbxContent":
		w.box++
	case "background":
		w.colored = w.looks != nil && !isWhite(&tag{attrs: []attr{{[]byte("val"), t.raw("color")}}})
	case "sld":
		w.hiddenSlide = string(t.raw("show")) == "0" || string(t.raw("show")) == "false"
	case "tbl", "tr", "tc":
		return w.startTable(t.name)
	case "docPr", "cNvPr":
		for _, name := range []string{"descr", "title"} {
			if said := strings.TrimSpace(t.get(name)); said != "" {
				if err := w.f.say(w.part+"图片说明", said); err != nil {
					return err
				}
			}
		}
	default:
		w.property(t)
	}
	return nil
}

// property keeps what decides whether text is seen.
func (w *wordText) property(t *tag) {
	if strings.HasSuffix(t.name, "PrChange") || t.name == "tblGridChange" {
		w.changed = w.changed || w.looks != nil
		w.old++
		return
	}
	switch t.name {
	case "rPr", "pPr", "tcPr", "tblPr":
		w.props = append(w.props, t.name)
		return
	}
	if w.looks == nil || w.old > 0 || len(w.props) == 0 {
		return
	}
	of := w.props[len(w.props)-1]
	marksOnly := of == "rPr" && len(w.props) > 1 // the paragraph's mark
	switch {
	case marksOnly:
	case t.name == "vanish":
		w.run.hidden = isShown(t)
	case t.name == "color":
		w.run.white = isWhite(t)
	case t.name == "sz":
		if n, err := strconv.Atoi(t.get("val")); err == nil && n <= 4 {
			w.run.white = true
		}
	case t.name == "rStyle":
		style := t.get("val")
		w.run.hidden, w.run.white = w.run.hidden || w.looks.hidden[style], w.run.white || w.looks.white[style]
	case t.name == "pStyle":
		w.open().style = t.get("val")
	case t.name == "tblStyle":
		if table := w.table(); table != nil {
			table.styled = true
		}
	case t.name == "highlight":
		w.run.shaded = t.get("val") != "white"
	case t.name == "shd" && isShaded(t):
		table := w.table()
		switch {
		case of == "rPr":
			w.run.shaded = true
		case of == "pPr":
			w.open().shaded = true
		case table != nil && of == "tcPr":
			table.shaded = true
		case table != nil:
			table.styled = true
		}
	}
}

func (w *wordText) table() *wordTable {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

func (w *wordText) startTable(name string) error {
	if name == "tbl" {
		w.tables = append(w.tables, &wordTable{number: w.f.nextTable(), before: len(w.paragraphs)})
		return nil
	}
	t := w.table()
	switch {
	case t == nil:
	case name == "tr":
		if t.row++; t.row > maxRows {
			return errTooMuch
		}
		t.cells, t.total = t.cells[:0], 0
	case len(t.cells) >= maxCells:
		return errTooMuch
	default:
		t.cell, t.shaded = t.cell[:0], false
	}
	return nil
}

func (w *wordText) end(name string) error {
	switch name {
	case "t", "delText", "instrText", "delInstrText":
		w.inText = false
	case "text":
		if w.inText {
			w.inText = false
			return w.endParagraph()
		}
	case "p":
		return w.endParagraph()
	case "txbxContent":
		w.box--
	case "rPr", "pPr", "tcPr", "tblPr":
		if len(w.props) > 0 {
			w.props = w.props[:len(w.props)-1]
		}
	case "tc", "tr", "tbl":
		return w.endTable(name)
	default:
		if strings.HasSuffix(name, "PrChange") || name == "tblGridChange" {
			w.old--
		}
	}
	return nil
}

func (w *wordText) endParagraph() (err error) {
	p := w.open()
	text := bytes.TrimSpace(p.text)
	depth := len(w.paragraphs) - 1
	w.paragraphs = w.paragraphs[:depth]
	w.paragraph++
	w.run = wordRun{}
	if len(text) == 0 || w.isNotes && len(text) < 4 { // the page number
		return nil
	}
	w.said++
	if t := w.table(); t != nil && depth <= t.before {
		if t.cell, err = grow(t.cell, text); err == nil {
			t.cell, err = grow(t.cell, []byte(" "))
		}
		return err
	}
	place := w.part
	if w.numbered {
		place = fmt.Sprintf("%s第%d段", w.part, w.paragraph)
	}
	return w.f.say(place, string(text))
}

func (w *wordText) endTable(name string) error {
	t := w.table()
	switch {
	case t == nil:
	case name == "tc":
		place := fmt.Sprintf("%s：%s表格%d第%d行第%d列", w.f.name, w.part, t.number, t.row, len(t.cells)+1)
		if t.total += len(t.cell); t.total > maxCellText {
			return errTooMuch
		}
		t.cells = append(t.cells, Cell{place, strings.TrimSpace(string(t.cell))})
		t.cell = t.cell[:0]
	case name == "tr":
		if len(t.cells) > 0 {
			return w.f.tell(Content{Cells: t.cells, Table: t.number})
		}
	default:
		w.tables = w.tables[:len(w.tables)-1]
	}
	return nil
}
