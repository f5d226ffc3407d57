package pb_hooks

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// articleRow is one line of an import as it was written. Broken says in Chinese
// why the line cannot be read at all.
type articleRow struct {
	Line        int      `json:"-"`
	Broken      string   `json:"-"`
	School      string   `json:"school"`
	Column      string   `json:"column"`
	Title       string   `json:"title"`
	Body        string   `json:"body_html"`
	PublishedAt string   `json:"published_at"`
	Source      string   `json:"source"`
	DocNumber   string   `json:"doc_number"`
	CreatedOn   string   `json:"created_on"`
	OldAddress  string   `json:"old_address"` // of drafts that are moved in only
	Attachments []string `json:"attachments"`
}

// maxArticleLine is a text of 1 MB in the longest way that JSON may write it.
const maxArticleLine = 8 << 20

// readArticleRows reads a file line by line, never all of it at once. The error
// is that of a file that cannot be used; a bad line is a row.
func readArticleRows(path string) iter.Seq2[articleRow, error] {
	return func(yield func(articleRow, error) bool) {
		file, err := os.Open(path)
		if err != nil {
			yield(articleRow{}, fmt.Errorf("打不开文件 %s：%w", path, err))
			return
		}
		defer file.Close()
		switch strings.ToLower(filepath.Ext(path)) {
		case ".jsonl", ".ndjson":
			err = readJSONL(file, yield)
		case ".csv":
			err = readArticleCSV(file, yield)
		default:
			err = fmt.Errorf("不认识 %s：请给出 .jsonl 或 .csv 文件", filepath.Base(path))
		}
		if err != nil && !errors.Is(err, errEnough) {
			yield(articleRow{}, err)
		}
	}
}

// errEnough means that the reader wants no more.
var errEnough = errors.New("enough")

// countLines is how many rows a file has at most: what a bar is drawn against.
func countLines(path string) (n int, err error) {
	file, err := os.Open(path)
	if err != nil {
		return 0, err
	}
	defer file.Close()
	buffer := make([]byte, 1<<18)
	for {
		read, err := file.Read(buffer)
		n += bytes.Count(buffer[:read], []byte("\n"))
		if err == io.EOF {
			return n + 1, nil
		}
		if err != nil {
			return 0, err
		}
	}
}

func readJSONL(file io.Reader, yield func(articleRow, error) bool) error {
	r := bufio.NewReaderSize(file, 1<<16)
	for line := 1; ; line++ {
		text, tooLong, err := readLine(r)
		if err != nil && err != io.EOF {
			return fmt.Errorf("读文件：%w", err)
		}
		if line == 1 {
			text = bytes.TrimPrefix(text, []byte("\ufeff"))
		}
		if text = bytes.TrimSpace(text); len(text) > 0 || tooLong {
			row := decodeArticle(text)
			if tooLong {
				row = articleRow{Broken: "这一行超过 8 MB"}
			}
			if row.Line = line; !yield(row, nil) {
				return errEnough
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// readLine reads to the end of the line, and of a line that is too long only that it is.
func readLine(r *bufio.Reader) (text []byte, tooLong bool, err error) {
	for {
		part, err := r.ReadSlice('\n')
		if len(text)+len(part) > maxArticleLine {
			text, tooLong = nil, true
		}
		if !tooLong {
			text = append(text, part...)
		}
		if err != bufio.ErrBufferFull {
			return text, tooLong, err
		}
	}
}

func decodeArticle(text []byte) articleRow {
	if !utf8.Valid(text) {
		return articleRow{Broken: "不是 UTF-8 编码"}
	}
	var row articleRow
	d := json.NewDecoder(bytes.NewReader(text))
	d.DisallowUnknownFields()
	err := d.Decode(&row)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		return articleRow{Broken: fmt.Sprintf("%s 的类型不对", wrongType.Field)}
	case err != nil && strings.HasPrefix(err.Error(), "json: unknown field"):
		return articleRow{Broken: "不认识字段 " + strings.TrimPrefix(err.Error(), "json: unknown field ")}
	case err != nil, d.More():
		return articleRow{Broken: "JSON 格式不对"}
	}
	return row
}

// articleHeaders are the names that a column of a CSV file may have.
var articleHeaders = map[string]func(*articleRow, string){
	"school": func(r *articleRow, s string) { r.School = s }, "学校": func(r *articleRow, s string) { r.School = s },
	"column": func(r *articleRow, s string) { r.Column = s }, "栏目": func(r *articleRow, s string) { r.Column = s },
	"title": func(r *articleRow, s string) { r.Title = s }, "标题": func(r *articleRow, s string) { r.Title = s },
	"body_html": func(r *articleRow, s string) { r.Body = s }, "正文": func(r *articleRow, s string) { r.Body = s },
	"published_at": func(r *articleRow, s string) { r.PublishedAt = s }, "公开时间": func(r *articleRow, s string) { r.PublishedAt = s },
	"source": func(r *articleRow, s string) { r.Source = s }, "来源": func(r *articleRow, s string) { r.Source = s },
	"doc_number": func(r *articleRow, s string) { r.DocNumber = s }, "文号": func(r *articleRow, s string) { r.DocNumber = s },
	"created_on": func(r *articleRow, s string) { r.CreatedOn = s }, "生成日期": func(r *articleRow, s string) { r.CreatedOn = s },
	"old_address": func(r *articleRow, s string) { r.OldAddress = s }, "旧地址": func(r *articleRow, s string) { r.OldAddress = s },
	"attachments": readAttachmentList, "附件": readAttachmentList,
}

func readAttachmentList(r *articleRow, cell string) {
	for name := range strings.FieldsFuncSeq(cell, func(c rune) bool { return c == ';' || c == '；' }) {
		r.Attachments = append(r.Attachments, strings.TrimSpace(name))
	}
}

func readArticleCSV(file io.ReadSeeker, yield func(articleRow, error) bool) error {
	text, err := decodedCSV(file)
	if err != nil {
		return err
	}
	r := csv.NewReader(text)
	r.FieldsPerRecord, r.ReuseRecord = -1, true
	header, err := r.Read()
	if err != nil {
		return errors.New("文件是空的，或第一行不是标题行")
	}
	layout := make([]func(*articleRow, string), len(header))
	for i, name := range header {
		set, known := articleHeaders[strings.ToLower(strings.TrimSpace(name))]
		if !known && strings.TrimSpace(name) != "" {
			return fmt.Errorf("不认识标题行中的“%s”；可用：school、column、title、body_html、published_at、source、doc_number、created_on、old_address、attachments", name)
		}
		layout[i] = set
	}
	for {
		cells, err := r.Read()
		var parse *csv.ParseError
		switch {
		case err == io.EOF:
			return nil
		case errors.As(err, &parse): // what follows cannot be told apart
			yield(articleRow{Line: parse.StartLine, Broken: "引号不配对，从这一行起无法读取"}, nil)
			return errEnough
		case err != nil:
			return fmt.Errorf("读文件：%w", err)
		}
		row := articleRow{}
		row.Line, _ = r.FieldPos(0)
		for i, cell := range cells {
			if cell = strings.TrimSpace(cell); cell == "" {
				continue
			}
			if i >= len(layout) || layout[i] == nil {
				row.Broken = fmt.Sprintf("第 %d 列有内容，但标题行没有这一列", i+1)
				continue
			}
			layout[i](&row, cell)
		}
		if !yield(row, nil) {
			return errEnough
		}
	}
}

// decodedCSV reads UTF-8, or GBK as Chinese spreadsheets write it.
func decodedCSV(file io.ReadSeeker) (io.Reader, error) {
	isUTF8, r := true, bufio.NewReaderSize(file, 1<<16)
	head, _ := r.Peek(4) // a shorter file has a shorter head
	if bytes.HasPrefix(head, []byte("PK\x03\x04")) || bytes.HasPrefix(head, []byte("\xd0\xcf\x11\xe0")) {
		return nil, errors.New("这是 Excel 工作簿，请在 Excel 中另存为“CSV UTF-8（逗号分隔）”后再导入")
	}
	for isUTF8 {
		c, size, err := r.ReadRune()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("读文件：%w", err)
		}
		isUTF8 = c != utf8.RuneError || size > 1
	}
	if _, err := file.Seek(0, io.SeekStart); err != nil {
		return nil, fmt.Errorf("读文件：%w", err)
	}
	if !isUTF8 {
		return simplifiedchinese.GB18030.NewDecoder().Reader(file), nil
	}
	r.Reset(file)
	if bytes.HasPrefix(head, []byte("\ufeff")) {
		_, err := r.Discard(len("\ufeff"))
		return r, err
	}
	return r, nil
}
