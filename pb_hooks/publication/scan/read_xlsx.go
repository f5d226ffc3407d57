package scan

import (
	"archive/zip"
	"fmt"
	"path"
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
		if err := f.say("工作表名称", s.name); err != nil {
			return err
		}
		if s.file == nil {
			continue
		}
		if err := f.sheet(s, shared); err != nil {
			return err
		}
	}
	err = shared.unused(func(text string) error { return f.say("已删除但仍保存的文字", text) })
	if err != nil {
		return err
	}
	comments := 0
	for _, e := range z.File {
		if !isSheetComments(e.Name) {
			continue
		}
		f.seen[e] = true
		said, err := f.sheetComments(e)
		if err != nil {
			return err
		}
		comments += said
	}
	if comments > 0 {
		f.clean(Comments, Block, f.name, fmt.Sprintf("%d 段批注", comments), "文件带有批注，请删除批注或一键清理")
	}
	return f.officeParts(z)
}

func isSheetComments(name string) bool {
	name = strings.ToLower(name)
	return strings.HasSuffix(name, ".xml") && (strings.HasPrefix(name, "xl/comments") || strings.HasPrefix(name, "xl/threadedcomments/"))
}

// sheetComments reads what is noted at cells, and by whom.
func (f *reader) sheetComments(e *zip.File) (said int, err error) {
	var text []byte
	ref := ""
	err = f.tokens(e, func(t *tag) error {
		switch t.name {
		case "comment", "threadedComment":
			ref, text = t.get("ref"), text[:0]
		case "author":
			text = text[:0]
		}
		return nil
	}, func(b []byte) (err error) {
		text, err = grow(text, b)
		return err
	}, func(name string) error {
		line := strings.TrimSpace(string(text))
		switch name {
		case "author":
			text = text[:0]
			if line != "" {
				f.clean(DocumentAuthor, Warn, f.name+"：批注和修订的作者", maskName(line), "文件中记有批注、修订作者的姓名，可一键清理")
			}
		case "comment", "threadedComment", "comments", "ThreadedComments":
			text = text[:0]
			if line != "" {
				said++
				return f.say("批注"+ref, line)
			}
		}
		return nil
	})
	return said, err
}

type sheet struct {
	name   string
	hidden bool
	file   *zip.File
}

// sheets reads the names of the sheets, in order, and where each is stored. A
// sheet that no name leads to is hidden more than any other.
func (f *reader) sheets(z *zip.Reader) ([]sheet, error) {
	book := f.main(z, "xl/workbook.xml")
	if book == nil {
		return nil, zip.ErrFormat
	}
	targets, err := f.targets(z, book)
	if err != nil {
		return nil, err
	}
	var list []sheet
	listed := map[*zip.File]bool{}
	err = f.starts(book, func(t *tag) error {
		if t.name != "sheet" {
			return nil
		}
		if len(list) >= maxEntries {
			return errTooMuch
		}
		s := sheet{t.get("name"), strings.HasSuffix(strings.ToLower(t.get("state")), "hidden"), find(z, targets[t.get("id")])}
		if s.file != nil && listed[s.file] { // read once
			s.file = nil
		}
		listed[s.file] = true
		list = append(list, s)
		return nil
	})
	if err != nil {
		return nil, err
	}
	for _, e := range z.File {
		name := strings.ToLower(e.Name)
		if strings.HasPrefix(name, "xl/worksheets/") && strings.HasSuffix(name, ".xml") && !listed[e] {
			list = append(list, sheet{strings.TrimSuffix(path.Base(e.Name), ".xml"), true, e})
		}
	}
	return list, nil
}

// main is the part that a package begins with: the standard lets it have any name.
func (f *reader) main(z *zip.Reader, usual string) *zip.File {
	if rels := find(z, "_rels/.rels"); rels != nil {
		var target string
		err := f.starts(rels, func(t *tag) error {
			if strings.HasSuffix(t.get("Type"), "/officeDocument") {
				target = strings.TrimPrefix(path.Clean("/"+t.get("Target")), "/")
			}
			return nil
		})
		if e := find(z, target); err == nil && e != nil {
			return e
		}
	}
	return find(z, usual)
}

// targets are where the relationships of a part lead to.
func (f *reader) targets(z *zip.Reader, part *zip.File) (map[string]string, error) {
	folder := path.Dir(part.Name)
	rels := find(z, folder+"/_rels/"+path.Base(part.Name)+".rels")
	if rels == nil {
		return nil, zip.ErrFormat
	}
	targets := map[string]string{}
	return targets, f.starts(rels, func(t *tag) error {
		if t.name != "Relationship" || len(targets) > maxEntries {
			return nil
		}
		target := t.get("Target")
		if !strings.HasPrefix(target, "/") {
			target = path.Join(folder, target)
		}
		targets[t.get("Id")] = strings.TrimPrefix(target, "/")
		return nil
	})
}
