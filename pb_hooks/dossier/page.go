package dossier

import (
	"bytes"
	"encoding/json"
	"html/template"
	"maps"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// pageOf is 正文.html: the version for people to read, on any computer, without
// the platform. Its pictures are the files beside it.
func pageOf(v Version) ([]byte, error) {
	var facts []map[string]string
	if len(v.Facts) > 0 {
		if err := json.Unmarshal(v.Facts, &facts); err != nil {
			facts = nil // not as the platform writes them; 版本.json shows them as they are
		}
	}
	var columns []string
	for _, row := range facts {
		columns = slices.AppendSeq(columns, maps.Keys(row))
	}
	slices.Sort(columns)
	type file struct{ URL, Name, Alt string }
	var files []file
	for _, a := range v.Attachments {
		files = append(files, file{beside(a), a.Name, a.Alt})
	}
	var b bytes.Buffer
	err := page.Execute(&b, map[string]any{"V": v, "Body": template.HTML(localBody(v)), "Facts": facts, "Columns": slices.Compact(columns), "Files": files})
	return b.Bytes(), err
}

// ownFile is a picture or link of a text that leads to an attachment; richtext
// writes attributes in this form only.
var ownFile = regexp.MustCompile(`\b(src|href)="/f/([a-z0-9]{15})/[^"]*"`)

// localBody is the text with its own files at their places in the zip.
func localBody(v Version) string {
	return ownFile.ReplaceAllStringFunc(v.Body, func(found string) string {
		m := ownFile.FindStringSubmatch(found)
		i := slices.IndexFunc(v.Attachments, func(a Attachment) bool { return a.ID == m[2] })
		if i < 0 {
			return found
		}
		return m[1] + `="` + beside(v.Attachments[i]) + `"`
	})
}

// beside is the address of an attachment from 正文.html.
func beside(a Attachment) string {
	_, name, _ := strings.Cut(a.File, "/"+filesFolder)
	return url.PathEscape(strings.TrimSuffix(filesFolder, "/")) + "/" + url.PathEscape(name)
}

var page = template.Must(template.New(pageFile).Parse(`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{{.V.Title}}</title>
<style>body{max-width:50rem;margin:2rem auto;padding:0 1rem;font:1rem/1.8 sans-serif}img{max-width:100%}table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2rem .6rem}</style>
</head>
<body>
<p>第 {{.V.Number}} 版{{if not .V.Submitted}}（草稿，没有提交过审核）{{end}}</p>
<h1>{{.V.Title}}</h1>
<p>{{with .V.Source}}来源：{{.}}　{{end}}{{with .V.DocNumber}}文号：{{.}}　{{end}}{{with .V.CreatedOn}}生成日期：{{.}}　{{end}}{{with .V.OriginallyOn}}原发布日期：{{.}}　{{end}}{{with .V.ValidUntil}}有效期至：{{.}}{{end}}</p>
<main>
{{.Body}}
</main>
{{- if .Facts}}
<h2>要素</h2>
<table>
<tr>{{range .Columns}}<th>{{.}}</th>{{end}}</tr>
{{- range $row := .Facts}}
<tr>{{range $.Columns}}<td>{{index $row .}}</td>{{end}}</tr>
{{- end}}
</table>
{{- end}}
{{- if .Files}}
<h2>附件</h2>
<ul>
{{- range .Files}}
<li><a href="{{.URL}}">{{.Name}}</a>{{with .Alt}}（{{.}}）{{end}}</li>
{{- end}}
</ul>
{{- end}}
</body>
</html>
`))
