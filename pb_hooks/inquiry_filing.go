package pb_hooks

import (
	"cmp"
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// letterFiling is a letter on its way in.
type letterFiling struct {
	unit           string // that is to handle it: a school's id, or bureauUnit
	writtenTo      string // a school that it is about or written to, "" is unit
	letter         inquiry.Letter
	way            inquiry.Way
	aboutPrincipal bool
	resend         string // chosen by the form: sent again it is the same letter
	uploads        uploads
	suspicions     []string      // why a person looks at it first
	on             workday.Date  // of a clerk's: the day it was said or came; "" is today
	signer         inquirySigner // the clerk who enters it; none of a visitor
	by             actor
}

// LetterReceipt (来信回执) is shown once: the code is not kept.
type LetterReceipt struct {
	ID        string       `json:"id,omitempty"` // to staff only
	Number    string       `json:"number"`
	Code      string       `json:"code"` // 查询码
	Channel   string       `json:"channel"`
	Unit      string       `json:"unit"` // in words
	Title     string       `json:"title"`
	Submitted workday.Date `json:"submitted"`
	AcceptBy  workday.Date `json:"accept_by"`
	Due       workday.Date `json:"due"`
	Urgent    bool         `json:"urgent"`
	Next      string       `json:"next"`
}

// preparedLetter is a letter that was checked, as it is filed.
type preparedLetter struct {
	preparedFiling
	filing  letterFiling
	code    string
	after   inquiryCase  // submitted, or held
	mail    *core.Record // of the receipt; nil if no address was given
	link    string       // where it is followed
	notices []letterNotice
}

// letterNotice tells one of the staff of a letter: what happened, to which its number
// is added.
type letterNotice struct {
	record *core.Record
	what   string
}

// prepareLetter makes the records of a letter: the case, what was written (sealed),
// the step that submits it and the one that holds it, the mail of the receipt, and
// who is told. It writes nothing.
func (p *platform) prepareLetter(app core.App, f letterFiling) (*preparedLetter, error) {
	ready := &preparedLetter{filing: f}
	var err error
	if ready.code, err = p.queryCode(f.resend); err != nil {
		return nil, err
	}
	if ready.after.record, err = newInquiry(app, f); err != nil {
		return nil, err
	}
	if ready.papers, err = blank(app, records.InquiryLetters); err != nil {
		return nil, err
	}
	ready.papers.Id = cmp.Or(f.uploads.Record, ready.papers.Id)
	ready.papers.Set("inquiry", ready.after.record.Id)
	if err := p.sealLetter(ready.papers, f.letter); err != nil {
		return nil, err
	}
	if err := f.uploads.put(ready.papers); err != nil {
		return nil, err
	}
	ready.uploads = f.uploads
	year := p.today()[:4]
	ready.series = inquirySeries(year)
	ready.number = func(n int) error { return p.numberLetter(ready, inquiryNumber(year, n)) }
	ready.deeds = func() ([]signedDeed, error) { return p.deedsOfLetter(ready) }
	if err := p.submitLetter(app, ready); err != nil {
		return nil, err
	}
	if err := p.addLetterReceipt(app, ready); err != nil {
		return nil, err
	}
	if len(f.suspicions) > 0 {
		return ready, p.holdLetter(app, ready, f.suspicions)
	}
	return ready, p.tellOfLetter(app, ready)
}

// newInquiry is the record of a letter that nobody has submitted yet, without its
// number.
func newInquiry(app core.App, f letterFiling) (*core.Record, error) {
	r, err := blank(app, records.Inquiries)
	if err != nil {
		return nil, err
	}
	channel, err := inquiry.FindChannel(f.letter.Channel)
	if err != nil {
		return nil, inquiryRefusal(err)
	}
	title := titleOfLetter(channel, f.letter.Fields)
	if category, err := inquiry.FindCategory(f.letter.Category); err == nil && category.Anonymous {
		title = ""
	}
	r.Load(map[string]any{"channel": string(channel.Code), "how": string(cmp.Or(f.way, inquiry.Online)), "capacity": string(f.letter.Capacity),
		"anonymous": f.letter.Anonymous, "about_principal": f.aboutPrincipal && channel.Code == inquiry.Mailbox, "title": title, "page": f.letter.Fields["page"], "written_to": cmp.Or(f.writtenTo, f.unit)})
	if f.resend != "" {
		r.Set("resend", f.key())
	}
	return r, nil
}

// fileLetter stores a letter that was checked, and is not on file, in a
// transaction. What visitors file many at once goes through filings instead, which
// leaves the same rows behind.
func (p *platform) fileLetter(tx core.App, f letterFiling) (LetterReceipt, error) {
	ready, err := p.prepareLetter(tx, f)
	if err != nil {
		return LetterReceipt{}, err
	}
	if err := p.saveFiling(tx, &ready.preparedFiling); err != nil {
		return LetterReceipt{}, err
	}
	return p.receiptOfLetter(ready)
}

// receiptOfLetter is what is shown of a letter that has its number.
func (p *platform) receiptOfLetter(ready *preparedLetter) (LetterReceipt, error) {
	return p.letterReceipt(ready.after, ready.filing.letter.Fields, ready.code, ready.filing.signer.By != "")
}

// key names a form of a unit, so that it is known again.
func (f letterFiling) key() string { return fingerprint("letter|" + f.unit + "|" + f.resend) }

// letterFiledBefore is the receipt of a form that is on file, nil if it is not.
func (p *platform) letterFiledBefore(app core.App, f letterFiling) (*LetterReceipt, error) {
	if f.resend == "" {
		return nil, nil
	}
	id, err := p.filings.known.find(app, records.Inquiries, f.key())
	if err != nil || id == "" {
		return nil, err
	}
	r, err := app.FindRecordById(records.Inquiries, id)
	if err != nil {
		return nil, err
	}
	code, err := p.codeOf(r, f.resend)
	if err != nil {
		return nil, err
	}
	c, err := p.inquiryCaseOf(app, r)
	if err != nil {
		return nil, err
	}
	receipt, err := p.letterReceipt(c, f.letter.Fields, code, f.signer.By != "")
	return &receipt, err
}

// letterReceipt is what is shown of a letter.
func (p *platform) letterReceipt(c inquiryCase, fields map[string]string, code string, toStaff bool) (LetterReceipt, error) {
	unit, err := p.unitName(c.events[0].Unit) // that takes it
	r := LetterReceipt{Number: c.record.GetString("number"), Code: code, Channel: c.Channel.Name, Unit: unit, Title: titleOfLetter(c.Channel, fields),
		Submitted: c.Submitted, AcceptBy: c.AcceptBy, Due: c.Due, Urgent: c.IsUrgent(), Next: c.Next(inquiry.Writer)}
	if toStaff {
		r.ID = c.record.Id
	}
	return r, err
}

// unitName is a unit in words.
func (p *platform) unitName(unit string) (string, error) {
	d, err := p.directory()
	if err != nil || unit == "" {
		return "", err
	}
	if unit == bureauUnit {
		return d.District.Bureau, nil
	}
	school, ok := d.ByID(unit)
	if !ok {
		return "", fmt.Errorf("no school %s in the directory", unit)
	}
	return school.ShortName, nil
}
