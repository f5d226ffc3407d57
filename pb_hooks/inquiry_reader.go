package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// inquiryReader is somebody who asks for many letters: what inquirySigners tells of
// one letter, as conditions on all of them.
type inquiryReader struct {
	person     *core.Record
	unit       string
	roles      []inquiry.Role // in their own unit
	supervises bool           // for the bureau: every unit's
}

func (p *platform) inquiryReaderOf(app core.App, person *core.Record) (inquiryReader, error) {
	r := inquiryReader{person: person, unit: unitOf(person)}
	of := rolesInSchool
	if r.unit == bureauUnit {
		of = rolesInBureau
	}
	for duty, roles := range of {
		ways, err := p.waysTo(app, person, duty)
		if err != nil {
			return r, err
		}
		if len(ways) > 0 {
			r.roles = append(r.roles, roles...)
			r.supervises = r.supervises || duty == publication.Supervisor && r.unit == bureauUnit
		}
	}
	return r, nil
}

func (r inquiryReader) is(role inquiry.Role) bool { return slices.Contains(r.roles, role) }

// sees is the condition of the letters that they may see, nil if there are none:
// their unit's, those it is offered, and those they were assigned; without the
// confidential ones if they are only the officer.
func (r inquiryReader) sees(app core.App) (dbx.Expression, error) {
	assigned := dbx.NewExp("assignee != '' AND assignee = {:person} AND unit = {:unit}", dbx.Params{"person": r.person.Id, "unit": r.unit})
	units := dbx.HashExp{"unit": r.unit}
	switch {
	case r.supervises:
		return dbx.NewExp("1 = 1"), nil
	case r.is(inquiry.Clerk):
		return dbx.Or(units, r.offered()), nil
	case r.is(inquiry.Principal):
		return units, nil
	case r.is(inquiry.Officer):
		return dbx.And(units, dbx.Or(dbx.HashExp{"confidential": false}, dbx.HashExp{"assignee": r.person.Id})), nil
	}
	var n int
	err := app.DB().Select("count(*)").From(records.Inquiries).Where(assigned).Row(&n)
	if err != nil || n == 0 {
		return nil, err
	}
	return assigned, nil
}

// offered is the condition that a letter is being transferred to their unit.
func (r inquiryReader) offered() dbx.Expression {
	return dbx.NewExp("offered != '' AND offered = {:offered}", dbx.Params{"offered": r.unit})
}

// inHand is the condition that a letter waits for them, as hasInHand tells it of
// one.
func (r inquiryReader) inHand() dbx.Expression {
	waits := []dbx.Expression{dbx.NewExp("state = 'handling' AND assignee != '' AND assignee = {:person}", dbx.Params{"person": r.person.Id})}
	if r.is(inquiry.Clerk) {
		waits = append(waits, dbx.In("state", string(inquiry.Submitted), string(inquiry.Held), string(inquiry.Accepted), string(inquiry.Redoing)),
			dbx.HashExp{"state": string(inquiry.Handling), "assignee": ""})
	}
	reviewed := dbx.Or(dbx.HashExp{"state": string(inquiry.Reviewing)}, dbx.HashExp{"publication": string(inquiry.Proposed)})
	for _, role := range []inquiry.Role{inquiry.Officer, inquiry.Principal} {
		if r.is(role) {
			waits = append(waits, dbx.And(reviewed, reviewedBy(role)))
		}
	}
	mine := dbx.And(dbx.HashExp{"unit": r.unit}, dbx.Or(waits...))
	if r.is(inquiry.Clerk) {
		return dbx.Or(mine, dbx.And(dbx.HashExp{"state": string(inquiry.Transferring)}, r.offered()))
	}
	return mine
}

// reviewedBy is the condition that a role reviews what is written of a letter (see
// inquiry.Case.Reviewer).
func reviewedBy(role inquiry.Role) dbx.Expression {
	var channels []any
	for _, c := range inquiry.Channels() {
		if c.Reviewer == role {
			channels = append(channels, string(c.Code))
		}
	}
	if role == inquiry.Principal {
		return dbx.Or(dbx.HashExp{"urgent": true}, dbx.In("channel", channels...))
	}
	return dbx.And(dbx.HashExp{"urgent": false}, dbx.In("channel", channels...))
}

// hasInHand reports whether a letter waits for them.
func (r inquiryReader) hasInHand(c inquiryCase) bool {
	role := inquiryInHand(c.Case)
	switch role {
	case "":
		return false
	case inquiry.Receiver:
		return c.Offer.To == r.unit && r.is(inquiry.Clerk)
	case inquiry.Department:
		if assignee := c.record.GetString("assignee"); assignee != "" {
			return assignee == r.person.Id
		}
		role = inquiry.Clerk
	}
	return c.Unit == r.unit && r.is(role)
}
