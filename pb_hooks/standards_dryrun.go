package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// StandardDryRun is what a version would make of all schools, if it took effect now.
type StandardDryRun struct {
	Schools    int                 `json:"schools"`
	Difference standard.Difference `json:"difference"`
	Articles   int                 `json:"articles"` // to be re-homed
	Moves      []DryRunMove        `json:"moves"`
	BySchool   []DryRunSchool      `json:"by_school"`
	Before     ColumnShare         `json:"before"` // 栏目规范达标率 of the district
	After      ColumnShare         `json:"after"`
	Open       []standard.Fault    `json:"open"` // what stands in the way
	Reviews    []DryRunReview      `json:"reviews"`
	Exemptions []DryRunExemption   `json:"exemptions"` // in force, of columns that go
}

// ColumnShare is how many of the mandatory columns meet the standard.
type ColumnShare struct {
	Met int `json:"met"`
	Of  int `json:"of"`
}

// DryRunMove is how many disclosures go from one column to another.
type DryRunMove struct {
	From     string `json:"from"`
	FromName string `json:"from_name"`
	To       string `json:"to"`
	ToName   string `json:"to_name"`
	Articles int    `json:"articles"`
	Schools  int    `json:"schools"`
}

// DryRunSchool is what becomes of one school.
type DryRunSchool struct {
	School   string               `json:"school"` // code
	Name     string               `json:"name"`
	Added    []standard.ColumnRef `json:"columns_added"`
	Removed  []standard.ColumnRef `json:"columns_removed"`
	Articles int                  `json:"articles"` // to be re-homed
	Before   ColumnShare          `json:"before"`
	After    ColumnShare          `json:"after"`
}

// DryRunReview is a column that will be reviewed otherwise.
type DryRunReview struct {
	Code   string `json:"code"`
	Name   string `json:"name"`
	Before string `json:"before"` // in words
	After  string `json:"after"`
}

// DryRunExemption is an exemption that loses its column.
type DryRunExemption struct {
	School string `json:"school"`
	Name   string `json:"name"`
	Column string `json:"column"`
	Until  string `json:"until"`
}

func (p *platform) dryRunStandard(e *core.RequestEvent) error {
	r, err := p.standardAsked(e.App, e)
	if err != nil {
		return err
	}
	m, err := p.beginMeasuring(e.Request.Context(), e.App, p.options.Now(), "")
	if err != nil {
		return err
	}
	draft, err := draftOf(e.App, r, m.directory)
	if err != nil {
		return err
	}
	run := dryRun{p: p, m: m, draft: draft, moves: map[[2]string]map[string]int{}, view: StandardDryRun{Schools: len(m.schools), Moves: []DryRunMove{},
		BySchool: []DryRunSchool{}, Open: []standard.Fault{}, Reviews: []DryRunReview{}, Exemptions: []DryRunExemption{}}}
	if run.view.Difference, err = p.differenceOf(e.App, r); err != nil {
		return err
	}
	if r.GetString("applied_at") == "" {
		open, err := openPoints(e.App, m.directory, draft)
		if err != nil {
			return err
		}
		run.view.Open = append(run.view.Open, open...)
	}
	for _, step := range []func() error{run.measureBefore, run.measureAfter, run.tellReviews, run.tellExemptions} {
		if err := step(); err != nil {
			return err
		}
	}
	run.tellMoves()
	run.tellSchools()
	return noStore(e, run.view)
}

// dryRun is one version tried on what the schools hold now.
type dryRun struct {
	p        *platform
	m, after *measuring
	draft    standard.Draft
	moves    map[[2]string]map[string]int // from, to: articles by school
	view     StandardDryRun
}

// measureBefore sees what every school holds, and how far it meets what is in force.
func (d *dryRun) measureBefore() error {
	for _, see := range []func(*measuring) error{(*measuring).channels, (*measuring).exemptions, (*measuring).checks, (*measuring).articles, (*measuring).columns} {
		if err := see(d.m); err != nil {
			return err
		}
	}
	return nil
}

// measureAfter holds the same against the new columns: what stands in a column that
// the school loses is read again and put where the moves say.
func (d *dryRun) measureAfter() error {
	after := *d.m
	after.directory = d.m.directory.Under(d.draft.Columns)
	after.schools, after.byID = nil, map[string]*measuredSchool{}
	for _, s := range d.m.schools {
		school, _ := after.directory.ByID(s.ID)
		same := &measuredSchool{School: school, holdings: map[string]compliance.Holding{}, exempt: s.exempt, counts: map[string]int{}}
		after.schools, after.byID[s.ID] = append(after.schools, same), same
	}
	d.after = &after
	if err := after.channels(); err != nil {
		return err
	}
	for i, s := range d.m.schools {
		for code, h := range s.holdings {
			if !standard.Lost(d.draft.Before, d.draft.Columns, code, s.Traits()) {
				h.Open = after.schools[i].holdings[code].Open
				after.schools[i].holdings[code] = h
			}
		}
	}
	if err := d.rehome(); err != nil {
		return err
	}
	return after.columns()
}

// rehome counts what is to be moved, and holds it in its new column.
func (d *dryRun) rehome() error {
	departing := departing(d.draft, d.m.directory)
	if len(departing) == 0 {
		return nil
	}
	rows, err := d.m.app.DB().Select("a.school", "a.column", "a.state", "a.published_at", "a.first_published_at", "a.withdrawn_at", "a.publicity_until", "a.checked_on",
		"coalesce(v.created_on, '')", "a.title").From("articles a").LeftJoin("article_versions v", dbx.NewExp("v.id = a.published")).
		Where(dbx.In("a.column", anys(departing)...)).WithContext(d.m.ctx).Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	days := civilDays{}
	for rows.Next() {
		var a disclosed
		var title string
		if err := rows.Scan(&a.school, &a.column, &a.state, &a.published, &a.first, &a.withdrawn, &a.publicityUntil, &a.checkedOn, &a.createdOn, &title); err != nil {
			return err
		}
		d.rehomeOne(a, title, days)
	}
	return rows.Err()
}

func (d *dryRun) rehomeOne(a disclosed, title string, days civilDays) {
	s, ok := d.m.directory.ByID(a.school)
	if !ok || !standard.Lost(d.draft.Before, d.draft.Columns, a.column, s.Traits()) {
		return
	}
	to := standard.Target(d.draft.Moves, a.column, s.Code, title)
	if to == "" {
		return // told among what is open
	}
	way := [2]string{a.column, to}
	if d.moves[way] == nil {
		d.moves[way] = map[string]int{}
	}
	d.moves[way][s.ID]++
	d.view.Articles++
	if school := d.after.byID[a.school]; school != nil && a.first != "" && a.first < d.after.at {
		a.column = to
		d.after.hold(school, a, days)
	}
}

func (d *dryRun) tellMoves() {
	for _, m := range d.draft.Moves {
		known := slices.ContainsFunc(d.view.Moves, func(o DryRunMove) bool { return o.From == m.From && o.To == m.To })
		if known {
			continue
		}
		line := DryRunMove{From: m.From, FromName: columnName(d.m.directory, m.From), To: m.To, ToName: m.To, Schools: len(d.moves[[2]string{m.From, m.To}])}
		if c, ok := standard.Find(d.draft.Columns, m.To); ok {
			line.ToName = c.Name
		}
		for _, n := range d.moves[[2]string{m.From, m.To}] {
			line.Articles += n
		}
		d.view.Moves = append(d.view.Moves, line)
	}
}

func (d *dryRun) tellSchools() {
	for i, before := range d.m.schools {
		after := d.after.schools[i]
		s := DryRunSchool{School: before.Code, Name: before.ShortName, Added: missingFrom(before.Columns, after.Columns), Removed: missingFrom(after.Columns, before.Columns),
			Before: shareOf(before.compliance), After: shareOf(after.compliance)}
		for _, at := range d.moves {
			s.Articles += at[before.ID]
		}
		d.view.BySchool = append(d.view.BySchool, s)
		d.view.Before.add(s.Before)
		d.view.After.add(s.After)
	}
}

// missingFrom are the columns of a list that another has not.
func missingFrom(other, columns []standard.Column) []standard.ColumnRef {
	list := []standard.ColumnRef{}
	for _, c := range columns {
		if _, ok := standard.Find(other, c.Code); !ok {
			list = append(list, standard.ColumnRef{Code: c.Code, Name: c.Name})
		}
	}
	return list
}

func shareOf(s compliance.School) ColumnShare { return ColumnShare{Met: s.Met, Of: s.Mandatory} }

func (c *ColumnShare) add(other ColumnShare) { c.Met, c.Of = c.Met+other.Met, c.Of+other.Of }

func (d *dryRun) tellReviews() error {
	rules, err := reviewRules(d.m.app)
	for _, change := range reviewChanges(rules, d.draft.Columns, d.p.today()) {
		d.view.Reviews = append(d.view.Reviews, DryRunReview{Code: change.column.Code, Name: change.column.Name, Before: standard.ReviewName(string(change.now.Form)),
			After: standard.ReviewName(change.column.Review)})
	}
	return err
}

func (d *dryRun) tellExemptions() error {
	rows, err := d.m.app.FindAllRecords(records.Exemptions, dbx.HashExp{"state": exemptionApproved}, dbx.NewExp("until >= {:day}", dbx.Params{"day": d.p.today()}))
	for _, r := range rows {
		s, ok := d.m.directory.ByID(r.GetString("school"))
		if ok && standard.Lost(d.draft.Before, d.draft.Columns, r.GetString("column"), s.Traits()) {
			d.view.Exemptions = append(d.view.Exemptions, DryRunExemption{School: s.Code, Name: s.ShortName, Column: r.GetString("column"), Until: r.GetString("until")})
		}
	}
	return err
}
