package movein

import (
	"regexp"
	"strings"
	"time"
)

var (
	fullDate = regexp.MustCompile(`((?:19|20)\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})`)
	twoDigit = regexp.MustCompile(`(?:^|[^\d:])(\d\d)\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\D|$)`)
	noDay    = regexp.MustCompile(`(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}(?:\s*月|\D|$)`)
	dayOnly  = regexp.MustCompile(`(?:^|\D)(\d{1,2})\s*[-/.月]\s*(\d{1,2})(?:\D|$)`)
	inPath   = regexp.MustCompile(`(?:^|[/_t-])((?:19|20)\d\d)[-/]?(0\d|1[0-2])[-/]?([0-3]\d)(?:[/_.-]|$)`)
	yearPath = regexp.MustCompile(`(?:^|/)((?:19|20)\d\d)(?:/|-?(?:0\d|1[0-2])(?:/|\d\d))`)
)

// dateIn finds a date in a text, as 2006-01-02. A day without its year takes the
// year of the path; told says in Chinese what is uncertain about it.
func dateIn(text, path, today string) (date, told string) {
	if at := fullDate.FindStringIndex(text); at != nil && !strings.HasPrefix(text[at[1]:], ":") { // else it is an hour
		m := fullDate.FindStringSubmatch(text)
		if date = dated(m[1], m[2], m[3], today); date != "" {
			return date, ""
		}
		return "", "日期“" + m[0] + "”不对"
	}
	if m := noDay.FindString(text); m != "" {
		return "", "日期“" + strings.TrimSpace(m) + "”没有写明哪一天"
	}
	if m := twoDigit.FindStringSubmatch(text); m != nil {
		for _, century := range []string{"20", "19"} {
			if date = dated(century+m[1], m[2], m[3], today); date != "" {
				return date, "日期“" + strings.TrimSpace(m[0]) + "”按 " + date + " 理解"
			}
		}
	}
	if m := dayOnly.FindStringSubmatch(text); m != nil {
		if y := yearPath.FindStringSubmatch(path); y != nil {
			if date = dated(y[1], m[1], m[2], today); date != "" {
				return date, "日期没有年份，按网址取 " + y[1] + " 年"
			}
		}
		return "", "日期“" + strings.TrimSpace(text) + "”没有年份"
	}
	return "", ""
}

// dateOfPath finds a date in a path such as 2025/0113/c12.html or t20250113_4.html.
func dateOfPath(path, today string) string {
	if m := inPath.FindStringSubmatch(path); m != nil {
		return dated(m[1], m[2], m[3], today)
	}
	return ""
}

// dated is a day that exists, not before 1990 and not after today; otherwise "".
func dated(year, month, day, today string) string {
	at, err := time.Parse("2006-1-2", year+"-"+strings.TrimLeft(month, "0")+"-"+strings.TrimLeft(day, "0"))
	if err != nil || at.Year() < 1990 || at.Format(time.DateOnly) > today {
		return ""
	}
	return at.Format(time.DateOnly)
}
