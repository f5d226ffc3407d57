package pb_hooks

import (
	"cmp"
	"errors"
	"maps"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// moves are what the steps of an article are to 表2-校.
var moves = map[string]annual.Move{string(publication.Publish): annual.Shown, string(publication.Import): annual.Shown, string(publication.Withdraw): annual.Removed,
	string(publication.TakeDown): annual.Removed, string(publication.Conclude): annual.Removed, string(publication.Expire): annual.Lapsed, string(publication.Archive): annual.Lapsed}

// countedGroups counts 表2-校 of a year for some schools.
func (p *platform) countedGroups(app core.App, schools []string, year int) (of map[string]annual.GroupTable, err error) {
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	calendar, err := p.calendar(app)
	if err != nil {
		return nil, err
	}
	where := dbx.And(dbx.In("s.action", anys(slices.Sorted(maps.Keys(moves)))...), dbx.NewExp("a.first_published_at != ''"), dbx.In("a.school", anys(schools)...))
	rows, err := app.DB().Select("a.id", "a.school", "a.column", "a.first_published_at", "s.action", "s.at", "coalesce(v.created_on, '')").From("article_steps s").
		InnerJoin("articles a", dbx.NewExp("a.id = s.article")).LeftJoin("article_versions v", dbx.NewExp("v.id = s.version")).
		Where(where).OrderBy("s.article", "s._rowid_").Rows()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	of, days := map[string]annual.GroupTable{}, civilDays{}
	var item annual.Item
	var article, owner string // of the item
	add := func() {
		if article == "" {
			return
		}
		if of[owner] == nil {
			of[owner] = annual.GroupTable{}
		}
		of[owner].Count(item, year, calendar)
	}
	for rows.Next() {
		var id, place, column, first, action, at, made string
		if err := rows.Scan(&id, &place, &column, &first, &action, &at, &made); err != nil {
			return nil, err
		}
		if id != article {
			add()
			node, _ := directory.Node(column)
			article, owner = id, place
			item = annual.Item{Group: standard.GroupCode(column), First: days.of(first), Made: workday.Date(made), Limit: limitOf(node)}
		}
		item.Moves = append(item.Moves, annual.Happened{Move: moves[action], On: days.of(at)})
	}
	add()
	return of, rows.Err()
}

// limitOf is the disclosure limit of a column in working days, or -1.
func limitOf(column standard.Column) int {
	if column.Code == "" {
		return -1 // of an earlier standard
	}
	return column.DiscloseWithin
}

// frozenGroups are the tables of a year that were frozen, by school; "" is all.
func frozenGroups(app core.App, school string, year int) (map[string]*core.Record, map[string]annual.GroupTable, error) {
	where := dbx.HashExp{"year": year}
	if school != "" {
		where["school"] = school
	}
	rows, err := app.FindAllRecords(records.AnnualTables, where)
	if err != nil {
		return nil, nil, err
	}
	of, tables := map[string]*core.Record{}, map[string]annual.GroupTable{}
	for _, r := range rows {
		t := annual.GroupTable{}
		if err := r.UnmarshalJSONField("groups", &t); err != nil {
			return nil, nil, err
		}
		of[r.GetString("school")], tables[r.GetString("school")] = r, t
	}
	return of, tables, nil
}

// groupsOf is 表2-校 of a year by school, of one or with "" of all: as it was frozen,
// and only where it was not as it is counted now.
func (p *platform) groupsOf(app core.App, school string, year int) (tables map[string]annual.GroupTable, frozen map[string]*core.Record, err error) {
	if frozen, tables, err = frozenGroups(app, school, year); err != nil {
		return nil, nil, err
	}
	directory, err := p.directory()
	if err != nil {
		return nil, nil, err
	}
	var open []string
	for _, s := range directory.Schools {
		if tables[s.ID] == nil && (school == "" || school == s.ID) {
			open = append(open, s.ID)
		}
	}
	if len(open) == 0 {
		return tables, frozen, nil
	}
	counted, err := p.countedGroups(app, open, year)
	maps.Copy(tables, counted)
	return tables, frozen, err
}

// reportOf is the report of a school for a year with its figures and its text.
// Errors are those of statisticsOf.
func (p *platform) reportOf(app core.App, school *records.School, year int) (annual.Report, error) {
	directory, err := p.directory()
	if err != nil {
		return annual.Report{}, err
	}
	s, err := p.statisticsOf(app, foi.YearOf(year), school.ID)
	if err != nil {
		return annual.Report{}, err
	}
	groups, frozen, err := p.groupsOf(app, school.ID, year)
	if err != nil {
		return annual.Report{}, err
	}
	texts, err := reportTexts(app, school.ID, year)
	return annual.Report{Demo: directory.District.Demo, Issuer: school.Name, Year: year, Made: workday.Date(p.today()), Frozen: s.all.frozenAt != "" && frozen[school.ID] != nil,
		Texts: texts, Groups: groups[school.ID], Names: groupNames(directory, school.Columns), Table3: s.all.table3, Table4: s.all.table4}, err
}

// groupNames are the column groups in which there is any of some columns.
func groupNames(directory *records.Directory, columns []standard.Column) (names []annual.GroupName) {
	for _, c := range columns {
		code := standard.GroupCode(c.Code)
		if n := len(names); n > 0 && names[n-1].Code == code {
			continue
		}
		group, _ := directory.Node(code)
		names = append(names, annual.GroupName{Code: code, Name: cmp.Or(group.Name, code)})
	}
	return names
}
