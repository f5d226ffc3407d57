package site

import (
	"encoding/json"
	"html/template"
	"net/url"
	"strings"
)

// Head is what stands in <head>: the tags of 《政府网站发展指引》(国办发〔2017〕47号),
// annex 网页标签规范, and what search engines and feed readers ask for.
type Head struct {
	Title       string
	Description string
	Canonical   string
	Metas       []Meta
	JSONLD      template.JS // empty where there is nothing to say
	Crumbs      []Crumb
	Feeds       []Feed
	NoIndex     bool
	QR          string // address of the page's QR code picture
	Correct     string // where a mistake of the page is reported (我要纠错)
}

// Meta is one <meta name content>.
type Meta struct{ Name, Content string }

// Crumb is one step of the breadcrumb trail; the last one has no Path.
type Crumb struct{ Name, Path string }

// Feed is one feed that a reader may subscribe to.
type Feed struct{ Title, Path string }

func head(kind string, d District, view any) Head {
	h := Head{Feeds: []Feed{{d.SiteName, "/feed.xml"}}, Crumbs: []Crumb{{"首页", "/"}}}
	site := d.SiteName
	var p, school string
	switch v := view.(type) {
	case Home:
		h.Title, p, h.Crumbs = d.SiteName, "/", nil
		h.Description = d.Name + "中小学信息公开与办事服务：按统一栏目查阅各学校公开的信息。"
	case SchoolList:
		h.describe("机构查询", "按校名、拼音首字母、学段、街镇和办学性质查询"+d.Name+"的学校。", Crumb{Name: "机构查询"})
		p, h.NoIndex = "/schools", v.Query != SchoolQuery{}
	case SchoolPage:
		site, p, school = v.School.Name, "/s/"+v.School.Code, v.School.Code
		h.describe(v.School.Name, v.School.Name+"信息公开与办事服务栏目。", Crumb{Name: v.School.ShortName})
		h.Feeds = append(h.Feeds, Feed{v.School.Name, p + "/feed.xml"})
		h.jsonLD(schoolLD(d, v.School))
	case ColumnPage:
		site, p, school = v.School.Name, "/s/"+v.School.Code+"/"+v.Column.Code, v.School.Code
		h.describe(v.Column.Name+" - "+v.School.Name, v.School.Name+v.Column.Name+"。"+v.Column.Description,
			Crumb{v.School.ShortName, "/s/" + v.School.Code}, Crumb{Name: v.Column.Name})
		h.Feeds = append(h.Feeds, Feed{v.School.Name + " " + v.Column.Name, p + "/feed.xml"})
		h.Metas = columnMetas(v.Column.Name, v.School.Name, v.Column.Description, v.Column.Kind)
		if v.Page > 1 {
			p += "?page=" + itoa(v.Page)
		}
	case ArticlePage:
		a := v.Article
		site, p, school = a.School.Name, "/a/"+a.ID, a.School.Code
		h.describe(a.Title+" - "+a.School.Name, a.Summary, Crumb{a.School.ShortName, "/s/" + a.School.Code},
			Crumb{a.Column.Name, "/s/" + a.School.Code + "/" + a.Column.Code}, Crumb{Name: "正文"})
		h.Metas = append(columnMetas(a.Column.Name, a.School.Name, "", ""), Meta{"ArticleTitle", a.Title},
			Meta{"PubDate", local(a.PublishedAt, "2006-01-02 15:04")}, Meta{"ContentSource", a.Source}, Meta{"Url", d.BaseURL + p})
		h.NoIndex = a.IsGone()
		h.jsonLD(articleLD(d, a))
	case ApplyPage:
		site, p, school = v.School.Name, "/s/"+v.School.Code+"/apply", v.School.Code
		h.describe("申请公开信息 - "+v.School.Name, "向"+v.School.Name+"申请公开信息：谁可以申请、要写什么、多久答复，在线填写申请表。",
			Crumb{v.School.ShortName, "/s/" + v.School.Code}, Crumb{Name: "申请公开信息"})
	case LetterPage:
		p = v.path()
		if v.School != nil {
			site, school = v.School.Name, v.School.Code
		}
		h.describeLetter(v)
	case Blank:
		p, h.NoIndex = "/"+kind, true // for people who have a number or a letter
		if kind == kindTrack {
			h.describe("查询办理进度", "凭受理编号和查询码查看信息公开申请、来信办到哪一步。", Crumb{Name: "查询办理进度"})
		} else {
			h.describe("征求意见", "收到征求意见函的单位和个人在这里答复意见。", Crumb{Name: "征求意见"})
		}
	case SearchPage:
		h.describe("全文检索", "在各学校公开的信息中检索。", Crumb{Name: "全文检索"})
		p, h.NoIndex = "/search", true
	case Standard:
		h.describe("网站地图", d.SiteName+"的栏目与学校。", Crumb{Name: "网站地图"})
		p = "/sitemap"
		if kind == kindPrivacy {
			h.describe("隐私声明", "本平台如何收集和保护个人信息。", Crumb{Name: "隐私声明"})
			h.Crumbs, p = []Crumb{{"首页", "/"}, {Name: "隐私声明"}}, "/privacy"
		}
	case DistrictFigures:
		p = "/figures"
		h.describe("公开情况统计", d.SiteName+"的信息公开、办事服务情况，以及每个数字怎样统计。", Crumb{Name: "公开情况统计"})
	case OpenPage:
		p = "/open"
		h.describe("公开数据", d.SiteName+"的开放数据接口：可以读取什么、怎样读取、怎样使用。", Crumb{Name: "公开数据"})
	default:
		h.Title, h.NoIndex = "页面没有找到", true
		if kind == kindError {
			h.Title = "页面暂时打不开"
		}
	}
	h.Canonical = d.BaseURL + p
	h.Correct = correctPath(school, p)
	if p != "" {
		h.QR = "/qr" + strings.TrimSuffix(p, "/") + ".svg"
		if i := strings.IndexByte(p, '?'); i >= 0 {
			h.QR = "/qr" + p[:i] + ".svg"
		}
	}
	if h.Title != d.SiteName {
		h.Title += " - " + d.SiteName
	}
	h.Metas = append([]Meta{{"SiteName", site}, {"SiteDomain", domain(d.BaseURL)}, {"SiteIDCode", d.SiteIDCode}}, h.Metas...)
	return h
}

func (h *Head) describe(title, description string, crumbs ...Crumb) {
	h.Title, h.Description = title, description
	h.Crumbs = append(h.Crumbs, crumbs...)
}

// columnMetas are the tags of a column page; an article page repeats the first.
func columnMetas(column, school, description, kind string) []Meta {
	m := []Meta{{"ColumnName", column}}
	if description == "" {
		return m
	}
	return append(m, Meta{"ColumnDescription", firstRunes(description, 100)},
		Meta{"ColumnKeywords", column + ";" + school}, Meta{"ColumnType", columnType(column, kind)})
}

// columnType gives the ColumnType of the tag standard for a column.
func columnType(name, kind string) string {
	switch {
	case name == "信息公开指南", name == "信息公开目录", name == "通知公告", name == "办事指南":
		return name
	case name == "信息公开年度报告":
		return "信息公开年报"
	case name == "校园动态":
		return "工作动态"
	case name == "机构设置":
		return "机构职能"
	case kind == "interactive":
		return "互动"
	}
	return "概况信息"
}

func (h *Head) jsonLD(v any) {
	raw, err := json.Marshal(v)
	if err == nil { // maps of strings always marshal
		h.JSONLD = template.JS(raw)
	}
}

func schoolLD(d District, s SchoolDetail) map[string]any {
	return map[string]any{"@context": "https://schema.org", "@type": "School", "name": s.Name, "url": d.BaseURL + "/s/" + s.Code,
		"identifier": s.Code, "address": s.Address, "telephone": s.Phone}
}

func articleLD(d District, a Article) map[string]any {
	return map[string]any{"@context": "https://schema.org", "@type": "Article", "headline": a.Title, "datePublished": a.PublishedAt,
		"identifier": a.IndexNumber, "inLanguage": "zh-CN", "mainEntityOfPage": d.BaseURL + "/a/" + a.ID,
		"publisher": map[string]any{"@type": "Organization", "name": a.School.Name}}
}

func domain(base string) string {
	u, err := url.Parse(base)
	if err != nil {
		return ""
	}
	return u.Hostname()
}
