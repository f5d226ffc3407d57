package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// countAnswer counts that something published answered a visitor who was about to
// apply. Nothing is kept of the visitor; one address counts once a day for each
// article.
func (p *platform) countAnswer(e *core.RequestEvent) error {
	var body struct {
		Article string `json:"article"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	counts, err := p.hear(e, body.Article, "answered")
	if err != nil {
		return err
	}
	if !counts {
		return e.NoContent(http.StatusNoContent)
	}
	_, err = e.App.NonconcurrentDB().NewQuery("INSERT INTO article_answers (id, article, day, count) VALUES ({:id}, {:article}, {:day}, 1)" +
		" ON CONFLICT (article, day) DO UPDATE SET count = count + 1").
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "article": body.Article, "day": p.today()}).Execute()
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
