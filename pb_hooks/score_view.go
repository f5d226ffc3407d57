package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// ScoreCard is the card of a school in a month: that of the running month as it is
// now, or the one that was issued, with what was given back since.
type ScoreCard struct {
	Today       string                `json:"today"`
	School      string                `json:"school"` // code
	SchoolName  string                `json:"school_name"`
	Stages      []string              `json:"stages"`
	Month       string                `json:"month"`
	Months      []string              `json:"months"` // with a card of this school, the running one first
	Running     bool                  `json:"running"`
	IssuedOn    string                `json:"issued_on"`
	ObjectUntil string                `json:"object_until"` // a day; "" of the running month
	WeightsFrom string                `json:"weights_from"`
	Before      scorecard.Points      `json:"before"` // the score without what was given back
	Measured    int                   `json:"measured"`
	Card        scorecard.Card        `json:"card"`
	Indicators  []scorecard.Indicator `json:"indicators"`
	Objections  []ScoreObjection      `json:"objections"`
	Entered     []EnteredFinding      `json:"entered"`
	MayObject   bool                  `json:"may_object"`
	MayDecide   bool                  `json:"may_decide"`
	issued      string                // id of the card
}

func (p *platform) scoreCard(e *core.RequestEvent) error {
	school, err := p.supervisedSchool(e)
	if err != nil {
		return err
	}
	month, running, err := p.monthAsked(e.Request.URL.Query().Get("month"))
	if err != nil {
		return err
	}
	view, err := p.scoreCardOf(e, e.App, school, month, running)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

// scoreCardOf draws a card for the person who asks.
func (p *platform) scoreCardOf(e *core.RequestEvent, app core.App, school *records.School, month string, running bool) (v ScoreCard, err error) {
	v = ScoreCard{Today: p.today(), School: school.Code, SchoolName: school.ShortName, Stages: school.Stages, Month: month, Running: running, Indicators: scorecard.Indicators()}
	if running {
		v.WeightsFrom, v.Card, err = p.runningCard(e.Request.Context(), app, school)
	} else {
		err = p.readIssued(e, app, school, &v)
	}
	if err != nil {
		return v, err
	}
	if v.Months, err = p.monthsOf(app, school.ID); err != nil {
		return v, err
	}
	if v.Entered, err = enteredOf(app, school.ID, month); err != nil {
		return v, err
	}
	if v.Objections, err = p.objectionsOf(app, dbx.HashExp{"o.school": school.ID, "o.month": month}); err != nil {
		return v, err
	}
	v.Before, v.Measured = v.Card.Score, v.Card.Measured()
	v.Card = v.Card.Restore(givenBack(v.Objections))
	if v.MayObject, err = p.mayObject(app, e.Auth, school.ID); err != nil {
		return v, err
	}
	v.MayObject = v.MayObject && (running || v.Today <= v.ObjectUntil)
	v.MayDecide, err = p.servesBureau(app, e.Auth, publication.Supervisor)
	return v, err
}

func (p *platform) readIssued(e *core.RequestEvent, app core.App, school *records.School, v *ScoreCard) error {
	r, err := issuedCard(app, school.ID, v.Month)
	if err != nil {
		return err
	}
	if r == nil {
		return e.NotFoundError("这个月没有出具评分。", nil)
	}
	calendar, err := p.calendar(app)
	if err != nil {
		return err
	}
	v.issued, v.IssuedOn, v.WeightsFrom = r.Id, r.GetString("issued_on"), r.GetString("weights_from")
	v.ObjectUntil = string(calendar.Add(workday.Date(v.IssuedOn), objectWithin))
	sets, err := weightsSets(app)
	if err != nil {
		return err
	}
	v.Card, err = cardIn(r, sets)
	return err
}

// monthsOf are the running month and those of which a school has a card; "" is any
// school. The latest is first.
func (p *platform) monthsOf(app core.App, school string) ([]string, error) {
	query := app.DB().Select("month").Distinct(true).From(records.ScoreCards).OrderBy("month DESC")
	if school != "" {
		query.Where(dbx.HashExp{"school": school})
	}
	var months []string
	if err := query.Column(&months); err != nil {
		return nil, err
	}
	return append([]string{p.today()[:7]}, months...), nil
}

// objectionsOf are objections with their decisions, the oldest first.
func (p *platform) objectionsOf(app core.App, which dbx.Expression) ([]ScoreObjection, error) {
	var rows []struct {
		ID        string `db:"id"`
		School    string `db:"school"`
		Month     string `db:"month"`
		Code      string `db:"code"`
		Card      string `db:"card"`
		Text      string `db:"text"`
		Link      string `db:"link"`
		By        string `db:"by_name"`
		On        string `db:"on"`
		Due       string `db:"due"`
		Points    int    `db:"points"`
		Decision  string `db:"decision"`
		Accepted  bool   `db:"accepted"`
		Back      int    `db:"back"`
		Reason    string `db:"reason"`
		DecidedBy string `db:"decided_by"`
		DecidedOn string `db:"decided_on"`
	}
	err := app.DB().Select("o.id", "o.school", "o.month", "o.code", "o.card", "o.text", "o.link", "o.by_name", "o.on", "o.due", "o.points", "coalesce(d.id, '') AS decision",
		"coalesce(d.accepted, FALSE) AS accepted", "coalesce(d.points, 0) AS back", "coalesce(d.reason, '') AS reason", "coalesce(d.by_name, '') AS decided_by", "coalesce(d.[[on]], '') AS decided_on").
		From("score_objections o").LeftJoin("score_decisions d", dbx.NewExp("d.objection = o.id")).Where(which).OrderBy("o._rowid_").All(&rows)
	if err != nil {
		return nil, err
	}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	list := []ScoreObjection{}
	for _, r := range rows {
		o := ScoreObjection{ID: r.ID, Month: r.Month, Code: scorecard.Code(r.Code), Running: r.Card == "", Text: r.Text, Link: r.Link, By: r.By, On: r.On, Due: r.Due,
			Points: scorecard.Points(r.Points), Decided: r.Decision != "", Accepted: r.Accepted, Back: scorecard.Points(r.Back), Reason: r.Reason, DecidedBy: r.DecidedBy, DecidedOn: r.DecidedOn}
		o.Overdue = !o.Decided && o.Due < p.today()
		if school, ok := d.ByID(r.School); ok {
			o.School, o.SchoolName = school.Code, school.ShortName
		}
		list = append(list, o)
	}
	return list, nil
}

// givenBack is what was accepted of objections.
func givenBack(list []ScoreObjection) (back []scorecard.GivenBack) {
	for _, o := range list {
		if o.Accepted {
			back = append(back, scorecard.GivenBack{Code: o.Code, Points: o.Back})
		}
	}
	return back
}
