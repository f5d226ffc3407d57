package scan

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"path"
	"strconv"
	"strings"
)

// workbook reads an Excel file sheet by sheet and row by row. Spreadsheets are
// how lists leave a school: hidden sheets, columns and rows, filtered rows and
// pivot caches go along unseen.
func (f *reader) workbook(z *zip.Reader) error {
	sheets, err := f.sheets(z)
	if err != nil {
		return err
	}
	shared, err := f.sharedStrings(z)
	if err != nil {
		return err
	}
	for _, s := range sheets {
		if s.file == nil {
			continue
		}
		if err := f.sheet(s, shared); err != nil {
			return err
		}
	}
	for _, e := range z.File {
		switch {
		case strings.HasPrefix(e.Name, "xl/pivotCache/pivotCacheRecords"):
			f.add(PivotCache, Block, f.name, "数据透视表缓存了原始数据，请把透视表复制为数值后另存")
		case strings.HasPrefix(e.Name, "xl/comments"), strings.HasPrefix(e.Name, "xl/threadedComments/"):
			said := 0
			err := f.elements(e, func(p []string, text string) error {
				if last := p[len(p)-1]; (last == "t" || last == "text") && strings.TrimSpace(text) != "" {
					said++
					return f.say("批注", text)
				}
				return nil
			})
			if err != nil {
				return err
			}
			if said > 0 {
				f.clean(Comments, Block, f.name, fmt.Sprintf("%d 段批注", said), "文件带有批注，请删除批注或一键清理")
			}
		}
	}
	return f.officeParts(z, "xl/")
}

type sheet struct {
	name   string
	hidden bool
	file   *zip.File
}

// sheets reads the names of the sheets, in order, and where each is stored.
func (f *reader) sheets(z *zip.Reader) ([]sheet, error) {
	book, rels := entry(z, "xl/workbook.xml"), entry(z, "xl/_rels/workbook.xml.rels")
	if book == nil || rels == nil {
		return nil, zip.ErrFormat
	}
	targets := map[string]string{}
	none, nothing := func([]byte) error { return nil }, func(string) error { return nil }
	err := f.tokens(rels, func(s xml.StartElement) error {
		if s.Name.Local == "Relationship" {
			target := attribute(s, "Target")
			if !strings.HasPrefix(target, "/") {
				target = path.Join("xl", target)
			}
			targets[attribute(s, "Id")] = strings.TrimPrefix(target, "/")
		}
		return nil
	}, none, nothing)
	if err != nil {
		return nil, err
	}
	var list []sheet
	err = f.tokens(book, func(s xml.StartElement) error {
		if s.Name.Local == "sheet" && len(list) < 1000 {
			list = append(list, sheet{attribute(s, "name"), strings.HasSuffix(strings.ToLower(attribute(s, "state")), "hidden"), entry(z, targets[attribute(s, "id")])})
		}
		return nil
	}, none, nothing)
	return list, err
}

func (f *reader) sharedStrings(z *zip.Reader) ([]string, error) {
	e := entry(z, "xl/sharedStrings.xml")
	if e == nil {
		return nil, nil
	}
	var list []string
	var text strings.Builder
	inText, phonetic, total := false, false, 0
	err := f.tokens(e, func(s xml.StartElement) error {
		inText = s.Name.Local == "t"
		phonetic = phonetic || s.Name.Local == "rPh"
		return nil
	}, func(b []byte) error {
		if inText && !phonetic {
			text.Write(b)
		}
		return nil
	}, func(name string) error {
		switch name {
		case "t":
			inText = false
		case "rPh":
			phonetic = false
		case "si":
			if total += text.Len() + 16; total > maxStrings {
				return errExploding
			}
			list = append(list, text.String())
			text.Reset()
		}
		return nil
	})
	return list, err
}

// sheetRows reads one sheet.
type sheetRows struct {
	f      *reader
	sheet  sheet
	shared []string
	table  int

	hiddenColumns [][2]int
	hiddenRow     bool
	dataHidden    bool // a hidden row or column holds something
	holds         bool

	row     int
	cells   []Cell
	ref     string
	kind    string
	inValue bool
	value   []byte
}

func (f *reader) sheet(s sheet, shared []string) error {
	rows := &sheetRows{f: f, sheet: s, shared: shared, table: f.nextTable()}
	if err := f.tokens(s.file, rows.start, rows.text, rows.end); err != nil {
		return err
	}
	place := f.name + "：" + s.name
	if s.hidden && rows.holds {
		f.add(HiddenSheet, Block, place, "有隐藏的工作表，请取消隐藏，确认后删除再上传")
	}
	if rows.dataHidden {
		f.add(HiddenRows, Block, place, "有隐藏或筛选掉的行、列，请取消隐藏和筛选，删除不公开的内容后再上传")
	}
	return nil
}

func (r *sheetRows) start(s xml.StartElement) error {
	switch s.Name.Local {
	case "col":
		if isOn(attribute(s, "hidden")) || attribute(s, "width") == "0" {
			from, _ := strconv.Atoi(attribute(s, "min"))
			to, _ := strconv.Atoi(attribute(s, "max"))
			r.hiddenColumns = append(r.hiddenColumns, [2]int{from, to})
		}
	case "row":
		r.row++
		if n, err := strconv.Atoi(attribute(s, "r")); err == nil {
			r.row = n
		}
		r.hiddenRow = isOn(attribute(s, "hidden")) || attribute(s, "ht") == "0"
		r.cells = nil
	case "c":
		r.ref, r.kind, r.value = attribute(s, "r"), attribute(s, "t"), r.value[:0]
	case "v", "t":
		r.inValue = true
	}
	return nil
}

func (r *sheetRows) text(b []byte) error {
	if r.inValue && len(r.value)+len(b) < maxCellText {
		r.value = append(r.value, b...)
	}
	return nil
}

func (r *sheetRows) end(name string) error {
	switch name {
	case "v", "t":
		r.inValue = false
	case "c":
		text := string(r.value)
		if r.kind == "s" {
			i, err := strconv.Atoi(text)
			if err != nil || i < 0 || i >= len(r.shared) {
				return zip.ErrFormat
			}
			text = r.shared[i]
		}
		if text == "" && len(r.cells) > 500 {
			return nil
		}
		r.holds = r.holds || strings.TrimSpace(text) != ""
		hidden := r.hiddenRow || r.isHiddenColumn(columnOf(r.ref))
		r.dataHidden = r.dataHidden || hidden && strings.TrimSpace(text) != ""
		place := r.f.name + "：" + r.sheet.name + "!" + r.ref
		if hidden || r.sheet.hidden {
			place += "（隐藏）"
		}
		r.cells = append(r.cells, Cell{place, text})
	case "row":
		if len(r.cells) > 0 {
			return r.f.tell(Content{Cells: r.cells, Table: r.table})
		}
	}
	return nil
}

func (r *sheetRows) isHiddenColumn(column int) bool {
	for _, c := range r.hiddenColumns {
		if c[0] <= column && column <= c[1] {
			return true
		}
	}
	return false
}

// columnOf is the number of a column: 1 for "A7".
func columnOf(ref string) int {
	n := 0
	for _, c := range ref {
		if c < 'A' || c > 'Z' {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n
}
