package scan

import (
	"archive/zip"
	"strings"
)

// stringTable holds the texts that the cells of a workbook share. Texts are cut
// from large strings, so that half a million of them are few objects.
type stringTable struct {
	list []string
	used []bool
}

// use is a text that a cell shows.
func (t *stringTable) use(i int) string {
	t.used[i] = true
	return t.list[i]
}

// unused are texts that no cell shows: what was deleted may still be there.
func (t *stringTable) unused() []string {
	var list []string
	for i, text := range t.list {
		if !t.used[i] && strings.TrimSpace(text) != "" {
			list = append(list, text)
		}
	}
	return list
}

// stringBlock is how many bytes of texts become one string.
const stringBlock = 256 << 10

func (f *reader) sharedStrings(z *zip.Reader) (*stringTable, error) {
	table := &stringTable{}
	e := find(z, "xl/sharedStrings.xml")
	if e == nil {
		return table, nil
	}
	f.seen[e] = true
	var block, text []byte
	var ends []int
	flush := func() {
		whole, from := string(block), 0
		for _, to := range ends {
			table.list = append(table.list, whole[from:to])
			from = to
		}
		block, ends = block[:0], ends[:0]
	}
	inText, phonetic, total := false, false, 0
	err := f.tokens(e, func(t *tag) error {
		inText = t.name == "t"
		phonetic = phonetic || t.name == "rPh"
		return nil
	}, func(b []byte) (err error) {
		if inText && !phonetic {
			text, err = grow(text, b)
		}
		return err
	}, func(name string) error {
		switch name {
		case "t":
			inText = false
		case "rPh":
			phonetic = false
		case "si":
			if total += len(text) + 16; total > maxStrings {
				return errTooMuch
			}
			block = append(block, text...)
			ends = append(ends, len(block))
			text = text[:0]
			if len(block) > stringBlock || len(ends) > stringBlock/16 {
				flush()
			}
		}
		return nil
	})
	flush()
	table.used = make([]bool, len(table.list))
	return table, err
}
