package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// An article that is a selected letter (选登) keeps which one: it may be public only
// as long as the letter may. A letter keeps the question (便民问答) made of it.
func init() {
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.TextField{Name: "letter", Max: 15, Hidden: true})
			cs[1].Fields.Add(&core.TextField{Name: "question", Max: 15})
		}, "articles", "inquiries")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].Fields.RemoveByName("letter")
			cs[1].Fields.RemoveByName("question")
		}, "articles", "inquiries")
	})
}
