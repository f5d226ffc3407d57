package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// calendar is the calendar in force: the years compiled into the program and
// those an administrator imported, which go before.
func (p *platform) calendar(app core.App) (workday.Calendar, error) {
	years, err := workday.OfficialYears()
	if err != nil {
		return workday.Calendar{}, err
	}
	imported, err := app.FindAllRecords(records.CalendarYears)
	if err != nil {
		return workday.Calendar{}, err
	}
	for _, r := range imported {
		year := workday.Year{Year: r.GetInt("year")}
		if err := r.UnmarshalJSONField("days", &year.Days); err != nil {
			return workday.Calendar{}, err
		}
		years = append(years, year)
	}
	return workday.New(years...), nil
}
