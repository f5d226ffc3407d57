package richtext

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
)

// Text returns the text a reader of the HTML sees: entities decoded, white space collapsed, one line for each block,
// table row and line break, one space between the cells of a row. Scripts and styles are not seen; nor are images.
// It reads all articles when the search index is rebuilt, so it finds its own way from tag to tag: the tokenizer of
// the html package copies every name and text, and takes several times as long.
func Text(source string) string {
	r := reader{buf: make([]byte, 0, len(source))}
	for source != "" {
		end := strings.IndexByte(source, '<')
		if end < 0 {
			end = len(source)
		} else if end+1 < len(source) && !startsTag(source[end+1]) || end+1 == len(source) {
			end++ // 1 < 2
		}
		r.raw(source[:end])
		if source = source[end:]; len(source) > 1 && source[0] == '<' && startsTag(source[1]) {
			source = r.markup(source[1:])
		}
	}
	return string(r.buf)
}

// reader gathers visible text.
type reader struct {
	buf []byte
	gap byte // what must stand before the next character: 0, ' ' or '\n'
}

// raw reads text that may hold entities.
func (r *reader) raw(s string) {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	for len(s) > 0 {
		n := 0
		for n < len(s) && !suspect[s[n]] {
			n++
		}
		if n == 0 {
			c, size := utf8.DecodeRuneInString(s)
			if kind := kindOf(c); kind != ordinary {
				if kind != invisible && r.gap == 0 {
					r.gap = ' '
				}
				s = s[size:]
				continue
			}
			n = size
		}
		if r.gap != 0 && len(r.buf) > 0 {
			r.buf = append(r.buf, r.gap)
		}
		r.gap = 0
		r.buf = append(r.buf, s[:n]...)
		s = s[n:]
	}
}

// markup takes a tag or comment, whose "<" is gone, from the front of s, and what no reader sees after it.
func (r *reader) markup(s string) (rest string) {
	if strings.HasPrefix(s, "!--") {
		return afterComment(s[len("!--"):])
	}
	closing := s[0] == '/'
	if closing {
		s = s[1:]
	}
	if s == "" || !isLetter(s[0]) { // <!DOCTYPE>, <?xml?>, <![endif]>
		_, rest, _ = strings.Cut(s, ">")
		return rest
	}
	n := 0
	for n < len(s) && s[n] > ' ' && s[n] != '/' && s[n] != '>' {
		n++
	}
	name := strings.ToLower(s[:n])
	rest, ended := afterAttributes(s[n:])
	if !ended {
		return ""
	}
	r.tag(name)
	if !closing && isHidden(name) {
		return afterElement(rest, name)
	}
	return rest
}

// tag separates what stands before a tag from what follows it, unless the tag is inline.
func (r *reader) tag(name string) {
	switch name {
	case "p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "hr", "table",
		"caption", "thead", "tbody", "tfoot", "section", "article", "pre", "dl", "dt", "dd", "figure", "figcaption",
		"header", "footer", "main", "aside", "nav", "address", "form", "fieldset", "details", "summary", "center":
		r.gap = '\n'
	case "td", "th":
		if r.gap == 0 {
			r.gap = ' '
		}
	}
}

// isHidden reports whether what stands in the element is for the browser, not for the reader, and is not parsed.
func isHidden(name string) bool {
	switch name {
	case "script", "style", "title", "noscript", "iframe", "noembed", "noframes", "textarea":
		return true
	}
	return false
}

func isLetter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// startsTag reports whether c after "<" begins a tag or a comment to a browser.
func startsTag(c byte) bool { return isLetter(c) || c == '/' || c == '!' || c == '?' }

// afterAttributes returns what follows the tag whose attributes s begins with. A ">" within quotes does not end a tag.
func afterAttributes(s string) (rest string, ended bool) {
	value := false // after "="
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '>':
			return s[i+1:], true
		case c == '=':
			value = true
		case value && (c == '"' || c == '\''):
			length := strings.IndexByte(s[i+1:], c)
			if length < 0 {
				return "", false
			}
			i += length + 1
			value = false
		case c > ' ':
			value = false
		}
	}
	return "", false
}

// afterComment returns what follows the comment whose "<!--" is gone; "<!-->" is a whole comment.
func afterComment(s string) string {
	if strings.HasPrefix(s, ">") || strings.HasPrefix(s, "->") {
		_, s, _ = strings.Cut(s, ">")
		return s
	}
	for i := strings.Index(s, "--"); i >= 0; {
		switch tail := s[i+2:]; {
		case strings.HasPrefix(tail, ">"):
			return tail[1:]
		case strings.HasPrefix(tail, "!>"):
			return tail[2:]
		}
		next := strings.Index(s[i+1:], "--")
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return ""
}

// afterElement returns s from the end tag of name on.
func afterElement(s, name string) string {
	for i := 0; ; {
		next := strings.Index(s[i:], "</")
		if next < 0 {
			return ""
		}
		i += next
		if tail := s[i+2:]; len(tail) > len(name) && strings.EqualFold(tail[:len(name)], name) && strings.IndexByte(" \t\r\n\f/>", tail[len(name)]) >= 0 {
			return s[i:]
		}
		i += 2
	}
}
