package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// notification is one event told to one person.
type notification struct {
	Kind, Key, Title, Link string
	Urgent                 bool
}

// notify tells people once: who was told of an event is not told again.
func notify(app core.App, people []string, n notification) error {
	c, err := app.FindCachedCollectionByNameOrId(records.Notices)
	if err != nil {
		return err
	}
	for _, person := range people {
		told, err := app.CountRecords(records.Notices, dbx.HashExp{"staff": person, "key": n.Key})
		if err != nil {
			return err
		}
		if person == "" || told > 0 {
			continue
		}
		if err := app.Save(n.to(c, person)); err != nil {
			return err
		}
	}
	return nil
}

// to is the record that tells a person.
func (n notification) to(c *core.Collection, person string) *core.Record {
	r := core.NewRecord(c)
	r.Load(map[string]any{"staff": person, "key": n.Key, "kind": n.Kind, "title": n.Title, "link": n.Link, "urgent": n.Urgent})
	return r
}

// tellPeople tells those whom a step concerns: who is to review next, and who
// wrote the text.
func (p *platform) tellPeople(app core.App, article *core.Record, a publication.Article, step *core.Record) error {
	title, by := article.GetString("title"), step.GetString("by")
	n := notification{Link: "/articles/" + article.Id, Key: "step/" + step.Id}
	var people []string
	var err error
	switch do := publication.Action(step.GetString("action")); {
	case a.Stage.UnderReview() && do.IsReview():
		n.Kind, n.Title = "to_review", a.Stage.Name()+"："+title
		people, err = p.nextReviewers(app, article, a)
	case do == publication.Return:
		n.Kind, n.Title = "returned", "退回修改："+title
		people, err = ofSchools(app, a.Writers)
	case do == publication.Withhold:
		n.Kind, n.Title = "withheld", "不予公开："+title
		people, err = ofSchools(app, a.Writers)
	case do == publication.Publish:
		n.Kind, n.Title = "published", "已公开："+title
		people, err = writersOf(app, step.GetString("version"))
	case do == publication.Conclude:
		n.Kind, n.Title = "concluded", "公示期满，已撤下："+title
		people, err = writersOf(app, step.GetString("version"))
	case do == publication.TakeDown:
		n.Kind, n.Title, n.Urgent = "withdrawn", clip("区教育局紧急撤下："+title+"（"+step.GetString("reason")+"）", 300), true
		people, err = p.peopleOf(app, article.GetString("school"), publication.Editor, publication.Principal)
	}
	if err != nil {
		return err
	}
	return notify(app, slices.DeleteFunc(slices.Clone(people), func(id string) bool { return id == by }), n)
}

// nextReviewers are those who may review next: of the school, or of the bureau
// where the school has nobody.
func (p *platform) nextReviewers(app core.App, article *core.Record, a publication.Article) ([]string, error) {
	if !article.GetBool("at_bureau") {
		return p.reviewersAt(app, article, a)
	}
	duty := dutyAt[a.Stage]
	if duty == publication.Principal {
		duty = publication.Reviewer
	}
	return p.peopleOf(app, "", duty)
}

// peopleOf are the active people of a school ("" is the bureau) with any of the
// duties.
func (p *platform) peopleOf(app core.App, school string, duties ...publication.Duty) ([]string, error) {
	var people []string
	for _, duty := range duties {
		holders, err := p.holders(app, school, duty)
		if err != nil {
			return nil, err
		}
		for _, h := range holders {
			if !slices.Contains(people, h.person) {
				people = append(people, h.person)
			}
		}
	}
	return people, nil
}

func writersOf(app core.App, version string) ([]string, error) {
	v, err := app.FindRecordById(records.Versions, version)
	if err != nil {
		return nil, err
	}
	return ofSchools(app, v.GetStringSlice("writers"))
}

// ofSchools leaves out the bureau's: who wrote a broadcast follows it there.
func ofSchools(app core.App, writers []string) ([]string, error) {
	people, err := app.FindRecordsByIds(records.Staff, writers)
	if err != nil {
		return nil, err
	}
	var here []string
	for _, person := range people {
		if person.GetString("school") != "" {
			here = append(here, person.Id)
		}
	}
	return here, nil
}
