package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// givenOpinion is an opinion on its way in.
type givenOpinion struct {
	article      string
	choice, text string
	form         string // fingerprint of the form: sent again it is the same opinion
}

// OpinionReceipt is what whoever gave an opinion is shown. There is nothing to
// follow: nobody is answered one by one.
type OpinionReceipt struct {
	Until workday.Date `json:"until"`
	Next  string       `json:"next"`
}

// giveOpinion takes an opinion from a visitor, of whom nothing is kept.
func (p *platform) giveOpinion(e *core.RequestEvent) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	if err := p.paceFilings(e); err != nil {
		return err
	}
	var body struct {
		Choice string `json:"choice"`
		Text   string `json:"text"`
		Resend string `json:"resend"`
		Proof  string `json:"proof"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if len(body.Resend) < 16 || len(body.Resend) > longestResend {
		return e.BadRequestError("意见的格式不对。", nil)
	}
	article := e.Request.PathValue("id")
	o := givenOpinion{article: article, choice: strings.TrimSpace(body.Choice), text: strings.TrimSpace(docx.Clean(body.Text)), form: fingerprint(article + "|" + body.Resend)}
	call, err := p.callToAnswer(e, e.App, article)
	if err != nil {
		return err
	}
	receipt := OpinionReceipt{Until: call.Until, Next: "征集到 " + string(call.Until) + " 结束，结束以后在本页公布结果。"}
	if known, err := p.givenBefore(e.App, o); err != nil || known {
		if err != nil {
			return keyProblem(err)
		}
		return e.JSON(http.StatusOK, receipt)
	}
	ticket, err := p.checkProof(body.Proof, o.form)
	if err != nil {
		return err
	}
	if err := call.Check(o.choice, o.text, workday.Date(p.today())); err != nil {
		return callRefusal(err, "do")
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if known, err := p.givenBefore(tx, o); err != nil || known { // sent twice at once
			return err
		}
		now, err := p.callToAnswer(e, tx, article) // it may have been changed or withdrawn meanwhile
		if err != nil {
			return err
		}
		if err := now.Check(o.choice, o.text, workday.Date(p.today())); err != nil {
			return callRefusal(err, "do")
		}
		if err := p.storeOpinion(tx, o); err != nil {
			return err
		}
		return p.spend(ticket)
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, receipt)
}

// callToAnswer is the call of an article that is public now.
func (p *platform) callToAnswer(e *core.RequestEvent, app core.App, article string) (inquiry.CallForOpinions, error) {
	none := e.NotFoundError("没有这次意见征集，或者它没有公开。", nil)
	var found struct {
		Column string `db:"column"`
		Facts  string `db:"facts"`
	}
	err := app.DB().Select("column", "facts").From(records.PublicArticles).Where(dbx.HashExp{"id": article, "state": string(publication.Published)}).
		WithContext(e.Request.Context()).One(&found)
	if errors.Is(err, sql.ErrNoRows) {
		return inquiry.CallForOpinions{}, none
	}
	if err != nil {
		return inquiry.CallForOpinions{}, err
	}
	call, asks := callIn(found.Column, records.PublicArticle{Facts: found.Facts}.FactRows())
	if !asks {
		return call, none
	}
	return call, nil
}

// givenBefore reports whether the form is on file. One that says something else by
// now is refused: what was given is not changed.
func (p *platform) givenBefore(app core.App, o givenOpinion) (bool, error) {
	before, err := app.FindFirstRecordByData(records.OpinionsGiven, "form", o.form)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	text, err := p.unseal(before, "text")
	if err == nil && (before.GetString("choice") != o.choice || text != o.text) {
		err = refused("do", "opinion_is_final", "这份意见已经收到，不能再改；要另提意见，请重新打开本页")
	}
	return err == nil, err
}

func (p *platform) storeOpinion(tx core.App, o givenOpinion) error {
	r, err := blank(tx, records.OpinionsGiven)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"article": o.article, "choice": o.choice, "form": o.form, "at": p.options.Now().UTC()})
	if err := p.seal(r, "text", o.text); err != nil {
		return err
	}
	return tx.Save(r)
}
