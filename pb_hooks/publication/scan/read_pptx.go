package scan

import (
	"archive/zip"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// slides reads a presentation: slides with their tables, hidden ones too,
// speakers' notes and comments.
func (f *reader) slides(z *zip.Reader) error {
	if f.main(z, "ppt/presentation.xml") == nil {
		return zip.ErrFormat
	}
	parts := slices.Clone(z.File)
	slices.SortStableFunc(parts, func(a, b *zip.File) int { return numberIn(a.Name) - numberIn(b.Name) })
	notes, comments := 0, 0
	for _, e := range parts {
		w := &wordText{f: f}
		name := strings.ToLower(e.Name)
		switch {
		case !strings.HasSuffix(name, ".xml"):
			continue
		case strings.HasPrefix(name, "ppt/slides/slide"):
			w.part = fmt.Sprintf("第%d页", numberIn(name))
		case strings.HasPrefix(name, "ppt/notesslides/notesslide"):
			w.part, w.isNotes = fmt.Sprintf("第%d页备注", numberIn(name)), true
		case strings.HasPrefix(name, "ppt/comments/"):
			w.part = "批注"
		default:
			continue
		}
		if err := w.read(e); err != nil {
			return err
		}
		switch {
		case w.part == "批注":
			comments += w.said
		case w.isNotes:
			notes += w.said
		case w.hiddenSlide:
			f.add(HiddenSheet, Block, f.name+"："+w.part, "有隐藏的幻灯片，请取消隐藏，确认后删除再上传")
		}
	}
	if comments > 0 {
		f.clean(Comments, Block, f.name, fmt.Sprintf("%d 段批注", comments), "文件带有批注，请删除批注或一键清理")
	}
	if notes > 0 {
		f.add(HiddenText, Warn, f.name, "幻灯片带有演讲者备注，请核对备注内容")
	}
	return f.officeParts(z)
}

func numberIn(name string) int {
	digits := strings.TrimFunc(strings.TrimSuffix(name[strings.LastIndex(name, "/")+1:], ".xml"), func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
