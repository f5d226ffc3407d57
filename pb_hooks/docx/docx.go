// Package docx writes .docx files: the skeleton that all documents of this program
// share, paragraphs, tables, the page. What stands in a document, and its styles,
// are the caller's.
//
// The WordprocessingML is written here with encoding/xml, not by a library: of
// those for Go the complete one (unioffice) is sold, the free ones are forks of
// an abandoned one or not finished, and none promises the same bytes for the
// same data.
package docx

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"encoding/xml"
	"fmt"
	"strconv"
	"time"
)

//go:embed settings.xml
var settings []byte

// fontTable has all fonts that a document of ours may ask for, with the names that
// other systems know them by.
//
//go:embed fontTable.xml
var fontTable []byte

// Names of WordprocessingML.
const (
	WordNames     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationNames = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	packageNames  = "http://schemas.openxmlformats.org/package/2006/"
	wordTypes     = "application/vnd.openxmlformats-officedocument.wordprocessingml."
)

// Document is a document to be written. It has no properties: they would name people.
type Document struct {
	Styles         []byte // word/styles.xml, with every style that paragraphs name
	Page           Page
	Body           []Node
	Header, Footer []Node // paragraphs on every page; none is no header
}

// Page is the sheet of paper, in twentieths of a point.
type Page struct {
	Width, Height            int // wider than high is landscape
	Top, Right, Bottom, Left int // margins
	Header, Footer           int // from the edge of the paper
}

// Sides of A4, in twentieths of a point.
const A4Short, A4Long = 11906, 16838

// satellite is a part beside the document itself: its file, its relation and its
// content type have one name.
type satellite struct {
	name string
	data []byte
}

// Bytes is the finished file. The same document gives the same bytes.
func (d Document) Bytes() ([]byte, error) {
	satellites := []satellite{{"styles", d.Styles}, {"settings", settings}, {"fontTable", fontTable}}
	section := Element("w:sectPr")
	for _, edge := range []struct {
		name, element string
		paragraphs    []Node
	}{{"header", "w:hdr", d.Header}, {"footer", "w:ftr", d.Footer}} {
		if len(edge.paragraphs) == 0 {
			continue
		}
		data, err := marshal(Element(edge.element, edge.paragraphs...))
		if err != nil {
			return nil, err
		}
		satellites = append(satellites, satellite{edge.name, data})
		section.Nodes = append(section.Nodes, Element("w:"+edge.name+"Reference").With("w:type", "default", "r:id", edge.name))
	}
	section.Nodes = append(section.Nodes, d.Page.nodes()...)
	body := Element("w:body", d.Body...)
	body.Nodes = append(body.Nodes, section)
	document, err := marshal(Element("w:document", body))
	if err != nil {
		return nil, err
	}
	parts := append(skeleton(satellites), Part{"word/document.xml", document})
	for _, s := range satellites {
		parts = append(parts, Part{"word/" + s.name + ".xml", s.data})
	}
	return Pack(parts)
}

func (p Page) nodes() []Node {
	size := Element("w:pgSz").With("w:w", strconv.Itoa(p.Width), "w:h", strconv.Itoa(p.Height))
	if p.Width > p.Height {
		size = size.With("w:orient", "landscape")
	}
	return []Node{size, Element("w:pgMar").With("w:top", strconv.Itoa(p.Top), "w:right", strconv.Itoa(p.Right), "w:bottom", strconv.Itoa(p.Bottom),
		"w:left", strconv.Itoa(p.Left), "w:header", strconv.Itoa(p.Header), "w:footer", strconv.Itoa(p.Footer), "w:gutter", "0")}
}

// skeleton says what the parts are and how they hang together.
func skeleton(satellites []satellite) []Part {
	types := `<Types xmlns="` + packageNames + `content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
		`<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="` + wordTypes + `document.main+xml"/>`
	var relations string
	for _, s := range satellites {
		types += `<Override PartName="/word/` + s.name + `.xml" ContentType="` + wordTypes + s.name + `+xml"/>`
		relations += relation(s.name, s.name+".xml")
	}
	wrap := func(relations string) []byte {
		return []byte(xml.Header + `<Relationships xmlns="` + packageNames + `relationships">` + relations + `</Relationships>`)
	}
	return []Part{{"[Content_Types].xml", []byte(xml.Header + types + `</Types>`)},
		{"_rels/.rels", wrap(relation("officeDocument", "word/document.xml"))}, {"word/_rels/document.xml.rels", wrap(relations)}}
}

func relation(kind, target string) string {
	return `<Relationship Id="` + kind + `" Type="` + relationNames + `/` + kind + `" Target="` + target + `"/>`
}

func marshal(root Node) ([]byte, error) {
	data, err := xml.Marshal(root.With("xmlns:w", WordNames, "xmlns:r", relationNames))
	if err != nil {
		return nil, fmt.Errorf("write %s: %w", root.XMLName.Local, err)
	}
	return append([]byte(xml.Header), data...), nil
}

// Part is one file in the package.
type Part struct {
	Name string
	Data []byte
}

// Pack writes parts in their order into one file. All times in it are the same, so
// that the same parts give the same bytes.
func Pack(parts []Part) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range parts {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.Name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write(p.Data)
		}
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", p.Name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close the document: %w", err)
	}
	return b.Bytes(), nil
}
