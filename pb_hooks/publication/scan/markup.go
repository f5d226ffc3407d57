package scan

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"sync"

	"golang.org/x/text/encoding/unicode"
)

// markup reads XML piece by piece and holds one tag at most: a text of any
// length comes in pieces, so that no file decides how much memory is used. It
// knows no entities but the five of XML, so that none can explode, and no
// namespaces: names are local names.
type markup struct {
	r        io.Reader
	buf      []byte
	from, to int // what is read and not used yet
	ended    bool
	cdata    bool
	closing  bool // the tag just told of closes itself
	started  bool

	open    []string // elements
	names   map[string]string
	tag     tag
	text    []byte
	scratch []byte
}

// tag is a start tag; its attributes are good until the next piece.
type tag struct {
	name  string
	attrs []attr
}

type attr struct{ name, value []byte }

type piece int

const (
	pieceEnd piece = iota // of the part
	pieceStart
	pieceText
	pieceClose
)

var errSyntax = errors.New("XML is not well formed")

var buffers = sync.Pool{New: func() any { b := make([]byte, 64<<10); return &b }}

// next goes on to the next piece; a closed element's name is in tag.name.
func (m *markup) next() (piece, error) {
	if m.closing {
		m.closing = false
		return m.close(m.tag.name)
	}
	for {
		if err := m.need(1); err != nil {
			if err == io.EOF && len(m.open) > 0 {
				err = io.ErrUnexpectedEOF
			}
			if err == io.EOF {
				return pieceEnd, nil
			}
			return 0, err
		}
		if !m.started {
			if err := m.begin(); err != nil {
				return 0, err
			}
			continue
		}
		switch {
		case m.cdata:
			return m.inCDATA()
		case m.buf[m.from] != '<':
			return m.characters()
		}
		if err := m.need(2); err != nil {
			return 0, unexpected(err)
		}
		switch m.buf[m.from+1] {
		case '!':
			if err := m.declaration(); err != nil {
				return 0, err
			}
		case '?':
			if err := m.instruction(); err != nil {
				return 0, err
			}
		case '/':
			return m.endTag()
		default:
			return m.startTag()
		}
	}
}

// need waits until n bytes are there. The buffer grows up to maxTag.
func (m *markup) need(n int) error {
	for m.to-m.from < n {
		if m.ended {
			return io.EOF
		}
		if m.from > 0 && m.to == len(m.buf) {
			copy(m.buf, m.buf[m.from:m.to])
			m.from, m.to = 0, m.to-m.from
		}
		if m.to == len(m.buf) {
			if len(m.buf) >= maxTag {
				return errTooMuch
			}
			m.buf = append(m.buf, make([]byte, len(m.buf))...)
		}
		read, err := m.r.Read(m.buf[m.to:])
		m.to += read
		if err == io.EOF {
			m.ended = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// begin looks at the mark of an encoding.
func (m *markup) begin() error {
	m.started = true
	_ = m.need(3) // a shorter part has no mark
	head := m.buf[m.from:m.to]
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		m.from += 3
	case bytes.HasPrefix(head, []byte("\xff\xfe")), bytes.HasPrefix(head, []byte("\xfe\xff")):
		rest := io.MultiReader(bytes.NewReader(bytes.Clone(head)), m.r)
		m.r = unicode.UTF16(unicode.LittleEndian, unicode.UseBOM).NewDecoder().Reader(rest)
		m.from, m.to, m.ended = 0, 0, false
	}
	return nil
}

// characters is text up to the next tag, or as much as is there.
func (m *markup) characters() (piece, error) {
	there := m.buf[m.from:m.to]
	n := bytes.IndexByte(there, '<')
	if n < 0 {
		n = len(there)
		// an entity that is cut off waits for its end
		if i := bytes.LastIndexByte(there, '&'); i >= 0 && n-i < 16 && bytes.IndexByte(there[i:], ';') < 0 && !m.ended {
			if n = i; n == 0 {
				if err := m.need(len(there) + 1); err != nil && err != io.EOF {
					return 0, err
				}
				return m.characters()
			}
		}
	}
	m.text = m.buf[m.from : m.from+n]
	m.from += n
	if bytes.IndexByte(m.text, '&') < 0 {
		return pieceText, nil
	}
	var err error
	m.scratch, err = unescape(m.scratch[:0], m.text)
	m.text = m.scratch
	return pieceText, err
}

func (m *markup) inCDATA() (piece, error) {
	err := m.need(3)
	if err != nil {
		return 0, unexpected(err)
	}
	there := m.buf[m.from:m.to]
	if n := bytes.Index(there, []byte("]]>")); n >= 0 {
		m.text, m.cdata = there[:n], false
		m.from += n + 3
		return pieceText, nil
	}
	m.text = there[:len(there)-2]
	m.from += len(m.text)
	return pieceText, nil
}

// declaration passes over comments and document types, and begins a CDATA section.
func (m *markup) declaration() error {
	if err := m.need(9); err != nil && err != io.EOF {
		return err
	}
	head := m.buf[m.from:m.to]
	switch {
	case bytes.HasPrefix(head, []byte("<!--")):
		m.from += 4
		return m.pass("-->")
	case bytes.HasPrefix(head, []byte("<![CDATA[")):
		m.from, m.cdata = m.from+9, true
		return nil
	}
	if !bytes.HasPrefix(head, []byte("<!DOCTYPE")) {
		return errSyntax
	}
	for n := 9; ; n++ {
		if err := m.need(n + 1); err != nil {
			return unexpected(err)
		}
		switch m.buf[m.from+n] {
		case '[', '<': // entities of its own
			return errSyntax
		case '>':
			m.from += n + 1
			return nil
		}
	}
}

// instruction passes over one; the first may name an encoding.
func (m *markup) instruction() error {
	if err := m.need(5); err == nil && string(m.buf[m.from:m.from+5]) == "<?xml" {
		for n := 5; ; n++ {
			if err := m.need(n + 1); err != nil {
				return unexpected(err)
			}
			if m.buf[m.from+n] != '>' {
				continue
			}
			_, named, has := strings.Cut(strings.ToLower(string(m.buf[m.from:m.from+n])), "encoding")
			if has && !strings.Contains(named, "utf-8") && !strings.Contains(named, "utf-16") && !strings.Contains(named, "ascii") {
				return errSyntax
			}
			break
		}
	}
	return m.pass("?>")
}

// pass goes on behind a mark.
func (m *markup) pass(mark string) error {
	for {
		if err := m.need(len(mark)); err != nil {
			return unexpected(err)
		}
		there := m.buf[m.from:m.to]
		if n := bytes.Index(there, []byte(mark)); n >= 0 {
			m.from += n + len(mark)
			return nil
		}
		m.from = m.to - len(mark) + 1
	}
}

func unexpected(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}
