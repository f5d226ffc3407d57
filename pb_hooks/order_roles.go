package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// Who reads orders: at the bureau all of them, at a school its own parts.
var (
	readOrdersAtBureau = []publication.Duty{publication.Supervisor, publication.Reviewer, publication.Admin, publication.Auditor}
	readOrdersAtSchool = []publication.Duty{publication.Principal, publication.Officer, publication.Clerk, publication.Reviewer, publication.Editor}
)

// orderRoles are the roles that a duty fills in the procedure of orders.
var (
	orderRolesOfBureau = map[publication.Duty]order.Role{publication.Supervisor: order.Bureau}
	orderRolesOfSchool = map[publication.Duty]order.Role{publication.Principal: order.Principal, publication.Officer: order.Officer}
)

// orderReader is a person who may read orders: of a school, or of all.
type orderReader struct {
	school     string // "" is the bureau
	supervises bool
	roles      []order.Role
}

// sees is the condition that a part is theirs to read.
func (r orderReader) sees() dbx.Expression {
	if r.school == "" {
		return dbx.NewExp("1")
	}
	return dbx.HashExp{"school": r.school}
}

// orderReaderOf says what a person may read; it refuses who may read nothing.
func (p *platform) orderReaderOf(app core.App, person *core.Record) (orderReader, error) {
	r := orderReader{school: person.GetString("school")}
	refuse := router.NewForbiddenError("您没有查看督办的职责。", nil)
	if person.Collection().Name != records.Staff || person.GetString("deactivated_at") != "" {
		return r, refuse
	}
	readers, of := readOrdersAtSchool, orderRolesOfSchool
	if r.school == "" {
		readers, of = readOrdersAtBureau, orderRolesOfBureau
	}
	reads := false
	for _, duty := range readers {
		ways, err := p.waysTo(app, person, duty)
		if err != nil {
			return r, err
		}
		if len(ways) == 0 {
			continue
		}
		reads = true
		if role, acts := of[duty]; acts {
			r.roles = append(r.roles, role)
		}
	}
	if r.supervises = slices.Contains(r.roles, order.Bureau); !reads {
		return r, refuse
	}
	return r, nil
}

// orderSigner is a person in a role of the procedure of orders: by themselves, or in
// the place of a colleague.
type orderSigner struct {
	As      order.Role
	By, For string
}

// orderSigners are all ways in which a person can act on the part of a school.
func (p *platform) orderSigners(app core.App, person *core.Record, school string) (list []orderSigner, err error) {
	of := orderRolesOfBureau
	switch mine := person.GetString("school"); {
	case person.GetString("deactivated_at") != "", mine != "" && mine != school:
		return nil, nil
	case mine != "":
		of = orderRolesOfSchool
	}
	for _, duty := range []publication.Duty{publication.Supervisor, publication.Principal, publication.Officer} {
		role, fills := of[duty]
		if !fills {
			continue
		}
		ways, err := p.waysTo(app, person, duty)
		if err != nil {
			return nil, err
		}
		for _, w := range ways {
			list = append(list, orderSigner{role, w.person, w.insteadOf})
		}
	}
	return list, nil
}

// visiblePart finds a part of an order for a person who may read it. Another
// school's looks like none at all.
func (p *platform) visiblePart(app core.App, person *core.Record, paper, part string) (orderPart, []orderSigner, error) {
	notFound := router.NewNotFoundError("没有这件督办，或者不是发给本校的。", nil)
	reader, err := p.orderReaderOf(app, person)
	if err != nil {
		return orderPart{}, nil, err
	}
	r := &core.Record{}
	if err := app.RecordQuery(records.OrderParts).AndWhere(dbx.And(dbx.HashExp{"id": part, "order": paper}, reader.sees())).Limit(1).One(r); err != nil {
		return orderPart{}, nil, notFound
	}
	c, err := p.orderPartOf(app, r)
	if err != nil {
		return c, nil, err
	}
	signers, err := p.orderSigners(app, person, r.GetString("school"))
	return c, signers, err
}

// orderSignAs chooses in which role a person takes a step: the first in which
// nothing stands against it; else the refusal of the one that comes nearest.
func orderSignAs(c order.Part, signers []orderSigner, do order.Action) (order.Event, error) {
	var refused error
	for _, s := range signers {
		try := order.Event{Do: do, As: s.As, By: s.By, For: s.For}
		err := c.Permits(try)
		if err == nil {
			return try, nil
		}
		if r, ok := err.(order.Refusal); refused == nil || ok && r.Why != order.WrongRole {
			refused = err
		}
	}
	if refused == nil {
		refused = order.Refusal{Why: order.WrongRole, Sentence: "您只能查看，不能办理"}
	}
	return order.Event{}, refused
}

// orderChoices are the steps that a person can take now, with the role in which
// they take each, in the order of the table. What the day forbids is not offered.
func orderChoices(c order.Part, signers []orderSigner, today workday.Date) (list []order.Event) {
	for _, do := range order.Actions() {
		if e, err := orderSignAs(c, signers, do); err == nil && e.As != order.System && c.InTime(e, today) == nil {
			list = append(list, e)
		}
	}
	return list
}

// peopleOfOrder are the people who fill a role on the part of a school today.
func (p *platform) peopleOfOrder(app core.App, school string, role order.Role) ([]string, error) {
	if role == order.Bureau {
		return p.peopleOf(app, "", publication.Supervisor)
	}
	return p.peopleOf(app, school, publication.Duty(role))
}
