package pb_hooks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// AnnualStepBody is a step that somebody wants to take, on the text that they saw.
type AnnualStepBody struct {
	Do     annual.Action `json:"do"`
	Reason string        `json:"reason"`
	Base   string        `json:"base"`
}

// signsAnnual says in which way somebody fills the principal's duty for a report: who
// signs, and in whose place. Both are "" if they do not. Nobody signs what they wrote,
// nor for somebody who did.
func (p *platform) signsAnnual(app core.App, person *core.Record, a annualAsked, c *annualCase) (by, insteadOf string, err error) {
	if a.school == nil || person.GetString("school") != a.school.ID || person.GetString("deactivated_at") != "" {
		return "", "", nil
	}
	ways, err := p.waysToAct(app, person, publication.Principal)
	if err != nil {
		return "", "", err
	}
	var writers []string
	if c.record != nil {
		writers = c.record.GetStringSlice("writers")
	}
	for _, w := range ways {
		if !slices.Contains(writers, w.person) && !slices.Contains(writers, w.insteadOf) {
			return w.person, w.insteadOf, nil
		}
	}
	return "", "", nil
}

// stepAnnual presents, returns or signs a report. Signing freezes the year's tables,
// makes the article of it and submits that to the ordinary reviews, in one
// transaction.
func (p *platform) stepAnnual(e *core.RequestEvent) error {
	var body AnnualStepBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	body.Reason = strings.TrimSpace(body.Reason)
	a, err := p.annualAsked(e)
	if err != nil {
		return err
	}
	switch {
	case a.school == nil:
		return refused("do", "annual_not_for_district", "全区的年度报告不需要签发，可以直接下载")
	case !slices.Contains(annual.Actions(), body.Do):
		return refused("do", "annual_unknown", "没有这一步")
	case body.Do == annual.Return && body.Reason == "":
		return refused("reason", "annual_reason", "请写明要修改什么")
	case len([]rune(body.Reason)) > 500:
		return refused("reason", "annual_reason", "最多 500 字")
	}
	err = e.App.RunInTransaction(func(tx core.App) error { return p.takeAnnual(tx, e, a, body) })
	if err != nil {
		return uncountable(err)
	}
	return p.answerAnnual(e, a)
}

func (p *platform) takeAnnual(tx core.App, e *core.RequestEvent, a annualAsked, body AnnualStepBody) error {
	c, err := annualCaseOf(tx, a.school.ID, a.year)
	if err != nil {
		return err
	}
	step, err := p.signedAnnual(tx, e, a, c, body)
	if err != nil {
		return err
	}
	if c.record.GetString("updated") != body.Base {
		return staleSave()
	}
	report, err := p.reportOf(tx, a.school, a.year)
	if err != nil {
		return err
	}
	if body.Do != annual.Return {
		if blocking := annual.Blocking(report.Problems()); len(blocking) > 0 {
			return refused("texts", "annual_incomplete", "还不能"+body.Do.Name()+"："+sectionTitle(blocking[0].Section)+blocking[0].Sentence)
		}
	}
	if body.Do == annual.Sign {
		if err := p.signAnnual(tx, e, a, c, step); err != nil {
			return err
		}
	}
	c.record.Set("changed", false)
	if err := tx.Save(c.record); err != nil {
		return err
	}
	step.Load(map[string]any{"report": c.record.Id, "texts": report.Texts, "at": p.options.Now().UTC()})
	if err := tx.Save(step); err != nil {
		return err
	}
	if body.Do == annual.Sign {
		article := c.record.GetString("article")
		if err := p.step(tx, article, step.GetString("version"), publication.Submit, "校长签发："+step.GetString("by_name")); err != nil {
			return err
		}
	}
	if err := p.tellAnnual(tx, a, c, step); err != nil {
		return err
	}
	return p.doneBy(tx, e, string(body.Do)+"_annual_report", c.record, map[string]any{"year": a.year, "reason": body.Reason})
}

func sectionTitle(key string) string {
	for _, s := range annual.Sections() {
		if s.Key == key {
			return "“" + s.Title + "”"
		}
	}
	return ""
}

// signedAnnual is the record of a step with who takes it, of those who may.
func (p *platform) signedAnnual(tx core.App, e *core.RequestEvent, a annualAsked, c *annualCase, body AnnualStepBody) (*core.Record, error) {
	by, insteadOf := e.Auth.Id, ""
	if body.Do == annual.Present {
		writes, err := p.writesAnnual(tx, e.Auth, a)
		if err != nil {
			return nil, err
		}
		if !writes {
			return nil, e.ForbiddenError("年度报告由本校的信息公开专管员或者信息编辑员报请签发。", nil)
		}
	} else {
		var err error
		if by, insteadOf, err = p.signsAnnual(tx, e.Auth, a, c); err != nil {
			return nil, err
		}
		if by == "" && e.Auth.GetString("school") == a.school.ID && actsAsAny(e.Auth, publication.Principal) {
			return nil, e.ForbiddenError("您参与了这份报告的撰写，不能签发，请由没有参与撰写的校长或者代理人签发。", nil)
		}
		if by == "" {
			return nil, e.ForbiddenError("年度报告由本校校长签发。", nil)
		}
	}
	if !c.May(body.Do) {
		return nil, router.NewApiError(http.StatusConflict, "现在不能"+body.Do.Name()+"，请刷新页面查看进度。", nil)
	}
	collection, err := tx.FindCachedCollectionByNameOrId(records.AnnualSteps)
	if err != nil {
		return nil, err
	}
	step := core.NewRecord(collection)
	step.Load(map[string]any{"action": string(body.Do), "reason": body.Reason, "by": by, "by_name": e.Auth.GetString("name"), "for": insteadOf})
	if insteadOf != "" {
		name, err := nameOf(tx, insteadOf)
		if err != nil {
			return nil, err
		}
		step.Set("for_name", name)
	}
	return step, nil
}
