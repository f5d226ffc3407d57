package scan

import (
	"archive/zip"
	"encoding/xml"
	"io"
)

// tokens walks the XML of an entry without building a tree. encoding/xml knows
// no entities but its own five, so that none can explode.
func (f *reader) tokens(e *zip.File, start func(xml.StartElement) error, text func([]byte) error, end func(name string) error) error {
	r, err := f.budget.open(e)
	if err != nil {
		return err
	}
	defer r.Close()
	d := xml.NewDecoder(r)
	d.Strict = true
	depth := 0
	for n := 0; ; n++ {
		if n%4096 == 0 && f.ctx.Err() != nil {
			return f.ctx.Err()
		}
		t, err := d.RawToken()
		if err == io.EOF {
			if depth != 0 {
				return io.ErrUnexpectedEOF
			}
			return nil
		}
		if err != nil {
			return err
		}
		switch t := t.(type) {
		case xml.StartElement:
			if depth++; depth > maxDepth {
				return errExploding
			}
			err = start(t)
		case xml.CharData:
			err = text(t)
		case xml.EndElement:
			depth--
			err = end(t.Name.Local)
		}
		if err != nil {
			return err
		}
	}
}

// elements calls fn with the text of each innermost element and its path.
func (f *reader) elements(e *zip.File, fn func(path []string, text string) error) error {
	var path []string
	var text []byte
	return f.tokens(e, func(s xml.StartElement) error {
		path, text = append(path, s.Name.Local), text[:0]
		return nil
	}, func(b []byte) error {
		if len(text)+len(b) < maxCellText {
			text = append(text, b...)
		}
		return nil
	}, func(string) error {
		if len(path) == 0 {
			return io.ErrUnexpectedEOF
		}
		if len(text) > 0 {
			if err := fn(path, string(text)); err != nil {
				return err
			}
		}
		path, text = path[:len(path)-1], text[:0]
		return nil
	})
}

// attribute reads one attribute by its local name.
func attribute(s xml.StartElement, name string) string {
	for _, a := range s.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func isOn(value string) bool { return value == "1" || value == "true" || value == "on" }
