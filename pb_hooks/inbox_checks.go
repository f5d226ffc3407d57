package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// mostChecks is how many questions an inbox asks to check at a time: more would
// hide what has a day. The others come when these are done.
const mostChecks = 10

// addChecks adds the questions of the school that nobody has checked for a semester
// (请核对), the oldest first: for those who can say that nothing has changed, or
// change it. What is being changed is checked by whoever reviews the change.
func (d *inboxDraw) addChecks() error {
	school := d.person.GetString("school")
	if school == "" {
		return nil
	}
	editor, err := d.p.waysTo(d.app, d.person, publication.Editor)
	if err != nil || len(editor) == 0 {
		return err
	}
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	var articles []*core.Record
	err = d.app.RecordQuery(records.Articles).
		AndWhere(dbx.HashExp{"school": school, "column": anys(answersOf(directory)), "state": string(publication.Published), "stage": string(publication.Drafting)}).
		AndWhere(dbx.NewExp("checked_on < {:before}", dbx.Params{"before": d.p.checkBefore()})).
		OrderBy("checked_on", "id").Limit(mostChecks).All(&articles)
	if err != nil || len(articles) == 0 {
		return err
	}
	item := InboxItem{Kind: kindCheck, Group: groupTodo, Duty: string(publication.Editor)}
	if editor[0].insteadOf != "" {
		if item.InsteadOf, err = nameOf(d.app, editor[0].insteadOf); err != nil {
			return err
		}
	}
	for _, article := range articles {
		item.Since = dueSince(article)
		d.items = append(d.items, drawnItem{item, article})
	}
	return nil
}

// dueSince is the instant from which a question was to be checked.
func dueSince(article *core.Record) string {
	checked := article.GetString("checked_on")
	if checked == "" {
		return article.GetString("published_at")
	}
	return dayStart(checked, checkEvery+1).UTC().Format(records.InstantLayout)
}
