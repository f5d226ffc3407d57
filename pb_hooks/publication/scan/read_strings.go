package scan

import "archive/zip"

// stringTable holds the texts that the cells of a workbook share. Texts are cut
// from large strings and kept in blocks, so that half a million of them are few
// objects and none is moved.
type stringTable struct {
	blocks [][]string
	number int
	used   []bool

	text []byte // of texts that are not cut yet
	ends []int
}

const (
	stringBlock = 16384     // texts of a block
	stringBytes = 256 << 10 // from how many bytes texts are cut from a string
)

func (t *stringTable) add(text []byte) error {
	if t.number++; t.number > maxSharedStrings {
		return errTooMuch
	}
	t.text = append(t.text, text...)
	t.ends = append(t.ends, len(t.text))
	if len(t.text) > stringBytes || t.number%stringBlock == 0 {
		t.cut()
	}
	return nil
}

func (t *stringTable) cut() {
	whole, from := string(t.text), 0
	for _, to := range t.ends {
		if n := len(t.blocks); n == 0 || len(t.blocks[n-1]) == stringBlock {
			t.blocks = append(t.blocks, make([]string, 0, stringBlock))
		}
		last := &t.blocks[len(t.blocks)-1]
		*last = append(*last, whole[from:to])
		from = to
	}
	t.text, t.ends = t.text[:0], t.ends[:0]
}

// use is a text that a cell shows.
func (t *stringTable) use(i int) (string, bool) {
	if i < 0 || i >= t.number {
		return "", false
	}
	t.used[i] = true
	return t.blocks[i/stringBlock][i%stringBlock], true
}

// unused calls fn with the texts that no cell shows: what was deleted may still
// be there.
func (t *stringTable) unused(fn func(string) error) error {
	for i, used := range t.used {
		if used {
			continue
		}
		if err := fn(t.blocks[i/stringBlock][i%stringBlock]); err != nil {
			return err
		}
	}
	return nil
}

func (f *reader) sharedStrings(z *zip.Reader) (*stringTable, error) {
	table := &stringTable{}
	e := find(z, "xl/sharedStrings.xml")
	if e == nil {
		return table, nil
	}
	f.seen[e] = true
	var text []byte
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
			if err := table.add(text); err != nil {
				return err
			}
			text = text[:0]
		}
		return nil
	})
	table.cut()
	table.used = make([]bool, table.number)
	return table, err
}
