package pb_hooks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/standard"
)

// SupervisedSchool is how a school stood at the end of a day, and the year that led
// there.
type SupervisedSchool struct {
	School  NamedCode         `json:"school"`
	Stages  []string          `json:"stages"`
	Day     string            `json:"day"` // "" if nothing has been kept of it yet
	Before  string            `json:"before"`
	From    string            `json:"from"` // totals are counted since
	Shares  []ShareChange     `json:"shares"`
	Figures []FigureChange    `json:"figures"`
	Columns []ColumnMark      `json:"columns"`
	Score   int               `json:"score"` // tenths of a point; -1 if there was no card
	Vetoes  []string          `json:"vetoes"`
	Lines   []CardLine        `json:"lines"`
	Trend   *SupervisionTrend `json:"trend"` // 栏目规范达标率 and its parts, by month
}

// ColumnMark is what a snapshot says of a column.
type ColumnMark struct {
	Code      string `json:"code"`
	Name      string `json:"name"`
	Group     string `json:"group"`
	GroupName string `json:"group_name"`
	Mandatory bool   `json:"mandatory"`
	Exempt    bool   `json:"exempt"`
	Exists    bool   `json:"exists"`
	Filled    bool   `json:"filled"`
	Fresh     bool   `json:"fresh"`
	Enough    bool   `json:"enough"`
	Met       bool   `json:"met"`
}

func (p *platform) supervisedSchoolDay(e *core.RequestEvent) error {
	school, err := p.supervisedSchool(e)
	if err != nil {
		return err
	}
	day, err := askedDay(e.App, e.Request.URL.Query())
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	v := SupervisedSchool{School: NamedCode{school.Code, school.Name}, Stages: school.Stages, Shares: []ShareChange{}, Figures: []FigureChange{},
		Columns: []ColumnMark{}, Score: -1, Vetoes: []string{}, Lines: []CardLine{}}
	kept, err := schoolsOn(e.App, day, school.ID)
	if err != nil {
		return err
	}
	series, err := askedSeries(nil)
	if err != nil {
		return err
	}
	whose := scope{school: school}
	from := day
	if day != "" {
		from = shifted(day, -364)
	}
	if v.Trend, err = trendOf(e.App, whose, from, day, "month", series); err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	k, ok := kept[school.ID]
	if !ok { // opened later, or closed by then
		return e.JSON(http.StatusOK, v)
	}
	st, err := whose.standing(e.App, day)
	if err != nil {
		return err
	}
	v.Day, v.Before, v.From, v.Shares, v.Figures = string(st.Day), string(st.Before), string(st.From), st.shares(), st.figures()
	v.Score, v.Vetoes, v.Lines = k.score, append(v.Vetoes, strings.Fields(k.vetoes)...), slices.Concat(v.Lines, k.lines)
	if err := compliance.Decode(k.columns, func(code string, m compliance.Mark) {
		group := standard.GroupCode(code)
		v.Columns = append(v.Columns, ColumnMark{Code: code, Name: nodeName(d, code), Group: group, GroupName: nodeName(d, group), Mandatory: m.Mandatory,
			Exempt: m.Exempt, Exists: m.Exists, Filled: m.Filled, Fresh: m.Fresh, Enough: m.Enough, Met: m.Met()})
	}); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, v)
}
