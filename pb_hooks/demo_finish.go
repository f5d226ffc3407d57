package pb_hooks

import (
	"context"
	"fmt"
	"slices"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// demoDrafts is how many schools have begun a text.
const demoDrafts = 3

func demoDraftKey(plan demo.Plan) string { return plan.KeyPrefix() + "draft" }

// finishDemo plays what people did, and begins a few drafts; the last of them is
// the sign that the demonstration is complete.
func (p *platform) finishDemo(ctx context.Context, plan demo.Plan) error {
	if plan.Articles == 0 {
		return nil
	}
	if err := p.play(plan, slices.Concat(demoItems(), demoItemsElsewhere(), demoAround(), demoCalls(), demoRequests(), demoLetters(), demoSurveys(), demoAnnual(), demoStandard(), demoResponsibility(), demoSilences(), demoLinks(), demoOrders(), demoPush(), demoLives(), demoRegistry())); err != nil {
		return fmt.Errorf("play what people did: %w", err)
	}
	if err := p.demoMoveIn(ctx, plan); err != nil {
		return fmt.Errorf("move an old site in: %w", err)
	}
	if err := p.lookForWords(ctx); err != nil {
		return fmt.Errorf("look for the bureau's words: %w", err)
	}
	if err := p.demoProbes(ctx); err != nil {
		return fmt.Errorf("look at the pages of the site: %w", err)
	}
	if err := p.demoDays(ctx, plan.Days); err != nil {
		return fmt.Errorf("make the snapshots of the days before: %w", err)
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	drafted := 0
	for _, s := range plan.Made() {
		school, _ := d.ByCode(s.Code)
		if s.Status == registry.Open && drafted < demoDrafts {
			drafted++
			if err := p.draftDemo(school, drafted, min(plan.Schools, demoDrafts), plan); err != nil {
				return fmt.Errorf("begin a draft: %w", err)
			}
		}
	}
	return nil
}

func (p *platform) draftDemo(school *records.School, n, last int, plan demo.Plan) error {
	r, fresh, err := isNew(p.app, records.Articles, fmt.Sprintf("%sdraft/%d", plan.KeyPrefix(), n))
	if err != nil || !fresh {
		return err
	}
	r.Load(map[string]any{"school": school.ID, "column": "A0308", "title": fmt.Sprintf("关于召开家长会的通知（草稿%d）", n), "state": "draft"})
	if n == last {
		r.Set("import_key", demoDraftKey(plan))
	}
	if err := p.app.Save(r); err != nil {
		return err
	}
	v, err := p.app.FindFirstRecordByData(records.Versions, "article", r.Id)
	if err != nil {
		return err
	}
	v.Load(map[string]any{"body": demoText("各位家长：学校定于近期召开家长会，具体时间另行通知。"), "created_on": p.today()})
	return p.app.Save(v)
}
