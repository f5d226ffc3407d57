package site

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"strings"
	"sync"
	"time"
)

//go:embed templates
var templateFS embed.FS

// pageTemplate is the layout with the <main> of one kind of page in it.
type pageTemplate = template.Template

// Kinds of page; each has a template of the same name and a Vue page.
const (
	kindHome     = "home"
	kindSchools  = "schools"
	kindSchool   = "school"
	kindColumn   = "column"
	kindArticle  = "article"
	kindSearch   = "search"
	kindSitemap  = "sitemap"
	kindPrivacy  = "privacy"
	kindFigures  = "figures" // 公开情况统计
	kindOpen     = "open"    // 公开数据, without a script
	kindApply    = "apply"   // 申请公开信息
	kindLetter   = "letter"  // 在线咨询, 校长信箱, 我要纠错, 信息公开申诉
	kindTrack    = "track"   // 查询办理进度
	kindOpinion  = "opinion" // 第三方意见, from the link in the letter
	kindNotFound = "notfound"
	kindError    = "error"
	kindPreview  = "preview" // drawn by Preview only
)

var pageKinds = []string{kindHome, kindSchools, kindSchool, kindColumn, kindArticle, kindSearch, kindSitemap, kindPrivacy, kindFigures, kindOpen, kindApply, kindLetter, kindTrack, kindOpinion, kindNotFound, kindError, kindPreview}

// Page is what the templates draw.
type Page struct {
	Kind     string
	District District
	Head     Head
	View     any
	Data     template.JS // the same View as JSON, for the single-page app
	Assets   entry
	Frame    frame
	Ended    *SchoolDetail // the school of the page, if it was merged or closed
}

// frame is what all pages of a kind share; it is drawn once, not per page.
type frame struct {
	Header, Footer template.HTML
	District       template.JS
	Selects        template.HTML // the choices of a search without filters
}

// frames remembers the frames of one district until Purge.
type frames struct {
	mu     sync.Mutex
	of     District
	byKind map[string]frame
}

func (s *Site) frame(kind string, d District, view any) (frame, error) {
	s.frames.mu.Lock()
	defer s.frames.mu.Unlock()
	if s.frames.of != d || s.frames.byKind == nil {
		s.frames.of, s.frames.byKind = d, map[string]frame{}
	}
	if f, ok := s.frames.byKind[kind]; ok {
		return f, nil
	}
	page := Page{Kind: kind, District: d}
	var header, footer bytes.Buffer
	if err := s.pages[kind].ExecuteTemplate(&header, "header", page); err != nil {
		return frame{}, err
	}
	if err := s.pages[kind].ExecuteTemplate(&footer, "footer-facts", page); err != nil {
		return frame{}, err
	}
	district, err := json.Marshal(d)
	if err != nil {
		return frame{}, err
	}
	f := frame{Header: template.HTML(header.String()), Footer: template.HTML(footer.String()), District: template.JS(district)}
	if v, ok := view.(SearchPage); ok {
		v.Query = SearchQuery{}
		var selects bytes.Buffer
		if err := s.pages[kind].ExecuteTemplate(&selects, "searchSelects", v); err != nil {
			return frame{}, err
		}
		f.Selects = template.HTML(selects.String())
	}
	s.frames.byKind[kind] = f
	return f, nil
}

// scrollable puts each table into a box that a keyboard can scroll on a small screen;
// each box is a landmark and needs a name of its own. richtext writes the tags in this
// form only.
func scrollable(text string) string {
	var out strings.Builder
	for i, part := range strings.Split(strings.ReplaceAll(text, "</table>", "</table></div>"), "<table>") {
		if i > 0 {
			fmt.Fprintf(&out, `<div class="table-scroll" tabindex="0" role="region" aria-label="表格 %d"><table>`, i)
		}
		out.WriteString(part)
	}
	return out.String()
}

func parsePages() (map[string]*pageTemplate, error) {
	funcs := template.FuncMap{
		"html":    func(s string) template.HTML { return template.HTML(scrollable(s)) }, // only text that richtext cleaned
		"add":     func(a, b int) int { return a + b },
		"day":     func(instant string) string { return local(instant, time.DateOnly) },
		"date":    func(s string) string { return firstN(s, len("2006-01-02")) },
		"join":    strings.Join,
		"inWords": func(day string) string { return local(day+"T00:00:00+08:00", "2006年1月2日") },
		"minute":  func(instant string) string { return local(instant, "2006年1月2日 15:04") },
	}
	layout, err := template.New("layout.html").Funcs(funcs).ParseFS(templateFS, "templates/layout.html", "templates/parts/*.html")
	if err != nil {
		return nil, err
	}
	pages := map[string]*pageTemplate{}
	for _, kind := range pageKinds {
		page, err := template.Must(layout.Clone()).ParseFS(templateFS, "templates/"+kind+".html")
		if err != nil {
			return nil, err
		}
		pages[kind] = page
	}
	return pages, nil
}

// render draws a whole page. The body of an article stands in the document
// once, as text; the JSON leaves it out and the app takes it from there.
func (s *Site) render(kind string, d District, view any) ([]byte, error) {
	data, err := encode(withoutBody(view))
	if err != nil {
		return nil, err
	}
	f, err := s.frame(kind, d, view)
	if err != nil {
		return nil, fmt.Errorf("render the frame of %s: %w", kind, err)
	}
	p := Page{Kind: kind, District: d, Head: head(kind, d, view), View: view, Data: template.JS(data), Assets: s.assets.pages[kind], Frame: f, Ended: endedSchool(view)}
	out := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(out)
	out.Reset()
	if err := s.pages[kind].Execute(out, p); err != nil {
		return nil, fmt.Errorf("render %s: %w", kind, err)
	}
	return bytes.Clone(out.Bytes()), nil // what the cache keeps has no slack
}

// endedSchool is the school that a page belongs to, if it was merged or closed: then
// every page of it says so at the top.
func endedSchool(view any) *SchoolDetail {
	var s *SchoolDetail
	switch v := view.(type) {
	case SchoolPage:
		s = &v.School
	case ColumnPage:
		s = &v.School
	case ArticlePage:
		s = &v.School
	case ApplyPage:
		s = &v.School
	case LetterPage:
		s = v.School
	}
	if s == nil || !s.HasEnded() {
		return nil
	}
	return s
}

func withoutBody(view any) any {
	switch v := view.(type) {
	case ArticlePage:
		v.Article.BodyHTML = ""
		return v
	case ColumnPage:
		if v.Article != nil {
			a := *v.Article
			a.BodyHTML = ""
			v.Article = &a
		}
		return v
	}
	return view
}

func firstN(s string, n int) string { return s[:min(n, len(s))] }

// assets are the entries of the Vite manifest.
type assets struct {
	files     fs.FS
	pages     map[string]entry // by kind of page
	workbench entry
}

// entry is one single-page app: its script, what the script imports at once
// and its style sheets, as addresses.
type entry struct {
	Script  string
	Preload []string
	Styles  []string
}

type manifestChunk struct {
	File    string   `json:"file"`
	CSS     []string `json:"css"`
	Imports []string `json:"imports"`
}

// Entries of the user interface, as vite.config.ts names them.
const (
	publicEntry    = "src/public/main.ts"
	workbenchEntry = "src/workbench/main.ts"
)

func readAssets(ui fs.FS) (assets, error) {
	a := assets{files: ui, pages: map[string]entry{}}
	raw, err := a.read(".vite/manifest.json")
	if err != nil {
		return assets{}, fmt.Errorf("the user interface is not built, run make ui: %w", err)
	}
	var manifest map[string]manifestChunk
	if err := json.Unmarshal(raw, &manifest); err != nil {
		return assets{}, fmt.Errorf("read the Vite manifest: %w", err)
	}
	a.workbench = entryOf(manifest, workbenchEntry)
	for _, kind := range pageKinds {
		// the page's own chunk is fetched beside the entry, not after it
		a.pages[kind] = entryOf(manifest, publicEntry, "src/public/pages/"+strings.ToUpper(kind[:1])+kind[1:]+"Page.vue")
	}
	return a, nil
}

// entryOf collects what an entry and further chunks need at once.
func entryOf(manifest map[string]manifestChunk, name string, chunks ...string) entry {
	var e entry
	seen := map[string]bool{}
	var walk func(string)
	walk = func(key string) {
		if seen[key] {
			return
		}
		seen[key] = true
		chunk, ok := manifest[key]
		if !ok {
			return // small pages are part of the entry
		}
		if key == name {
			e.Script = path.Join("/", chunk.File)
		} else {
			e.Preload = append(e.Preload, path.Join("/", chunk.File))
		}
		for _, css := range chunk.CSS {
			e.Styles = append(e.Styles, path.Join("/", css))
		}
		for _, imp := range chunk.Imports {
			walk(imp)
		}
	}
	walk(name)
	for _, chunk := range chunks {
		walk(chunk)
	}
	return e
}

var workbenchShell = template.Must(template.New("workbench").Parse(`<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>工作台 - {{.District.SiteName}}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
{{range .Entry.Styles}}<link rel="stylesheet" href="{{.}}">
{{end}}{{range .Entry.Preload}}<link rel="modulepreload" href="{{.}}">
{{end}}<script type="module" src="{{.Entry.Script}}"></script>
</head>
<body>
<div id="app" data-site-name="{{.District.SiteName}}" data-demo="{{.District.Demo}}"><p style="padding:2rem">正在打开工作台……</p></div>
<noscript><p style="padding:2rem">工作台需要启用 JavaScript。</p></noscript>
</body>
</html>
`))

func (s *Site) renderWorkbench(d District) ([]byte, error) {
	var out bytes.Buffer
	err := workbenchShell.Execute(&out, struct {
		District District
		Entry    entry
	}{d, s.assets.workbench})
	return out.Bytes(), err
}
