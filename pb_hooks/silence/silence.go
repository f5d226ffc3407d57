// Package silence says when a school has fallen silent: nobody signs in, nothing is
// published, what waits is not opened, a duty has nobody, mail does not arrive. A
// signal is no reproach: it first reminds the people of the school, and only then
// the bureau. It knows no database and no clock.
package silence

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/workday"
)

// Kind is what a school is silent in.
type Kind string

// Kinds.
const (
	Duty        Kind = "duty"
	Requests    Kind = "requests"
	Letters     Kind = "letters"
	SignIn      Kind = "sign_in"
	Reviews     Kind = "reviews"
	Publication Kind = "publication"
	Mail        Kind = "mail"
	Invitation  Kind = "invitation"
)

// Unit is what a limit counts.
type Unit string

// Units.
const (
	TermDays Unit = "term_days" // days outside of school vacations
	Workdays Unit = "workdays"
	Days     Unit = "days"
)

// KindDefinition is a kind with its limit.
type KindDefinition struct {
	Kind  Kind   `json:"kind"`
	Name  string `json:"name"`
	Limit int    `json:"limit"` // what is this old is a signal; of working days, what is older
	Unit  Unit   `json:"unit"`
	Means string `json:"means"`
	Do    string `json:"do"` // what the school can do

	ask []publication.Duty // who can do it, besides the principal
}

// Limits that a kind has besides its own.
const (
	absentAfter = 30 // term days without a sign-in, after which somebody does not fill a duty
	TaskAfter   = 5  // working days from the nudge to the task of the bureau, and from its note until it is asked again
)

// Kinds are all kinds, those that matter most first.
func Kinds() []KindDefinition {
	answers := []publication.Duty{publication.Clerk, publication.Officer}
	accounts := []publication.Duty{publication.Admin}
	return []KindDefinition{
		{Duty, "职责空缺", absentAfter, TermDays, "有的职责没有人担任，或者担任的人长期没有登录，又没有设代理。轮到这项职责时，工作会停住。",
			"请账号管理员在“人员”里指定人员，或者设一位代理。", accounts},
		{Requests, "申请没有人办理", 3, Workdays, "有信息公开申请超过 3 个工作日没有人办理，法定期限一直在走。", "请专管员在“依申请公开”里登记、办理。", answers},
		{Letters, "来信没有人办理", 3, Workdays, "有来信超过 3 个工作日没有人办理，来信人在等答复。", "请专管员在“来信”里受理，或者转给能答复的人。", answers},
		{SignIn, "没有人登录", 14, TermDays, "全校 14 天没有一个人登录（寒暑假不算），有事也没有人知道。", "请有职责的人登录工作台，看一看待办。",
			[]publication.Duty{publication.Officer, publication.Admin}},
		{Reviews, "待审的信息没有人审核", 3, Workdays, "有信息送审超过 3 个工作日，没有人领取，也没有人审核。", "请审核员和保密审查员在“待办”里审核，有事不在的请设代理。",
			[]publication.Duty{publication.Reviewer, publication.SecrecyReviewer}},
		{Publication, "没有公开新的信息", 30, TermDays, "30 天没有公开过任何信息（寒暑假不算）。", "请信息编辑员看一看哪些栏目该更新，写好送审。",
			[]publication.Duty{publication.Editor, publication.Reviewer}},
		{Mail, "邮件送不到", 0, Days, "发给工作人员的邮件被退回，他们收不到提醒。", "请账号管理员核对邮箱，有误的请联系区信息中心更改。", accounts},
		{Invitation, "邀请没有回应", 10, Days, "邀请的工作人员 10 天没有启用账号。", "请账号管理员当面提醒，或者重新发送邀请。", accounts},
	}
}

// Definition is the kind with its limit; false if there is no such kind.
func (k Kind) Definition() (KindDefinition, bool) {
	all := Kinds()
	i := slices.IndexFunc(all, func(d KindDefinition) bool { return d.Kind == k })
	if i < 0 {
		return KindDefinition{}, false
	}
	return all[i], true
}

// Name is the kind in words.
func (k Kind) Name() string {
	d, _ := k.Definition()
	return d.Name
}

// Told are the duties of a school whose people are told.
func (k Kind) Told() []publication.Duty {
	d, _ := k.Definition()
	return append([]publication.Duty{publication.Principal}, d.ask...)
}

// isOver reports whether what began on a day is over the limit of the kind today.
func (d KindDefinition) isOver(days *compliance.Days, since workday.Date) bool {
	switch d.Unit {
	case Workdays:
		return days.Workdays(since, days.Today) > d.Limit
	default:
		return days.Since(since, d.Unit == TermDays) >= d.Limit
	}
}

// Needed are the duties that a school must be able to fill on any day.
func Needed() []publication.Duty {
	return []publication.Duty{publication.Principal, publication.Reviewer, publication.SecrecyReviewer, publication.Officer, publication.Clerk}
}

// Person is an active account of a school.
type Person struct {
	Name     string
	Fills    []publication.Duty // today, stand-ins among them
	SignedIn workday.Date       // last; of somebody who never did, when the account was made
	Invited  workday.Date       // "" once the invitation was answered
	Bounced  workday.Date       // when the last mail to them failed; "" if it went out
}

// School is what was seen of a school.
type School struct {
	SignedIn                   workday.Date // of anybody, also of those who left since; before anybody did, when it was set up
	Published                  workday.Date // last; before the first time, when it was set up
	People                     []Person
	Reviews, Requests, Letters []workday.Date // since when each waits that nobody has opened
}

// Signal is that a school is silent in something.
type Signal struct {
	Kind   Kind
	Since  workday.Date
	Count  int
	Detail string // in words
}

// Signals are those of a school today, those that matter most first.
func Signals(days *compliance.Days, s School) []Signal {
	var list []Signal
	for _, d := range Kinds() {
		if signal, silent := s.signal(days, d); silent {
			list = append(list, signal)
		}
	}
	return list
}

func (s School) signal(days *compliance.Days, d KindDefinition) (Signal, bool) {
	switch d.Kind {
	case Duty:
		return s.vacancies(days, d)
	case SignIn:
		// where nobody has an account, the vacancies say so
		return Signal{d.Kind, s.SignedIn, 1, "最近一次登录：" + string(s.SignedIn)}, len(s.People) > 0 && d.isOver(days, s.SignedIn)
	case Publication:
		return Signal{d.Kind, s.Published, 1, "最近一次公开：" + string(s.Published)}, d.isOver(days, s.Published)
	case Requests:
		return waiting(days, d, s.Requests, "件申请")
	case Letters:
		return waiting(days, d, s.Letters, "件来信")
	case Reviews:
		return waiting(days, d, s.Reviews, "条信息")
	case Mail:
		return unreached(days, d, s.People, func(p Person) workday.Date { return p.Bounced })
	default:
		return unreached(days, d, s.People, func(p Person) workday.Date { return p.Invited })
	}
}

// waiting is a signal of cases that nobody has opened.
func waiting(days *compliance.Days, d KindDefinition, since []workday.Date, what string) (Signal, bool) {
	old := slices.DeleteFunc(slices.Clone(since), func(day workday.Date) bool { return !d.isOver(days, day) })
	if len(old) == 0 {
		return Signal{}, false
	}
	first := slices.Min(old)
	return Signal{d.Kind, first, len(old), fmt.Sprintf("%d %s，最早的从 %s 等起", len(old), what, first)}, true
}

// unreached is a signal of people, since the day that each has of it.
func unreached(days *compliance.Days, d KindDefinition, people []Person, since func(Person) workday.Date) (Signal, bool) {
	var names []string
	first := days.Today
	for _, p := range people {
		if day := since(p); day != "" && d.isOver(days, day) {
			names, first = append(names, p.Name), min(first, day)
		}
	}
	return Signal{d.Kind, first, len(names), strings.Join(names, "、")}, len(names) > 0
}

// vacancies is a signal of duties that nobody fills, or only people who have not
// signed in for long.
func (s School) vacancies(days *compliance.Days, d KindDefinition) (Signal, bool) {
	signal := Signal{Kind: d.Kind, Since: days.Today}
	var nobody, away []string
	for _, duty := range Needed() {
		var last workday.Date // of those who fill it
		filled := false
		for _, p := range s.People {
			if p.Invited == "" && slices.Contains(p.Fills, duty) {
				filled, last = true, max(last, p.SignedIn)
			}
		}
		switch {
		case !filled:
			nobody = append(nobody, duty.Name())
		case d.isOver(days, last):
			away = append(away, fmt.Sprintf("%s（最近登录 %s）", duty.Name(), last))
			signal.Since = min(signal.Since, last)
		}
	}
	var said []string
	if len(nobody) > 0 {
		said = append(said, "没有人担任："+strings.Join(nobody, "、"))
	}
	if len(away) > 0 {
		said = append(said, "担任的人长期没有登录："+strings.Join(away, "、"))
	}
	signal.Count, signal.Detail = len(nobody)+len(away), strings.Join(said, "；")
	return signal, signal.Count > 0
}

// Compare orders signals as they matter: first what the bureau is asked to do, then
// by kind, then the oldest.
func Compare(a, b Open) int {
	rank := func(k Kind) int { return slices.IndexFunc(Kinds(), func(d KindDefinition) bool { return d.Kind == k }) }
	task := func(o Open) int {
		if o.Task != "" {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(task(a), task(b)), cmp.Compare(rank(a.Kind), rank(b.Kind)), cmp.Compare(a.Since, b.Since))
}
