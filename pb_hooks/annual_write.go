package pb_hooks

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// bindAnnual keeps the reports to the routes: no superuser changes what was signed.
func bindAnnual(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("年度报告不能直接更改。", nil)
	}
	owned := []string{records.AnnualReports, records.AnnualSteps, records.AnnualTables}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// writesAnnual reports whether somebody writes a report: at a school its clerk and
// its editors, for the district the bureau's supervisor.
func (p *platform) writesAnnual(app core.App, person *core.Record, a annualAsked) (bool, error) {
	if a.school == nil {
		return p.servesBureau(app, person, publication.Supervisor)
	}
	if person.GetString("school") != a.school.ID || person.GetString("deactivated_at") != "" || !actsAsAny(person, publication.Clerk, publication.Editor) {
		return false, nil
	}
	ended, err := onlyReads(app, person)
	return ended == "", err
}

// AnnualText is what is saved: all texts, and which save they began from.
type AnnualText struct {
	Texts annual.Texts `json:"texts"`
	Base  string       `json:"base"`
}

// saveAnnual keeps the text of a report. Who saves becomes one of its writers, and
// does not sign it.
func (p *platform) saveAnnual(e *core.RequestEvent) error {
	var body AnnualText
	if err := readBody(e, &body); err != nil {
		return err
	}
	a, err := p.annualAsked(e)
	if err != nil {
		return err
	}
	for key, text := range body.Texts {
		body.Texts[key] = strings.TrimSpace(docx.Clean(text))
	}
	if wrong := body.Texts.Malformed(); len(wrong) > 0 {
		problems := validation.Errors{}
		for key, sentence := range wrong {
			problems[key] = validation.NewError("annual_malformed", sentence)
		}
		return problems
	}
	err = e.App.RunInTransaction(func(tx core.App) error { return p.keepAnnual(tx, e, a, body) })
	if err != nil {
		return err
	}
	return p.answerAnnual(e, a)
}

func (p *platform) keepAnnual(tx core.App, e *core.RequestEvent, a annualAsked, body AnnualText) error {
	writes, err := p.writesAnnual(tx, e.Auth, a)
	if err != nil {
		return err
	}
	if !writes {
		return e.ForbiddenError("年度报告由本校的信息公开专管员或者信息编辑员撰写。", nil)
	}
	c, err := annualCaseOf(tx, a.id(), a.year)
	if err != nil {
		return err
	}
	if !c.MayBeWritten() {
		return router.NewApiError(http.StatusConflict, "报告已经签发，正在审核，现在不能修改。需要修改的，请先在信息页撤回送审。", nil)
	}
	r, base := c.record, ""
	if r == nil {
		collection, err := tx.FindCachedCollectionByNameOrId(records.AnnualReports)
		if err != nil {
			return err
		}
		r = core.NewRecord(collection)
		r.Id = idOf(records.AnnualReports, fmt.Sprintf("%s/%d", a.id(), a.year))
		r.Load(map[string]any{"school": a.id(), "year": a.year})
	} else {
		base = r.GetString("updated")
	}
	if body.Base != base {
		return staleSave()
	}
	before := annual.Texts{}
	if raw := r.GetString("texts"); raw != "" && raw != "null" {
		if err := r.UnmarshalJSONField("texts", &before); err != nil {
			return err
		}
	}
	var sections []string // that were changed
	for _, key := range slices.Sorted(maps.Keys(body.Texts)) {
		if body.Texts[key] != before[key] {
			sections = append(sections, key)
			before[key] = body.Texts[key]
		}
	}
	writers := slices.DeleteFunc(r.GetStringSlice("writers"), func(id string) bool { return id == e.Auth.Id })
	r.Load(map[string]any{"texts": before, "writers": append(writers, e.Auth.Id), "changed": r.GetBool("changed") || len(sections) > 0})
	if err := tx.Save(r); err != nil {
		return err
	}
	return p.doneBy(tx, e, "save_annual_report", r, map[string]any{"year": a.year, "sections": sections})
}
