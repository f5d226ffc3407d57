package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// dutyAt is the duty that reviews a version at a stage.
var dutyAt = map[publication.Stage]publication.Duty{
	publication.Reviewing: publication.Reviewer, publication.SecondReviewing: publication.Principal,
	publication.SecrecyReviewing: publication.SecrecyReviewer, publication.Referred: publication.SecrecyReviewer,
}

// route says by when the version is to be reviewed, and whether the school has
// anybody left to do it. Where it has not, the case is the bureau's, and
// everybody can see that.
func (p *platform) route(app core.App, article *core.Record, a publication.Article) error {
	article.Set("at_bureau", false)
	article.Set("stage_due", "")
	if !a.Stage.UnderReview() {
		return nil
	}
	rule, err := p.ruleFor(app, article)
	if err != nil {
		return err
	}
	calendar, err := p.calendar(app)
	if err != nil {
		return err
	}
	since := workday.Date(dayOf(article.GetDateTime("stage_since").Time()))
	article.Set("stage_due", string(calendar.Add(since, rule.Workdays)))
	people, err := p.reviewersAt(app, article, a)
	if err != nil {
		return err
	}
	article.Set("at_bureau", a.Stage == publication.Referred || len(people) == 0)
	return nil
}

// reviewersAt are the people of the school who may take the review that the
// version waits for: not its writers, not those who reviewed it before.
func (p *platform) reviewersAt(app core.App, article *core.Record, a publication.Article) ([]string, error) {
	if a.Stage == publication.Referred {
		return nil, nil
	}
	holders, err := p.holders(app, article.GetString("school"), dutyAt[a.Stage])
	if err != nil {
		return nil, err
	}
	var may []string
	for _, h := range holders {
		if a.MayReview(h.person) && (h.insteadOf == "" || a.MayReview(h.insteadOf)) && !slices.Contains(may, h.person) {
			may = append(may, h.person)
		}
	}
	return may, nil
}

// ruleFor is which reviews the article's column asks for today.
func (p *platform) ruleFor(app core.App, article *core.Record) (publication.Rule, error) {
	school, column, err := p.placeOf(app, article)
	if err != nil {
		return publication.Rule{}, err
	}
	rules, err := reviewRules(app)
	return publication.RuleFor(rules, publication.Place{Column: column.Code, Stages: school.Stages, Ownership: school.Ownership}, p.today()), err
}

func reviewRules(app core.App) (rules []publication.Rule, err error) {
	rows, err := app.FindAllRecords(records.ReviewRules)
	for _, r := range rows {
		rules = append(rules, publication.Rule{Column: r.GetString("column"), Stage: r.GetString("stage"), Ownership: r.GetString("ownership"),
			Form: publication.Form(r.GetString("form")), Workdays: r.GetInt("workdays"), From: r.GetString("valid_from")})
	}
	return rules, err
}

// reroute looks again at everything of a school that is under review: its people
// have changed, or their duties, or the day.
func (p *platform) reroute(app core.App, school string) error {
	waiting, err := app.FindRecordsByFilter(records.Articles, "school = {:school} && (stage = 'reviewing' || stage = 'second_reviewing' || stage = 'secrecy_reviewing')",
		"", 0, 0, dbx.Params{"school": school})
	if err != nil {
		return err
	}
	for _, article := range waiting {
		a, err := stand(app, article.Id)
		if err != nil {
			return err
		}
		was := article.GetBool("at_bureau")
		if err := p.route(app, article, a); err != nil {
			return err
		}
		if was == article.GetBool("at_bureau") {
			continue
		}
		if err := app.Save(article); err != nil {
			return err
		}
		if err := p.tellMoved(app, article, a); err != nil {
			return err
		}
	}
	return nil
}

// tellMoved tells those in whose hands a case is now: the bureau's, because the
// school has nobody left, or the school's again.
func (p *platform) tellMoved(app core.App, article *core.Record, a publication.Article) error {
	people, err := p.nextReviewers(app, article, a)
	if err != nil {
		return err
	}
	title := a.Stage.Name() + "：" + article.GetString("title")
	if article.GetBool("at_bureau") {
		title = a.Stage.Name() + "（学校无人可审，转区级办理）：" + article.GetString("title")
	}
	return notify(app, people, notification{Kind: "to_review", Key: "moved/" + article.Id + "/" + string(a.Stage) + "/" + p.today(),
		Link: "/articles/" + article.Id, Title: clip(title, 300)})
}
