package foi

import "strings"

// LineStyle is how a line of a letter is set.
type LineStyle string

// Styles of lines, and how a line of a text begins that has them.
const (
	LineBody LineStyle = "body" // an ordinary paragraph
	LineTo   LineStyle = "to"   // @ addressee
	LineHead LineStyle = "head" // # heading
	LineNote LineStyle = "note" // ! small print
	LineCut  LineStyle = "cut"  // ---- where the part to be sent back begins
	LineRow  LineStyle = "row"  // | of a table: label, value, label, value
	LineSeal LineStyle = "seal" // issuer, date and room for the seal
)

var lineMarks = []struct {
	mark  string
	style LineStyle
}{{"@", LineTo}, {"#", LineHead}, {"!", LineNote}, {"----", LineCut}, {"|", LineRow}}

// Line is one paragraph of a letter, or one row of a table.
type Line struct {
	Style LineStyle
	Text  string
	Cells []string // of a row, two or four; an empty one is filled in by hand
}

// Lines reads the default text: one line for each paragraph, its style by how it
// begins. Issuer and date of a sealed letter stand at its end, before what is to be
// sent back; they are not in the text.
func (l Letter) Lines() []Line {
	var lines []Line
	sealed := !l.Sealed
	for text := range strings.Lines(l.Text) {
		text = strings.TrimSpace(text)
		if text == "" {
			continue
		}
		line := lineOf(text)
		if line.Style == LineCut && !sealed {
			lines, sealed = append(lines, Line{Style: LineSeal}), true
		}
		lines = append(lines, line)
	}
	if !sealed {
		lines = append(lines, Line{Style: LineSeal})
	}
	return lines
}

func lineOf(text string) Line {
	for _, m := range lineMarks {
		rest, ok := strings.CutPrefix(text, m.mark)
		if !ok {
			continue
		}
		if m.style != LineRow {
			return Line{Style: m.style, Text: strings.TrimSpace(rest)}
		}
		var cells []string
		for _, c := range strings.Split(rest, "|") {
			cells = append(cells, strings.TrimSpace(c))
		}
		return Line{Style: LineRow, Cells: cells}
	}
	return Line{Style: LineBody, Text: text}
}
