package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
)

// scoreEvidence are the looks that find what indicators count, each for all schools
// at once. An indicator that none of them looks at is not measured (未测).
var scoreEvidence = []struct {
	name string
	see  func(*measuring) error
}{
	{"columns", (*measuring).columnEvidence},
	{"articles", (*measuring).articleEvidence},
	{"home pages", (*measuring).homeEvidence},
	{"facts", (*measuring).factEvidence},
	{"images", (*measuring).imageEvidence},
	{"findings", (*measuring).findingEvidence},
	{"letters", (*measuring).letterEvidence},
	{"ratings", (*measuring).ratingEvidence},
	{"requests", (*measuring).requestEvidence},
	{"probes", (*measuring).probeEvidence},
	{"by hand", (*measuring).handEvidence},
}

// cards judges every school by what was found in the month of the day: states as
// they are on the day, and what happened since the month began.
func (m *measuring) cards() error {
	weights, err := weightsOf(m.app, m.month())
	if err != nil {
		return err
	}
	for _, look := range scoreEvidence {
		if err := m.ctx.Err(); err != nil {
			return err
		}
		if err := look.see(m); err != nil {
			return fmt.Errorf("evidence of %s: %w", look.name, err)
		}
	}
	m.weights = weights
	for _, s := range m.schools {
		s.card = scorecard.Judge(weights, s.evidence)
	}
	return nil
}

// month is the month of the day, 2026-11.
func (m *measuring) month() string { return string(m.day[:7]) }

// monthBegins are the first day of the month and its first instant.
func (m *measuring) monthBegins() (day, instant string) {
	day = m.month() + "-01"
	return day, dayStart(day, 0).UTC().Format(records.InstantLayout)
}

// found asks like query for what was found since the month began: {:from} is its
// first day, {:since} its first instant.
func (m *measuring) found(sql, school string) *dbx.Query {
	from, since := m.monthBegins()
	return m.query(sql, school).Bind(dbx.Params{"from": from, "since": since})
}

// looked notes that indicators were measured of every school.
func (m *measuring) looked(codes ...scorecard.Code) {
	for _, s := range m.schools {
		for _, code := range codes {
			s.evidence.Look(code)
		}
	}
}

// handEvidence is what the bureau found itself and entered.
func (m *measuring) handEvidence() error {
	var rows []struct {
		School string         `db:"school"`
		Code   scorecard.Code `db:"code"`
		Hit    string         `db:"hit"`
		Count  int            `db:"count"`
		Reason string         `db:"reason"`
		Link   string         `db:"link"`
		On     string         `db:"on"`
	}
	err := m.found("SELECT school, code, hit, count, reason, link, `on` FROM score_findings WHERE month = substr({:from}, 1, 7) AND `on` <= {:day} AND {only} ORDER BY _rowid_", "school").All(&rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		if s, ok := m.byID[r.School]; ok {
			s.evidence.Count(r.Code, r.Hit, r.Count)
			s.evidence.Name(r.Code, scorecard.Item{Kind: scorecard.Entered, ID: r.Link, Label: r.Reason, Date: r.On})
		}
	}
	return nil
}
