package pb_hooks

import (
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// ImportBatchList is what old sites brought, the latest first: to a person's school,
// or to all schools for the bureau, which sees how far they are and no draft.
type ImportBatchList struct {
	Batches []ImportBatch `json:"batches"`
	Total   int           `json:"total"` // of which the latest are listed
	All     bool          `json:"all"`   // of all schools
}

// ImportBatch is one batch, and how far the school is with it.
type ImportBatch struct {
	ID         string `json:"id"`
	School     string `json:"school"` // code
	SchoolName string `json:"school_name"`
	Name       string `json:"name"`
	Source     string `json:"source"`
	Arriving   bool   `json:"arriving"` // the import is under way, or was stopped
	Created    string `json:"created"`
	Total      int    `json:"total"`
	Drafts     int    `json:"drafts"` // to be submitted
	InReview   int    `json:"in_review"`
	Public     int    `json:"public"`
	Discarded  int    `json:"discarded"` // or deleted
	Left       int    `json:"left"`      // of the old site, that did not come along
}

// mostBatches bounds a list of batches.
const mostBatches = 500

// readsImports: the people of a school who serve publication.
func readsImports(person *core.Record) bool {
	return person.GetString("school") != "" && slices.ContainsFunc(person.GetStringSlice("acts_as"), servesPublication)
}

// countsImports: who supervises all schools, and who runs the platform.
func countsImports(person *core.Record) bool {
	return person.GetString("school") == "" && slices.ContainsFunc(person.GetStringSlice("acts_as"), func(duty string) bool {
		return duty == string(publication.Supervisor) || duty == string(publication.Admin)
	})
}

func (p *platform) listImports(e *core.RequestEvent) error {
	list, where := ImportBatchList{All: countsImports(e.Auth)}, dbx.NewExp("TRUE")
	if !list.All {
		if !readsImports(e.Auth) {
			return e.ForbiddenError("迁入的草稿由本校的编辑员、审核员、保密审查员和校长办理。", nil)
		}
		where = dbx.NewExp("school = {:school}", dbx.Params{"school": e.Auth.GetString("school")})
	}
	total, err := e.App.CountRecords(records.ImportBatches, where)
	if err != nil {
		return err
	}
	list.Total = int(total)
	var found []*core.Record
	if err := e.App.RecordQuery(records.ImportBatches).AndWhere(where).OrderBy("created DESC", "id").Limit(mostBatches).All(&found); err != nil {
		return err
	}
	if list.Batches, err = p.viewBatches(e.App, found); err != nil {
		return err
	}
	return noStore(e, list)
}

// viewBatches counts batches, however many drafts they hold: what came along, and of
// it the articles that are left by where they are.
func (p *platform) viewBatches(app core.App, found []*core.Record) ([]ImportBatch, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	views, at, ids := make([]ImportBatch, len(found)), map[string]*ImportBatch{}, make([]any, len(found))
	for i, b := range found {
		v := &views[i]
		v.ID, v.Name, v.Source, v.Arriving, v.Created = b.Id, b.GetString("name"), b.GetString("source"), b.GetString("state") == "arriving", b.GetString("created")
		if school, ok := d.ByID(b.GetString("school")); ok {
			v.School, v.SchoolName = school.Code, school.Name
		}
		var counts struct{ Left int }
		if raw := b.GetString("counts"); raw != "" {
			if err := b.UnmarshalJSONField("counts", &counts); err != nil {
				return nil, fmt.Errorf("counts of batch %s: %w", b.Id, err)
			}
		}
		v.Left = counts.Left
		at[b.Id], ids[i] = v, b.Id
	}
	type row struct {
		Batch string `db:"batch"`
		State string `db:"state"`
		Stage string `db:"stage"`
		N     int    `db:"n"`
	}
	var rows, held []row
	err = app.DB().Select("batch", "count(*) AS n").From(records.ImportItems).Where(dbx.In("batch", ids...)).GroupBy("batch").All(&rows)
	if err != nil {
		return nil, err
	}
	for _, r := range rows {
		at[r.Batch].Total = r.N
		at[r.Batch].Discarded = r.N
	}
	err = app.DB().Select("batch", "state", "stage", "count(*) AS n").From(records.Articles).Where(dbx.In("batch", ids...)).
		AndWhere(dbx.NewExp("batch != ''")). // says that the index may be used
		GroupBy("batch", "state", "stage").All(&held)
	for _, r := range held {
		v := at[r.Batch]
		switch {
		case r.State != string(publication.Draft):
			v.Public += r.N
		case slices.Contains(toSubmit, publication.Stage(r.Stage)):
			v.Drafts += r.N
		default:
			v.InReview += r.N
		}
		v.Discarded -= r.N
	}
	return views, err
}

// toSubmit are the stages of a draft that lies with its editors.
var toSubmit = []publication.Stage{publication.Drafting, publication.Returned, publication.Withheld}
