package letter

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"strings"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
)

//go:embed letter.gohtml
var pageText string

// printable is the page; html/template escapes every value where it stands.
var printable = template.Must(template.New("letter").Parse(pageText))

// line is a line of the page. A row of a table has cells, all others paragraphs.
type line struct {
	Style      foi.LineStyle
	Paragraphs []string
	Cells      []cell
	First      bool // of the rows of a table
	Last       bool
}

type cell struct {
	Paragraphs []string
	IsLabel    bool
	Span       int
}

// HTML is a letter as one page to look at and to print: without script, without
// anything from elsewhere. It is drawn from the default text; a district that edited
// its template prints the .docx. Errors are foi.MissingValue, foi.UnknownLetter.
func HTML(kind foi.LetterKind, values map[string]string) ([]byte, error) {
	l, err := foi.FindLetter(kind)
	if err != nil {
		return nil, err
	}
	if err := l.CheckValues(values); err != nil {
		return nil, err
	}
	lines, err := drawn(l, values)
	if err != nil {
		return nil, err
	}
	var b bytes.Buffer
	err = printable.Execute(&b, map[string]any{"Title": l.Title, "Sealed": l.Sealed, "Lines": lines,
		"Issuer": docx.Clean(values["落款单位"]), "Number": docx.Clean(values["文号"]), "Date": docx.Clean(values["日期"])})
	if err != nil {
		return nil, fmt.Errorf("draw %s: %w", kind, err)
	}
	return b.Bytes(), nil
}

func drawn(l foi.Letter, values map[string]string) ([]line, error) {
	all := l.Lines()
	isRow := func(i int) bool { return i >= 0 && i < len(all) && all[i].Style == foi.LineRow }
	var lines []line
	for i, from := range all {
		to := line{Style: from.Style, First: isRow(i) && !isRow(i-1), Last: isRow(i) && !isRow(i+1)}
		for n, text := range from.Cells {
			paragraphs, err := filled(text, values)
			if err != nil {
				return nil, err
			}
			c := cell{Paragraphs: paragraphs, IsLabel: n%2 == 0, Span: 1}
			if n == 1 && len(from.Cells) == 2 {
				c.Span = 3
			}
			to.Cells = append(to.Cells, c)
		}
		var err error
		if to.Paragraphs, err = filled(from.Text, values); err != nil {
			return nil, err
		}
		if len(to.Cells) > 0 || len(to.Paragraphs) > 0 || from.Style == foi.LineSeal {
			lines = append(lines, to)
		}
	}
	return lines, nil
}

// filled puts the values in and cuts what comes out into paragraphs, as Fill does.
func filled(text string, values map[string]string) ([]string, error) {
	cut := map[string]string{}
	for name, value := range values {
		cut[name] = strings.Join(linesOf(value), "\n")
	}
	text, err := foi.FillText(text, cut)
	if err != nil {
		return nil, err
	}
	return linesOf(text), nil
}
