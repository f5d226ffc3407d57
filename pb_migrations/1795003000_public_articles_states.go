package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// public_articles with the states that review brought: an expired or archived
// article is still readable; of a concluded 公示 the fact remains, its title
// and period; of a withdrawn one neither.
func init() {
	const readable = "a.state IN ('published', 'expired', 'archived')"
	m.Register(func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			cs[0].ViewQuery = "SELECT a.id AS id, a.school AS school, a.`column` AS `column`, a.state AS state, a.index_number AS index_number," +
				" a.published_at AS published_at, a.first_published_at AS first_published_at," +
				" a.withdrawn_at AS withdrawn_at, a.withdrawn_reason AS withdrawn_reason, a.checked_on AS checked_on," +
				" a.publicity_until AS publicity_until," +
				" v.id AS version, v.number AS number, v.source AS source, v.doc_number AS doc_number," +
				" v.created_on AS created_on, v.valid_until AS valid_until," +
				" (CASE WHEN a.state != 'withdrawn' THEN v.title ELSE '' END) AS title," +
				" (CASE WHEN " + readable + " THEN v.summary ELSE '' END) AS summary," +
				" (CASE WHEN " + readable + " THEN v.facts ELSE '' END) AS facts," +
				" (CASE WHEN " + readable + " THEN v.attachments ELSE '[]' END) AS attachments," +
				" (CASE WHEN " + readable + " THEN v.body ELSE '' END) AS body" +
				" FROM articles a JOIN article_versions v ON v.id = a.published" +
				" WHERE a.state IN ('published', 'withdrawn', 'concluded', 'expired', 'archived')"
		}, "public_articles")
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) { cs[0].ViewQuery = publicArticlesBefore }, "public_articles")
	})
}

const publicArticlesBefore = "SELECT a.id AS id, a.school AS school, a.`column` AS `column`, a.state AS state, a.index_number AS index_number," +
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
