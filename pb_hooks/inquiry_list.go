package pb_hooks

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// InquiryList is one page of the letters that a person may see.
type InquiryList struct {
	Items   []InquiryListLine `json:"items"`
	Total   int               `json:"total"` // of all pages
	More    bool              `json:"more"`  // there are more than that
	Page    int               `json:"page"`
	PerPage int               `json:"per_page"`
}

// InquiryListLine is one letter in a list. A confidential one has no title.
type InquiryListLine struct {
	ID           string       `json:"id"`
	Number       string       `json:"number"`
	Unit         string       `json:"unit"` // in words
	Title        string       `json:"title"`
	ChannelName  string       `json:"channel_name"`
	CategoryName string       `json:"category_name"`
	Urgent       bool         `json:"urgent"`
	Confidential bool         `json:"confidential"`
	State        string       `json:"state"`
	StateName    string       `json:"state_name"` // with what waits beside it
	Offered      string       `json:"offered"`    // in words: it is being transferred to
	Submitted    workday.Date `json:"submitted"`
	AcceptBy     workday.Date `json:"accept_by"` // "" once it is decided
	Due          workday.Date `json:"due"`
	Provisional  bool         `json:"provisional"`
	Extended     bool         `json:"extended"`
	Late         bool         `json:"late"` // the first answer
	Left         *int         `json:"left"`
	Level        string       `json:"level"`
	Department   string       `json:"department"`
	Rating       string       `json:"rating"` // in words: the one that counts
	Redone       bool         `json:"redone"`
	Ordered      bool         `json:"ordered"`
	Mine         bool         `json:"mine"` // waits for this person
}

// mostCounted is how far letters are counted for a list.
const mostCounted = 10_000

// listInquiries answers with the letters that a person may see: filtered by q,
// state, channel, category, rating, unit (code of a school, or "bureau"), from and
// to (day of the letter), open, overdue, low (a low rating that is still open) and
// mine; ordered by sort.
func (p *platform) listInquiries(e *core.RequestEvent) error {
	reader, err := p.inquiryReaderOf(e.App, e.Auth)
	if err != nil {
		return err
	}
	where, err := reader.sees(e.App)
	if err != nil {
		return err
	}
	if where == nil {
		return e.ForbiddenError("您没有办理来信的职责。", nil)
	}
	ask := e.Request.URL.Query()
	filters, err := p.inquiryFilters(ask, reader)
	if err != nil {
		return err
	}
	list := InquiryList{Page: max(1, number(ask, "page", 1)), PerPage: min(mostRequests, max(1, number(ask, "per_page", 50)))}
	found, err := list.find(e.App, dbx.And(append([]dbx.Expression{where}, filters...)...), inquiryOrder(ask))
	if err != nil {
		return err
	}
	if list.Items, err = p.inquiryLines(e.App, found, reader); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

// find reads the letters of the page and counts them all, as far as anybody turns
// pages. The numbers of the rows come from an index alone; only the rows of the
// page are read.
func (l *InquiryList) find(app core.App, where dbx.Expression, order []string) (found []*core.Record, err error) {
	var rows []any
	offset := (l.Page - 1) * l.PerPage
	if err := app.DB().Select("_rowid_").From(records.Inquiries).Where(where).OrderBy(order...).Limit(int64(l.PerPage)).Offset(int64(offset)).Column(&rows); err != nil {
		return nil, err
	}
	if l.Total = offset + len(rows); len(rows) == l.PerPage || len(rows) == 0 && offset > 0 {
		some := app.DB().Select("_rowid_").From(records.Inquiries).Where(where).Limit(mostCounted + 1).Build()
		if err := app.DB().NewQuery("SELECT count(*) FROM (" + some.SQL() + ")").Bind(some.Params()).Row(&l.Total); err != nil {
			return nil, err
		}
	}
	if l.More = l.Total > mostCounted; l.More {
		l.Total = mostCounted
	}
	err = app.RecordQuery(records.Inquiries).AndWhere(dbx.In("_rowid_", rows...)).OrderBy(order...).All(&found)
	return found, err
}

// inquiryOrder is the order that is asked for: the newest first, or by the due day
// of what waits.
func inquiryOrder(ask url.Values) []string {
	sort, down := strings.CutPrefix(ask.Get("sort"), "-")
	switch {
	case sort == "due" && slices.ContainsFunc([]string{"open", "overdue", "low", "mine"}, ask.Has):
	case sort != "submitted":
		sort, down = "submitted", true
	}
	if down {
		return []string{sort + " DESC", "_rowid_ DESC"}
	}
	return []string{sort, "_rowid_"}
}

// wholeInquiryNumber is a whole number of a receipt, as normalInquiryNumber writes it.
var wholeInquiryNumber = regexp.MustCompile(`^LX\d{4}-\d{5,}$`)

func (p *platform) inquiryFilters(ask url.Values, reader inquiryReader) ([]dbx.Expression, error) {
	var list []dbx.Expression
	add := func(e dbx.Expression) { list = append(list, e) }
	// almost all letters may be in one state: an index of it would not help, hence the "+"
	for field, column := range map[string]string{"state": "+(state)", "channel": "channel", "category": "category"} {
		if values := ask[field]; len(values) > 0 && values[0] != "" {
			add(dbx.In(column, anys(values)...))
		}
	}
	if states := ask["state"]; len(states) > 0 && !slices.ContainsFunc(states, isClosed) {
		add(reader.waitsForAnswer())
	}
	if rating := number(ask, "rating", 0); rating > 0 {
		add(dbx.HashExp{"rating": rating})
	}
	if code := ask.Get("unit"); code != "" {
		unit, err := p.unitWithCode(code)
		if err != nil {
			return nil, err
		}
		add(dbx.HashExp{"unit": unit})
	}
	if q := strings.TrimSpace(ask.Get("q")); wholeInquiryNumber.MatchString(normalInquiryNumber(q)) {
		add(dbx.HashExp{"number": normalInquiryNumber(q)})
	} else if q != "" {
		add(dbx.NewExp("instr(title, {:words}) > 0", dbx.Params{"words": q}))
	}
	if from := workday.Date(ask.Get("from")); from.IsValid() {
		add(dbx.NewExp("submitted >= {:from}", dbx.Params{"from": string(from)}))
	}
	if to := workday.Date(ask.Get("to")); to.IsValid() {
		add(dbx.NewExp("submitted <= {:to}", dbx.Params{"to": string(to)}))
	}
	if ask.Get("open") != "" {
		add(reader.waitsForAnswer())
	}
	if ask.Get("low") != "" {
		add(dbx.And(reader.waitsForAnswer(), dbx.HashExp{"redone": true}))
	}
	if ask.Get("overdue") != "" {
		add(reader.missedOn(workday.Date(p.today())))
	}
	if ask.Get("mine") != "" {
		add(reader.inHand())
	}
	return list, nil
}

// unitWithCode is the unit that people name by a code; a code that nobody has is
// the unit of no letter.
func (p *platform) unitWithCode(code string) (string, error) {
	if code == bureauUnit {
		return bureauUnit, nil
	}
	d, err := p.directory()
	if err != nil {
		return "", err
	}
	if school, ok := d.ByCode(code); ok {
		return school.ID, nil
	}
	return "none", nil
}

func isClosed(state string) bool { return !inquiry.State(state).IsOpen() }

// waitsForAnswer is the condition that a letter waits for an answer, or for a
// better one: as long as its clock runs (see inquiry.State.IsOpen). Whoever reads
// one unit has fewer letters than are open in the district: "+" keeps the database
// to the index of the unit.
func (r inquiryReader) waitsForAnswer() dbx.Expression {
	if r.supervises {
		return dbx.NewExp("clock = 'running'")
	}
	return dbx.NewExp("+clock = 'running'")
}

// missedOn is the condition that a norm is missed on a day and still not done (see
// inquiry.Case.Missed).
func (r inquiryReader) missedOn(today workday.Date) dbx.Expression {
	return dbx.And(r.waitsForAnswer(), dbx.NewExp("(due < {:today} OR decided = '' AND accept_by < {:today} OR first_replied = '' AND first_reply_by != '' AND first_reply_by < {:today})",
		dbx.Params{"today": string(today)}))
}

// inquiryLines draws the letters of one page: each as its steps add up today.
func (p *platform) inquiryLines(app core.App, found []*core.Record, reader inquiryReader) ([]InquiryListLine, error) {
	lines := []InquiryListLine{}
	counting, err := p.inquiryCounting(app)
	if err != nil {
		return nil, err
	}
	cases, err := inquiryCasesOf(app, counting, found...)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		line, err := p.inquiryLine(c, reader)
		if err != nil {
			return nil, err
		}
		lines = append(lines, line)
	}
	return lines, nil
}

func (p *platform) inquiryLine(c inquiryCase, reader inquiryReader) (InquiryListLine, error) {
	today, r := workday.Date(p.today()), c.record
	line := InquiryListLine{ID: r.Id, Number: r.GetString("number"), Title: r.GetString("title"), ChannelName: c.Channel.Name, CategoryName: c.Category.Name,
		Urgent: c.IsUrgent(), Confidential: r.GetBool("confidential"), State: string(c.State), StateName: c.State.Name(), Submitted: c.Submitted, Due: c.Due,
		Provisional: c.Provisional, Extended: c.Extension.On != "", Late: len(c.Answers) > 0 && !c.AnsweredInTime(), Level: c.LevelOn(today).Code(),
		Department: c.Department, Rating: c.LastRating().Name(), Redone: r.GetBool("redone"), Ordered: r.GetBool("ordered"), Mine: reader.hasInHand(c)}
	if c.Publication == inquiry.Proposed {
		line.StateName += "，" + c.Publication.Name()
	}
	if c.Decided == "" && c.State.IsOpen() {
		line.AcceptBy = c.AcceptBy
	}
	if left, ok := c.Left(today); ok {
		line.Left = &left
	}
	var err error
	for into, unit := range map[*string]string{&line.Unit: c.Unit, &line.Offered: c.Offer.To} {
		if *into, err = p.unitName(unit); err != nil {
			return line, err
		}
	}
	return line, nil
}
