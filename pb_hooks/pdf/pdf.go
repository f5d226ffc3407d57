// Package pdf reads the text of PDF files in reading order: lines, rows of
// tables, notes and fields; and draws their pages. A file is read by PDFium, compiled to WebAssembly, in
// a process of its own that this binary starts of itself: whatever a hostile or
// broken file does ends with that process, which has little memory, little time,
// no files and no network.
package pdf

import (
	"errors"
	"fmt"
)

// Document is what a file says of itself.
type Document struct {
	Pages    int      `json:"pages"`
	Authors  []string `json:"authors,omitempty"` // Author, Company, dc:creator
	Texts    []string `json:"texts,omitempty"`   // title, subject, keywords
	Attached bool     `json:"attached,omitempty"`
	Scripts  bool     `json:"scripts,omitempty"`
}

// Page is one page, from 1.
type Page struct {
	Number int    `json:"number"`
	Lines  []Line `json:"lines,omitempty"`
	Notes  []Note `json:"notes,omitempty"`
	// Unreadable: there is no text, or some is not known: a picture, or letters
	// that a font does not name.
	Unreadable bool `json:"unreadable,omitempty"`
}

// Line is a paragraph, or a row of a table.
type Line struct {
	Cells []string `json:"cells"`
	// Table is the same number (> 0) for all rows of a table, over pages, and 0
	// for a paragraph.
	Table int `json:"table,omitempty"`
}

// Note is what stands over a page: a comment, or the value of a field.
type Note struct {
	Text  string `json:"text"`
	Field bool   `json:"field,omitempty"`
}

// What may go wrong.
var (
	ErrBroken   = errors.New("the pdf is broken or needs a password")
	ErrPassword = fmt.Errorf("%w: a password", ErrBroken)
	ErrLimit    = errors.New("reading the pdf takes too much time or memory")
	ErrNoReader = errors.New("the process that reads pdf files cannot be started")
)
