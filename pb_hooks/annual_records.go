package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// annualCase is the report of a school for a year: what was written, its steps, its
// article.
type annualCase struct {
	record  *core.Record // nil as long as nothing is written
	steps   []*core.Record
	article *core.Record // that it became, or that was published in its place
	annual.Standing
}

// annualCases are the reports of a year by school: of one, or with "" of all, and
// under "" that of the district. They take four queries, however many there are.
func annualCases(app core.App, school string, year int) (map[string]*annualCase, error) {
	where := dbx.HashExp{"year": year}
	if school != "" {
		where["school"] = school
	}
	list, err := app.FindAllRecords(records.AnnualReports, where)
	if err != nil {
		return nil, err
	}
	cases, byID := map[string]*annualCase{}, map[string]*annualCase{}
	var articles []string
	for _, r := range list {
		c := &annualCase{record: r}
		c.Begun, c.Changed = true, r.GetBool("changed")
		cases[r.GetString("school")], byID[r.Id] = c, c
		articles = append(articles, r.GetString("article"))
	}
	var steps []*core.Record
	if err := app.RecordQuery(records.AnnualSteps).AndWhere(dbx.HashExp{"report": anys(idsOf(list))}).OrderBy("_rowid_").All(&steps); err != nil {
		return nil, err
	}
	for _, s := range steps {
		c := byID[s.GetString("report")]
		c.steps = append(c.steps, s)
		c.Last = annual.Action(s.GetString("action"))
	}
	found, err := app.FindRecordsByIds(records.Articles, slices.DeleteFunc(articles, func(id string) bool { return id == "" }))
	if err != nil {
		return nil, err
	}
	for _, a := range found {
		cases[a.GetString("school")].follow(a)
	}
	return cases, addElsewhere(app, cases, school, year)
}

// follow takes over where the article is.
func (c *annualCase) follow(article *core.Record) {
	state, stage := publication.State(article.GetString("state")), publication.Stage(article.GetString("stage"))
	c.article = article
	c.UnderReview = stage.UnderReview() || stage == publication.Released
	c.SentBack = stage == publication.Returned || stage == publication.Withheld || stage == publication.Drafting && state == publication.Draft
	c.Public = state.IsPublic()
	c.Gone = !c.Public && state != publication.Draft
	if first := article.GetDateTime("first_published_at").Time(); !first.IsZero() {
		c.PublishedOn = workday.Date(dayOf(first))
	}
}

// addElsewhere adds the reports that were published without being written here:
// public articles of the column whose title names the year.
func addElsewhere(app core.App, cases map[string]*annualCase, school string, year int) error {
	where := dbx.HashExp{"column": annual.Column, "state": []any{string(publication.Published), string(publication.Expired), string(publication.Archived)}}
	if school != "" {
		where["school"] = school
	}
	var articles []*core.Record
	if err := app.RecordQuery(records.Articles).AndWhere(where).OrderBy("first_published_at").All(&articles); err != nil {
		return err
	}
	for _, a := range articles {
		if annual.YearOfTitle(a.GetString("title")) != year {
			continue
		}
		c := cases[a.GetString("school")]
		if c == nil {
			c = &annualCase{}
			cases[a.GetString("school")] = c
		}
		if c.article == nil {
			c.article, c.Public, c.PublishedOn = a, true, workday.Date(dayOf(a.GetDateTime("first_published_at").Time()))
		}
	}
	return nil
}

// annualCaseOf is the report of one school ("" is the district); one that nobody
// wrote has no record.
func annualCaseOf(app core.App, school string, year int) (*annualCase, error) {
	cases, err := annualCases(app, school, year)
	if err != nil {
		return nil, err
	}
	if c := cases[school]; c != nil {
		return c, nil
	}
	return &annualCase{}, nil
}

// annualReports are the days on which schools published their report of a year, by
// school; those that did not are left out.
func (p *platform) annualReports(app core.App, year int) (map[string]workday.Date, error) {
	cases, err := annualCases(app, "", year)
	on := map[string]workday.Date{}
	for school, c := range cases {
		if c.Public {
			on[school] = c.PublishedOn
		}
	}
	return on, err
}

// reportTexts is what was written for a year.
func reportTexts(app core.App, school string, year int) (annual.Texts, error) {
	r, err := onlyOne(app, records.AnnualReports, school, year)
	texts := annual.Texts{}
	if err != nil || r == nil {
		return texts, err
	}
	return texts, r.UnmarshalJSONField("texts", &texts)
}
