package registry

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// BadFile is the error of a file that cannot be read at all. Reason is a Chinese clause.
type BadFile struct{ Reason string }

// Error is the sentence for the person who chose the file.
func (e BadFile) Error() string { return "学校名单文件无法使用：" + e.Reason }

// Code is the machine code of the error.
func (e BadFile) Code() string { return "registry_file_invalid" }

// Params are the values in the sentence.
func (e BadFile) Params() map[string]any { return map[string]any{"reason": e.Reason} }

// maxFile is far above any district: a thousand schools need 200 KB.
const maxFile = 10 << 20

// ReadCSV reads a file of schools, one a line below a line of headers, in UTF-8 or as Chinese spreadsheets write it
// (GBK). What is wrong with single lines is in the rows; a file that cannot be read is a BadFile.
func ReadCSV(r io.Reader) ([]Row, error) {
	data, err := io.ReadAll(io.LimitReader(r, maxFile+1))
	if err != nil {
		return nil, fmt.Errorf("read schools: %w", err)
	}
	decoded, err := decode(data)
	if err != nil {
		return nil, err
	}
	reader := csv.NewReader(strings.NewReader(decoded))
	reader.FieldsPerRecord = -1
	header, err := reader.Read()
	if err == io.EOF {
		return nil, BadFile{"文件是空的"}
	}
	if err != nil {
		return nil, badCSV(err)
	}
	layout, err := readHeader(header)
	if err != nil {
		return nil, err
	}
	var rows []Row
	for {
		cells, err := reader.Read()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, badCSV(err)
		}
		line, _ := reader.FieldPos(0)
		if row, ok := readRow(line, cells, layout); ok {
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 {
		return nil, BadFile{"除标题行外没有任何学校"}
	}
	markDoubles(rows)
	return rows, nil
}

// decode returns the text of the file without a byte order mark.
func decode(data []byte) (string, error) {
	switch {
	case len(data) > maxFile:
		return "", BadFile{"文件超过 10 MB"}
	case bytes.HasPrefix(data, []byte("PK\x03\x04")), bytes.HasPrefix(data, []byte("\xd0\xcf\x11\xe0")):
		return "", BadFile{"这是 Excel 工作簿，请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入"}
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return "", BadFile{"文件是 UTF-16 编码，请另存为“CSV UTF-8（逗号分隔）”后再导入"}
	}
	if !utf8.Valid(data) {
		decoded, err := simplifiedchinese.GB18030.NewDecoder().Bytes(data)
		if err != nil || bytes.ContainsRune(decoded, utf8.RuneError) {
			return "", BadFile{"文件编码既不是 UTF-8 也不是 GBK/GB18030"}
		}
		data = decoded
	}
	return strings.TrimPrefix(string(data), "\ufeff"), nil
}

func badCSV(err error) error {
	var parse *csv.ParseError
	if errors.As(err, &parse) {
		return BadFile{fmt.Sprintf("第 %d 行的引号不配对", parse.Line)}
	}
	return fmt.Errorf("read schools: %w", err)
}

// readHeader says which field each column holds; nil for a column without a title, which must then be empty.
func readHeader(header []string) ([]*field, error) {
	layout := make([]*field, len(header))
	var unknown []string
	for i, title := range header {
		title = clean(title)
		if title == "" {
			continue
		}
		n := slices.IndexFunc(fields, func(f field) bool { return slices.Contains(f.headers, strings.ToLower(narrow(title))) })
		switch {
		case n < 0:
			unknown = append(unknown, "“"+title+"”")
		case slices.Contains(layout, &fields[n]):
			return nil, BadFile{fmt.Sprintf("标题行有两列都是“%s”", fields[n].headers[0])}
		default:
			layout[i] = &fields[n]
		}
	}
	if len(unknown) > 0 {
		var known []string
		for _, f := range fields {
			known = append(known, f.headers[0])
		}
		return nil, BadFile{fmt.Sprintf("不认识标题行中的 %s；可用的列：%s", strings.Join(unknown, "、"), strings.Join(known, "、"))}
	}
	if !slices.ContainsFunc(layout, func(f *field) bool { return f != nil && f.name == "name" }) {
		return nil, BadFile{"标题行缺少“学校名称”（name）一列"}
	}
	return layout, nil
}

// readRow reads one line; ok is false for a line of empty cells.
func readRow(line int, cells []string, layout []*field) (row Row, ok bool) {
	row = Row{Line: line, Given: map[string]bool{}}
	bad := func(field, reason string) {
		row.Problems = append(row.Problems, Problem{line, field, reason})
	}
	for i, cell := range cells {
		if cell = clean(cell); cell == "" {
			continue
		}
		ok = true
		if i >= len(layout) || layout[i] == nil {
			bad("", fmt.Sprintf("第 %d 列有内容“%s”，但标题行没有这一列", i+1, cell))
			continue
		}
		if reason := layout[i].read(&row.School, cell); reason != "" {
			bad(layout[i].name, reason)
		}
		row.Given[layout[i].name] = true
	}
	for _, must := range []string{"name", "stages"} {
		if !row.Given[must] {
			bad(must, "没有填写")
		}
	}
	if row.Given["lon"] != row.Given["lat"] {
		bad("lon", "经度和纬度要同时填写")
	}
	return row, ok
}

// markDoubles finds two lines for one school. Both are named, because the file does not say which is right. A campus
// may repeat the code of its school.
func markDoubles(rows []Row) {
	for _, f := range []string{"code", "name"} {
		first := map[string]*Row{}
		for i := range rows {
			row := &rows[i]
			value := row.School.Code
			if f == "name" {
				value = key(row.School.Name)
			}
			other := first[value]
			switch {
			case value == "":
			case other == nil:
				first[value] = row
			case f == "code" && isSameSchool(row.School.Name, other.School.Name):
			default:
				row.Problems = append(row.Problems, Problem{row.Line, f, fmt.Sprintf("与第 %d 行重复", other.Line)})
				other.Problems = append(other.Problems, Problem{other.Line, f, fmt.Sprintf("与第 %d 行重复", row.Line)})
			}
		}
	}
}

// isSameSchool reports whether one of two different names is a campus of the other, or both of a third.
func isSameSchool(a, b string) bool {
	base := func(name string) string {
		if school, _, ok := splitCampus(name); ok {
			return key(school)
		}
		return key(name)
	}
	return key(a) != key(b) && base(a) == base(b)
}
