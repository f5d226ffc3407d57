package site

import (
	"bytes"
	"context"
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v5"
)

// OpenPage (公开数据) explains the open data to people. All of it is drawn from
// openapi.json, so that it cannot say what is not so. It has no script.
type OpenPage struct {
	Version string
	Terms   string
	Notes   []docsNote
	Groups  []docsGroup
}

// docsNote is a paragraph, or a list, of the description.
type docsNote struct {
	Text  string
	Items []string
}

// docsGroup are the operations of a tag.
type docsGroup struct {
	Name       string
	Operations []docsOperation
}

type docsOperation struct {
	ID, Summary, Description string
	Path                     string
	Example                  string // address, with the examples of what it needs
	IsLink                   bool   // the example leads somewhere: nothing in it is made up
	IsTable                  bool   // CSV too
	Parameters               []docsParameter
	Answers                  []docsAnswer
}

type docsParameter struct {
	Name, Description, Example string
	Values                     []string
	Required                   bool
}

type docsAnswer struct{ Status, Description string }

// docsSource is openapi.json, as far as the page is drawn from it.
type docsSource struct {
	Info struct {
		Version, Description string
		License              struct{ Name string }
	}
	Tags  []struct{ Name, Description string }
	Paths map[string]struct {
		Get struct {
			ID                   string `json:"operationId"`
			Tags                 []string
			Summary, Description string
			Parameters           []docsParameterSource
			Responses            map[string]docsResponse
		}
	}
	Components struct {
		Parameters map[string]docsParameterSource
		Responses  map[string]docsResponse
	}
}

type docsParameterSource struct {
	Ref                   string `json:"$ref"`
	Name, In, Description string
	Required              bool
	Example               any
	Schema                struct{ Enum []string }
}

type docsResponse struct {
	Ref         string `json:"$ref"`
	Description string
	Content     map[string]any
}

// docs draws the page about the open data.
func (s *Site) docs(c *echo.Context) error {
	return s.serve(c, "/open", func(ctx context.Context) (*document, error) {
		d, err := s.reader.District(ctx)
		if err != nil {
			return nil, err
		}
		view, err := readDocs(openapiDocument, d.BaseURL)
		if err != nil {
			return nil, err
		}
		f, err := s.frame(kindOpen, d, view)
		if err != nil {
			return nil, err
		}
		p := Page{Kind: kindOpen, District: d, Head: head(kindOpen, d, view), View: view, Data: "null", Frame: f, Assets: entry{Styles: s.assets.pages[kindOpen].Styles}}
		var body bytes.Buffer
		if err := s.pages[kindOpen].Execute(&body, p); err != nil {
			return nil, err
		}
		return newDocument(http.StatusOK, "text/html; charset=utf-8", body.Bytes(), DistrictTag), nil
	})
}

func readDocs(raw []byte, base string) (OpenPage, error) {
	var doc docsSource
	if err := json.Unmarshal(raw, &doc); err != nil {
		return OpenPage{}, err
	}
	v := OpenPage{Version: doc.Info.Version, Terms: doc.Info.License.Name, Notes: notesOf(doc.Info.Description)}
	for _, tag := range doc.Tags {
		group := docsGroup{Name: tag.Description}
		for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
			if op := doc.Paths[path].Get; slices.Contains(op.Tags, tag.Name) {
				group.Operations = append(group.Operations, doc.operation(path, base))
			}
		}
		v.Groups = append(v.Groups, group)
	}
	return v, nil
}

func (doc docsSource) operation(path, base string) docsOperation {
	op := doc.Paths[path].Get
	v := docsOperation{ID: op.ID, Summary: op.Summary, Description: op.Description, Path: path, IsLink: !strings.Contains(path, "{")}
	example := path
	for _, p := range op.Parameters {
		if p.Ref != "" {
			p = doc.Components.Parameters[lastPart(p.Ref)]
		}
		shown, _ := p.Example.(string)
		if shown == "" {
			number, _ := json.Marshal(p.Example) // numbers and nothing always marshal
			shown = string(number)
		}
		if p.In == "path" {
			example = strings.ReplaceAll(example, "{"+p.Name+"}", url.PathEscape(shown))
		}
		if p.In != "header" { // of those the description tells
			v.Parameters = append(v.Parameters, docsParameter{p.Name, p.Description, shown, p.Schema.Enum, p.Required})
		}
	}
	v.Example = base + example
	for _, status := range slices.Sorted(maps.Keys(op.Responses)) {
		r := op.Responses[status]
		if r.Ref != "" {
			r = doc.Components.Responses[lastPart(r.Ref)]
		}
		v.IsTable = v.IsTable || r.Content["text/csv"] != nil
		v.Answers = append(v.Answers, docsAnswer{status, r.Description})
	}
	return v
}

func lastPart(ref string) string { return ref[strings.LastIndexByte(ref, '/')+1:] }

// notesOf reads the few forms that the description is written in: paragraphs, and
// lists of lines that begin with a dash.
func notesOf(text string) (notes []docsNote) {
	for part := range strings.SplitSeq(text, "\n\n") {
		var n docsNote
		for line := range strings.SplitSeq(part, "\n") {
			if item, isItem := strings.CutPrefix(line, "- "); isItem {
				n.Items = append(n.Items, item)
			} else {
				n.Text += line
			}
		}
		notes = append(notes, n)
	}
	return notes
}
