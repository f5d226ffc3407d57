package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// rehomePage is how many articles are read at a time.
const rehomePage = 1000

// homeless is an article whose column a version may take away.
type homeless struct {
	ID        string `db:"id"`
	School    string `db:"school"`
	Column    string `db:"column"`
	Title     string `db:"title"`
	Published string `db:"published"`
	Stage     string `db:"stage"`
	Stepped   bool   `db:"stepped"`
}

// rehome puts the articles of columns that go into those that the moves name: all of
// them, whatever state they are in. What was ever submitted gets a step that says so;
// index numbers stay what they are.
func (o *rollOut) rehome() error {
	from := departing(o.draft, o.directory)
	if len(from) == 0 {
		return nil
	}
	trace, err := o.newTrace()
	if err != nil {
		return err
	}
	for last := ""; ; {
		var page []homeless
		err := o.tx.DB().Select("id", "school", "column", "title", "published", "stage", "EXISTS (SELECT 1 FROM article_steps s WHERE s.article = articles.id) AS stepped").
			From(records.Articles).Where(dbx.And(dbx.In("column", anys(from)...), dbx.NewExp("id > {:last}", dbx.Params{"last": last}))).
			OrderBy("id").Limit(rehomePage).All(&page)
		if err != nil {
			return fmt.Errorf("read the articles to be re-homed: %w", err)
		}
		for _, a := range page {
			if err := o.rehomeOne(a, trace); err != nil {
				return fmt.Errorf("re-home article %s: %w", a.ID, err)
			}
		}
		if len(page) < rehomePage {
			return nil
		}
		last = page[len(page)-1].ID
	}
}

// departing are the leaves that some school loses.
func departing(draft standard.Draft, directory *records.Directory) (codes []string) {
	for _, old := range draft.Before {
		for _, s := range directory.Schools {
			if old.Leaf && standard.Lost(draft.Before, draft.Columns, old.Code, s.Traits()) {
				codes = append(codes, old.Code)
				break
			}
		}
	}
	return codes
}

func (o *rollOut) rehomeOne(a homeless, trace *trace) error {
	s, ok := o.directory.ByID(a.School)
	if !ok || !standard.Lost(o.draft.Before, o.draft.Columns, a.Column, s.Traits()) {
		return nil
	}
	to := standard.Target(o.draft.Moves, a.Column, s.Code, a.Title)
	if to == "" {
		return fmt.Errorf("column %s has no move", a.Column)
	}
	_, err := o.tx.DB().Update(records.Articles, dbx.Params{"column": to, "updated": o.at.Format(records.InstantLayout)}, dbx.HashExp{"id": a.ID}).Execute()
	if err != nil {
		return err
	}
	o.moved[a.School]++
	o.all++
	if !a.Stepped {
		return nil // a draft that was never submitted leaves no record
	}
	return trace.leave(o, a, to)
}

// trace writes the steps of a roll-out as the server's, each with its row of the audit.
type trace struct{ steps *bulkTable }

func (o *rollOut) newTrace() (*trace, error) {
	steps, err := newBulkTable(o.tx, records.Steps)
	return &trace{steps}, err
}

func (t *trace) leave(o *rollOut, a homeless, to string) error {
	r := core.NewRecord(t.steps.collection)
	r.Id = core.GenerateDefaultRandomId()
	r.Load(map[string]any{"article": a.ID, "version": a.Published, "action": string(publication.Rehome), "at": o.at, "stage": a.Stage, "check": publication.Check{},
		"reason": "按《" + o.version.GetString("name") + "》由“" + o.nameBefore(a.Column) + "”改入“" + o.nameAfter(to) + "”"})
	r.SetRaw("created", r.GetDateTime("at"))
	exported, err := r.DBExport(o.tx)
	if err != nil {
		return err
	}
	if _, err := o.tx.DB().Insert(records.Steps, exported).Execute(); err != nil {
		return err
	}
	return o.p.audit(o.tx, o.p.itself(), deed{"create", records.Steps, r.Id, detailOfAll(r)})
}

func (o *rollOut) nameBefore(code string) string {
	c, _ := standard.Find(o.draft.Before, code)
	return code + " " + c.Name
}

func (o *rollOut) nameAfter(code string) string {
	c, _ := standard.Find(o.draft.Columns, code)
	return code + " " + c.Name
}

// rehomeBroadcasts moves the broadcasts of columns that go, sent or not, as a school
// would that decides nothing for itself.
func (o *rollOut) rehomeBroadcasts() error {
	var list []struct {
		ID     string `db:"id"`
		Column string `db:"column"`
		Title  string `db:"title"`
	}
	if err := o.tx.DB().Select("id", "column", "title").From(records.Broadcasts).All(&list); err != nil {
		return err
	}
	for _, b := range list {
		now, stays := standard.Find(o.draft.Columns, b.Column)
		to := standard.Target(o.draft.Moves, b.Column, "", b.Title)
		if stays && now.Kind.IsWritten() || to == "" {
			continue
		}
		if _, err := o.tx.DB().Update(records.Broadcasts, dbx.Params{"column": to, "updated": o.at.Format(records.InstantLayout)}, dbx.HashExp{"id": b.ID}).Execute(); err != nil {
			return fmt.Errorf("re-home broadcast %s: %w", b.ID, err)
		}
	}
	return nil
}
