package pb_hooks

import (
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// StandardList is all versions of the standard that somebody may see.
type StandardList struct {
	Today    string        `json:"today"`
	MayEdit  bool          `json:"may_edit"` // the bureau's supervisor
	Versions []StandardRow `json:"versions"` // the newest first
}

// StandardRow is one version.
type StandardRow struct {
	ID             string `json:"id"`
	Version        string `json:"version"` // its number
	Name           string `json:"name"`
	State          string `json:"state"` // draft, released, in_force, past
	EffectiveOn    string `json:"effective_on"`
	BasedOn        string `json:"based_on"` // number of the version that it was copied from
	Leaves         int    `json:"leaves"`
	ReleasedAt     string `json:"released_at"`
	ReleasedByName string `json:"released_by_name"`
	AppliedAt      string `json:"applied_at"`
	Updated        string `json:"updated"`
}

// StandardView is one version with all it says.
type StandardView struct {
	StandardRow
	MayEdit bool             `json:"may_edit"` // it is a draft, and the person keeps the standard
	Columns []StandardColumn `json:"columns"`  // in the standard's order
	Moves   []standard.Move  `json:"moves"`
	Open    []standard.Fault `json:"open"` // what stands in the way of its release
}

// StandardColumn is a column as a version has it.
type StandardColumn struct {
	standard.Column
	Level   int  `json:"level"`   // 1 branch, 2 group, 3 leaf
	Program bool `json:"program"` // the program uses it: it cannot go, nor change code or kind
	IsNew   bool `json:"is_new"`  // the version in force has it not
}

func (p *platform) listStandards(e *core.RequestEvent) error {
	drafts, err := p.mayReadDrafts(e.App, e.Auth)
	if err != nil {
		return err
	}
	all, err := e.App.FindAllRecords(records.Standards)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	list := StandardList{Today: p.today(), MayEdit: p.refuseStandard(e.App, e) == nil, Versions: []StandardRow{}}
	for _, r := range all {
		if r.GetString("state") == standardDraft && !drafts {
			continue
		}
		columns, err := columnsIn(e.App, r)
		if err != nil {
			return err
		}
		list.Versions = append(list.Versions, standardRow(r, d, columns))
	}
	slices.SortStableFunc(list.Versions, func(a, b StandardRow) int { return strings.Compare(b.order(), a.order()) })
	return noStore(e, list)
}

// order puts drafts first, then what was released last.
func (r StandardRow) order() string {
	if r.ReleasedAt == "" && r.AppliedAt == "" {
		return "9" + r.Updated
	}
	return max(r.ReleasedAt, r.AppliedAt)
}

func standardRow(r *core.Record, d *records.Directory, columns []standard.Column) StandardRow {
	text := r.GetString
	row := StandardRow{ID: r.Id, Version: text("version"), Name: text("name"), State: text("state"), EffectiveOn: text("effective_on"), BasedOn: text("based_on"),
		ReleasedAt: text("released_at"), ReleasedByName: text("released_by_name"), AppliedAt: text("applied_at"), Updated: text("updated")}
	switch {
	case r.Id == d.Standard.ID:
		row.State = "in_force"
	case row.AppliedAt != "":
		row.State = "past"
	}
	for _, c := range columns {
		if c.Leaf {
			row.Leaves++
		}
	}
	return row
}

func (p *platform) readStandard(e *core.RequestEvent) error {
	r, err := p.standardAsked(e.App, e)
	if err != nil {
		return err
	}
	view, err := p.standardView(e.App, e, r)
	if err != nil {
		return err
	}
	return noStore(e, view)
}

func (p *platform) standardView(app core.App, e *core.RequestEvent, r *core.Record) (StandardView, error) {
	d, err := p.directory()
	if err != nil {
		return StandardView{}, err
	}
	draft, err := draftOf(app, r, d)
	if err != nil {
		return StandardView{}, err
	}
	view := StandardView{StandardRow: standardRow(r, d, draft.Columns), Columns: []StandardColumn{}, Moves: append([]standard.Move{}, draft.Moves...), Open: []standard.Fault{}}
	for _, c := range draft.Columns {
		_, known := standard.Find(d.Nodes, c.Code)
		view.Columns = append(view.Columns, StandardColumn{Column: c, Level: standard.Level(c.Code), Program: standard.UsedByProgram(c.Code), IsNew: !known})
	}
	if r.GetString("applied_at") != "" {
		return view, nil
	}
	view.MayEdit = view.State == standardDraft && p.refuseStandard(app, e) == nil
	open, err := openPoints(app, d, draft)
	view.Open = append(view.Open, open...)
	return view, err
}

// openPoints are what stands in the way of a version: faults, and what is not decided.
func openPoints(app core.App, d *records.Directory, draft standard.Draft) ([]standard.Fault, error) {
	schools, err := holdings(app, d)
	return append(draft.Check(), draft.Undecided(schools)...), err
}

// noStore answers with what only this person may see.
func noStore(e *core.RequestEvent, view any) error {
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

func (p *platform) compareStandards(e *core.RequestEvent) error {
	r, err := p.standardAsked(e.App, e)
	if err != nil {
		return err
	}
	difference, err := p.differenceOf(e.App, r)
	if err != nil {
		return err
	}
	return noStore(e, difference)
}

// differenceOf is what a version changes of the one before it.
func (p *platform) differenceOf(app core.App, r *core.Record) (standard.Difference, error) {
	d, err := p.directory()
	if err != nil {
		return standard.Difference{}, err
	}
	columns, err := columnsIn(app, r)
	if err != nil {
		return standard.Difference{}, err
	}
	moves, err := records.MovesOf(r)
	if err != nil {
		return standard.Difference{}, err
	}
	before, _ := formerly(d, r.Id)
	difference := standard.Compare(before.Columns, columns, moves)
	difference.From, difference.To = before.Number, r.GetString("version")
	return difference, nil
}
