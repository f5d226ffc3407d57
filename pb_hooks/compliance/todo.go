package compliance

import (
	"fmt"
	"slices"

	"gongkai/pb_hooks/standard"
)

// soon is how many days ahead a school is warned.
const soon = 7

// Fault is what a column lacks.
type Fault string

// The faults of a column. The last two are warnings: they are no fault yet.
const (
	Missing   Fault = "missing"    // 缺失
	Blank     Fault = "blank"      // 空白
	Stale     Fault = "stale"      // 更新超期
	TooFew    Fault = "too_few"    // 数量不足
	StaleSoon Fault = "stale_soon" // 即将超期
	FewSoon   Fault = "few_soon"   // 即将不足
)

// IsWarning reports whether it only tells of what is coming.
func (f Fault) IsWarning() bool { return f == StaleSoon || f == FewSoon }

var faultNames = map[Fault]string{Missing: "栏目缺失", Blank: "栏目空白", Stale: "更新超期", TooFew: "数量不足", StaleSoon: "即将超期", FewSoon: "即将不足"}

// Name is the fault in Chinese.
func (f Fault) Name() string { return faultNames[f] }

// Faults are what the column lacks today, or else what it will lack in a week: the
// gravest first. A blank column is not also called stale.
func (r Result) Faults(days *Days) []Fault {
	switch {
	case !r.Exists:
		return []Fault{Missing}
	case !r.Filled:
		return []Fault{Blank}
	}
	var out []Fault
	if !r.Fresh {
		out = append(out, Stale)
	}
	if !r.Enough {
		out = append(out, TooFew)
	}
	if len(out) > 0 {
		return out
	}
	if r.FreshUntil != "" && r.FreshUntil < days.date(days.today+soon) {
		out = append(out, StaleSoon)
	}
	if r.ThisYear < r.NeededSoon {
		out = append(out, FewSoon)
	}
	return out
}

// Task is one thing that a school can do about a column.
type Task struct {
	Column standard.Column
	Fault  Fault
	Text   string // what is the matter and what to do
	Effect int    // what it is worth, in tenths of a point of the card; 0 of a warning
	Met    bool   // doing it makes the column meet the standard
}

// Tasks are what a school has to do, in order of effect: what brings most points
// of the card, then what makes a column meet the standard, then what has longest
// been the matter; warnings come last. worth says what a fault costs on the card.
func (s School) Tasks(days *Days, worth func(Result, Fault) int) []Task {
	var out []Task
	for _, r := range s.Results {
		if !r.Counted() {
			continue
		}
		faults := r.Faults(days)
		for _, f := range faults {
			t := Task{Column: r.Column, Fault: f, Text: r.says(f), Met: len(faults) == 1 && !f.IsWarning()}
			if !f.IsWarning() {
				t.Effect = worth(r, f)
			}
			out = append(out, t)
		}
	}
	slices.SortStableFunc(out, func(a, b Task) int {
		if a.Fault.IsWarning() != b.Fault.IsWarning() {
			return order(b.Fault.IsWarning(), a.Fault.IsWarning())
		}
		if a.Effect != b.Effect {
			return b.Effect - a.Effect
		}
		return order(a.Met, b.Met)
	})
	return out
}

// order puts what holds before what does not.
func order(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return -1
	}
	return 1
}

func (r Result) says(f Fault) string {
	switch f {
	case Missing:
		if r.Column.Kind == standard.Interactive {
			return "渠道没有开放，请检查来信设置"
		}
		return "系统没有生成，请检查学校基本资料是否完整"
	case Blank:
		return "还没有内容，请发布第一条"
	case Stale:
		return fmt.Sprintf("已 %d 天没有更新（要求不超过 %d 天）：有新内容请发布，没有变化请核对确认", r.Days, r.Column.FreshnessDays)
	case TooFew:
		return fmt.Sprintf("今年已有 %d 条，按进度应有 %d 条，请再发布 %d 条", r.ThisYear, r.Needed, r.Needed-r.ThisYear)
	case StaleSoon:
		return "更新期限到 " + string(r.FreshUntil) + "：请在这之前更新或核对确认"
	default:
		return fmt.Sprintf("今年已有 %d 条，一周后应有 %d 条", r.ThisYear, r.NeededSoon)
	}
}
