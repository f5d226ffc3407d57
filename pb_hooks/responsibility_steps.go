package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/responsibility"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// responsibleBody is who is proposed for a role.
type responsibleBody struct {
	Role  string `json:"role"`
	Name  string `json:"name"`
	Post  string `json:"post"`
	Phone string `json:"phone"`
	From  string `json:"from"`
}

// proposeResponsible proposes a name for a role of the person's own school. The
// public sees it when somebody else has confirmed it.
func (p *platform) proposeResponsible(e *core.RequestEvent) error {
	var body responsibleBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	named := responsibility.Person{Role: responsibility.Role(body.Role), Name: cleanLine(body.Name), Post: cleanLine(body.Post), Phone: responsibility.OfficePhone(cleanLine(body.Phone)),
		From: workday.Date(cleanLine(body.From))}
	return p.changeResponsible(e, func(tx core.App, school *records.School) error {
		ways, err := p.signersOf(tx, e.Auth, responsibility.Proposers())
		if err != nil {
			return err
		}
		signed, may := responsibility.Case{}.May(responsibility.Propose, ways)
		if !may {
			return e.ForbiddenError("责任人由信息编辑员、信息公开专管员或工作机构负责人提交。", nil)
		}
		if school.Status != string(registry.Open) {
			return e.ForbiddenError("学校不在办学，不能提交责任人。", nil)
		}
		if problems := responsibility.Check(named, workday.Date(p.today())); len(problems) > 0 {
			return fieldErrors(problems)
		}
		open, err := tx.CountRecords(records.ResponsiblePeople, dbx.HashExp{"school": school.ID, "role": body.Role, "state": string(responsibility.Proposed)})
		if err != nil {
			return err
		}
		if open > 0 {
			return refused("role", "responsibility_open", named.Role.Name()+"已有一条等待确认，请先撤回或等它确认")
		}
		c, err := tx.FindCachedCollectionByNameOrId(records.ResponsiblePeople)
		if err != nil {
			return err
		}
		r := core.NewRecord(c)
		r.Load(map[string]any{"school": school.ID, "role": body.Role, "name": named.Name, "post": named.Post, "phone": named.Phone, "from": string(named.From),
			"state": string(responsibility.Proposed)})
		if err := tx.Save(r); err != nil {
			return err
		}
		if err := p.keepResponsibleStep(tx, r, responsibility.Propose, signed, ""); err != nil {
			return err
		}
		if err := p.tellConfirmers(tx, r, signed); err != nil {
			return err
		}
		return p.doneBy(tx, e, "propose_responsible", r, map[string]any{"role": body.Role, "name": named.Name, "post": named.Post, "phone": named.Phone, "from": string(named.From)})
	})
}

// stepOfResponsible confirms, declines, withdraws or ends a name.
func (p *platform) stepOfResponsible(e *core.RequestEvent) error {
	var body struct {
		Action string `json:"action"`
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	do, reason := responsibility.Action(body.Action), cleanLine(body.Reason)
	return p.changeResponsible(e, func(tx core.App, school *records.School) error {
		r, err := tx.FindFirstRecordByFilter(records.ResponsiblePeople, "id = {:id} && school = {:school}", dbx.Params{"id": e.Request.PathValue("id"), "school": school.ID})
		if errors.Is(err, sql.ErrNoRows) {
			return e.NotFoundError("没有这一条，请刷新页面。", nil)
		}
		if err != nil {
			return err
		}
		steps, err := responsibleSteps(tx, []string{r.Id})
		if err != nil {
			return err
		}
		ways, err := p.signersOf(tx, e.Auth, slices.Concat(responsibility.Proposers(), responsibility.Confirmers()))
		if err != nil {
			return err
		}
		signed, to, err := caseNamed(responsibility.State(r.GetString("state")), steps[r.Id]).Take(do, ways, reason)
		if err != nil {
			return responsibilityProblem(err)
		}
		r.Set("state", string(to))
		if to == responsibility.Confirmed {
			r.Set("confirmed_at", p.options.Now().UTC())
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		if err := p.keepResponsibleStep(tx, r, do, signed, reason); err != nil {
			return err
		}
		if err := p.tellProposer(tx, r, steps[r.Id], do, reason); err != nil {
			return err
		}
		return p.doneBy(tx, e, "decide_responsible", r, map[string]any{"action": body.Action, "reason": reason})
	})
}

// changeResponsible changes the names of the person's own school in one
// transaction, drops the pages that show them, and answers with the desk.
func (p *platform) changeResponsible(e *core.RequestEvent, change func(tx core.App, school *records.School) error) error {
	if e.Auth.GetString("school") == "" {
		return e.ForbiddenError("责任人由学校提交和确认。", nil)
	}
	school, err := p.schoolOfReader(e)
	if err != nil {
		return err
	}
	var desk ResponsibilityDesk
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := change(tx, school); err != nil {
			return err
		}
		desk, err = p.responsibilityOf(tx, e.Auth, school)
		return err
	})
	if err != nil {
		return err
	}
	p.drop(site.SchoolTag(school.Code), site.ColumnTag(school.Code, disclosureGuide))
	return e.JSON(http.StatusOK, desk)
}

// responsibilityProblem is a refusal of the rules at the field that it is about.
func responsibilityProblem(err error) error {
	var r responsibility.Refusal
	if errors.As(err, &r) {
		return validation.Errors{r.Field: fieldError(r)}
	}
	return err
}

func (p *platform) keepResponsibleStep(tx core.App, named *core.Record, do responsibility.Action, signed responsibility.Signer, reason string) error {
	c, err := tx.FindCachedCollectionByNameOrId(records.ResponsibleSteps)
	if err != nil {
		return err
	}
	step := core.NewRecord(c)
	step.Load(map[string]any{"person": named.Id, "action": string(do), "by": signed.By, "for": signed.For, "duty": string(signed.Duty), "reason": reason, "at": p.options.Now().UTC()})
	for field, id := range map[string]string{"by_name": signed.By, "for_name": signed.For} {
		if id == "" {
			continue
		}
		name, err := nameOf(tx, id)
		if err != nil {
			return err
		}
		step.Set(field, name)
	}
	return tx.Save(step)
}

const responsibilityPage = "/supervision/responsibility"

// tellConfirmers tells those who can confirm a name that one waits.
func (p *platform) tellConfirmers(tx core.App, named *core.Record, signed responsibility.Signer) error {
	people, err := p.peopleOf(tx, named.GetString("school"), responsibility.Confirmers()...)
	if err != nil {
		return err
	}
	people = slices.DeleteFunc(people, func(id string) bool { return id == signed.By || id == signed.For })
	return notify(tx, people, notification{Kind: "responsibility", Key: "responsible/" + named.Id, Link: responsibilityPage,
		Title: "请确认责任人：" + responsibility.Role(named.GetString("role")).Name() + " " + named.GetString("name")})
}

// tellProposer tells who proposed a name what became of it.
func (p *platform) tellProposer(tx core.App, named *core.Record, steps []*core.Record, do responsibility.Action, reason string) error {
	if do != responsibility.Confirm && do != responsibility.Decline || len(steps) == 0 {
		return nil
	}
	title := "责任人" + map[responsibility.Action]string{responsibility.Confirm: "已确认公布：", responsibility.Decline: "未获同意："}[do] +
		responsibility.Role(named.GetString("role")).Name() + " " + named.GetString("name")
	if reason != "" {
		title += "（" + reason + "）"
	}
	return notify(tx, []string{steps[0].GetString("by")}, notification{Kind: "responsibility", Key: "responsible/" + named.Id + "/" + string(do), Link: responsibilityPage,
		Title: clip(title, 300)})
}
