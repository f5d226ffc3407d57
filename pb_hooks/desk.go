package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/pocketbase/core"
)

// Desk is what the workbench needs to know before a person begins.
type Desk struct {
	School   *DeskSchool  `json:"school"` // nil for staff of the bureau
	District DeskDistrict `json:"district"`
	Columns  []DeskColumn `json:"columns"`
	// CheckBefore is a date: questions last checked before it are to be checked.
	CheckBefore string `json:"check_before"`
	// Ended is what became of the person's school, in words: then they only read. "" is
	// everybody else.
	Ended string `json:"ended"`
	// GoesOn are the schools that go on with what it was.
	GoesOn []DeskSchool `json:"goes_on"`
}

// DeskSchool names the person's school.
type DeskSchool struct {
	ID        string `json:"id"`
	Code      string `json:"code"`
	Name      string `json:"name"`
	ShortName string `json:"short_name"`
}

// DeskDistrict names the district.
type DeskDistrict struct {
	Name string `json:"name"`
	Demo bool   `json:"demo"`
}

// DeskColumn is a column of the person's school, and how much stands in it.
type DeskColumn struct {
	Code           string   `json:"code"`
	Name           string   `json:"name"`
	Group          string   `json:"group"`
	GroupName      string   `json:"group_name"`
	Kind           string   `json:"kind"`
	KindName       string   `json:"kind_name"`
	Audience       string   `json:"audience"`
	Mandatory      bool     `json:"mandatory"`
	Description    string   `json:"description"`
	Basis          string   `json:"basis"`
	RequiredFields []string `json:"required_fields"`
	NamedFields    []string `json:"named_fields"`
	Writable       bool     `json:"writable"`
	Items          int      `json:"items"`
}

func (p *platform) desk(e *core.RequestEvent) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	desk := Desk{District: DeskDistrict{d.District.Name, d.District.Demo}, Columns: []DeskColumn{}, CheckBefore: p.checkBefore(), GoesOn: []DeskSchool{}}
	school, ok := d.ByID(e.Auth.GetString("school"))
	if !ok {
		return e.JSON(http.StatusOK, desk)
	}
	desk.School = &DeskSchool{school.ID, school.Code, school.Name, school.ShortName}
	if hasEnded(school.Status) {
		desk.Ended = endedInWords(school, successorNames(d, school))
		for _, s := range atWorkAfter(d, school) {
			desk.GoesOn = append(desk.GoesOn, DeskSchool{s.ID, s.Code, s.Name, s.ShortName})
		}
	}
	counts, err := p.public.ColumnCounts(e.Request.Context(), school.ID)
	if err != nil {
		return err
	}
	for _, c := range school.Columns {
		group, _ := d.Node(c.Parent)
		desk.Columns = append(desk.Columns, DeskColumn{Code: c.Code, Name: c.Name, Group: c.Parent, GroupName: group.Name, Kind: string(c.Kind),
			KindName: c.Kind.Name(), Audience: c.Audience, Mandatory: c.Mandatory, Description: c.Description, Basis: c.Basis,
			RequiredFields: c.RequiredFields, NamedFields: c.NamedFields(), Writable: c.Kind.IsWritten(), Items: counts[c.Code].Items})
	}
	return e.JSON(http.StatusOK, desk)
}
