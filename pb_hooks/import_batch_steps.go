package pb_hooks

import (
	"cmp"
	"database/sql"
	"errors"
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// ManyResult is what became of each of many articles: done, or why not.
type ManyResult struct {
	Done    int          `json:"done"`
	Refused int          `json:"refused"`
	Lines   []ManyOfLine `json:"lines"`
}

// ManyOfLine is what became of one article.
type ManyOfLine struct {
	Article string `json:"article"`
	Title   string `json:"title"`
	Done    bool   `json:"done"`
	Told    string `json:"told"` // why it was not done
}

// manyBody is what is asked for many articles at once.
type manyBody struct {
	Articles []string          `json:"articles"`
	Action   string            `json:"action"`
	Reason   string            `json:"reason"`
	Column   string            `json:"column"`
	Check    publication.Check `json:"check"`
}

// mostAtOnce bounds what is asked for in one request.
const mostAtOnce = 100

// stepsAtOnce are the steps that may be taken on many: each goes the ordinary way,
// with every hook, in a transaction of its own.
var stepsAtOnce = []publication.Action{publication.Submit, publication.Approve, publication.Clear, publication.Return}

// many does something to each article of a batch by itself and says what became of
// each. That one is refused stops no other.
func (p *platform) many(e *core.RequestEvent, what string, check func(body manyBody) error, do func(tx core.App, article *core.Record, body manyBody) error) error {
	b, err := batchOfReader(e)
	if err != nil {
		return err
	}
	var body manyBody
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("没有收到完整的内容，请重试。", err)
	}
	if n := len(body.Articles); n == 0 || n > mostAtOnce {
		return e.BadRequestError("请选择 1 至 100 条。", refused("articles", "articles_count", "请选择 1 至 100 条"))
	}
	if err := check(body); err != nil {
		return e.BadRequestError("还不能办理。", err)
	}
	result := ManyResult{Lines: []ManyOfLine{}}
	for _, id := range body.Articles {
		if e.Request.Context().Err() != nil {
			return e.Request.Context().Err() // the person has gone; what was done is done
		}
		line := ManyOfLine{Article: id}
		article, err := e.App.FindRecordById(records.Articles, id)
		if err != nil || article.GetString("batch") != b.Id {
			line.Told = "这一批里没有这条草稿"
		} else {
			line.Title = article.GetString("title")
			line.Told = p.toldOf(oneOfMany(e, id, body, do), id)
		}
		if line.Done = line.Told == ""; line.Done {
			result.Done++
		} else {
			result.Refused++
		}
		result.Lines = append(result.Lines, line)
	}
	done := map[string]any{"action": cmp.Or(body.Action, what), "count": len(body.Articles), "done": result.Done}
	if err := p.doneBy(e.App, e, "many_items", b, done); err != nil {
		return err
	}
	return noStore(e, result)
}

// oneOfMany does it to one article, in a transaction of its own.
func oneOfMany(e *core.RequestEvent, id string, body manyBody, do func(tx core.App, article *core.Record, body manyBody) error) error {
	if body.Action == string(publication.Submit) {
		// files are read before the transaction that the submission is: others write meanwhile
		if err := readAhead(e.Request.Context(), e.App, id); err != nil {
			return err
		}
	}
	return e.App.RunInTransaction(func(tx core.App) error {
		article, err := tx.FindRecordById(records.Articles, id)
		if err != nil {
			return err
		}
		return do(tx, article, body)
	})
}

// toldOf is an error as a sentence; what is no sentence goes to the log.
func (p *platform) toldOf(err error, article string) string {
	var fields validation.Errors
	var api *router.ApiError
	switch {
	case err == nil:
		return ""
	case errors.Is(err, sql.ErrNoRows):
		return "这条草稿刚被别人舍弃或删除"
	case errors.As(err, &fields):
		var told []string
		for _, name := range slices.Sorted(maps.Keys(fields)) {
			told = append(told, fields[name].Error())
		}
		return strings.Join(told, "；")
	case errors.As(err, &api) && api.Status < http.StatusInternalServerError:
		return api.Message
	}
	p.app.Logger().Error("one of many articles", "article", article, "error", err)
	return "系统出错，这一条没有办理，请稍后再试"
}

func (p *platform) stepMany(e *core.RequestEvent) error {
	return p.many(e, "step", func(body manyBody) error {
		if !slices.Contains(stepsAtOnce, publication.Action(body.Action)) {
			return refused("action", "action_not_for_many", "这一步要逐条办理")
		}
		if body.Action == string(publication.Return) && strings.TrimSpace(body.Reason) == "" {
			return refused("reason", "reason_missing", "请写明退回的原因")
		}
		return nil
	}, func(tx core.App, article *core.Record, body manyBody) error { return p.stepOne(tx, e, article, body) })
}

// stepOne takes one step of many, as if it were asked for by itself.
func (p *platform) stepOne(tx core.App, e *core.RequestEvent, article *core.Record, body manyBody) error {
	do := publication.Action(body.Action)
	step, err := newRecordIn(tx, records.Steps)
	if err != nil {
		return err
	}
	step.Load(map[string]any{"article": article.Id, "action": body.Action, "reason": strings.TrimSpace(body.Reason), "check": body.Check})
	if do == publication.Submit {
		item, err := itemOf(tx, article)
		if err != nil {
			return err
		}
		if n := item.GetInt("blocks"); n > 0 {
			return refused("findings", "findings_open", "自动检查有必须处理的问题，请打开这一条处理后单独送审")
		}
		open, err := tx.FindRecordsByFilter(records.Versions, "article = {:article} && frozen = false", "", 1, 0, dbx.Params{"article": article.Id})
		if err != nil {
			return err
		}
		if len(open) == 0 {
			return refused("version", "version_missing", "这一条没有可以送审的草稿")
		}
		step.Set("version", open[0].Id)
	}
	if err := p.sign(tx, e, article, step); err != nil {
		return err
	}
	p.acting.Store(step, actorOf(e))
	defer p.acting.Delete(step)
	return tx.Save(step)
}

func (p *platform) placeMany(e *core.RequestEvent) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.many(e, "column", func(body manyBody) error {
		school, ok := d.ByID(e.Auth.GetString("school"))
		if !ok {
			return refused("column", "column_not_applicable", "本校没有这个栏目")
		}
		if column, found := school.Column(body.Column); !found || !column.Leaf || !column.Kind.IsWritten() {
			return refused("column", "column_not_applicable", "本校没有这个栏目，或它由系统生成，请另选")
		}
		return nil
	}, func(tx core.App, article *core.Record, body manyBody) error {
		if err := p.mayChangeDraft(tx, e, article); err != nil {
			return err
		}
		item, err := itemOf(tx, article)
		if err != nil {
			return err
		}
		article.Set("column", body.Column)
		item.Set("flags", slices.DeleteFunc(item.GetStringSlice("flags"), func(f string) bool { return f == string(movein.NoColumn) }))
		if err := errors.Join(tx.Save(article), tx.Save(item)); err != nil {
			return err
		}
		return p.doneBy(tx, e, "place_items", article, map[string]any{"column": body.Column})
	})
}

func (p *platform) discardMany(e *core.RequestEvent) error {
	return p.many(e, "discard", func(body manyBody) error {
		_, err := sentence("reason", "舍弃的原因", body.Reason)
		return err
	}, func(tx core.App, article *core.Record, body manyBody) error {
		if err := p.mayChangeDraft(tx, e, article); err != nil {
			return err
		}
		item, err := itemOf(tx, article)
		if err != nil {
			return err
		}
		item.Load(map[string]any{"discarded_reason": strings.TrimSpace(body.Reason), "discarded_by": e.Auth.GetString("name"), "discarded_at": p.options.Now().UTC(), "article": ""})
		if err := tx.Save(item); err != nil {
			return err
		}
		if err := p.doneBy(tx, e, "discard_items", article, map[string]any{"title": article.GetString("title"), "reason": strings.TrimSpace(body.Reason)}); err != nil {
			return err
		}
		return tx.Delete(article)
	})
}

// mayChangeDraft: an editor changes the place of what was never submitted, or throws
// it away; what was, is kept.
func (p *platform) mayChangeDraft(tx core.App, e *core.RequestEvent, article *core.Record) error {
	may, err := p.mayEdit(tx, e.Auth, article)
	if err != nil || !may {
		return orRefusal(err, e.ForbiddenError("选定栏目和舍弃由本校的编辑员办理。", nil))
	}
	steps, err := tx.CountRecords(records.Steps, dbx.HashExp{"article": article.Id})
	if err != nil || steps > 0 {
		return orRefusal(err, refused("id", "article_is_kept", "送审过的信息不能更改栏目，也不能舍弃"))
	}
	return nil
}
