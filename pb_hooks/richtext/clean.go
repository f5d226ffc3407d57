// Package richtext knows what an article's text may contain: it turns whatever was pasted from Word, WPS or WeChat, or
// imported, into a small safe subset of HTML, and reads the visible text back out of it. It knows nothing of where
// articles are stored, who may write them, or whether an attachment that an image points at exists.
package richtext

import (
	"fmt"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// MaxText is the greatest length of an article's HTML, in bytes, before and after cleaning.
const MaxText = 1 << 20

// Cleaned is an article's text that is safe to show, and what its author should be told about it.
type Cleaned struct {
	HTML  string
	Notes []Note // at most one of each code, in the order of the codes
}

// TooLong is the error of Clean for a text over MaxText. Size is its length in bytes.
type TooLong struct{ Size int }

// Error is the sentence for the author.
func (e TooLong) Error() string {
	return fmt.Sprintf("正文过长（%d KB，上限 %d KB），请把部分内容改为附件上传", e.Size>>10, MaxText>>10)
}

// Code is the machine code of the error.
func (e TooLong) Code() string { return "article_text_too_long" }

// Params are the values in the sentence, in bytes.
func (e TooLong) Params() map[string]any { return map[string]any{"size": e.Size, "max": MaxText} }

// Clean makes an article's text safe and plain. What survives: p, h2 to h4, ul, ol, li, blockquote, hr, br, strong, em,
// u, s, sub, sup, a[href rel], img[src alt], ol[start], table with caption, thead, tbody, tfoot, tr, th[scope] and td, their
// colspan and rowspan, and align="center" or "right" on p, h2 to h4, td and th. Text without any tag becomes one
// paragraph per line. Cleaning what was cleaned changes nothing. The only error is TooLong.
func Clean(source string) (Cleaned, error) {
	if len(source) > MaxText {
		return Cleaned{}, TooLong{Size: len(source)}
	}
	source = strings.ToValidUTF8(source, "\uFFFD")
	w := walker{}
	w.out.grow(len(source))
	if !hasTag(source) {
		w.lines(html.UnescapeString(source))
	} else if nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{
		Type: html.ElementNode, Data: "body", DataAtom: atom.Body,
	}); err == nil {
		for _, n := range nodes {
			w.node(n)
		}
	} else {
		// The parser refuses over 512 open elements and knows no other error.
		w.found[flattened]++
		w.lines(Text(source))
	}
	clean := locked(w.out.finish())
	if len(clean) > MaxText {
		return Cleaned{}, TooLong{Size: len(clean)}
	}
	return Cleaned{HTML: clean, Notes: w.notes()}, nil
}

// hasTag reports whether s holds anything a browser would read as a tag or comment.
func hasTag(s string) bool {
	for {
		_, rest, found := strings.Cut(s, "<")
		if !found || rest == "" {
			return false
		}
		if startsTag(rest[0]) {
			return true
		}
		s = rest
	}
}
