package scan

import (
	"archive/zip"
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// padded is up to which column a cell left out keeps its place, so that what
// stands under a heading is known by it.
const padded = 1024

// sheetRows reads one sheet row by row. Only one row is held.
type sheetRows struct {
	f      *reader
	sheet  sheet
	shared *stringTable
	table  int
	place  string // of the sheet

	hiddenColumns [maxCells + 1]bool
	hidesColumns  bool
	columns       int
	hiddenRow     bool
	hidesRows     bool // rows without a height of their own
	dataHidden    bool // a hidden row or column holds something
	maybeHidden   bool
	holds         bool

	row, rows int
	left      int // the column that rows begin at
	column    int // of the last cell
	read      int // cells of the row
	cells     []Cell
	spans     []span
	texts     []byte // of the row: cells are cut from it
	places    []byte

	in    string // the element whose text is kept
	kind  byte
	ref   []byte
	value []byte
	note  []byte // formulas, headers and footers
}

// span is where the text and the place of a cell are: shared is its text where
// it is a shared string.
type span struct {
	text, place [2]int
	shared      string
}

func (f *reader) sheet(s sheet, shared *stringTable) error {
	f.seen[s.file] = true
	r := &sheetRows{f: f, sheet: s, shared: shared, table: f.nextTable(), left: -1}
	r.place = f.name + "：" + placeName(s.name, "工作表")
	if err := f.tokens(s.file, r.start, r.text, r.end); err != nil {
		return err
	}
	if s.hidden && r.holds {
		f.add(HiddenSheet, Block, r.place, "有隐藏的工作表，请取消隐藏，确认后删除再上传")
	}
	switch {
	case r.dataHidden:
		f.add(HiddenRows, Block, r.place, "有隐藏或筛选掉的行、列，请取消隐藏和筛选，删除不公开的内容后再上传")
	case r.maybeHidden:
		f.add(HiddenRows, Warn, r.place, "工作表的行默认是隐藏的，请取消隐藏并核对内容")
	}
	return nil
}

// nothing is a height or width that shows nothing.
func nothing(value []byte) bool {
	if len(value) == 0 {
		return false
	}
	n, err := strconv.ParseFloat(string(value), 64)
	return err == nil && n < 0.5
}

func (r *sheetRows) start(t *tag) error {
	switch t.name {
	case "c":
		r.ref = append(r.ref[:0], t.raw("r")...)
		r.kind, r.value = 'n', r.value[:0]
		if kind := t.raw("t"); len(kind) > 0 {
			r.kind = kind[0]
			if string(kind) == "str" {
				r.kind = 'f'
			}
		}
		if r.read++; r.read > maxCells {
			return errTooMuch
		}
	case "v", "t":
		r.in = "v"
	case "row":
		return r.startRow(t)
	case "col":
		return r.startColumn(t)
	case "sheetFormatPr":
		r.hidesRows = t.is("zeroHeight") || nothing(t.raw("defaultRowHeight"))
		if nothing(t.raw("defaultColWidth")) {
			r.hidesColumns = true
			for i := range r.hiddenColumns {
				r.hiddenColumns[i] = true
			}
		}
	case "f", "formula", "formula1", "formula2", "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		r.in, r.note = t.name, r.note[:0]
	default:
		r.in = ""
		for _, name := range []string{"prompt", "promptTitle", "error", "errorTitle", "tooltip", "display", "location"} {
			if said := t.raw(name); len(said) > 0 && (t.name == "dataValidation" || t.name == "hyperlink") {
				if err := r.say("提示", string(said)); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (r *sheetRows) startRow(t *tag) error {
	r.row++
	if n, err := strconv.Atoi(t.get("r")); err == nil {
		r.row = n
	}
	if r.rows++; r.rows > maxRows {
		return errTooMuch
	}
	r.hiddenRow = t.is("hidden") || nothing(t.raw("ht"))
	r.cells, r.spans, r.texts, r.places = r.cells[:0], r.spans[:0], r.texts[:0], r.places[:0]
	r.column, r.read = 0, 0
	return nil
}

func (r *sheetRows) startColumn(t *tag) error {
	from, _ := strconv.Atoi(t.get("min"))
	to, _ := strconv.Atoi(t.get("max"))
	if from < 1 || to > maxCells {
		return zip.ErrFormat
	}
	if r.columns++; r.columns > maxCells {
		return errTooMuch
	}
	hidden := t.is("hidden") || nothing(t.raw("width"))
	r.hidesColumns = r.hidesColumns || hidden
	for i := from; i <= to; i++ {
		r.hiddenColumns[i] = hidden
	}
	return nil
}

func (r *sheetRows) text(b []byte) (err error) {
	switch r.in {
	case "":
	case "v":
		r.value, err = grow(r.value, b)
	default:
		r.note, err = grow(r.note, b)
	}
	return err
}

var headerCode = regexp.MustCompile(`&(?:"[^"]*"|K[0-9A-F]{6}|\d{1,3}|.)`)

func (r *sheetRows) end(name string) error {
	switch name {
	case "v", "t":
		r.in = ""
	case "c":
		return r.endCell()
	case "row":
		return r.endRow()
	case "f", "formula", "formula1", "formula2":
		r.in = ""
		if bytes.IndexByte(r.note, '"') >= 0 { // it holds words of its own
			return r.say("公式", string(r.note))
		}
	case "oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter":
		r.in = ""
		return r.say("页眉页脚", headerCode.ReplaceAllString(string(r.note), " "))
	}
	return nil
}

func (r *sheetRows) say(place, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return r.f.tell(Content{Cells: []Cell{{r.place + "!" + place, text}}})
}

// endCell keeps a cell at its column.
func (r *sheetRows) endCell() error {
	s := span{}
	blank := false
	if r.kind == 's' {
		i, err := strconv.Atoi(string(r.value))
		text, ok := r.shared.use(i)
		if err != nil || !ok {
			return zip.ErrFormat
		}
		s.shared = text
		blank = strings.TrimSpace(s.shared) == ""
	} else {
		blank = len(bytes.TrimSpace(r.value)) == 0
	}
	column := columnOf(r.ref)
	if column > maxCells {
		return errTooMuch
	}
	if column <= r.column {
		column = r.column + 1
	}
	r.column = column
	if blank {
		return nil
	}
	if len(r.texts)+len(r.value) > maxCellText {
		return errTooMuch
	}
	r.holds = true
	hidden := r.hiddenRow || r.hidesColumns && column <= maxCells && r.hiddenColumns[column]
	r.dataHidden = r.dataHidden || hidden
	r.maybeHidden = r.maybeHidden || r.hidesRows
	if r.left < 0 || column < r.left {
		r.left = column
	}
	for len(r.spans) < min(column-r.left, padded) {
		r.spans = append(r.spans, span{})
	}
	if s.shared == "" {
		s.text[0] = len(r.texts)
		r.texts = append(r.texts, r.value...)
		s.text[1] = len(r.texts)
	}
	s.place[0] = len(r.places)
	r.places = append(append(append(r.places, r.place...), '!'), r.ref...)
	if hidden || r.sheet.hidden {
		r.places = append(r.places, "（隐藏）"...)
	}
	s.place[1] = len(r.places)
	r.spans = append(r.spans, s)
	return nil
}

// endRow hands the row on: all its texts are one string, all its places another.
func (r *sheetRows) endRow() error {
	if len(r.spans) == 0 {
		return nil
	}
	texts, places := string(r.texts), string(r.places)
	for _, s := range r.spans {
		text := s.shared
		if text == "" {
			text = texts[s.text[0]:s.text[1]]
		}
		r.cells = append(r.cells, Cell{places[s.place[0]:s.place[1]], text})
	}
	return r.f.tell(Content{Cells: r.cells, Table: r.table})
}

// columnOf is the number of a column: 1 for "A7", 0 for none.
func columnOf(ref []byte) int {
	n := 0
	for _, c := range ref {
		if c >= 'a' && c <= 'z' {
			c -= 'a' - 'A'
		}
		if c < 'A' || c > 'Z' || n > maxCells {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}
