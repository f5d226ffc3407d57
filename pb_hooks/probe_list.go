package pb_hooks

import (
	"net/http"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// ProbeLinkList are links that are to be dealt with, or watched.
type ProbeLinkList struct {
	Total int         `json:"total"`
	Page  int         `json:"page"`
	Pages int         `json:"pages"`
	Items []ProbeLink `json:"items"`
}

// ProbeLink is a link, where it stands, and what to do with it.
type ProbeLink struct {
	ID      string    `json:"id"`
	School  NamedCode `json:"school"`
	Article string    `json:"article"` // "" is on no article
	Title   string    `json:"title"`   // of the article
	Place   string    `json:"place"`   // in words
	URL     string    `json:"url"`
	State   string    `json:"state"` // unchecked, fine, suspect, broken, foreign
	Reason  string    `json:"reason"`
	Advice  string    `json:"advice"`
	Tries   int       `json:"tries"`
	Since   string    `json:"since"`   // broken since, or found on
	Checked string    `json:"checked"` // "" never
}

const linksOnPage = 50

// linkViews are the ways to look at the list.
var linkViews = map[string]dbx.Expression{
	"":        dbx.In("state", "broken", "foreign"),
	"suspect": dbx.HashExp{"state": string(probe.Suspect)},
	"outside": dbx.HashExp{"kind": string(probe.External)},
}

// listProbeLinks lists links of one school or of all, a page at a time.
func (p *platform) listProbeLinks(e *core.RequestEvent) error {
	school, err := p.probedSchool(e)
	if err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	where, ok := linkViews[ask.Get("view")]
	page, pageErr := strconv.Atoi(ask.Get("page"))
	if ask.Get("page") == "" {
		page, pageErr = 1, nil
	}
	if !ok || pageErr != nil || page < 1 || page > 10000 {
		return e.BadRequestError("没有这样的列表或者页码。", nil)
	}
	filters := []dbx.Expression{where}
	if school != nil {
		filters = append(filters, dbx.HashExp{"school": school.ID})
	}
	total, err := e.App.CountRecords(records.ProbeLinks, filters...)
	if err != nil {
		return err
	}
	var rows []*core.Record
	err = e.App.RecordQuery(records.ProbeLinks).AndWhere(dbx.And(filters...)).OrderBy("(state != 'broken')", "(place != 'home')", "(place != 'file')", "found_at DESC", "id").
		Limit(linksOnPage).Offset(int64((page - 1) * linksOnPage)).All(&rows)
	if err != nil {
		return err
	}
	list := ProbeLinkList{Total: int(total), Page: page, Pages: max(1, (int(total)+linksOnPage-1)/linksOnPage)}
	if list.Items, err = p.linkViewsOf(e.App, rows); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

func (p *platform) linkViewsOf(app core.App, rows []*core.Record) ([]ProbeLink, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, r := range rows {
		ids = append(ids, r.GetString("article"))
	}
	articles, err := app.FindRecordsByIds(records.Articles, ids)
	if err != nil {
		return nil, err
	}
	titles := map[string]string{}
	for _, a := range articles {
		titles[a.Id] = a.GetString("title")
	}
	list := []ProbeLink{}
	for _, r := range rows {
		place, kind, state := r.GetString("place"), r.GetString("kind"), probe.State(r.GetString("state"))
		v := ProbeLink{ID: r.Id, School: namedSchool(d, r.GetString("school")), Article: r.GetString("article"), Title: titles[r.GetString("article")], Place: placeNames[place],
			URL: r.GetString("url"), State: string(state), Advice: adviceFor(place, kind), Tries: r.GetInt("tries"), Since: r.GetDateTime("found_at").String(), Checked: r.GetDateTime("checked_at").String()}
		if since := r.GetDateTime("broken_since"); !since.IsZero() {
			v.Since = since.String()
		}
		switch state {
		case probe.Foreign:
			v.Reason = foreignNames[kind]
		case probe.Unchecked:
			v.Reason = "还没有检查"
		default:
			v.Reason = probe.Fault(r.GetString("fault")).Name()
		}
		list = append(list, v)
	}
	return list, nil
}

var placeNames = map[string]string{placeBody: "正文", placeFacts: "要素", placeWhole: "全文", placeFile: "附件", placeHome: "学校首页", placeWebsite: "学校网址"}

var foreignNames = map[string]string{string(probe.Intranet): "内网或本机地址", string(probe.Script): "脚本", string(probe.Disk): "电脑里的文件", string(probe.Other): "浏览器打不开的地址", kindWeChat: "全文只有一个微信链接"}

// adviceFor says what people do with such a link.
func adviceFor(place, kind string) string {
	switch {
	case place == placeHome:
		return "学校首页由平台生成，请告诉教育局的平台管理员。"
	case place == placeWebsite:
		return "学校网址登记在机构信息里，请联系教育局更正。"
	case kind == kindFile:
		return "打开这条信息，重新上传这个附件，再提交审核。"
	case kind == kindWeChat:
		return "把微信文章的文字写进正文，链接可以留作参考：公众号删除文章以后，访问者就什么都看不到了。"
	case kind == string(probe.Internal):
		return "打开这条信息，更正或者删除这个链接，再提交审核。"
	case kind == string(probe.External):
		return "先在浏览器里打开试一试；确实打不开的，更正或者删除这个链接，再提交审核。"
	case kind == string(probe.Intranet):
		return "外部访问者打不开，还会暴露内部网络。删除这个地址，把要公开的内容写进正文或者上传为附件。"
	}
	return "访问者打不开这个链接。删除它，把要公开的内容写进正文或者上传为附件。"
}

// mostExported bounds the rows of a workbook.
const mostExported = 20000

// exportProbeLinks gives out the links that are to be dealt with as a workbook.
func (p *platform) exportProbeLinks(e *core.RequestEvent) error {
	school, err := p.probedSchool(e)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	only, of := "", d.District.Name
	if school != nil {
		only, of = school.ID, school.Name
	}
	rows, err := troubledLinks(e.App, only)
	if err != nil {
		return err
	}
	links, err := p.linkViewsOf(e.App, rows[:min(len(rows), mostExported)])
	if err != nil {
		return err
	}
	l := statement.List{Demo: d.District.Demo, Issuer: d.District.Bureau, Title: "失效和不当链接清单", Made: workday.Date(p.today()), About: "范围：" + of,
		Columns: []statement.ListColumn{{Name: "学校", Width: 1800}, {Name: "信息标题", Width: 2800}, {Name: "位置", Width: 900}, {Name: "链接", Width: 3200}, {Name: "问题", Width: 1400},
			{Name: "开始日期", Width: 1200}, {Name: "怎么办", Width: 3600}}}
	count := map[string]int{}
	for _, v := range links {
		count[v.State]++
		l.Rows = append(l.Rows, []string{v.School.Name, v.Title, v.Place, v.URL, v.Reason, clip(v.Since, len("2006-01-02")), v.Advice})
	}
	l.Figures = []statement.ListFigure{{Name: "打不开的链接和附件", Count: count[string(probe.Broken)]}, {Name: "不当链接", Count: count[string(probe.Foreign)]}}
	file, err := l.Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_probe", Collection: records.ProbeLinks, Detail: map[string]any{"school": only, "count": len(links)}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("失效和不当链接_"+of+".xlsx"), xlsxType, file)
	})
}
