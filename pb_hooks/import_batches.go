package pb_hooks

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// ImportBatchPage is a page of a batch, of what was asked for.
type ImportBatchPage struct {
	Batch    ImportBatch  `json:"batch"`
	Items    []ImportItem `json:"items"`
	Page     int          `json:"page"`
	PerPage  int          `json:"per_page"`
	Total    int          `json:"total"`
	Matching []string     `json:"matching"` // articles of all pages, for "choose all"
	Flags    []ImportFlag `json:"flags"`
	MayEdit  bool         `json:"may_edit"`
	Actions  []string     `json:"actions"` // steps that the person's duties allow on what is shown
}

// ImportFlag is something to look at, in words.
type ImportFlag struct {
	Flag string `json:"flag"`
	Name string `json:"name"`
}

// ImportItem is one thing that came along.
type ImportItem struct {
	ID           string   `json:"id"`
	Article      string   `json:"article"` // "" where it was discarded
	Address      string   `json:"address"` // on the old site
	Title        string   `json:"title"`
	Column       string   `json:"column"` // code
	ColumnName   string   `json:"column_name"`
	OriginallyOn string   `json:"originally_on"`
	State        string   `json:"state"`
	Stage        string   `json:"stage"`
	Flags        []string `json:"flags"`
	Notes        []string `json:"notes"`
	Blocks       int      `json:"blocks"`
	Warns        int      `json:"warns"`
	Reason       string   `json:"reason"` // why it was discarded
	By           string   `json:"by"`
}

const (
	// itemsPerPage is how many items of a batch are shown at once.
	itemsPerPage = 50
	// mostMatching bounds "choose all".
	mostMatching = 5000
)

// itemStates are the parts of a batch, by what is to be done with them.
var itemStates = map[string]string{
	"drafts":            "a.state = 'draft' AND a.stage IN ('drafting', 'returned', 'withheld')",
	"reviewing":         "a.stage = 'reviewing'",
	"second_reviewing":  "a.stage = 'second_reviewing'",
	"secrecy_reviewing": "a.stage = 'secrecy_reviewing'",
	"public":            "a.state != 'draft'",
	"discarded":         "a.id IS NULL",
	"all":               "TRUE",
}

// stepsOf are the steps that many take at once, by the part of a batch they begin in.
var stepsOf = map[string][]publication.Action{
	"drafts":            {publication.Submit},
	"reviewing":         {publication.Approve, publication.Return},
	"second_reviewing":  {publication.Approve, publication.Return},
	"secrecy_reviewing": {publication.Clear, publication.Return},
}

// batchOfReader is a batch of the person's own school; others are not found.
func batchOfReader(e *core.RequestEvent) (*core.Record, error) {
	b, err := e.App.FindRecordById(records.ImportBatches, e.Request.PathValue("id"))
	if err != nil || !readsImports(e.Auth) || b.GetString("school") != e.Auth.GetString("school") {
		return nil, e.NotFoundError("没有这一批迁入的草稿。", err)
	}
	return b, nil
}

func (p *platform) readImport(e *core.RequestEvent) error {
	b, err := batchOfReader(e)
	if err != nil {
		return err
	}
	query := e.Request.URL.Query()
	show := query.Get("show")
	condition, known := itemStates[show]
	if !known {
		return e.BadRequestError("没有这样的筛选。", refused("show", "show_unknown", "没有这样的筛选"))
	}
	where, err := withFlag(query.Get("with"))
	if err != nil {
		return e.BadRequestError("没有这样的筛选。", err)
	}
	page := ImportBatchPage{Page: 1, PerPage: itemsPerPage, Items: []ImportItem{}, Matching: []string{}, Flags: []ImportFlag{}, Actions: []string{}}
	if n, err := strconv.Atoi(query.Get("page")); err == nil {
		page.Page = min(max(n, 1), mostMatching)
	}
	for _, f := range movein.Flags() {
		page.Flags = append(page.Flags, ImportFlag{string(f), f.Name()})
	}
	views, err := p.viewBatches(e.App, []*core.Record{b})
	if err != nil {
		return err
	}
	page.Batch = views[0]
	from := func(columns ...string) *dbx.SelectQuery {
		return e.App.DB().Select(columns...).From(records.ImportItems+" i").
			LeftJoin(records.Articles+" a", dbx.NewExp("a.id = i.article AND i.article != ''")).
			Where(dbx.HashExp{"i.batch": b.Id}).AndWhere(dbx.NewExp(condition)).AndWhere(where)
	}
	if err := from("count(*)").Row(&page.Total); err != nil {
		return err
	}
	page.Page = min(page.Page, max(1, (page.Total+itemsPerPage-1)/itemsPerPage)) // what is done is gone from the last page
	if err := from("i.article").AndWhere(dbx.NewExp("a.id IS NOT NULL")).OrderBy("i._rowid_").Limit(mostMatching).Column(&page.Matching); err != nil {
		return err
	}
	if err := p.showItems(from(shownOfItem...).OrderBy("i._rowid_").Limit(itemsPerPage).Offset(int64((page.Page-1)*itemsPerPage)), &page); err != nil {
		return err
	}
	if err := p.offerSteps(e.App, e.Auth, stepsOf[show], &page); err != nil {
		return err
	}
	return noStore(e, page)
}

// withFlag is the condition of a filter: something to look at, findings, or none.
func withFlag(with string) (dbx.Expression, error) {
	switch {
	case with == "":
		return dbx.NewExp("TRUE"), nil
	case with == "findings":
		return dbx.NewExp("i.blocks + i.warns > 0"), nil
	case slices.Contains(movein.Flags(), movein.Flag(with)):
		return dbx.NewExp("i.flags LIKE {:flag}", dbx.Params{"flag": `%"` + with + `"%`}), nil
	}
	return nil, refused("with", "with_unknown", "没有这样的筛选")
}

// offerSteps names the steps that the person's duties allow. Whether one is allowed
// on each article is asked when it is taken.
func (p *platform) offerSteps(app core.App, person *core.Record, steps []publication.Action, page *ImportBatchPage) error {
	editor, err := p.waysToAct(app, person, publication.Editor)
	if err != nil {
		return err
	}
	page.MayEdit = len(editor) > 0
	for _, do := range steps {
		for _, r := range publication.Reviews {
			if r.Do != do || slices.Contains(page.Actions, string(do)) {
				continue
			}
			if ways, err := p.waysToAct(app, person, r.By); err != nil {
				return err
			} else if len(ways) > 0 {
				page.Actions = append(page.Actions, string(do))
			}
		}
	}
	return nil
}

// shownOfItem are the columns of an item with those of its draft.
var shownOfItem = []string{"i.id", "i.address", "coalesce(a.title, i.title) AS title", "i.flags", "i.notes", "i.blocks", "i.warns", "i.discarded_reason", "i.discarded_by",
	"coalesce(a.id, '') AS article", "coalesce(a.column, '') AS column", "coalesce(a.state, '') AS state", "coalesce(a.stage, '') AS stage",
	"coalesce((SELECT v.originally_on FROM article_versions v WHERE v.article = a.id ORDER BY v.number DESC LIMIT 1), '') AS originally_on"}

// showItems reads a page of items at once.
func (p *platform) showItems(query *dbx.SelectQuery, page *ImportBatchPage) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	var rows []struct {
		ID           string                  `db:"id"`
		Address      string                  `db:"address"`
		Title        string                  `db:"title"`
		Flags        types.JSONArray[string] `db:"flags"`
		Notes        types.JSONArray[string] `db:"notes"`
		Blocks       int                     `db:"blocks"`
		Warns        int                     `db:"warns"`
		Reason       string                  `db:"discarded_reason"`
		By           string                  `db:"discarded_by"`
		Article      string                  `db:"article"`
		Column       string                  `db:"column"`
		State        string                  `db:"state"`
		Stage        string                  `db:"stage"`
		OriginallyOn string                  `db:"originally_on"`
	}
	if err := query.All(&rows); err != nil {
		return fmt.Errorf("read a page of what came along: %w", err)
	}
	for _, r := range rows {
		column, _ := d.Node(r.Column)
		page.Items = append(page.Items, ImportItem{ID: r.ID, Article: r.Article, Address: r.Address, Title: r.Title, Column: r.Column, ColumnName: column.Name,
			OriginallyOn: r.OriginallyOn, State: r.State, Stage: r.Stage, Flags: append([]string{}, r.Flags...), Notes: append([]string{}, r.Notes...),
			Blocks: r.Blocks, Warns: r.Warns, Reason: r.Reason, By: r.By})
	}
	return nil
}
