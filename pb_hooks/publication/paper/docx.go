package paper

import (
	"archive/zip"
	"bytes"
	"embed"
	"encoding/xml"
	"fmt"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// skeleton is what never changes, under the names it has in the file: types,
// relations, styles. "all" takes in the names that begin with _ and dot.
//
//go:embed all:parts
var skeleton embed.FS

const (
	wordNames     = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relationNames = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
)

// node is an XML element. encoding/xml escapes every text and attribute.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

func element(name string, inside ...node) node {
	return node{XMLName: xml.Name{Local: name}, Nodes: inside}
}

// with adds attributes, given as name, value, name, value.
func (n node) with(pairs ...string) node {
	for p := range slices.Chunk(pairs, 2) {
		n.Attrs = append(n.Attrs, xml.Attr{Name: xml.Name{Local: p[0]}, Value: p[1]})
	}
	return n
}

func valued(name, value string) node { return element(name).with("w:val", value) }

// clean drops what XML 1.0 forbids and what would turn the line around (bidi
// controls): a form must show what was written in the order it was written.
func clean(text string) string {
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\t", " ", "\u2028", "\n", "\u2029", "\n").Replace(strings.ToValidUTF8(text, ""))
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r), r == 0xFFFE, r == 0xFFFF, unicode.Is(unicode.Bidi_Control, r):
			return -1
		}
		return r
	}, text)
}

// paragraph is one line of text in a style of parts/word/styles.xml.
func paragraph(style, text string, more ...node) node {
	p := element("w:p", element("w:pPr", valued("w:pStyle", style)))
	p.Nodes = append(p.Nodes, runs(clean(text))...)
	p.Nodes = append(p.Nodes, more...)
	return p
}

// runs sets the boxes of tick lists in a font that has them.
func runs(text string) []node {
	var list []node
	for text != "" {
		end := strings.IndexAny(text, ticked+unticked)
		boxed := end == 0
		switch {
		case boxed:
			end = len(ticked) // both boxes are three bytes
		case end < 0:
			end = len(text)
		}
		t := element("w:t").with("xml:space", "preserve")
		t.Text = text[:end]
		r := element("w:r", t)
		if boxed {
			r = element("w:r", element("w:rPr", valued("w:rStyle", "Box")), t)
		}
		list, text = append(list, r), text[end:]
	}
	return list
}

// field is what the word processor counts: PAGE, NUMPAGES.
func field(instruction string) node {
	t := element("w:t")
	t.Text = "1"
	return element("w:fldSimple", element("w:r", t)).with("w:instr", instruction)
}

// cell is a cell of a table; its lines become paragraphs.
type cell struct {
	style, text string
	span        int // columns of the grid; 0 is one
}

// table draws borders around everything. The grid is in twentieths of a point.
func table(grid []int, rows ...row) node {
	borders := element("w:tblBorders")
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		borders.Nodes = append(borders.Nodes, valued("w:"+side, "single").with("w:sz", "6", "w:space", "0", "w:color", "000000"))
	}
	margins := element("w:tblCellMar", twips("w:top", 45), twips("w:left", 80), twips("w:bottom", 45), twips("w:right", 80))
	width, columns := 0, element("w:tblGrid")
	for _, w := range grid {
		width += w
		columns.Nodes = append(columns.Nodes, element("w:gridCol").with("w:w", strconv.Itoa(w)))
	}
	t := element("w:tbl", element("w:tblPr", twips("w:tblW", width), valued("w:jc", "center"), borders, element("w:tblLayout").with("w:type", "fixed"), margins), columns)
	for _, r := range rows {
		t.Nodes = append(t.Nodes, r.node(grid))
	}
	return t
}

func twips(name string, width int) node {
	return element(name).with("w:w", strconv.Itoa(width), "w:type", "dxa")
}

// row is a row of cells. A heading is repeated on every page.
type row struct {
	cells   []cell
	heading bool
	whole   bool // never broken over two pages
	joined  bool // on one page with the next row
	height  int  // at least, in twentieths of a point; 0 is as the text needs
}

func (r row) node(grid []int) node {
	properties := element("w:trPr")
	if r.whole || r.heading {
		properties.Nodes = append(properties.Nodes, element("w:cantSplit"))
	}
	if r.height > 0 {
		properties.Nodes = append(properties.Nodes, valued("w:trHeight", strconv.Itoa(r.height)).with("w:hRule", "atLeast"))
	}
	if r.heading {
		properties.Nodes = append(properties.Nodes, element("w:tblHeader"))
	}
	tr, at := element("w:tr", properties), 0
	for _, c := range r.cells {
		span, width := max(c.span, 1), 0
		for _, w := range grid[at : at+span] {
			width += w
		}
		at += span
		about := element("w:tcPr", twips("w:tcW", width))
		if span > 1 {
			about.Nodes = append(about.Nodes, valued("w:gridSpan", strconv.Itoa(span)))
		}
		about.Nodes = append(about.Nodes, valued("w:vAlign", "center"))
		td := element("w:tc", about)
		for _, line := range strings.Split(clean(c.text), "\n") {
			p := paragraph(c.style, line)
			if r.joined || r.heading {
				p.Nodes[0].Nodes = append(p.Nodes[0].Nodes, element("w:keepNext"))
			}
			td.Nodes = append(td.Nodes, p)
		}
		tr.Nodes = append(tr.Nodes, td)
	}
	return tr
}

// pack writes the skeleton and what was made into one file. The same nodes give
// the same bytes: the order is fixed and all times in the archive are the same.
func pack(document, header, footer node) ([]byte, error) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	add := func(name string, data []byte) error {
		w, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)})
		if err == nil {
			_, err = w.Write(data)
		}
		return err
	}
	err := fs.WalkDir(skeleton, "parts", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := skeleton.ReadFile(name)
		if err != nil {
			return err
		}
		return add(strings.TrimPrefix(name, "parts/"), data)
	})
	if err != nil {
		return nil, fmt.Errorf("write the skeleton: %w", err)
	}
	for _, made := range []struct {
		name string
		root node
	}{{"word/document.xml", document}, {"word/header.xml", header}, {"word/footer.xml", footer}} {
		data, err := xml.Marshal(made.root.with("xmlns:w", wordNames, "xmlns:r", relationNames))
		if err == nil {
			err = add(made.name, append([]byte(xml.Header), data...))
		}
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", made.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return nil, fmt.Errorf("close the document: %w", err)
	}
	return b.Bytes(), nil
}
