package source

import (
	"strconv"
	"strings"
	"time"
)

// sinceMark stands in Since.Template where the time goes.
const sinceMark = "{since}"

// district is the time of the sources: all of China has one.
var district = time.FixedZone("CST", 8*60*60)

// layouts are the ways in which sources want to be told a time.
var layouts = map[string]func(time.Time) string{
	"rfc3339":  func(t time.Time) string { return t.UTC().Format(time.RFC3339) },
	"date":     func(t time.Time) string { return t.In(district).Format(time.DateOnly) },
	"datetime": func(t time.Time) string { return t.In(district).Format(time.DateTime) },
	"unix":     func(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) },
	"unixms":   func(t time.Time) string { return strconv.FormatInt(t.UnixMilli(), 10) },
}

// value is what the parameter says for a time.
func (s Since) value(t time.Time) string {
	text := layouts[s.Layout](t)
	if s.Template == "" {
		return text
	}
	return strings.ReplaceAll(s.Template, sinceMark, text)
}
