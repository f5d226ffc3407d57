package pb_hooks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// takeOrder takes a step on a part in a transaction: it is judged, stored with what
// was told at the time, the part shows where it stands, and whoever is next is told.
// It returns the part as it is then. Errors about a field are validation.Errors.
func (p *platform) takeOrder(tx core.App, c orderPart, e order.Event, by actor) (orderPart, error) {
	if e.Recorded == "" {
		e.Recorded = workday.Date(p.today())
	}
	if e.On == "" {
		e.On = e.Recorded
	}
	after, err := c.Take(e)
	if err != nil {
		return c, orderRefusal(err)
	}
	if n := len(after.Ledger); n > len(c.Ledger) {
		e.Told = after.Ledger[n-1].Due
	}
	step, err := p.newOrderStep(tx, c, e)
	if err != nil {
		return c, err
	}
	became := orderPart{after, c.paper, c.record, append(slices.Clip(c.steps), step), append(slices.Clip(c.events), e)}
	settleOrder(became)
	for _, r := range []*core.Record{became.record, step} {
		if err := tx.Save(r); err != nil {
			return c, err
		}
	}
	if e.Do == order.Submit {
		if err := submitFiles(tx, c.record.Id, step.Id); err != nil {
			return c, err
		}
	}
	if err := p.tellOfOrder(tx, became, e, step); err != nil {
		return c, err
	}
	done, err := orderDeed(became.record, step)
	if err != nil {
		return c, err
	}
	return became, p.audit(tx, by, done)
}

// orderRefusal shows a refusal of the procedure at the field it is about.
func orderRefusal(err error) error {
	var r order.Refusal
	if !errors.As(err, &r) {
		return err
	}
	field := r.Field
	if field == "" {
		field = "do"
	}
	return validation.Errors{field: fieldError(r)}
}

// newOrderStep is a step on a record that is not stored yet.
func (p *platform) newOrderStep(tx core.App, c orderPart, e order.Event) (*core.Record, error) {
	r, err := blank(tx, records.OrderSteps)
	if err != nil {
		return nil, err
	}
	r.Load(map[string]any{"part": c.record.Id, "action": string(e.Do), "role": string(e.As), "state": string(c.State), "by": e.By, "for": e.For,
		"on": string(e.On), "recorded": string(e.Recorded), "at": p.options.Now().UTC(), "reason": e.Reason, "days": e.Days, "norm": string(e.Norm), "told": string(e.Told)})
	for field, id := range map[string]string{"by_name": e.By, "for_name": e.For} {
		if id == "" {
			continue
		}
		name, err := nameOf(tx, id)
		if err != nil {
			return nil, err
		}
		r.Set(field, name)
	}
	return r, nil
}

// settleOrder writes on the part what its steps add up to.
func settleOrder(c orderPart) {
	reported := workday.Date("")
	if n := len(c.Reports); n > 0 {
		reported = c.Reports[n-1].On
	}
	c.record.Load(map[string]any{"state": string(c.State), "clock": string(c.Clock), "issued": string(c.Issued), "ack_by": string(c.AckBy),
		"acknowledged": string(c.Acknowledged), "due": string(c.Due), "reported": string(reported), "closed": string(c.Closed), "withdrawn": string(c.Withdrawn),
		"provisional": c.Provisional, "on_time": c.OnTime(), "asked": c.IsAsked(), "talk": c.WaitsForTalk()})
}

// submitFiles binds the files that wait in a part to the report that they go with.
func submitFiles(tx core.App, part, step string) error {
	files, err := tx.FindAllRecords(records.OrderFiles, dbx.HashExp{"part": part, "step": ""})
	for _, f := range files {
		f.Set("step", step)
		if err := tx.Save(f); err != nil {
			return err
		}
	}
	return err
}

// orderDeed is how a step stands in the audit: with a sum over all that it says.
func orderDeed(part, step *core.Record) (deed, error) {
	exact := map[string]string{}
	for _, f := range []string{"id", "part", "action", "role", "state", "by", "for", "on", "recorded", "at", "reason", "days", "norm", "told"} {
		exact[f] = step.GetString(f)
	}
	raw, err := json.Marshal(exact)
	sum := sha256.Sum256(raw)
	return deed{"order_" + step.GetString("action"), records.OrderParts, part.Id,
		map[string]any{"number": part.GetString("number"), "step": step.Id, "sha256": hex.EncodeToString(sum[:])}}, err
}
