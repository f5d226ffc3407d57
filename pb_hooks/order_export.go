package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// mostExportedParts bounds a file: 60 orders to every school of a large district.
const mostExportedParts = 10_000

// exportOrders gives out the parts that listOrders tells of as .xlsx, one a row. The
// export is entered before it is sent.
func (p *platform) exportOrders(e *core.RequestEvent) error {
	reader, err := p.orderReaderOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	parts, papers, err := p.orderFilters(e.Request.URL.Query(), reader)
	if err != nil {
		return err
	}
	with := e.App.DB().Select("id").From(records.Orders).Where(papers).Build()
	var rows []*core.Record
	err = e.App.RecordQuery(records.OrderParts).AndWhere(dbx.And(dbx.NewExp("[[order]] IN ("+with.SQL()+")", with.Params()), parts)).
		OrderBy("issued DESC", "_rowid_").Limit(mostExportedParts + 1).All(&rows)
	if err != nil {
		return err
	}
	if len(rows) > mostExportedParts {
		return e.BadRequestError("超过 1 万件，请缩小范围后导出。", nil)
	}
	list, err := p.orderStatement(e.App, rows, reader)
	if err != nil {
		return err
	}
	file, err := list.Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_orders", Collection: records.Orders, Detail: map[string]any{"count": len(rows), "format": "xlsx"}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("督办整改台账_"+p.today()+".xlsx"), xlsxType, file)
	})
}

// orderStatement is the table of parts (督办整改台账) with their sums.
func (p *platform) orderStatement(app core.App, rows []*core.Record, reader orderReader) (statement.List, error) {
	d, err := p.directory()
	if err != nil {
		return statement.List{}, err
	}
	issuer, err := p.unitName(bureauUnit)
	if err != nil {
		return statement.List{}, err
	}
	if reader.school != "" {
		school, _ := d.ByID(reader.school)
		issuer = school.Name
	}
	list := statement.List{Demo: d.District.Demo, Issuer: issuer, Title: "督办整改台账", About: "每所学校一行", Made: workday.Date(p.today()), Columns: []statement.ListColumn{
		{Name: "编号", Width: 1700}, {Name: "种类", Width: 1000}, {Name: "事由", Width: 3200}, {Name: "来源", Width: 1700}, {Name: "学校", Width: 1700}, {Name: "发出", Width: 1150},
		{Name: "签收", Width: 1150}, {Name: "期限", Width: 1150}, {Name: "报送", Width: 1150}, {Name: "状态", Width: 1000}, {Name: "办结", Width: 1150}, {Name: "按期", Width: 800}}}
	var ids []string
	for _, r := range rows {
		ids = addNew(ids, r.GetString("order"))
	}
	papers := map[string]*core.Record{}
	found, err := app.FindRecordsByIds(records.Orders, ids)
	if err != nil {
		return list, err
	}
	for _, r := range found {
		papers[r.Id] = r
	}
	calendar, err := p.calendar(app)
	if err != nil {
		return list, err
	}
	var counts OrderCounts
	for _, r := range rows {
		stands := standingOf(r, calendar)
		counts.add(stands.State, isOverdue(stands, workday.Date(p.today())))
		paper, t := papers[r.GetString("order")], r.GetString
		school, _ := d.ByID(t("school"))
		inTime := ""
		switch {
		case stands.State == order.Closed && r.GetBool("on_time"):
			inTime = "是"
		case stands.State == order.Closed:
			inTime = "否"
		case isOverdue(stands, workday.Date(p.today())):
			inTime = "已逾期"
		}
		from := paper.GetString("occasion")
		if from == "" {
			from = order.Source(paper.GetString("source")).Name()
		}
		list.Rows = append(list.Rows, []string{t("number"), order.Kind(paper.GetString("kind")).Name(), paper.GetString("title"), from, school.ShortName,
			t("issued"), t("acknowledged"), t("due"), t("reported"), stands.State.Name(), t("closed"), inTime})
	}
	list.Figures = []statement.ListFigure{{Name: "发出", Count: counts.Total}, {Name: "已办结", Count: counts.Closed}, {Name: "已撤销", Count: counts.Withdrawn},
		{Name: "在办", Count: counts.Total - counts.Closed - counts.Withdrawn}, {Name: "在办中已逾期", Count: counts.Overdue}}
	return list, nil
}
