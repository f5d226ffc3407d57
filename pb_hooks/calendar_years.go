package pb_hooks

import (
	"cmp"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// CalendarYear is one year's notice in force.
type CalendarYear struct {
	Year     int    `json:"year"`
	OffDays  int    `json:"off_days"`
	Makeups  int    `json:"makeups"`
	Imported bool   `json:"imported"` // false: it came with the program
	By       string `json:"by"`
	At       string `json:"at"`     // day of the import
	Source   string `json:"source"` // addresses of the notice
}

// calendarYears lists the years in force, ascending.
func calendarYears(app core.App) ([]CalendarYear, error) {
	official, err := officialYears()
	if err != nil {
		return nil, err
	}
	imported, err := app.FindAllRecords(records.CalendarYears)
	if err != nil {
		return nil, err
	}
	byYear := map[int]CalendarYear{}
	for _, y := range official {
		off, makeups := countDays(y.Days)
		byYear[y.Year] = CalendarYear{Year: y.Year, OffDays: off, Makeups: makeups}
	}
	for _, r := range imported {
		var days []workday.Day
		if err := r.UnmarshalJSONField("days", &days); err != nil {
			return nil, err
		}
		off, makeups := countDays(days)
		byYear[r.GetInt("year")] = CalendarYear{Year: r.GetInt("year"), OffDays: off, Makeups: makeups, Imported: true, By: r.GetString("by_name"),
			At: dayOf(r.GetDateTime("updated").Time()), Source: r.GetString("source")}
	}
	var years []CalendarYear
	for _, y := range byYear {
		years = append(years, y)
	}
	slices.SortStableFunc(years, func(a, b CalendarYear) int { return cmp.Compare(a.Year, b.Year) })
	return years, nil
}

func countDays(days []workday.Day) (off, makeups int) {
	for _, d := range days {
		if d.IsOffDay {
			off++
		} else {
			makeups++
		}
	}
	return off, makeups
}
