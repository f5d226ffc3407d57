// Package scorecard judges how a school discloses: veto items (单项否决) and
// deductions from a hundred points, each with what it was found in. The
// indicators are those by which government sites are inspected (国办秘函〔2019〕19号),
// measured as a school can be. It knows no database and no clock.
package scorecard

import (
	"fmt"
	"slices"
)

// Points are tenths of a point: 15 is 1.5 points. No figure of a card is a float.
type Points int

// Full are the hundred points from which a card deducts.
const Full Points = 1000

// String is the number in words: "98.5", "100".
func (p Points) String() string {
	if p%10 == 0 {
		return fmt.Sprint(int(p / 10))
	}
	sign, tenths := "", int(p)
	if tenths < 0 {
		sign, tenths = "-", -tenths
	}
	return fmt.Sprintf("%s%d.%d", sign, tenths/10, tenths%10)
}

// Code is the code of an indicator: V1 … V6 veto, D1 … D19 deduct.
type Code string

// Group is what deductions are about. What is lost in a group has a maximum, and
// the maxima of all groups are the hundred points.
type Group string

// Groups.
const (
	Columns     Group = "columns"     // 栏目建设
	Updating    Group = "updating"    // 信息更新
	Interaction Group = "interaction" // 互动回应
	Requests    Group = "requests"    // 依申请公开
	Services    Group = "services"    // 服务实用
	Safety      Group = "safety"      // 安全与可用
)

// Groups are all groups in the order of the card.
func Groups() []Group { return []Group{Columns, Updating, Interaction, Requests, Services, Safety} }

var groupNames = map[Group]string{Columns: "栏目建设", Updating: "信息更新", Interaction: "互动回应", Requests: "依申请公开", Services: "服务实用", Safety: "安全与可用"}

// Name is the group in words.
func (g Group) Name() string { return groupNames[g] }

// Grade is what a card comes to.
type Grade string

// Grades, the best first.
const (
	Excellent Grade = "excellent" // from 90 points
	Good      Grade = "good"      // from 80
	Passed    Grade = "passed"    // from 60
	Failed    Grade = "failed"    // a veto, or less than 60
)

// Grades are all grades, the best first.
func Grades() []Grade { return []Grade{Excellent, Good, Passed, Failed} }

var gradeNames = map[Grade]string{Excellent: "优秀", Good: "良好", Passed: "合格", Failed: "不合格"}

// Name is the grade in words.
func (g Grade) Name() string { return gradeNames[g] }

// GradeOf is the grade of a score.
func GradeOf(score Points, vetoed bool) Grade {
	switch {
	case vetoed, score < 600:
		return Failed
	case score < 800:
		return Passed
	case score < 900:
		return Good
	}
	return Excellent
}

// Indicator is one line of the card.
type Indicator struct {
	Code   Code   `json:"code"`
	Name   string `json:"name"`
	Group  Group  `json:"group"` // "" of a veto
	Unit   string `json:"unit"`  // what is counted: 个, 条, 件, 次
	Hits   []Hit  `json:"hits"`  // what is found
	Wanted string `json:"wanted"`
	How    string `json:"how"` // how it is counted, for whoever is judged by it
	Basis  string `json:"basis"`
	ByHand bool   `json:"by_hand"` // the bureau may enter what it found itself
}

// Hit is a kind of thing that an indicator counts.
type Hit struct {
	Key  string `json:"key"`
	Name string `json:"name"`
	// From is the number from which it vetoes; 0 of a deduction, whose points are in
	// the weights.
	From int `json:"from"`
}

// IsVeto reports whether the indicator vetoes instead of deducting.
func (i Indicator) IsVeto() bool { return i.Group == "" }

// Hit finds a kind by its key.
func (i Indicator) Hit(key string) (Hit, bool) {
	for _, h := range i.Hits {
		if h.Key == key {
			return h, true
		}
	}
	return Hit{}, false
}

// indicators is the table of the card.
var indicators = slices.Concat(vetoes(), deductions())

// byCode finds a row of it.
var byCode = func() map[Code]Indicator {
	m := map[Code]Indicator{}
	for _, i := range indicators {
		m[i.Code] = i
	}
	return m
}()

// Indicators are all indicators in the order of the card.
func Indicators() []Indicator { return slices.Clone(indicators) }

// Find is the indicator of a code.
func Find(code Code) (Indicator, bool) { i, ok := byCode[code]; return i, ok }
