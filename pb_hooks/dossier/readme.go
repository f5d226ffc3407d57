package dossier

import (
	"bytes"
	_ "embed"
	"text/template"
)

//go:embed readme.txt
var readmeText string

var readme = template.Must(template.New(readmeFile).Funcs(template.FuncMap{
	"folder": folder,
	"form":   formFile,
	"minute": func(stored string) string { return moment(stored).Format("2006-01-02 15:04") },
}).Parse(readmeText))

// readmeOf is 说明.txt: what each file is, and how to check it.
func readmeOf(d Dossier) ([]byte, error) {
	var b bytes.Buffer
	err := readme.Execute(&b, d)
	return lf(b.Bytes()), err
}
