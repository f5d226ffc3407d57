package records

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
)

// IndexNumber writes an index number (索引号, 条例 art. 12), e.g.
// "3101120123-A0801-2026-0003".
func IndexNumber(prefix string, serial int) string { return fmt.Sprintf("%s-%04d", prefix, serial) }

// IndexPrefix is the part of an index number that its serials are counted in.
func IndexPrefix(school, column, year string) string { return school + "-" + column + "-" + year }

// NextIndexNumber takes the next index number of a school's column in a year.
// Call it in the transaction that uses the number: it is never given out again.
func NextIndexNumber(app core.App, school, column, year string) (string, error) {
	prefix := IndexPrefix(school, column, year)
	r, err := app.FindFirstRecordByData(IndexSerials, "prefix", prefix)
	if errors.Is(err, sql.ErrNoRows) {
		c, err := app.FindCachedCollectionByNameOrId(IndexSerials)
		if err != nil {
			return "", err
		}
		r = core.NewRecord(c)
		r.Set("prefix", prefix)
	} else if err != nil {
		return "", err
	}
	serial := r.GetInt("last") + 1
	r.Set("last", serial)
	return IndexNumber(prefix, serial), app.Save(r)
}
