package scan

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// mostOfAClass is how many findings of one class are kept; the last one says
// how many more there are.
const mostOfAClass = 20

// listLength is from how many people on a list is a list that needs a 公示 form.
const listLength = 20

// Scanner reads content in order and keeps what it finds. It holds one row at a
// time, so that a large workbook needs no more memory than a small one.
type Scanner struct {
	words *Words
	only  bool // looks for nothing but words
	found map[Class][]Finding
	more  map[Class]int
	table tableState
	run   nameRun
	order []Class
}

// New starts a scanner; words may be nil.
func New(words *Words) *Scanner {
	return &Scanner{words: words, found: map[Class][]Finding{}, more: map[Class]int{}}
}

// OnlyWords starts a scanner that looks for the words of a list and nothing
// else: for what was scanned for everything else when it was submitted.
func OnlyWords(words *Words) *Scanner {
	s := New(words)
	s.only = true
	return s
}

// Add reads a paragraph or a row of a table.
func (s *Scanner) Add(c Content) {
	cells := make([]Cell, len(c.Cells))
	for i, cell := range c.Cells {
		cells[i] = Cell{cell.Place, plain(cell.Text)}
	}
	if s.only {
		for _, cell := range cells {
			s.bad(cell)
		}
		return
	}
	if c.Table > 0 && c.Table != s.table.number {
		s.table = tableState{number: c.Table, duty: s.run.duty}
		s.run = nameRun{}
	}
	inRow := c.Table > 0 && slices.ContainsFunc(cells, func(c Cell) bool { return IsName(c.Text) })
	for i, cell := range cells {
		head := ""
		if c.Table > 0 {
			head = s.table.headOf(i)
		}
		s.numbers(cell, head)
		s.contacts(cell, head, inRow)
		s.marks(cell)
		s.bad(cell)
		if c.Table == 0 || len(cells) == 1 || len(cell.Text) >= shortestSentence && saidRunes.in(cell.Text) {
			s.sentences(cell)
		}
		if c.Table == 0 {
			s.listed(cell)
		} else if len(cell.Text) >= listLength*6 {
			s.listedInCell(cell)
		}
	}
	if c.Table > 0 {
		s.row(cells)
	}
}

// shortestSentence is how long, in bytes, a cell beside others is that may say
// something of a person by itself.
const shortestSentence = 24

// saidRunes are characters of which one at least stands in what is said of a person.
var saidRunes = setOf("分名患诊病抑虑残低卡孤困单亡障症贫率喘痫肝敏迟守离绩痘炎骨染癌瘤诺视出生岗")

// plain is a text with full-width characters folded and invisible ones gone, and
// the bytes that are no text.
func plain(text string) string {
	text = width.Fold.String(strings.ToValidUTF8(text, ""))
	if strings.IndexFunc(text, isInvisible) < 0 {
		return text
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, text)
}

func isInvisible(r rune) bool { return r >= 0x80 && unicode.Is(unicode.Cf, r) }

// Findings are what was found so far, class by class.
func (s *Scanner) Findings() []Finding {
	var list []Finding
	for _, class := range s.order {
		found := s.found[class]
		if n := s.more[class]; n > 0 {
			last := found[len(found)-1]
			last.Place += fmt.Sprintf("，另有 %d 处", n)
			found = append(found[:len(found)-1:len(found)-1], last)
		}
		list = append(list, found...)
	}
	return list
}

// Text scans paragraphs of plain text, quickly enough for while somebody types.
func Text(place, text string, words *Words) []Finding {
	s := New(words)
	for i, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			s.Add(Content{Cells: []Cell{{fmt.Sprintf("%s第%d段", place, i+1), line}}})
		}
	}
	return s.Findings()
}

func (s *Scanner) add(class Class, level Level, place, sample string) {
	s.keep(Finding{Class: class, Level: level, Place: place, Sample: sample, Hint: hints[class]})
}

func (s *Scanner) keep(f Finding) {
	found := s.found[f.Class]
	if len(found) == 0 {
		s.order = append(s.order, f.Class)
	}
	for _, known := range found {
		if known.Place == f.Place && known.Sample == f.Sample {
			return
		}
	}
	if len(found) == mostOfAClass {
		s.more[f.Class]++
		return
	}
	s.found[f.Class] = append(found, f)
}

// Judge sets the levels that depend on where something is to be published.
func Judge(found []Finding, c Circumstances) []Finding {
	out := make([]Finding, len(found))
	for i, f := range found {
		switch {
		case (f.Class == Mobile || f.Class == BirthDate) && c.Pupils:
			f.Level = Block
		case f.Class == NameList && c.Publicity:
			f.Level = Note
		}
		out[i] = f
	}
	return out
}
