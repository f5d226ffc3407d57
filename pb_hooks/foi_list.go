package pb_hooks

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// RequestList is one page of the requests that a person may see.
type RequestList struct {
	Items   []RequestLine `json:"items"`
	Total   int           `json:"total"`
	Page    int           `json:"page"`
	PerPage int           `json:"per_page"`
}

// RequestLine is one request in a list.
type RequestLine struct {
	ID          string       `json:"id"`
	Number      string       `json:"number"`
	School      string       `json:"school"`
	SchoolCode  string       `json:"school_code"`
	Subject     string       `json:"subject"`
	Channel     string       `json:"channel"`
	State       string       `json:"state"`
	StateName   string       `json:"state_name"` // with what waits for approval
	Outcome     string       `json:"outcome"`
	Submitted   workday.Date `json:"submitted"`
	Received    workday.Date `json:"received"`
	Due         workday.Date `json:"due"`
	Provisional bool         `json:"provisional"`
	Extended    bool         `json:"extended"`
	Late        bool         `json:"late"`
	Left        *int         `json:"left"`
	Level       string       `json:"level"`
	Department  string       `json:"department"`
	Mine        bool         `json:"mine"` // waits for this person
}

// mostRequests is how many requests a page may hold.
const mostRequests = 100

// requestSorts are the orders of a list; "-" before one turns it around.
var requestSorts = map[string]string{"due": "due", "received": "received", "submitted": "submitted", "number": "number"}

// listRequests answers with the requests of the person's school, or of all
// schools to the bureau: filtered by q, state, level, channel, class, outcome,
// school (code), from and to (day of receipt), open, mine, or by figure of the
// statistics; ordered by sort.
func (p *platform) listRequests(e *core.RequestEvent) error {
	where, roles, err := p.requestsSeenBy(e.App, e.Auth)
	if err != nil {
		return err
	}
	if where == nil {
		return e.ForbiddenError("您没有办理信息公开申请的职责。", nil)
	}
	ask := e.Request.URL.Query()
	filters, err := p.requestFilters(ask, e.Auth, roles)
	if err != nil {
		return err
	}
	where = dbx.And(append([]dbx.Expression{where}, filters...)...)
	list := RequestList{Items: []RequestLine{}, Page: max(1, number(ask, "page", 1)), PerPage: min(mostRequests, max(1, number(ask, "per_page", 50)))}
	if err := e.App.DB().Select("count(*)").From(records.FOIRequests).Where(where).Row(&list.Total); err != nil {
		return err
	}
	sort, down := strings.CutPrefix(ask.Get("sort"), "-")
	order, ok := requestSorts[sort]
	if !ok {
		order, down = "submitted", true
	}
	orders := []string{order, "_rowid_"}
	if down {
		orders = []string{order + " DESC", "_rowid_ DESC"}
	}
	page := e.App.DB().Select("_rowid_").From(records.FOIRequests).Where(where).OrderBy(orders...).Limit(int64(list.PerPage)).
		Offset(int64((list.Page - 1) * list.PerPage))
	rows, err := rowsOf(page)
	if err != nil {
		return err
	}
	if list.Items, err = p.requestLines(e.App, rows, e.Auth, roles); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, list)
}

func number(ask url.Values, name string, otherwise int) int {
	n, err := strconv.Atoi(ask.Get(name))
	if err != nil {
		return otherwise
	}
	return n
}

// requestsSeenBy is the condition of the requests that a person may see, nil if
// there are none, and the roles they fill today.
func (p *platform) requestsSeenBy(app core.App, person *core.Record) (dbx.Expression, []foi.Role, error) {
	school := person.GetString("school")
	duties := foiDuties
	if school == "" {
		duties = []foi.Role{foi.Bureau}
	}
	var roles []foi.Role
	for _, duty := range duties {
		ways, err := p.waysTo(app, person, publication.Duty(duty))
		if err != nil {
			return nil, nil, err
		}
		if len(ways) > 0 {
			roles = append(roles, duty)
		}
	}
	switch {
	case school == "" && len(roles) > 0:
		return dbx.NewExp("1 = 1"), roles, nil
	case school == "":
		return nil, nil, nil
	case len(roles) > 0:
		return dbx.HashExp{"school": school}, roles, nil
	}
	n, err := app.CountRecords(records.FOIRequests, dbx.HashExp{"school": school, "assignee": person.Id})
	if err != nil || n == 0 {
		return nil, nil, err
	}
	return dbx.HashExp{"school": school, "assignee": person.Id}, nil, nil
}

// wholeNumber is a whole number of a receipt, as normalRequestNumber writes it.
var wholeNumber = regexp.MustCompile(`^SQ\d{4}-\d{5,}$`)

// openStates still wait for an answer.
var openStates = func() (list []any) {
	for _, s := range foi.States() {
		if s != foi.Draft && slices.Contains(foi.Allowed(s), foi.Withdraw) {
			list = append(list, string(s))
		}
	}
	return list
}()

func (p *platform) requestFilters(ask url.Values, person *core.Record, roles []foi.Role) ([]dbx.Expression, error) {
	var list []dbx.Expression
	add := func(e dbx.Expression) { list = append(list, e) }
	for _, f := range []string{"state", "channel", "class", "outcome"} {
		if values := ask[f]; len(values) > 0 && values[0] != "" {
			add(dbx.In(f, anys(values)...))
		}
	}
	if code := ask.Get("school"); code != "" && code != wholeDistrict {
		d, err := p.directory()
		if err != nil {
			return nil, err
		}
		id := "none"
		if school, ok := d.ByCode(code); ok {
			id = school.ID
		}
		add(dbx.HashExp{"school": id})
	}
	if q := strings.TrimSpace(ask.Get("q")); wholeNumber.MatchString(normalRequestNumber(q)) {
		add(dbx.HashExp{"number": normalRequestNumber(q)})
	} else if q != "" {
		add(dbx.NewExp(`subject LIKE {:like} ESCAPE '\'`, dbx.Params{"like": "%" + strings.NewReplacer(`\`, `\\`, "%", `\%`, "_", `\_`).Replace(q) + "%"}))
	}
	received, err := p.receivedAsked(ask, person)
	if err != nil {
		return nil, err
	}
	list = append(list, received...)
	if ask.Get("open") != "" {
		add(dbx.In("state", openStates...))
	}
	if ask.Get("mine") != "" {
		add(inHandsOf(person, roles))
	}
	if level := ask.Get("level"); level != "" {
		within, err := p.levelIs(level)
		if err != nil {
			return nil, err
		}
		add(within)
	}
	return list, nil
}

// receivedAsked is the condition of a period: of receipt, or that of a figure of
// the statistics.
func (p *platform) receivedAsked(ask url.Values, person *core.Record) (list []dbx.Expression, err error) {
	if ask.Get("figure") != "" {
		behind, err := p.figureAsked(p.app, ask, person)
		return append(list, behind), err
	}
	if from := workday.Date(ask.Get("from")); from.IsValid() {
		list = append(list, dbx.NewExp("received >= {:from}", dbx.Params{"from": string(from)}))
	}
	if to := workday.Date(ask.Get("to")); to.IsValid() {
		list = append(list, dbx.NewExp("received != '' AND received <= {:to}", dbx.Params{"to": string(to)}))
	}
	return list, nil
}

// inHandsOf is the condition that a request waits for a person in these roles.
func inHandsOf(person *core.Record, roles []foi.Role) dbx.Expression {
	var states []any
	for state, role := range nextAt {
		if slices.Contains(roles, role) {
			states = append(states, string(state))
		}
	}
	return dbx.Or(dbx.And(dbx.NewExp("proposal != ''"), dbx.In("approver", rolesAsAny(roles)...)),
		dbx.And(dbx.HashExp{"proposal": ""}, undelivered, dbx.Or(dbx.In("state", states...),
			dbx.And(dbx.HashExp{"assignee": person.Id}, dbx.In("state", string(foi.Processing), string(foi.Supplementing))))))
}

// undelivered leaves out what was answered and delivered: it waits for nobody.
var undelivered = dbx.NewExp("(state != 'answered' OR dispatched = '' OR NOT EXISTS (SELECT 1 FROM foi_steps d WHERE d.request = foi_requests.id AND d.action = 'deliver'" +
	" AND d._rowid_ > (SELECT max(a._rowid_) FROM foi_steps a WHERE a.request = d.request AND a.action IN ('sign', 'approve'))))")

func rolesAsAny(roles []foi.Role) (list []any) {
	for _, r := range roles {
		list = append(list, string(r))
	}
	return list
}
