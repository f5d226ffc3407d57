package letter

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"slices"
	"strings"
)

// edit puts something in the place of a span of a part.
type edit struct {
	span
	instead string
}

// fill returns the part with the values in it; errTooLarge beyond so many bytes.
func (p *textPart) fill(lines map[string][]string, most int) ([]byte, error) {
	var edits []edit
	size := len(p.data)
	for _, paragraph := range p.paragraphs {
		for _, e := range p.fillParagraph(paragraph, lines) {
			if size += len(e.instead); size > most {
				return nil, errTooLarge
			}
			edits = append(edits, e)
		}
	}
	slices.SortStableFunc(edits, func(a, b edit) int { return cmp.Compare(a.from, b.from) })
	var b bytes.Buffer
	at := 0
	for _, e := range edits {
		b.Write(p.data[at:e.from])
		b.WriteString(e.instead)
		at = e.to
	}
	b.Write(p.data[at:])
	return b.Bytes(), nil
}

// fillParagraph writes the pieces again that a placeholder touches. A value stands
// where its placeholder begins and looks as it does there.
func (p *textPart) fillParagraph(paragraph *paragraph, lines map[string][]string) []edit {
	if paragraph.dropping && paragraph.isBlank(lines) {
		return []edit{{span: paragraph.whole}}
	}
	var edits []edit
	from := 0
	for _, piece := range paragraph.pieces {
		to := from + len(piece.text)
		var b strings.Builder
		at, touched := from, false
		for _, s := range paragraph.slots {
			if s.End <= from || s.Start >= to {
				continue
			}
			touched = true
			if s.Start >= from {
				b.WriteString(escape(piece.text[at-from : s.Start-from]))
				b.WriteString(strings.Join(escapeAll(lines[s.Name]), p.newLine(paragraph, piece)))
			}
			at = min(s.End, to)
		}
		if touched {
			b.WriteString(escape(piece.text[at-from:]))
			edits = append(edits, edit{piece.whole, begin(paragraph.prefix) + b.String() + end(paragraph.prefix, "t")})
		}
		from = to
	}
	return edits
}

// isBlank reports whether nothing would be left to read.
func (paragraph *paragraph) isBlank(lines map[string][]string) bool {
	at := 0
	var all strings.Builder
	for _, piece := range paragraph.pieces {
		all.WriteString(piece.text)
	}
	text := all.String()
	for _, s := range paragraph.slots {
		if len(lines[s.Name]) > 0 || strings.TrimSpace(text[at:s.Start]) != "" {
			return false
		}
		at = s.End
	}
	return strings.TrimSpace(text[at:]) == ""
}

// newLine is what goes from one line of a value to the next: the end of the
// paragraph and the beginning of one like it; inside a link or a control, where that
// cannot be, a line break.
func (p *textPart) newLine(paragraph *paragraph, piece piece) string {
	w := paragraph.prefix
	if !paragraph.splitting || !piece.plain {
		return end(w, "t") + "<" + w + "br/>" + begin(w)
	}
	return end(w, "t") + end(w, "r") + end(w, "p") + "<" + w + "p>" + p.at(paragraph.props) + "<" + w + "r>" + p.at(piece.props) + begin(w)
}

func begin(prefix string) string     { return "<" + prefix + `t xml:space="preserve">` }
func end(prefix, name string) string { return "</" + prefix + name + ">" }

func escapeAll(lines []string) []string {
	var escaped []string
	for _, line := range lines {
		escaped = append(escaped, escape(line))
	}
	return escaped
}

func escape(text string) string {
	var b strings.Builder
	_ = xml.EscapeText(&b, []byte(text)) // a Builder takes everything
	return b.String()
}
