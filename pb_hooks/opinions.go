package pb_hooks

import (
	"cmp"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/workday"
)

// A call for opinions (意见征集) is an article of this column whose named fields say
// what is asked. So the reviews and the hash of a version cover it, and what is
// published is what is asked; no record beside the article could differ from it.
const callColumn = "B0602"

// sealedOfOpinions is what only the key opens: people write about people.
var sealedOfOpinions = []sealedField{{Collection: records.OpinionsGiven, Field: "text"}}

// callIn is the call in the named fields of an article; false where it asks for
// nothing on its page, or for what cannot be asked.
func callIn(column string, facts []map[string]string) (inquiry.CallForOpinions, bool) {
	if column != callColumn {
		return inquiry.CallForOpinions{}, false
	}
	call, asks := inquiry.CallOf(facts)
	return call, asks && len(call.Problems()) == 0
}

// factsOf are the rows of named fields of a version.
func factsOf(version *core.Record) (facts []map[string]string, err error) {
	return facts, version.UnmarshalJSONField("facts", &facts)
}

// callProblem says what is wrong with the call of a version that is submitted.
func (p *platform) callProblem(app core.App, article, version *core.Record) (string, error) {
	if article.GetString("column") != callColumn {
		return "", nil
	}
	facts, err := factsOf(version)
	if err != nil {
		return "", err
	}
	call, asks := inquiry.CallOf(facts)
	var refusal inquiry.Refusal
	if err := p.keepAsked(app, article, version); errors.As(err, &refusal) {
		return refusal.Sentence, nil
	} else if err != nil || !asks {
		return "", err
	}
	if problems := call.Problems(); len(problems) > 0 {
		var sentences []string
		for _, field := range slices.Sorted(maps.Keys(problems)) {
			errors.As(problems[field], &refusal)
			sentences = append(sentences, refusal.Sentence)
		}
		return strings.Join(sentences, "；"), nil
	}
	if article.GetString("published") == "" && call.Until < workday.Date(p.today()) {
		return "截止日期已经过去，请改晚一些", nil
	}
	return "", nil
}

// keepAsked refuses a version that asks otherwise than the public one, once
// somebody has answered that.
func (p *platform) keepAsked(app core.App, article, version *core.Record) error {
	public := article.GetString("published")
	if article.GetString("column") != callColumn || public == "" || public == version.Id {
		return nil
	}
	given, err := app.CountRecords(records.OpinionsGiven, dbx.HashExp{"article": article.Id})
	if err != nil || given == 0 {
		return err
	}
	before, err := app.FindRecordById(records.Versions, public)
	if err != nil {
		return err
	}
	asked, err := factsOf(before)
	if err != nil {
		return err
	}
	facts, err := factsOf(version)
	if err != nil {
		return err
	}
	was, _ := inquiry.CallOf(asked)
	is, _ := inquiry.CallOf(facts)
	return was.CheckChange(is)
}

// callRefusal shows a refusal at its field; one that has none is about the whole.
func callRefusal(err error, whole string) error {
	var r inquiry.Refusal
	if !errors.As(err, &r) {
		return err
	}
	r.Field = cmp.Or(r.Field, whole)
	return validation.Errors{r.Field: validation.NewError(r.Code(), r.Sentence)}
}

// tallyOf counts what was given to a call.
func tallyOf(app core.App, article string, call inquiry.CallForOpinions) (inquiry.Tally, error) {
	var rows []struct {
		Choice string `db:"choice"`
		Count  int    `db:"count"`
	}
	err := app.DB().Select("choice", "count(*) AS count").From(records.OpinionsGiven).Where(dbx.HashExp{"article": article}).GroupBy("choice").All(&rows)
	given := map[string]int{}
	for _, row := range rows {
		given[row.Choice] = row.Count
	}
	return call.Count(given), err
}

// States of a call, to those who look at it.
const (
	callEarly = "early"
	callOpen  = "open"
	callEnded = "ended"
)

// callState is ended as soon as the article is no longer published.
func callState(call inquiry.CallForOpinions, state publication.State, today string) string {
	switch day := workday.Date(today); {
	case state != publication.Published || day > call.Until:
		return callEnded
	case day < call.From:
		return callEarly
	}
	return callOpen
}

// callView is what the public sees of a call, nil of an article that is none. How
// many chose what is told when it has ended, so that nobody is led by others.
func (p *platform) callView(a records.PublicArticle) (*site.Call, error) {
	facts := a.FactRows()
	call, asks := callIn(a.Column, facts)
	if !asks {
		return nil, nil
	}
	v := &site.Call{ArticleID: a.ID, Question: call.Question, Options: append([]string{}, call.Options...), Text: call.Text, From: string(call.From), Until: string(call.Until),
		State: callState(call, publication.State(a.State), p.today()), Result: inquiry.ResultOf(facts), ResultBy: string(call.ResultBy())}
	if v.State != callEnded {
		return v, nil
	}
	tally, err := tallyOf(p.app, a.ID, call)
	if err != nil {
		return nil, err
	}
	v.Tally = &site.Tally{Given: tally.Given, Chosen: []site.Chosen{}}
	for i, option := range call.Options {
		v.Tally.Chosen = append(v.Tally.Chosen, site.Chosen{Option: option, Count: tally.Chosen[i], Percent: percentOf(tally.Chosen[i], tally.Given)})
	}
	return v, nil
}

// percentOf is a share in whole percent, rounded half up.
func percentOf(part, all int) int {
	if all == 0 {
		return 0
	}
	return (200*part + all) / (2 * all)
}

// owesResult reports whether a call has ended on a day and its result is not
// published, and by when it is to be.
func owesResult(facts string, today string) (by string, owes bool) {
	var rows []map[string]string
	if err := json.Unmarshal([]byte(facts), &rows); err != nil {
		return "", false // checked when written; null is no rows
	}
	call, asks := callIn(callColumn, rows)
	if !asks || workday.Date(today) <= call.Until || inquiry.ResultOf(rows) != "" {
		return "", false
	}
	return string(call.ResultBy()), true
}
