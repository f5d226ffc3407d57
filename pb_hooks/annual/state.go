package annual

import (
	"regexp"
	"strconv"

	"gongkai/pb_hooks/workday"
)

// State is where a report is on its way to the public.
type State string

// States in the order in which they are reached. From signing on, they follow the
// article in A0104.
const (
	NotBegun  State = "not_begun" // 未开始
	Writing   State = "writing"   // 撰写中
	Ready     State = "ready"     // 待签发
	Returned  State = "returned"  // 退回修改
	InReview  State = "in_review" // 已签发，审核中
	Published State = "published" // 已公开
	Withdrawn State = "withdrawn" // 已撤回
)

var stateNames = map[State]string{NotBegun: "未开始", Writing: "撰写中", Ready: "待签发", Returned: "退回修改", InReview: "已签发，审核中",
	Published: "已公开", Withdrawn: "已撤回"}

// States are all states.
func States() []State {
	return []State{NotBegun, Writing, Ready, Returned, InReview, Published, Withdrawn}
}

// Name is the state in words.
func (s State) Name() string { return stateNames[s] }

// Action is a step of a report.
type Action string

// Steps of a report. What is signed goes to the ordinary reviews of its article.
const (
	Present Action = "present" // 报请签发, by who writes it
	Return  Action = "return"  // 退回修改, by the principal
	Sign    Action = "sign"    // 签发, by the principal
)

var actionNames = map[Action]string{Present: "报请签发", Return: "退回修改", Sign: "签发"}

// Actions are all steps in their order.
func Actions() []Action { return []Action{Present, Return, Sign} }

// Name is the step in words.
func (a Action) Name() string { return actionNames[a] }

// Standing is what is known of a report.
type Standing struct {
	Begun       bool         // somebody wrote in it
	Last        Action       // the last step; "" is none
	Changed     bool         // its text, since the last step
	UnderReview bool         // the article is on its way
	SentBack    bool         // the article was returned, withheld or recalled
	Public      bool         // the article can be read
	Gone        bool         // the article was public and is not any more
	PublishedOn workday.Date // first
}

// State computes where the report is. A published report that is being corrected
// stays published.
func (s Standing) State() State {
	switch {
	case s.UnderReview:
		return InReview
	case s.Public:
		return Published
	case s.Last == Present:
		return Ready
	case (s.Last == Return || s.SentBack) && !s.Changed:
		return Returned
	case s.Gone && !s.Changed:
		return Withdrawn
	case s.Begun:
		return Writing
	}
	return NotBegun
}

// MayBeWritten reports whether its text can be changed now: not while others review it.
func (s Standing) MayBeWritten() bool { return !s.UnderReview }

// May reports whether a step can be taken now. What was signed and is as it was is
// presented again only if it was sent back or withdrawn.
func (s Standing) May(do Action) bool {
	if s.UnderReview || !s.Begun {
		return false
	}
	if do == Present {
		return s.Last != Present && (s.Last != Sign || s.Changed || s.SentBack || s.Gone)
	}
	return s.Last == Present
}

// Timeliness is how a report stands to its last day.
type Timeliness string

// Timeliness of a report.
const (
	Awaited Timeliness = "awaited" // not public, not yet due
	OnTime  Timeliness = "on_time" // public by 31 January
	Late    Timeliness = "late"    // public after it
	Missing Timeliness = "missing" // not public, and due
)

var timelinessNames = map[Timeliness]string{Awaited: "未到期", OnTime: "按时公开", Late: "逾期公开", Missing: "逾期未公开"}

// Name is it in words.
func (t Timeliness) Name() string { return timelinessNames[t] }

// TimelinessOn is how the report of a year stands on a day. One that was withdrawn is missing.
func (s Standing) TimelinessOn(today workday.Date, year int) Timeliness {
	switch due := DueOn(year); {
	case s.Public && s.PublishedOn <= due:
		return OnTime
	case s.Public:
		return Late
	case today <= due:
		return Awaited
	}
	return Missing
}

var ofYear = regexp.MustCompile(`((?:19|20)\d\d)\s*年`)

// YearOfTitle is the year that an article in A0104 reports on, by its title; 0 if it
// names none. Reports that were published before they were written here are known by it.
func YearOfTitle(title string) int {
	m := ofYear.FindStringSubmatch(title)
	if m == nil {
		return 0
	}
	year, err := strconv.Atoi(m[1])
	if err != nil {
		return 0
	}
	return year
}
