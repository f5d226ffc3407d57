package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// public_articles is everything the public may know of articles: what is
// published, and of what was withdrawn only that it was, when and why. A column
// not named here cannot leak.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewViewCollection("public_articles")
		c.ViewQuery = "SELECT a.id AS id, a.school AS school, a.`column` AS `column`, a.state AS state, a.index_number AS index_number," +
			" a.published_at AS published_at, a.first_published_at AS first_published_at," +
			" a.withdrawn_at AS withdrawn_at, a.withdrawn_reason AS withdrawn_reason, a.checked_on AS checked_on," +
			" v.id AS version, v.number AS number, v.source AS source, v.doc_number AS doc_number," +
			" v.created_on AS created_on, v.valid_until AS valid_until," +
			" (CASE WHEN a.state = 'published' THEN v.title ELSE '' END) AS title," +
			" (CASE WHEN a.state = 'published' THEN v.summary ELSE '' END) AS summary," +
			" (CASE WHEN a.state = 'published' THEN v.facts ELSE '' END) AS facts," +
			" (CASE WHEN a.state = 'published' THEN v.attachments ELSE '[]' END) AS attachments," +
			" (CASE WHEN a.state = 'published' THEN v.body ELSE '' END) AS body" +
			" FROM articles a JOIN article_versions v ON v.id = a.published" +
			" WHERE a.state IN ('published', 'withdrawn')"
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "public_articles") })
}
