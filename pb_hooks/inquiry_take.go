package pb_hooks

import (
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// inquiryAct is a step that somebody wants to take on a letter, with what belongs
// to it and the procedure does not ask about.
type inquiryAct struct {
	inquiry.Event
	Text     string // id of the text that it is about
	Assignee string // assign: the person who gets it, "" if a department without an account
}

// takeInquiry takes a step in a transaction: it is judged, stored with what was
// told at the time, the letter shows where it stands, and whoever is next is told.
// It returns the case as it is then. Errors about a field are validation.Errors.
func (p *platform) takeInquiry(tx core.App, c inquiryCase, act inquiryAct, by actor) (inquiryCase, *core.Record, error) {
	became, step, err := p.judgeInquiry(tx, c, &act)
	if err != nil {
		return c, nil, err
	}
	if err := tx.Save(step); err != nil {
		return c, nil, err
	}
	if err := p.followInquiryStep(tx, c, became, act, step); err != nil {
		return c, nil, err
	}
	if err := p.settleInquiry(tx, c.Case, became, act); err != nil {
		return c, nil, err
	}
	if err := tx.Save(became.record); err != nil {
		return c, nil, err
	}
	if err := p.tellOfInquiry(tx, c, became, act, step); err != nil {
		return c, nil, err
	}
	done, err := inquiryDeed(c.record, step)
	if err != nil {
		return c, nil, err
	}
	return became, step, p.audit(tx, by, done)
}

// judgeInquiry judges a step, completes it and makes its record. It returns the case
// as it would be then and writes nothing.
func (p *platform) judgeInquiry(app core.App, c inquiryCase, act *inquiryAct) (became inquiryCase, step *core.Record, err error) {
	if act.Recorded == "" {
		act.Recorded = workday.Date(p.today())
	}
	if act.On == "" {
		act.On = act.Recorded
	}
	if err := p.fillInquiryAct(app, c, act); err != nil {
		return c, nil, err
	}
	after, err := c.Take(act.Event)
	if err != nil {
		return c, nil, inquiryRefusal(err)
	}
	if n := len(after.Ledger); n > len(c.Ledger) {
		act.Told = after.Ledger[n-1].Due
	}
	if step, err = p.newInquiryStep(app, c, *act); err != nil {
		return c, nil, err
	}
	return inquiryCase{Case: after, record: c.record, steps: append(slices.Clip(c.steps), step), events: append(slices.Clip(c.events), act.Event)}, step, nil
}

// inquiryRefusal shows a refusal of the procedure at the field it is about.
func inquiryRefusal(err error) error {
	var r inquiry.Refusal
	if !errors.As(err, &r) {
		return err
	}
	field := r.Field
	if field == "" {
		field = "do"
	}
	return validation.Errors{field: fieldError(r)}
}

// fillInquiryAct puts on a step what the server knows better than whoever takes it.
func (p *platform) fillInquiryAct(tx core.App, c inquiryCase, act *inquiryAct) error {
	switch act.Do {
	case inquiry.SubmitAnswer:
		return p.fillText(tx, c, act, textAnswer)
	case inquiry.ProposePublication:
		if c.Unit == bureauUnit {
			return inquiryRefusal(inquiry.Refusal{Why: inquiry.NotNow, Sentence: "选登是学校的栏目，教育局办理的来信不选登"})
		}
		if c.record.GetString("purged_at") != "" {
			return inquiryRefusal(inquiry.Refusal{Why: inquiry.NotNow, Sentence: nameless})
		}
		return p.fillText(tx, c, act, textSelection)
	case inquiry.Assign:
		return nameInquiryAssignee(tx, c, act)
	case inquiry.Transfer:
		if c.record.GetBool("about_principal") && act.Unit != "" && act.Unit != bureauUnit {
			return refused("unit", "inquiry_not_now", "反映校长本人的来信由区教育局办理，不转给学校")
		}
		return p.fillTransfer(c, act)
	case inquiry.Merge:
		return checkMerge(tx, c, act)
	case inquiry.Withdraw, inquiry.Refuse:
		return checkGathered(tx, c, act.Do)
	}
	return nil
}

// fillText puts the text that is submitted on the step.
func (p *platform) fillText(tx core.App, c inquiryCase, act *inquiryAct, kind string) error {
	text, err := openText(tx, c.record.Id, kind)
	if err != nil || text == nil {
		return err // the procedure asks for it
	}
	content, err := p.contentOf(text)
	if err != nil {
		return err
	}
	if problems := content.problems(kind); len(problems) > 0 {
		return fieldErrors(problems)
	}
	act.Text = text.Id
	if act.Writers, err = writersOfDraft(text); err != nil {
		return err
	}
	if kind == textSelection {
		if act.Findings, err = p.personalDataIn(tx, c, content); err != nil {
			return err
		}
	}
	act.Hash, err = p.textHash(tx, text)
	return err
}

// nameInquiryAssignee lets a letter go to somebody of the unit only; a department
// may be named without a person.
func nameInquiryAssignee(tx core.App, c inquiryCase, act *inquiryAct) error {
	if act.Assignee == "" {
		return nil
	}
	person, err := tx.FindRecordById(records.Staff, act.Assignee)
	if err != nil || unitOf(person) != c.Unit || person.GetString("deactivated_at") != "" {
		return refused("assignee", "inquiry_malformed", "请选择本单位在岗的工作人员")
	}
	if act.Department == "" {
		act.Department = person.GetString("name")
	}
	return nil
}

// fillTransfer finds the unit that is to take a letter. People name a school by
// its code.
func (p *platform) fillTransfer(c inquiryCase, act *inquiryAct) error {
	if act.Unit == "" || act.Unit == bureauUnit {
		return nil
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	school, ok := d.ByCode(act.Unit)
	if !ok {
		return refused("unit", "inquiry_malformed", "没有这所学校，请重新选择")
	}
	act.Unit, act.Closed = school.ID, school.Status != "open"
	return nil
}

// checkMerge asks that the other letter is one of the same unit that is, or will
// be, answered itself.
func checkMerge(tx core.App, c inquiryCase, act *inquiryAct) error {
	if act.Into == "" {
		return nil
	}
	act.Into = normalInquiryNumber(act.Into)
	other := &core.Record{}
	err := tx.RecordQuery(records.Inquiries).AndWhere(dbx.HashExp{"number": act.Into, "unit": c.Unit}).Limit(1).One(other)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return err
	}
	if err != nil || other.Id == c.record.Id {
		return refused("into", "inquiry_malformed", "没有这件来信，请核对编号；只能并入本单位的另一件来信")
	}
	state := inquiry.State(other.GetString("state"))
	switch {
	case !state.IsOpen() && state != inquiry.Answered && state != inquiry.Rated:
		return refused("into", "inquiry_not_now", "那件来信“"+state.Name()+"”，不能并入")
	case c.IsUrgent() && !other.GetBool("urgent"):
		return refused("into", "inquiry_not_now", "紧急来信只能并入另一件紧急来信")
	case other.GetString("channel") != c.record.GetString("channel") || other.GetBool("confidential") && !c.record.GetBool("confidential"):
		return refused("into", "inquiry_not_now", "那件来信是另一个渠道或者保密的来信，不能并入")
	}
	return nil
}

// checkGathered keeps a letter that others were merged into from ending without an
// answer: their writers would wait for ever.
func checkGathered(tx core.App, c inquiryCase, do inquiry.Action) error {
	n, err := tx.CountRecords(records.Inquiries, dbx.HashExp{"into": c.record.GetString("number"), "state": string(inquiry.Merged)})
	if err != nil || n == 0 {
		return err
	}
	return inquiryRefusal(inquiry.Refusal{Why: inquiry.NotNow, Sentence: "同一事项的其他来信并在这一件里等待答复，不能" + do.Name()})
}

// newInquiryStep is a step on a record that is not stored yet.
func (p *platform) newInquiryStep(tx core.App, c inquiryCase, act inquiryAct) (*core.Record, error) {
	r, err := blank(tx, records.InquirySteps)
	if err != nil {
		return nil, err
	}
	e := act.Event
	r.Load(map[string]any{"inquiry": c.record.Id, "action": string(e.Do), "role": string(e.As), "state": string(c.State), "by": e.By, "for": e.For,
		"on": string(e.On), "recorded": string(e.Recorded), "at": p.options.Now().UTC(), "channel": string(e.Channel), "category": string(e.Category),
		"may_publish": e.MayPublish, "unit": e.Unit, "department": e.Department, "assignee": act.Assignee, "ground": string(e.Ground), "days": e.Days,
		"into": e.Into, "hash": e.Hash, "text": act.Text, "rating": int(e.Rating), "norm": string(e.Norm), "until": string(e.Until), "told": string(e.Told)})
	if len(e.Writers) > 0 {
		r.Set("writers", e.Writers)
	}
	if words := (stepWords{e.Reason, e.Right, e.Interim}); words != (stepWords{}) {
		if err := p.sealJSON(r, "words", words); err != nil {
			return nil, err
		}
	}
	for field, id := range map[string]string{"by_name": e.By, "for_name": e.For} {
		if id == "" {
			continue
		}
		person, err := tx.FindRecordById(records.Staff, id)
		if err != nil {
			return nil, err
		}
		r.Set(field, person.GetString("name"))
	}
	return r, nil
}

// stepFields are what the sum of a step in the audit is made of: everything that
// is not sealed. Sealed words change with the key.
var stepFields = []string{"id", "inquiry", "action", "role", "state", "by", "for", "on", "recorded", "at", "channel", "category", "may_publish", "unit", "department",
	"assignee", "ground", "days", "into", "hash", "text", "writers", "rating", "norm", "until", "told"}

// inquiryDeed is how a step stands in the audit: with a sum, and without a word of
// what was written.
func inquiryDeed(record, step *core.Record) (deed, error) {
	exact := map[string]string{}
	for _, f := range stepFields {
		exact[f] = step.GetString(f)
	}
	raw, err := json.Marshal(exact)
	sum := sha256.Sum256(raw)
	return deed{"inquiry_" + step.GetString("action"), records.Inquiries, record.Id,
		map[string]any{"number": record.GetString("number"), "step": step.Id, "sha256": hex.EncodeToString(sum[:])}}, err
}
