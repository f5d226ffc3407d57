package scan

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strings"
)

// CannotClean is a file whose unseen parts are for its author to remove.
type CannotClean struct{ Ext string }

func (e CannotClean) Error() string {
	return "这种文件不能自动清理，请修改后重新上传"
}

// Code is the machine's name of the error.
func (e CannotClean) Code() string { return "scan_cannot_clean" }

// Params are the words a page may need.
func (e CannotClean) Params() map[string]any { return map[string]any{"ext": e.Ext} }

// empty is what takes the place of a part that says nothing to a reader.
var empty = map[string]string{
	"docProps/core.xml":   `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
	"docProps/app.xml":    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
	"docProps/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
	"word/comments.xml":   `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`,
	"xl/comments":         `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>`,
	"xl/threadedComments": `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>`,
	"ppt/comments/":       `<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>`,
}

var commentMark = regexp.MustCompile(`<w:comment(?:RangeStart|RangeEnd|Reference)\b[^>]*/>`)

// Clean writes an office file again without its properties and comments; a
// reader sees the same. It returns what was removed.
func Clean(ext string, r io.ReaderAt, size int64) (cleaned []byte, removed []Class, err error) {
	if !slices.Contains([]string{"docx", "xlsx", "pptx"}, ext) {
		return nil, nil, CannotClean{ext}
	}
	z, err := zip.NewReader(r, size)
	if err != nil {
		return nil, nil, CannotClean{ext}
	}
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	budget := &budget{maxTotal}
	for _, e := range z.File {
		instead, class := replacement(e.Name)
		switch {
		case instead != "":
			if !slices.Contains(removed, class) {
				removed = append(removed, class)
			}
			err = write(w, e.Name, []byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>`+"\n"+instead))
		case e.Name == "word/document.xml":
			err = stripMarks(w, e, budget)
		default:
			err = w.Copy(e)
		}
		if err != nil {
			return nil, nil, fmt.Errorf("clean %s: %w", e.Name, err)
		}
	}
	if err := w.Close(); err != nil {
		return nil, nil, fmt.Errorf("clean: %w", err)
	}
	return out.Bytes(), removed, nil
}

func replacement(name string) (string, Class) {
	for prefix, instead := range empty {
		if strings.HasPrefix(name, prefix) && strings.HasSuffix(name, ".xml") && !strings.Contains(name, "_rels/") {
			if strings.HasPrefix(prefix, "docProps/") {
				return instead, DocumentAuthor
			}
			return instead, Comments
		}
	}
	return "", ""
}

// stripMarks takes the places out of the text that comments hung on.
func stripMarks(w *zip.Writer, e *zip.File, b *budget) error {
	r, err := b.open(e)
	if err != nil {
		return err
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	return write(w, e.Name, commentMark.ReplaceAll(data, nil))
}

func write(w *zip.Writer, name string, data []byte) error {
	to, err := w.Create(name)
	if err != nil {
		return err
	}
	_, err = to.Write(data)
	return err
}
