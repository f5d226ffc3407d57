// Package schoolcalendar (校历) reads the days that a school writes down, one
// line each, and gives them out for people's own calendars (RFC 5545). It knows
// no article, no school and no clock.
//
// A line is a day or a range of days, both inclusive, and what is on:
//
//	2026-09-01 开学
//	2026-10-01至2026-10-07 国庆节放假
//
// Any other line is text.
package schoolcalendar

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Event is what is on from one day to another, both inclusive, as civil dates
// such as "2026-09-01".
type Event struct{ From, To, Name string }

var weekdays = []string{"周日", "周一", "周二", "周三", "周四", "周五", "周六"}

// When is the days in words. The year is said once where it is the same.
func (e Event) When() string {
	from, to := asTime(e.From), asTime(e.To)
	text := inWords(from, "2006年1月2日")
	switch {
	case e.From == e.To:
		return text
	case from.Year() == to.Year():
		return text + "至" + inWords(to, "1月2日")
	}
	return text + "至" + inWords(to, "2006年1月2日")
}

func inWords(t time.Time, layout string) string {
	return t.Format(layout) + "（" + weekdays[t.Weekday()] + "）"
}

// asTime is the midnight of a day that was checked, in UTC.
func asTime(day string) time.Time {
	t, _ := time.Parse(time.DateOnly, day)
	return t
}

// BadLine is a line that begins like a date and is none.
type BadLine struct {
	Line   int // from 1, empty lines counted
	Reason string
}

// Error is the sentence for the person who wrote the line.
func (e BadLine) Error() string { return fmt.Sprintf("第 %d 行：%s", e.Line, e.Reason) }

// Code is the machine code of the error.
func (e BadLine) Code() string { return "calendar_line_invalid" }

// Params are the values in the sentence.
func (e BadLine) Params() map[string]any { return map[string]any{"line": e.Line, "reason": e.Reason} }

// dated is a line that is meant as a date: it begins with a year and a hyphen.
var dated = regexp.MustCompile(`^(\d{4}-\S*?)(?:\s*至\s*(\S*))?(?:\s+(.*))?$`)

// longest bounds a range, in days: a line of more is a slip of the year.
const longest = 400

// Check returns the first line that is meant as a date and cannot be read, as a
// BadLine. The name may be left out only where nameless is set.
func Check(text string, nameless bool) error {
	n := 0
	for line := range strings.Lines(text) {
		n++
		_, reason := read(line, nameless)
		if reason != "" {
			return BadLine{n, reason}
		}
	}
	return nil
}

// Events are the days in a text; lines that are no dates are left out.
func Events(text string) []Event {
	var events []Event
	for line := range strings.Lines(text) {
		if e, reason := read(line, false); reason == "" && e.From != "" {
			events = append(events, e)
		}
	}
	return events
}

// Term are the first and the last day of a term (学年学期), from a text that
// gives its range without a name. Lines with a name are events of their own.
func Term(text, term string) []Event {
	var events []Event
	for line := range strings.Lines(text) {
		e, reason := read(line, true)
		switch {
		case reason != "" || e.From == "":
		case e.Name != "" || e.From == e.To:
			e.Name = cmp.Or(e.Name, term)
			events = append(events, e)
		default:
			events = append(events, Event{e.From, e.From, term + "开始"}, Event{e.To, e.To, term + "结束"})
		}
	}
	return events
}

// Sorted orders events by their first day, then as they were written, each once.
func Sorted(events []Event) []Event {
	slices.SortStableFunc(events, func(a, b Event) int { return cmp.Compare(a.From, b.From) })
	known := map[Event]bool{}
	return slices.DeleteFunc(events, func(e Event) bool {
		was := known[e]
		known[e] = true
		return was
	})
}

// read reads one line: an event, nothing where the line is text, or why it is
// neither.
func read(line string, nameless bool) (e Event, reason string) {
	parts := dated.FindStringSubmatch(strings.TrimSpace(strings.ReplaceAll(line, "\u3000", " ")))
	if parts == nil {
		return Event{}, ""
	}
	from, to, name := parts[1], cmp.Or(parts[2], parts[1]), strings.TrimSpace(parts[3])
	for _, day := range []string{from, to} {
		if !isDay(day) {
			return Event{}, fmt.Sprintf("“%s”不是有效日期，要写成 2026-09-01 的样子", day)
		}
	}
	switch {
	case to < from:
		return Event{}, "结束日期早于开始日期"
	case days(from, to) > longest:
		return Event{}, "起止日期相隔太久，请检查年份"
	case name == "" && !nameless:
		return Event{}, "日期后面空一格，再写安排，例如“2026-09-01 开学”"
	}
	return Event{from, to, name}, ""
}

func isDay(text string) bool {
	_, err := time.Parse(time.DateOnly, text)
	return err == nil
}

// days is how many days a range has.
func days(from, to string) int {
	return int(asTime(to).Sub(asTime(from)).Hours()/24) + 1
}
