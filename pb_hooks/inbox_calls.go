package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// addCalls adds the calls for opinions (意见征集) of the school that have ended
// without a published result: for those who can write it.
func (d *inboxDraw) addCalls() error {
	school := d.person.GetString("school")
	if school == "" {
		return nil
	}
	editor, err := d.p.waysTo(d.app, d.person, publication.Editor)
	if err != nil || len(editor) == 0 {
		return err
	}
	var calls []struct {
		ID    string `db:"id"`
		Facts string `db:"facts"`
	}
	err = d.app.DB().NewQuery("SELECT a.id, v.facts FROM articles a JOIN article_versions v ON v.id = a.published" +
		" WHERE a.school = {:school} AND a.`column` = {:column} AND a.state IN ('published', 'expired')").
		Bind(dbx.Params{"school": school, "column": callColumn}).All(&calls)
	if err != nil {
		return err
	}
	due, ids := map[string]string{}, []string{}
	for _, c := range calls {
		if by, owes := owesResult(c.Facts, d.today); owes {
			due[c.ID] = by
			ids = append(ids, c.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	articles, err := d.app.FindRecordsByIds(records.Articles, ids)
	if err != nil {
		return err
	}
	insteadOf := ""
	if way := editor[0]; way.insteadOf != "" {
		if insteadOf, err = nameOf(d.app, way.insteadOf); err != nil {
			return err
		}
	}
	for _, article := range articles {
		item := InboxItem{Kind: kindResult, Due: due[article.Id], Duty: string(publication.Editor), InsteadOf: insteadOf}
		item.Group = groupOf(item.Due, d.today)
		// a change under review may well be the result
		if stage := publication.Stage(article.GetString("stage")); stage.UnderReview() || stage == publication.Released {
			item.Group = groupWaiting
		}
		if !slices.ContainsFunc(d.items, func(i drawnItem) bool { return i.article != nil && i.article.Id == article.Id }) {
			d.items = append(d.items, drawnItem{item, article})
		}
	}
	return nil
}
