package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// OpinionView is the letter by which a third party or another organ is asked for
// an opinion, to whoever has its link. It never says who applied. Once the opinion
// is no longer waited for it says no more than what became of it.
type OpinionView struct {
	School     string       `json:"school"`
	Number     string       `json:"number"` // 文号 of the letter
	About      string       `json:"about"`
	Third      bool         `json:"third"` // a third party (art. 32), not another organ
	Joint      bool         `json:"joint"` // made the information together with the school (art. 34)
	Party      string       `json:"party"`
	Sent       workday.Date `json:"sent"`
	Until      workday.Date `json:"until"`
	Late       bool         `json:"late"` // the period has passed, the answer is still taken
	Open       bool         `json:"open"` // the answer is taken
	Next       string       `json:"next"`
	LetterHTML string       `json:"letter_html"`
	Answered   bool         `json:"answered"`
	Opinion    string       `json:"opinion"` // "" while it is waited for
}

// opinionAsked is a letter that asks for an opinion, with its case.
type opinionAsked struct {
	foi.Inquiry
	c       foiCase
	inquiry *core.Record
	letter  *core.Record
}

// isOpen reports whether the opinion is still taken.
func (q opinionAsked) isOpen() bool {
	return q.Closed == "" && q.c.Permits(foi.Event{Do: foi.RecordOpinion, As: foi.Third, Party: q.Party}) == nil
}

// opinion shows whoever has the link what they are asked.
func (p *platform) opinion(e *core.RequestEvent) error {
	var body struct {
		Token string `json:"token"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := p.openOpinion(e, body.Token); err != nil {
		return err
	}
	q, err := p.askedWith(e.App, body.Token)
	if err != nil {
		return keyProblem(err)
	}
	view, err := p.opinionViewOf(q)
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

// answerOpinion takes the opinion of whoever has the link.
func (p *platform) answerOpinion(e *core.RequestEvent) error {
	var body struct {
		Token   string `json:"token"`
		Opinion string `json:"opinion"`
		Reason  string `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if err := p.openOpinion(e, body.Token); err != nil {
		return err
	}
	opinion, reason := foi.Opinion(body.Opinion), strings.TrimSpace(body.Reason)
	if err := checkLength("reason", reason, mostWritten); err != nil {
		return err
	}
	var view OpinionView
	err := e.App.RunInTransaction(func(tx core.App) error {
		q, err := p.askedWith(tx, body.Token)
		if err != nil {
			return err
		}
		if q.isOpen() {
			if err := p.recordOpinion(tx, q, opinion, reason); err != nil {
				return err
			}
			if q, err = p.askedWith(tx, body.Token); err != nil {
				return err
			}
		} else if q.Opinion != opinion || q.Reason != reason { // not the same sent again
			return refused("opinion", "foi_once_only", "这封函已经答复或者征求意见已经结束，不能再改；有疑问请与学校联系")
		}
		view, err = p.opinionViewOf(q)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, view)
}

func (p *platform) recordOpinion(tx core.App, q opinionAsked, opinion foi.Opinion, reason string) error {
	if opinion == foi.Objects && reason == "" {
		return foiRefusal(foi.Refusal{Why: foi.Missing, Field: "reason", Sentence: "不同意公开的，请说明理由", Law: q.Law()})
	}
	act := foiAct{Event: foi.Event{Do: foi.RecordOpinion, As: foi.Third, Party: q.Party, Opinion: opinion, Reason: reason}}
	if _, _, err := p.takeFOI(tx, q.c, act, actor{Name: foi.Third.Name(), Via: viaPublic}); err != nil {
		return err
	}
	q.inquiry.Set("answered_at", p.options.Now().UTC())
	return tx.Save(q.inquiry)
}

// openOpinion lets an attempt with a link in, and counts the wrong ones.
func (p *platform) openOpinion(e *core.RequestEvent, token string) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	right, err := p.tryLink(e)
	if err != nil {
		return err
	}
	if _, err := p.askedWith(e.App, token); err != nil {
		return keyProblem(err)
	}
	right()
	return nil
}

// askedWith finds the letter of a token. It fails the same for a token that nobody
// has and for a case whose people were forgotten.
func (p *platform) askedWith(app core.App, token string) (opinionAsked, error) {
	inquiry, err := app.FindFirstRecordByData(records.FOIInquiries, "token_hash", fingerprint(normalCode(clip(token, 100))))
	if errors.Is(err, sql.ErrNoRows) {
		return opinionAsked{}, errNoLetter()
	}
	if err != nil {
		return opinionAsked{}, err
	}
	request, err := app.FindRecordById(records.FOIRequests, inquiry.GetString("request"))
	if err != nil {
		return opinionAsked{}, err
	}
	if request.GetString("purged_at") != "" {
		return opinionAsked{}, errNoLetter()
	}
	c, err := p.foiCaseOf(app, request)
	if err != nil {
		return opinionAsked{}, err
	}
	return p.matchInquiry(app, c, inquiry)
}

func errNoLetter() error {
	return router.NewNotFoundError("没有这封征求意见函，或者网址不完整，请核对函件上的网址。", nil)
}

// matchInquiry finds what the steps say of an inquiry, and its letter. Whoever is
// asked again gets another of each: the nth of a party belong together.
func (p *platform) matchInquiry(app core.App, c foiCase, inquiry *core.Record) (opinionAsked, error) {
	party := inquiry.GetString("party")
	n, err := app.CountRecords(records.FOIInquiries, dbx.HashExp{"request": c.request.Id, "party": party}, dbx.NewExp("token_hash != ''"),
		dbx.NewExp("_rowid_ < (SELECT _rowid_ FROM "+records.FOIInquiries+" WHERE id = {:id})", dbx.Params{"id": inquiry.Id}))
	if err != nil {
		return opinionAsked{}, err
	}
	letter := &core.Record{}
	err = app.RecordQuery(records.FOILetters).AndWhere(dbx.HashExp{"request": c.request.Id, "party": party,
		"kind": []any{string(foi.LetterThirdParty), string(foi.LetterConsult)}}).OrderBy("_rowid_").Offset(n).Limit(1).One(letter)
	if err != nil {
		return opinionAsked{}, err
	}
	for _, q := range c.Inquiries {
		if q.Party == party {
			if n == 0 {
				return opinionAsked{Inquiry: q, c: c, inquiry: inquiry, letter: letter}, nil
			}
			n--
		}
	}
	return opinionAsked{}, errors.New("the steps know no letter of the inquiry " + inquiry.Id)
}

func (p *platform) opinionViewOf(q opinionAsked) (OpinionView, error) {
	today := workday.Date(p.today())
	v := OpinionView{Third: q.Third, Joint: q.Joint, Party: q.Party, Sent: q.Sent, Until: q.Until, Open: q.isOpen(), Late: q.isOpen() && q.IsLate(today),
		Next: q.Next(today), Answered: q.Closed != "" && q.Inquiry.Opinion != foi.Silent, Opinion: string(q.Inquiry.Opinion)}
	directory, err := p.directory()
	if err != nil {
		return v, err
	}
	if school, ok := directory.ByID(q.c.request.GetString("school")); ok {
		v.School = school.Name
	}
	if !v.Open {
		if q.Closed == "" { // why it is no longer waited for is not theirs to know
			v.Next = "征求意见已经结束，不需要再答复，谢谢。"
		}
		return v, nil
	}
	v.Number, v.About = q.letter.GetString("number"), q.About
	page, err := p.letterPage(q.letter, true, false)
	v.LetterHTML = string(page)
	return v, err
}
