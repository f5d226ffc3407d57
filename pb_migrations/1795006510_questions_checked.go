package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Of a question it is told when its answer was last checked. Until now an article
// was taken for checked on the day it became public; a question says a day itself,
// unless somebody confirmed it since.
func init() {
	m.Register(func(app core.App) error {
		_, err := app.DB().NewQuery("UPDATE articles SET checked_on = coalesce((SELECT min(json_extract(row.value, '$.\"核对日期\"')) FROM article_versions v," +
			" json_each(iif(json_valid(v.facts), v.facts, '[]')) row WHERE v.id = articles.published" +
			" AND json_extract(row.value, '$.\"核对日期\"') GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')," +
			" nullif(checked_on, ''), date(published_at, '+8 hours'))" +
			" WHERE published != '' AND `column` IN (SELECT code FROM columns WHERE kind = 'qa')" +
			" AND NOT EXISTS (SELECT 1 FROM article_steps s WHERE s.article = articles.id AND s.action = 'confirm')").Execute()
		return err
	}, func(core.App) error { return nil }) // the day of publication is another field
}
