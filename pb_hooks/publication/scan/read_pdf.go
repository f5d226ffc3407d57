package scan

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"gongkai/pb_hooks/pdf"
)

// pdf reads the text of each page, what stands over it, the properties, and what
// is attached. The file is read in a process of its own.
func (f *reader) pdf(r io.ReaderAt, size int64) error {
	waiting := time.Now()
	leave, err := pdf.Enter(f.ctx)
	if err != nil {
		return f.noReader(err)
	}
	defer leave()
	f.budget.until = f.budget.until.Add(time.Since(waiting))
	ctx, cancel := context.WithDeadline(f.ctx, f.budget.until)
	defer cancel()
	tables, comments := map[int]int{}, 0
	var blind []int
	doc, err := pdf.Read(ctx, r, size, func(p pdf.Page) error {
		place := fmt.Sprintf("第%d页", p.Number)
		if p.Unreadable {
			blind = append(blind, p.Number)
		}
		for _, line := range p.Lines {
			c := Content{}
			for _, text := range line.Cells {
				c.Cells = append(c.Cells, Cell{f.name + "：" + place, text})
			}
			if line.Table > 0 {
				if tables[line.Table] == 0 {
					tables[line.Table] = f.nextTable()
				}
				c.Table = tables[line.Table]
			}
			if err := f.tell(c); err != nil {
				return err
			}
		}
		for _, n := range p.Notes {
			where := place + "批注"
			if n.Field {
				where = place + "表单"
			} else {
				comments++
			}
			if err := f.lines(where, n.Text); err != nil {
				return err
			}
		}
		return nil
	})
	switch {
	case errors.Is(err, pdf.ErrLimit), errors.Is(err, context.DeadlineExceeded):
		return errTooMuch
	case err != nil:
		return f.noReader(err)
	}
	for _, text := range doc.Texts {
		if err := f.lines("文件属性", text); err != nil {
			return err
		}
	}
	f.pdfParts(doc, comments)
	if len(blind) == doc.Pages {
		f.add(Unreadable, Warn, f.name, "没有可以检查的文字（可能是扫描件），请人工核对")
		return nil
	}
	for _, pages := range ranges(blind) {
		f.add(Unreadable, Warn, f.name+"："+pages, "这一页有无法检查的内容（可能是扫描件或图片），请人工核对")
	}
	return nil
}

// noReader says so where it is not the file's fault.
func (f *reader) noReader(err error) error {
	if errors.Is(err, pdf.ErrNoReader) {
		f.add(Unreadable, Block, f.name, "服务器现在不能检查 PDF，请稍后再上传；仍不行请告诉管理员")
		return nil
	}
	return err
}

func (f *reader) lines(place, text string) error {
	for _, line := range strings.FieldsFunc(text, func(r rune) bool { return r == '\n' || r == '\r' }) {
		if err := f.say(place, line); err != nil {
			return err
		}
	}
	return nil
}

func (f *reader) pdfParts(doc pdf.Document, comments int) {
	for _, author := range doc.Authors {
		f.found = append(f.found, Finding{Class: DocumentAuthor, Level: Note, Place: f.name + "：作者", Sample: maskName(author), Hint: "文件属性中有作者信息，重新导出时可去掉"})
	}
	if doc.Attached {
		f.add(Embedded, Block, f.name, "文件中嵌入了附件，请删除后重新上传")
	}
	if doc.Scripts {
		f.add(Macro, Block, f.name, "文件带有脚本，请重新导出后上传")
	}
	if comments > 0 {
		f.add(Comments, Warn, f.name, fmt.Sprintf("文件中有 %d 条批注，请删除批注后重新导出", comments))
	}
}

// ranges names pages: 第2页, 第5—9页.
func ranges(pages []int) []string {
	var names []string
	for i := 0; i < len(pages); {
		n := i
		for n+1 < len(pages) && pages[n+1] == pages[n]+1 {
			n++
		}
		if n == i {
			names = append(names, fmt.Sprintf("第%d页", pages[i]))
		} else {
			names = append(names, fmt.Sprintf("第%d—%d页", pages[i], pages[n]))
		}
		i = n + 1
	}
	return names
}
