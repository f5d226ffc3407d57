package scan

import (
	"archive/zip"
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// ofd reads an OFD document: its text stands in TextCode elements.
func (f *reader) ofd(z *zip.Reader) error {
	page := 0
	for _, e := range z.File {
		if !strings.HasSuffix(e.Name, ".xml") {
			continue
		}
		if path.Base(e.Name) == "Content.xml" {
			page++
		}
		var text strings.Builder
		err := f.elements(e, func(p []string, t string) error {
			switch p[len(p)-1] {
			case "TextCode":
				text.WriteString(t)
			case "Author", "Creator":
				if strings.TrimSpace(t) != "" {
					f.add(DocumentAuthor, Note, f.name, "文件属性中有作者信息")
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		if err := f.say(fmt.Sprintf("第%d页", max(page, 1)), text.String()); err != nil {
			return err
		}
	}
	if has(z, "Doc_0/Attachs/") {
		f.add(Embedded, Block, f.name, "文件中嵌入了附件，请删除后重新上传")
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
		if e.Flags&1 != 0 {
			f.add(Unreadable, Block, f.name+"："+name, "压缩包设有密码，无法检查，请去掉密码")
			continue
		}
		ext := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
		if ext == "zip" || f.depth > 0 {
			f.add(Unreadable, Block, f.name+"："+name, "压缩包里还有压缩包，无法检查，请解开后上传")
			continue
		}
		if e.UncompressedSize64 > maxNested {
			f.add(Unreadable, Warn, f.name+"："+name, "文件太大，无法检查，请人工核对")
			continue
		}
		r, err := f.budget.open(e)
		if err != nil {
			return err
		}
		data, err := io.ReadAll(io.LimitReader(r, maxNested+1))
		if closed := r.Close(); err == nil {
			err = closed
		}
		if err != nil {
			return err
		}
		inner := &reader{ctx: f.ctx, name: f.name + "：" + name, each: f.each, budget: f.budget, depth: f.depth + 1, table: f.table}
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

// plain reads lines of UTF-8 or GBK text.
func (f *reader) plain(r io.Reader) error {
	b := bufio.NewReaderSize(r, 64<<10)
	head, err := b.Peek(4096)
	if err != nil && err != io.EOF {
		return err
	}
	for len(head) > 0 && !utf8.RuneStart(head[len(head)-1]) {
		head = head[:len(head)-1]
	}
	lines := bufio.NewScanner(b)
	if len(head) > 0 && !utf8.Valid(head[:len(head)-1]) {
		lines = bufio.NewScanner(simplifiedchinese.GB18030.NewDecoder().Reader(b))
	}
	lines.Buffer(nil, maxCellText)
	table := f.nextTable()
	for n := 1; lines.Scan(); n++ {
		c := Content{}
		parts := strings.FieldsFunc(lines.Text(), func(r rune) bool { return r == ',' || r == '\t' })
		if len(parts) > 1 {
			c.Table = table
		} else {
			parts = []string{lines.Text()}
		}
		for _, p := range parts {
			c.Cells = append(c.Cells, Cell{fmt.Sprintf("%s：第%d行", f.name, n), p})
		}
		if err := f.tell(c); err != nil {
			return err
		}
	}
	return lines.Err()
}

// image looks for where a picture was taken. Pictures uploaded by themselves are
// written anew from their pixels; those inside archives are not.
func (f *reader) image(r io.ReaderAt, size int64) error {
	data, err := io.ReadAll(io.NewSectionReader(r, 0, min(size, maxNested)))
	if err != nil {
		return err
	}
	for _, mark := range []string{"Exif\x00\x00", "eXIf"} {
		if i := bytes.Index(data, []byte(mark)); i >= 0 && hasLocation(data[i+len(mark):]) {
			f.add(Location, Block, f.name, "照片带有拍摄地点，请单独上传照片（会自动清除）或清除后再打包")
		}
	}
	return nil
}

// hasLocation looks for the GPS directory (tag 0x8825) in the first directory of
// a TIFF block.
func hasLocation(tiff []byte) bool {
	if len(tiff) < 8 {
		return false
	}
	var order binary.ByteOrder = binary.LittleEndian
	if string(tiff[:2]) == "MM" {
		order = binary.BigEndian
	}
	at := int64(order.Uint32(tiff[4:]))
	if at+2 > int64(len(tiff)) {
		return false
	}
	for i := range int64(order.Uint16(tiff[at:])) {
		tag := at + 2 + i*12
		if tag+2 > int64(len(tiff)) {
			return false
		}
		if order.Uint16(tiff[tag:]) == 0x8825 {
			return true
		}
	}
	return false
}
