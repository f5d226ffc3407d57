package pb_hooks

import (
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"io"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// sceneOf gathers what a letter may say.
func (p *platform) sceneOf(app core.App, before foiCase, after foi.Case, act foiAct) (letterScene, error) {
	s := letterScene{p: p, app: app, before: before, after: after, act: act, done: act.Event, today: workday.Date(p.today())}
	if act.Do == foi.Approve {
		s.done = before.Proposal.Event
		s.done.On = act.On
	}
	var err error
	if s.directory, err = p.directory(); err != nil {
		return s, err
	}
	school, ok := s.directory.ByID(before.request.GetString("school"))
	if !ok {
		return s, errors.New("the school of the request is not in the directory")
	}
	s.school = school
	if s.asked, err = latestApplication(app, before.request.Id); err != nil {
		return s, err
	}
	who, err := p.openPerson(s.asked)
	if err != nil {
		return s, err
	}
	if s.applicant = who.Name; s.applicant == "" {
		s.applicant = "申请人"
	}
	if act.By != "" {
		person, err := app.FindRecordById(records.Staff, act.By)
		if err != nil {
			return s, err
		}
		s.byName = person.GetString("name")
	}
	return s, nil
}

// writeLetter gives a letter its number, makes the .docx from the template in
// force and stores both, sealed, in the transaction of the step.
func (p *platform) writeLetter(tx core.App, s letterScene, draft letterDraft, step string) (*core.Record, error) {
	school := s.school
	if draft.Kind == foi.LetterSupervision {
		school = nil
	}
	number, err := nextLetterNumber(tx, s.directory, school, s.today.Year(), draft.Kind.Suffix())
	if err != nil {
		return nil, err
	}
	draft.Values["文号"] = number
	template, content, err := p.templateOf(tx, draft.Kind)
	if err != nil {
		return nil, err
	}
	docx, err := letter.Write(draft.Kind, content, draft.Values)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(draft.Values)
	if err != nil {
		return nil, err
	}
	c, err := tx.FindCachedCollectionByNameOrId(records.FOILetters)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(map[string]any{"request": s.before.request.Id, "school": s.before.request.GetString("school"), "kind": string(draft.Kind), "number": number,
		"step": step, "dated": string(s.today), "recipient": draft.Recipient, "party": draft.Party, "template": template, "sha256": fingerprint(string(docx))})
	if err := p.seal(r, "filled", string(raw)); err != nil {
		return nil, err
	}
	if err := p.sealUpload(r, "docx", bytes.NewReader(docx)); err != nil {
		return nil, err
	}
	if err := tx.Save(r); err != nil {
		return nil, err
	}
	return r, syncStored(tx, r.BaseFilesPath()+"/"+r.GetString("docx"))
}

// templateOf is the template in force of a kind, and its content; both empty
// where it is the program's own.
func (p *platform) templateOf(app core.App, kind foi.LetterKind) (id string, content []byte, err error) {
	t := &core.Record{}
	err = app.RecordQuery(records.LetterTemplates).AndWhere(dbx.HashExp{"kind": string(kind)}).OrderBy("_rowid_ DESC").Limit(1).One(t)
	if errors.Is(err, sql.ErrNoRows) || err == nil && t.GetBool("is_default") {
		return "", nil, nil
	}
	if err != nil {
		return "", nil, err
	}
	files, err := app.NewFilesystem()
	if err != nil {
		return "", nil, err
	}
	defer files.Close()
	r, err := files.GetReader(t.BaseFilesPath() + "/" + t.GetString("file"))
	if err != nil {
		return "", nil, err
	}
	defer r.Close()
	content, err = io.ReadAll(r)
	return t.Id, content, err
}

// draftHTML draws a letter that has no number yet.
func draftHTML(draft letterDraft) ([]byte, error) {
	draft.Values["文号"] = "（签发时编号）"
	return letter.HTML(draft.Kind, draft.Values)
}

// letterFileName is what a letter is called when it is taken home.
func letterFileName(l *core.Record) string {
	return strings.NewReplacer("/", "_", `\`, "_").Replace(foi.LetterKind(l.GetString("kind")).Name()+" "+l.GetString("number")) + ".docx"
}
