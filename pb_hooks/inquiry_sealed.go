package pb_hooks

import (
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
)

// sealedOfInquiries is what of a letter only the key opens: what was written, by
// whom, what was answered, and what people said of it on the way.
var sealedOfInquiries = []sealedField{
	{Collection: records.Inquiries, Field: "code"},
	{Collection: records.InquiryLetters, Field: "fields"},
	{Collection: records.InquiryLetters, Field: "name"},
	{Collection: records.InquiryLetters, Field: "contact", Hash: "contact_hash", Kind: sealed.Contact},
	{Collection: records.InquiryLetters, Field: "guardian"},
	{Collection: records.InquiryLetters, Field: "text", Hash: "text_hash", Kind: sealed.Text},
	{Collection: records.InquiryLetters, Field: "papers", IsFile: true},
	{Collection: records.InquiryFiles, Field: "file", IsFile: true},
	{Collection: records.InquiryTexts, Field: "content"},
	{Collection: records.InquirySteps, Field: "words"},
	{Collection: records.InquiryNotes, Field: "text"},
}

// stepWords are what somebody wrote about a step.
type stepWords struct {
	Reason  string `json:"reason,omitempty"`
	Right   string `json:"right,omitempty"`
	Interim string `json:"interim,omitempty"`
}

// writtenText is the content of an answer, or of what is to be published.
type writtenText struct {
	Title    string `json:"title,omitempty"`
	Question string `json:"question,omitempty"`
	Answer   string `json:"answer"`
}

// sealJSON seals a value as JSON.
func (p *platform) sealJSON(r *core.Record, field string, value any) error {
	raw, err := json.Marshal(value)
	if err != nil {
		return err
	}
	return p.seal(r, field, string(raw))
}

// openJSON reads a sealed value; what is empty leaves into as it is.
func (p *platform) openJSON(r *core.Record, field string, into any) error {
	if r.GetString(field) == "" {
		return nil
	}
	raw, err := p.unseal(r, field)
	if err != nil || raw == "" {
		return err
	}
	return json.Unmarshal([]byte(raw), into)
}

// letterOf is what was written to start an inquiry.
func letterOf(app core.App, inquiry string) (*core.Record, error) {
	r := &core.Record{}
	return r, app.RecordQuery(records.InquiryLetters).AndWhere(dbx.HashExp{"inquiry": inquiry}).Limit(1).One(r)
}

// openLetter reads what was written, without the writer.
func (p *platform) openLetter(letter *core.Record) (fields map[string]string, err error) {
	return fields, p.openJSON(letter, "fields", &fields)
}

// Correspondent is who wrote a letter (来信人), in full. Staff see it with a reason
// that is entered, and mails are addressed with it.
type Correspondent struct {
	Name     string `json:"name"`
	Contact  string `json:"contact"`
	Guardian string `json:"guardian,omitempty"`
}

// openCorrespondent reads who wrote; whoever shows it sees to it that it may be
// seen and is entered. Nothing is left of an anonymous writer, or after the purge.
func (p *platform) openCorrespondent(letter *core.Record) (who Correspondent, err error) {
	for field, into := range map[string]*string{"name": &who.Name, "contact": &who.Contact, "guardian": &who.Guardian} {
		if letter.GetString(field) == "" {
			continue
		}
		if *into, err = p.unseal(letter, field); err != nil {
			return who, err
		}
	}
	return who, nil
}

// sealLetter puts a letter on a new record of it.
func (p *platform) sealLetter(r *core.Record, l inquiry.Letter) error {
	if err := p.sealJSON(r, "fields", l.Fields); err != nil {
		return err
	}
	display := "匿名" + l.Capacity.Name()
	if !l.Anonymous {
		display = inquiry.DisplayName(l.Name, l.Capacity)
	}
	r.Set("display", display)
	for field, plain := range map[string]string{"name": l.Name, "contact": l.Contact, "guardian": l.Guardian, "text": l.Fields["text"]} {
		if plain == "" {
			continue
		}
		if err := p.seal(r, field, plain); err != nil {
			return err
		}
	}
	return nil
}
