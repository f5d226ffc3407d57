package pb_hooks

import (
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// States of an exemption (豁免).
const (
	exemptionAsked     = "asked"
	exemptionApproved  = "approved"
	exemptionRefused   = "refused"
	exemptionWithdrawn = "withdrawn"
	exemptionRevoked   = "revoked"
)

// exemptionsOn are the exemptions in force on a day (such as "2026-11-23"): the
// columns by the id of the school. A revoked one holds until the day before.
func exemptionsOn(app core.App, day string) (map[string]map[string]bool, error) {
	var rows []struct {
		School string `db:"school"`
		Column string `db:"column"`
	}
	err := app.DB().Select("school", "column").From(records.Exemptions).Where(dbx.And(dbx.In("state", exemptionApproved, exemptionRevoked),
		dbx.NewExp("`from` <= {:day} AND until >= {:day} AND (revoked_on = '' OR revoked_on > {:day})", dbx.Params{"day": day}))).All(&rows)
	if err != nil {
		return nil, err
	}
	on := map[string]map[string]bool{}
	for _, r := range rows {
		if on[r.School] == nil {
			on[r.School] = map[string]bool{}
		}
		on[r.School][r.Column] = true
	}
	return on, nil
}

// exemptions sees from which columns schools are exempt on the day.
func (m *measuring) exemptions() error {
	on, err := exemptionsOn(m.app, string(m.day))
	for _, s := range m.schools {
		if columns := on[s.ID]; columns != nil {
			s.exempt = columns
		}
	}
	return err
}

// ExemptionList is the exemptions that somebody sees: a school its own.
type ExemptionList struct {
	Today     string               `json:"today"`
	MayAsk    bool                 `json:"may_ask"`    // a school's principal or officer
	MayDecide bool                 `json:"may_decide"` // the bureau's supervisor
	Items     []ExemptionView      `json:"items"`      // the newest first
	Columns   []standard.ColumnRef `json:"columns"`    // mandatory ones of the school, to ask for
}

// ExemptionView is one exemption.
type ExemptionView struct {
	ID            string `json:"id"`
	School        string `json:"school"` // code
	SchoolName    string `json:"school_name"`
	Column        string `json:"column"`
	ColumnName    string `json:"column_name"`
	Reason        string `json:"reason"`
	From          string `json:"from"`
	Until         string `json:"until"`
	State         string `json:"state"` // asked, approved, refused, withdrawn, revoked
	InForce       bool   `json:"in_force"`
	Ended         bool   `json:"ended"` // its last day has passed
	AskedByName   string `json:"asked_by_name"`
	AskedAt       string `json:"asked_at"`
	DecidedByName string `json:"decided_by_name"`
	DecidedAt     string `json:"decided_at"`
	Decision      string `json:"decision"`
	RevokedByName string `json:"revoked_by_name"`
	RevokedAt     string `json:"revoked_at"`
	RevokedReason string `json:"revoked_reason"`
}

// mayReadExemptions are the duties with which people of the bureau see all exemptions.
var mayReadExemptions = []publication.Duty{publication.Supervisor, publication.Reviewer, publication.Auditor, publication.Admin}

func (p *platform) listExemptions(e *core.RequestEvent) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	query := e.App.RecordQuery(records.Exemptions).OrderBy("asked_at DESC", "id")
	list := ExemptionList{Today: p.today(), Items: []ExemptionView{}, Columns: []standard.ColumnRef{}}
	if own, atSchool := d.ByID(e.Auth.GetString("school")); atSchool {
		query.AndWhere(dbx.HashExp{"school": own.ID})
		if list.MayAsk, err = p.asksExemptions(e.App, e.Auth); err != nil {
			return err
		}
		list.Columns = mandatoryOf(own)
	} else if may, err := p.servesBureau(e.App, e.Auth, mayReadExemptions...); err != nil || !may {
		return orRefusal(err, e.ForbiddenError("豁免由区级监督员办理。", nil))
	} else if list.MayDecide, err = p.servesBureau(e.App, e.Auth, publication.Supervisor); err != nil {
		return err
	} else if s, ok := d.ByCode(e.Request.URL.Query().Get("school")); ok {
		query.AndWhere(dbx.HashExp{"school": s.ID})
		list.Columns = mandatoryOf(s)
	}
	if state := e.Request.URL.Query().Get("state"); state != "" {
		query.AndWhere(dbx.HashExp{"state": state})
	}
	var rows []*core.Record
	if err := query.All(&rows); err != nil {
		return err
	}
	for _, r := range rows {
		list.Items = append(list.Items, p.exemptionView(d, r))
	}
	return noStore(e, list)
}

// asksExemptions reports whether somebody may ask for their school: its principal
// and its officer.
func (p *platform) asksExemptions(app core.App, person *core.Record) (bool, error) {
	if person.GetString("deactivated_at") != "" {
		return false, nil
	}
	for _, duty := range []publication.Duty{publication.Principal, publication.Officer} {
		ways, err := p.waysToAct(app, person, duty)
		if err != nil || len(ways) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

func mandatoryOf(s *records.School) []standard.ColumnRef {
	list := []standard.ColumnRef{}
	for _, c := range s.Columns {
		if c.Mandatory {
			list = append(list, standard.ColumnRef{Code: c.Code, Name: c.Name})
		}
	}
	return list
}

func (p *platform) exemptionView(d *records.Directory, r *core.Record) ExemptionView {
	text, today := r.GetString, p.today()
	v := ExemptionView{ID: r.Id, Column: text("column"), Reason: text("reason"), From: text("from"), Until: text("until"), State: text("state"),
		AskedByName: text("asked_by_name"), AskedAt: text("asked_at"), DecidedByName: text("decided_by_name"), DecidedAt: text("decided_at"), Decision: text("decision"),
		RevokedByName: text("revoked_by_name"), RevokedAt: text("revoked_at"), RevokedReason: text("revoked_reason")}
	v.InForce = v.State == exemptionApproved && v.From <= today && today <= v.Until
	v.Ended = v.Until < today
	if s, ok := d.ByID(text("school")); ok {
		v.School, v.SchoolName = s.Code, s.ShortName
	}
	v.ColumnName = columnName(d, v.Column)
	return v
}

// columnName is the name of a column in the newest version that has it.
func columnName(d *records.Directory, code string) string {
	if c, ok := d.Node(code); ok {
		return c.Name
	}
	for _, past := range slices.Backward(d.Past) {
		if c, ok := standard.Find(past.Columns, code); ok {
			return c.Name
		}
	}
	return code
}

// exemptionAskedFor is the one that the address names, as far as the person sees it.
func exemptionAskedFor(app core.App, e *core.RequestEvent) (*core.Record, error) {
	unknown := e.NotFoundError("没有这条豁免，请刷新页面。", nil)
	r, err := app.FindRecordById(records.Exemptions, e.Request.PathValue("id"))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, unknown
	}
	if own := e.Auth.GetString("school"); err == nil && own != "" && own != r.GetString("school") {
		err = unknown
	}
	return r, err
}
