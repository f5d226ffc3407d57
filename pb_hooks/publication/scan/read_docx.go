package scan

import (
	"archive/zip"
	"fmt"
	"path"
	"strings"
)

// wordParts are the parts of a Word file that hold paragraphs beside the text.
var wordParts = []struct{ prefix, place string }{{"header", "页眉"}, {"footer", "页脚"}, {"footnotes", "脚注"}, {"endnotes", "尾注"}, {"comments.", "批注"}, {"glossary/document", "文档部件"}}

// document reads a Word file: its text with tables as rows, headers, footers
// and notes, and what readers do not see.
func (f *reader) document(z *zip.Reader) error {
	main := f.main(z, "word/document.xml")
	if main == nil {
		return zip.ErrFormat
	}
	looks, err := f.wordLooks(z, main)
	if err != nil {
		return err
	}
	w := &wordText{f: f, looks: looks, numbered: true}
	if err := w.read(main); err != nil {
		return err
	}
	folder := strings.ToLower(path.Dir(main.Name)) + "/"
	for _, e := range z.File {
		name, inside := strings.CutPrefix(strings.ToLower(e.Name), folder)
		for _, p := range wordParts {
			if !inside || f.seen[e] || !strings.HasPrefix(name, p.prefix) || !strings.HasSuffix(name, ".xml") {
				continue
			}
			other := &wordText{f: f, looks: looks, part: p.place, numbered: true}
			if err := other.read(e); err != nil {
				return err
			}
			if p.place == "批注" && other.said > 0 {
				f.clean(Comments, Block, f.name, fmt.Sprintf("%d 段批注", other.said), "文件带有批注，请删除批注（审阅→删除所有批注）或一键清理")
			}
			w.changed, w.hidden, w.white = w.changed || other.changed, w.hidden || other.hidden, w.white || other.white
		}
	}
	if w.changed {
		f.add(TrackedChanges, Block, f.name, "文件带有修订痕迹，请在 Word 或 WPS 中“接受所有修订”后重新上传")
	}
	switch {
	case w.hidden:
		f.add(HiddenText, Block, f.name, "文件带有隐藏文字，请显示并删除后重新上传")
	case w.white:
		f.add(HiddenText, Warn, f.name, "文件带有白色或极小的文字，读者可能看不见，请全选后改为黑色核对")
	}
	return f.officeParts(z)
}

// wordLooks are the styles of a Word file that hide text.
type wordLooks struct{ hidden, white, known map[string]bool }

func (f *reader) wordLooks(z *zip.Reader, main *zip.File) (*wordLooks, error) {
	looks := &wordLooks{map[string]bool{}, map[string]bool{}, map[string]bool{}}
	e := find(z, path.Dir(main.Name)+"/styles.xml")
	if e == nil {
		return looks, nil
	}
	id := ""
	err := f.starts(e, func(t *tag) error {
		switch t.name {
		case "style":
			id = t.get("styleId")
			if looks.known[id] = true; len(looks.known) > maxEntries {
				return errTooMuch
			}
		case "tblStylePr", "docDefaults", "latentStyles": // of parts of a table
			id = ""
		case "basedOn":
			from := t.get("val")
			looks.hidden[id], looks.white[id] = looks.hidden[from], looks.white[from]
		case "vanish":
			looks.hidden[id] = isShown(t)
		case "color":
			looks.white[id] = isWhite(t)
		case "shd":
			if isShaded(t) {
				looks.white[id] = false
			}
		}
		return nil
	})
	delete(looks.hidden, "")
	delete(looks.white, "")
	return looks, err
}

// isShown reports whether a switch of Word is on: it is, unless it says not.
func isShown(t *tag) bool {
	value := t.raw("val")
	return len(value) == 0 || isOn(value)
}

func isWhite(t *tag) bool {
	value, theme := strings.ToUpper(t.get("val")), t.get("themeColor")
	return value == "FFFFFF" && (theme == "" || theme == "background1") || value == "FEFEFE"
}

func isShaded(t *tag) bool {
	fill := strings.ToUpper(t.get("fill"))
	return fill != "" && fill != "AUTO" && fill != "FFFFFF" || t.get("themeFill") != ""
}
