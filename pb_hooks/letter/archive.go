package letter

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path"
	"slices"
	"strings"

	"gongkai/pb_hooks/docx"
)

// Limits of a template, in bytes and parts. A letter is a few pages.
const (
	maxFile  = 5 << 20
	maxPart  = 8 << 20 // uncompressed
	maxTotal = 16 << 20
	maxParts = 500
)

// archive is a template in memory: all its parts in their order, and those that
// people write text in.
type archive struct {
	parts []docx.Part
	texts []*textPart
}

// textTypes are the kinds of parts that hold text, by the end of their content type.
var textTypes = []string{"wordprocessingml.document.main+xml", "wordprocessingml.header+xml", "wordprocessingml.footer+xml",
	"wordprocessingml.footnotes+xml", "wordprocessingml.endnotes+xml"}

// open reads a whole template. What really comes out of the archive is counted: the
// sizes in its directory may lie.
func open(template []byte) (*archive, error) {
	if len(template) > maxFile {
		return nil, errTooLarge
	}
	z, err := zip.NewReader(bytes.NewReader(template), int64(len(template)))
	if err != nil {
		return nil, errNotDocx
	}
	if len(z.File) > maxParts {
		return nil, errExploding
	}
	a, left, seen := &archive{}, int64(maxTotal), map[string]bool{}
	for _, f := range z.File {
		if strings.HasSuffix(f.Name, "/") {
			continue
		}
		name := strings.ToLower(f.Name)
		if seen[name] || path.Clean("/"+f.Name) != "/"+f.Name || strings.Contains(f.Name, `\`) {
			return nil, errBroken
		}
		seen[name] = true
		data, err := read(f, min(maxPart, left))
		if err != nil {
			return nil, err
		}
		left -= int64(len(data))
		a.parts = append(a.parts, docx.Part{Name: f.Name, Data: data})
	}
	return a, a.look()
}

func read(f *zip.File, most int64) ([]byte, error) {
	r, err := f.Open()
	if err != nil {
		return nil, errBroken
	}
	defer r.Close()
	data, err := io.ReadAll(io.LimitReader(r, most+1))
	switch {
	case err != nil:
		return nil, errBroken
	case int64(len(data)) > most:
		return nil, errExploding
	}
	return data, nil
}

// look finds the parts with text and refuses what must not go out with a letter.
func (a *archive) look() error {
	types, err := a.types()
	if err != nil {
		return err
	}
	main := false
	for i, p := range a.parts {
		kind, lower := types[strings.ToLower("/"+p.Name)], strings.ToLower(p.Name)
		switch {
		case strings.Contains(kind, "macroenabled"), path.Base(lower) == "vbaproject.bin":
			return errMacros
		case strings.Contains(lower, "/embeddings/"), strings.Contains(lower, "/activex/"):
			return errEmbedded
		case strings.HasSuffix(lower, ".rels"):
			err = checkRelations(p.Data)
		case strings.HasSuffix(kind, "wordprocessingml.comments+xml") && bytes.Contains(p.Data, []byte("comment ")):
			return errComments
		}
		if err != nil {
			return err
		}
		for _, t := range textTypes {
			if strings.HasSuffix(kind, t) {
				text, err := parse(i, p.Data)
				if err != nil {
					return err
				}
				a.texts, main = append(a.texts, text), main || t == textTypes[0]
			}
		}
	}
	if !main {
		return errNotDocx
	}
	return nil
}

// types reads what kind each part is. Names and kinds are in lower case.
func (a *archive) types() (map[string]string, error) {
	for _, p := range a.parts {
		if !strings.EqualFold(p.Name, "[Content_Types].xml") {
			continue
		}
		var list struct {
			Overrides []struct {
				PartName    string `xml:"PartName,attr"`
				ContentType string `xml:"ContentType,attr"`
			} `xml:"Override"`
		}
		if xml.Unmarshal(p.Data, &list) != nil {
			return nil, errBroken
		}
		types := map[string]string{}
		for _, o := range list.Overrides {
			types[strings.ToLower(o.PartName)] = strings.ToLower(o.ContentType)
		}
		return types, nil
	}
	return nil, errNotDocx
}

// checkRelations refuses what a word processor would fetch or run by itself. A link
// that a person clicks may lead outside.
func checkRelations(data []byte) error {
	var list struct {
		Relations []struct {
			Type string `xml:"Type,attr"`
			Mode string `xml:"TargetMode,attr"`
		} `xml:"Relationship"`
	}
	if xml.Unmarshal(data, &list) != nil {
		return errBroken
	}
	for _, r := range list.Relations {
		kind := strings.ToLower(path.Base(r.Type))
		switch {
		case kind == "afchunk", kind == "oleobject", kind == "control":
			return errEmbedded
		case strings.EqualFold(r.Mode, "External") && kind != "hyperlink":
			return errExternal
		}
	}
	return nil
}

// nameless takes the place of properties: who drew the template is nobody's business.
var nameless = map[string]string{
	"docProps/core.xml":   `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"/>`,
	"docProps/app.xml":    `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>`,
	"docProps/custom.xml": `<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"/>`,
}

// pack writes the parts in their order, without what names people.
func pack(parts []docx.Part) ([]byte, error) {
	named := slices.Clone(parts)
	for i, p := range parts {
		if instead := nameless[p.Name]; instead != "" {
			named[i].Data = []byte(xml.Header + instead)
		}
	}
	data, err := docx.Pack(named)
	if err == nil && len(data) > maxTotal {
		return nil, errTooLarge
	}
	return data, err
}
