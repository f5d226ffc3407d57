package annual

import (
	"fmt"

	"gongkai/pb_hooks/workday"
)

// Reminder is what schools without a published report are told on a day.
type Reminder struct {
	Key     string // of one reminder of one year
	On      workday.Date
	What    string
	Upwards bool // the principal too
	Overdue bool // the bureau too: it is told how many are missing
}

// reminders are the days of the timetable, in their order.
var reminders = []struct {
	month, day       int
	what             string // with the year
	upwards, overdue bool
}{
	{1, 1, "%d年信息公开年度报告开始编写：数字已经冻结，请在1月15日前写好文字", false, false},
	{1, 15, "%d年信息公开年度报告还没有公开：文字应在今天写好，请报校长签发", true, false},
	{1, 25, "%d年信息公开年度报告还没有公开：1月31日到期，请尽快签发并完成审核", true, false},
	{1, 31, "%d年信息公开年度报告今天到期，还没有公开", true, false},
	{2, 1, "%d年信息公开年度报告逾期未公开（应于1月31日前公开）", true, true},
	{2, 15, "%d年信息公开年度报告逾期半个月未公开", true, true},
	{3, 1, "%d年信息公开年度报告逾期一个月未公开", true, true},
}

// heldFor is how many days a reminder that nobody could be told on its day is still
// told; later the bureau reminds by hand.
const heldFor = 9

// ReminderOn is the latest reminder of last year's report that is due on a day.
func ReminderOn(today workday.Date) (r Reminder, ok bool) {
	year := LastYear(today)
	for _, line := range reminders {
		on := dayAfter(year, line.month, line.day)
		until := on
		for range heldFor {
			until = until.Next()
		}
		if on <= today && today <= until {
			r, ok = Reminder{Key: fmt.Sprintf("annual/%d/%s", year, on), On: on, What: fmt.Sprintf(line.what, year), Upwards: line.upwards, Overdue: line.overdue}, true
		}
	}
	return r, ok
}
