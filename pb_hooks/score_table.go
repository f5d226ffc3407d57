package pb_hooks

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// ScoreTable are the scores of all schools in a month, for the bureau. A place among
// others is only given inside one stage, and with how many it is among.
type ScoreTable struct {
	Month    string           `json:"month"`
	Months   []string         `json:"months"`
	Running  bool             `json:"running"` // the scores are of the last day that was measured
	AsOf     string           `json:"as_of"`   // a day
	Stage    string           `json:"stage"`   // "" is all, without places
	Stages   []NamedCode      `json:"stages"`
	Schools  int              `json:"schools"`  // at work in the stage
	Measured int              `json:"measured"` // of those, with a score
	Lines    []ScoreLine      `json:"lines"`
	Open     []ScoreObjection `json:"open"` // waiting for a decision, whatever the month
	MaySet   bool             `json:"may_set"`
}

// ScoreLine is a school in the table.
type ScoreLine struct {
	Code     string               `json:"code"`
	Name     string               `json:"name"`
	Stages   []string             `json:"stages"`
	Measured bool                 `json:"measured"` // the following are its score
	Place    int                  `json:"place"`    // in the stage; 0 has none
	Score    scorecard.Points     `json:"score"`    // with what was given back
	Before   scorecard.Points     `json:"before"`   // without
	Grade    scorecard.Grade      `json:"grade"`
	Vetoes   []scorecard.Code     `json:"vetoes"`
	Lost     []scorecard.CardLine `json:"lost"`    // what costs most first
	Waiting  int                  `json:"waiting"` // objections in this month without a decision
	id       string
}

func (p *platform) scoreTable(e *core.RequestEvent) error {
	table, err := p.scoresAsked(e)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, table)
}

// scoresAsked is the table that the address names.
func (p *platform) scoresAsked(e *core.RequestEvent) (t ScoreTable, err error) {
	if err := p.refuseStrangers(e); err != nil {
		return t, err
	}
	ask := e.Request.URL.Query()
	if t.Month, t.Running, err = p.monthAsked(ask.Get("month")); err != nil {
		return t, err
	}
	if t.Stage = ask.Get("stage"); t.Stage != "" && !slices.Contains(standard.Stages(), t.Stage) {
		return t, refused("stage", "score_stage", "没有这个学段")
	}
	if t.Months, err = p.monthsOf(e.App, ""); err != nil {
		return t, err
	}
	if t.MaySet, err = p.servesBureau(e.App, e.Auth, publication.Supervisor); err != nil {
		return t, err
	}
	if t.Open, err = p.objectionsOf(e.App, dbx.NewExp("d.id IS NULL")); err != nil {
		return t, err
	}
	if err := p.addScores(e.App, &t); err != nil {
		return t, err
	}
	t.rank()
	return t, nil
}

// addScores puts the schools of the stage into the table: of a month that has ended
// those that have a card.
func (p *platform) addScores(app core.App, t *ScoreTable) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	var scores map[string]ScoreLine
	if t.Running {
		t.AsOf, scores, err = scoresOfDay(app, t.Month)
	} else {
		t.AsOf, scores, err = p.scoresIssued(app, t.Month)
	}
	if err != nil {
		return err
	}
	waiting := map[string]int{}
	for _, o := range t.Open {
		if o.Month == t.Month {
			waiting[o.School]++
		}
	}
	t.Lines = []ScoreLine{}
	inUse := map[string]bool{}
	for _, s := range d.Schools {
		line, measured := scores[s.ID]
		if s.Status != "open" && !measured {
			continue
		}
		for _, stage := range s.Stages {
			inUse[stage] = true
		}
		if t.Stage != "" && !slices.Contains(s.Stages, t.Stage) {
			continue
		}
		line.id, line.Code, line.Name, line.Stages, line.Measured, line.Waiting = s.ID, s.Code, s.ShortName, s.Stages, measured, waiting[s.Code]
		if !measured {
			line.Vetoes, line.Lost = []scorecard.Code{}, []scorecard.CardLine{}
		}
		t.Lines = append(t.Lines, line)
	}
	for _, stage := range standard.Stages() {
		if inUse[stage] {
			t.Stages = append(t.Stages, NamedCode{stage, stage})
		}
	}
	return nil
}

// scoresOfDay are the scores of the last day of a month that was measured, by school.
func scoresOfDay(app core.App, month string) (day string, scores map[string]ScoreLine, err error) {
	if err := app.DB().NewQuery("SELECT coalesce(max(day), '') FROM school_days WHERE day >= {:month} AND day < {:month} || '-99'").Bind(dbx.Params{"month": month}).Row(&day); err != nil {
		return "", nil, err
	}
	var rows []struct {
		School string `db:"school"`
		Score  int    `db:"score"`
		Vetoes string `db:"vetoes"`
		Lines  string `db:"lines"`
	}
	if err := app.DB().Select("school", "score", "vetoes", "lines").From(records.SchoolDays).Where(dbx.HashExp{"day": day, "ended": false}).All(&rows); err != nil {
		return "", nil, err
	}
	scores = map[string]ScoreLine{}
	for _, r := range rows {
		line := ScoreLine{Score: scorecard.Points(r.Score), Before: scorecard.Points(r.Score), Vetoes: codesIn(r.Vetoes)}
		if err := json.Unmarshal([]byte(r.Lines), &line.Lost); err != nil {
			return "", nil, fmt.Errorf("lines of the day of school %s: %w", r.School, err)
		}
		line.Grade = scorecard.GradeOf(line.Score, len(line.Vetoes) > 0)
		line.sort()
		scores[r.School] = line
	}
	return day, scores, nil
}

// scoresIssued are the scores of the cards of a month, by school, with what was
// given back since.
func (p *platform) scoresIssued(app core.App, month string) (issued string, scores map[string]ScoreLine, err error) {
	cards, err := app.FindAllRecords(records.ScoreCards, dbx.HashExp{"month": month})
	if err != nil {
		return "", nil, err
	}
	objections, err := p.objectionsOf(app, dbx.HashExp{"o.month": month, "d.accepted": true})
	if err != nil {
		return "", nil, err
	}
	d, err := p.directory()
	if err != nil {
		return "", nil, err
	}
	sets, err := weightsSets(app)
	if err != nil {
		return "", nil, err
	}
	back := map[string][]ScoreObjection{}
	for _, o := range objections {
		if school, ok := d.ByCode(o.School); ok {
			back[school.ID] = append(back[school.ID], o)
		}
	}
	scores = map[string]ScoreLine{}
	for _, r := range cards {
		card, err := cardIn(r, sets)
		if err != nil {
			return "", nil, err
		}
		school := r.GetString("school")
		after := card.Restore(givenBack(back[school]))
		line := ScoreLine{Score: after.Score, Before: card.Score, Grade: after.Grade, Vetoes: after.Vetoes, Lost: after.Day()}
		line.sort()
		scores[school], issued = line, r.GetString("issued_on")
	}
	return issued, scores, nil
}

func codesIn(text string) []scorecard.Code {
	list := []scorecard.Code{}
	for _, code := range strings.Fields(text) {
		list = append(list, scorecard.Code(code))
	}
	return list
}

// sort puts what costs most first.
func (l *ScoreLine) sort() {
	l.Lost = slices.DeleteFunc(l.Lost, func(d scorecard.CardLine) bool { return d.Points == 0 })
	slices.SortStableFunc(l.Lost, func(a, b scorecard.CardLine) int { return cmp.Compare(b.Points, a.Points) })
}

// rank gives places inside the stage that is asked for.
func (t *ScoreTable) rank() {
	var with []*ScoreLine
	var standings []scorecard.Standing
	t.Schools = len(t.Lines)
	for i := range t.Lines {
		if line := &t.Lines[i]; line.Measured {
			with = append(with, line)
			standings = append(standings, scorecard.Standing{Vetoed: len(line.Vetoes) > 0, Score: line.Score})
		}
	}
	t.Measured = len(with)
	if t.Stage == "" {
		return
	}
	for i, place := range scorecard.Ranks(standings) {
		with[i].Place = place
	}
	slices.SortStableFunc(t.Lines, func(a, b ScoreLine) int {
		const last = 1 << 20
		return cmp.Compare(cmp.Or(a.Place, last), cmp.Or(b.Place, last))
	})
}

// exportScores gives out the same as a workbook. The export is entered before it is
// sent.
func (p *platform) exportScores(e *core.RequestEvent) error {
	t, err := p.scoresAsked(e)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	file, err := t.list(d, workday.Date(p.today())).Xlsx()
	if err != nil {
		return err
	}
	done := deed{Action: "export_scores", Collection: records.ScoreCards, Detail: map[string]any{"month": t.Month, "stage": t.Stage, "count": len(t.Lines)}}
	return p.enterBefore(e, actorOf(e), done, func() error {
		return handOut(e, savedName("考核评分_"+t.Month+cmp.Or("_"+t.Stage, "")+".xlsx"), xlsxType, file)
	})
}

func (t ScoreTable) list(d *records.Directory, made workday.Date) statement.List {
	about := inWordsOfMonth(t.Month) + "，" + cmp.Or(t.Stage, "全部学段") + fmt.Sprintf("，%d 所学校，已评 %d 所", t.Schools, t.Measured)
	if t.Running {
		about += "（当月截至 " + cmp.Or(t.AsOf, "—") + "，尚未出具）"
	}
	l := statement.List{Demo: d.District.Demo, Issuer: d.District.Bureau, Title: "学校信息公开考核评分", About: about, Made: made,
		Columns: []statement.ListColumn{{Name: "名次", Width: 800}, {Name: "学校", Width: 2600}, {Name: "学段", Width: 1800}, {Name: "得分", Width: 900}, {Name: "申诉前", Width: 900},
			{Name: "等次", Width: 900}, {Name: "单项否决", Width: 1400}, {Name: "扣分项", Width: 5200}}}
	for _, line := range t.Lines {
		if !line.Measured {
			l.Rows = append(l.Rows, []string{"", line.Name, strings.Join(line.Stages, "、"), "未测", "", "", "", ""})
			continue
		}
		var lost []string
		for _, one := range line.Lost {
			lost = append(lost, inWordsOfLine(one.Code)+" -"+one.Points.String())
		}
		place := ""
		if line.Place > 0 {
			place = strconv.Itoa(line.Place)
		}
		l.Rows = append(l.Rows, []string{place, line.Name, strings.Join(line.Stages, "、"), line.Score.String(), line.Before.String(), line.Grade.Name(), spaced(line.Vetoes), strings.Join(lost, "；")})
	}
	return l
}
