package scan

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"strings"
)

// document reads a Word file: its text with tables as rows, headers, footers
// and notes, and what readers do not see.
func (f *reader) document(z *zip.Reader) error {
	main := entry(z, "word/document.xml")
	if main == nil {
		return zip.ErrFormat
	}
	w := &wordText{f: f, part: ""}
	if err := w.read(main); err != nil {
		return err
	}
	for _, e := range z.File {
		for prefix, part := range map[string]string{"word/header": "页眉", "word/footer": "页脚", "word/footnotes": "脚注", "word/endnotes": "尾注", "word/comments.": "批注"} {
			if !strings.HasPrefix(e.Name, prefix) || !strings.HasSuffix(e.Name, ".xml") {
				continue
			}
			other := &wordText{f: f, part: part}
			if err := other.read(e); err != nil {
				return err
			}
			if part == "批注" && other.said > 0 {
				f.clean(Comments, Block, f.name, fmt.Sprintf("%d 段批注", other.said), "文件带有批注，请删除批注（审阅→删除所有批注）或一键清理")
			}
			w.changed, w.hidden = w.changed || other.changed, w.hidden || other.hidden
		}
	}
	if w.changed {
		f.add(TrackedChanges, Block, f.name, "文件带有修订痕迹，请在 Word 或 WPS 中“接受所有修订”后重新上传")
	}
	if w.hidden {
		f.add(HiddenText, Block, f.name, "文件带有隐藏文字，请显示并删除后重新上传")
	}
	return f.officeParts(z, "word/")
}

// wordText reads one part of a Word file.
type wordText struct {
	f               *reader
	part            string
	said, paragraph int
	changed, hidden bool

	text   strings.Builder
	inText bool
	vanish bool
	tables []*wordTable
}

type wordTable struct {
	number, row int
	cells       []Cell
	cell        strings.Builder
}

func (w *wordText) read(e *zip.File) error {
	return w.f.tokens(e, w.start, func(b []byte) error {
		if w.inText && w.text.Len() < maxCellText {
			w.text.Write(b)
		}
		return nil
	}, w.end)
}

func (w *wordText) start(s xml.StartElement) error {
	switch s.Name.Local {
	case "t", "delText", "instrText":
		w.inText = true
		w.hidden = w.hidden || w.vanish
	case "r":
		w.vanish = false
	case "vanish":
		w.vanish = attribute(s, "val") == "" || isOn(attribute(s, "val"))
	case "del", "ins", "moveFrom", "moveTo":
		w.changed = w.changed || s.Name.Space == "w"
	case "tab", "br":
		w.text.WriteByte(' ')
	case "tbl":
		w.tables = append(w.tables, &wordTable{number: w.f.nextTable()})
	case "tr":
		if t := w.table(); t != nil {
			t.row++
			t.cells = nil
		}
	case "tc":
		if t := w.table(); t != nil {
			t.cell.Reset()
		}
	}
	return nil
}

func (w *wordText) table() *wordTable {
	if len(w.tables) == 0 {
		return nil
	}
	return w.tables[len(w.tables)-1]
}

func (w *wordText) end(name string) error {
	t := w.table()
	switch name {
	case "t", "delText", "instrText":
		w.inText = false
	case "p":
		text := w.text.String()
		w.text.Reset()
		w.vanish = false
		w.paragraph++
		if strings.TrimSpace(text) == "" {
			return nil
		}
		w.said++
		if t != nil {
			t.cell.WriteString(text + " ")
			return nil
		}
		return w.f.say(fmt.Sprintf("%s第%d段", w.part, w.paragraph), text)
	case "tc":
		if t != nil {
			place := fmt.Sprintf("%s：%s表格%d第%d行第%d列", w.f.name, w.part, t.number, t.row, len(t.cells)+1)
			t.cells = append(t.cells, Cell{place, strings.TrimSpace(t.cell.String())})
		}
	case "tr":
		if t != nil && len(t.cells) > 0 {
			return w.f.tell(Content{Cells: t.cells, Table: t.number})
		}
	case "tbl":
		if t != nil {
			w.tables = w.tables[:len(w.tables)-1]
		}
	}
	return nil
}
