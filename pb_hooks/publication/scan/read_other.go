package scan

import (
	"archive/zip"
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// ofd reads an OFD document: its text stands in TextCode elements.
func (f *reader) ofd(z *zip.Reader) error {
	page := 0
	for _, e := range z.File {
		name := strings.ToLower(e.Name)
		ext := strings.TrimPrefix(path.Ext(name), ".")
		if strings.Contains(name, "/attachs/") {
			f.add(Embedded, Block, f.name, "文件中嵌入了附件，请删除后重新上传")
		}
		if isPicture(ext) {
			if err := f.media(e); err != nil {
				return err
			}
		}
		if ext != "xml" {
			continue
		}
		if path.Base(name) == "content.xml" {
			page++
		}
		var text []byte
		err := f.elements(e, func(name, t string) (err error) {
			switch name {
			case "TextCode":
				text, err = grow(text, []byte(t))
			case "Author", "Creator":
				if strings.TrimSpace(t) != "" {
					f.add(DocumentAuthor, Note, f.name, "文件属性中有作者信息")
				}
			}
			return err
		})
		if err != nil {
			return err
		}
		if err := f.say(fmt.Sprintf("第%d页", max(page, 1)), string(text)); err != nil {
			return err
		}
	}
	for i := range f.found {
		f.found[i].CanClean = false // no reader of ours writes this kind
	}
	return nil
}

// zip reads the files of an archive, but no archive inside it.
func (f *reader) zip(z *zip.Reader) error {
	for _, e := range z.File {
		name := e.Name
		if e.NonUTF8 {
			if gbk, err := simplifiedchinese.GB18030.NewDecoder().String(name); err == nil {
				name = gbk
			}
		}
		if strings.HasSuffix(name, "/") {
			continue
		}
		if err := f.say("文件名", name); err != nil {
			return err
		}
		shown := placeName(name, "文件")
		if e.Flags&1 != 0 {
			f.add(Unreadable, Block, f.name+"："+shown, "压缩包设有密码，无法检查，请去掉密码")
			continue
		}
		ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
		if ext == "zip" || f.depth > 0 {
			f.add(Unreadable, Block, f.name+"："+shown, "压缩包里还有压缩包，无法检查，请解开后上传")
			continue
		}
		if e.UncompressedSize64 > maxNested {
			f.add(Unreadable, Warn, f.name+"："+shown, "文件太大，无法检查，请人工核对")
			continue
		}
		data, err := f.budget.whole(e, maxNested)
		if err != nil {
			return err
		}
		inner := &reader{ctx: f.ctx, name: f.name + "：" + shown, each: f.each, budget: f.budget, depth: f.depth + 1, table: f.table, seen: map[*zip.File]bool{}}
		inner.file(ext, bytes.NewReader(data), int64(len(data)))
		for i := range inner.found {
			inner.found[i].CanClean = false // not inside an archive
		}
		f.found = append(f.found, inner.found...)
		if inner.told != nil {
			f.told = inner.told
			return f.told
		}
	}
	return nil
}

// plain reads lines of UTF-8, UTF-16 or GBK text.
func (f *reader) plain(r io.Reader) error {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(4096)
	if err != nil && err != io.EOF {
		return err
	}
	for len(head) > 0 && !utf8.RuneStart(head[len(head)-1]) {
		head = head[:len(head)-1]
	}
	plain := encoding.Nop.NewDecoder().Transformer
	if len(head) > 0 && !utf8.Valid(head[:len(head)-1]) {
		plain = simplifiedchinese.GB18030.NewDecoder()
	}
	lines := bufio.NewScanner(transform.NewReader(b, unicode.BOMOverride(plain)))
	lines.Buffer(nil, maxCellText)
	table := f.nextTable()
	var cells []Cell
	for n := 1; lines.Scan(); n++ {
		c := Content{Cells: cells[:0]}
		place := fmt.Sprintf("%s：第%d行", f.name, n)
		// a field left out keeps its place under its heading
		for rest, more := lines.Text(), true; more; {
			var part string
			part, rest, more = cutField(rest)
			if c.Cells = append(c.Cells, Cell{place, part}); len(c.Cells) > maxCells {
				return errTooMuch
			}
		}
		if len(c.Cells) > 1 {
			c.Table = table
		}
		cells = c.Cells
		if err := f.tell(c); err != nil {
			return err
		}
	}
	if errors.Is(lines.Err(), bufio.ErrTooLong) {
		return errTooMuch
	}
	return lines.Err()
}

// cutField takes the first field of a line; one in quotes may hold commas.
func cutField(line string) (field, rest string, more bool) {
	if quoted, ok := strings.CutPrefix(line, `"`); ok {
		if end := strings.IndexByte(quoted, '"'); end >= 0 {
			if behind := quoted[end+1:]; behind == "" || behind[0] == ',' || behind[0] == '\t' {
				return quoted[:end], behind[min(1, len(behind)):], behind != ""
			}
		}
	}
	i := strings.IndexAny(line, ",\t")
	if i < 0 {
		return line, "", false
	}
	return line[:i], line[i+1:], true
}
