package demo

import (
	"archive/zip"
	"bytes"
	"fmt"
	"html"
	"strings"
)

// Namespaces of a Word file.
const (
	wordMain      = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	wordTypes     = "application/vnd.openxmlformats-officedocument.wordprocessingml."
	packageTypes  = "application/vnd.openxmlformats-package."
	officeRels    = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageRels   = "http://schemas.openxmlformats.org/package/2006/relationships"
	coreRel       = packageRels + "/metadata/core-properties"
	corePropsName = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
)

// part is a file in a Word file.
type part struct{ name, xml string }

// docx is the least that Word and WPS open.
func docx(lines []string) []byte {
	return packed([]part{contentTypes(""), rels("_rels/.rels", rel("officeDocument", "word/document.xml")), document(paragraphs(lines))})
}

// Manuscript is a Word file as it lies on a desk: with the name of who wrote it
// and, at the first line, what a colleague thinks of it.
func Manuscript(lines []string, author, comment string) []byte {
	author = html.EscapeString(author)
	first := `<w:p><w:commentRangeStart w:id="1"/>` + run(lines[0]) + `<w:commentRangeEnd w:id="1"/><w:r><w:commentReference w:id="1"/></w:r></w:p>`
	return packed([]part{
		contentTypes(override("/word/comments.xml", wordTypes+"comments+xml") + override("/docProps/core.xml", packageTypes+"core-properties+xml")),
		rels("_rels/.rels", rel("officeDocument", "word/document.xml")+fmt.Sprintf(`<Relationship Id="rId2" Type="%s" Target="docProps/core.xml"/>`, coreRel)),
		rels("word/_rels/document.xml.rels", rel("comments", "comments.xml")),
		document(first + paragraphs(lines[1:])),
		{"word/comments.xml", fmt.Sprintf(`<w:comments xmlns:w="%s"><w:comment w:id="1" w:author="%s"><w:p>%s</w:p></w:comment></w:comments>`, wordMain, author, run(comment))},
		{"docProps/core.xml", fmt.Sprintf(`<cp:coreProperties xmlns:cp="%s" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:creator>%s</dc:creator></cp:coreProperties>`, corePropsName, author)},
	})
}

func run(text string) string {
	return `<w:r><w:t xml:space="preserve">` + html.EscapeString(text) + `</w:t></w:r>`
}

func paragraphs(lines []string) string {
	var text strings.Builder
	for _, line := range lines {
		text.WriteString(`<w:p>` + run(line) + `</w:p>`)
	}
	return text.String()
}

func document(body string) part {
	return part{"word/document.xml", fmt.Sprintf(`<w:document xmlns:w="%s"><w:body>%s</w:body></w:document>`, wordMain, body)}
}

func contentTypes(more string) part {
	return part{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="` +
		packageTypes + `relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>` + override("/word/document.xml", wordTypes+"document.main+xml") + more + `</Types>`}
}

func override(name, kind string) string {
	return fmt.Sprintf(`<Override PartName="%s" ContentType="%s"/>`, name, kind)
}

func rels(name, list string) part {
	return part{name, fmt.Sprintf(`<Relationships xmlns="%s">%s</Relationships>`, packageRels, list)}
}

func rel(kind, target string) string {
	return fmt.Sprintf(`<Relationship Id="rId1" Type="%s/%s" Target="%s"/>`, officeRels, kind, target)
}

// packed puts the parts into one file, the same for the same parts.
func packed(parts []part) []byte {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		f, err := z.Create(p.name)
		if err == nil {
			_, err = f.Write([]byte(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + p.xml))
		}
		if err != nil {
			panic(err) // memory only
		}
	}
	if err := z.Close(); err != nil {
		panic(err)
	}
	return b.Bytes()
}
