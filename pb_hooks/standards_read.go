package pb_hooks

import (
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// The field state of a version of the standard. A released one is in force from
// when it is rolled out.
const (
	standardDraft    = "draft"
	standardReleased = "released"
)

// mayReadDrafts reports whether somebody sees drafts of the standard; what is
// released everybody of the staff sees.
func (p *platform) mayReadDrafts(app core.App, person *core.Record) (bool, error) {
	return p.servesBureau(app, person, publication.Supervisor, publication.Reviewer, publication.Auditor, publication.Admin)
}

// standardAsked is the version that the address names, if the person may see it.
func (p *platform) standardAsked(app core.App, e *core.RequestEvent) (*core.Record, error) {
	unknown := e.NotFoundError("没有这个版本的栏目设置标准，请刷新页面。", nil)
	r, err := app.FindRecordById(records.Standards, e.Request.PathValue("id"))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, unknown
	}
	if err != nil || r.GetString("state") != standardDraft {
		return r, err
	}
	may, err := p.mayReadDrafts(app, e.Auth)
	if err == nil && !may {
		err = unknown
	}
	return r, err
}

// refuseStandard refuses who does not keep the standard: the bureau's supervisor does.
func (p *platform) refuseStandard(app core.App, e *core.RequestEvent) error {
	may, err := p.servesBureau(app, e.Auth, publication.Supervisor)
	if err == nil && !may {
		err = e.ForbiddenError("栏目设置标准由区级监督员制定。", nil)
	}
	return err
}

// columnsIn are the columns of a version: rows once it was rolled out, before that
// its content.
func columnsIn(app core.App, r *core.Record) (columns []standard.Column, err error) {
	if r.GetString("applied_at") != "" {
		return records.ColumnsOf(app, r.Id)
	}
	return columns, r.UnmarshalJSONField("content", &columns)
}

// draftOf is a version together with what it is held against.
func draftOf(app core.App, r *core.Record, d *records.Directory) (standard.Draft, error) {
	columns, err := columnsIn(app, r)
	if err != nil {
		return standard.Draft{}, err
	}
	moves, err := records.MovesOf(r)
	if err != nil {
		return standard.Draft{}, err
	}
	draft := draftAgainst(d)
	draft.Columns, draft.Moves = columns, moves
	return draft, nil
}

// draftAgainst is an empty draft with what it is held against.
func draftAgainst(d *records.Directory) standard.Draft {
	draft := standard.Draft{Before: d.Nodes, LowRisk: publication.IsLowRisk}
	for _, past := range append(slices.Clone(d.Past), records.PastStandard{Columns: d.Nodes}) {
		for _, c := range past.Columns {
			if !slices.Contains(draft.Used, c.Code) {
				draft.Used = append(draft.Used, c.Code)
			}
		}
	}
	return draft
}

// holdings are what every school has in its columns, all of it, drafts too.
func holdings(app core.App, d *records.Directory) ([]standard.Holding, error) {
	var rows []struct {
		School string `db:"school"`
		Column string `db:"column"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery("SELECT school, `column`, count(*) AS n FROM articles GROUP BY school, `column`").All(&rows)
	if err != nil {
		return nil, err
	}
	at := map[string]map[string]int{}
	for _, row := range rows {
		if at[row.School] == nil {
			at[row.School] = map[string]int{}
		}
		at[row.School][row.Column] = row.N
	}
	var list []standard.Holding
	for _, s := range d.Schools {
		list = append(list, standard.Holding{Code: s.Code, Name: s.ShortName, School: s.Traits(), Articles: at[s.ID]})
	}
	return list, nil
}

// formerly is the version that was in force before this one; none for the first.
func formerly(d *records.Directory, id string) (records.PastStandard, bool) {
	all := append(slices.Clone(d.Past), records.PastStandard{Version: d.Standard, Columns: d.Nodes})
	i := slices.IndexFunc(all, func(v records.PastStandard) bool { return v.ID == id })
	if i < 0 { // not rolled out: before it comes what is in force
		return all[len(all)-1], true
	}
	if i == 0 {
		return records.PastStandard{}, false
	}
	return all[i-1], true
}

// releasedAhead is the version that waits for its day; nil if none does.
func releasedAhead(app core.App) (*core.Record, error) {
	list, err := app.FindAllRecords(records.Standards, dbx.HashExp{"state": standardReleased, "applied_at": ""})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}
