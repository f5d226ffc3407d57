package records

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/standard"
)

// School is a school as the directory holds it.
type School struct {
	ID, Code, Name, ShortName string
	Aliases                   []string
	Initials                  string // alternatives separated by a space
	Stages                    []string
	Ownership                 string
	Meals, Boarding           bool
	Town, Address             string
	Campuses                  []Campus
	Phone, Website, Status    string
	RegistryID, CreditCode    string
	Level, Principal          string
	Postcode                  string
	OpenedOn, EndedOn         string   // days; EndedOn is when it was merged or closed
	Successors                []string // ids of the schools that it became part of, or was split into
	Lon, Lat                  float64
	Logo                      string            // stored file name
	LetterWord                string            // 校代字, in the numbers of its letters
	Columns                   []standard.Column // computed from the standard in force
}

// AtWorkOn reports whether a school worked on a day: from the day of its opening, if
// that is known, until the day before it was merged or closed.
func (s *School) AtWorkOn(day string) bool {
	switch s.Status {
	case "open":
		return s.OpenedOn <= day
	case "merged", "closed":
		return s.EndedOn > day && s.OpenedOn <= day
	}
	return false
}

// Campus (校区) is one address of a school.
type Campus struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Phone   string `json:"phone"`
}

// District is what the platform says about itself.
type District struct {
	Code, Name, SiteName, BaseURL       string
	Host, Operator, Contact, Address    string
	ICPNumber, PoliceNumber, SiteIDCode string
	PrivacyStatement                    string
	SearchPerMinute, FilingsPerHour     int
	OpenPerMinute                       int // requests of open data from one address
	Demo                                bool
	LetterWord                          string // 区的代字, in the numbers of letters
	Bureau                              string // 主管部门, which hears complaints
	ConsultationOnly                    bool   // 依申请公开 is switched off: only 咨询
}

// Directory is everything public that fits in memory: the district, its schools
// and the standard in force. It is never changed; a change makes a new one.
type Directory struct {
	District District
	Standard standard.Version
	Nodes    []standard.Column // branches, groups and leaves in the standard's order
	Leaves   []standard.Column // the columns among them
	Inside   []string          // codes of those that are not for everybody (师生家长)
	Past     []PastStandard    // what was in force before, the oldest first
	Moves    [][]standard.Move // of all versions that were rolled out, the oldest first
	Schools  []*School         // by code
	byCode   map[string]*School
	byID     map[string]*School
	nodes    map[string]standard.Column
}

// LoadDirectory reads the directory as it is on a day (Asia/Shanghai).
func LoadDirectory(app core.App, day string) (*Directory, error) {
	d := &Directory{byCode: map[string]*School{}, byID: map[string]*School{}}
	for _, step := range []func(core.App, string) error{d.loadDistrict, d.loadStandard, d.loadSchools} {
		if err := step(app, day); err != nil {
			return nil, err
		}
	}
	return d, nil
}

func (d *Directory) loadDistrict(app core.App, _ string) error {
	r, err := app.FindRecordById(Districts, DistrictID)
	if err != nil {
		return fmt.Errorf("read the district: %w", err)
	}
	var settings core.Settings
	if err := settings.Merge(app.Settings()); err != nil { // a copy: somebody may be saving them
		return fmt.Errorf("read the settings: %w", err)
	}
	text := r.GetString
	d.District = District{Code: text("code"), Name: text("name"), SiteName: text("site_name"), BaseURL: strings.TrimSuffix(settings.Meta.AppURL, "/"),
		Host: text("host"), Operator: text("operator"), Contact: text("contact"), Address: text("address"), ICPNumber: text("icp_number"),
		PoliceNumber: text("police_number"), SiteIDCode: text("site_id_code"), PrivacyStatement: text("privacy_statement"),
		SearchPerMinute: r.GetInt("search_per_minute"), FilingsPerHour: r.GetInt("filings_per_hour"), OpenPerMinute: r.GetInt("open_per_minute"), Demo: r.GetBool("demo"), ConsultationOnly: r.GetString("foi_mode") == "consultation",
		LetterWord: cmp.Or(text("letter_word"), DefaultLetterWord(text("name")))}
	d.District.Bureau = cmp.Or(text("bureau_name"), DefaultBureau(d.District))
	return nil
}

// DefaultLetterWord is the word of a district in the numbers of letters where it
// sets none: 闵行区 writes 闵教.
func DefaultLetterWord(name string) string {
	for _, first := range name {
		return string(first) + "教"
	}
	return "区教"
}

// DefaultBureau is who hears complaints where the district sets no name.
func DefaultBureau(d District) string { return cmp.Or(d.Host, d.Name+"教育局") }

func (d *Directory) loadStandard(app core.App, day string) error {
	rows, err := app.FindAllRecords(Standards)
	if err != nil {
		return fmt.Errorf("read the standard: %w", err)
	}
	slices.SortFunc(rows, func(a, b *core.Record) int { return cmp.Compare(a.GetString("applied_at"), b.GetString("applied_at")) })
	var versions []standard.Version
	for _, r := range rows {
		versions = append(versions, VersionOf(r))
	}
	v, ok := standard.InForce(versions, day)
	if !ok {
		return fmt.Errorf("no column standard is in force on %s", day)
	}
	d.Standard = v
	for i, r := range rows {
		if versions[i].AppliedAt == "" || versions[i].AppliedAt > v.AppliedAt {
			continue
		}
		moves, err := MovesOf(r)
		if err != nil {
			return err
		}
		columns, err := ColumnsOf(app, r.Id)
		if err != nil {
			return err
		}
		d.Moves = append(d.Moves, moves)
		if r.Id == v.ID {
			d.setNodes(columns)
		} else {
			d.Past = append(d.Past, PastStandard{versions[i], columns})
		}
	}
	return nil
}

// setNodes puts columns in force.
func (d *Directory) setNodes(columns []standard.Column) {
	d.Nodes, d.nodes = columns, make(map[string]standard.Column, len(columns))
	for _, c := range columns {
		d.nodes[c.Code] = c
		if !c.Leaf {
			continue
		}
		d.Leaves = append(d.Leaves, c)
		if !c.IsForAll() {
			d.Inside = append(d.Inside, c.Code)
		}
	}
}

// PastStandard is a version that was in force, with its columns.
type PastStandard struct {
	standard.Version
	Columns []standard.Column
}

// VersionOf reads a record of the standard.
func VersionOf(r *core.Record) standard.Version {
	return standard.Version{ID: r.Id, Number: r.GetString("version"), Name: r.GetString("name"), EffectiveOn: r.GetString("effective_on"),
		AppliedOn: r.GetString("applied_on"), AppliedAt: r.GetString("applied_at")}
}

// ColumnsOf reads the columns of a version that was rolled out, in its order.
func ColumnsOf(app core.App, id string) (list []standard.Column, err error) {
	var rows []*core.Record
	if err := app.RecordQuery(Columns).AndWhere(dbx.HashExp{"standard": id}).OrderBy("position").All(&rows); err != nil {
		return nil, fmt.Errorf("read the columns: %w", err)
	}
	for _, r := range rows {
		list = append(list, ColumnOf(r))
	}
	return list, nil
}

// MovesOf reads the moves (沿革) of a version.
func MovesOf(r *core.Record) (moves []standard.Move, err error) {
	if raw := r.GetString("moves"); raw == "" || raw == "null" {
		return nil, nil
	}
	return moves, r.UnmarshalJSONField("moves", &moves)
}

func (d *Directory) loadSchools(app core.App, _ string) error {
	var rows []*core.Record
	if err := app.RecordQuery(Schools).OrderBy("code").All(&rows); err != nil {
		return fmt.Errorf("read the schools: %w", err)
	}
	columns := columnsOf(d.Nodes)
	for _, r := range rows {
		s := SchoolOf(r)
		s.Columns = columns(s)
		d.Schools = append(d.Schools, s)
		d.byCode[s.Code], d.byID[s.ID] = s, s
	}
	return nil
}

// columnsOf gives each school its columns. Schools of the same traits share one list:
// of a district's thousands there are some dozens.
func columnsOf(nodes []standard.Column) func(*School) []standard.Column {
	made := map[string][]standard.Column{}
	return func(s *School) []standard.Column {
		traits := s.Traits()
		key := fmt.Sprint(traits)
		list, ok := made[key]
		if !ok {
			list = slices.Clip(standard.For(nodes, traits))
			made[key] = list
		}
		return list
	}
}

// Traits are what the standard asks of the school.
func (s *School) Traits() standard.School {
	return standard.School{Stages: s.Stages, Ownership: s.Ownership, Meals: s.Meals, Boarding: s.Boarding}
}

// SchoolOf reads a school record; its columns are left empty.
func SchoolOf(r *core.Record) *School {
	s := &School{ID: r.Id, Code: r.GetString("code"), Name: r.GetString("name"), ShortName: r.GetString("short_name"), Initials: r.GetString("initials"),
		Stages: slices.Clone(r.GetStringSlice("stages")), Ownership: r.GetString("ownership"), Meals: r.GetBool("meals"), Boarding: r.GetBool("boarding"),
		Town: r.GetString("town"), Address: r.GetString("address"), Phone: r.GetString("phone"), Website: r.GetString("website"), Status: r.GetString("status"),
		RegistryID: r.GetString("registry_id"), CreditCode: r.GetString("credit_code"), Level: r.GetString("level"), Principal: r.GetString("principal"),
		Postcode: r.GetString("postcode"), OpenedOn: r.GetString("opened_on"), EndedOn: r.GetString("ended_on"), Successors: slices.Clone(r.GetStringSlice("successors")),
		Logo: r.GetString("logo"), LetterWord: r.GetString("letter_word")}
	if s.ShortName == "" {
		s.ShortName = s.Name
	}
	// both are written by hooks as lists; an empty field is an empty list
	_ = r.UnmarshalJSONField("aliases", &s.Aliases)
	_ = r.UnmarshalJSONField("campuses", &s.Campuses)
	if p, ok := r.Get("location").(types.GeoPoint); ok {
		s.Lon, s.Lat = p.Lon, p.Lat
	}
	return s
}

// ColumnOf reads a column record.
func ColumnOf(r *core.Record) standard.Column {
	c := standard.Column{Code: r.GetString("code"), Parent: r.GetString("parent"), Name: r.GetString("name"), Branch: r.GetString("branch"),
		Leaf: r.GetBool("leaf"), Kind: standard.Kind(r.GetString("kind")), Audience: r.GetString("audience"), Stages: slices.Clone(r.GetStringSlice("stages")),
		Ownership: r.GetString("ownership"), Condition: r.GetString("condition"), Tier: r.GetInt("tier"), Mandatory: r.GetBool("mandatory"),
		TermOnly: r.GetBool("term_only"), FreshnessDays: r.GetInt("freshness_days"), MinItemsPerYear: r.GetInt("min_items_per_year"),
		DiscloseWithin: r.GetInt("disclose_within_workdays"), PublicityWorkdays: r.GetInt("publicity_workdays"), RetentionYears: r.GetInt("retention_years"),
		Basis: r.GetString("basis"), Description: r.GetString("description"), Review: r.GetString("review")}
	_ = json.Unmarshal([]byte(r.GetString("required_fields")), &c.RequiredFields) // groups have none
	return c
}

// Under is the directory as it would be with other columns in force.
func (d *Directory) Under(columns []standard.Column) *Directory {
	under := &Directory{District: d.District, Standard: d.Standard, Past: d.Past, Moves: d.Moves,
		byCode: map[string]*School{}, byID: map[string]*School{}}
	under.setNodes(columns)
	of := columnsOf(columns)
	for _, s := range d.Schools {
		school := *s
		school.Columns = of(s)
		under.Schools = append(under.Schools, &school)
		under.byCode[s.Code], under.byID[s.ID] = &school, &school
	}
	return under
}

// ByCode finds a school by its code.
func (d *Directory) ByCode(code string) (*School, bool) { s, ok := d.byCode[code]; return s, ok }

// ByID finds a school by its record id.
func (d *Directory) ByID(id string) (*School, bool) { s, ok := d.byID[id]; return s, ok }

// Node finds a branch, group or leaf by its code.
func (d *Directory) Node(code string) (standard.Column, bool) { c, ok := d.nodes[code]; return c, ok }

// Column finds a column of the school.
func (s *School) Column(code string) (standard.Column, bool) {
	i := slices.IndexFunc(s.Columns, func(c standard.Column) bool { return c.Code == code })
	if i < 0 {
		return standard.Column{}, false
	}
	return s.Columns[i], true
}

// Matches reports whether a visitor who typed q may mean this school: part of
// its name, short name or an alias, the start of its pinyin initials or code.
func (s *School) Matches(q string) bool {
	q = strings.ToLower(strings.Join(strings.Fields(q), ""))
	if q == "" || strings.Contains(s.Name, q) || strings.Contains(s.ShortName, q) || strings.HasPrefix(strings.ToLower(s.Code), q) {
		return true
	}
	return slices.ContainsFunc(s.Aliases, func(a string) bool { return strings.Contains(strings.ToLower(a), q) }) ||
		slices.ContainsFunc(strings.Fields(s.Initials), func(i string) bool { return strings.HasPrefix(i, q) })
}
