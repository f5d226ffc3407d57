package pb_hooks

import (
	"cmp"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// mailWriter puts a mail into the outbox for a writer who left an address. It says
// what happened and where to read it, never what was written: a mailbox is read by
// others.
func (p *platform) mailWriter(tx core.App, before, after inquiryCase, act inquiryAct, step *core.Record) error {
	what := newsForWriter(before, after, act.Event)
	if what == "" {
		return nil
	}
	letter, err := letterOf(tx, after.record.Id)
	if err != nil {
		return err
	}
	who, err := p.openCorrespondent(letter)
	if err != nil || !strings.Contains(who.Contact, "@") {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	number := after.record.GetString("number")
	return p.putLetterMail(tx, after.record.Id, "step/"+step.Id, who.Contact, "您的来信 "+number+" 有新的进展",
		cmp.Or(who.Name, "您")+"，您好：\n\n您的来信（编号 "+number+"）"+what+"\n\n详细内容请在 "+d.District.BaseURL+"/track 凭编号和查询码查看。\n")
}

// newsForWriter is what a writer is told of a step by mail; "" is nothing.
func newsForWriter(before, after inquiryCase, e inquiry.Event) string {
	switch e.Do {
	case inquiry.Accept:
		return "已经受理，最迟在 " + foi.LetterDate(after.Due) + " 答复。"
	case inquiry.Refuse:
		return "没有受理：" + e.Ground.Name() + "。应当走哪个渠道，请在查询页查看。"
	case inquiry.TakeOver:
		return "已经转由其他单位办理，最迟在 " + foi.LetterDate(after.Due) + " 答复。"
	case inquiry.FirstReply:
		return "有了先行回复。"
	case inquiry.Extend:
		return "需要更多时间办理，最迟在 " + foi.LetterDate(after.Due) + " 答复。目前的进展请在查询页查看。"
	case inquiry.Answer:
		return "已经答复。看过以后，请在 " + foi.LetterDate(after.RateBy()) + " 前评价。"
	case inquiry.Merge:
		return "与您或者其他人的同一事项的来信一并办理，答复后可以在查询页看到。"
	case inquiry.Succeed:
		return "改由其他单位继续办理：原来的学校已经合并或者撤销。编号、查询码和期限都不变。"
	case inquiry.Recount:
		was, _, _ := before.Moved()
		return "答复期限有变化：国家公布的节假日安排有调整，由 " + foi.LetterDate(was) + " 改为 " + foi.LetterDate(after.Due) + "。"
	}
	return ""
}

// addLetterReceipt adds the mail of the receipt of a letter, if its writer left an
// address.
func (p *platform) addLetterReceipt(app core.App, ready *preparedLetter) error {
	to := ready.filing.letter.Contact
	if !strings.Contains(to, "@") {
		return nil
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	ready.link = d.District.BaseURL + "/track"
	if ready.mail, err = newLetterMail(app, ready.after.record.Id, "step/"+ready.after.steps[0].Id, ""); err != nil {
		return err
	}
	return p.seal(ready.mail, "recipient", to)
}

// writeLetterReceipt writes the mail of the receipt once the letter has its number.
// The code stays on the screen and on paper, and what was written is not told: a
// mailbox is read by others.
func (p *platform) writeLetterReceipt(ready *preparedLetter) error {
	if ready.mail == nil {
		return nil
	}
	c, number := ready.after, ready.after.record.GetString("number")
	unit, err := p.unitName(c.Unit)
	if err != nil {
		return err
	}
	ready.mail.Set("subject", "已收到您的来信 "+number)
	return p.seal(ready.mail, "content", cmp.Or(ready.filing.letter.Name, "您")+"，您好：\n\n您写给"+unit+"的来信（"+c.Channel.Name+"）已经收到，编号 "+number+"。"+
		c.Next(inquiry.Writer)+"\n\n办理情况可以在 "+ready.link+" 凭编号和提交时显示的查询码查看。\n")
}

// tellUnreachedWriter tells the clerk of the unit that has a letter in hand that a
// mail did not reach its writer.
func (p *platform) tellUnreachedWriter(tx core.App, mail *core.Record, letter, what string) error {
	record, err := tx.FindRecordById(records.Inquiries, letter)
	if err != nil {
		return err
	}
	unit := record.GetString("unit")
	people, err := p.peopleOf(tx, schoolOfUnit(unit), dutiesFor(unit, inquiry.Clerk)...)
	if err != nil {
		return err
	}
	return notify(tx, people, noticeOfInquiry(record, kindInquiry, "foi_mail/"+mail.Id, what))
}

// newLetterMail is a mail of a letter for the outbox, without what is sealed of it.
func newLetterMail(app core.App, letter, key, subject string) (*core.Record, error) {
	r, err := blank(app, records.FOIMails)
	if err != nil {
		return nil, err
	}
	r.Load(map[string]any{"inquiry": letter, "key": key, "subject": clip(subject, 200), "state": mailWaiting})
	return r, nil
}

// putLetterMail stores a mail of a letter that is to go out, once for each key.
func (p *platform) putLetterMail(tx core.App, letter, key, to, subject, content string) error {
	r, err := newLetterMail(tx, letter, key, subject)
	if err != nil {
		return err
	}
	for field, plain := range map[string]string{"recipient": to, "content": content} {
		if err := p.seal(r, field, plain); err != nil {
			return err
		}
	}
	return tx.Save(r)
}
