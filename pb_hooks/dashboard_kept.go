package pb_hooks

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// scope is whose snapshots are read: a school's, those of the schools of a stage
// added up, or the district's.
type scope struct {
	school *records.School
	stage  string
	of     []*records.School // of the stage
}

// inStage are the schools of a stage; "" is the whole district.
func inStage(d *records.Directory, stage string) scope {
	s := scope{stage: stage}
	for _, school := range d.Schools {
		if stage == "" || slices.Contains(school.Stages, stage) {
			s.of = append(s.of, school)
		}
	}
	return s
}

// counts reads what was counted at the end of days.
func (s scope) counts(app core.App, days ...workday.Date) (map[workday.Date]figures.Counts, error) {
	table, where := records.SchoolDays, dbx.HashExp{"day": anys(days)}
	switch {
	case s.school != nil:
		where["school"] = s.school.ID
	case s.stage != "":
		var ids []any
		for _, school := range s.of {
			ids = append(ids, school.ID)
		}
		where["school"] = ids
	default:
		table = records.DistrictDays
	}
	rows, err := app.DB().Select("day", "figures").From(table).Where(where).Rows()
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	out := map[workday.Date]figures.Counts{}
	for rows.Next() {
		var day workday.Date
		var text []byte
		if err := rows.Scan(&day, &text); err != nil {
			return nil, err
		}
		counts, err := readCounts(text)
		if err != nil {
			return nil, fmt.Errorf("snapshot of %s: %w", day, err)
		}
		if out[day] == nil {
			out[day] = counts
		} else {
			out[day].Add(counts)
		}
	}
	return out, rows.Err()
}

func readCounts(text []byte) (c figures.Counts, err error) {
	return c, json.Unmarshal(text, &c)
}
