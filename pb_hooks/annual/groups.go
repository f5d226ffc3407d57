package annual

import (
	"maps"
	"math"
	"slices"

	"gongkai/pb_hooks/workday"
)

// Move is what happens to an article that the public can see.
type Move string

// Moves that 表2-校 counts or that end validity.
const (
	Shown   Move = "shown"   // 公开, 导入: made public, or a changed version took its place
	Removed Move = "removed" // 撤回, 紧急撤下, 公示期满撤下: the text is gone
	Lapsed  Move = "lapsed"  // 有效期满, 归档: readable, no longer valid
)

// Happened is a move and its day.
type Happened struct {
	Move Move
	On   workday.Date
}

// Item is an article that was ever public, as 表2-校 sees it.
type Item struct {
	Group string       // level-1 column group: A04
	First workday.Date // 首次公开
	Made  workday.Date // 生成日期 of the version that was public first; "" is not known
	Limit int          // working days of its column; -1 has none
	Moves []Happened   // in their order
}

// GroupRow is a line of 表2-校. Averages and shares are kept as their parts, so that
// lines can be added up.
type GroupRow struct {
	Published int `json:"published"` // 公开: first made public in the year
	Updated   int `json:"updated"`   // 更新: a changed version took the place of a public one
	Removed   int `json:"removed"`   // 撤下
	Valid     int `json:"valid"`     // 现行有效 on 31 December
	Dated     int `json:"dated"`     // of the published: with a 生成日期
	Days      int `json:"days"`      // of the dated: calendar days from 生成 to 公开, together
	Timed     int `json:"timed"`     // of the dated: in a column with a limit
	OnTime    int `json:"on_time"`   // of the timed: within the limit
}

// GroupTable is 表2-校 by column group.
type GroupTable map[string]GroupRow

// Count adds an article to the table of a year, as it stood on 31 December: what
// happened later changes nothing. Working days are counted from the day after 生成.
func (t GroupTable) Count(item Item, year int, calendar workday.Calendar) {
	from, to := dayAfter(year-1, 1, 1), dayAfter(year-1, 12, 31)
	if item.First == "" || item.First > to {
		return
	}
	row, public, valid := t[item.Group], false, false
	for _, m := range item.Moves {
		if m.On > to {
			break
		}
		inYear := m.On >= from
		switch {
		case m.Move == Shown && public && inYear:
			row.Updated++
		case m.Move == Removed && inYear:
			row.Removed++
		}
		public, valid = m.Move != Removed, m.Move == Shown
	}
	if valid {
		row.Valid++
	}
	if item.First >= from {
		row.Published++
		row.time(item, calendar)
	}
	t[item.Group] = row
}

func (r *GroupRow) time(item Item, calendar workday.Calendar) {
	if !item.Made.IsValid() {
		return
	}
	r.Dated++
	for d := item.Made; d < item.First; d = d.Next() {
		r.Days++
	}
	if item.Limit < 0 {
		return
	}
	r.Timed++
	if calendar.Count(item.Made, item.First) <= item.Limit {
		r.OnTime++
	}
}

// Plus adds two lines up.
func (r GroupRow) Plus(o GroupRow) GroupRow {
	return GroupRow{r.Published + o.Published, r.Updated + o.Updated, r.Removed + o.Removed, r.Valid + o.Valid,
		r.Dated + o.Dated, r.Days + o.Days, r.Timed + o.Timed, r.OnTime + o.OnTime}
}

// Average is the mean number of calendar days from 生成 to 公开, to one place; ok is
// false where nothing is dated.
func (r GroupRow) Average() (days float64, ok bool) {
	if r.Dated == 0 {
		return 0, false
	}
	return math.Round(float64(r.Days)/float64(r.Dated)*10) / 10, true
}

// Share is the percentage within the limit, to one place; ok is false where nothing
// has a limit.
func (r GroupRow) Share() (percent float64, ok bool) {
	if r.Timed == 0 {
		return 0, false
	}
	return math.Round(float64(r.OnTime)/float64(r.Timed)*1000) / 10, true
}

// Total is the sum of all groups.
func (t GroupTable) Total() (sum GroupRow) {
	for _, row := range t {
		sum = sum.Plus(row)
	}
	return sum
}

// SumGroups adds the tables of several schools to that of the district.
func SumGroups(tables ...GroupTable) GroupTable {
	sum := GroupTable{}
	for _, t := range tables {
		for _, group := range slices.Sorted(maps.Keys(t)) {
			sum[group] = sum[group].Plus(t[group])
		}
	}
	return sum
}
