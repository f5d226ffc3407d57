package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/responsibility"
	"gongkai/pb_hooks/workday"
)

// disclosureGuide is 信息公开指南, whose page shows who is responsible.
const disclosureGuide = "A0101"

// bindResponsibility keeps names and their steps to the routes: nobody is named
// past the second pair of eyes.
func bindResponsibility(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("责任人要在工作台提交和确认，不能直接更改。", nil)
	}
	owned := []string{records.ResponsiblePeople, records.ResponsibleSteps}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// ResponsibilityDesk is who is named at a school, and what the person asking can do.
type ResponsibilityDesk struct {
	Today      string                          `json:"today"`
	School     string                          `json:"school"`
	SchoolCode string                          `json:"school_code"`
	MayPropose bool                            `json:"may_propose"`
	Roles      []responsibility.RoleDefinition `json:"roles"`   // all of them, in order
	Missing    []string                        `json:"missing"` // roles that nobody holds
	People     []ResponsibilityEntry           `json:"people"`  // the newest first
}

// ResponsibilityEntry is a name for a role and what became of it.
type ResponsibilityEntry struct {
	ID      string                 `json:"id"`
	Role    string                 `json:"role"`
	Name    string                 `json:"name"`
	Post    string                 `json:"post"`
	Phone   string                 `json:"phone"`
	From    string                 `json:"from"`
	State   string                 `json:"state"` // proposed, confirmed, declined, withdrawn, ended
	Place   string                 `json:"place"` // now, coming, waiting, past
	Actions []ResponsibilityAction `json:"actions"`
	Steps   []ResponsibilityStep   `json:"steps"`
}

// ResponsibilityAction is something the person asking can do with a name.
type ResponsibilityAction struct {
	Do     string `json:"do"`
	Name   string `json:"name"`
	Reason bool   `json:"reason"` // must be given
}

// ResponsibilityStep is something that was done with a name.
type ResponsibilityStep struct {
	Name      string `json:"name"` // of the action
	By        string `json:"by"`
	InsteadOf string `json:"instead_of"`
	At        string `json:"at"`
	Reason    string `json:"reason"`
}

// schoolReaders are the duties of a school that see what supervision asks of it.
var schoolReaders = []publication.Duty{publication.Principal, publication.Reviewer, publication.Officer, publication.Clerk, publication.Editor}

// responsibilityDesk shows the names of a school: to its people their own, to the
// bureau that of any.
func (p *platform) responsibilityDesk(e *core.RequestEvent) error {
	school, err := p.schoolOfReader(e)
	if err != nil {
		return err
	}
	desk, err := p.responsibilityOf(e.App, e.Auth, school)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, desk)
}

// schoolOfReader is the school that is asked for, if the person may see what it
// prepares: of a school those who publish and those who answer.
func (p *platform) schoolOfReader(e *core.RequestEvent) (*records.School, error) {
	school, err := p.supervisedSchool(e)
	if err != nil || e.Auth.GetString("school") == "" {
		return school, err
	}
	if !servesSchool(e.Auth, schoolReaders...) {
		return nil, e.ForbiddenError("您没有查看这一页的职责。", nil)
	}
	return school, nil
}

// servesSchool reports whether a person of a school fills one of the duties today.
func servesSchool(person *core.Record, duties ...publication.Duty) bool {
	return person.GetString("school") != "" && person.GetString("deactivated_at") == "" && actsAsAny(person, duties...)
}

// signersOf are the ways in which a person may act in any of the duties today.
func (p *platform) signersOf(app core.App, person *core.Record, duties []publication.Duty) (list []responsibility.Signer, err error) {
	for _, duty := range duties {
		ways, err := p.waysToAct(app, person, duty)
		if err != nil {
			return nil, err
		}
		for _, w := range ways {
			list = append(list, responsibility.Signer{By: w.person, For: w.insteadOf, Duty: duty})
		}
	}
	return list, nil
}

// responsibilityOf draws the desk of a school for a person.
func (p *platform) responsibilityOf(app core.App, person *core.Record, school *records.School) (ResponsibilityDesk, error) {
	desk := ResponsibilityDesk{Today: p.today(), School: school.Name, SchoolCode: school.Code, Roles: responsibility.Roles(), Missing: []string{}, People: []ResponsibilityEntry{}}
	var ways []responsibility.Signer
	if person.GetString("school") == school.ID {
		var err error
		if ways, err = p.signersOf(app, person, slices.Concat(responsibility.Proposers(), responsibility.Confirmers())); err != nil {
			return desk, err
		}
	}
	_, desk.MayPropose = responsibility.Case{}.May(responsibility.Propose, ways)
	rows, err := namedAt(app, school.ID)
	if err != nil {
		return desk, err
	}
	steps, err := responsibleSteps(app, idsOf(rows))
	if err != nil {
		return desk, err
	}
	people := peopleNamed(rows)
	today := workday.Date(desk.Today)
	places := responsibility.Places(people, today)
	for _, d := range responsibility.Missing(people, today) {
		desk.Missing = append(desk.Missing, string(d.Role))
	}
	for _, one := range people {
		entry := ResponsibilityEntry{ID: one.ID, Role: string(one.Role), Name: one.Name, Post: one.Post, Phone: one.Phone, From: string(one.From), State: string(one.State),
			Place: string(places[one.ID]), Actions: []ResponsibilityAction{}, Steps: []ResponsibilityStep{}}
		c := caseNamed(one.State, steps[one.ID])
		for _, m := range responsibility.Moves() {
			if _, may := c.May(m.Do, ways); may && (m.Do != responsibility.End || places[one.ID] != responsibility.Past) {
				entry.Actions = append(entry.Actions, ResponsibilityAction{string(m.Do), m.Name, m.Reason})
			}
		}
		for _, s := range steps[one.ID] {
			entry.Steps = append(entry.Steps, ResponsibilityStep{responsibility.Action(s.GetString("action")).Name(), s.GetString("by_name"), s.GetString("for_name"),
				s.GetString("at"), s.GetString("reason")})
		}
		desk.People = append(desk.People, entry)
	}
	return desk, nil
}

// namedAt are all who were ever named at a school, the newest first.
func namedAt(app core.App, school string) (rows []*core.Record, err error) {
	err = app.RecordQuery(records.ResponsiblePeople).AndWhere(dbx.HashExp{"school": school}).OrderBy("_rowid_ DESC").All(&rows)
	return rows, err
}

// responsibleSteps are the steps of those who were named, the oldest first.
func responsibleSteps(app core.App, people []string) (map[string][]*core.Record, error) {
	var rows []*core.Record
	err := app.RecordQuery(records.ResponsibleSteps).AndWhere(dbx.HashExp{"person": anys(people)}).OrderBy("_rowid_").All(&rows)
	steps := map[string][]*core.Record{}
	for _, r := range rows {
		steps[r.GetString("person")] = append(steps[r.GetString("person")], r)
	}
	return steps, err
}

func peopleNamed(rows []*core.Record) []responsibility.Person {
	var people []responsibility.Person
	for _, r := range rows {
		people = append(people, responsibility.Person{ID: r.Id, Role: responsibility.Role(r.GetString("role")), Name: r.GetString("name"), Post: r.GetString("post"),
			Phone: r.GetString("phone"), From: workday.Date(r.GetString("from")), State: responsibility.State(r.GetString("state")), Confirmed: r.GetString("confirmed_at")})
	}
	return people
}

// caseNamed is a name while it is decided on; the first step is its proposal.
func caseNamed(state responsibility.State, steps []*core.Record) responsibility.Case {
	c := responsibility.Case{State: state}
	if len(steps) > 0 {
		c.By, c.For = steps[0].GetString("by"), steps[0].GetString("for")
	}
	return c
}
