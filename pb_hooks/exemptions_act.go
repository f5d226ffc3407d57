package pb_hooks

import (
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// exemptionsLink is the page of exemptions in the workbench.
const exemptionsLink = "/supervision/standard/exemptions"

// askExemption asks for an exemption of the person's own school, or, by the bureau's
// supervisor, sets one for a school.
func (p *platform) askExemption(e *core.RequestEvent) error {
	var body struct {
		School string `json:"school"` // code; the bureau's only
		Column string `json:"column"`
		Reason string `json:"reason"`
		From   string `json:"from"`
		Until  string `json:"until"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.answerExemption(e, d, func(tx core.App) (*core.Record, error) {
		own := e.Auth.GetString("school")
		s, found := d.ByID(own)
		if own != "" {
			may, err := p.asksExemptions(tx, e.Auth)
			if err != nil || !may {
				return nil, orRefusal(err, e.ForbiddenError("豁免由校长或工作机构负责人申请。", nil))
			}
		} else {
			if err := p.decidesExemptions(tx, e); err != nil {
				return nil, err
			}
			s, found = d.ByCode(body.School)
		}
		if !found {
			return nil, refused("school", "school_unknown", "请选择学校")
		}
		c, shown := s.Column(body.Column)
		switch {
		case !shown:
			return nil, refused("column", "column_not_applicable", s.ShortName+"没有这个栏目")
		case !c.Mandatory:
			return nil, refused("column", "column_optional", "“"+c.Name+"”是选设栏目，不需要豁免")
		}
		if err := p.checkExemption(tx, s, body.Column, body.From, body.Until, ""); err != nil {
			return nil, err
		}
		reason, err := sentence("reason", "申请豁免的原因", body.Reason)
		if err != nil {
			return nil, err
		}
		collection, err := tx.FindCachedCollectionByNameOrId(records.Exemptions)
		if err != nil {
			return nil, err
		}
		now := p.options.Now().UTC()
		r := core.NewRecord(collection)
		r.Load(map[string]any{"school": s.ID, "column": body.Column, "state": exemptionAsked, "reason": reason, "from": body.From, "until": body.Until,
			"asked_by": e.Auth.Id, "asked_by_name": e.Auth.GetString("name"), "asked_at": now})
		action := "ask_exemption"
		if own == "" {
			action = "set_exemption"
			r.Load(map[string]any{"state": exemptionApproved, "decided_by": e.Auth.Id, "decided_by_name": e.Auth.GetString("name"), "decided_at": now})
		}
		if err := tx.Save(r); err != nil {
			return nil, err
		}
		if err := p.tellExemption(tx, r, s, c.Name); err != nil {
			return nil, err
		}
		return r, p.doneBy(tx, e, action, r, map[string]any{"school": s.Code, "column": body.Column, "from": body.From, "until": body.Until, "reason": reason})
	})
}

// answerExemption does something to an exemption in one transaction and answers with
// what it became.
func (p *platform) answerExemption(e *core.RequestEvent, d *records.Directory, do func(tx core.App) (*core.Record, error)) error {
	var view ExemptionView
	err := e.App.RunInTransaction(func(tx core.App) error {
		r, err := do(tx)
		if err == nil {
			view = p.exemptionView(d, r)
		}
		return err
	})
	if err != nil {
		return err
	}
	return noStore(e, view)
}

func orRefusal(err, refusal error) error {
	if err != nil {
		return err
	}
	return refusal
}

func (p *platform) decidesExemptions(tx core.App, e *core.RequestEvent) error {
	may, err := p.servesBureau(tx, e.Auth, publication.Supervisor)
	if err != nil || !may {
		return orRefusal(err, e.ForbiddenError("豁免由区级监督员办理。", nil))
	}
	return nil
}

// sentence is a text that somebody has to give.
func sentence(field, name, text string) (string, error) {
	text = strings.TrimSpace(text)
	if n := utf8.RuneCountInString(text); n == 0 || n > 500 {
		return "", refused(field, field+"_missing", "请写明"+name+"，最多 500 字")
	}
	return text, nil
}

// checkExemption refuses a period that is none, one of more than two years, one that
// has passed, and one in which the column is exempted or asked for already.
func (p *platform) checkExemption(tx core.App, s *records.School, column, from, until, but string) error {
	first, err := time.Parse(time.DateOnly, from)
	if err != nil {
		return refused("from", "date_malformed", "请填写开始日期")
	}
	last, err := time.Parse(time.DateOnly, until)
	if err != nil {
		return refused("until", "date_malformed", "请填写结束日期，豁免都有期限")
	}
	switch {
	case last.Before(first):
		return refused("until", "period_backwards", "结束日期不能早于开始日期")
	case !last.Before(first.AddDate(2, 0, 0)):
		return refused("until", "period_too_long", "豁免最长两年，到期需要的可以再申请")
	case until < p.today():
		return refused("until", "period_passed", "结束日期已经过去")
	}
	n, err := tx.CountRecords(records.Exemptions, dbx.HashExp{"school": s.ID, "column": column}, dbx.In("state", exemptionAsked, exemptionApproved),
		dbx.NewExp("`from` <= {:until} AND until >= {:from} AND id != {:but}", dbx.Params{"from": from, "until": until, "but": but}))
	if err != nil {
		return err
	}
	if n > 0 {
		return refused("from", "exemption_twice", "这个栏目在这段时间已经有豁免或申请")
	}
	return nil
}

// tellExemption tells the supervisors that one was asked for, or the school what
// became of it.
func (p *platform) tellExemption(tx core.App, r *core.Record, s *records.School, column string) error {
	state := r.GetString("state")
	n := notification{Kind: "exemption", Key: "exemption/" + r.Id + "/" + state, Link: exemptionsLink}
	if state == exemptionAsked {
		people, err := p.peopleOf(tx, "", publication.Supervisor)
		if err != nil {
			return err
		}
		n.Title = clip(s.ShortName+"申请豁免栏目“"+column+"”，请审批", 300)
		return notify(tx, people, n)
	}
	people, err := p.peopleOf(tx, s.ID, publication.Principal, publication.Officer)
	if err != nil {
		return err
	}
	said := map[string]string{exemptionApproved: "已豁免", exemptionRefused: "没有获准豁免", exemptionRevoked: "的豁免已撤销"}[state]
	n.Title = clip("栏目“"+column+"”"+said+"（"+r.GetString("from")+" 至 "+r.GetString("until")+"）", 300)
	return notify(tx, people, n)
}

func (p *platform) decideExemption(e *core.RequestEvent) error {
	var body struct {
		Approve  bool   `json:"approve"`
		Until    string `json:"until"` // an earlier end than was asked for; empty leaves it
		Decision string `json:"decision"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.changeExemption(e, exemptionAsked, "decide_exemption", func(tx core.App, r *core.Record, s *records.School) (map[string]any, error) {
		if err := p.decidesExemptions(tx, e); err != nil {
			return nil, err
		}
		state, until := exemptionRefused, r.GetString("until")
		if body.Approve {
			state = exemptionApproved
			if body.Until != "" {
				until = body.Until
			}
			if until > r.GetString("until") {
				return nil, refused("until", "until_later", "批准的期限不能超过申请的期限")
			}
			if err := p.checkExemption(tx, s, r.GetString("column"), r.GetString("from"), until, r.Id); err != nil {
				return nil, err
			}
		}
		decision := strings.TrimSpace(body.Decision)
		if !body.Approve || decision != "" {
			var err error
			if decision, err = sentence("decision", "审批意见", body.Decision); err != nil {
				return nil, err
			}
		}
		r.Load(map[string]any{"state": state, "until": until, "decision": decision, "decided_by": e.Auth.Id, "decided_by_name": e.Auth.GetString("name"),
			"decided_at": p.options.Now().UTC()})
		return map[string]any{"state": state, "until": until, "decision": decision}, nil
	})
}

func (p *platform) withdrawExemption(e *core.RequestEvent) error {
	return p.changeExemption(e, exemptionAsked, "withdraw_exemption", func(tx core.App, r *core.Record, _ *records.School) (map[string]any, error) {
		may, err := p.asksExemptions(tx, e.Auth)
		if err != nil || !may || e.Auth.GetString("school") == "" {
			return nil, orRefusal(err, e.ForbiddenError("豁免申请由本校校长或工作机构负责人撤回。", nil))
		}
		r.Set("state", exemptionWithdrawn)
		return map[string]any{"state": exemptionWithdrawn}, nil
	})
}

func (p *platform) revokeExemption(e *core.RequestEvent) error {
	var body struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	return p.changeExemption(e, exemptionApproved, "revoke_exemption", func(tx core.App, r *core.Record, _ *records.School) (map[string]any, error) {
		if err := p.decidesExemptions(tx, e); err != nil {
			return nil, err
		}
		if r.GetString("until") < p.today() {
			return nil, e.Error(http.StatusConflict, "这条豁免已经到期，不需要撤销。", nil)
		}
		reason, err := sentence("reason", "撤销的原因", body.Reason)
		if err != nil {
			return nil, err
		}
		r.Load(map[string]any{"state": exemptionRevoked, "revoked_by": e.Auth.Id, "revoked_by_name": e.Auth.GetString("name"), "revoked_at": p.options.Now().UTC(),
			"revoked_on": p.today(), "revoked_reason": reason})
		return map[string]any{"state": exemptionRevoked, "reason": reason}, nil
	})
}

// changeExemption takes an exemption from the state that it must be in to another.
func (p *platform) changeExemption(e *core.RequestEvent, from, action string,
	change func(tx core.App, r *core.Record, s *records.School) (map[string]any, error)) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.answerExemption(e, d, func(tx core.App) (*core.Record, error) {
		r, err := exemptionAskedFor(tx, e)
		if err != nil {
			return nil, err
		}
		s, ok := d.ByID(r.GetString("school"))
		if !ok {
			return nil, e.NotFoundError("没有这所学校。", nil)
		}
		was := r.GetString("state")
		detail, err := change(tx, r, s)
		if err != nil {
			return nil, err
		}
		if was != from {
			return nil, e.Error(http.StatusConflict, "这条豁免的状态已经变了，请刷新页面。", nil)
		}
		if err := tx.Save(r); err != nil {
			return nil, err
		}
		if r.GetString("state") != exemptionWithdrawn {
			if err := p.tellExemption(tx, r, s, columnName(d, r.GetString("column"))); err != nil {
				return nil, err
			}
		}
		return r, p.doneBy(tx, e, action, r, detail)
	})
}
