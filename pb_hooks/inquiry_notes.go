package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// NoteLine is a note (内部备注) between the colleagues of a unit.
type NoteLine struct {
	ID       string   `json:"id"`
	ByName   string   `json:"by_name"`
	At       string   `json:"at"`
	Text     string   `json:"text"`
	Mentions []string `json:"mentions"` // names
}

// Notes are the notes of a unit on a letter, oldest first, and who may be mentioned
// in the next one.
type Notes struct {
	Notes      []NoteLine  `json:"notes"`
	Colleagues []Colleague `json:"colleagues"`
}

// inquiryNotes shows the notes to the people of the unit that wrote them, while it
// has the letter in hand: nobody else ever sees them.
func (p *platform) inquiryNotes(e *core.RequestEvent) error {
	record, err := p.inquiryToNote(e.App, e)
	if err != nil {
		return err
	}
	notes, err := p.notesOf(e.App, record, e.Auth.Id)
	if err != nil {
		return keyProblem(err)
	}
	if record.GetBool("confidential") {
		if err := p.doneBy(e.App, e, "inquiry_opened", record, map[string]any{"notes": len(notes.Notes)}); err != nil {
			return err
		}
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, notes)
}

func (p *platform) inquiryToNote(app core.App, e *core.RequestEvent) (*core.Record, error) {
	person, err := app.FindRecordById(records.Staff, e.Auth.Id)
	if err != nil {
		return nil, err
	}
	record, signers, err := p.visibleInquiry(app, person, e.Request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	if !ofTheUnit(signers) {
		return nil, e.ForbiddenError("内部备注只有办理单位的人员可以查看和填写。", nil)
	}
	return record, nil
}

// addInquiryNote keeps a note and tells whom it mentions.
func (p *platform) addInquiryNote(e *core.RequestEvent) error {
	var body struct {
		Text     string   `json:"text"`
		Mentions []string `json:"mentions"` // ids of colleagues
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	text := cleanLines(body.Text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return refused("text", "inquiry_missing", "请填写备注")
	case n > longestWords:
		return refused("text", "inquiry_out_of_range", fmt.Sprintf("备注不能超过 %d 字，现在有 %d 字", longestWords, n))
	}
	var notes Notes
	err := e.App.RunInTransaction(func(tx core.App) error {
		record, err := p.inquiryToNote(tx, e)
		if err != nil {
			return err
		}
		mentioned := addNew(nil, body.Mentions...)
		colleagues, err := p.colleaguesOn(tx, record, e.Auth.Id)
		if err != nil {
			return err
		}
		for _, id := range mentioned {
			if !slices.ContainsFunc(colleagues, func(c Colleague) bool { return c.ID == id }) {
				return refused("mentions", "inquiry_malformed", "只能提到本单位可以看到这件来信的同事")
			}
		}
		note, err := blank(tx, records.InquiryNotes)
		if err != nil {
			return err
		}
		note.Load(map[string]any{"inquiry": record.Id, "by": e.Auth.Id, "by_name": e.Auth.GetString("name"), "unit": record.GetString("unit"), "mentions": mentioned})
		if err := p.seal(note, "text", text); err != nil {
			return err
		}
		if err := tx.Save(note); err != nil {
			return err
		}
		if err := notify(tx, mentioned, noticeOfInquiry(record, kindInquiry, "inquiry_note/"+note.Id, e.Auth.GetString("name")+"在备注里提到您")); err != nil {
			return err
		}
		if notes, err = p.notesOf(tx, record, e.Auth.Id); err != nil {
			return err
		}
		return p.doneBy(tx, e, "inquiry_note", record, nil)
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, notes)
}

// notesOf are the notes of the unit that has the letter in hand.
func (p *platform) notesOf(app core.App, record *core.Record, reader string) (n Notes, err error) {
	n.Notes = []NoteLine{}
	var list []*core.Record
	err = app.RecordQuery(records.InquiryNotes).AndWhere(dbx.HashExp{"inquiry": record.Id, "unit": record.GetString("unit")}).OrderBy("_rowid_").All(&list)
	if err != nil {
		return n, err
	}
	for _, r := range list {
		line := NoteLine{ID: r.Id, ByName: r.GetString("by_name"), At: r.GetString("created"), Mentions: []string{}}
		if line.Text, err = p.unseal(r, "text"); err != nil {
			return n, err
		}
		for _, id := range r.GetStringSlice("mentions") {
			name, err := nameOf(app, id)
			if err != nil {
				return n, err
			}
			line.Mentions = append(line.Mentions, name)
		}
		n.Notes = append(n.Notes, line)
	}
	n.Colleagues, err = p.colleaguesOn(app, record, reader)
	return n, err
}

// colleaguesOn are the people of the unit who may see a letter, without the reader,
// by name.
func (p *platform) colleaguesOn(app core.App, record *core.Record, reader string) ([]Colleague, error) {
	unit, list := record.GetString("unit"), []Colleague{}
	roles := []inquiry.Role{inquiry.Clerk, inquiry.Principal}
	if !record.GetBool("confidential") {
		roles = append(roles, inquiry.Officer)
	}
	ids := addNew(nil, record.GetString("assignee"))
	for _, role := range roles {
		people, err := p.peopleOf(app, schoolOfUnit(unit), dutiesFor(unit, role)...)
		if err != nil {
			return nil, err
		}
		ids = addNew(ids, people...)
	}
	for _, id := range ids {
		if id == "" || id == reader {
			continue
		}
		name, err := nameOf(app, id)
		if err != nil {
			return nil, err
		}
		list = append(list, Colleague{id, name})
	}
	return list, nil
}
