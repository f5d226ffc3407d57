package survey

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
)

// Role is one that is asked: a duty at a school.
type Role struct {
	School string           `json:"school"`
	Duty   publication.Duty `json:"duty"`
}

// Answer is the one of a role: the level of each question that was answered, and
// what should be improved most.
type Answer struct {
	Role
	Levels  map[string]inquiry.Rating
	Improve string
}

// Asked are the roles that are the denominator: those that exist, and those that
// answered and have nobody any more.
func Asked(existing []Role, answers []Answer) []Role {
	roles := slices.Clone(existing)
	for _, a := range answers {
		if !slices.Contains(roles, a.Role) {
			roles = append(roles, a.Role)
		}
	}
	return roles
}

// Silent are the roles without an answer, in their order.
func Silent(asked []Role, answers []Answer) []Role {
	return slices.DeleteFunc(slices.Clone(asked), func(r Role) bool {
		return slices.ContainsFunc(answers, func(a Answer) bool { return a.Role == r })
	})
}

// Line is one figure, with what it is a share of. Where fewer than
// inquiry.SmallestGroup answered, only Asked is filled in.
type Line struct {
	Name      string `json:"name"`
	Asked     int    `json:"asked"`
	Answered  int    `json:"answered"`
	Satisfied int    `json:"satisfied"` // 基本满意 and better
	Share     string `json:"share"`     // of the satisfied among those who answered: 93.8%
	Levels    []int  `json:"levels"`    // answers of each of Levels
	Hidden    bool   `json:"hidden"`
}

// Results are what the bureau sees.
type Results struct {
	Overall   Line     `json:"overall"`
	Reached   bool     `json:"reached"` // Target
	Questions []Line   `json:"questions"`
	Stages    []Line   `json:"stages"` // of the overall question
	Duties    []Line   `json:"duties"` // of the overall question
	Improve   []string `json:"improve"`
}

// Count adds up a survey. stages names the group of a school; a school that has
// several stages is in one group of its own kind, so that groups do not overlap
// and no difference between them tells of a few. Texts are in the order of the
// alphabet, which is not that of the answers, and withheld with the figures.
func Count(questions []Question, asked []Role, answers []Answer, stages func(school string) string) Results {
	of := map[Role]Answer{}
	for _, a := range answers {
		of[a.Role] = a
	}
	rated := func(question string, group func(Role) string) (list []inquiry.RatedLetter) {
		for _, r := range asked {
			list = append(list, inquiry.RatedLetter{Group: group(r), Rating: of[r].Levels[question]})
		}
		return list
	}
	all := func(Role) string { return "" }
	total := inquiry.Measure("全区", rated(Overall, all))
	results := Results{Overall: lineOf(total), Improve: []string{}}
	share, _ := total.Share()
	results.Reached = share >= Target
	for _, q := range questions {
		results.Questions = append(results.Questions, lineOf(inquiry.Measure(q.Text, rated(q.Key, all))))
	}
	for _, s := range inquiry.BreakDown(rated(Overall, func(r Role) string { return stages(r.School) })) {
		results.Stages = append(results.Stages, lineOf(s))
	}
	byDuty := inquiry.BreakDown(rated(Overall, func(r Role) string { return r.Duty.Name() }))
	slices.SortStableFunc(byDuty, func(a, b inquiry.Satisfaction) int { return place(a.Group) - place(b.Group) })
	for _, s := range byDuty {
		results.Duties = append(results.Duties, lineOf(s))
	}
	if !total.Hidden {
		for _, a := range answers {
			if text := strings.TrimSpace(a.Improve); text != "" {
				results.Improve = append(results.Improve, text)
			}
		}
		slices.Sort(results.Improve)
	}
	return results
}

func place(duty string) int {
	return slices.IndexFunc(Duties(), func(d publication.Duty) bool { return d.Name() == duty })
}

// lineOf is a figure of satisfaction: what inquiry calls answered is asked here,
// and what it calls rated is answered.
func lineOf(s inquiry.Satisfaction) Line {
	l := Line{Name: s.Group, Asked: s.Answered, Hidden: s.Hidden, Levels: []int{}}
	if s.Hidden {
		return l
	}
	l.Answered, l.Satisfied = s.Rated, s.Satisfied
	for _, level := range Levels() {
		l.Levels = append(l.Levels, s.Levels[level])
	}
	if share, ok := s.Share(); ok {
		l.Share = fmt.Sprintf("%.1f%%", 100*share)
	}
	return l
}
