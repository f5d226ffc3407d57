package scan

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
)

func (m *markup) endTag() (piece, error) {
	n := 2
	for ; ; n++ {
		if err := m.need(n + 1); err != nil {
			return 0, unexpected(err)
		}
		if m.buf[m.from+n] == '>' {
			break
		}
	}
	name := local(bytes.TrimRight(m.buf[m.from+2:m.from+n], " \t\r\n"))
	m.from += n + 1
	return m.close(m.intern(name))
}

func (m *markup) close(name string) (piece, error) {
	if len(m.open) == 0 || m.open[len(m.open)-1] != name {
		return 0, errSyntax
	}
	m.open = m.open[:len(m.open)-1]
	m.tag.name = name
	return pieceClose, nil
}

// startTag reads a tag that is there as a whole.
func (m *markup) startTag() (piece, error) {
	n, quote := 1, byte(0)
	for ; ; n++ {
		if m.from+n >= m.to {
			if err := m.need(n + 1); err != nil {
				return 0, unexpected(err)
			}
		}
		c := m.buf[m.from+n]
		if quote != 0 {
			if c == quote {
				quote = 0
			}
		} else if c == '"' || c == '\'' {
			quote = c
		} else if c == '>' {
			break
		}
	}
	inside := m.buf[m.from+1 : m.from+n]
	m.from += n + 1
	if len(inside) > 0 && inside[len(inside)-1] == '/' {
		inside, m.closing = inside[:len(inside)-1], true
	}
	end := 0
	for end < len(inside) && !isSpace(inside[end]) {
		end++
	}
	name := local(inside[:end])
	if len(name) == 0 || len(m.open) >= maxDepth {
		if len(name) > 0 {
			return 0, errExploding
		}
		return 0, errSyntax
	}
	m.tag.name = m.intern(name)
	m.open = append(m.open, m.tag.name)
	return pieceStart, m.attributes(inside[end:])
}

func (m *markup) attributes(rest []byte) error {
	m.tag.attrs, m.scratch = m.tag.attrs[:0], m.scratch[:0]
	for {
		for len(rest) > 0 && isSpace(rest[0]) {
			rest = rest[1:]
		}
		if len(rest) == 0 {
			return nil
		}
		eq := bytes.IndexByte(rest, '=')
		if eq <= 0 {
			return errSyntax
		}
		name := bytes.TrimRight(rest[:eq], " \t\r\n")
		rest = bytes.TrimLeft(rest[eq+1:], " \t\r\n")
		if len(rest) < 2 || rest[0] != '"' && rest[0] != '\'' {
			return errSyntax
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return errSyntax
		}
		value := rest[1 : end+1]
		rest = rest[end+2:]
		if bytes.HasPrefix(name, []byte("xmlns")) {
			continue
		}
		if bytes.IndexByte(value, '&') >= 0 {
			at := len(m.scratch)
			var err error
			if m.scratch, err = unescape(m.scratch, value); err != nil {
				return err
			}
			value = m.scratch[at:len(m.scratch):len(m.scratch)]
		}
		m.tag.attrs = append(m.tag.attrs, attr{local(name), value})
	}
}

// intern keeps one string for each name.
func (m *markup) intern(name []byte) string {
	if s, ok := m.names[string(name)]; ok {
		return s
	}
	s := string(name)
	if len(m.names) < 2000 && len(s) < 100 {
		m.names[s] = s
	}
	return s
}

// local is a name without its prefix.
func local(name []byte) []byte {
	if i := bytes.IndexByte(name, ':'); i > 0 && i < len(name)-1 {
		return name[i+1:]
	}
	return name
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }

// unescape appends a text with the five entities and numbers put in.
func unescape(to, text []byte) ([]byte, error) {
	for {
		i := bytes.IndexByte(text, '&')
		if i < 0 {
			return append(to, text...), nil
		}
		to, text = append(to, text[:i]...), text[i+1:]
		end := bytes.IndexByte(text[:min(len(text), 14)], ';')
		if end < 1 {
			return to, errSyntax
		}
		name := string(text[:end])
		text = text[end+1:]
		if c, ok := entities[name]; ok {
			to = append(to, c)
			continue
		}
		digits, base := strings.TrimPrefix(name, "#"), 10
		if strings.HasPrefix(digits, "x") {
			digits, base = digits[1:], 16
		}
		n, err := strconv.ParseUint(digits, base, 32)
		if err != nil || name[0] != '#' || n > utf8.MaxRune {
			return to, errSyntax
		}
		to = utf8.AppendRune(to, rune(n))
	}
}

var entities = map[string]byte{"lt": '<', "gt": '>', "amp": '&', "apos": '\'', "quot": '"'}
