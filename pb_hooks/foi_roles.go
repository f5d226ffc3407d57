package pb_hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// foiDuties are the duties of a school that work on requests.
var foiDuties = []foi.Role{foi.Clerk, foi.SecrecyReviewer, foi.Officer, foi.Principal}

// signer is a person in a role: by themselves, or in the place of a colleague.
type signer struct {
	As      foi.Role
	By, For string
}

// signersFor are all ways in which a person can act on the requests of a school,
// and on this one; none if they may not even see it.
func (p *platform) signersFor(app core.App, person, request *core.Record) ([]signer, error) {
	var list []signer
	school := request.GetString("school")
	duties := foiDuties
	switch {
	case person.Collection().Name != records.Staff || person.GetString("deactivated_at") != "":
		return nil, nil
	case person.GetString("school") == "":
		duties = []foi.Role{foi.Bureau}
	case person.GetString("school") != school:
		return nil, nil
	case request.GetString("assignee") == person.Id:
		list = append(list, signer{As: foi.Department, By: person.Id})
	}
	for _, duty := range duties {
		ways, err := p.waysTo(app, person, publication.Duty(duty))
		if err != nil {
			return nil, err
		}
		for _, w := range ways {
			list = append(list, signer{As: duty, By: w.person, For: w.insteadOf})
		}
	}
	return list, nil
}

// visibleRequest finds a request that a person may see. Another school's looks
// like none at all.
func (p *platform) visibleRequest(app core.App, person *core.Record, id string) (*core.Record, []signer, error) {
	notFound := router.NewNotFoundError("没有这件申请，或者您没有办理它的职责。", nil)
	request, err := app.FindRecordById(records.FOIRequests, id)
	if err != nil {
		return nil, nil, notFound
	}
	signers, err := p.signersFor(app, person, request)
	if err != nil {
		return nil, nil, err
	}
	if len(signers) == 0 {
		return nil, nil, notFound
	}
	return request, signers, nil
}

// signAs chooses in which role a person takes a step: the first in which nothing
// stands against it; else the refusal of the one that comes nearest.
func signAs(c foi.Case, signers []signer, e foi.Event) (foi.Event, error) {
	var refused error
	for _, s := range signers {
		try := e
		try.As, try.By, try.For = s.As, s.By, s.For
		err := c.Permits(try)
		if err == nil {
			return try, nil
		}
		if r, ok := err.(foi.Refusal); refused == nil || ok && r.Why != foi.WrongRole {
			refused = err
		}
	}
	return e, refused
}

// choice is a step that a person can take now.
type choice struct {
	Do     foi.Action
	Signer signer
}

// choicesOf are the steps that a person can take now, in the order of the table,
// each in the first role in which they can. What the day forbids is not offered.
func choicesOf(c foi.Case, signers []signer, today workday.Date) []choice {
	var list []choice
	for _, do := range foi.Allowed(c.State) {
		if slices.ContainsFunc(list, func(x choice) bool { return x.Do == do }) {
			continue
		}
		for _, s := range signers {
			if e := (foi.Event{Do: do, As: s.As, By: s.By, For: s.For}); c.Permits(e) == nil && c.InTime(e, today) == nil {
				list = append(list, choice{do, s})
				break
			}
		}
	}
	return list
}
