package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// CalendarChange is a day that is worked or off, other than before.
type CalendarChange struct {
	Date workday.Date `json:"date"`
	Was  string       `json:"was"` // in words: 工作日, 周末, 春节 …
	Is   string       `json:"is"`
}

// MovedCase is a request whose due day moves.
type MovedCase struct {
	ID          string       `json:"id"`
	Number      string       `json:"number"`
	School      string       `json:"school"`
	Was         workday.Date `json:"was"`
	Due         workday.Date `json:"due"`
	Provisional bool         `json:"provisional"` // it may move again
}

// CalendarImport is what a year's notice changes, or has changed.
type CalendarImport struct {
	Year     int              `json:"year"`
	OffDays  int              `json:"off_days"`
	Makeups  int              `json:"makeups"`
	Replaces bool             `json:"replaces"` // a notice of this year was in force before
	Changes  []CalendarChange `json:"changes"`
	Open     int              `json:"open"`    // requests whose period runs
	Settled  int              `json:"settled"` // whose due day stays, and is 暂定 no longer
	Moved    []MovedCase      `json:"moved"`
	Stored   bool             `json:"stored"` // false is a trial
}

// tryCalendar shows what importing a year would change, by doing it and taking
// it back.
func (p *platform) tryCalendar(year workday.Year) (done CalendarImport, err error) {
	err = p.app.RunInTransaction(func(tx core.App) error {
		done, err = p.storeCalendar(tx, year, actor{}, false)
		return errors.Join(err, errOnlyLooked)
	})
	if errors.Is(err, errOnlyLooked) {
		err = nil
	}
	return done, err
}

// importCalendar stores a year's notice, in place of one of the same year, and
// counts the open requests anew, in one transaction: a killed server has done all
// of it or nothing.
func (p *platform) importCalendar(year workday.Year, by actor) (done CalendarImport, err error) {
	err = p.app.RunInTransaction(func(tx core.App) error {
		done, err = p.storeCalendar(tx, year, by, true)
		return err
	})
	return done, err
}

func (p *platform) storeCalendar(tx core.App, year workday.Year, by actor, recount bool) (CalendarImport, error) {
	before, err := p.calendar(tx)
	if err != nil {
		return CalendarImport{}, err
	}
	row, err := yearRecord(tx, year, by)
	if err != nil {
		return CalendarImport{}, err
	}
	if err := tx.Save(row); err != nil {
		return CalendarImport{}, err
	}
	after, err := p.calendar(tx)
	if err != nil {
		return CalendarImport{}, err
	}
	done := CalendarImport{Year: year.Year, Replaces: slices.Contains(before.Years(), year.Year), Changes: changesOf(year.Year, before, after), Moved: []MovedCase{}, Stored: recount}
	done.OffDays, done.Makeups = countDays(year.Days)
	if err := p.recountAll(tx, &done); err != nil || !recount {
		return done, err
	}
	return done, p.audit(tx, by, deed{"import_calendar", records.CalendarYears, row.Id,
		map[string]any{"year": done.Year, "days": len(year.Days), "moved": len(done.Moved), "sha256": fingerprint(row.GetString("days"))}})
}

// yearRecord is the row of a year, stored or new, with what the notice says.
func yearRecord(app core.App, year workday.Year, by actor) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.CalendarYears).AndWhere(dbx.HashExp{"year": year.Year}).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		c, err := app.FindCachedCollectionByNameOrId(records.CalendarYears)
		if err != nil {
			return nil, err
		}
		r = core.NewRecord(c)
	} else if err != nil {
		return nil, err
	}
	r.Load(map[string]any{"year": year.Year, "days": year.Days, "source": clip(strings.Join(year.Papers, " "), 500), "by_name": clip(by.Name, 50)})
	return r, nil
}

// changesOf are the days that the notice of a year makes work days or free days;
// it may speak of the December before.
func changesOf(year int, before, after workday.Calendar) []CalendarChange {
	changes := []CalendarChange{}
	from, to := workday.Date(fmt.Sprintf("%04d-11-30", year-1)), workday.Date(fmt.Sprintf("%04d-12-31", year))
	was := before.Between(from, to)
	for i, day := range after.Between(from, to) {
		if day.Counted != was[i].Counted {
			changes = append(changes, CalendarChange{day.Date, was[i].Reason(), day.Reason()})
		}
	}
	return changes
}

// recountBatch is how many requests are replayed at once.
const recountBatch = 500

// recountAll looks at every request whose period runs. Unless it is a trial, one
// whose due day moves takes the step Recount, and one whose due day is only no
// longer 暂定 says so.
func (p *platform) recountAll(tx core.App, done *CalendarImport) error {
	counting, err := p.foiCounting(tx)
	if err != nil {
		return err
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	open, err := tx.FindAllRecords(records.FOIRequests, dbx.In("clock", string(foi.Running), string(foi.Paused)))
	if err != nil {
		return err
	}
	done.Open = len(open)
	for batch := range slices.Chunk(open, recountBatch) {
		cases, err := foiCasesOf(tx, counting, batch...)
		if err != nil {
			return err
		}
		for _, c := range cases {
			was, due, moved := c.Moved()
			if moved {
				line := MovedCase{ID: c.request.Id, Number: c.request.GetString("number"), Was: was, Due: due, Provisional: c.Provisional}
				if school, ok := directory.ByID(c.request.GetString("school")); ok {
					line.School = school.ShortName
				}
				done.Moved = append(done.Moved, line)
			} else if c.request.GetBool("provisional") && !c.Provisional {
				done.Settled++
			}
			if done.Stored {
				if err := p.recount(tx, c, moved); err != nil {
					return err
				}
			}
		}
	}
	slices.SortStableFunc(done.Moved, func(a, b MovedCase) int { return strings.Compare(a.Number, b.Number) })
	return nil
}

// recount lets the system count a request anew, which tells the applicant and
// whoever has it in hand.
func (p *platform) recount(tx core.App, c foiCase, moved bool) error {
	if moved {
		_, _, err := p.takeFOI(tx, c, foiAct{Event: foi.Event{Do: foi.Recount, As: foi.System}}, p.itself())
		return err
	}
	if c.request.GetBool("provisional") == c.Provisional {
		return nil
	}
	c.request.Set("provisional", c.Provisional)
	return tx.Save(c.request)
}
