package site

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"
)

// fake is a Reader over example data: two schools, five columns and a handful
// of articles, newest first. Tests change the data as they need.
type fake struct {
	district District
	groups   []Group
	schools  []SchoolDetail
	articles []Article
	err      error             // answered to every question when set
	onRead   func(name string) // called before each answer, e.g. to drop a tag meanwhile
	entries  []SitemapEntry    // more addresses for the sitemap of a school
	moved    map[string]string // files that are no longer offered, and their articles
	form     string            // the article whose downloads the files count for
	closed   string            // why letters are not taken

	mu    sync.Mutex
	calls map[string]int
}

const (
	middle  = "shifan"  // the code of the example middle school
	primary = "shixiao" // and of the primary school
)

func newFake() *fake {
	f := &fake{
		district: District{Name: "示例区", SiteName: "示例区中小学信息公开与办事服务平台", BaseURL: "https://gongkai.example", Host: "示例区教育局",
			Operator: "示例区教育信息中心", Contact: "021-00000000", Address: "示例路 1 号", ICPNumber: "示ICP备00000000号",
			PoliceNumber: "示公网安备00000000000000号", SiteIDCode: "0000000000", Demo: true, StandardVersion: "2026",
			StandardOn: "2026-01-01", PrivacyStatement: "本平台只为办理申请收集必要的个人信息。", AnswerDays: 20, ExtendDays: 20},
		groups: []Group{
			{Code: "A01", Name: "公开指南与制度", Branch: "信息公开", Columns: []Column{
				{Code: "A0101", Name: "信息公开指南", Group: "A01", Kind: "page", KindName: "单页", Audience: "全社会", Mandatory: true, Description: "信息分类与获取方式。", Basis: "条例第十二条"},
				{Code: "A0102", Name: "信息公开目录", Group: "A01", Kind: "generated", KindName: "自动生成", Audience: "全社会", Mandatory: true, Description: "索引号、名称、内容概述、生成日期。"}}},
			{Code: "A02", Name: "学校概况", Branch: "信息公开", Columns: []Column{
				{Code: "A0204", Name: "联系方式", Group: "A02", Kind: "synced", KindName: "同步", Audience: "全社会", Mandatory: true}}},
			{Code: "A04", Name: "招生入学", Branch: "信息公开", Columns: []Column{
				{Code: "A0401", Name: "招生计划与范围", Group: "A04", Kind: "list", KindName: "列表", Audience: "全社会", Mandatory: true, Description: "招生计划、招生范围和对口地段。"}}},
			{Code: "B01", Name: "便民问答", Branch: "办事服务", Columns: []Column{
				{Code: "B0101", Name: "常见问题", Group: "B01", Kind: "qa", KindName: "问答", Audience: "家长"}}},
		},
		schools: []SchoolDetail{
			{SchoolItem: SchoolItem{Code: middle, Name: "示例区示范中学", ShortName: "示范中学", Initials: "sfzx", Stages: []string{"初中", "高中"}, Ownership: "公办",
				Town: "示例镇", Address: "示例路 100 号", Phone: "+86 21 00000001", Status: "open"}, Aliases: []string{"示例区第一中学"},
				Campuses: []Campus{{"东校区", "示例路 102 号", "021-00000003"}}, Website: "https://shifan.example", Location: &Location{121.38, 31.11}, Logo: "/f/f9/logo.png"},
			{SchoolItem: SchoolItem{Code: primary, Name: "示例区实验小学", ShortName: "实验小学", Initials: "syxx", Stages: []string{"小学"}, Ownership: "民办", Town: "样板街道", Status: "planned"}},
		},
		calls: map[string]int{},
	}
	f.publish("a1", middle, "A0101", "信息公开指南")
	f.publish("a2", middle, "A0401", "2025 年招生计划")
	f.publish("a3", primary, "A0401", "=HYPERLINK(\"https://evil.example\",\"招生\")")
	f.publish("a4", middle, "A0401", "2026 年招生计划 <初中> & \"高中\"\x07")
	f.publish("a5", middle, "B0101", "校服问答")
	f.article("a4").Facts = &Table{Caption: "班额", Head: []string{"年级", "班数"}, Rows: [][]string{{"六年级", "8"}}}
	f.article("a4").Attachments = []Attachment{
		{ID: "f1", Name: "招生计划.pdf", URL: "/f/f1/招生计划.pdf", Label: "PDF 文档", MIME: "application/pdf", Size: 9, SHA256: emptySum, Human: "9 B"},
		{ID: "f2", Name: "校门.jpg", URL: "/f/f2/校门.jpg", Label: "图片", MIME: "image/jpeg", Size: 9, SHA256: emptySum, Human: "9 B", Image: true, Alt: "学校正门", Width: 800, Height: 600, Thumb: "/f/f2/thumb.jpg"}}
	f.withdraw("a5", "内容有误")
	return f
}

// publish adds an article, a day newer than the newest: a1 on 1 January 2026.
func (f *fake) publish(id, school, column, title string) {
	at := time.Date(2026, 1, 1+len(f.articles), 1, 30, 0, 0, time.UTC)
	s, _ := f.school(school)
	g, c, _ := f.column(column)
	item := ArticleItem{ID: id, IndexNumber: school + "-" + column + "-2026-" + fmt.Sprintf("%04d", len(f.articles)+1), Title: title,
		Summary: title + "的概述", School: SchoolRef{s.Code, s.Name, s.ShortName}, Column: ColumnRef{c.Code, c.Name, g.Code, g.Name},
		PublishedAt: at.Format(time.RFC3339), PublishedOn: at.Format(time.DateOnly), State: "published"}
	f.articles = slices.Insert(f.articles, 0, Article{ArticleItem: item, CreatedOn: item.PublishedOn, Source: "教导处", FirstPublished: item.PublishedAt,
		Version: 1, BodyHTML: "<p>" + c.Name + "的正文，读者可以查阅。</p>"})
}

// withdraw leaves the tombstone of an article.
func (f *fake) withdraw(id, reason string) {
	a := f.article(id)
	*a = Article{ArticleItem: a.ArticleItem, Version: a.Version, FirstPublished: a.FirstPublished, Withdrawn: &Withdrawal{"2026-02-01", reason}}
	a.State, a.Summary = "withdrawn", ""
}

func (f *fake) article(id string) *Article {
	i := slices.IndexFunc(f.articles, func(a Article) bool { return a.ID == id })
	if i < 0 {
		return nil
	}
	return &f.articles[i]
}

func (f *fake) school(code string) (SchoolDetail, error) {
	for _, s := range f.schools {
		if s.Code == code {
			return s, nil
		}
	}
	return SchoolDetail{}, ErrNotFound
}

func (f *fake) column(code string) (Group, Column, error) {
	for _, g := range f.groups {
		for _, c := range g.Columns {
			if c.Code == code {
				return g, c, nil
			}
		}
	}
	return Group{}, Column{}, ErrNotFound
}

// items are the articles that are wanted, newest first.
func (f *fake) items(want func(Article) bool) []ArticleItem {
	var items []ArticleItem
	for _, a := range f.articles {
		if want(a) {
			items = append(items, a.ArticleItem)
		}
	}
	return items
}

// read counts a question and says whether to fail it.
func (f *fake) read(name string) error {
	if f.onRead != nil {
		f.onRead(name)
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls[name]++
	return f.err
}

// count is how often the Reader was asked that.
func (f *fake) count(name string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.calls[name]
}

func (f *fake) District(context.Context) (District, error) { return f.district, f.read("District") }

func (f *fake) Home(context.Context) (Home, error) {
	latest := f.items(func(Article) bool { return true })
	return Home{Figures{len(f.schools), len(latest), len(latest), 5, latest[0].PublishedAt}, latest, f.groups, f.facets()}, f.read("Home")
}

func (f *fake) facets() SchoolFacets {
	return SchoolFacets{[]Facet{{"小学", 1}, {"初中", 1}, {"高中", 1}}, []Facet{{"示例镇", 1}, {"样板街道", 1}}, []Facet{{"公办", 1}, {"民办", 1}}}
}

func (f *fake) Standard(context.Context) (Standard, error) {
	return Standard{"2026", "中小学信息公开与办事服务栏目设置标准", "2026-01-01", f.groups}, f.read("Standard")
}

func (f *fake) Schools(_ context.Context, q SchoolFilter) (SchoolList, error) {
	var items []SchoolItem
	for _, s := range f.schools {
		if strings.Contains(s.Name+s.Initials, q.Query) && (q.Stage == "" || slices.Contains(s.Stages, q.Stage)) &&
			(q.Town == "" || q.Town == s.Town) && (q.Ownership == "" || q.Ownership == s.Ownership) && (q.Status == "" || q.Status == s.Status) {
			items = append(items, s.SchoolItem)
		}
	}
	return SchoolList{items, len(items), SchoolQuery{q.Query, q.Stage, q.Town, q.Ownership, q.Status}, f.facets(), "", "2026-11-20"}, f.read("Schools")
}

func (f *fake) School(_ context.Context, code string) (SchoolPage, error) {
	if err := f.read("School"); err != nil {
		return SchoolPage{}, err
	}
	s, err := f.school(code)
	return SchoolPage{s, f.groups, f.items(func(a Article) bool { return a.School.Code == code }), responsible}, err
}

func (f *fake) Column(_ context.Context, school, column string, page int) (ColumnPage, error) {
	if err := f.read("Column"); err != nil {
		return ColumnPage{}, err
	}
	s, err := f.school(school)
	if err != nil {
		return ColumnPage{}, err
	}
	g, c, err := f.column(column)
	if err != nil {
		return ColumnPage{}, err
	}
	v := ColumnPage{School: s, Column: c, GroupRef: ColumnRef{c.Code, c.Name, g.Code, g.Name}, Page: page}
	for _, sibling := range g.Columns {
		v.Siblings = append(v.Siblings, ColumnRef{sibling.Code, sibling.Name, g.Code, g.Name})
	}
	all := f.items(func(a Article) bool { return a.School.Code == school && a.Column.Code == column })
	v.Total, v.Pages = len(all), max(1, (len(all)+19)/20)
	if page > v.Pages {
		return ColumnPage{}, ErrNotFound
	}
	v.Items = all[(page-1)*20 : min(page*20, len(all))]
	if column == "A0101" {
		v.Responsible = responsible
	}
	switch {
	case c.Kind == "page" && len(all) > 0:
		v.Article = f.article(all[0].ID)
	case c.Kind == "generated":
		v.Facts = &Table{Caption: c.Name, Head: []string{"索引号", "名称"}}
		for _, i := range f.items(func(a Article) bool { return a.School.Code == school }) {
			v.Facts.Rows = append(v.Facts.Rows, []string{i.IndexNumber, i.Title})
			v.Facts.Links = append(v.Facts.Links, "/a/"+i.ID)
		}
	case c.Kind == "synced":
		v.Facts = &Table{Caption: "联系方式", Head: []string{"项目", "内容"}, Rows: [][]string{{"地址", s.Address}, {"电话", s.Phone}}}
	}
	return v, nil
}

func (f *fake) Article(_ context.Context, id string) (ArticlePage, error) {
	if err := f.read("Article"); err != nil {
		return ArticlePage{}, err
	}
	a := f.article(id)
	if a == nil {
		return ArticlePage{}, ErrNotFound
	}
	s, _ := f.school(a.School.Code)
	v := ArticlePage{Article: *a, School: s}
	same := f.items(func(b Article) bool { return b.School == a.School && b.Column == a.Column })
	i := slices.Index(same, a.ArticleItem)
	if i > 0 {
		v.Next = &ArticleLink{same[i-1].ID, same[i-1].Title}
	}
	if i+1 < len(same) {
		v.Previous = &ArticleLink{same[i+1].ID, same[i+1].Title}
	}
	return v, nil
}

func (f *fake) Search(_ context.Context, q SearchFilter) (SearchPage, error) {
	v := SearchPage{Query: SearchQuery{q.Q, q.School, q.Stage, q.Column, q.From, q.To}, Page: q.Page, Pages: 1, Groups: f.groups, Stages: f.facets().Stages}
	for _, s := range f.schools {
		v.Schools = append(v.Schools, SchoolRef{s.Code, s.Name, s.ShortName})
	}
	if q.Q == "" {
		v.Notice = "请输入要检索的词。"
		return v, f.read("Search")
	}
	for _, i := range f.items(func(a Article) bool { return a.State == "published" }) {
		if before, after, found := strings.Cut(i.Title, q.Q); found {
			v.Items = append(v.Items, SearchHit{i, []Part{{before, false}, {q.Q, true}, {after, false}}, []Part{{"@正文里的", false}, {q.Q, true}}})
		}
	}
	v.Total = len(v.Items)
	return v, f.read("Search")
}

func (f *fake) File(_ context.Context, id string, thumb bool) (File, error) {
	if err := f.read("File"); err != nil {
		return File{}, err
	}
	for _, a := range f.articles {
		for _, at := range a.Attachments {
			if at.ID == id && (!thumb || at.Image) {
				return File{nopCloser{bytes.NewReader([]byte("some data"))}, at.Name, at.MIME, true, time.Date(2026, 1, 4, 1, 30, 0, 0, time.UTC), `"` + id + `"`, f.form}, nil
			}
		}
	}
	if article := f.moved[id]; article != "" {
		return File{}, Moved{article, id}
	}
	return File{}, ErrNotFound
}

func (f *fake) OldFile(_ context.Context, article, attachment string) (*OldFile, error) {
	if f.moved[attachment] != article {
		return nil, f.read("OldFile")
	}
	return &OldFile{Version: 1}, f.read("OldFile")
}

func (f *fake) Calendar(_ context.Context, school string) ([]byte, error) {
	if _, err := f.school(school); err != nil {
		return nil, err
	}
	return []byte("BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"), f.read("Calendar")
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }

func (f *fake) Sitemap(_ context.Context, school string) ([]SitemapEntry, error) {
	if err := f.read("Sitemap"); err != nil {
		return nil, err
	}
	var entries []SitemapEntry
	if school == "" {
		for _, s := range f.schools {
			entries = append(entries, SitemapEntry{Path: "/s/" + s.Code, Modified: f.newest(s.Code)})
		}
		return entries, nil
	}
	if _, err := f.school(school); err != nil {
		return nil, err
	}
	entries = append(entries, SitemapEntry{Path: "/s/" + school, Modified: f.newest(school)}, SitemapEntry{Path: "/s/" + school + "/A0401"})
	for _, i := range f.items(func(a Article) bool { return a.School.Code == school && a.State == "published" }) {
		at, _ := time.Parse(time.RFC3339, i.PublishedAt)
		entries = append(entries, SitemapEntry{Path: "/a/" + i.ID, Modified: at})
	}
	return append(entries, f.entries...), nil
}

func (f *fake) newest(school string) time.Time {
	at, _ := time.Parse(time.RFC3339, f.items(func(a Article) bool { return a.School.Code == school })[0].PublishedAt)
	return at
}

// fakeUI is what the build of the user interface leaves.
func fakeUI() fstest.MapFS {
	return fstest.MapFS{
		".vite/manifest.json": {Data: []byte(`{"` + publicEntry + `":{"file":"assets/public-1.js","css":["assets/public-1.css"],"imports":["_shared-1.js"]},
			"` + workbenchEntry + `":{"file":"assets/workbench-1.js"},"_shared-1.js":{"file":"assets/shared-1.js"}}`)},
		"assets/public-1.js":    {Data: []byte("export {}")},
		"assets/public-1.css":   {Data: []byte("main{}")},
		"assets/shared-1.js":    {Data: []byte("export {}")},
		"assets/workbench-1.js": {Data: []byte("export {}")},
		"favicon.svg":           {Data: []byte("<svg xmlns='http://www.w3.org/2000/svg'/>")},
	}
}

func newSite(t testing.TB, r Reader) *Site {
	t.Helper()
	s, err := New(Options{UI: fakeUI(), Reader: r, Logger: slog.New(slog.DiscardHandler), ClientIP: func(r *http.Request) string { return r.RemoteAddr }})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// ask sends a request without a body; headers come in pairs.
func ask(t testing.TB, s *Site, method, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, target, nil)
	for i := 0; i < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// get asks for a page that has to be there.
func get(t testing.TB, s *Site, target string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	w := ask(t, s, http.MethodGet, target, headers...)
	if w.Code != http.StatusOK {
		t.Fatalf("GET %s: got %d %s, want 200", target, w.Code, w.Body)
	}
	return w
}
