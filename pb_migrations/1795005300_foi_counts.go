package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Frozen tables of the annual report, how often something published answered a
// visitor who was about to apply, mails to people outside, and what staff are
// told of requests.
func init() {
	told := []string{"request", "request_alarm", "calendar"}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{foiTables, articleAnswers, foiMails} {
			if err := make(app); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.Concat(kind.Values, told)
		}, "notifications")
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind IN ('request', 'request_alarm', 'calendar')").Execute(); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.DeleteFunc(kind.Values, func(v string) bool { return slices.Contains(told, v) })
		}, "notifications")
		if err != nil {
			return err
		}
		return dropAll(app, "foi_mails", "article_answers", "foi_tables")
	})
}

// foiTables: a year of a school as it was on the day it was frozen.
func foiTables(app core.App) error {
	c := core.NewBaseCollection("foi_tables")
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(&core.NumberField{Name: "year", OnlyInt: true, Required: true}, &core.JSONField{Name: "table3", MaxSize: 5 << 20},
		&core.JSONField{Name: "table4", MaxSize: 5 << 20}, &core.TextField{Name: "by_name", Max: 50})
	timestampsOfFinal(c)
	c.AddIndex("idx_foi_tables_year", true, "school, year", "")
	return app.Save(c)
}

// articleAnswers counts by day; nothing is kept of the visitor.
func articleAnswers(app core.App) error {
	c := core.NewBaseCollection("article_answers")
	if err := with(app, c, map[string]string{"article": "articles"}); err != nil {
		return err
	}
	article := c.Fields.GetByName("article").(*core.RelationField)
	article.Required, article.CascadeDelete = true, true
	c.Fields.Add(day("day"), &core.NumberField{Name: "count", OnlyInt: true})
	c.AddIndex("idx_article_answers_day", true, "article, day", "")
	return app.Save(c)
}

// foiMails go to applicants and to those asked for an opinion. Like a mail to
// staff, one is stored before it goes out and never sent twice.
func foiMails(app core.App) error {
	c := core.NewBaseCollection("foi_mails")
	if err := with(app, c, map[string]string{"request": "foi_requests"}); err != nil {
		return err
	}
	c.Fields.GetByName("request").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "key", Required: true, Max: 120},
		&core.TextField{Name: "recipient", Max: 1000, Hidden: true}, &core.TextField{Name: "content", Max: 20000, Hidden: true}, // sealed
		&core.TextField{Name: "subject", Max: 200},
		&core.TextField{Name: "letter", Max: 15}, // that goes with it
		one("state", "waiting", "sending", "sent", "refused", "failed", "unknown", "skipped"),
		&core.NumberField{Name: "tries", OnlyInt: true}, &core.DateField{Name: "at"}, &core.DateField{Name: "next_at"},
		&core.TextField{Name: "error", Max: 500},
	)
	timestamps(c)
	c.AddIndex("idx_foi_mails_once", true, "request, `key`", "")
	c.AddIndex("idx_foi_mails_open", false, "state, next_at", "state = 'waiting' OR state = 'sending' OR state = 'refused'")
	return app.Save(c)
}
