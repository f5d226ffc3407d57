package dossier

import (
	"archive/zip"
	"io"
	"strings"
)

// Files of the dossier of a case.
const (
	caseFile     = "案件.json"
	casePage     = "案卷.html"
	askedFile    = "申请.json"
	caseSteps    = "办理环节.json"
	ledgerFile   = "期限台账.json"
	daysFile     = "逐日计算.json"
	lettersFile  = "文书.json"
	caseFiles    = "材料.json"
	lettersPlace = "文书/"
)

// WriteCase streams the dossier of a case, in the way of Write.
func WriteCase(w io.Writer, c Case) error {
	c.Info.Format = Format
	c.place()
	p := &parcel{zip: zip.NewWriter(w), at: times{export: moment(c.Info.Export.At)}}
	page, err := pageOfCase(c)
	if err != nil {
		return err
	}
	p.text(readmeFile, []byte(caseReadme))
	p.text(casePage, page)
	p.json(caseFile, c.Info)
	p.json(askedFile, orEmpty(c.Applications))
	p.json(caseSteps, orEmpty(c.Steps))
	p.json(ledgerFile, orEmpty(c.Ledger))
	p.json(daysFile, orEmpty(c.Days))
	p.json(lettersFile, orEmpty(c.Letters))
	p.json(caseFiles, orEmpty(c.Files))
	for _, l := range c.Letters {
		p.text(l.Page, l.HTML)
		if l.Open != nil {
			p.copy(l.File, l.Open)
		}
	}
	for _, f := range c.Files {
		p.copy(f.File, f.Open)
	}
	p.audit(c.Audit, c.Head)
	p.text(manifestFile, []byte(p.manifest.String()))
	if p.failed != nil {
		return p.failed
	}
	return p.zip.Close()
}

// place gives letters and files their places in the zip.
func (c *Case) place() {
	var letters, files []string
	for _, l := range c.Letters {
		letters = append(letters, l.Number+" "+l.Name+".docx")
	}
	for _, f := range c.Files {
		files = append(files, f.Name)
	}
	for i, name := range safeNames(letters) {
		c.Letters[i].Page = lettersPlace + strings.TrimSuffix(name, ".docx") + ".html"
		if c.Letters[i].Open != nil {
			c.Letters[i].File = lettersPlace + name
		}
	}
	for i, name := range safeNames(files) {
		c.Files[i].File = filesFolder + name
	}
}
