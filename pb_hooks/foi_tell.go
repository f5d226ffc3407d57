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
// who has the state in hand; "" if nobody of the staff has. An answer that was
// delivered waits for nobody until it is archived.
func inHandOf(c foi.Case) foi.Role {
	if c.State == foi.Answered && c.Answers[len(c.Answers)-1].Dispatched != "" {
		return ""
	}
	return roleInHand(c.State, c.Proposal.Do, c.Proposal.Approver)
}

func roleInHand(state foi.State, proposal foi.Action, approver foi.Role) foi.Role {
	if proposal != "" {
		return approver
	}
	return nextAt[state]
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

// noticeOf is an event of a request as it is told to the staff.
func noticeOf(request *core.Record, kind, key, what string) notification {
	return notification{Kind: kind, Key: key, Link: "/requests/" + request.Id,
		Title: clip(what+"："+request.GetString("number")+" "+request.GetString("subject"), 300)}
}

// alsoTold are the people of the school who are told of a step although it does
// not come to them.
var alsoTold = map[foi.Action][]publication.Duty{
	foi.Recount: {publication.Clerk}, foi.Succeed: {publication.Clerk, publication.Officer}, foi.RecordOpinion: {publication.Clerk}, foi.Urge: {publication.Clerk, publication.Officer, publication.Principal},
	foi.Decide: {publication.Clerk, publication.Officer}, foi.Decline: {publication.Clerk},
	foi.Order: {publication.Clerk, publication.Officer, publication.Principal}, foi.Interview: {publication.Clerk, publication.Officer, publication.Principal},
}

// tellOfRequest tells whoever is next, whom the step concerns although they are
// not, and the bureau what must be reported to it.
func (p *platform) tellOfRequest(tx core.App, before, after foiCase, act foiAct, step *core.Record) error {
	tell := func(people []string, what string) error {
		people = slices.DeleteFunc(slices.Clone(people), func(id string) bool { return id == act.By })
		return notify(tx, people, noticeOf(after.request, "request", "foi/"+step.Id, what))
	}
	// what happened says more than where it stands now: who is told of both is told of it
	if duties := alsoTold[act.Do]; len(duties) > 0 && !takesBack(before.Case, act.Event) {
		people, err := p.peopleOf(tx, after.request.GetString("school"), duties...)
		if err != nil {
			return err
		}
		inHand, err := p.peopleInHand(tx, after)
		if err != nil {
			return err
		}
		if err := tell(append(people, inHand...), inWords(act.Do, before.Case, after.Case)); err != nil {
			return err
		}
	}
	if inHandOf(before.Case) != inHandOf(after.Case) || before.State != after.State || before.Proposal.Do != after.Proposal.Do {
		people, err := p.peopleInHand(tx, after)
		if err != nil {
			return err
		}
		if err := tell(people, stateInWords(after.Case)); err != nil {
			return err
		}
	}
	report := reportToBureau(act.Event)
	if report == "" {
		return nil
	}
	bureau, err := p.peopleOf(tx, "", publication.Supervisor)
	if err != nil {
		return err
	}
	return tell(bureau, report)
}

// takesBack reports whether somebody takes back what they proposed themselves.
func takesBack(c foi.Case, e foi.Event) bool {
	return e.Do == foi.Decline && e.As != c.Proposal.Approver
}

// reportToBureau is what the bureau is told of a step: that an objection gave way
// (art. 32), that somebody complains to it (art. 55); "" for others.
func reportToBureau(e foi.Event) string {
	switch {
	case e.Do == foi.Override:
		return "为公共利益公开（第三方不同意）"
	case e.Do == foi.Complain && e.Complaint == foi.ToBureau:
		return "申请人向教育局申诉"
	}
	return ""
}

// inWords is what happened, where nobody but those who are told can see it.
func inWords(do foi.Action, before, after foi.Case) string {
	switch do {
	case foi.RecordOpinion:
		return "收到一份征求的意见"
	case foi.Decline:
		return "没有同意“" + before.Proposal.Do.Name() + "”"
	case foi.Decide:
		return after.Complaints[len(after.Complaints)-1].Kind.Name() + "的处理结果：" + after.Complaints[len(after.Complaints)-1].Result.Name()
	case foi.Succeed:
		return "由本校承接"
	case foi.Urge, foi.Order, foi.Interview:
		return "区教育局" + do.Name()
	}
	was, _, _ := before.Moved()
	return "节假日安排有调整，答复期限由 " + string(was) + " 改为 " + string(after.Due)
}

// stateInWords is where a request stands, with what waits for approval.
func stateInWords(c foi.Case) string { return standsAt(c.State, c.Proposal.Do, c.Proposal.Approver) }

// inWordsOf is the same, of the record of a request.
func inWordsOf(r *core.Record) string {
	return standsAt(foi.State(r.GetString("state")), foi.Action(r.GetString("proposal")), foi.Role(r.GetString("approver")))
}

func standsAt(state foi.State, proposal foi.Action, approver foi.Role) string {
	if proposal != "" {
		return "“" + proposal.Name() + "”等待" + approver.Name() + "同意"
	}
	return state.Name()
}
