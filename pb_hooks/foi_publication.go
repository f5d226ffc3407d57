package pb_hooks

import (
	"html"
	"net/http"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// ProposedArticle is the article that an answer became.
type ProposedArticle struct {
	Article string `json:"article"`
}

// proposePublication makes a draft article of an answer (art. 44): what was asked,
// what was answered, the files that were given. Nothing of the applicant goes into
// it, and it goes the way of every article: the scanner, the reviews. Who wrote the
// answer is a writer of the article.
func (p *platform) proposePublication(e *core.RequestEvent) error {
	var body struct {
		Column string `json:"column"`
		Title  string `json:"title"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if title := strings.TrimSpace(body.Title); title == "" {
		return refused("title", "foi_missing", "请填写标题，不要写申请人的信息")
	}
	var made ProposedArticle
	err := e.App.RunInTransaction(func(tx core.App) error {
		request, signers, err := p.visibleRequest(tx, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil {
			return err
		}
		as, err := signAs(c.Case, signers, foi.Event{Do: foi.ProposePublication})
		if err != nil {
			return foiRefusal(err)
		}
		article, err := p.articleOfAnswer(e, tx, c, body.Column, strings.TrimSpace(body.Title))
		if err != nil {
			return err
		}
		as.Article, made.Article = article.Id, article.Id
		_, _, err = p.takeFOI(tx, c, foiAct{Event: as}, actorOf(e))
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, made)
}

func (p *platform) articleOfAnswer(e *core.RequestEvent, tx core.App, c foiCase, column, title string) (*core.Record, error) {
	draft, err := lastAnswer(tx, c)
	if err != nil {
		return nil, err
	}
	writers, err := makersOfDraft(tx, draft)
	if err != nil {
		return nil, err
	}
	article, err := p.draftArticle(tx, e.Auth, c.request.GetString("school"), column, title, nil, bodyOfAnswer(draft), writers)
	if err != nil {
		return nil, err
	}
	version, err := firstVersion(tx, article)
	if err != nil {
		return nil, err
	}
	attachments, err := p.attachAnswer(e, tx, draft, article.Id)
	if err != nil {
		return nil, err
	}
	version.Load(map[string]any{"created_on": string(c.Answers[len(c.Answers)-1].On), "attachments": attachments})
	return article, tx.Save(version)
}

// lastAnswer is the draft that the last answer was given with.
func lastAnswer(app core.App, c foiCase) (*core.Record, error) {
	given, err := answersGiven(app, c)
	if err != nil {
		return nil, err
	}
	if len(given) == 0 {
		return nil, refused("do", "foi_not_now", "这件申请还没有答复")
	}
	return given[len(given)-1], nil
}

// bodyOfAnswer is what the public is told: the answer's own words.
func bodyOfAnswer(draft *core.Record) string {
	var b strings.Builder
	for _, part := range []struct{ label, field string }{{"", "content"}, {"获取方式：", "obtain"}, {"网址：", "link"}, {"补充：", "supplement"}} {
		for line := range strings.Lines(draft.GetString(part.field)) {
			if line = strings.TrimSpace(line); line != "" {
				b.WriteString("<p>" + html.EscapeString(part.label+line) + "</p>")
			}
		}
	}
	return b.String()
}

// attachAnswer copies the files that were given with the answer; of a redacted
// document that is the copy, never the original.
func (p *platform) attachAnswer(e *core.RequestEvent, tx core.App, draft *core.Record, article string) ([]string, error) {
	given, err := filesOf(tx, draft)
	if err != nil {
		return nil, err
	}
	files, err := withoutOriginals(tx, draft.GetString("request"), given)
	if err != nil {
		return nil, err
	}
	collection, err := tx.FindCachedCollectionByNameOrId(records.Attachments)
	if err != nil {
		return nil, err
	}
	var ids []string
	for _, f := range files {
		data, err := p.openFile(e.Request.Context(), f)
		if err != nil {
			return nil, err
		}
		file, err := filesystem.NewFileFromBytes(data, f.GetString("name"))
		if err != nil {
			return nil, err
		}
		file.OriginalName = f.GetString("name")
		r := core.NewRecord(collection)
		r.Load(map[string]any{"article": article, "file": file})
		if err := tx.Save(r); err != nil {
			return nil, err
		}
		ids = append(ids, r.Id)
	}
	return ids, nil
}
