package pb_hooks

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// ImportBatchList is what old sites brought to a person's school, the latest first.
type ImportBatchList struct {
	Batches []ImportBatch `json:"batches"`
}

// ImportBatch is one batch, and how far the school is with it.
type ImportBatch struct {
	ID        string `json:"id"`
	Name      string `json:"name"`
	Source    string `json:"source"`
	Arriving  bool   `json:"arriving"` // the import is under way, or was stopped
	Created   string `json:"created"`
	Total     int    `json:"total"`
	Drafts    int    `json:"drafts"` // to be submitted
	InReview  int    `json:"in_review"`
	Public    int    `json:"public"`
	Discarded int    `json:"discarded"` // or deleted
}

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

const countsOfBatch = "count(*) AS total, count(*) FILTER (WHERE a.state = 'draft' AND a.stage IN ('drafting', 'returned', 'withheld')) AS drafts," +
	" count(*) FILTER (WHERE a.state = 'draft' AND a.stage NOT IN ('drafting', 'returned', 'withheld')) AS in_review," +
	" count(*) FILTER (WHERE a.state != 'draft') AS public, count(*) FILTER (WHERE a.id IS NULL) AS discarded"

// readsImports: the people of a school who serve publication.
func readsImports(person *core.Record) bool {
	return person.GetString("school") != "" && slices.ContainsFunc(person.GetStringSlice("acts_as"), servesPublication)
}

func (p *platform) listImports(e *core.RequestEvent) error {
	list := ImportBatchList{Batches: []ImportBatch{}}
	if !readsImports(e.Auth) {
		return e.ForbiddenError("迁入的草稿由本校的编辑员、审核员、保密审查员和校长办理。", nil)
	}
	found, err := e.App.FindRecordsByFilter(records.ImportBatches, "school = {:school}", "-created", 200, 0, dbx.Params{"school": e.Auth.GetString("school")})
	if err != nil {
		return err
	}
	for _, b := range found {
		view, err := batchView(e.App, b)
		if err != nil {
			return err
		}
		list.Batches = append(list.Batches, view)
	}
	return noStore(e, list)
}

func batchView(app core.App, b *core.Record) (ImportBatch, error) {
	view := ImportBatch{}
	err := app.DB().Select(countsOfBatch).From(records.ImportItems+" i").LeftJoin(records.Articles+" a", dbx.NewExp("a.id = i.article AND i.article != ''")).
		Where(dbx.HashExp{"i.batch": b.Id}).Row(&view.Total, &view.Drafts, &view.InReview, &view.Public, &view.Discarded)
	view.ID, view.Name, view.Source, view.Arriving, view.Created = b.Id, b.GetString("name"), b.GetString("source"), b.GetString("state") == "arriving", b.GetString("created")
	return view, err
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
	if page.Batch, err = batchView(e.App, b); err != nil {
		return err
	}
	from := func(columns ...string) *dbx.SelectQuery {
		return e.App.DB().Select(columns...).From(records.ImportItems+" i").
			LeftJoin(records.Articles+" a", dbx.NewExp("a.id = i.article AND i.article != ''")).
			Where(dbx.HashExp{"i.batch": b.Id}).AndWhere(dbx.NewExp(condition)).AndWhere(where)
	}
	if err := from("count(*)").Row(&page.Total); err != nil {
		return err
	}
	if err := from("i.article").AndWhere(dbx.NewExp("a.id IS NOT NULL")).OrderBy("i._rowid_").Limit(mostMatching).Column(&page.Matching); err != nil {
		return err
	}
	var ids []string
	if err := from("i.id").OrderBy("i._rowid_").Limit(itemsPerPage).Offset(int64((page.Page - 1) * itemsPerPage)).Column(&ids); err != nil {
		return err
	}
	if err := p.showItems(e.App, ids, &page); err != nil {
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
	editor, err := p.waysTo(app, person, publication.Editor)
	if err != nil {
		return err
	}
	page.MayEdit = len(editor) > 0
	for _, do := range steps {
		for _, r := range publication.Reviews {
			if r.Do != do || slices.Contains(page.Actions, string(do)) {
				continue
			}
			if ways, err := p.waysTo(app, person, r.By); err != nil {
				return err
			} else if len(ways) > 0 {
				page.Actions = append(page.Actions, string(do))
			}
		}
	}
	return nil
}

func (p *platform) showItems(app core.App, ids []string, page *ImportBatchPage) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	for _, id := range ids {
		r, err := app.FindRecordById(records.ImportItems, id)
		if err != nil {
			return err
		}
		it := ImportItem{ID: r.Id, Address: r.GetString("address"), Title: r.GetString("title"), Flags: r.GetStringSlice("flags"), Notes: []string{},
			Blocks: r.GetInt("blocks"), Warns: r.GetInt("warns"), Reason: r.GetString("discarded_reason"), By: r.GetString("discarded_by")}
		if raw := r.GetString("notes"); raw != "" && raw != "null" {
			if err := json.Unmarshal([]byte(raw), &it.Notes); err != nil {
				return err
			}
		}
		if it.Article = r.GetString("article"); it.Article != "" {
			if err := showDraft(app, &it); err != nil {
				return err
			}
			column, _ := d.Node(it.Column)
			it.ColumnName = column.Name
		}
		page.Items = append(page.Items, it)
	}
	return nil
}

func showDraft(app core.App, it *ImportItem) error {
	article, err := app.FindRecordById(records.Articles, it.Article)
	if err != nil {
		return err
	}
	it.Title, it.Column, it.State, it.Stage = article.GetString("title"), article.GetString("column"), article.GetString("state"), article.GetString("stage")
	newest, err := app.FindRecordsByFilter(records.Versions, "article = {:article}", "-number", 1, 0, dbx.Params{"article": article.Id})
	if err != nil || len(newest) == 0 {
		return err
	}
	it.OriginallyOn = newest[0].GetString("originally_on")
	return nil
}
