package source

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks/registry"
)

// mostColumns is far above any list of schools.
const (
	mostColumns = 200
	longestLine = 64 << 10
)

// Where the titles are.
const (
	mostTitles   = 100 // the last line that a Config may name
	mostHeadings = 10  // lines among which they are looked for where it names none
)

// sheetItem is one line of a file.
type sheetItem struct {
	line  int
	cells map[string]string // by title
	text  string
}

func (s sheetItem) raw() string { return s.text }

func (s sheetItem) isBlank(mapping) bool { return strings.Trim(s.text, "\t 　") == "" }

func (s sheetItem) value(f Field) any {
	var parts []string
	for _, title := range f.From {
		if cell := s.cells[asTitle(title)]; strings.TrimSpace(cell) != "" {
			parts = append(parts, cell)
		}
	}
	return strings.Join(parts, f.Join)
}

func asTitle(cell string) string { return strings.Join(strings.Fields(cell), " ") }

// sheetLine is one line of a file that is not blank.
type sheetLine struct {
	line  int
	cells []string
}

// openSheet reads the lines of a file and completes the mapping by its titles.
func (r *reading) openSheet(name string, data []byte) (titles []string, items []sheetItem, err error) {
	if int64(len(data)) > r.limits.PageBytes {
		return nil, nil, faultf(TooLarge, "文件“%s”超过 %s，没有读取", name, size(r.limits.PageBytes))
	}
	lines, err := r.linesOf(name, data)
	if err != nil {
		return nil, nil, err
	}
	at := r.titlesAt(lines)
	if at == len(lines) {
		return nil, nil, faultf(BadFile, "文件“%s”的第 %d 行没有标题。请核对标题所在的行", name, max(r.config.Titles, 1))
	}
	if titles, err = r.readTitles(lines[at].cells); err != nil {
		return titles, nil, err
	}
	for _, l := range lines[at+1:] {
		if len(items) >= r.limits.Rows {
			return titles, nil, tooManyLines(name, r.limits)
		}
		it := sheetItem{line: l.line, cells: map[string]string{}, text: strings.Join(l.cells, "\t")}
		for i, cell := range l.cells[:min(len(l.cells), len(titles))] {
			it.cells[titles[i]] = cell
		}
		items = append(items, it)
	}
	return titles, items, nil
}

// linesOf are the lines of a file, without those that are blank.
func (r *reading) linesOf(name string, data []byte) (lines []sheetLine, err error) {
	each := eachOfCSV
	if bytes.HasPrefix(data, []byte("PK\x03\x04")) {
		each = eachOfWorkbook
	}
	err = each(r.config.Sheet, data, r.limits, func(line int, cells []string) error {
		if r.ctx.Err() != nil {
			return Fault{Cancelled, "读取被中止，没有采用任何内容", r.ctx.Err()}
		}
		if len(lines) > r.limits.Rows+mostTitles {
			return tooManyLines(name, r.limits)
		}
		if cells = cells[:min(len(cells), mostColumns)]; strings.TrimSpace(strings.Join(cells, "")) != "" {
			lines = append(lines, sheetLine{line, cells})
		}
		return nil
	})
	return lines, err
}

func tooManyLines(name string, l Limits) Fault {
	return faultf(TooMany, "文件“%s”超过 %d 行，没有读取", name, l.Rows)
}

// titlesAt is which line has the titles: the one that the Config says, else the first that names the schools' names.
// Lists of schools often begin with what they are lists of. Where no line does, the first is taken, and told what it lacks.
func (r *reading) titlesAt(lines []sheetLine) int {
	if r.config.Titles == 0 {
		return max(0, slices.IndexFunc(lines[:min(len(lines), mostHeadings)], func(l sheetLine) bool { return r.areTitles(l.cells) }))
	}
	at := slices.IndexFunc(lines, func(l sheetLine) bool { return l.line >= r.config.Titles })
	if at < 0 {
		return len(lines)
	}
	return at
}

// areTitles reports whether one of the cells is the title of the schools' names.
func (r *reading) areTitles(cells []string) bool {
	names := r.config.Fields["name"].From
	return slices.ContainsFunc(cells, func(cell string) bool {
		title := asTitle(cell)
		if names == nil {
			return registry.FieldOf(title) == "name"
		}
		return slices.ContainsFunc(names, func(name string) bool { return asTitle(name) == title })
	})
}

// readTitles maps the columns whose titles everybody knows, beside those that the Config maps.
func (r *reading) readTitles(cells []string) (titles []string, err error) {
	fields := maps.Clone(r.config.Fields)
	if fields == nil {
		fields = map[string]Field{}
	}
	for _, cell := range cells[:min(len(cells), mostColumns)] {
		title := asTitle(cell)
		if title != "" && slices.Contains(titles, title) {
			return titles, faultf(BadFile, "标题行有两列都是“%s”，请改名后再读", title)
		}
		titles = append(titles, title)
		name := registry.FieldOf(title)
		if _, mapped := r.config.Fields[name]; name == "" || mapped {
			continue
		}
		if other, twice := fields[name]; twice {
			return titles, faultf(BadFile, "“%s”和“%s”两列都是%s，请在对应关系里说明用哪一列", other.From[0], title, registry.Label(name))
		}
		fields[name] = Field{From: []string{title}}
	}
	titled := slices.DeleteFunc(slices.Clone(titles), func(title string) bool { return title == "" })
	if name := fields["name"]; name.Const == "" && !slices.ContainsFunc(name.From, func(title string) bool { return slices.Contains(titles, asTitle(title)) }) {
		return titles, faultf(Nameless, "标题行里没有学校名称，有的是：%s。请核对标题所在的行和对应关系", strings.Join(titled[:min(len(titled), 20)], "、"))
	}
	r.mapping = newMapping(fields)
	return titles, nil
}

func eachOfCSV(_ string, data []byte, _ Limits, do func(int, []string) error) error {
	text, err := registry.Decode(data)
	if err != nil {
		var bad registry.BadFile
		if errors.As(err, &bad) {
			return faultf(BadFile, "名单文件无法使用：%s", bad.Reason)
		}
		return Fault{BadFile, "名单文件读不出来", err}
	}
	for line := range strings.Lines(text) {
		if len(line) > longestLine {
			return faultf(BadFile, "名单文件有一行超过 %s，不像学校名单。请核对文件", size(longestLine))
		}
	}
	reader := csv.NewReader(strings.NewReader(text))
	reader.FieldsPerRecord, reader.LazyQuotes = -1, false
	if line, _, _ := strings.Cut(text, "\n"); strings.Contains(line, "\t") && !strings.Contains(line, ",") {
		reader.Comma = '\t'
	}
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			return nil
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			return faultf(BadFile, "名单文件第 %d 行的引号不配对，请改正后再试", parse.Line)
		}
		if err != nil {
			return Fault{BadFile, "名单文件读不出来", err}
		}
		line, _ := reader.FieldPos(0)
		if err := do(line, cells); err != nil {
			return err
		}
	}
}

// eachOfWorkbook reads line by line what it has unpacked, which is bounded: a small file can unpack to any size.
func eachOfWorkbook(sheet string, data []byte, l Limits, do func(int, []string) error) error {
	book, err := excelize.OpenReader(bytes.NewReader(data), excelize.Options{RawCellValue: true, UnzipSizeLimit: l.TotalBytes, UnzipXMLSizeLimit: min(l.TotalBytes, l.PageBytes)})
	if err != nil {
		return Fault{BadFile, "这个工作簿读不出来：可能有密码、已损坏，或解压后太大。请另存为新的 .xlsx 再试", err}
	}
	defer book.Close()
	if sheet == "" {
		sheet = book.GetSheetName(0)
	}
	rows, err := book.Rows(sheet)
	if err != nil {
		return Fault{BadFile, "工作簿里没有工作表“" + sheet + "”，有的是：" + strings.Join(book.GetSheetList(), "、"), err}
	}
	defer rows.Close()
	for line := 1; rows.Next(); line++ {
		cells, err := rows.Columns()
		if err != nil {
			return Fault{BadFile, "工作簿读到一半出错，可能已损坏。请另存为新的 .xlsx 再试", err}
		}
		if err := do(line, cells); err != nil {
			return err
		}
	}
	if err := rows.Error(); err != nil {
		return Fault{BadFile, "工作簿读到一半出错，可能已损坏。请另存为新的 .xlsx 再试", err}
	}
	return nil
}
