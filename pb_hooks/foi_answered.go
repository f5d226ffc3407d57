package pb_hooks

import (
	"context"
	"net/http"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/throttle"
)

var (
	// answersPace is how often an address may say of anything that it answered them.
	answersPace = throttle.Pace{Count: 60, Per: time.Hour, AtOnce: 20}
	// answerPace is how often an address counts for one article.
	answerPace = throttle.Pace{Count: 1, Per: 24 * time.Hour, AtOnce: 1}
)

// countAnswer counts that something published answered a visitor who was about to
// apply. Nothing is kept of the visitor; one address counts once a day for each
// article.
func (p *platform) countAnswer(e *core.RequestEvent) error {
	visitor, now := p.network(e), p.options.Now()
	if wait := p.doors.answers.Take(visitor, answersPace, now); wait > 0 {
		return tooMany(e, wait, "操作太频繁了")
	}
	var body struct {
		Article string `json:"article"`
	}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("内容的格式不对。", err)
	}
	public, err := p.isReadable(e.Request.Context(), body.Article)
	if err != nil {
		return err
	}
	if !public {
		return e.NotFoundError("没有这条信息，或者它没有公开。", nil)
	}
	if wait := p.doors.answered.Take(visitor+"|"+body.Article, answerPace, now); wait > 0 {
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
