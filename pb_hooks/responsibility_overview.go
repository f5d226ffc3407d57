package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/responsibility"
	"gongkai/pb_hooks/workday"
)

// ResponsibilityOverview is which schools lack a role, for the bureau.
type ResponsibilityOverview struct {
	Complete int                  `json:"complete"` // schools without a missing role
	Schools  []ResponsibilityLine `json:"schools"`  // all that are open: those that lack the most first
}

// ResponsibilityLine is one school.
type ResponsibilityLine struct {
	School     string   `json:"school"`
	SchoolCode string   `json:"school_code"`
	Missing    []string `json:"missing"` // names of roles
	Waiting    int      `json:"waiting"` // names that wait for confirmation
}

// responsibilityOverview lists the schools of the district with the roles that
// nobody holds.
func (p *platform) responsibilityOverview(e *core.RequestEvent) error {
	may, err := p.oversees(e.App, e.Auth)
	if err != nil {
		return err
	}
	if !may {
		return e.ForbiddenError("全区的责任人由区教育局查看。", nil)
	}
	view, err := p.responsibilityToday(e.App)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, view)
}

func (p *platform) responsibilityToday(app core.App) (ResponsibilityOverview, error) {
	view := ResponsibilityOverview{Schools: []ResponsibilityLine{}}
	d, err := p.directory()
	if err != nil {
		return view, err
	}
	var rows []*core.Record
	err = app.RecordQuery(records.ResponsiblePeople).AndWhere(dbx.In("state", string(responsibility.Proposed), string(responsibility.Confirmed))).All(&rows)
	if err != nil {
		return view, err
	}
	at := map[string][]*core.Record{}
	for _, r := range rows {
		at[r.GetString("school")] = append(at[r.GetString("school")], r)
	}
	for _, school := range d.Schools {
		if school.Status != string(registry.Open) {
			continue
		}
		line := ResponsibilityLine{School: school.ShortName, SchoolCode: school.Code, Missing: []string{}}
		people := peopleNamed(at[school.ID])
		for _, m := range responsibility.Missing(people, workday.Date(p.today())) {
			line.Missing = append(line.Missing, m.Name)
		}
		for _, one := range people {
			if one.State == responsibility.Proposed {
				line.Waiting++
			}
		}
		if len(line.Missing) == 0 {
			view.Complete++
		}
		view.Schools = append(view.Schools, line)
	}
	slices.SortStableFunc(view.Schools, func(a, b ResponsibilityLine) int { return len(b.Missing) - len(a.Missing) })
	return view, nil
}
