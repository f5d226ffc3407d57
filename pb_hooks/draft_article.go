package pb_hooks

import (
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// draftArticle makes a draft article out of something that was said elsewhere: an
// answer, a letter. Facts are the named fields of the column, nil where it has
// none; body is HTML. It goes the way of every article: the scanner, the reviews.
// By and the writers of the text are its writers and review none of it. That the
// school has no such column is an error at the field.
func (p *platform) draftArticle(tx core.App, by *core.Record, school, column, title string, facts map[string]string, body string,
	writers []string) (*core.Record, error) {
	collection, err := tx.FindCachedCollectionByNameOrId(records.Articles)
	if err != nil {
		return nil, err
	}
	title = clip(strings.TrimSpace(title), 200)
	article := core.NewRecord(collection)
	article.Load(map[string]any{"school": school, "column": column, "title": title, "author": by.Id,
		"state": string(publication.Draft), "stage": string(publication.Drafting)})
	if err := tx.Save(article); err != nil {
		return nil, err
	}
	version, err := firstVersion(tx, article)
	if err != nil {
		return nil, err
	}
	if !slices.Contains(writers, by.Id) {
		writers = append(slices.Clone(writers), by.Id)
	}
	version.Load(map[string]any{"title": title, "body": body, "writers": writers})
	if len(facts) > 0 {
		version.Set("facts", []map[string]string{facts})
	}
	return article, tx.Save(version)
}

// firstVersion is the text of an article that was just started.
func firstVersion(app core.App, article *core.Record) (*core.Record, error) {
	return app.FindFirstRecordByFilter(records.Versions, "article = {:article}", dbx.Params{"article": article.Id})
}
