package registry

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// beijing is the time of the sources: all of China has one.
var beijing = time.FixedZone("CST", 8*60*60)

// isDay reports whether a field is a day.
func isDay(field string) bool { return field == "opened_on" || field == "ended_on" }

var digits = regexp.MustCompile(`^[0-9]+$`)

// looseDay writes a day as ReadDay takes it, from what systems write instead: an instant, 20260901, seconds or
// milliseconds since 1970, or the number of a day in a sheet. A day that is all zeros is none. What is nothing of these
// is left as it is.
func looseDay(cell string) string {
	if strings.Trim(cell, "0-/:T ") == "" {
		return ""
	}
	if at, err := time.Parse(time.RFC3339, cell); err == nil {
		return at.In(beijing).Format(time.DateOnly)
	}
	if day, _, found := strings.Cut(cell, "T"); found {
		return day
	}
	if !digits.MatchString(cell) {
		return cell
	}
	n, err := strconv.ParseInt(cell, 10, 64)
	if err != nil {
		return cell
	}
	switch len(cell) {
	case 5:
		return time.Date(1899, 12, 30+int(n), 0, 0, 0, 0, time.UTC).Format(time.DateOnly)
	case 8:
		return cell[:4] + "-" + cell[4:6] + "-" + cell[6:]
	case 9, 10:
		return time.Unix(n, 0).In(beijing).Format(time.DateOnly)
	case 12, 13:
		return time.UnixMilli(n).In(beijing).Format(time.DateOnly)
	}
	return cell
}
