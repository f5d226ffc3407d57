package pb_hooks

import (
	"cmp"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// letterFiling is a letter on its way in.
type letterFiling struct {
	unit           string // a school's id, or bureauUnit
	letter         inquiry.Letter
	aboutPrincipal bool
	resend         string                          // chosen by the form: sent again it is the same letter
	record         string                          // id of the record of inquiry_letters that its papers were sealed for; "" without papers
	put            func(letter *core.Record) error // sets the papers; nil without
	suspicions     []string                        // why a person looks at it first
	on             workday.Date                    // of a clerk's: the day it was said or came; "" is today
	signer         inquirySigner                   // the clerk who enters it; none of a visitor
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

// fileLetter stores a letter that was checked, and is not on file, in a
// transaction.
func (p *platform) fileLetter(tx core.App, f letterFiling) (LetterReceipt, error) {
	code, err := p.queryCode(f.resend)
	if err != nil {
		return LetterReceipt{}, err
	}
	record, err := p.newInquiry(tx, f, code)
	if err != nil {
		return LetterReceipt{}, err
	}
	letter, err := blank(tx, records.InquiryLetters)
	if err != nil {
		return LetterReceipt{}, err
	}
	letter.Id = cmp.Or(f.record, letter.Id)
	letter.Set("inquiry", record.Id)
	if len(f.suspicions) > 0 {
		letter.Set("suspicions", f.suspicions)
	}
	if err := p.sealLetter(letter, f.letter); err != nil {
		return LetterReceipt{}, err
	}
	if f.put != nil {
		if err := f.put(letter); err != nil {
			return LetterReceipt{}, err
		}
	}
	for _, r := range []*core.Record{record, letter} {
		if err := tx.Save(r); err != nil {
			return LetterReceipt{}, err
		}
	}
	for _, name := range letter.GetStringSlice("papers") {
		if err := syncStored(tx, letter.BaseFilesPath()+"/"+name); err != nil {
			return LetterReceipt{}, err
		}
	}
	c, err := p.submitLetter(tx, f, record)
	if err != nil {
		return LetterReceipt{}, err
	}
	return p.letterReceipt(c, f.letter.Fields, code, f.signer.By != "")
}

// newInquiry is the record of a letter that nobody has submitted yet, with its
// number.
func (p *platform) newInquiry(tx core.App, f letterFiling, code string) (*core.Record, error) {
	r, err := blank(tx, records.Inquiries)
	if err != nil {
		return nil, err
	}
	number, err := nextInquiryNumber(tx, p.today()[:4])
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
	r.Load(map[string]any{"number": number, "channel": string(channel.Code), "category": string(f.letter.Category), "capacity": string(f.letter.Capacity),
		"anonymous": f.letter.Anonymous, "about_principal": f.aboutPrincipal, "title": title, "page": f.letter.Fields["page"], "written_to": f.unit,
		"unit": f.unit, "state": string(inquiry.Draft)})
	if f.resend != "" {
		r.Set("resend", f.key())
	}
	return r, p.seal(r, "code", codeFingerprint(number, code))
}

// submitLetter takes its first step, and holds it back if it looks like spam: a
// person decides, nothing is dropped.
func (p *platform) submitLetter(tx core.App, f letterFiling, record *core.Record) (inquiryCase, error) {
	today := workday.Date(p.today())
	e := inquiry.Event{Do: inquiry.Submit, As: inquiry.Writer, On: cmp.Or(f.on, today), Recorded: today, Channel: f.letter.Channel, Category: f.letter.Category,
		MayPublish: f.letter.MayPublish, Unit: f.unit}
	if f.signer.By != "" {
		e.As, e.By, e.For = inquiry.Clerk, f.signer.By, f.signer.For
	}
	counting, err := p.inquiryCounting(tx)
	if err != nil {
		return inquiryCase{}, err
	}
	c := inquiryCase{record: record}
	if c.Case, err = inquiry.Replay(nil, counting.calendar, counting.services(e.On)); err != nil {
		return c, err
	}
	c, _, err = p.takeInquiry(tx, c, inquiryAct{Event: e}, f.by)
	if err != nil || len(f.suspicions) == 0 {
		return c, err
	}
	c, _, err = p.takeInquiry(tx, c, inquiryAct{Event: inquiry.Event{Do: inquiry.Hold, As: inquiry.System, Reason: strings.Join(f.suspicions, "；")}}, p.itself())
	return c, err
}

// key names a form of a unit, so that it is known again.
func (f letterFiling) key() string { return fingerprint("letter|" + f.unit + "|" + f.resend) }

// letterFiledBefore is the receipt of a form that is on file, nil if it is not.
func (p *platform) letterFiledBefore(app core.App, f letterFiling) (*LetterReceipt, error) {
	if f.resend == "" {
		return nil, nil
	}
	r := &core.Record{}
	err := app.RecordQuery(records.Inquiries).AndWhere(dbx.NewExp("resend = {:key} AND resend != ''", dbx.Params{"key": f.key()})).Limit(1).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
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
	unit, err := p.unitName(c.record.GetString("written_to"))
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

// nextInquiryNumber is the number of a letter (来信编号), e.g. LX2026-00012: one series
// for the whole district.
func nextInquiryNumber(tx core.App, year string) (string, error) {
	n, err := nextSerial(tx, inquirySeries(year))
	return inquiryNumber(year, n), err
}

func inquirySeries(year string) string { return "inquiry|" + year }

func inquiryNumber(year string, n int) string { return fmt.Sprintf("LX%s-%05d", year, n) }

// normalInquiryNumber is a number the way people may type it.
func normalInquiryNumber(text string) string {
	text = foi.NormalNumber(text) // without spaces and hyphens
	if rest, ok := strings.CutPrefix(text, "LX"); ok && len(rest) > 4 {
		return "LX" + rest[:4] + "-" + rest[4:]
	}
	return text
}
