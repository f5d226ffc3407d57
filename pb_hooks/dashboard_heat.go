package pb_hooks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// SupervisionHeat is how far each school met each group of columns at the end of a
// day.
type SupervisionHeat struct {
	Day     string      `json:"day"` // "" if nothing has been kept yet
	Stage   string      `json:"stage"`
	Groups  []NamedCode `json:"groups"`
	Schools []HeatRow   `json:"schools"` // by stage, then by code: no ranking
}

// HeatRow is one school.
type HeatRow struct {
	School NamedCode       `json:"school"`
	Stage  string          `json:"stage"`
	Ratio  figures.Ratio   `json:"ratio"` // of all columns
	Cells  []figures.Ratio `json:"cells"` // by group; a whole of 0 has no column there
}

func (p *platform) supervisionHeat(e *core.RequestEvent) error {
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
	d, err := p.directory()
	if err != nil {
		return err
	}
	v := SupervisionHeat{Day: string(day), Stage: stage, Groups: []NamedCode{}, Schools: []HeatRow{}}
	kept, err := schoolsOn(e.App, day)
	if err != nil {
		return err
	}
	if err := v.draw(inStage(d, stage).of, kept); err != nil {
		return err
	}
	for i, g := range v.Groups {
		v.Groups[i].Name = nodeName(d, g.Code)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, v)
}

// draw counts the columns of each group.
func (v *SupervisionHeat) draw(schools []*records.School, kept map[string]keptSchool) error {
	byGroup := map[string]map[string]figures.Ratio{} // school, group
	groups := map[string]bool{}
	for _, s := range schools {
		cells := map[string]figures.Ratio{}
		err := compliance.Decode(kept[s.ID].columns, func(code string, m compliance.Mark) {
			if !m.Counted() {
				return
			}
			group := standard.GroupCode(code)
			cell := cells[group]
			cell.Whole++
			if m.Met() {
				cell.Part++
			}
			cells[group], groups[group] = cell, true
		})
		if err != nil {
			return err
		}
		byGroup[s.ID] = cells
	}
	for code := range groups {
		v.Groups = append(v.Groups, NamedCode{Code: code})
	}
	slices.SortStableFunc(v.Groups, func(a, b NamedCode) int { return strings.Compare(a.Code, b.Code) })
	for _, s := range schools {
		k, ok := kept[s.ID]
		if !ok {
			continue
		}
		row := HeatRow{School: NamedCode{s.Code, s.ShortName}, Stage: s.Stages[0], Ratio: k.compliance()}
		for _, g := range v.Groups {
			row.Cells = append(row.Cells, byGroup[s.ID][g.Code])
		}
		v.Schools = append(v.Schools, row)
	}
	stages := standard.Stages()
	slices.SortStableFunc(v.Schools, func(a, b HeatRow) int { return slices.Index(stages, a.Stage) - slices.Index(stages, b.Stage) })
	return nil
}

// nodeName is what the standard calls a column or a group; the code itself if the
// standard has it no longer.
func nodeName(d *records.Directory, code string) string {
	if node, ok := d.Node(code); ok {
		return node.Name
	}
	return code
}
