package pb_hooks

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// Kinds of texts.
const (
	textAnswer    = "answer"    // 答复稿
	textSelection = "selection" // 选登稿: a version of its own, without personal data
)

const (
	longestAnswer   = 5000 // characters
	longestSelected = 60
)

// TextView is an answer, or what is to be published, as the staff see it.
type TextView struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Title    string   `json:"title"`
	Question string   `json:"question"`
	Answer   string   `json:"answer"`
	Files    []string `json:"files"`
	Hash     string   `json:"hash"`    // of a submitted one
	Updated  string   `json:"updated"` // of one being written: a save names the state it began from
	// Findings are personal data in what is to be published.
	Findings []string `json:"findings"`
}

// problems lists what stands against submitting a text, by field.
func (t writtenText) problems(kind string) map[string]error {
	problems := map[string]error{}
	ask := func(field, text, name string, most int) {
		switch n := utf8.RuneCountInString(strings.TrimSpace(text)); {
		case n == 0:
			problems[field] = inquiry.Refusal{Why: inquiry.Missing, Field: field, Sentence: "请填写" + name}
		case n > most:
			problems[field] = inquiry.Refusal{Why: inquiry.OutOfRange, Field: field, Sentence: fmt.Sprintf("%s不能超过 %d 字，现在有 %d 字", name, most, n)}
		}
	}
	ask("answer", t.Answer, "答复", longestAnswer)
	if kind == textSelection {
		ask("title", t.Title, "标题", longestSelected)
		ask("question", t.Question, "来信内容", longestAnswer)
	}
	return problems
}

// openText is the text of a kind that is being written, nil if there is none.
func openText(app core.App, letter, kind string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.InquiryTexts).AndWhere(dbx.HashExp{"inquiry": letter, "kind": kind, "frozen": false}).Limit(1).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// textWithHash finds the frozen text that a case is about.
func textWithHash(app core.App, letter, hash string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.InquiryTexts).AndWhere(dbx.HashExp{"inquiry": letter, "frozen": true, "hash": hash}).OrderBy("_rowid_ DESC").Limit(1).One(r)
	return r, err
}

func (p *platform) contentOf(text *core.Record) (t writtenText, err error) {
	return t, p.openJSON(text, "content", &t)
}

// textHash names the exact text, with the files that go with it.
func (p *platform) textHash(app core.App, text *core.Record) (string, error) {
	content, err := p.contentOf(text)
	if err != nil {
		return "", err
	}
	exact := map[string]any{"inquiry": text.GetString("inquiry"), "kind": text.GetString("kind"), "content": content}
	var sums []string
	for _, id := range text.GetStringSlice("files") {
		f, err := app.FindRecordById(records.InquiryFiles, id)
		if err != nil {
			return "", err
		}
		sums = append(sums, f.Id+" "+f.GetString("name")+" "+f.GetString("sha256"))
	}
	exact["files"] = sums
	raw, err := json.Marshal(exact)
	sum := sha256.Sum256(raw)
	return hex.EncodeToString(sum[:]), err
}

// freezeText makes a text what it was when it was submitted.
func freezeText(app core.App, id, hash string) error {
	text, err := app.FindRecordById(records.InquiryTexts, id)
	if err != nil {
		return err
	}
	text.Set("hash", hash)
	text.Set("frozen", true)
	return app.Save(text)
}

// reopenText gives the writers a copy of a text that came back; the one that was
// looked at stays as it was. What somebody began meanwhile is not touched.
func (p *platform) reopenText(app core.App, letter, kind, hash string) error {
	open, err := openText(app, letter, kind)
	if err != nil || open != nil {
		return err
	}
	frozen, err := textWithHash(app, letter, hash)
	if err != nil {
		return err
	}
	content, err := p.contentOf(frozen)
	if err != nil {
		return err
	}
	copied, err := blank(app, records.InquiryTexts)
	if err != nil {
		return err
	}
	for _, f := range []string{"inquiry", "kind", "files", "writers"} {
		copied.Set(f, frozen.Get(f))
	}
	if err := p.sealJSON(copied, "content", content); err != nil {
		return err
	}
	return app.Save(copied)
}

// mayWriteText reports whether a person may write a text of a letter now.
func mayWriteText(c inquiry.Case, signers []inquirySigner, kind string) bool {
	is := func(roles ...inquiry.Role) bool {
		return slices.ContainsFunc(signers, func(s inquirySigner) bool { return slices.Contains(roles, s.As) })
	}
	if kind == textSelection {
		return is(inquiry.Clerk) && c.Unit != bureauUnit && c.Publication != inquiry.Proposed && c.Publication != inquiry.Published && c.MayPublish() == nil &&
			(c.State == inquiry.Rated || c.State == inquiry.Archived)
	}
	return is(inquiry.Clerk, inquiry.Department) && (c.State == inquiry.Accepted || c.State == inquiry.Handling || c.State == inquiry.Redoing)
}

// saveText writes an answer, or what is to be published. Whoever saves it is one
// of its writers, who review nothing of it; two who write at once are told.
func (p *platform) saveText(e *core.RequestEvent) error {
	var body TextView
	if err := readBody(e, &body); err != nil {
		return err
	}
	if body.Kind != textSelection {
		body.Kind = textAnswer
	}
	content := writtenText{Title: cleanLine(body.Title), Question: cleanLines(body.Question), Answer: cleanLines(body.Answer)}
	for field, problem := range content.problems(body.Kind) {
		var r inquiry.Refusal
		if errors.As(problem, &r) && r.Why == inquiry.OutOfRange { // what is only missing is stored
			return fieldErrors(map[string]error{field: problem})
		}
	}
	var saved TextView
	err := e.App.RunInTransaction(func(tx core.App) error {
		record, signers, err := p.visibleInquiry(tx, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.inquiryCaseOf(tx, record)
		if err != nil {
			return err
		}
		if !mayWriteText(c.Case, signers, body.Kind) {
			return e.ForbiddenError("现在不能改这份文字：要由专管员或承办人在办理中填写。", nil)
		}
		text, err := openText(tx, record.Id, body.Kind)
		if err != nil {
			return err
		}
		if text == nil {
			if text, err = blank(tx, records.InquiryTexts); err != nil {
				return err
			}
			text.Load(map[string]any{"inquiry": record.Id, "kind": body.Kind})
		} else if body.Updated != text.GetString("updated") {
			return e.Error(http.StatusConflict, "这份文字刚被同事改过，请刷新后在最新内容上修改。", nil)
		}
		if err := p.fillWritten(tx, c, text, body, content, e.Auth.Id); err != nil {
			return err
		}
		if err := tx.Save(text); err != nil {
			return err
		}
		if saved, err = p.textView(tx, c, text); err != nil {
			return err
		}
		return p.doneBy(tx, e, "inquiry_text", record, nil)
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, saved)
}

func (p *platform) fillWritten(tx core.App, c inquiryCase, text *core.Record, body TextView, content writtenText, writer string) error {
	writers, err := writersOfDraft(text)
	if err != nil {
		return err
	}
	for _, id := range body.Files {
		var found []*core.Record
		if err := tx.RecordQuery(records.InquiryFiles).AndWhere(dbx.HashExp{"id": id, "inquiry": c.record.Id}).All(&found); err != nil {
			return err
		}
		if len(found) == 0 {
			return refused("files", "inquiry_malformed", "附件不属于这件来信，请重新选择")
		}
		writers = addNew(writers, found[0].GetString("by")) // a file is part of the answer
	}
	if body.Kind == textSelection { // who wrote the answer wrote on what is taken from it
		for _, a := range c.Answers {
			writers = addNew(writers, a.Writers...)
		}
	}
	text.Load(map[string]any{"files": body.Files, "writers": addNew(writers, writer)})
	return p.sealJSON(text, "content", content)
}

func addNew(list []string, more ...string) []string {
	for _, m := range more {
		if !slices.Contains(list, m) {
			list = append(list, m)
		}
	}
	return list
}

func (p *platform) textView(app core.App, c inquiryCase, text *core.Record) (TextView, error) {
	content, err := p.contentOf(text)
	if err != nil {
		return TextView{}, err
	}
	v := TextView{ID: text.Id, Kind: text.GetString("kind"), Title: content.Title, Question: content.Question, Answer: content.Answer,
		Files: slices.Clone(text.GetStringSlice("files")), Hash: text.GetString("hash"), Updated: text.GetString("updated"), Findings: []string{}}
	if v.Kind == textSelection {
		found, err := p.personalDataIn(app, c, content)
		if err != nil {
			return v, err
		}
		v.Findings = append(v.Findings, found...)
	}
	return v, nil
}
