package scan

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// reader reads one file.
type reader struct {
	ctx    context.Context
	name   string
	each   func(Content) error
	found  []Finding
	budget *budget
	depth  int // of zips in zips
	table  *int
	told   error // what each returned: the only error that ends a reading
}

// File reads an attachment: its text goes to each, in reading order; what it
// carries unseen comes back. Ext is the kind by content ("docx", "pdf"). A file
// that is broken, encrypted or explodes is a finding, not an error: the error is
// that of ctx or of each.
func File(ctx context.Context, name, ext string, r io.ReaderAt, size int64, each func(Content) error) ([]Finding, error) {
	tables := 0
	f := &reader{ctx: ctx, name: name, each: each, budget: &budget{maxTotal}, table: &tables}
	f.file(ext, r, size)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return f.found, f.told
}

// file reads a file by its kind and turns whatever goes wrong into a finding.
func (f *reader) file(ext string, r io.ReaderAt, size int64) {
	defer func() {
		if recover() != nil {
			f.add(Unreadable, Block, f.name, "文件已损坏，请重新导出后上传")
		}
	}()
	var err error
	switch ext {
	case "docx", "xlsx", "pptx", "ofd", "zip":
		err = f.archive(ext, r, size)
	case "pdf":
		err = f.pdf(r, size)
	case "jpg", "jpeg", "png":
		err = f.image(r, size)
	case "txt", "csv":
		err = f.plain(io.NewSectionReader(r, 0, size))
	case "doc", "xls", "ppt":
		f.add(Unreadable, Warn, f.name, "旧格式的文件无法检查，请另存为 "+ext+"x 后上传")
	default:
		f.add(Unreadable, Warn, f.name, "这种文件无法检查，请人工核对")
	}
	switch {
	case err == nil || f.told != nil || f.ctx.Err() != nil:
	case errors.Is(err, errExploding):
		f.add(Unreadable, Block, f.name, "文件解压后异常膨胀，无法检查，请不要上传")
	default:
		f.add(Unreadable, Block, f.name, "文件已损坏或被加密，无法检查，请重新导出后上传")
	}
}

func (f *reader) archive(ext string, r io.ReaderAt, size int64) error {
	z, err := zip.NewReader(r, size)
	if err != nil {
		return err
	}
	if len(z.File) > maxEntries {
		return errExploding
	}
	switch ext {
	case "docx":
		return f.document(z)
	case "xlsx":
		return f.workbook(z)
	case "pptx":
		return f.slides(z)
	case "ofd":
		return f.ofd(z)
	}
	return f.zip(z)
}

// add keeps a finding of structure.
func (f *reader) add(class Class, level Level, place, hint string) {
	f.found = append(f.found, Finding{Class: class, Level: level, Place: place, Hint: hint})
}

func (f *reader) clean(class Class, level Level, place, sample, hint string) {
	f.found = append(f.found, Finding{Class: class, Level: level, Place: place, Sample: sample, Hint: hint, CanClean: true})
}

// say hands a paragraph on.
func (f *reader) say(place, text string) error {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	return f.tell(Content{Cells: []Cell{{f.name + "：" + place, text}}})
}

func (f *reader) tell(c Content) error {
	if err := f.ctx.Err(); err != nil {
		return err
	}
	if err := f.each(c); err != nil {
		f.told = err
		return err
	}
	return nil
}

func (f *reader) nextTable() int {
	*f.table++
	return *f.table
}

// has reports whether the archive holds an entry whose name begins so.
func has(z *zip.Reader, prefix string) bool {
	for _, e := range z.File {
		if strings.HasPrefix(e.Name, prefix) && !strings.HasSuffix(e.Name, "/") {
			return true
		}
	}
	return false
}

func entry(z *zip.Reader, name string) *zip.File {
	for _, e := range z.File {
		if e.Name == name {
			return e
		}
	}
	return nil
}

// officeParts finds what all three office formats may carry.
func (f *reader) officeParts(z *zip.Reader, folder string) error {
	if has(z, folder+"embeddings/") || has(z, folder+"externalLinks/") {
		f.add(Embedded, Block, f.name, "文件中嵌入了其他文件或链接，请删除嵌入对象后重新上传")
	}
	if entry(z, folder+"vbaProject.bin") != nil {
		f.add(Macro, Block, f.name, "文件带有宏，请另存为不带宏的格式")
	}
	for _, name := range []string{"docProps/core.xml", "docProps/app.xml", "docProps/custom.xml"} {
		e := entry(z, name)
		if e == nil {
			continue
		}
		err := f.elements(e, func(path []string, text string) error {
			switch last := path[len(path)-1]; last {
			case "creator", "lastModifiedBy", "Company", "Manager":
				if strings.TrimSpace(text) != "" {
					f.clean(DocumentAuthor, Warn, f.name+"："+propertyNames[last], maskName(strings.TrimSpace(text)), "文件属性中有作者或单位信息，可一键清理")
				}
			case "lpwstr":
				f.clean(DocumentAuthor, Warn, f.name+"：自定义属性", mask("", text), "文件属性中有自定义内容，可一键清理")
			}
			return nil
		})
		if err != nil {
			return fmt.Errorf("read %s: %w", name, err)
		}
	}
	return nil
}

var propertyNames = map[string]string{"creator": "作者", "lastModifiedBy": "最后修改者", "Company": "单位", "Manager": "管理者"}
