package pdf

import (
	"encoding/binary"
	"fmt"
	"io"
	"strings"
	"unicode/utf16"
)

const (
	maxPages = 2000
	maxText  = 1 << 16 // bytes of one note or property
	maxNotes = 5000    // of a page

	needsPassword = 4 // PDFium's number of that error
)

// document is an open file.
type document struct {
	*engine
	handle uint32
	form   uint32 // the form's handle, 0 until a field is met
	layout layout
}

// open opens a file and looks at its bytes.
func (e *engine) open(r io.Reader, size uint32) (*document, inside, error) {
	at := e.alloc(max(size, 1))
	file := e.bytes(at, size)
	if _, err := io.ReadFull(r, file); err != nil {
		return nil, inside{}, err
	}
	raw := inspect(file)
	d := &document{engine: e, handle: e.call("FPDF_LoadMemDocument", at, size, 0)}
	switch {
	case d.handle != 0:
		return d, raw, nil
	case e.call("FPDF_GetLastError") == needsPassword:
		return nil, raw, ErrPassword
	}
	return nil, raw, ErrBroken
}

// read opens a file and reads it.
func (e *engine) read(r io.Reader, size uint32, each func(Page) error) (Document, error) {
	var about Document
	var failed error
	err := e.try(func() {
		d, raw, err := e.open(r, size)
		if failed = err; failed != nil {
			return
		}
		about = d.about(raw)
		if about.Pages > maxPages {
			failed = ErrLimit
			return
		}
		for i := range about.Pages {
			if failed = each(d.page(i)); failed != nil {
				return
			}
		}
	})
	if failed != nil {
		err = failed
	}
	return about, err
}

func (d *document) about(raw inside) Document {
	about := Document{Pages: int(d.call("FPDF_GetPageCount", d.handle)), Authors: raw.creators}
	for _, key := range []string{"Author", "Company", "Manager"} {
		about.Authors = appendText(about.Authors, d.property(key))
	}
	for _, key := range []string{"Title", "Subject", "Keywords"} {
		about.Texts = appendText(about.Texts, d.property(key))
	}
	about.Attached = raw.attached || int32(d.call("FPDFDoc_GetAttachmentCount", d.handle)) > 0
	about.Scripts = raw.scripts || int32(d.call("FPDFDoc_GetJavaScriptActionCount", d.handle)) > 0
	return about
}

func appendText(list []string, text string) []string {
	text = strings.TrimSpace(text)
	for _, known := range list {
		if known == text {
			return list
		}
	}
	if text == "" {
		return list
	}
	return append(list, text)
}

func (d *document) property(key string) string {
	name := d.name(key)
	defer d.call("free", name)
	return d.text(func(to, n uint32) uint32 { return d.call("FPDF_GetMetaText", d.handle, name, to, n) })
}

// text reads what PDFium gives as UTF-16 with a zero at its end, after it was
// asked how long it is.
func (d *document) text(get func(to, n uint32) uint32) string {
	n := get(0, 0)
	if n <= 2 {
		return ""
	}
	if n > maxText {
		n = maxText
	}
	to := d.alloc(n)
	defer d.call("free", to)
	if get(to, n) > n {
		return fmt.Sprintf("（超过 %d 字节，未读）", maxText)
	}
	b := d.bytes(to, n)
	units := make([]uint16, 0, n/2)
	for i := 0; i+1 < len(b); i += 2 {
		if u := binary.LittleEndian.Uint16(b[i:]); u != 0 {
			units = append(units, u)
		}
	}
	return whole(string(utf16.Decode(units)))
}

// Kinds of annotations, as PDFium numbers them.
const (
	annotLink   = 2
	annotPopup  = 16
	annotWidget = 20
)

// notes reads what stands over a page.
func (d *document) notes(page uint32) []Note {
	var notes []Note
	for i := range min(d.call("FPDFPage_GetAnnotCount", page), maxNotes) {
		annot := d.call("FPDFPage_GetAnnot", page, i)
		if annot == 0 {
			continue
		}
		switch d.call("FPDFAnnot_GetSubtype", annot) {
		case annotLink, annotPopup:
		case annotWidget:
			if text := d.field(annot); text != "" {
				notes = append(notes, Note{text, true})
			}
		default:
			if text := d.annotText(annot, "Contents"); strings.TrimSpace(text) != "" {
				notes = append(notes, Note{text, false})
			}
		}
		d.call("FPDFPage_CloseAnnot", annot)
	}
	return notes
}

func (d *document) annotText(annot uint32, key string) string {
	name := d.name(key)
	defer d.call("free", name)
	return d.text(func(to, n uint32) uint32 { return d.call("FPDFAnnot_GetStringValue", annot, name, to, n) })
}

// openForm makes the form's handle, once, and reports whether there is one.
func (d *document) openForm() bool {
	if d.form == 0 {
		info := d.alloc(512)
		clear(d.bytes(info, 512))
		d.bytes(info, 1)[0] = 1 // the version of the structure
		d.form = d.call("FPDFDOC_InitFormFillEnvironment", d.handle, info)
	}
	return d.form != 0
}

// field is the name and the value of a field.
func (d *document) field(annot uint32) string {
	value := d.fieldValue(annot)
	if value == "" || d.form == 0 {
		return value
	}
	if label := d.ofField(annot, "FPDFAnnot_GetFormFieldAlternateName"); label != "" {
		return label + "：" + value
	}
	if name := d.ofField(annot, "FPDFAnnot_GetFormFieldName"); name != "" {
		return name + "：" + value
	}
	return value
}

// fieldValue is what was filled into a field.
func (d *document) fieldValue(annot uint32) string {
	if !d.openForm() {
		return d.annotText(annot, "V")
	}
	value := strings.TrimSpace(d.ofField(annot, "FPDFAnnot_GetFormFieldValue"))
	if value == "Off" {
		return ""
	}
	return value
}

func (d *document) ofField(annot uint32, get string) string {
	return d.text(func(to, n uint32) uint32 { return d.call(get, d.form, annot, to, n) })
}
