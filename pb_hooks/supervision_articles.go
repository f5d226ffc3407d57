package pb_hooks

import (
	"strings"
	"time"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/standard"
	"gongkai/pb_hooks/workday"
)

// disclosed is an article that was ever public, as measuring reads it.
type disclosed struct {
	school, column, state                string
	published, first, withdrawn          string // instants
	publicityUntil, checkedOn, createdOn string // dates
}

// articles reads everything that was ever public, once, and keeps only sums.
func (m *measuring) articles() error {
	rows, err := m.query("SELECT a.school, a.`column`, a.state, a.published_at, a.first_published_at, a.withdrawn_at, a.publicity_until, a.checked_on, coalesce(v.created_on, '')"+
		" FROM articles a LEFT JOIN article_versions v ON v.id = a.published"+
		" WHERE a.first_published_at != '' AND a.first_published_at < {:at} AND {only}", "a.school").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	days := civilDays{}
	var a disclosed
	for m.next(rows) {
		if err := rows.Scan(&a.school, &a.column, &a.state, &a.published, &a.first, &a.withdrawn, &a.publicityUntil, &a.checkedOn, &a.createdOn); err != nil {
			return err
		}
		if s, ok := m.byID[a.school]; ok {
			m.hold(s, a, days)
		}
	}
	return rows.Err()
}

// hold adds an article to what its school holds in its column.
func (m *measuring) hold(s *measuredSchool, a disclosed, days civilDays) {
	first := days.of(a.first)
	newest := first
	if a.published != "" && a.published < m.at {
		newest = max(newest, days.of(a.published))
	}
	h := s.holdings[a.column]
	public := a.state == "published" || a.withdrawn >= m.at
	// a 公示 that has run its days was published all the same
	concluded := !public && a.publicityUntil != "" && string(days.of(a.withdrawn)) > a.publicityUntil
	if public {
		h.Items++
		s.counts["items_public"]++
		if checked := workday.Date(a.checkedOn); checked <= m.day {
			newest = max(newest, checked)
		}
		h.Newest = max(h.Newest, newest)
	}
	year := string(m.day[:4])
	if (public || concluded) && strings.HasPrefix(string(newest), year) {
		h.ThisYear++
	}
	s.counts["items_published"]++
	if column, ok := m.directory.Node(a.column); ok && column.DiscloseWithin >= 0 && a.createdOn != "" {
		made := workday.Date(a.createdOn)
		if made > first { // made anew since: the time of the newer text counts
			first = max(newest, made)
		}
		punctual := m.days.Workdays(made, first) <= column.DiscloseWithin
		s.counts["items_timed"]++
		if punctual {
			s.counts["items_on_time"]++
		}
		if strings.HasPrefix(string(first), year) {
			h.Timed++
			if punctual {
				h.OnTime++
			}
		}
	}
	s.holdings[a.column] = h
}

// checks are the confirmations of whole columns.
func (m *measuring) checks() error {
	var rows []struct {
		School string       `db:"school"`
		Column string       `db:"column"`
		On     workday.Date `db:"on"`
	}
	err := m.query("SELECT school, `column`, max(`on`) AS `on` FROM column_checks WHERE `on` <= {:day} AND {only} GROUP BY school, `column`", "school").All(&rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if s, ok := m.byID[r.School]; ok {
			h := s.holdings[r.Column]
			h.Newest = max(h.Newest, r.On)
			s.holdings[r.Column] = h
		}
	}
	return nil
}

// channelOf are the columns through which people write to a school.
var channelOf = map[string]inquiry.ChannelCode{"B0401": inquiry.Consultation, "B0501": inquiry.Mailbox, "B0603": inquiry.Erratum}

// channels sees which columns of a school are there that nobody publishes in: what
// people can write through, and what the platform makes or reads from the registry.
func (m *measuring) channels() error {
	counting, err := m.p.inquiryCounting(m.app)
	if err != nil {
		return err
	}
	levels := counting.on(m.day)
	for _, s := range m.schools {
		for _, c := range s.Columns {
			open := false
			switch c.Kind {
			case standard.Interactive:
				open = !levels[channelOf[c.Code]].Closed
			case standard.Synced:
				open = s.Address != "" || s.Phone != "" || len(s.Campuses) > 0
			case standard.Generated:
				open = true
			}
			if open {
				s.holdings[c.Code] = compliance.Holding{Open: true}
			}
		}
	}
	return nil
}

// civilDays turns instants of records into dates of the district. Most of 100,000
// articles share their hours with others.
type civilDays map[string]workday.Date

func (d civilDays) of(instant string) workday.Date {
	if len(instant) < 13 {
		return ""
	}
	hour := instant[:13]
	day, known := d[hour]
	if !known {
		at, err := time.Parse("2006-01-02 15", hour)
		if err != nil {
			return ""
		}
		day = workday.Today(at)
		d[hour] = day
	}
	return day
}
