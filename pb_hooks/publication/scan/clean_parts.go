package scan

import (
	"bytes"
	"regexp"
	"strings"
)

const xmlHead = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"

// empty is what takes the place of a part that says nothing to a reader, by the
// beginning of its name. It keeps its root, so that what points to it still does.
var empty = []struct {
	prefix, instead string
	class           Class
}{
	{"docprops/core.xml", `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`, DocumentAuthor},
	{"docprops/app.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`, DocumentAuthor},
	{"docprops/custom.xml", `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`, DocumentAuthor},
	{"word/comments.xml", `<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`, Comments},
	{"word/commentsextended.xml", `<w15:commentsEx xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>`, Comments},
	{"word/commentsids.xml", `<w16cid:commentsIds xmlns:w16cid="http://schemas.microsoft.com/office/word/2016/wordml/cid"/>`, Comments},
	{"word/commentsextensible.xml", `<w16cex:commentsExtensible xmlns:w16cex="http://schemas.microsoft.com/office/word/2018/wordml/cex"/>`, Comments},
	{"word/people.xml", `<w15:people xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml"/>`, DocumentAuthor},
	{"xl/comments", `<comments xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><authors/><commentList/></comments>`, Comments},
	{"xl/threadedcomments/", `<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>`, Comments},
	{"xl/persons/", `<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"/>`, DocumentAuthor},
	{"ppt/comments/", oldComments, Comments},
	{"ppt/commentauthors.xml", oldAuthors, DocumentAuthor},
	{"ppt/authors.xml", oldAuthors, DocumentAuthor},
}

const (
	oldComments = `<p:cmLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>`
	oldAuthors  = `<p:cmAuthorLst xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"/>`
)

// modern are the roots that newer presentations use instead.
var modern = map[string]string{
	oldComments: `<p188:cmLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"/>`,
	oldAuthors:  `<p188:authorLst xmlns:p188="http://schemas.microsoft.com/office/powerpoint/2018/8/main"/>`,
}

func emptied(name string) (string, Class) {
	if !strings.HasSuffix(name, ".xml") {
		return "", ""
	}
	for _, e := range empty {
		if strings.HasPrefix(name, e.prefix) {
			return e.instead, e.class
		}
	}
	return "", ""
}

// isWordText are the parts of a Word file that comments may hang on.
func isWordText(name string) bool {
	if !strings.HasPrefix(name, "word/") || !strings.HasSuffix(name, ".xml") {
		return false
	}
	for _, p := range []string{"document", "header", "footer", "footnotes", "endnotes"} {
		if strings.HasPrefix(name[len("word/"):], p) {
			return true
		}
	}
	return false
}

var (
	commentMark = regexp.MustCompile(`<(?:\w+:)?comment(?:RangeStart|RangeEnd|Reference)\b[^>]*(?:/>|>\s*</(?:\w+:)?comment(?:RangeStart|RangeEnd|Reference)\s*>)`)
	noteShape   = regexp.MustCompile(`(?s)<v:shape\b.*?</v:shape>`)
)

// withoutMarks takes out the places that comments hung on, and the boxes that
// show the comments of a sheet.
func withoutMarks(data []byte) []byte {
	if bytes.Contains(data, []byte("omment")) {
		data = commentMark.ReplaceAll(data, nil)
	}
	if bytes.Contains(data, []byte(`ObjectType="Note"`)) {
		data = noteShape.ReplaceAllFunc(data, func(shape []byte) []byte {
			if bytes.Contains(shape, []byte(`ObjectType="Note"`)) {
				return nil
			}
			return shape
		})
	}
	return data
}
