package pb_hooks

import (
	"strings"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/scorecard"
)

// unansweredDays is how long a letter may wait before it vetoes (三个月), and
// answerableDays how far back such letters are looked for (一年).
const (
	unansweredDays = 90
	answerableDays = 365
)

// overdueLetter is a letter that was answered late, or is late and not answered.
type overdueLetter struct {
	Unit      string              `db:"unit"`
	ID        string              `db:"id"`
	Number    string              `db:"number"`
	Channel   inquiry.ChannelCode `db:"channel"`
	Submitted string              `db:"submitted"`
	Due       string              `db:"due"`
	First     string              `db:"first"` // day of the first answer; "" has none in the month
}

// item names a letter by its number only: some are confidential.
func (l overdueLetter) item(note, date string) scorecard.Item {
	channel, _ := inquiry.FindChannel(l.Channel)
	return scorecard.Item{Kind: scorecard.Letter, ID: l.ID, Label: channel.Name + " " + l.Number + "（" + note + "）", Date: date}
}

// letterEvidence looks for letters whose answer is late or was late in the month,
// and for those that nobody answers.
func (m *measuring) letterEvidence() error {
	var late, open, silent []overdueLetter
	const fields = "SELECT i.unit, i.id, i.number, i.channel, i.submitted, i.due"
	err := m.found(fields+", coalesce((SELECT min(s.`on`) FROM inquiry_steps s WHERE s.inquiry = i.id AND s.action = 'answer'), '') AS first FROM inquiries i"+
		" WHERE i.updated >= {:since} AND i.late = TRUE AND i.answered >= {:from} AND i.channel IN ('consultation', 'erratum') AND {only} ORDER BY i._rowid_ DESC", "i.unit").All(&late)
	if err != nil {
		return err
	}
	err = m.query(fields+" FROM inquiries i WHERE i.clock = 'running' AND i.due < {:today} AND i.submitted <= {:day} AND i.channel IN ('consultation', 'erratum') AND {only} ORDER BY i.due", "i.unit").All(&open)
	if err != nil {
		return err
	}
	var waiting []string
	for _, s := range inquiry.States() {
		if s.IsOpen() && s != inquiry.Held {
			waiting = append(waiting, "'"+string(s)+"'")
		}
	}
	before, after := dayOf(dayStart(string(m.day), -unansweredDays)), dayOf(dayStart(string(m.day), -answerableDays))
	err = m.query(fields+" FROM inquiries i WHERE i.state IN ("+strings.Join(waiting, ", ")+") AND i.answered = '' AND i.channel != 'appeal'"+
		" AND i.submitted < '"+before+"' AND i.submitted >= '"+after+"' AND {only} ORDER BY i.submitted", "i.unit").All(&silent)
	if err != nil {
		return err
	}
	m.looked("V5", "D7", "D14")
	codes := map[inquiry.ChannelCode]scorecard.Code{inquiry.Consultation: "D7", inquiry.Erratum: "D14"}
	from, _ := m.monthBegins()
	for _, l := range late {
		if s, ok := m.byID[l.Unit]; ok && l.First >= from && l.First <= string(m.day) {
			s.evidence.Add(codes[l.Channel], "overdue", l.item("答复逾期", l.First))
		}
	}
	for _, l := range open {
		if s, ok := m.byID[l.Unit]; ok {
			s.evidence.Add(codes[l.Channel], "overdue", l.item("期限 "+l.Due+"，还没有答复", l.Due))
		}
	}
	for _, l := range silent {
		if s, ok := m.byID[l.Unit]; ok {
			s.evidence.Add("V5", "unanswered", l.item("来信 "+l.Submitted+"，还没有答复", l.Submitted))
		}
	}
	return nil
}

// mostLow is the share of low ratings from which quality costs points, in per cent.
const mostLow = 10

// ratingEvidence looks at the ratings that were given in the month.
func (m *measuring) ratingEvidence() error {
	var rows []struct {
		overdueLetter
		Rating inquiry.Rating `db:"rating"`
		Redone bool           `db:"redone"`
		On     string         `db:"on"`
	}
	err := m.found("SELECT i.unit, i.id, i.number, i.channel, i.redone, s.rating, s.`on` FROM inquiries i JOIN inquiry_steps s ON s.inquiry = i.id"+
		" WHERE i.updated >= {:since} AND i.rating > 0 AND s.action = 'rate' AND s.`on` >= {:from} AND s.`on` <= {:day} AND i.channel != 'appeal' AND {only} ORDER BY s._rowid_ DESC", "i.unit").All(&rows)
	if err != nil {
		return err
	}
	m.looked("D8")
	rated, low := map[string]int{}, map[string]int{}
	redone := map[string]bool{}
	for _, r := range rows {
		s, ok := m.byID[r.Unit]
		if !ok {
			continue
		}
		rated[r.Unit]++
		if !r.Rating.IsLow() {
			continue
		}
		low[r.Unit]++
		if !r.Redone {
			s.evidence.Name("D8", r.item(r.Rating.Name(), r.On))
		} else if !redone[r.ID] {
			redone[r.ID] = true
			s.evidence.Add("D8", "returned", r.item(r.Rating.Name()+"，退回重办", r.On))
		}
	}
	for unit, n := range low {
		if n*100 > rated[unit]*mostLow {
			m.byID[unit].evidence.Count("D8", "low", 1)
		}
	}
	return nil
}

// requestEvidence looks for requests that were answered late in the month, or are
// late and not answered.
func (m *measuring) requestEvidence() error {
	var rows []struct {
		School string `db:"school"`
		ID     string `db:"id"`
		Number string `db:"number"`
		Due    string `db:"due"`
		Closed string `db:"closed"`
	}
	err := m.found("SELECT school, id, number, due, closed FROM foi_requests WHERE state != 'void' AND (late = TRUE AND closed >= {:from} AND closed <= {:day}"+
		" OR clock = 'running' AND due != '' AND due < {:today} AND (closed = '' OR closed > {:day}) AND received <= {:day}) AND {only} ORDER BY due", "school").All(&rows)
	if err != nil {
		return err
	}
	m.looked("D9")
	for _, r := range rows {
		s, ok := m.byID[r.School]
		if !ok {
			continue
		}
		hit, note, date := "late", "逾期答复", r.Closed
		if r.Closed == "" || r.Closed > string(m.day) {
			hit, note, date = "open", "期限 "+r.Due+"，还没有答复", r.Due
		}
		s.evidence.Add("D9", hit, scorecard.Item{Kind: scorecard.Request, ID: r.ID, Label: r.Number + "（" + note + "）", Date: date})
	}
	return nil
}
