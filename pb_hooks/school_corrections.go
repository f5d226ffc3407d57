package pb_hooks

import (
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// A local correction (本地更正) is a value that holds here although the registry
// says another. Its states:
const (
	correctionProposed  = "proposed" // by the school, not yet decided
	correctionRefused   = "refused"
	correctionActive    = "active"
	correctionTaken     = "taken" // the registry says the same now
	correctionWithdrawn = "withdrawn"
)

// activeCorrections are the corrections in force: id of the school → field → row.
// The school's own row has their values already.
func activeCorrections(app core.App) (map[string]map[string]*core.Record, error) {
	rows, err := app.FindAllRecords(records.SchoolCorrections, dbx.HashExp{"state": correctionActive})
	if err != nil {
		return nil, err
	}
	of := map[string]map[string]*core.Record{}
	for _, r := range rows {
		school := r.GetString("school")
		if of[school] == nil {
			of[school] = map[string]*core.Record{}
		}
		of[school][r.GetString("field")] = r
	}
	return of, nil
}

// heardOfCorrected keeps what the registry now says of a field that is corrected
// here. If it says what we say, the correction has been taken over.
func (p *platform) heardOfCorrected(tx core.App, school, field, value string) error {
	of, err := activeCorrections(tx)
	if err != nil || of[school][field] == nil {
		return err
	}
	r := of[school][field]
	if r.GetString("value") == value {
		r.Load(map[string]any{"state": correctionTaken, "decided_at": p.options.Now().UTC()})
	}
	r.Set("was", value)
	return tx.Save(r)
}

// endCorrections ends the corrections of fields whose value of the registry was taken.
func (p *platform) endCorrections(tx core.App, by actor, is registry.School, fields []string) error {
	of, err := activeCorrections(tx)
	if err != nil {
		return err
	}
	for _, field := range fields {
		r := of[is.ID][field]
		if r == nil {
			continue
		}
		state := correctionWithdrawn
		if r.GetString("value") == registry.ShowField(is, field) {
			state = correctionTaken
		}
		r.Load(map[string]any{"state": state, "decided_by_name": by.Name, "decided_at": p.options.Now().UTC(), "decision": "采用区机构查询平台的内容"})
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return nil
}

// postCorrection corrects a value of a school: at once if the bureau's account
// manager does, else as a proposal of the school.
func (p *platform) postCorrection(e *core.RequestEvent) error {
	var body struct {
		Field  string `json:"field"`
		Value  string `json:"value"`
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.answerFile(e, func(tx core.App, file SchoolFile, id string) error {
		switch {
		case !file.MayCorrect && !file.MayPropose:
			return e.ForbiddenError("学校资料由区级管理员更正；学校的更正由本校专管员、负责人、校长、编辑员或者账号管理员提出。", nil)
		case slices.Contains(uncorrected, body.Field):
			return refused("field", "field_fixed", "“"+registry.Label(body.Field)+"”不能在这里更正")
		}
		reason, err := sentence("reason", "更正的原因", body.Reason)
		if err != nil {
			return err
		}
		record, err := storedSchool(tx, id)
		if err != nil {
			return err
		}
		is := schoolOf(record)
		was := registry.ShowField(is, body.Field)
		if problem := registry.ReadField(&is, body.Field, body.Value); problem != "" {
			return refused("value", "school_field_invalid", problem)
		}
		value := registry.ShowField(is, body.Field)
		if value == was {
			return refused("value", "correction_same", "与现在的内容相同，不需要更正")
		}
		if body.Field == "name" {
			if err := refuseTaken(tx, "value", is); err != nil {
				return err
			}
		}
		r, err := blank(tx, records.SchoolCorrections)
		if err != nil {
			return err
		}
		r.Load(map[string]any{"school": id, "field": body.Field, "value": value, "was": was, "reason": reason, "by": e.Auth.Id, "by_name": e.Auth.GetString("name"),
			"at": p.options.Now().UTC(), "state": correctionProposed})
		detail := map[string]any{"field": body.Field, "value": value, "was": was, "reason": reason}
		if file.MayCorrect {
			if err := p.applyCorrection(tx, actorOf(e), r); err != nil {
				return err
			}
			return p.doneBy(tx, e, "correct_school", r, detail)
		}
		if err := refuseSecondProposal(tx, id, body.Field); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		admins, err := p.peopleOf(tx, "", publication.Admin)
		if err != nil {
			return err
		}
		if err := notify(tx, admins, notification{Kind: kindSchool, Key: "correction/" + r.Id, Link: schoolsPage + "/" + file.Code,
			Title: clip(file.Name+"提出更正"+registry.Label(body.Field)+"："+value, 300)}); err != nil {
			return err
		}
		return p.doneBy(tx, e, "propose_correction", r, detail)
	})
}

// answerFile does something with the file of the school of the address, in one
// transaction, and answers with the file as it is then.
func (p *platform) answerFile(e *core.RequestEvent, do func(tx core.App, file SchoolFile, id string) error) error {
	school, err := p.schoolOfFile(e)
	if err != nil {
		return err
	}
	var file SchoolFile
	err = e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		if file, err = p.schoolFileOf(tx, person, school.ID); err != nil {
			return err
		}
		if err := do(tx, file, school.ID); err != nil {
			return err
		}
		file, err = p.schoolFileOf(tx, person, school.ID)
		return err
	})
	if err != nil {
		return err
	}
	return noStore(e, file)
}

func refuseSecondProposal(tx core.App, school, field string) error {
	n, err := tx.CountRecords(records.SchoolCorrections, dbx.HashExp{"school": school, "field": field, "state": correctionProposed})
	if err == nil && n > 0 {
		err = refused("field", "correction_waits", "“"+registry.Label(field)+"”已经提出过更正，正等待区级管理员处理")
	}
	return err
}

// applyCorrection lets a correction hold: the school has its value from now on. One
// that held before is withdrawn; what the registry said stays known.
func (p *platform) applyCorrection(tx core.App, by actor, r *core.Record) error {
	of, err := activeCorrections(tx)
	if err != nil {
		return err
	}
	school, field := r.GetString("school"), r.GetString("field")
	if before := of[school][field]; before != nil {
		r.Set("was", before.GetString("was"))
		if err := p.decideCorrection(tx, by, before, correctionWithdrawn, "另有更正"); err != nil {
			return err
		}
	}
	if err := setSchoolField(tx, school, field, r.GetString("value")); err != nil {
		return err
	}
	r.Set("state", correctionActive)
	return tx.Save(r)
}

func (p *platform) decideCorrection(tx core.App, by actor, r *core.Record, state, decision string) error {
	r.Load(map[string]any{"state": state, "decided_by_name": by.Name, "decided_at": p.options.Now().UTC(), "decision": decision})
	return tx.Save(r)
}

// setSchoolField writes one value of a school. A former name stays as an alias.
func setSchoolField(tx core.App, school, field, value string) error {
	record, err := storedSchool(tx, school)
	if err != nil {
		return err
	}
	from := schoolOf(record)
	if reason := registry.ReadField(&from, field, value); reason != "" {
		return refused("value", "school_field_invalid", reason)
	}
	is, err := withFields(schoolOf(record), from, []string{field})
	if err != nil {
		return err
	}
	if field == "name" {
		if err := refuseTaken(tx, "value", is); err != nil {
			return err
		}
	}
	changed, err := schoolRecord(tx, is)
	if err != nil {
		return err
	}
	return tx.Save(changed)
}

// decideOnCorrection accepts or refuses a proposal, or withdraws a correction that
// holds: then the school has again what the registry says.
func (p *platform) decideOnCorrection(e *core.RequestEvent) error {
	var body struct {
		Do       string `json:"do"` // accept, refuse, withdraw
		Decision string `json:"decision"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.answerFile(e, func(tx core.App, file SchoolFile, id string) error {
		if !file.MayCorrect {
			return e.ForbiddenError("学校资料的更正由区级管理员处理。", nil)
		}
		r, err := tx.FindRecordById(records.SchoolCorrections, e.Request.PathValue("correction"))
		if err != nil || r.GetString("school") != id {
			return e.NotFoundError("没有这条更正，请刷新页面。", err)
		}
		decision := strings.TrimSpace(body.Decision)
		by, state := actorOf(e), r.GetString("state")
		switch {
		case body.Do == "accept" && state == correctionProposed:
			err = p.applyCorrection(tx, by, r)
		case body.Do == "refuse" && state == correctionProposed:
			if decision, err = sentence("decision", "不采用的理由", decision); err == nil {
				err = p.decideCorrection(tx, by, r, correctionRefused, decision)
			}
		case body.Do == "withdraw" && state == correctionActive:
			if decision, err = sentence("decision", "撤回更正的理由", decision); err != nil {
				return err
			}
			if err = setSchoolField(tx, id, r.GetString("field"), r.GetString("was")); err == nil {
				err = p.decideCorrection(tx, by, r, correctionWithdrawn, decision)
			}
		default:
			return refused("do", "correction_decided", "这条更正已经处理过，请刷新页面")
		}
		if err != nil {
			return err
		}
		if err := p.tellCorrection(tx, r, file, body.Do); err != nil {
			return err
		}
		return p.doneBy(tx, e, "decide_correction", r, map[string]any{"field": r.GetString("field"), "state": r.GetString("state"), "decision": decision})
	})
}

// tellCorrection tells whoever proposed a correction what became of it.
func (p *platform) tellCorrection(tx core.App, r *core.Record, file SchoolFile, do string) error {
	word := map[string]string{"accept": "已采用", "refuse": "没有采用", "withdraw": "已撤回"}[do]
	return notify(tx, []string{r.GetString("by")}, notification{Kind: kindSchool, Key: "correction/" + r.Id + "/" + do, Link: schoolsPage + "/" + file.Code,
		Title: clip("学校资料更正"+word+"："+registry.Label(r.GetString("field"))+"："+r.GetString("value"), 300)})
}
