package pb_hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
)

// nextAt is the role that has a request in hand in a state.
var nextAt = map[foi.State]foi.Role{foi.Submitted: foi.Clerk, foi.Registered: foi.Clerk, foi.Processing: foi.Clerk, foi.ThirdParty: "", foi.Consulting: "",
	foi.SecrecyReviewing: foi.SecrecyReviewer, foi.OfficerReviewing: foi.Officer, foi.Signing: foi.Principal, foi.Answered: foi.Clerk,
	foi.Supplementing: foi.Clerk, foi.Complained: foi.Clerk}

// inHandOf is the role that has to act now: whose approval is waited for, else
// who has the state in hand; "" if nobody of the staff has.
func inHandOf(c foi.Case) foi.Role {
	if c.Proposal.Do != "" {
		return c.Proposal.Approver
	}
	return nextAt[c.State]
}

// peopleInHand are the people who fill that role today, and who the case was
// assigned to.
func (p *platform) peopleInHand(app core.App, c foiCase) ([]string, error) {
	role := inHandOf(c.Case)
	if role == "" {
		return nil, nil
	}
	school := c.request.GetString("school")
	if role == foi.Bureau {
		school = ""
	}
	people, err := p.peopleOf(app, school, publication.Duty(role))
	if assignee := c.request.GetString("assignee"); role == foi.Clerk && c.State != foi.Submitted && assignee != "" && !slices.Contains(people, assignee) {
		people = append(people, assignee)
	}
	return people, err
}

// tellOfRequest tells whoever is next, and the bureau what must be reported to it.
func (p *platform) tellOfRequest(tx core.App, before, after foiCase, act foiAct, step *core.Record) error {
	number := after.request.GetString("number")
	n := notification{Kind: "request", Key: "foi/" + step.Id, Link: "/requests/" + after.request.Id}
	if inHandOf(before.Case) != inHandOf(after.Case) || before.State != after.State || before.Proposal.Do != after.Proposal.Do {
		people, err := p.peopleInHand(tx, after)
		if err != nil {
			return err
		}
		n.Title = clip(stateInWords(after.Case)+"："+number+" "+after.request.GetString("subject"), 300)
		people = slices.DeleteFunc(people, func(id string) bool { return id == act.By })
		if err := notify(tx, people, n); err != nil {
			return err
		}
	}
	if act.Do != foi.Override { // which is reported to the bureau (art. 32)
		return nil
	}
	bureau, err := p.peopleOf(tx, "", publication.Supervisor)
	if err != nil {
		return err
	}
	n.Title = clip("为公共利益公开（第三方不同意）："+number+" "+after.request.GetString("subject"), 300)
	return notify(tx, bureau, n)
}

// stateInWords is where a request stands, with what waits for approval.
func stateInWords(c foi.Case) string {
	if c.Proposal.Do != "" {
		return "“" + c.Proposal.Do.Name() + "”等待" + c.Proposal.Approver.Name() + "同意"
	}
	return c.State.Name()
}
