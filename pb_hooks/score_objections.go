package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// Working days of an objection (评分申诉).
const (
	objectWithin = 10 // after the card was issued, to object
	decideWithin = 10 // after the objection, to decide
	mostArgument = 1000
)

// ScoreObjection is an objection of a school to a line of its card, and what the
// bureau decided about it.
type ScoreObjection struct {
	ID         string           `json:"id"`
	School     string           `json:"school"` // code
	SchoolName string           `json:"school_name"`
	Month      string           `json:"month"`
	Code       scorecard.Code   `json:"code"`
	Running    bool             `json:"running"` // made before the card was issued
	Text       string           `json:"text"`
	Link       string           `json:"link"`
	By         string           `json:"by"`
	On         string           `json:"on"`
	Due        string           `json:"due"`
	Overdue    bool             `json:"overdue"`
	Points     scorecard.Points `json:"points"`  // lost on the line then
	Decided    bool             `json:"decided"` // the following are what was decided
	Accepted   bool             `json:"accepted"`
	Back       scorecard.Points `json:"back"` // given back
	Reason     string           `json:"reason"`
	DecidedBy  string           `json:"decided_by"`
	DecidedOn  string           `json:"decided_on"`
}

// objectToScore takes an objection: once to a line of the running month, and once
// to a line of the card that was issued.
func (p *platform) objectToScore(e *core.RequestEvent) error {
	var body struct {
		Month string         `json:"month"`
		Code  scorecard.Code `json:"code"`
		Text  string         `json:"text"`
		Link  string         `json:"link"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	body.Text, body.Link = strings.TrimSpace(body.Text), strings.TrimSpace(body.Link)
	var view ScoreCard
	err := e.App.RunInTransaction(func(tx core.App) error {
		school, err := p.supervisedSchool(e)
		if err != nil {
			return err
		}
		if may, err := p.mayObject(tx, e.Auth, school.ID); err != nil {
			return err
		} else if !may {
			return e.ForbiddenError("评分申诉由本校的校长或者工作机构负责人提出。", nil)
		}
		month, running, err := p.monthAsked(body.Month)
		if err != nil {
			return err
		}
		stands, err := p.scoreCardOf(e, tx, school, month, running)
		if err != nil {
			return err
		}
		if problems := objectionProblems(stands, body.Code, body.Text, body.Link); len(problems) > 0 {
			return problems
		}
		calendar, err := p.calendar(tx)
		if err != nil {
			return err
		}
		line, _ := stands.Card.Line(body.Code)
		r, err := recordWith(tx, records.ScoreObjections, map[string]any{"school": school.ID, "month": month, "code": string(body.Code), "card": stands.issued, "text": body.Text, "link": body.Link,
			"points": int(line.Points - line.Back), "by": e.Auth.Id, "by_name": clip(e.Auth.GetString("name"), 50), "on": p.today(), "due": string(calendar.Add(workday.Date(p.today()), decideWithin))})
		if err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		people, err := p.peopleOf(tx, "", publication.Supervisor)
		if err != nil {
			return err
		}
		if err := notify(tx, people, notification{Kind: "score", Key: "objection/" + r.Id, Title: "评分申诉：" + school.ShortName + " " + inWordsOfMonth(month) + " " + inWordsOfLine(body.Code), Link: linkOfCard(school.Code, month)}); err != nil {
			return err
		}
		if view, err = p.scoreCardOf(e, tx, school, month, running); err != nil {
			return err
		}
		return p.doneBy(tx, e, "object_to_score", r, map[string]any{"month": month, "code": string(body.Code), "text": body.Text, "link": body.Link})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// inWordsOfLine: D4 公开时限.
func inWordsOfLine(code scorecard.Code) string {
	indicator, _ := scorecard.Find(code)
	return string(code) + " " + indicator.Name
}

func objectionProblems(card ScoreCard, code scorecard.Code, text, link string) validation.Errors {
	problems := validation.Errors{}
	line, ok := card.Card.Line(code)
	switch {
	case !ok || line.Points-line.Back == 0 && !line.Veto:
		problems["code"] = validation.NewError("objection_nothing", "这一项没有扣分，也没有否决")
	case !card.Running && card.ObjectUntil < card.Today:
		problems["code"] = validation.NewError("objection_late", fmt.Sprintf("评分出具后 %d 个工作日内可以申诉，已于 %s 截止", objectWithin, card.ObjectUntil))
	default:
		for _, o := range card.Objections {
			if o.Code == code && o.Running == card.Running {
				problems["code"] = validation.NewError("objection_twice", "这一项已经申诉过："+o.On)
			}
		}
	}
	if text == "" {
		problems["text"] = validation.NewError("objection_text", "请写明申诉的理由")
	} else if utf8.RuneCountInString(text) > mostArgument {
		problems["text"] = validation.NewError("objection_text", fmt.Sprintf("最多 %d 个字", mostArgument))
	}
	if err := addressProblem(link); err != nil {
		problems["link"] = err
	}
	return problems
}

// decideObjection decides about an objection, once. What is given back is shown on
// the card; the card that was issued stays what it was.
func (p *platform) decideObjection(e *core.RequestEvent) error {
	var body struct {
		Accepted bool             `json:"accepted"`
		Points   scorecard.Points `json:"points"` // 0 is all of them
		Reason   string           `json:"reason"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	body.Reason = strings.TrimSpace(body.Reason)
	var view ScoreCard
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseScorers(tx, e); err != nil {
			return err
		}
		o, err := tx.FindRecordById(records.ScoreObjections, e.Request.PathValue("id"))
		if errors.Is(err, sql.ErrNoRows) {
			return e.NotFoundError("没有这件申诉，请刷新页面。", nil)
		}
		if err != nil {
			return err
		}
		decided, err := tx.CountRecords(records.ScoreDecisions, dbx.HashExp{"objection": o.Id})
		if err != nil {
			return err
		}
		if decided > 0 {
			return refused("accepted", "objection_decided", "这件申诉已经答复，请刷新页面")
		}
		lost := scorecard.Points(o.GetInt("points"))
		problems := validation.Errors{}
		if body.Accepted && (body.Points < 0 || body.Points > lost) {
			problems["points"] = validation.NewError("objection_points", fmt.Sprintf("返还的分数最多 %s 分", lost))
		}
		if body.Reason == "" {
			problems["reason"] = validation.NewError("objection_reason", "请写明理由")
		} else if utf8.RuneCountInString(body.Reason) > mostArgument {
			problems["reason"] = validation.NewError("objection_reason", fmt.Sprintf("最多 %d 个字", mostArgument))
		}
		if len(problems) > 0 {
			return problems
		}
		switch {
		case !body.Accepted:
			body.Points = 0
		case body.Points == 0:
			body.Points = lost
		}
		d, err := p.keepDecision(tx, e.Auth, o, body.Accepted, body.Points, body.Reason)
		if err != nil {
			return err
		}
		directory, err := p.directory()
		if err != nil {
			return err
		}
		school, ok := directory.ByID(o.GetString("school"))
		if !ok {
			return e.NotFoundError("这所学校已不在名录中。", nil)
		}
		month, running, err := p.monthAsked(o.GetString("month"))
		if err != nil {
			return err
		}
		if view, err = p.scoreCardOf(e, tx, school, month, running); err != nil {
			return err
		}
		return p.doneBy(tx, e, "decide_score_objection", d, map[string]any{"objection": o.Id, "accepted": body.Accepted, "points": int(body.Points), "reason": body.Reason})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// keepDecision keeps what was decided and tells the school and who objected.
func (p *platform) keepDecision(tx core.App, by, o *core.Record, accepted bool, back scorecard.Points, reason string) (*core.Record, error) {
	d, err := recordWith(tx, records.ScoreDecisions, map[string]any{"objection": o.Id, "accepted": accepted, "points": int(back), "reason": reason,
		"by": by.Id, "by_name": clip(by.GetString("name"), 50), "on": p.today()})
	if err != nil {
		return nil, err
	}
	if err := tx.Save(d); err != nil {
		return nil, err
	}
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	school, ok := directory.ByID(o.GetString("school"))
	if !ok {
		return d, nil // it has nobody left to be told
	}
	result := "未采纳"
	if accepted {
		result = "已采纳"
	}
	title := fmt.Sprintf("评分申诉%s：%s %s", result, inWordsOfMonth(o.GetString("month")), inWordsOfLine(scorecard.Code(o.GetString("code"))))
	return d, p.tellSchoolOfScores(tx, school, "decision/"+o.Id, title, o.GetString("month"), o.GetString("by"))
}
