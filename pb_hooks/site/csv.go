package site

import (
	"bytes"
	"net/url"
	"strings"
	"unicode/utf8"
)

// csvName is what a list is saved as: for programs that know ASCII only, and
// for the others after the name of the district.
type csvName struct{ ascii, chinese string }

// csvNames are the kinds of resource that are lists.
var csvNames = map[string]csvName{
	kindSchools:    {"schools.csv", "学校名录.csv"},
	kindSitemap:    {"columns.csv", "信息公开栏目.csv"},
	kindArticles:   {"articles.csv", "学校公开信息.csv"},
	kindSearch:     {"search.csv", "检索结果.csv"},
	kindFiles:      {"files.csv", "学校公开文件.csv"},
	kindForms:      {"forms.csv", "表格下载.csv"},
	kindQuestions:  {"questions.csv", "便民问答.csv"},
	kindAnswers:    {"answers.csv", "公开答复.csv"},
	kindStandards:  {"standards.csv", "栏目设置标准.csv"},
	kindStandard:   {"standard.csv", "栏目设置标准.csv"},
	kindStatistics: {"statistics.csv", "公开情况统计.csv"},
}

func (n csvName) disposition(d District) string {
	return `attachment; filename="` + n.ascii + `"; filename*=UTF-8''` + url.PathEscape(d.Name+n.chinese)
}

// drawCSV writes a list as Excel reads it: a byte order mark, or Chinese turns
// to rubbish, and CRLF between the lines (RFC 4180).
func drawCSV(d District, view any) []byte {
	var b bytes.Buffer
	_ = writeCSV(&b, csvRows(d, view), true) // a bytes.Buffer does not fail
	return b.Bytes()
}

// harmless keeps a spreadsheet from taking text for a formula (CWE-1236). The
// full-width signs count too: Chinese Excel reads them as the others.
func harmless(cell string) string {
	if first, _ := utf8.DecodeRuneInString(cell); cell != "" && strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
		return "'" + cell
	}
	return cell
}

func csvRows(d District, view any) [][]string {
	switch v := view.(type) {
	case SchoolList:
		rows := [][]string{{"学校代码", "学校名称", "简称", "学段", "办学性质", "街镇", "地址", "电话", "状态", "网址"}}
		for _, i := range v.Items {
			rows = append(rows, []string{i.Code, i.Name, i.ShortName, strings.Join(i.Stages, "、"), i.Ownership, i.Town,
				i.Address, i.Phone, word(i.Status), d.BaseURL + "/s/" + i.Code})
		}
		return rows
	case Standard:
		return columnRows(v.Groups)
	case ArticleList:
		rows := [][]string{articleHead}
		for _, i := range v.Items {
			rows = append(rows, articleRow(d, i))
		}
		return rows
	case SearchPage:
		rows := [][]string{append(articleHead[:len(articleHead):len(articleHead)], "摘录")}
		for _, i := range v.Items {
			rows = append(rows, append(articleRow(d, i.ArticleItem), plain(i.Snippet)))
		}
		return rows
	}
	return openRows(d, view)
}

var articleHead = []string{"索引号", "标题", "内容概述", "学校代码", "学校", "栏目代码", "栏目", "公开日期", "状态", "网址"}

func articleRow(d District, i ArticleItem) []string {
	return []string{i.IndexNumber, i.Title, i.Summary, i.School.Code, i.School.Name, i.Column.Code, i.Column.Name, i.PublishedOn,
		word(i.State), d.BaseURL + "/a/" + i.ID}
}

// words are the Chinese for the states that JSON gives in English.
var words = map[string]string{
	"open": "开办", "planned": "筹建", "merged": "已合并", "closed": "已停办",
	"published": "已公开", "withdrawn": "已撤回", "concluded": "公示期满", "expired": "已失效", "archived": "已归档",
}

func word(state string) string {
	if w, ok := words[state]; ok {
		return w
	}
	return state
}

func yesNo(b bool) string {
	if b {
		return "是"
	}
	return "否"
}

func plain(parts []Part) string {
	var b strings.Builder
	for _, p := range parts {
		b.WriteString(p.Text)
	}
	return b.String()
}
