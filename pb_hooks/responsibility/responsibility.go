// Package responsibility is the system of responsibility for disclosure at a
// school (信息公开工作责任制): which roles must be named to the public, what may be
// said of who holds one, how a name is proposed and confirmed, and who holds a
// role on a day. It knows no database and no clock.
package responsibility

import (
	"cmp"
	"slices"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/workday"
)

// Role is a role that a school names to the public.
type Role string

// Roles.
const (
	First   Role = "first"            // 第一责任人
	Leader  Role = "leader"           // 分管负责人
	Head    Role = "head"             // 信息公开工作机构负责人
	Clerk   Role = "clerk"            // 信息公开专管员
	Secrecy Role = "secrecy_reviewer" // 保密审查员
	Contact Role = "contact"          // 监督电话联系人
)

// RoleDefinition says what a role is.
type RoleDefinition struct {
	Role Role   `json:"role"`
	Name string `json:"name"`
	Does string `json:"does"` // in one sentence
}

// Roles are all roles in the order in which they are published (教办〔2010〕15号;
// 国卫办发〔2021〕43号 art. 15 for the first one, by analogy).
func Roles() []RoleDefinition {
	return []RoleDefinition{
		{First, "第一责任人", "校长（园长），对本校信息公开工作负总责。"},
		{Leader, "分管负责人", "分管信息公开工作的校领导。"},
		{Head, "信息公开工作机构负责人", "组织编制指南、目录和年度报告，审批答复。"},
		{Clerk, "信息公开专管员", "受理申请和来信，维护更新公开的信息。"},
		{Secrecy, "保密审查员", "公开之前逐项进行保密审查。"},
		{Contact, "监督电话联系人", "接听公众对信息公开工作的意见和投诉。"},
	}
}

// Name is the role in words; "" if there is no such role.
func (r Role) Name() string {
	for _, d := range Roles() {
		if d.Role == r {
			return d.Name
		}
	}
	return ""
}

// State is what became of a name.
type State string

// States.
const (
	Proposed  State = "proposed"
	Confirmed State = "confirmed"
	Declined  State = "declined"
	Withdrawn State = "withdrawn"
	Ended     State = "ended"
)

// States are all states.
func States() []State { return []State{Proposed, Confirmed, Declined, Withdrawn, Ended} }

// Person is somebody who is named for a role. From is the day on which they take it.
type Person struct {
	ID                string
	Role              Role
	Name, Post, Phone string
	From              workday.Date
	State             State
	Confirmed         string // instant of the confirmation, in a form that sorts
}

// Place is where a person stands on a day.
type Place string

// Places.
const (
	Now     Place = "now"     // holds the role: what the public sees
	Coming  Place = "coming"  // confirmed, from a later day
	Waiting Place = "waiting" // proposed
	Past    Place = "past"    // held it, or came to nothing
)

// Places says of each person of one school, by id, where they stand today. Of
// those who were confirmed for a role the one who took it last holds it.
func Places(people []Person, today workday.Date) map[string]Place {
	places := map[string]Place{}
	for _, p := range people {
		switch {
		case p.State == Proposed:
			places[p.ID] = Waiting
		case p.State == Confirmed && p.From > today:
			places[p.ID] = Coming
		default:
			places[p.ID] = Past
		}
	}
	for _, p := range InOffice(people, today) {
		places[p.ID] = Now
	}
	return places
}

// InOffice are those of one school who hold a role today, in the order of the roles.
func InOffice(people []Person, today workday.Date) []Person {
	var holding []Person
	for _, d := range Roles() {
		taken := slices.DeleteFunc(slices.Clone(people), func(p Person) bool { return p.Role != d.Role || p.State != Confirmed || p.From > today })
		if len(taken) > 0 {
			holding = append(holding, slices.MaxFunc(taken, func(a, b Person) int {
				return cmp.Or(cmp.Compare(a.From, b.From), cmp.Compare(a.Confirmed, b.Confirmed))
			}))
		}
	}
	return holding
}

// Missing are the roles that nobody of the school holds today.
func Missing(people []Person, today workday.Date) []RoleDefinition {
	holding := InOffice(people, today)
	return slices.DeleteFunc(Roles(), func(d RoleDefinition) bool {
		return slices.ContainsFunc(holding, func(p Person) bool { return p.Role == d.Role })
	})
}

// Proposers are the duties that propose a name, Confirmers those that confirm it.
func Proposers() []publication.Duty {
	return []publication.Duty{publication.Editor, publication.Clerk, publication.Officer}
}

// Confirmers are the duties that confirm a name.
func Confirmers() []publication.Duty {
	return []publication.Duty{publication.Principal, publication.Reviewer}
}
