package pb_hooks

import (
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
)

const (
	mostFound  = 500 // characters
	mostByHand = 100 // hits that one entry counts
)

// EnteredFinding is what the bureau found itself and entered.
type EnteredFinding struct {
	Code   scorecard.Code `json:"code"`
	Hit    string         `json:"hit"`
	Count  int            `json:"count"` // 0: looked, and nothing was found
	Reason string         `json:"reason"`
	Link   string         `json:"link"`
	By     string         `json:"by"`
	On     string         `json:"on"`
}

// enterScoreFinding enters what the bureau found at a school itself (人工登记). It
// counts in the running month; the school is told, and may object.
func (p *platform) enterScoreFinding(e *core.RequestEvent) error {
	var body EnteredFinding
	if err := readBody(e, &body); err != nil {
		return err
	}
	body.Reason, body.Link = strings.TrimSpace(body.Reason), strings.TrimSpace(body.Link)
	var view ScoreCard
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseScorers(tx, e); err != nil {
			return err
		}
		school, err := p.supervisedSchool(e)
		if err != nil {
			return err
		}
		if problems := body.problems(); len(problems) > 0 {
			return problems
		}
		month := p.today()[:7]
		r, err := recordWith(tx, records.ScoreFindings, map[string]any{"school": school.ID, "month": month, "code": string(body.Code), "hit": body.Hit, "count": body.Count,
			"reason": body.Reason, "link": body.Link, "by": e.Auth.Id, "by_name": clip(e.Auth.GetString("name"), 50), "on": p.today()})
		if err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		indicator, _ := scorecard.Find(body.Code)
		title := fmt.Sprintf("区教育局登记了检查结果：%s %s，%d %s", body.Code, indicator.Name, body.Count, indicator.Unit)
		if err := p.tellSchoolOfScores(tx, school, "score-finding/"+r.Id, title, month); err != nil {
			return err
		}
		if view, err = p.scoreCardOf(e, tx, school, month, true); err != nil {
			return err
		}
		return p.doneBy(tx, e, "enter_score_finding", r, map[string]any{"school": school.ID, "month": month, "code": string(body.Code), "hit": body.Hit, "count": body.Count,
			"reason": body.Reason, "link": body.Link})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func (f EnteredFinding) problems() validation.Errors {
	problems := validation.Errors{}
	indicator, ok := scorecard.Find(f.Code)
	if !ok || !indicator.ByHand {
		problems["code"] = validation.NewError("score_code", "请选择可以人工登记的指标")
	} else if _, ok := indicator.Hit(f.Hit); !ok {
		problems["hit"] = validation.NewError("score_hit", "请选择是哪种情形")
	}
	if f.Count < 0 || f.Count > mostByHand {
		problems["count"] = validation.NewError("score_count", fmt.Sprintf("请填写 0 至 %d；检查过、没有发现问题的填 0", mostByHand))
	}
	if f.Reason == "" {
		problems["reason"] = validation.NewError("score_reason", "请写明检查了什么、发现了什么")
	} else if utf8.RuneCountInString(f.Reason) > mostFound {
		problems["reason"] = validation.NewError("score_reason", fmt.Sprintf("最多 %d 个字", mostFound))
	}
	if err := addressProblem(f.Link); err != nil {
		problems["link"] = err
	}
	return problems
}

// enteredOf are the findings entered for a school in a month, the oldest first.
func enteredOf(app core.App, school, month string) ([]EnteredFinding, error) {
	list := []EnteredFinding{}
	rows, err := app.FindRecordsByFilter(records.ScoreFindings, "school = {:school} && month = {:month}", "created", 0, 0, dbx.Params{"school": school, "month": month})
	for _, r := range rows {
		list = append(list, EnteredFinding{Code: scorecard.Code(r.GetString("code")), Hit: r.GetString("hit"), Count: r.GetInt("count"), Reason: r.GetString("reason"),
			Link: r.GetString("link"), By: r.GetString("by_name"), On: r.GetString("on")})
	}
	return list, err
}
