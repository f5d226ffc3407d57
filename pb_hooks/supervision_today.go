package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// SchoolToday is how a school meets the standard at this moment, and what it can do.
type SchoolToday struct {
	School   NamedCode      `json:"school"`
	Day      string         `json:"day"`
	Standard string         `json:"standard"` // name of the version in force
	Shares   []ShareLine    `json:"shares"`   // 栏目规范达标率 and its four parts
	Columns  []ColumnToday  `json:"columns"`
	Tasks    []TaskToday    `json:"tasks"`
	Counts   figures.Counts `json:"counts"`
}

// ShareLine is a share with what it is a share of.
type ShareLine struct {
	Name   string `json:"name"`
	Label  string `json:"label"`
	Target int    `json:"target"` // per cent; 0 if there is none
	How    string `json:"how"`
	figures.Ratio
}

// ColumnToday is a column of the school.
type ColumnToday struct {
	Code       string `json:"code"`
	Name       string `json:"name"`
	Group      string `json:"group"`
	Mandatory  bool   `json:"mandatory"`
	Exempt     bool   `json:"exempt"`
	Written    bool   `json:"written"` // people publish in it
	Exists     bool   `json:"exists"`
	Filled     bool   `json:"filled"`
	Fresh      bool   `json:"fresh"`
	Enough     bool   `json:"enough"`
	Met        bool   `json:"met"`
	Items      int    `json:"items"`
	ThisYear   int    `json:"this_year"`
	Needed     int    `json:"needed"`
	Least      int    `json:"least"` // items a year
	Newest     string `json:"newest"`
	Limit      int    `json:"limit"` // days of freshness; -1 if no clock runs
	FreshUntil string `json:"fresh_until"`
	Timed      int    `json:"timed"`
	Late       int    `json:"late"`
}

// TaskToday is one thing to do.
type TaskToday struct {
	Column  string `json:"column"`
	Name    string `json:"name"`
	Fault   string `json:"fault"`
	Title   string `json:"title"`
	Text    string `json:"text"`
	Effect  int    `json:"effect"` // tenths of a point of the card
	Warning bool   `json:"warning"`
	Check   bool   `json:"check"` // 核对确认 is enough
}

// schoolToday measures a school now: its own people see it, and the bureau any.
func (p *platform) schoolToday(e *core.RequestEvent) error {
	school, err := p.supervisedSchool(e)
	if err != nil {
		return err
	}
	m, err := p.measure(e.Request.Context(), e.App, p.options.Now(), school.ID)
	if err != nil {
		return err
	}
	if len(m.schools) == 0 {
		return e.NotFoundError("这所学校没有开办，不作检查。", nil)
	}
	v := m.drawToday(m.schools[0])
	delete(v.Counts, "ratings_satisfied") // two looks would tell how who wrote in between was satisfied
	return e.JSON(http.StatusOK, v)
}

func (m *measuring) drawToday(s *measuredSchool) SchoolToday {
	v := SchoolToday{School: NamedCode{s.Code, s.Name}, Day: string(m.day), Standard: m.directory.Standard.Name, Shares: sharesOf(s.counts, complianceShares...),
		Columns: []ColumnToday{}, Tasks: []TaskToday{}, Counts: s.counts}
	for _, r := range s.compliance.Results {
		group, _ := m.directory.Node(standard.GroupCode(r.Column.Code))
		v.Columns = append(v.Columns, ColumnToday{Code: r.Column.Code, Name: r.Column.Name, Group: group.Name, Mandatory: r.Column.Mandatory, Exempt: r.Exempt,
			Written: r.Column.Kind.IsWritten(), Exists: r.Exists, Filled: r.Filled, Fresh: r.Fresh, Enough: r.Enough, Met: r.Met(), Items: r.Items,
			ThisYear: r.ThisYear, Needed: r.Needed, Least: r.Column.MinItemsPerYear, Newest: string(r.Newest), Limit: r.Column.FreshnessDays,
			FreshUntil: string(r.FreshUntil), Timed: r.Timed, Late: r.Late()})
	}
	for _, t := range s.compliance.Tasks(m.days, m.worth) {
		v.Tasks = append(v.Tasks, TaskToday{Column: t.Column.Code, Name: t.Column.Name, Fault: string(t.Fault), Title: t.Fault.Name(), Text: t.Text,
			Effect: t.Effect, Warning: t.Fault.IsWarning(), Check: t.Fault == compliance.Stale || t.Fault == compliance.StaleSoon})
	}
	return v
}

// complianceShares are 栏目规范达标率 and its parts.
var complianceShares = []string{"compliance", "compliance_exist", "compliance_filled", "compliance_fresh", "compliance_enough"}

// sharesOf draws shares of counts, in the order of the catalogue.
func sharesOf(c figures.Counts, names ...string) []ShareLine {
	lines := []ShareLine{}
	for _, s := range figures.Shares() {
		for _, name := range names {
			if s.Name == name {
				lines = append(lines, ShareLine{s.Name, s.Label, s.Target, s.How, s.Of(c)})
			}
		}
	}
	return lines
}

// worth is what a fault of a column costs on the card, in tenths of a point (D1–D3
// of the indicators).
func (m *measuring) worth(r compliance.Result, f compliance.Fault) int {
	switch f {
	case compliance.Missing:
		return int(m.weights.Lines["D1"].Hits["missing"])
	case compliance.Blank:
		return int(m.weights.Lines["D2"].Hits["blank"])
	case compliance.Stale:
		return int(m.weights.Lines["D3"].Hits[staleHit(r.Column)])
	}
	return 0
}

// oversees reports whether somebody sees the supervision of all schools: at the
// bureau, by one of these duties. Only a supervisor acts.
func (p *platform) oversees(app core.App, person *core.Record) (bool, error) {
	return p.servesBureau(app, person, publication.Supervisor, publication.Reviewer, publication.Auditor, publication.Admin)
}

// ownSchool stands in an address for the school of whoever asks.
const ownSchool = "own"

// supervisedSchool is the school that is asked for: people of a school see their
// own, whatever they ask for, and are told nothing of others.
func (p *platform) supervisedSchool(e *core.RequestEvent) (*records.School, error) {
	directory, err := p.directory()
	if err != nil {
		return nil, err
	}
	code := e.Request.URL.Query().Get("school")
	if path := e.Request.PathValue("school"); path != "" {
		code = path
	}
	if own := e.Auth.GetString("school"); own != "" {
		school, ok := directory.ByID(own)
		if !ok || code != "" && code != ownSchool && code != school.Code {
			return nil, e.NotFoundError("没有这所学校，或者您不能查看。", nil)
		}
		return school, nil
	}
	may, err := p.oversees(e.App, e.Auth)
	if err != nil {
		return nil, err
	}
	if !may {
		return nil, e.ForbiddenError("考核监督由教育局监督员、审核员和审计员查看。", nil)
	}
	school, ok := directory.ByCode(code)
	if !ok {
		return nil, e.NotFoundError("没有这所学校，或者您不能查看。", nil)
	}
	return school, nil
}
