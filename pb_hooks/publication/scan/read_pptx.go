package scan

import (
	"archive/zip"
	"encoding/xml"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// slides reads a presentation: slides, hidden ones too, and speakers' notes.
func (f *reader) slides(z *zip.Reader) error {
	if entry(z, "ppt/presentation.xml") == nil {
		return zip.ErrFormat
	}
	parts := slices.Clone(z.File)
	slices.SortStableFunc(parts, func(a, b *zip.File) int { return numberIn(a.Name) - numberIn(b.Name) })
	notes, comments := 0, 0
	for _, e := range parts {
		place := ""
		switch {
		case strings.HasPrefix(e.Name, "ppt/slides/slide"):
			place = fmt.Sprintf("第%d页", numberIn(e.Name))
		case strings.HasPrefix(e.Name, "ppt/notesSlides/notesSlide"):
			place = fmt.Sprintf("第%d页备注", numberIn(e.Name))
		case strings.HasPrefix(e.Name, "ppt/comments/"):
			place = "批注"
		default:
			continue
		}
		said, hidden, err := f.slide(e, place)
		if err != nil {
			return err
		}
		switch {
		case place == "批注":
			comments += said
		case strings.HasSuffix(place, "备注"):
			notes += said
		case hidden:
			f.add(HiddenSheet, Block, f.name+"："+place, "有隐藏的幻灯片，请取消隐藏，确认后删除再上传")
		}
	}
	if comments > 0 {
		f.clean(Comments, Block, f.name, fmt.Sprintf("%d 段批注", comments), "文件带有批注，请删除批注或一键清理")
	}
	if notes > 0 {
		f.add(HiddenText, Warn, f.name, "幻灯片带有演讲者备注，请核对备注内容")
	}
	return f.officeParts(z, "ppt/")
}

func (f *reader) slide(e *zip.File, place string) (said int, hidden bool, err error) {
	var text strings.Builder
	inText := false
	err = f.tokens(e, func(s xml.StartElement) error {
		inText = s.Name.Local == "t" || s.Name.Local == "text"
		hidden = hidden || s.Name.Local == "sld" && attribute(s, "show") == "0"
		return nil
	}, func(b []byte) error {
		if inText && text.Len() < maxCellText {
			text.Write(b)
		}
		return nil
	}, func(name string) error {
		if name == "t" {
			inText = false
		}
		if name != "p" && name != "text" {
			return nil
		}
		line := strings.TrimSpace(text.String())
		text.Reset()
		if line == "" || strings.HasSuffix(place, "备注") && len(line) < 4 { // the page number
			return nil
		}
		said++
		return f.say(place, line)
	})
	return said, hidden, err
}

func numberIn(name string) int {
	digits := strings.TrimFunc(strings.TrimSuffix(name[strings.LastIndex(name, "/")+1:], ".xml"), func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}
