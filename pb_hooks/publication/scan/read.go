package scan

import (
	"archive/zip"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
)

// What is said of a file that no program opens.
const (
	hintTorn   = "文件已损坏，请重新导出后上传"
	hintClosed = "文件已损坏或被加密，无法检查，请重新导出后上传"
)

// Broken is the sentence for a file that cannot be opened at all, or nothing: it
// is no use to anybody, whoever lets it stand.
func Broken(found []Finding) string {
	for _, f := range found {
		if f.Class == Unreadable && (f.Hint == hintTorn || f.Hint == hintClosed) {
			return f.Hint
		}
	}
	return ""
}

// reader reads one file.
type reader struct {
	ctx    context.Context
	name   string
	each   func(Content) error
	found  []Finding
	budget *budget
	depth  int // of zips in zips
	table  *int
	seen   map[*zip.File]bool // parts that are read
	told   error              // what each returned: the only error that ends a reading
}

// File reads an attachment: its text goes to each, in reading order; what it
// carries unseen comes back. The cells of a Content are good until each returns.
// Ext is the kind by content ("docx", "pdf"). A file
// that is broken, encrypted or explodes is a finding, not an error: the error is
// that of ctx or of each.
func File(ctx context.Context, name, ext string, r io.ReaderAt, size int64, each func(Content) error) ([]Finding, error) {
	tables := 0
	f := &reader{ctx: ctx, name: placeName(name, "文件"), each: each, budget: newBudget(ctx), table: &tables, seen: map[*zip.File]bool{}}
	f.file(ext, r, size)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return fold(f.found), f.told
}

// file reads a file by its kind and turns whatever goes wrong into a finding.
func (f *reader) file(ext string, r io.ReaderAt, size int64) {
	defer func() {
		if recover() != nil {
			f.add(Unreadable, Block, f.name, hintTorn)
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
	case errors.Is(err, errTooMuch):
		f.add(Unreadable, Block, f.name, "内容过大，无法全部检查，请拆分或精简后重新上传")
	case errors.Is(err, errExploding):
		f.add(Unreadable, Block, f.name, "文件解压后异常膨胀，无法检查，请不要上传")
	default:
		f.add(Unreadable, Block, f.name, hintClosed)
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
	if ext != "zip" && hasTwins(z) { // nobody knows which one a program shows
		return zip.ErrFormat
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
	if err := errors.Join(f.budget.check(), f.budget.spend(c)); err != nil {
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

// find is the entry of this name; names of parts have no case.
func find(z *zip.Reader, name string) *zip.File {
	for _, e := range z.File {
		if strings.EqualFold(e.Name, name) {
			return e
		}
	}
	return nil
}

func hasTwins(z *zip.Reader) bool {
	known := make(map[string]bool, len(z.File))
	for _, e := range z.File {
		name := strings.ToLower(e.Name)
		if known[name] {
			return true
		}
		known[name] = true
	}
	return false
}

// fold keeps each finding once, and mostOfAClass of a class; the last one says
// how many more there are.
func fold(found []Finding) []Finding {
	var list []Finding
	last, more, number := map[Class]int{}, map[Class]int{}, map[Class]int{}
	known := map[Finding]bool{}
	for _, f := range found {
		if known[f] {
			continue
		}
		known[f] = true
		if number[f.Class] == mostOfAClass {
			more[f.Class]++
			continue
		}
		number[f.Class]++
		last[f.Class] = len(list)
		list = append(list, f)
	}
	for class, n := range more {
		list[last[class]].Place += fmt.Sprintf("，另有 %d 处", n)
	}
	return list
}
