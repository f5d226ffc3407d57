package pb_hooks

import (
	"encoding/json"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
)

// figureAsked is the condition of the cases behind a figure of the statistics:
// ?figure=r03c7 is a row and a column of table 3, complaint.3 a kind and a column
// of table 4, each of the period ?from= to ?to= and of ?school=.
func (p *platform) figureAsked(app core.App, ask url.Values, person *core.Record) (dbx.Expression, error) {
	period, err := p.periodAsked(ask)
	if err != nil {
		return nil, err
	}
	school := person.GetString("school")
	if code := ask.Get("school"); school == "" && code != "" && code != wholeDistrict {
		directory, err := p.directory()
		if err != nil {
			return nil, err
		}
		found, ok := directory.ByCode(code)
		if !ok {
			return nil, refused("school", "not_found", "没有这所学校")
		}
		school = found.ID
	}
	s, err := p.statisticsOf(app, period, school)
	if err != nil {
		return nil, uncountable(err)
	}
	f, ok := figureNamed(s.all, ask.Get("figure"))
	if !ok {
		return nil, refused("figure", "not_found", "统计表中没有这一项")
	}
	ids := []string{}
	for _, id := range f.Cases {
		id, _, _ = strings.Cut(id, "/") // the second complaint of a case
		ids = append(ids, id)
	}
	raw, err := json.Marshal(ids)
	return dbx.NewExp("id IN (SELECT value FROM json_each({:figure}))", dbx.Params{"figure": string(raw)}), err
}

func figureNamed(t tables, name string) (f foi.Figure, ok bool) {
	if remedy, column, found := strings.Cut(name, "."); found {
		n, err := strconv.Atoi(column)
		row, known := t.table4.Figures[foi.Remedy(remedy)]
		if err != nil || !slices.Contains(foi.Remedies(), foi.Remedy(remedy)) || n < 1 || n > len(row) {
			return f, false
		}
		if known {
			f = row[n-1]
		}
		return f, true
	}
	row, column, found := strings.Cut(strings.TrimPrefix(name, "r"), "c")
	r, err := strconv.Atoi(row)
	c, err2 := strconv.Atoi(column)
	if !found || err != nil || err2 != nil || r < 1 || r > foi.Table3Rows || c < 1 || c > foi.Table3Columns {
		return f, false
	}
	return t.table3.At(r, c), true
}
