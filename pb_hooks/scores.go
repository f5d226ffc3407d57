package pb_hooks

import (
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// bindScores keeps what was scored to the routes: no superuser changes it.
func bindScores(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("评分、申诉和扣分标准不能直接更改。", nil)
	}
	owned := []string{records.ScoreWeights, records.ScoreCards, records.ScoreFindings, records.ScoreObjections, records.ScoreDecisions}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// refuseScorers refuses who is not the bureau's supervisor.
func (p *platform) refuseScorers(app core.App, e *core.RequestEvent) error {
	may, err := p.servesBureau(app, e.Auth, publication.Supervisor)
	if err == nil && !may {
		err = e.ForbiddenError("考核评分由区级监督员办理。", nil)
	}
	return err
}

// mayObject reports whether a person objects in the name of a school: its principal
// or its officer.
func (p *platform) mayObject(app core.App, person *core.Record, school string) (bool, error) {
	if person.GetString("school") != school || person.GetString("deactivated_at") != "" {
		return false, nil
	}
	for _, duty := range []publication.Duty{publication.Principal, publication.Officer} {
		ways, err := p.waysToAct(app, person, duty)
		if err != nil || len(ways) > 0 {
			return err == nil, err
		}
	}
	return false, nil
}

// tellSchoolOfScores tells a school's principal and officer.
func (p *platform) tellSchoolOfScores(app core.App, school *records.School, key, title, month string, also ...string) error {
	people, err := p.peopleOf(app, school.ID, publication.Principal, publication.Officer)
	if err != nil {
		return err
	}
	for _, person := range also {
		if !slices.Contains(people, person) {
			people = append(people, person)
		}
	}
	return notify(app, people, notification{Kind: "score", Key: key, Title: clip(title, 300), Link: linkOfCard(school.Code, month)})
}

func linkOfCard(school, month string) string {
	return "/supervision/scores/" + school + "?month=" + month
}

// weightsSets are the sets that the bureau added.
func weightsSets(app core.App) (list []scorecard.Weights, err error) {
	rows, err := app.FindAllRecords(records.ScoreWeights)
	for _, r := range rows {
		w := scorecard.Weights{}
		if err := r.UnmarshalJSONField("weights", &w); err != nil {
			return nil, err
		}
		w.From = r.GetString("valid_from")
		list = append(list, w)
	}
	return list, err
}

// weightsOf are the weights of a month: those that hold on its first day.
func weightsOf(app core.App, month string) (scorecard.Weights, error) {
	sets, err := weightsSets(app)
	return scorecard.InForce(sets, month+"-01"), err
}

// monthAsked is the month that an address names: the running one, or one before it.
func (p *platform) monthAsked(text string) (month string, running bool, err error) {
	current := p.today()[:7]
	switch {
	case text == "" || text == current:
		return current, true, nil
	case !isMonth(text):
		return "", false, refused("month", "score_month", "月份写成 2026-11 这样")
	case text > current:
		return "", false, refused("month", "score_month", "这个月还没有开始")
	}
	return text, false, nil
}

func isMonth(text string) bool {
	return len(text) == 7 && workday.Date(text+"-01").IsValid()
}

// inWordsOfMonth: 2026 年 11 月.
func inWordsOfMonth(month string) string {
	return month[:4] + " 年 " + strings.TrimPrefix(month[5:], "0") + " 月"
}

// addressProblem is why a text is no address that proves something: one of the
// platform's own, or of another site.
func addressProblem(link string) error {
	switch {
	case link == "" || strings.HasPrefix(link, "/") && !strings.HasPrefix(link, "//") || strings.HasPrefix(link, "https://") || strings.HasPrefix(link, "http://"):
		if len(link) > 500 {
			return validation.NewError("score_link", "链接最多 500 个字符")
		}
		return nil
	}
	return validation.NewError("score_link", "链接以 http:// 或 https:// 开头，或者是本平台的地址（以 / 开头）")
}

// issuedCard is the card of a school and a month; nil if there is none.
func issuedCard(app core.App, school, month string) (*core.Record, error) {
	list, err := app.FindAllRecords(records.ScoreCards, dbx.HashExp{"school": school, "month": month})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// cardIn is the card that a record keeps.
func cardIn(r *core.Record, sets []scorecard.Weights) (scorecard.Card, error) {
	var kept scorecard.Kept
	err := r.UnmarshalJSONField("card", &kept)
	return kept.Card(scorecard.InForce(sets, r.GetString("weights_from"))), err
}

// recordWith is a new record with its fields.
func recordWith(app core.App, collection string, fields map[string]any) (*core.Record, error) {
	c, err := app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return nil, err
	}
	r := core.NewRecord(c)
	r.Load(fields)
	return r, nil
}

// refuseStrangers refuses who does not see the scores of all schools.
func (p *platform) refuseStrangers(e *core.RequestEvent) error {
	may, err := p.oversees(e.App, e.Auth)
	if err == nil && !may {
		err = e.ForbiddenError("各校的评分由教育局监督员、审核员、审计员和账号管理员查看。", nil)
	}
	return err
}
