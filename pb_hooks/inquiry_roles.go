package pb_hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// inquirySigner is a person in a role of the procedure of letters: by themselves,
// or in the place of a colleague.
type inquirySigner struct {
	As      inquiry.Role
	By, For string
}

// rolesOfDuty are the roles that a duty fills. In a school they have the same
// name; at the bureau the supervisor handles what is written to it and a reviewer
// reviews the answer.
var (
	rolesInSchool = map[publication.Duty][]inquiry.Role{publication.Clerk: {inquiry.Clerk}, publication.Officer: {inquiry.Officer}, publication.Principal: {inquiry.Principal}}
	rolesInBureau = map[publication.Duty][]inquiry.Role{publication.Supervisor: {inquiry.Clerk}, publication.Reviewer: {inquiry.Principal, inquiry.Officer}}
)

// dutiesFor are the duties that fill a role in a unit.
func dutiesFor(unit string, role inquiry.Role) (list []publication.Duty) {
	of := rolesInSchool
	if unit == bureauUnit {
		of = rolesInBureau
	}
	for duty, roles := range of {
		if slices.Contains(roles, role) {
			list = append(list, duty)
		}
	}
	return list
}

// inquirySigners are all ways in which a person can act on a letter; none if they
// may not even see it. A confidential one is seen by the clerk, the principal, who
// it was assigned to, and the bureau's supervisor.
func (p *platform) inquirySigners(app core.App, person, record *core.Record) ([]inquirySigner, error) {
	if person.Collection().Name != records.Staff || person.GetString("deactivated_at") != "" {
		return nil, nil
	}
	var list []inquirySigner
	add := func(duty publication.Duty, roles ...inquiry.Role) error {
		ways, err := p.waysTo(app, person, duty)
		for _, w := range ways {
			for _, role := range roles {
				list = append(list, inquirySigner{As: role, By: w.person, For: w.insteadOf})
			}
		}
		return err
	}
	mine := unitOf(person)
	of := rolesInSchool
	if mine == bureauUnit {
		of = rolesInBureau
	}
	if mine == record.GetString("unit") {
		if record.GetString("assignee") == person.Id {
			list = append(list, inquirySigner{As: inquiry.Department, By: person.Id})
		}
		for _, duty := range []publication.Duty{publication.Clerk, publication.Officer, publication.Principal, publication.Supervisor, publication.Reviewer} {
			if record.GetBool("confidential") && duty == publication.Officer {
				continue
			}
			if err := add(duty, of[duty]...); err != nil {
				return nil, err
			}
		}
	}
	if mine == record.GetString("offered") {
		for duty, roles := range of {
			if slices.Contains(roles, inquiry.Clerk) {
				if err := add(duty, inquiry.Receiver); err != nil {
					return nil, err
				}
			}
		}
	}
	if mine == bureauUnit {
		if err := add(publication.Supervisor, inquiry.Bureau); err != nil {
			return nil, err
		}
	}
	return list, nil
}

// visibleInquiry finds a letter that a person may see. Another unit's looks like
// none at all.
func (p *platform) visibleInquiry(app core.App, person *core.Record, id string) (*core.Record, []inquirySigner, error) {
	notFound := router.NewNotFoundError("没有这件来信，或者您没有办理它的职责。", nil)
	record, err := app.FindRecordById(records.Inquiries, id)
	if err != nil {
		return nil, nil, notFound
	}
	signers, err := p.inquirySigners(app, person, record)
	if err != nil {
		return nil, nil, err
	}
	if len(signers) == 0 {
		return nil, nil, notFound
	}
	return record, signers, nil
}

// inquirySignAs chooses in which role a person takes a step: the first in which
// nothing stands against it; else the refusal of the one that comes nearest.
func inquirySignAs(c inquiry.Case, signers []inquirySigner, e inquiry.Event) (inquiry.Event, error) {
	var refused error
	for _, s := range signers {
		try := e
		try.As, try.By, try.For = s.As, s.By, s.For
		err := c.Permits(try)
		if err == nil {
			return try, nil
		}
		if r, ok := err.(inquiry.Refusal); refused == nil || ok && r.Why != inquiry.WrongRole {
			refused = err
		}
	}
	return e, refused
}

// inquiryChoice is a step that a person can take now.
type inquiryChoice struct {
	Do     inquiry.Action
	Signer inquirySigner
}

// inquiryChoices are the steps that a person can take now, in the order of the
// table. What the day forbids is not offered.
func inquiryChoices(c inquiry.Case, signers []inquirySigner, today workday.Date) []inquiryChoice {
	var list []inquiryChoice
	for _, do := range inquiry.Allowed(c.State) {
		if slices.ContainsFunc(list, func(x inquiryChoice) bool { return x.Do == do }) || slices.Contains(inquiryOfServer, do) {
			continue
		}
		for _, s := range signers {
			if e := (inquiry.Event{Do: do, As: s.As, By: s.By, For: s.For}); c.Permits(e) == nil && c.InTime(e, today) == nil {
				list = append(list, inquiryChoice{do, s})
				break
			}
		}
	}
	return list
}

// inquiryInHand is the role that has to act now; "" if nobody of the staff has.
func inquiryInHand(c inquiry.Case) inquiry.Role {
	switch c.State {
	case inquiry.Submitted, inquiry.Held, inquiry.Accepted, inquiry.Redoing:
		return inquiry.Clerk
	case inquiry.Transferring:
		return inquiry.Receiver
	case inquiry.Handling:
		return inquiry.Department
	case inquiry.Reviewing:
		return c.Reviewer()
	}
	if c.Publication == inquiry.Proposed {
		return c.Reviewer()
	}
	return ""
}

// inquiryPeople are the people who fill a role on a letter today.
func (p *platform) inquiryPeople(app core.App, c inquiryCase, role inquiry.Role) ([]string, error) {
	unit, as := c.Unit, role
	switch role {
	case inquiry.Bureau:
		return p.peopleOf(app, "", publication.Supervisor)
	case inquiry.Receiver:
		unit, as = c.Offer.To, inquiry.Clerk
	case inquiry.Department:
		if assignee := c.record.GetString("assignee"); assignee != "" {
			return []string{assignee}, nil
		}
		as = inquiry.Clerk
	}
	return p.peopleOf(app, schoolOfUnit(unit), dutiesFor(unit, as)...)
}
