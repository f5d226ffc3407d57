package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// This file lets people of the demonstration write and answer letters, through the
// handlers of the workbench. Writers are made up and say so.

// demoLetter is a letter that somebody writes in the demonstration.
func demoLetter(channel inquiry.ChannelCode, category inquiry.CategoryCode, title, text string) inquiry.Letter {
	fields := map[string]string{"title": title, "text": text + "\n" + demo.Notice}
	switch channel {
	case inquiry.Erratum:
		fields = map[string]string{"page": "https://demo.example/", "words": title, "text": text}
	case inquiry.Appeal:
		fields["school"] = "示范学校（虚构）"
	}
	l := inquiry.Letter{Channel: channel, Category: category, Fields: fields, Capacity: inquiry.Parent, Name: "演示来信人", Contact: "13800138000",
		MayPublish: channel == inquiry.Consultation || channel == inquiry.Mailbox}
	for _, c := range inquiry.Categories() {
		if c.Code == category && c.Urgent {
			l.MayPublish, l.Anonymous = false, c.Anonymous
		}
	}
	if l.Anonymous {
		l.Name, l.Contact, l.Capacity = "", "", inquiry.Student
	}
	return l
}

// letterUnit is who an item's letter is written to.
func (d *demoPlay) letterUnit(item demoItem) string {
	if item.school == 0 {
		return bureauUnit
	}
	return d.schoolID(item.school)
}

// inquiryOf is the letter that an item is about.
func (d *demoPlay) inquiryOf(item demoItem) (*core.Record, error) {
	f := letterFiling{unit: d.letterUnit(item), resend: d.keyOf(item)}
	return d.app.FindFirstRecordByData(records.Inquiries, "resend", f.key())
}

// letterCame: somebody writes a letter.
//
//go:noinline
func letterCame(when string, channel inquiry.ChannelCode, category inquiry.CategoryCode, suspicions ...string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		f := letterFiling{unit: d.letterUnit(item), letter: demoLetter(channel, category, item.title, item.text), way: inquiry.Online, resend: d.keyOf(item),
			suspicions: suspicions, by: actor{Name: inquiry.Writer.Name(), Via: viaPublic}}
		if problems := f.letter.Problems(); len(problems) > 0 {
			return fieldErrors(problems)
		}
		_, err := d.p.fileLetter(d.app, f)
		return err
	}}
}

// letterStep: somebody of the staff takes a step. What they looked at is what was
// submitted last.
//
//go:noinline
func letterStep(when, post string, do inquiry.Action, body InquiryStepBody) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		record, err := d.inquiryOf(item)
		if err != nil {
			return err
		}
		c, err := d.p.inquiryCaseOf(d.app, record)
		if err != nil {
			return err
		}
		body := body
		body.Do, body.Hash = string(do), c.Draft.Hash
		switch do {
		case inquiry.Publish:
			body.Hash = c.Selection.Hash
		case inquiry.Transfer:
			body.Unit, _ = d.neighbour(item)
		case inquiry.Order:
			body.Until = d.calendar.Add(workday.Date(d.p.today()), 5)
		case inquiry.Assign:
			colleague, err := d.person("editor", item.school)
			if err != nil {
				return err
			}
			body.Assignee = colleague.Id
		}
		return d.ask(who, d.p.takeStepOfInquiry, record.Id, body)
	}}
}

// neighbour is another unit, and the post of who takes letters there: the next
// school, or the bureau where there is none.
func (d *demoPlay) neighbour(item demoItem) (code, post string) {
	if item.school >= min(len(d.schools), demoEditors) {
		return bureauUnit, "supervisor"
	}
	return d.schools[item.school].Code, "clerk"
}

// gaveBack: the unit that it was transferred to gives it back.
func gaveBack(when, reason string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		record, err := d.inquiryOf(item)
		if err != nil {
			return err
		}
		_, post := d.neighbour(item)
		who, err := d.person(post, item.school+1)
		if err != nil {
			return err
		}
		return d.ask(who, d.p.takeStepOfInquiry, record.Id, InquiryStepBody{Do: string(inquiry.GiveBack), Reason: reason})
	}}
}

// letterFell: the system takes what falls due on that day.
func letterFell(when string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		record, err := d.inquiryOf(item)
		if err != nil {
			return err
		}
		c, err := d.p.inquiryCaseOf(d.app, record)
		if err != nil {
			return err
		}
		for _, event := range c.FallenDue(workday.Date(d.p.today())) {
			if c, _, err = d.p.takeInquiry(d.app, c, inquiryAct{Event: event}, d.p.itself()); err != nil {
				return err
			}
		}
		return nil
	}}
}

// wroteText: the clerk writes an answer, or what is to be published.
func wroteText(when string, text TextView) demoDeed {
	return demoDeed{when, "clerk", func(d *demoPlay, item demoItem, who *core.Record) error {
		record, err := d.inquiryOf(item)
		if err != nil {
			return err
		}
		text := text
		if text.Kind == textSelection {
			text.Title, text.Question = item.title, item.text
		}
		open, err := openText(d.app, record.Id, text.Kind)
		if err != nil {
			return err
		}
		if open != nil {
			text.Updated = open.GetString("updated")
		}
		return d.ask(who, d.p.saveText, record.Id, text)
	}}
}

// answeredLetter: accepted in the morning, answered the day after by the clerk and
// the reviewer.
func answeredLetter(accepted, day, reviewer, answer string) []demoDeed {
	return []demoDeed{letterStep(accepted+" 09:10", "clerk", inquiry.Accept, InquiryStepBody{}), wroteText(day+" 14:00", TextView{Kind: textAnswer, Answer: answer + "（演示）"}),
		letterStep(day+" 14:20", "clerk", inquiry.SubmitAnswer, InquiryStepBody{}), letterStep(day+" 16:00", reviewer, inquiry.Answer, InquiryStepBody{})}
}

// writerDid: the writer, who has the code, takes a step.
//
//go:noinline
func writerDid(when string, event inquiry.Event) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		record, err := d.inquiryOf(item)
		if err != nil {
			return err
		}
		c, err := d.p.inquiryCaseOf(d.app, record)
		if err != nil {
			return err
		}
		event := event
		event.As = inquiry.Writer
		_, _, err = d.p.takeInquiry(d.app, c, inquiryAct{Event: event}, actor{Name: inquiry.Writer.Name(), Via: viaPublic})
		return err
	}}
}

// merged: the letter is handled together with another item's.
func merged(when, key string) demoDeed {
	return demoDeed{when, "clerk", func(d *demoPlay, item demoItem, who *core.Record) error {
		record, err := d.inquiryOf(item)
		if err != nil {
			return err
		}
		other, err := d.inquiryOf(demoItem{key: key, school: item.school})
		if err != nil {
			return err
		}
		return d.ask(who, d.p.takeStepOfInquiry, record.Id, InquiryStepBody{Do: string(inquiry.Merge), Into: other.GetString("number")})
	}}
}
