package pb_hooks

import (
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
)

// settleInquiry writes on the letter what its steps add up to.
func (p *platform) settleInquiry(tx core.App, before inquiry.Case, c inquiryCase, act inquiryAct) error {
	r := c.record
	open := false
	for _, o := range c.Orders {
		open = open || o.Closed == ""
	}
	r.Load(map[string]any{"state": string(c.State), "clock": string(c.Clock), "publication": string(c.Publication), "category": string(c.Category.Code),
		"urgent": c.IsUrgent(), "confidential": c.Category.Anonymous, "consent": c.Consent, "unit": c.Unit, "offered": c.Offer.To,
		"submitted": string(c.Submitted), "accept_by": string(c.AcceptBy), "decided": string(c.Decided), "accepted_late": c.Decided > c.AcceptBy,
		"first_reply_by": string(c.FirstReplyBy), "first_replied": string(c.FirstReplied), "due": string(c.Due), "provisional": c.Provisional,
		"extended": c.Extension.On != "", "rating": int(c.LastRating()), "redone": len(c.Ratings) > 0 && c.Ratings[0].Rating.IsLow(),
		"department": c.Department, "into": c.Into, "ordered": open})
	if c.Department == "" { // handed back, or another unit's
		r.Set("assignee", "")
	}
	if act.Do == inquiry.Assign {
		r.Set("assignee", act.Assignee)
	}
	if n := len(c.Answers); n > 0 {
		r.Set("answered", string(c.Answers[n-1].On))
		r.Set("late", !c.Answers[0].InTime)
	}
	closed := ""
	if c.Clock == inquiry.Stopped {
		closed = string(c.Ledger[len(c.Ledger)-1].On)
	}
	r.Set("closed", closed)
	p.measureHours(before, c, act)
	return p.nameLetter(tx, before, c)
}

// measureHours measures the working hours until a letter was accepted, and until
// its first answer, once each.
func (p *platform) measureHours(before inquiry.Case, c inquiryCase, act inquiryAct) {
	r, now := c.record, p.options.Now()
	if act.Do == inquiry.Submit {
		at := now
		if act.On < act.Recorded { // entered later by a clerk: from the morning of its day
			if day, err := time.ParseInLocation(time.DateOnly, string(act.On), shanghai); err == nil {
				at = day
			}
		}
		r.Set("submitted_at", at.UTC())
		return
	}
	since := r.GetDateTime("submitted_at").Time()
	if before.Decided == "" && c.Decided != "" {
		r.Set("accept_hours", c.Calendar().Hours(since, now))
	}
	if len(before.Answers) == 0 && len(c.Answers) == 1 {
		r.Set("answer_hours", c.Calendar().Hours(since, now))
	}
}

// nameLetter keeps the title of a confidential letter out of lists, and out of what
// was told of it before it turned out to be one, and shows it again when it turns out not to be one.
func (p *platform) nameLetter(tx core.App, before inquiry.Case, c inquiryCase) error {
	if before.State == inquiry.Draft || before.Category.Anonymous == c.Category.Anonymous {
		return nil
	}
	r, title, was := c.record, "", c.record.GetString("number")+" "+c.record.GetString("title")
	if !c.Category.Anonymous {
		letter, err := letterOf(tx, c.record.Id)
		if err != nil {
			return err
		}
		fields, err := p.openLetter(letter)
		if err != nil {
			return err
		}
		title = titleOfLetter(c.Channel, fields)
	}
	r.Set("title", title)
	if title != "" {
		return nil
	}
	_, err := tx.DB().NewQuery("UPDATE notifications SET title = replace(title, {:was}, {:now}) WHERE link = {:link}").
		Bind(dbx.Params{"was": was, "now": inWordsOfInquiry(r), "link": "/inquiries/" + r.Id}).Execute()
	return err
}

// titleOfLetter is what a letter is called: its title, or what it corrects.
func titleOfLetter(channel inquiry.Channel, fields map[string]string) string {
	title := fields["title"]
	if channel.Code == inquiry.Erratum {
		title = "纠错：" + fields["words"]
	}
	return clip(cleanLine(title), 60)
}

// inWordsOfInquiry names a letter to the staff without telling what it says.
func inWordsOfInquiry(r *core.Record) string {
	if r.GetBool("confidential") {
		category, err := inquiry.FindCategory(inquiry.CategoryCode(r.GetString("category")))
		if err == nil {
			return r.GetString("number") + " " + category.Name + "（保密来信）"
		}
	}
	return r.GetString("number") + " " + r.GetString("title")
}
