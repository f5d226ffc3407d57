package pb_hooks

import (
	"context"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/throttle"
)

var (
	// sayingsPace is how often an address may say something of anything published.
	sayingsPace = throttle.Pace{Count: 60, Per: time.Hour, AtOnce: 20}
	// sayingPace is how often the same counts of one address and one article.
	sayingPace = throttle.Pace{Count: 1, Per: 24 * time.Hour, AtOnce: 1}
)

// fewestTold is how many must have found an answer helpful before the public is told
// how many: a few may be the school itself.
const fewestTold = 10

// feedback counts what a visitor says of an answer: whether it helped, or that they
// have the same question. Whether it helped is one thing, said once a day.
func (p *platform) feedback(e *core.RequestEvent) error {
	var body struct {
		Article string `json:"article"`
		Kind    string `json:"kind"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	subject := body.Kind
	switch body.Kind {
	case countHelpful, countUnhelpful:
		subject = "helped"
	case countSameQuestion:
	default:
		return refused("kind", "feedback_kind", "请选择“有”“没有”或“我也有这个问题”")
	}
	counts, err := p.hear(e, body.Article, subject)
	if err != nil {
		return err
	}
	if counts {
		if err := countOne(e.App, body.Article, body.Kind); err != nil {
			return err
		}
		if body.Kind == countHelpful {
			p.drop(site.ArticleTag(body.Article)) // its page says how many
		}
	}
	return e.NoContent(http.StatusNoContent)
}

// hear tells whether something that a visitor says of an article counts: of one
// address once a day. Nothing is kept of the visitor but in memory. What is not
// public is not found.
func (p *platform) hear(e *core.RequestEvent, article, subject string) (counts bool, err error) {
	visitor, now := p.network(e), p.options.Now()
	if wait := p.doors.sayings.Take(visitor, sayingsPace, now); wait > 0 {
		return false, tooMany(e, wait, "操作太频繁了")
	}
	public, err := p.isReadable(e.Request.Context(), article)
	if err != nil {
		return false, err
	}
	if !public {
		return false, e.NotFoundError("没有这条信息，或者它没有公开。", nil)
	}
	return p.doors.said.Take(visitor+"|"+article+"|"+subject, sayingPace, now) == 0, nil
}

// isReadable asks the view of what is public, as every other door does.
func (p *platform) isReadable(ctx context.Context, article string) (bool, error) {
	if article == "" || len(article) > 30 {
		return false, nil
	}
	var found int
	err := p.app.DB().Select("count(*)").From(records.PublicArticles).Where(dbx.HashExp{"id": article}).AndWhere(dbx.In("state", publicStates()...)).
		WithContext(ctx).Row(&found)
	return found > 0, err
}
