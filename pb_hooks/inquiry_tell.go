package pb_hooks

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
)

// kindInquiry is the kind of what staff are told of a letter.
const kindInquiry = "inquiry"

// noticeOfInquiry is an event of a letter as it is told to the staff. What it says
// is told only of a letter that is not confidential.
func noticeOfInquiry(record *core.Record, kind, key, what string) notification {
	return notification{Kind: kind, Key: key, Link: "/inquiries/" + record.Id, Title: clip(what+"："+inWordsOfInquiry(record), 300)}
}

// tellOfInquiry tells whom a step concerns, and whoever is next.
func (p *platform) tellOfInquiry(tx core.App, before, after inquiryCase, act inquiryAct, step *core.Record) error {
	tell := func(people []string, what string, urgent bool) error {
		people = slices.DeleteFunc(slices.Clone(people), func(id string) bool { return id == act.By })
		n := noticeOfInquiry(after.record, kindInquiry, "inquiry/"+step.Id, what)
		n.Urgent = urgent
		return notify(tx, people, n)
	}
	var informed []string
	for _, role := range after.Informs(act.Event) {
		people, err := p.inquiryPeople(tx, after, role)
		if err != nil {
			return err
		}
		informed = append(informed, people...)
	}
	if err := tell(informed, inWordsOfStep(after, act.Event), after.IsUrgent()); err != nil {
		return err
	}
	next := inquiryInHand(after.Case)
	if next == "" || next == inquiryInHand(before.Case) && before.State == after.State && before.Unit == after.Unit {
		return nil
	}
	people, err := p.inquiryPeople(tx, after, next)
	if err != nil {
		return err
	}
	return tell(people, inquiryStanding(after.Case), after.IsUrgent())
}

// inWordsOfStep is what happened, for those who only have to know.
func inWordsOfStep(c inquiryCase, e inquiry.Event) string {
	switch e.Do {
	case inquiry.Submit, inquiry.Classify, inquiry.TakeOver:
		if !c.IsUrgent() {
			return "紧急来信改为“" + c.Category.Name + "”"
		}
		return "紧急来信（" + c.Category.Name + "）"
	case inquiry.Refuse, inquiry.Merge, inquiry.Transfer:
		return "紧急来信“" + e.Do.Name() + "”"
	case inquiry.Rate:
		return "来信人评价“" + e.Rating.Name() + "”"
	case inquiry.Escalate:
		return e.Norm.Name() + "已经逾期"
	case inquiry.Urge:
		if e.As == inquiry.Writer {
			return "来信人催办"
		}
	}
	return e.Do.Name()
}

// inquiryStanding is where a letter stands, with what waits beside it.
func inquiryStanding(c inquiry.Case) string {
	if c.Publication == inquiry.Proposed {
		return c.Publication.Name()
	}
	return c.State.Name()
}
