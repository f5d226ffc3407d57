package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// Kinds of items: what there is to do, and what is waited for.
const (
	kindReview    = "review"
	kindReturned  = "returned"
	kindBroadcast = "broadcast"
	kindFinding   = "finding"
	kindCheck     = "check"
	kindWaiting   = "waiting"
	kindReleased  = "released"
	kindWithheld  = "withheld"
	kindRequest   = "request"
	kindResult    = "result" // 意见征集: its result is to be published
	kindSurvey    = "survey"
	kindObjection = "objection" // 评分申诉
)

// addArticles adds what can be done or is waited for with versions on their way.
// Whether it can be done is what the page of the article would offer.
func (d *inboxDraw) addArticles() error {
	articles, err := d.articles()
	if err != nil || len(articles) == 0 {
		return err
	}
	stands, err := d.standings(articles)
	if err != nil {
		return err
	}
	dueOn, err := d.broadcastsDue(articles)
	if err != nil {
		return err
	}
	for _, article := range articles {
		var desk ArticleDesk
		a := stands[article.Id]
		if err := d.p.offerActions(d.app, d.person, article, a, &desk); err != nil {
			return err
		}
		item, ok, err := d.itemFor(article, a, desk)
		if err != nil {
			return err
		}
		if !ok {
			continue
		}
		if item.Kind == kindBroadcast {
			item.Due = dueOn[article.GetString("broadcast")]
		}
		if item.Group == "" {
			item.Group = groupOf(item.Due, d.today)
		}
		d.items = append(d.items, drawnItem{item, article})
	}
	return nil
}

// itemFor says what the article is to the person; Group is left to the due date
// where there is something to do.
func (d *inboxDraw) itemFor(article *core.Record, a publication.Article, desk ArticleDesk) (InboxItem, bool, error) {
	item := InboxItem{Since: article.GetString("stage_since")}
	review := slices.IndexFunc(desk.Actions, func(do DeskAction) bool { return do.IsReview })
	submit := slices.IndexFunc(desk.Actions, func(do DeskAction) bool { return do.Do == string(publication.Submit) })
	mine := slices.Contains(a.Writers, d.person.Id)
	take := func(kind string, action int) (InboxItem, bool, error) {
		item.Kind, item.Duty, item.InsteadOf = kind, desk.Actions[action].Duty, desk.Actions[action].InsteadOf
		return item, true, nil
	}
	wait := func(kind string) (InboxItem, bool, error) {
		item.Kind, item.Group = kind, groupWaiting
		return item, true, nil
	}
	switch {
	case review >= 0:
		item.Due = article.GetString("stage_due")
		return take(kindReview, review)
	case a.Stage == publication.Returned && submit >= 0:
		if !mine {
			left, err := d.writersLeft(article, a)
			if err != nil || left {
				return item, false, err
			}
		}
		return take(kindReturned, submit)
	case a.Stage == publication.Drafting && submit >= 0 && article.GetString("broadcast") != "" && a.State == publication.Draft:
		item.Since = article.GetString("created")
		return take(kindBroadcast, submit)
	case !mine:
		return item, false, nil
	case a.Stage.UnderReview():
		item.Due = article.GetString("stage_due")
		return wait(kindWaiting)
	case a.Stage == publication.Released:
		item.Due = dayOf(article.GetDateTime("release_at").Time())
		return wait(kindReleased)
	case a.Stage == publication.Withheld:
		return wait(kindWithheld)
	}
	return item, false, nil
}

// writersLeft reports whether any of those who wrote a returned text can still
// change it. If none can, it waits for every editor of the school.
func (d *inboxDraw) writersLeft(article *core.Record, a publication.Article) (bool, error) {
	editors, err := d.app.FindRecordsByFilter(records.Staff, "school = {:school} && deactivated_at = '' && acts_as ~ {:duty}", "", 0, 0,
		dbx.Params{"school": article.GetString("school"), "duty": `"` + string(publication.Editor) + `"`})
	return slices.ContainsFunc(editors, func(s *core.Record) bool { return slices.Contains(a.Writers, s.Id) }), err
}

func (d *inboxDraw) broadcastsDue(articles []*core.Record) (map[string]string, error) {
	var ids []string
	for _, a := range articles {
		if id := a.GetString("broadcast"); id != "" {
			ids = append(ids, id)
		}
	}
	due := map[string]string{}
	if len(ids) == 0 {
		return due, nil
	}
	list, err := d.app.FindRecordsByIds(records.Broadcasts, ids)
	for _, b := range list {
		due[b.Id] = b.GetString("due_on")
	}
	return due, err
}

func groupOf(due, today string) string {
	switch {
	case due == "" || due > today:
		return groupTodo
	case due == today:
		return groupToday
	}
	return groupOverdue
}

// addFindings adds what a rescan found in what the school has made public: for
// those who can change the text, and those who can let a finding stand.
func (d *inboxDraw) addFindings() error {
	if d.person.GetString("school") == "" {
		return nil
	}
	editor, err := d.p.waysTo(d.app, d.person, publication.Editor)
	if err != nil {
		return err
	}
	secrecy, err := d.p.waysTo(d.app, d.person, publication.SecrecyReviewer)
	if err != nil || len(editor)+len(secrecy) == 0 {
		return err
	}
	var found []struct {
		Article string `db:"article"`
		Count   int    `db:"count"`
		Since   string `db:"since"`
	}
	err = d.app.DB().NewQuery("SELECT f.article, count(*) AS count, min(f.created) AS since FROM findings f JOIN articles a ON a.id = f.article" +
		" WHERE f.state = 'open' AND f.found = 'rescan' AND a.school = {:school} AND a.state IN ('published', 'expired', 'archived') GROUP BY f.article").
		Bind(dbx.Params{"school": d.person.GetString("school")}).All(&found)
	if err != nil || len(found) == 0 {
		return err
	}
	articles := map[string]*core.Record{}
	var ids []string
	for _, f := range found {
		ids = append(ids, f.Article)
	}
	list, err := d.app.FindRecordsByIds(records.Articles, ids)
	if err != nil {
		return err
	}
	for _, a := range list {
		articles[a.Id] = a
	}
	for _, f := range found {
		article := articles[f.Article]
		if article == nil {
			continue // gone since
		}
		way := append(slices.Clone(secrecy), editor...)[0]
		item := InboxItem{Kind: kindFinding, Group: groupTodo, Since: f.Since, Findings: f.Count, Duty: string(publication.Editor)}
		if len(secrecy) > 0 {
			item.Duty = string(publication.SecrecyReviewer)
		}
		if way.insteadOf != "" {
			if item.InsteadOf, err = nameOf(d.app, way.insteadOf); err != nil {
				return err
			}
		}
		// a text under review cannot be changed: its correction is on its way
		stage := publication.Stage(article.GetString("stage"))
		if len(secrecy) == 0 && (stage.UnderReview() || stage == publication.Released) {
			item.Group = groupWaiting
		}
		d.items = append(d.items, drawnItem{item, article})
	}
	return nil
}
