package pb_hooks

import (
	"context"
	"net/url"
	"slices"

	"gongkai/pb_hooks/schoolcalendar"
	"gongkai/pb_hooks/site"
)

// Fields of a 校历 that hold days, one a line.
const (
	termField     = "学年学期"
	rangeField    = "起止日期"
	holidaysField = "放假安排"
)

// schoolDays are the days that a 校历 names.
func schoolDays(rows []map[string]string) []schoolcalendar.Event {
	var events []schoolcalendar.Event
	for _, row := range rows {
		events = append(events, schoolcalendar.Term(row[rangeField], row[termField])...)
		events = append(events, schoolcalendar.Events(row[holidaysField])...)
	}
	return schoolcalendar.Sorted(events)
}

// badSchoolDay is the sentence about the first line that is meant as a date and
// is none, or nothing.
func badSchoolDay(rows []map[string]string) string {
	for _, row := range rows {
		for _, field := range []string{rangeField, holidaysField} {
			if err := schoolcalendar.Check(row[field], field == rangeField); err != nil {
				return field + err.Error()
			}
		}
	}
	return ""
}

func eventViews(events []schoolcalendar.Event) []site.Event {
	list := make([]site.Event, len(events))
	for i, e := range events {
		list[i] = site.Event{From: e.From, To: e.To, When: e.When(), Name: e.Name}
	}
	return list
}

// Calendar implements site.Reader: the days of what a school has published of
// its 校历. What is withdrawn is out of it, and so out of people's calendars.
func (r reader) Calendar(ctx context.Context, code string) ([]byte, error) {
	d, s, err := r.find(code)
	if err != nil {
		return nil, err
	}
	articles, err := r.p.public.WithFacts(ctx, s.ID, calendarColumn)
	if err != nil {
		return nil, err
	}
	feed := schoolcalendar.Feed{Name: s.Name + "校历", URL: d.District.BaseURL + "/s/" + s.Code + "/" + calendarColumn, Host: "gongkai"}
	if base, err := url.Parse(d.District.BaseURL); err == nil && base.Hostname() != "" {
		feed.Host = base.Hostname()
	}
	known := map[schoolcalendar.Event]bool{}
	for _, a := range articles {
		events := slices.DeleteFunc(schoolDays(a.FactRows()), func(e schoolcalendar.Event) bool { return known[e] })
		for _, e := range events {
			known[e] = true // a later 校历 says it already
		}
		feed.Terms = append(feed.Terms, schoolcalendar.Published{ID: a.ID, URL: d.District.BaseURL + "/a/" + a.ID, At: stamp(a.PublishedAt), Events: events})
	}
	return schoolcalendar.ICS(feed), nil
}
