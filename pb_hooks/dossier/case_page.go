package dossier

import (
	"bytes"
	_ "embed"
	"html/template"
)

//go:embed case.html
var casePageText string

//go:embed case_readme.txt
var caseReadme string

var caseTemplate = template.Must(template.New(casePage).Funcs(template.FuncMap{
	"minute": func(stored string) string { return moment(stored).Format("2006-01-02 15:04") },
}).Parse(casePageText))

// pageOfCase is 案卷.html: what the data say, to be read. It follows from them
// alone, so that the one can be held against the other later.
func pageOfCase(c Case) ([]byte, error) {
	var b bytes.Buffer
	err := caseTemplate.Execute(&b, c)
	return lf(b.Bytes()), err
}
