package pb_hooks

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// builtCalendar is the calendar that was built last, and what it was built of.
type builtCalendar struct {
	mu       sync.Mutex
	of       string // the imported years as they are stored
	calendar workday.Calendar
	built    bool
}

// calendar is the calendar in force: the years compiled into the program and
// those that were imported, which go before. What is stored is read each time,
// through the app that asks, and the calendar is built anew only if it differs:
// so a transaction sees the year it has just written, nobody else does before it
// commits, and one that fails leaves nothing behind.
func (p *platform) calendar(app core.App) (workday.Calendar, error) {
	stored, err := storedYears(app)
	if err != nil {
		return workday.Calendar{}, err
	}
	var of strings.Builder
	for _, y := range stored {
		fmt.Fprintf(&of, "%d %s\n", y.Year, y.Days)
	}
	b := &p.built
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.built && b.of == of.String() {
		return b.calendar, nil
	}
	calendar, err := calendarOf(stored)
	if err != nil {
		return workday.Calendar{}, err
	}
	b.of, b.calendar, b.built = of.String(), calendar, true
	return calendar, nil
}

// storedYear is an imported year as it is stored; Days is JSON.
type storedYear struct {
	Year int
	Days string
}

// storedYears are read as records, which an inbox remembers while it is drawn.
func storedYears(app core.App) ([]storedYear, error) {
	rows, err := app.FindAllRecords(records.CalendarYears)
	if err != nil {
		return nil, err
	}
	var stored []storedYear
	for _, r := range rows {
		stored = append(stored, storedYear{r.GetInt("year"), r.GetString("days")})
	}
	slices.SortStableFunc(stored, func(a, b storedYear) int { return a.Year - b.Year })
	return stored, nil
}

// officialYears are the years compiled into the program, read once.
var officialYears = sync.OnceValues(workday.OfficialYears)

func calendarOf(stored []storedYear) (workday.Calendar, error) {
	official, err := officialYears()
	if err != nil {
		return workday.Calendar{}, err
	}
	years := append([]workday.Year{}, official...)
	for _, s := range stored {
		year := workday.Year{Year: s.Year}
		if err := json.Unmarshal([]byte(s.Days), &year.Days); err != nil {
			return workday.Calendar{}, fmt.Errorf("read the calendar of %d: %w", s.Year, err)
		}
		years = append(years, year)
	}
	return workday.New(years...), nil
}
