package docx_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"regexp"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/docx"
)

var page = docx.Page{Width: docx.A4Long, Height: docx.A4Short, Top: 1, Right: 2, Bottom: 3, Left: 4, Header: 5, Footer: 6}

func unzip(t *testing.T, d docx.Document) map[string]string {
	t.Helper()
	data, err := d.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	if again, err := d.Bytes(); err != nil || !bytes.Equal(data, again) {
		t.Fatalf("the same document gives other bytes (%v)", err)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	parts := map[string]string{}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		raw, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(raw, &struct{}{}); err != nil {
			t.Errorf("%s is not XML: %v", f.Name, err)
		}
		parts[f.Name] = string(raw)
	}
	return parts
}

// Whatever a part is related to is there and has a type, and nothing else is.
func TestTheSkeletonFitsTogether(t *testing.T) {
	line := []docx.Node{docx.Paragraph("A", "一")}
	for _, tt := range []struct {
		d    docx.Document
		want []string
	}{
		{docx.Document{Styles: []byte("<a/>"), Page: page, Body: line}, []string{"document", "fontTable", "settings", "styles"}},
		{docx.Document{Styles: []byte("<a/>"), Page: page, Body: line, Header: line, Footer: docx.PageNumber()}, []string{"document", "fontTable", "footer", "header", "settings", "styles"}},
	} {
		parts := unzip(t, tt.d)
		var files, typed, related, referred []string
		for name := range parts {
			if file, ok := strings.CutPrefix(name, "word/"); ok && !strings.HasPrefix(file, "_rels/") {
				files = append(files, strings.TrimSuffix(file, ".xml"))
			}
		}
		all := func(expression, part string) (found []string) {
			for _, m := range regexp.MustCompile(expression).FindAllStringSubmatch(parts[part], -1) {
				found = append(found, m[1])
			}
			slices.Sort(found)
			return found
		}
		typed = all(`PartName="/word/(\w+)\.xml"`, "[Content_Types].xml")
		related = append(all(`Target="(\w+)\.xml"`, "word/_rels/document.xml.rels"), "document")
		referred = all(`r:id="(\w+)"`, "word/document.xml")
		slices.Sort(files)
		slices.Sort(related)
		if !slices.Equal(files, tt.want) || !slices.Equal(typed, tt.want) || !slices.Equal(related, tt.want) || len(referred) != len(tt.want)-4 {
			t.Errorf("files %v, types %v, relations %v, referred to %v", files, typed, related, referred)
		}
		if !strings.Contains(parts["_rels/.rels"], `Target="word/document.xml"`) || !strings.Contains(parts["word/document.xml"], `w:orient="landscape"`) {
			t.Error("the document is not found, or not landscape")
		}
	}
}

// cells lists the cells of each row: span, merge, text.
func cells(t *testing.T, table docx.Node) [][]string {
	t.Helper()
	var rows [][]string
	for _, tr := range table.Nodes {
		if tr.XMLName.Local != "w:tr" {
			continue
		}
		var row []string
		for _, td := range tr.Nodes[1:] {
			said := ""
			for _, about := range td.Nodes[0].Nodes {
				if name := about.XMLName.Local; name == "w:gridSpan" || name == "w:vMerge" {
					said += about.Attrs[0].Value + " "
				}
			}
			for _, run := range td.Nodes[1].Nodes[1:] {
				said += run.Nodes[1].Text
			}
			row = append(row, said)
		}
		rows = append(rows, row)
	}
	return rows
}

func TestCellsReachAcrossAndDown(t *testing.T) {
	table := docx.Table([]int{1, 2, 3, 4}, docx.Padding{}, docx.Row{Cells: []docx.Cell{{Text: "a", Down: 3}, {Text: "b", Span: 2, Down: 2}, {Text: "c"}}},
		docx.Row{Cells: []docx.Cell{{Text: "d"}}}, docx.Row{Cells: []docx.Cell{{Text: "e"}, {Text: "f", Span: 2}}}, docx.Row{Cells: []docx.Cell{{Text: "g", Span: 4}}})
	want := [][]string{{"restart a", "2 restart b", "c"}, {"continue ", "2 continue ", "d"}, {"continue ", "e", "2 f"}, {"4 g"}}
	if got := cells(t, table); !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("got %q", got)
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{"a\r\nb\vc\u2028d": "a\nb\nc\nd", "\x00a\u202eb\ufffe\tc\xff": "ab c", "<&>": "<&>"} {
		if got := docx.Clean(in); got != want {
			t.Errorf("%q: got %q, want %q", in, got, want)
		}
	}
}
