package pb_hooks

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// OrderList is one page of the orders that a person may read.
type OrderList struct {
	Items    []OrderListLine `json:"items"`
	Total    int             `json:"total"` // of all pages
	Page     int             `json:"page"`
	PerPage  int             `json:"per_page"`
	MayIssue bool            `json:"may_issue"`
}

// OrderListLine is one order. Counts and Part are of the parts that were asked for:
// Part is the only one of them, if there is no other.
type OrderListLine struct {
	ID         string         `json:"id"`
	Number     string         `json:"number"`
	Kind       string         `json:"kind"`
	KindName   string         `json:"kind_name"`
	Title      string         `json:"title"`
	SourceName string         `json:"source_name"`
	Occasion   string         `json:"occasion"`
	Issued     workday.Date   `json:"issued"`
	Counts     OrderCounts    `json:"counts"`
	Part       *OrderPartLine `json:"part"`
	Mine       bool           `json:"mine"` // something of it waits for this person
}

const mostOrders = 100 // of one page

// listOrders answers with the orders that a person may read, newest first, filtered
// by q (number or title), kind, source and ref, and by parts: school (code), state,
// from and to (day of issue), open, overdue, on_time, late (closed) and mine.
func (p *platform) listOrders(e *core.RequestEvent) error {
	reader, err := p.orderReaderOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	parts, papers, err := p.orderFilters(ask, reader)
	if err != nil {
		return err
	}
	list := OrderList{Items: []OrderListLine{}, Page: max(1, number(ask, "page", 1)), PerPage: min(mostOrders, max(1, number(ask, "per_page", 20))), MayIssue: reader.supervises}
	with := e.App.DB().Select("order").From(records.OrderParts).Where(parts).Build()
	where := dbx.And(dbx.NewExp("id IN ("+with.SQL()+")", with.Params()), papers) // first: the names of parameters are counted on
	if err := e.App.DB().Select("count(*)").From(records.Orders).Where(where).Row(&list.Total); err != nil {
		return err
	}
	var found, rows []*core.Record
	err = e.App.RecordQuery(records.Orders).AndWhere(where).OrderBy("issued DESC", "_rowid_ DESC").Limit(int64(list.PerPage)).Offset(int64((list.Page - 1) * list.PerPage)).All(&found)
	if err != nil {
		return err
	}
	if err := e.App.RecordQuery(records.OrderParts).AndWhere(dbx.And(parts, dbx.HashExp{"order": anys(idsOf(found))})).OrderBy("_rowid_").All(&rows); err != nil {
		return err
	}
	if list.Items, err = p.orderLines(e.App, found, rows, reader); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

func (p *platform) orderLines(app core.App, papers, parts []*core.Record, reader orderReader) ([]OrderListLine, error) {
	calendar, err := p.calendar(app)
	if err != nil {
		return nil, err
	}
	of := map[string][]*core.Record{}
	for _, r := range parts {
		of[r.GetString("order")] = append(of[r.GetString("order")], r)
	}
	lines := []OrderListLine{}
	for _, r := range papers {
		t := r.GetString
		line := OrderListLine{ID: r.Id, Number: t("number"), Kind: t("kind"), KindName: order.Kind(t("kind")).Name(), Title: t("title"),
			SourceName: order.Source(t("source")).Name(), Occasion: t("occasion"), Issued: workday.Date(t("issued"))}
		for _, part := range of[r.Id] {
			stands := standingOf(part, calendar)
			line.Counts.add(stands.State, isOverdue(stands, workday.Date(p.today())))
			line.Mine = line.Mine || reader.isTurn(part)
			if len(of[r.Id]) > 1 {
				continue
			}
			drawn, err := p.orderPartLine(part, stands, reader)
			if err != nil {
				return nil, err
			}
			line.Part = &drawn
		}
		lines = append(lines, line)
	}
	return lines, nil
}

// isOverdue reports whether the school is waited for and its day is over.
func isOverdue(c order.Part, today workday.Date) bool {
	_, waited := c.Left(today)
	return waited && c.Due < today
}

// orderFilters are the conditions of parts and of orders that are asked for.
func (p *platform) orderFilters(ask url.Values, reader orderReader) (parts, papers dbx.Expression, err error) {
	ofPart, ofPaper := []dbx.Expression{reader.sees()}, []dbx.Expression{}
	for field, list := range map[string]*[]dbx.Expression{"state": &ofPart, "kind": &ofPaper, "source": &ofPaper, "ref": &ofPaper} {
		if values := ask[field]; len(values) > 0 && values[0] != "" {
			*list = append(*list, dbx.In(field, anys(values)...))
		}
	}
	if code := ask.Get("school"); code != "" {
		school, err := p.unitWithCode(code)
		if err != nil {
			return nil, nil, err
		}
		ofPart = append(ofPart, dbx.HashExp{"school": school})
	}
	if q := strings.TrimSpace(ask.Get("q")); q != "" {
		ofPaper = append(ofPaper, dbx.NewExp("(instr(title, {:words}) > 0 OR instr(number, upper({:words})) > 0)", dbx.Params{"words": q}))
	}
	for field, how := range map[string]string{"from": ">=", "to": "<="} {
		if day := workday.Date(ask.Get(field)); day.IsValid() {
			ofPart = append(ofPart, dbx.NewExp("issued "+how+" {:"+field+"}", dbx.Params{field: string(day)}))
		}
	}
	for name, condition := range map[string]dbx.Expression{
		"open":    dbx.NewExp("state NOT IN ('draft', 'closed', 'withdrawn')"),
		"overdue": dbx.And(dbx.In("state", withSchool...), dbx.NewExp("due < {:today}", dbx.Params{"today": p.today()})),
		"on_time": dbx.NewExp("state = 'closed' AND on_time"),
		"late":    dbx.NewExp("state = 'closed' AND NOT on_time"),
		"mine":    reader.waits(),
	} {
		if ask.Get(name) != "" {
			ofPart = append(ofPart, condition)
		}
	}
	return dbx.And(ofPart...), dbx.And(ofPaper...), nil
}

// waits is the condition that a part waits for the person (see isTurn).
func (r orderReader) waits() dbx.Expression {
	switch {
	case r.supervises:
		return dbx.NewExp("(state = 'submitted' OR asked OR talk)")
	case r.school != "" && len(r.roles) > 0:
		return dbx.In("state", withSchool...)
	}
	return dbx.NewExp("0")
}
