// Package workday counts working days (工作日) in China's official calendar: it knows civil dates, the published
// holidays (放假) and the weekend days worked in their place (调休上班). It knows no deadline of any law, no clock
// and no storage; who asks brings the date, the number of days and, for newer years, the calendar file.
package workday

import (
	"fmt"
	"time"
)

// Date is a civil date with no clock and no zone: "2026-11-23".
// Its text form sorts and compares in date order, in Go and in SQL. A Date made any other way than by Parse, Today
// or Next must be written exactly so: every method panics on other text.
type Date string

// BadDate is the error of Parse: Text is not a date of the calendar.
type BadDate struct{ Text string }

// Error is the sentence for the person who typed the date.
func (e BadDate) Error() string {
	return fmt.Sprintf("“%s”不是有效日期，请按 2026-11-23 的格式填写", e.Text)
}

// Code is the machine code of the error.
func (e BadDate) Code() string { return "date_invalid" }

// Params are the values in the sentence.
func (e BadDate) Params() map[string]any { return map[string]any{"text": e.Text} }

// Parse reads a date written as 2026-11-23, from the years 1000 to 2999 (so that counting never runs out of
// four-digit years). Any other text is a BadDate.
func Parse(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	if err != nil || t.Year() < 1000 || t.Year() > 2999 {
		return "", BadDate{Text: text}
	}
	return Date(text), nil
}

// IsValid reports whether Parse would accept d.
func (d Date) IsValid() bool {
	_, err := Parse(string(d))
	return err == nil
}

// Year returns the calendar year of d.
func (d Date) Year() int { return d.time().Year() }

// Next returns the day after d, working day or not.
func (d Date) Next() Date { return dateOf(d.time().AddDate(0, 0, 1)) }

// Today returns the civil date in Asia/Shanghai at the instant now.
func Today(now time.Time) Date { return dateOf(now.In(Shanghai)) }

func dateOf(t time.Time) Date { return Date(t.Format(time.DateOnly)) }

func (d Date) time() time.Time {
	t, err := time.Parse(time.DateOnly, string(d))
	if err != nil {
		panic("workday: not a date: " + string(d))
	}
	return t
}
