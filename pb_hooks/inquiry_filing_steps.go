package pb_hooks

import (
	"cmp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// submitLetter takes its first step.
func (p *platform) submitLetter(app core.App, ready *preparedLetter) error {
	f, today := ready.filing, workday.Date(p.today())
	e := inquiry.Event{Do: inquiry.Submit, As: inquiry.Writer, On: cmp.Or(f.on, today), Recorded: today, Channel: f.letter.Channel, Category: f.letter.Category,
		MayPublish: f.letter.MayPublish, Unit: f.unit}
	if f.signer.By != "" {
		e.As, e.By, e.For = inquiry.Clerk, f.signer.By, f.signer.For
	}
	counting, err := p.letterCounting(app)
	if err != nil {
		return err
	}
	if ready.after.Case, err = inquiry.Replay(nil, counting.calendar, counting.services(e.On)); err != nil {
		return err
	}
	return p.addLetterStep(app, ready, inquiryAct{Event: e})
}

// holdLetter holds a letter back that looks like spam: a person decides, nothing is
// dropped.
func (p *platform) holdLetter(app core.App, ready *preparedLetter, suspicions []string) error {
	ready.papers.Set("suspicions", suspicions)
	e := inquiry.Event{Do: inquiry.Hold, As: inquiry.System, Reason: strings.Join(suspicions, "；")}
	if err := p.addLetterStep(app, ready, inquiryAct{Event: e}); err != nil {
		return err
	}
	return p.tellOfLetter(app, ready)
}

// addLetterStep takes a step of a letter that is not stored yet.
func (p *platform) addLetterStep(app core.App, ready *preparedLetter, act inquiryAct) error {
	before := ready.after.Case
	became, _, err := p.judgeInquiry(app, ready.after, &act)
	if err != nil {
		return err
	}
	ready.after = became
	return p.settleInquiry(app, before, became, act)
}

// tellOfLetter makes the notices of what became of a letter when it came in, and
// with them lists all that is stored of it.
func (p *platform) tellOfLetter(app core.App, ready *preparedLetter) error {
	c := ready.after
	notices, err := app.FindCachedCollectionByNameOrId(records.Notices)
	if err != nil {
		return err
	}
	key, told := "inquiry/"+c.steps[len(c.steps)-1].Id, []string{ready.filing.signer.By}
	ready.notices = nil
	tell := func(role inquiry.Role, what string) error {
		people, err := p.filings.told.of(c.Unit+"|"+string(role), p.options.Now(), p.today(), func() ([]string, error) { return p.inquiryPeople(app, c, role) })
		for _, person := range people {
			if slices.Contains(told, person) {
				continue
			}
			told = append(told, person)
			n := notification{Kind: kindInquiry, Key: key, Link: "/inquiries/" + c.record.Id, Urgent: c.IsUrgent()}.to(notices, person)
			n.Id = core.GenerateDefaultRandomId()
			ready.notices = append(ready.notices, letterNotice{n, what})
		}
		return err
	}
	for _, role := range c.Informs(c.events[0]) {
		if err := tell(role, inWordsOfStep(c, c.events[0])); err != nil {
			return err
		}
	}
	if err := tell(inquiryInHand(c.Case), inquiryStanding(c.Case)); err != nil {
		return err
	}
	ready.records = append([]*core.Record{c.record, ready.papers}, c.steps...)
	if ready.mail != nil {
		ready.records = append(ready.records, ready.mail)
	}
	for _, n := range ready.notices {
		ready.records = append(ready.records, n.record)
	}
	return nil
}

// numberLetter puts the number wherever it is told.
func (p *platform) numberLetter(ready *preparedLetter, number string) error {
	r := ready.after.record
	r.Set("number", number)
	if err := p.seal(r, "code", codeFingerprint(number, ready.code)); err != nil {
		return err
	}
	for _, n := range ready.notices {
		n.record.Set("title", clip(n.what+"："+inWordsOfInquiry(r), 300))
	}
	return p.writeLetterReceipt(ready)
}

// deedsOfLetter is how a letter stands in the audit: holding it is the system's.
func (p *platform) deedsOfLetter(ready *preparedLetter) (list []signedDeed, err error) {
	by := ready.filing.by
	for _, step := range ready.after.steps {
		done, err := inquiryDeed(ready.after.record, step)
		if err != nil {
			return nil, err
		}
		list = append(list, signedDeed{by, done})
		by = p.itself()
	}
	return list, nil
}
