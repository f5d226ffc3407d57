package pb_hooks

import (
	"fmt"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
)

// Bounds of what visits tell: over how many days, and how many there must be of
// them; with fewer the platform was hardly on, and nothing is said (未测).
const (
	visitDays   = 7
	leastVisits = 20
)

// probeEvidence reads from the visits that the platform paid itself and from the
// links that it followed.
func (m *measuring) probeEvidence() error {
	until := string(m.day)
	if m.today == m.day { // the day has not ended
		until = dayOf(dayStart(until, -1))
	}
	visits, err := visitsBetween(m.app, dayOf(dayStart(until, 1-visitDays)), until)
	if err != nil {
		return err
	}
	for _, s := range m.schools {
		v, ok := visits[s.ID]
		if !ok || v.Visits < leastVisits {
			continue
		}
		s.evidence.Look("V2")
		s.evidence.Look("D18")
		item := scorecard.Item{Kind: scorecard.Probed, ID: "visits", Date: until}
		if v.Failed*20 >= v.Visits {
			item.Label = fmt.Sprintf("近七天访问 %d 次，失败 %d 次", v.Visits, v.Failed)
			s.evidence.Add("V2", "down", item)
		}
		if v.Slow*20 > v.Visits {
			item.Label = fmt.Sprintf("近七天访问 %d 次，超过 6 秒 %d 次", v.Visits, v.Slow)
			s.evidence.Add("D18", "slow", item)
		}
	}
	return m.linkEvidence()
}

// linkEvidence: once the links of the district were followed, those that are not
// among the troubled ones are fine.
func (m *measuring) linkEvidence() error {
	var runs int
	if err := m.query("SELECT count(*) FROM "+records.ProbeRuns+" WHERE school = '' AND state = 'done' AND finished_at <= {:at}", "").Row(&runs); err != nil || runs == 0 {
		return err
	}
	var rows []struct {
		School string `db:"school"`
		Place  string `db:"place"`
		Kind   string `db:"kind"`
		State  string `db:"state"`
		URL    string `db:"url"`
		Since  string `db:"since"`
	}
	err := m.query("SELECT school, place, kind, state, url, coalesce(nullif(broken_since, ''), found_at) AS since FROM probe_links"+
		" WHERE state IN ('broken', 'foreign') AND coalesce(nullif(broken_since, ''), found_at) <= {:at} AND {only} ORDER BY place != 'home', place != 'file', _rowid_ DESC", "school").All(&rows)
	if err != nil {
		return err
	}
	m.looked("D10", "D11")
	days := civilDays{}
	for _, r := range rows {
		s, ok := m.byID[r.School]
		if !ok {
			continue
		}
		code, hit := scorecard.Code("D10"), "link"
		switch {
		case r.State == "foreign" && r.Kind == "wechat":
			code, hit = "D11", "wechat"
		case r.State == "foreign":
			code, hit = "D11", "private"
		case r.Place == "home":
			hit = "home"
		case r.Place == "file":
			hit = "file"
		}
		s.evidence.Add(code, hit, scorecard.Item{Kind: scorecard.Probed, ID: "links", Label: clip(r.URL, 200), Date: string(days.of(r.Since))})
	}
	return nil
}
