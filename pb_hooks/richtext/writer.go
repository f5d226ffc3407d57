package richtext

import (
	"bytes"
	"slices"
)

// writer writes the subset of HTML that Clean promises, in one canonical form, so that reading it back and writing it
// again gives the same bytes. A tag is written only when there is something to put in it: what stays empty vanishes.
// It writes no attribute and no text that it was not given; whoever calls it escapes attributes.
type writer struct {
	buf   []byte
	stack []container // open containers, outermost first

	inLeaf    bool   // in a paragraph, heading, or bare text of a cell or item
	leafStart string // "<p>", "<h2 align=…>"; "" for bare text
	leafTag   string
	afterBare bool // the last thing written in this container is bare text

	want, have []format // formats the source has open; formats open in the leaf
	breaks     int      // line breaks read, not yet written
	space      []byte   // white space read, not yet written
	wrapped    bool     // that white space is one line end of the source, and indentation
	last       rune     // last character of the leaf
}

// container holds paragraphs, or other containers.
type container struct {
	tag, start string
	written    bool
	paragraphs bool   // text in it always needs a paragraph
	blocks     int    // open blocks of the source that are no containers
	heading    string // the open heading: h2, h3, h4
	align      string
}

// format is an inline element: its name and its start tag.
type format struct{ tag, start string }

// maxDepth keeps the result far below the 512 open elements the parser allows.
const maxDepth = 40

func (o *writer) grow(n int) { o.buf = slices.Grow(o.buf, n+n/8) }

func (o *writer) top() container {
	if len(o.stack) == 0 {
		o.stack = append(o.stack, container{written: true, paragraphs: true})
	}
	return o.stack[len(o.stack)-1]
}

func (o *writer) setTop(c container) { o.stack[len(o.stack)-1] = c }

// isFull reports whether another list or table would nest too deep.
func (o *writer) isFull() bool { return len(o.stack) >= maxDepth }

func (o *writer) open(c container) {
	o.endLeaf()
	o.top()
	o.stack = append(o.stack, c)
}

func (o *writer) close() {
	o.endLeaf()
	if c := o.top(); c.written {
		o.buf = append(append(append(o.buf, "</"...), c.tag...), '>')
		o.afterBare = false
	}
	o.stack = o.stack[:len(o.stack)-1]
}

// write writes the start tags of the containers that have waited for content.
func (o *writer) write() {
	o.top()
	for i := range o.stack {
		if c := &o.stack[i]; !c.written {
			c.written = true
			o.buf = append(o.buf, c.start...)
			o.afterBare = false
		}
	}
}

func (o *writer) startLeaf() {
	o.write()
	c := o.top()
	o.leafTag, o.leafStart = c.heading, ""
	if o.leafTag == "" && (c.paragraphs || c.blocks > 0 || o.afterBare) {
		o.leafTag = "p"
	}
	if o.leafTag != "" {
		o.leafStart = "<" + o.leafTag + ">"
		if c.align != "" {
			o.leafStart = "<" + o.leafTag + ` align="` + c.align + `">`
		}
	}
	o.buf = append(o.buf, o.leafStart...)
	o.inLeaf, o.last = true, 0
}

func (o *writer) endLeaf() {
	o.breaks, o.space, o.wrapped = 0, o.space[:0], false
	if !o.inLeaf {
		return
	}
	o.endFormats(0)
	o.inLeaf = false
	o.afterBare = o.leafTag == ""
	if o.leafTag != "" {
		o.buf = append(append(append(o.buf, "</"...), o.leafTag...), '>')
	}
}

func (o *writer) endFormats(keep int) {
	for i := len(o.have) - 1; i >= keep; i-- {
		o.buf = append(append(append(o.buf, "</"...), o.have[i].tag...), '>')
	}
	o.have = o.have[:keep]
}

// push opens a format for the text that follows; it refuses one that is open already.
func (o *writer) push(f format) bool {
	if o.wants(f.tag) {
		return false
	}
	o.want = append(o.want, f)
	return true
}

func (o *writer) pop() { o.want = o.want[:len(o.want)-1] }

func (o *writer) wants(tag string) bool {
	for _, f := range o.want {
		if f.tag == tag {
			return true
		}
	}
	return false
}

// ready writes all that must stand before a character or an image: containers, paragraph, breaks, space, formats.
func (o *writer) ready(next rune) {
	if o.inLeaf && o.breaks >= 2 && o.leafTag == "p" {
		o.endFormats(0) // an empty line divides paragraphs
		o.buf = append(append(o.buf, "</p>"...), o.leafStart...)
		o.breaks, o.last = 0, 0
	}
	if !o.inLeaf {
		o.startLeaf()
	}
	same := 0
	for same < len(o.have) && same < len(o.want) && o.have[same] == o.want[same] {
		same++
	}
	o.endFormats(same)
	o.buf = append(o.buf, "<br><br>"[:4*min(o.breaks, 2)]...)
	if !o.wrapped || !isWide(o.last) || !isWide(next) { // Word wraps its source lines between Chinese characters
		o.buf = append(o.buf, o.space...)
	}
	for _, f := range o.want[same:] {
		o.buf = append(o.buf, f.start...)
		o.have = append(o.have, f)
	}
	o.breaks, o.space, o.wrapped = 0, o.space[:0], false
}

func (o *writer) lineBreak() {
	if o.inLeaf {
		o.breaks++
		o.space, o.wrapped = o.space[:0], false
	}
}

func (o *writer) image(tag string) {
	o.ready(0)
	o.buf = append(o.buf, tag...)
	o.last = 0
}

func (o *writer) rule() {
	o.endLeaf()
	o.write()
	o.buf = append(o.buf, "<hr>"...)
	o.afterBare = false
}

func (o *writer) finish() string {
	o.endLeaf()
	return string(bytes.TrimSpace(o.buf))
}
