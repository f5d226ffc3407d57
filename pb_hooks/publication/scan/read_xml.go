package scan

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
)

// tokens walks the XML of an entry without building a tree. A long text comes
// in pieces.
func (f *reader) tokens(e *zip.File, start func(*tag) error, text func([]byte) error, end func(name string) error) (err error) {
	r, err := f.budget.open(e)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, r.Close()) }()
	return walk(r, start, text, end)
}

func walk(r io.Reader, start func(*tag) error, text func([]byte) error, end func(name string) error) error {
	pooled := buffers.Get().(*[]byte)
	defer buffers.Put(pooled)
	m := &markup{r: r, buf: *pooled, names: map[string]string{}}
	for {
		kind, err := m.next()
		if err != nil {
			return err
		}
		switch kind {
		case pieceEnd:
			return nil
		case pieceStart:
			err = start(&m.tag)
		case pieceText:
			err = text(m.text)
		case pieceClose:
			err = end(m.tag.name)
		}
		if err != nil {
			return err
		}
	}
}

// starts walks the start tags of an entry alone.
func (f *reader) starts(e *zip.File, start func(*tag) error) error {
	return f.tokens(e, start, func([]byte) error { return nil }, func(string) error { return nil })
}

// elements calls fn with the name and the text of each innermost element.
func (f *reader) elements(e *zip.File, fn func(name, text string) error) error {
	var text []byte
	return f.tokens(e, func(*tag) error {
		text = text[:0]
		return nil
	}, func(b []byte) (err error) {
		text, err = grow(text, b)
		return err
	}, func(name string) error {
		defer func() { text = text[:0] }()
		if len(text) == 0 {
			return nil
		}
		return fn(name, string(text))
	})
}

// grow appends to a text that is held: no paragraph, cell or row is longer than
// maxCellText.
func grow(text, b []byte) ([]byte, error) {
	if len(text)+len(b) > maxCellText {
		return text, errTooMuch
	}
	return append(text, b...), nil
}

// raw reads one attribute by its local name; it is good until the next tag.
func (t *tag) raw(name string) []byte {
	for _, a := range t.attrs {
		if string(a.name) == name {
			return a.value
		}
	}
	return nil
}

func (t *tag) get(name string) string { return string(t.raw(name)) }

func (t *tag) is(name string) bool { return isOn(t.raw(name)) }

// isOn reads a switch: Word leaves out the value of one that is on.
func isOn(value []byte) bool {
	return bytes.Equal(value, []byte("1")) || bytes.Equal(value, []byte("true")) || bytes.Equal(value, []byte("on"))
}
