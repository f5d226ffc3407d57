package pb_hooks

import (
	"cmp"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// SchoolList is the schools that a person may see the data of.
type SchoolList struct {
	MayOpen bool         `json:"may_open"`
	Towns   []string     `json:"towns"`
	Stages  []string     `json:"stages"`
	Items   []SchoolLine `json:"items"` // by code
}

// SchoolLine is one school of the list.
type SchoolLine struct {
	Code       string   `json:"code"`
	Name       string   `json:"name"`
	ShortName  string   `json:"short_name"`
	Stages     []string `json:"stages"`
	Town       string   `json:"town"`
	Status     string   `json:"status"`
	EndedOn    string   `json:"ended_on"`
	Successors []string `json:"successors"` // names
	Corrected  int      `json:"corrected"`  // local corrections in force
	Proposed   int      `json:"proposed"`   // waiting for the bureau
	Kit        bool     `json:"kit"`        // its first week is on the way
}

// SchoolFile is the data of a school: each value with where it comes from.
type SchoolFile struct {
	Code        string             `json:"code"`
	Name        string             `json:"name"`
	Status      string             `json:"status"`
	Ended       string             `json:"ended"` // what became of it, in words; "" while it is at work
	Successors  []SchoolRef        `json:"successors"`
	GoesOn      []SchoolRef        `json:"goes_on"` // schools at work to which its people can be moved
	Fields      []SchoolField      `json:"fields"`
	Corrections []SchoolCorrection `json:"corrections"` // the newest first
	Kit         []KitItem          `json:"kit"`
	MayUndo     bool               `json:"may_undo"`    // take the opening back
	MayCorrect  bool               `json:"may_correct"` // decides
	MayPropose  bool               `json:"may_propose"`
	MayAct      bool               `json:"may_act"` // open, merge, split, close, reopen
}

// SchoolRef names a school.
type SchoolRef struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// SchoolField is one value of a school.
type SchoolField struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	Value  string `json:"value"`
	Origin string `json:"origin"` // registry, hand, correction; "" if nobody noted it
	Was    string `json:"was"`    // of a correction: what the registry says
	Editor bool   `json:"editor"` // can be corrected
}

// SchoolCorrection is a local correction and what became of it.
type SchoolCorrection struct {
	ID       string `json:"id"`
	Label    string `json:"label"`
	Value    string `json:"value"`
	Was      string `json:"was"`
	Reason   string `json:"reason"`
	State    string `json:"state"` // proposed, refused, active, taken, withdrawn
	By       string `json:"by"`
	At       string `json:"at"`
	Decided  string `json:"decided"` // by whom
	Decision string `json:"decision"`
}

// uncorrected are the fields that a correction cannot set: what a school is known
// by here, and what changes by an act.
var uncorrected = []string{"code", "registry_id", "initials", "status", "ended_on"}

// listSchools shows the schools: the bureau's people all, a school's their own.
func (p *platform) listSchools(e *core.RequestEvent) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	only := e.Auth.GetString("school")
	if only == "" {
		may, err := p.oversees(e.App, e.Auth)
		if err != nil || !may {
			return orRefusal(err, e.ForbiddenError("学校资料由区教育局的管理员、监督员、审核员和审计员查看。", nil))
		}
	}
	list := SchoolList{Towns: []string{}, Stages: registry.Stages, Items: []SchoolLine{}}
	if list.MayOpen, err = p.servesBureau(e.App, e.Auth, publication.Admin); err != nil {
		return err
	}
	counts, err := correctionCounts(e.App)
	if err != nil {
		return err
	}
	kits, err := openKits(e.App)
	if err != nil {
		return err
	}
	for _, s := range d.Schools {
		if only != "" && s.ID != only {
			continue
		}
		if s.Town != "" && !slices.Contains(list.Towns, s.Town) {
			list.Towns = append(list.Towns, s.Town)
		}
		list.Items = append(list.Items, SchoolLine{s.Code, s.Name, s.ShortName, s.Stages, s.Town, s.Status, s.EndedOn, orNone(successorNames(d, s)),
			counts[s.ID+correctionActive], counts[s.ID+correctionProposed], slices.Contains(kits, s.ID)})
	}
	slices.Sort(list.Towns)
	return noStore(e, list)
}

func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// correctionCounts counts corrections by id of the school and state.
func correctionCounts(app core.App) (map[string]int, error) {
	var rows []struct {
		School string `db:"school"`
		State  string `db:"state"`
		N      int    `db:"n"`
	}
	err := app.DB().NewQuery("SELECT school, state, count(*) AS n FROM school_corrections WHERE state IN ('active', 'proposed') GROUP BY school, state").All(&rows)
	counts := map[string]int{}
	for _, r := range rows {
		counts[r.School+r.State] = r.N
	}
	return counts, err
}

// openKits are the ids of schools that a kit was laid for.
func openKits(app core.App) (ids []string, err error) {
	return ids, app.DB().Select("id").From(records.Schools).Where(dbx.NewExp("kit LIKE '{%' AND status IN ('open', 'planned')")).OrderBy("code").Column(&ids)
}

// schoolFile shows the data of one school.
func (p *platform) schoolFile(e *core.RequestEvent) error {
	school, err := p.schoolOfFile(e)
	if err != nil {
		return err
	}
	file, err := p.schoolFileOf(e.App, e.Auth, school.ID)
	if err != nil {
		return err
	}
	return noStore(e, file)
}

// schoolOfFile is the school of the address: people of a school see their own.
func (p *platform) schoolOfFile(e *core.RequestEvent) (*records.School, error) {
	return p.supervisedSchool(e)
}

func (p *platform) schoolFileOf(app core.App, person *core.Record, id string) (SchoolFile, error) {
	record, err := storedSchool(app, id)
	if err != nil {
		return SchoolFile{}, err
	}
	d, err := p.directory()
	if err != nil {
		return SchoolFile{}, err
	}
	s := schoolOf(record)
	file := SchoolFile{Code: s.Code, Name: s.Name, Status: s.Status, Successors: []SchoolRef{}, GoesOn: []SchoolRef{}, Fields: []SchoolField{}, Corrections: []SchoolCorrection{}, Kit: []KitItem{}}
	if hasEnded(s.Status) {
		if file.Ended, err = endingInWords(app, record); err != nil {
			return file, err
		}
	}
	for _, successor := range s.Successors {
		if to, ok := d.ByID(successor); ok {
			file.Successors = append(file.Successors, SchoolRef{to.Code, to.Name})
		}
	}
	heirs, err := heirsAtWork(app, id)
	if err != nil {
		return file, err
	}
	for _, heir := range heirs {
		if to, ok := d.ByID(heir); ok {
			file.GoesOn = append(file.GoesOn, SchoolRef{to.Code, to.Name})
		}
	}
	if err := drawFields(app, record, s, &file); err != nil {
		return file, err
	}
	if file.MayAct, err = p.servesBureau(app, person, publication.Admin); err != nil {
		return file, err
	}
	file.MayCorrect = file.MayAct
	file.MayPropose = servesSchool(person, proposers...) && person.GetString("school") == id && !hasEnded(s.Status)
	kit, err := kitOf(record)
	if err != nil || kit == nil || hasEnded(s.Status) {
		return file, err
	}
	shown := records.SchoolOf(record)
	if at, ok := d.ByID(id); ok {
		shown.Columns = at.Columns
	}
	if file.Kit, err = p.kitItems(app, d, shown); err != nil {
		return file, err
	}
	file.MayUndo = file.MayAct && refuseUndo(app, id) == nil
	return file, nil
}

// drawFields draws the values with their origins, and the corrections.
func drawFields(app core.App, record *core.Record, s registry.School, file *SchoolFile) error {
	var rows []*core.Record
	if err := app.RecordQuery(records.SchoolCorrections).AndWhere(dbx.HashExp{"school": record.Id}).OrderBy("at DESC", "_rowid_ DESC").All(&rows); err != nil {
		return err
	}
	active := map[string]*core.Record{}
	for _, r := range rows {
		t := r.GetString
		if t("state") == correctionActive {
			active[t("field")] = r
		}
		file.Corrections = append(file.Corrections, SchoolCorrection{r.Id, registry.Label(t("field")), t("value"), t("was"), t("reason"), t("state"),
			t("by_name"), t("at"), t("decided_by_name"), t("decision")})
	}
	origins := originsOf(record)
	for _, name := range registry.FieldNames() {
		f := SchoolField{Name: name, Label: registry.Label(name), Value: fieldWord(name, registry.ShowField(s, name)), Origin: origins[name], Editor: !slices.Contains(uncorrected, name)}
		if r := active[name]; r != nil {
			f.Origin, f.Was = "correction", r.GetString("was")
		}
		file.Fields = append(file.Fields, f)
	}
	return nil
}

// proposers are the duties of a school that may propose a correction of its data.
var proposers = []publication.Duty{publication.Clerk, publication.Officer, publication.Principal, publication.Editor, publication.Admin}

// EndingPlan is what will happen when a school ends, before anything does.
type EndingPlan struct {
	Requests []EndingCase   `json:"requests"` // 申请
	Letters  []EndingCase   `json:"letters"`  // 来信
	Orders   []EndingCase   `json:"orders"`   // 督办
	Drafts   int            `json:"drafts"`
	Staff    []EndingPerson `json:"staff"`
}

// EndingCase is something that is open at the school.
type EndingCase struct {
	ID     string `json:"id"`
	Number string `json:"number"`
	Due    string `json:"due"`
}

// EndingPerson is somebody with an account at the school.
type EndingPerson struct {
	ID     string   `json:"id"`
	Name   string   `json:"name"`
	Duties []string `json:"duties"`
}

// endingPlan gathers what is open at a school and who works there. Letters that are
// on their way to it go back by themselves.
func (p *platform) endingPlan(app core.App, school string) (EndingPlan, error) {
	plan := EndingPlan{Requests: []EndingCase{}, Letters: []EndingCase{}, Orders: []EndingCase{}, Staff: []EndingPerson{}}
	open, err := openCasesOf(app, school)
	if err != nil {
		return plan, err
	}
	for into, list := range map[*[]EndingCase][]*core.Record{&plan.Requests: open.requests, &plan.Letters: open.letters, &plan.Orders: open.parts} {
		for _, r := range list {
			*into = append(*into, EndingCase{r.Id, r.GetString("number"), r.GetString("due")})
		}
	}
	drafts, err := draftsOf(app, school)
	if err != nil {
		return plan, err
	}
	plan.Drafts = int(drafts)
	staff, err := app.FindAllRecords(records.Staff, dbx.HashExp{"school": school, "deactivated_at": ""})
	if err != nil {
		return plan, err
	}
	slices.SortFunc(staff, func(a, b *core.Record) int { return cmp.Compare(a.GetString("name"), b.GetString("name")) })
	for _, s := range staff {
		plan.Staff = append(plan.Staff, EndingPerson{s.Id, s.GetString("name"), s.GetStringSlice("duties")})
	}
	return plan, nil
}
