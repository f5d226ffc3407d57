package pb_hooks

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// SupervisionOverview is how the schools of the district, or of a stage, stood at
// the end of a day.
type SupervisionOverview struct {
	Day       string           `json:"day"`    // "" if nothing has been kept yet
	Before    string           `json:"before"` // the day that it is compared with; "" if there is none
	From      string           `json:"from"`   // totals are counted since
	Stage     string           `json:"stage"`
	Schools   int              `json:"schools"`
	Shares    []ShareChange    `json:"shares"`
	Figures   []FigureChange   `json:"figures"`
	Attention []StageAttention `json:"attention"`
}

// StageAttention are schools of one stage that somebody should look at: only
// inside a stage are schools put in an order, and only at the bureau.
type StageAttention struct {
	Stage   string            `json:"stage"`
	Schools int               `json:"schools"` // of the stage
	Listed  []SchoolAttention `json:"listed"`  // the gravest first
}

// SchoolAttention is a school with the reasons to look at it.
type SchoolAttention struct {
	School  NamedCode      `json:"school"`
	Reasons []string       `json:"reasons"`
	Ratio   figures.Ratio  `json:"ratio"`  // 栏目规范达标率
	Before  *figures.Ratio `json:"before"` // a month ago
	vetoes  int
	overdue int
}

// muchLess is by how many tenths of a per cent a school's 栏目规范达标率 must have
// fallen in a month to be named for it.
const muchLess = 50

func (p *platform) supervisionOverview(e *core.RequestEvent) error {
	if err := p.overseer(e); err != nil {
		return err
	}
	ask := e.Request.URL.Query()
	stage, err := askedStage(ask)
	if err != nil {
		return err
	}
	day, err := askedDay(e.App, ask)
	if err != nil {
		return err
	}
	v := SupervisionOverview{Stage: stage, Shares: []ShareChange{}, Figures: []FigureChange{}, Attention: []StageAttention{}}
	e.Response.Header().Set("Cache-Control", "no-store")
	if day == "" {
		return e.JSON(http.StatusOK, v)
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	whose := inStage(d, stage)
	st, err := whose.standing(e.App, day)
	if err != nil {
		return err
	}
	v.Day, v.Before, v.From, v.Shares, v.Figures = string(st.Day), string(st.Before), string(st.From), st.shares(), st.figures()
	if err := v.addSchools(e.App, whose, st); err != nil {
		return err
	}
	return e.JSON(http.StatusOK, v)
}

// addSchools says which schools somebody should look at, by stage.
func (v *SupervisionOverview) addSchools(app core.App, whose scope, st *standing) error {
	now, err := schoolsOn(app, st.Day)
	if err != nil {
		return err
	}
	before, err := schoolsOn(app, st.Before)
	if err != nil {
		return err
	}
	for _, stage := range standard.Stages() {
		if v.Stage != "" && stage != v.Stage {
			continue
		}
		line := StageAttention{Stage: stage, Listed: []SchoolAttention{}}
		for _, school := range whose.of {
			kept, ok := now[school.ID]
			if !ok || v.Stage == "" && school.Stages[0] != stage {
				continue
			}
			line.Schools++
			if a := attention(school, kept, before[school.ID]); len(a.Reasons) > 0 {
				line.Listed = append(line.Listed, a)
			}
		}
		slices.SortStableFunc(line.Listed, func(a, b SchoolAttention) int {
			return cmp.Or(b.vetoes-a.vetoes, b.overdue-a.overdue, permille(a.Ratio)-permille(b.Ratio))
		})
		v.Schools += line.Schools
		if line.Schools > 0 {
			v.Attention = append(v.Attention, line)
		}
	}
	return nil
}

// attention are the reasons to look at a school: 单项否决, what is overdue, and a
// rate that has fallen.
func attention(school *records.School, kept, before keptSchool) SchoolAttention {
	a := SchoolAttention{School: NamedCode{school.Code, school.ShortName}, Reasons: []string{}, Ratio: kept.compliance()}
	if vetoes := strings.Fields(kept.vetoes); len(vetoes) > 0 {
		a.vetoes, a.Reasons = len(vetoes), append(a.Reasons, "单项否决 "+strings.Join(vetoes, "、"))
	}
	for _, late := range []struct{ figure, text string }{{"requests_overdue", "申请超期 %d 件"}, {"letters_overdue", "来信超期 %d 件"}, {"orders_overdue", "督办整改超期 %d 件"}} {
		if n := kept.counts[late.figure]; n > 0 {
			a.overdue, a.Reasons = a.overdue+n, append(a.Reasons, fmt.Sprintf(late.text, n))
		}
	}
	if before.counts == nil {
		return a
	}
	then := before.compliance()
	a.Before = &then
	if fell := permille(then) - permille(a.Ratio); fell >= muchLess {
		a.Reasons = append(a.Reasons, fmt.Sprintf("达标率比一个月前低 %d.%d 个百分点", fell/10, fell%10))
	}
	return a
}

func permille(r figures.Ratio) int {
	n, _ := r.Permille()
	return n
}

// keptSchool is what a snapshot says of one school.
type keptSchool struct {
	counts  figures.Counts
	columns string
	vetoes  string
	score   int
	lines   []CardLine
}

func (k keptSchool) compliance() figures.Ratio {
	return figures.Ratio{Part: k.counts["columns_met"], Whole: k.counts["columns_mandatory"]}
}

// schoolsOn reads the snapshots of a day, of all schools that were at work or of some,
// by record id.
func schoolsOn(app core.App, day workday.Date, ids ...any) (map[string]keptSchool, error) {
	where := dbx.HashExp{"day": string(day), "ended": false}
	if len(ids) > 0 {
		where["school"] = ids
	}
	rows, err := app.DB().Select("school", "figures", "columns", "vetoes", "score", "coalesce(lines, '[]')").From(records.SchoolDays).Where(where).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[string]keptSchool{}
	for rows.Next() {
		var id string
		var counts, lines []byte
		var k keptSchool
		if err := rows.Scan(&id, &counts, &k.columns, &k.vetoes, &k.score, &lines); err != nil {
			return nil, err
		}
		if k.counts, err = readCounts(counts); err != nil {
			return nil, fmt.Errorf("snapshot of %s: %w", day, err)
		}
		if len(ids) > 0 {
			if err := json.Unmarshal(lines, &k.lines); err != nil {
				return nil, fmt.Errorf("snapshot of %s: %w", day, err)
			}
		}
		out[id] = k
	}
	return out, rows.Err()
}
