package pb_hooks

import (
	"net/http"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// ScoreWeights are the indicators and what they cost, by sets from a month on.
type ScoreWeights struct {
	Today      string                `json:"today"`
	Earliest   string                `json:"earliest"` // first day from which a new set can hold
	MaySet     bool                  `json:"may_set"`
	Groups     []NamedCode           `json:"groups"`
	Indicators []scorecard.Indicator `json:"indicators"`
	Sets       []WeightSet           `json:"sets"` // newest first
}

// WeightSet is a set of weights. One without a name is the program's own.
type WeightSet struct {
	ID    string `json:"id"`
	State string `json:"state"` // coming, in_force, replaced
	Note  string `json:"note"`
	By    string `json:"by"`
	scorecard.Weights
}

// scoreWeights shows what is counted and what it costs: to whoever is judged by it,
// and to those of the bureau who see the scores.
func (p *platform) scoreWeights(e *core.RequestEvent) error {
	if e.Auth.GetString("school") == "" {
		if err := p.refuseStrangers(e); err != nil {
			return err
		}
	}
	view, err := p.weightsView(e.App)
	if err != nil {
		return err
	}
	if view.MaySet, err = p.servesBureau(e.App, e.Auth, publication.Supervisor); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

func (p *platform) weightsView(app core.App) (v ScoreWeights, err error) {
	v = ScoreWeights{Today: p.today(), Earliest: nextMonth(p.today()), Indicators: scorecard.Indicators()}
	for _, g := range scorecard.Groups() {
		v.Groups = append(v.Groups, NamedCode{string(g), g.Name()})
	}
	rows, err := app.FindAllRecords(records.ScoreWeights)
	if err != nil {
		return v, err
	}
	for _, w := range scorecard.Defaults() {
		v.Sets = append(v.Sets, WeightSet{Note: "平台的默认标准", Weights: w})
	}
	for _, r := range rows {
		set := WeightSet{ID: r.Id, Note: r.GetString("note"), By: r.GetString("by_name")}
		if err := r.UnmarshalJSONField("weights", &set.Weights); err != nil {
			return v, err
		}
		set.From = r.GetString("valid_from")
		v.Sets = append(v.Sets, set)
	}
	slices.SortStableFunc(v.Sets, func(a, b WeightSet) int { return strings.Compare(b.From, a.From) })
	inForce := false
	for i := range v.Sets {
		v.Sets[i].State, inForce = stateOfSetting(workday.Date(v.Sets[i].From), workday.Date(v.Today), inForce)
	}
	return v, nil
}

// nextMonth is the first day of the month after a day.
func nextMonth(day string) string {
	at, err := time.Parse("2006-01", day[:7])
	if err != nil {
		return "" // today is a day
	}
	return at.AddDate(0, 1, 0).Format(time.DateOnly)
}

// addScoreWeights adds a set that holds from a later month: a card is judged with
// one set, and what was judged stays explained.
func (p *platform) addScoreWeights(e *core.RequestEvent) error {
	var body struct {
		scorecard.Weights
		Note string `json:"note"`
	}
	if err := e.BindBody(&body); err != nil {
		return e.BadRequestError("内容的格式不对：分值以 0.1 分为单位，填写整数。", err)
	}
	body.Note = strings.TrimSpace(body.Note)
	var view ScoreWeights
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseScorers(tx, e); err != nil {
			return err
		}
		problems := body.Problems()
		if problem, err := p.weightsDayProblem(tx, body.From); err != nil {
			return err
		} else if problem != nil {
			problems["valid_from"] = problem
		}
		if utf8.RuneCountInString(body.Note) > 500 {
			problems["note"] = validation.NewError("score_note", "最多 500 个字")
		}
		if len(problems) > 0 {
			return fieldErrors(problems)
		}
		r, err := recordWith(tx, records.ScoreWeights, map[string]any{"valid_from": body.From, "weights": body.Weights, "note": body.Note, "by_name": clip(e.Auth.GetString("name"), 50)})
		if err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
		if view, err = p.weightsView(tx); err != nil {
			return err
		}
		view.MaySet = true
		return p.doneBy(tx, e, "set_score_weights", r, map[string]any{"valid_from": body.From, "weights": body.Weights, "note": body.Note})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, view)
}

// weightsDayProblem is why weights cannot hold from a day on.
func (p *platform) weightsDayProblem(app core.App, from string) (problem, err error) {
	if !isMonth(clip(from, 8)[:min(len(from), 7)]) || !strings.HasSuffix(from, "-01") || len(from) != 10 {
		return validation.NewError("score_from", "请填写一个月的 1 日：一个月的评分用同一套标准"), nil
	}
	if from <= p.today() {
		return validation.NewError("score_from", "最早从下个月 1 日起适用："+nextMonth(p.today())), nil
	}
	n, err := app.CountRecords(records.ScoreWeights, dbx.HashExp{"valid_from": from})
	if err == nil && n > 0 {
		problem = validation.NewError("score_from", "已有从这一天起适用的标准，请换一个月")
	}
	return problem, err
}
