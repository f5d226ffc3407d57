package pb_hooks

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// Bounds of the reason for which a finding may stand, in characters.
const (
	leastReason = 10
	mostReason  = 500
)

// overrideFinding lets what was found stand: the secrecy reviewer who decides
// on the text now writes why. The record of the finding is what is counted.
func (p *platform) overrideFinding(e *core.RequestEvent) error {
	finding, err := visible(e, records.Findings, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	var body struct {
		Reason string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	reason := strings.TrimSpace(body.Reason)
	err = e.App.RunInTransaction(func(tx core.App) error {
		if finding, err = tx.FindRecordById(records.Findings, finding.Id); err != nil {
			return err
		}
		way, err := p.mayOverride(tx, e.Auth, finding)
		if err != nil {
			return err
		}
		switch n := utf8.RuneCountInString(reason); {
		case way == nil:
			return e.ForbiddenError("只有正在办理这条信息保密审查的审查员，才能写明理由放行。", nil)
		case finding.GetString("state") != "open":
			return refused("id", "finding_is_closed", "这一处已经处理过了")
		case n < leastReason:
			return refused("reason", "reason_too_short", "请写明可以公开的理由，至少 10 个字")
		case n > mostReason:
			return refused("reason", "reason_too_long", "理由最多 500 个字")
		}
		name := e.Auth.GetString("name")
		if way.insteadOf != "" {
			absent, err := nameOf(tx, way.insteadOf)
			if err != nil {
				return err
			}
			name = clip(name+"（代"+absent+"）", 50)
		}
		finding.Load(map[string]any{"state": "overridden", "reason": reason, "by": e.Auth.Id, "by_name": name, "at": p.options.Now().UTC()})
		if err := tx.Save(finding); err != nil {
			return err
		}
		return p.doneBy(tx, e, "override", finding, map[string]any{"article": finding.GetString("article"), "class": finding.GetString("class"), "by_name": name,
			"reason": map[string]any{"chars": utf8.RuneCountInString(reason), "sha256": fingerprint(reason)}})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, finding)
}

// mayOverride is the way in which a person decides on a finding, or nil. In a
// text under review it is who may clear it now; in a public one, where a rescan
// found something, a secrecy reviewer of the school who did not write it.
func (p *platform) mayOverride(app core.App, person, finding *core.Record) (*holder, error) {
	article, err := app.FindRecordById(records.Articles, finding.GetString("article"))
	if err != nil {
		return nil, err
	}
	version, err := app.FindRecordById(records.Versions, finding.GetString("version"))
	if err != nil || slices.Contains(version.GetStringSlice("writers"), person.Id) {
		return nil, err
	}
	switch version.Id {
	case article.GetString("pending"):
		return p.mayClear(app, person, article)
	case article.GetString("published"):
		if person.GetString("school") != article.GetString("school") {
			return nil, nil
		}
		ways, err := p.waysTo(app, person, publication.SecrecyReviewer)
		ways = slices.DeleteFunc(ways, func(w holder) bool { return slices.Contains(version.GetStringSlice("writers"), w.insteadOf) })
		if err != nil || len(ways) == 0 {
			return nil, err
		}
		return &ways[0], nil
	}
	return nil, nil
}

// mayClear asks what taking the secrecy review would ask.
func (p *platform) mayClear(app core.App, person, article *core.Record) (*holder, error) {
	a, err := stand(app, article.Id)
	if err != nil {
		return nil, err
	}
	signed, ok, err := p.mayTake(app, person, article, a, publication.Clear)
	if err != nil || !ok {
		return nil, err
	}
	return &holder{person.Id, signed["for"].(string)}, nil
}

// Overrides counts the findings that were let stand with a reason.
type Overrides struct {
	Total   int             `json:"total"`
	Schools []OverrideCount `json:"schools"`
}

// OverrideCount is a school's; where it is high, somebody should look.
type OverrideCount struct {
	School     string `json:"school"` // short name
	SchoolCode string `json:"school_code"`
	Count      int    `json:"count"`
	Since      string `json:"since"` // day of the first one
	Last       string `json:"last"`  // day of the newest one
}

// countOverrides answers the bureau's supervisor for every school, and those
// who serve a school for theirs. The findings themselves are the count: nothing
// is kept beside them that could say something else.
func (p *platform) countOverrides(e *core.RequestEvent) error {
	school := e.Auth.GetString("school")
	if school == "" {
		ways, err := p.waysTo(e.App, e.Auth, publication.Supervisor)
		if err != nil {
			return err
		}
		if len(ways) == 0 {
			return e.ForbiddenError("只有区级监督员能看全区的放行统计。", nil)
		}
	} else if acts := e.Auth.GetStringSlice("acts_as"); !slices.ContainsFunc(acts, servesPublication) {
		return e.ForbiddenError("您没有办理信息公开的职责。", nil)
	}
	counted, err := p.overridesOf(e.App, school)
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, counted)
}

func servesPublication(duty string) bool {
	return slices.Contains([]publication.Duty{publication.Editor, publication.Reviewer, publication.SecrecyReviewer, publication.Principal}, publication.Duty(duty))
}

// overridesOf counts by school; "" counts all of them.
func (p *platform) overridesOf(app core.App, school string) (Overrides, error) {
	query := app.DB().Select("a.school AS school", "count(*) AS count", "min(f.at) AS since", "max(f.at) AS last").From("findings f").
		InnerJoin("articles a", dbx.NewExp("a.id = f.article")).
		Where(dbx.HashExp{"f.state": "overridden", "f.level": string(scan.Block)}).GroupBy("a.school")
	if school != "" {
		query.AndWhere(dbx.HashExp{"a.school": school})
	}
	var rows []struct {
		School, Since, Last string
		Count               int
	}
	if err := query.All(&rows); err != nil {
		return Overrides{}, err
	}
	directory, err := p.directory()
	if err != nil {
		return Overrides{}, err
	}
	counted := Overrides{Schools: []OverrideCount{}}
	for _, r := range rows {
		s, _ := directory.ByID(r.School)
		counted.Total += r.Count
		counted.Schools = append(counted.Schools, OverrideCount{School: s.ShortName, SchoolCode: s.Code, Count: r.Count, Since: dayOf(stamp(r.Since)), Last: dayOf(stamp(r.Last))})
	}
	slices.SortStableFunc(counted.Schools, func(a, b OverrideCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.SchoolCode, b.SchoolCode))
	})
	return counted, nil
}
