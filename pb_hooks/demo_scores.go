package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// judge makes the card of a school on a day that is made up: of its columns as they
// are made up, and of its figures. It does so every few days, for three years have
// many.
func (d *demoPast) judge(s demoSchool, ago int) {
	if ago%5 != 0 && ago%21 != 0 && !endsMonth(d.m.day) {
		return
	}
	c := s.counts
	e := scorecard.Counted(map[scorecard.Code]map[string]int{
		"V1": {}, "V2": {}, "V3": {}, "V6": {}, "D5": {}, "D6": {}, "D8": {}, "D12": {}, "D13": {}, "D15": {}, "D17": {}, "D18": {},
		"D4":  {"late": int(chance(s.Code, "late", string(d.m.day[:7])) % uint64(2+6*ago/d.days))},
		"D7":  {"overdue": min(c["letters_overdue"], 2)},
		"D9":  {"open": min(c["requests_overdue"], 1)},
		"D10": {"link": c["links_broken"], "file": c["attachments_broken"]},
		"D11": {"private": c["links_foreign"]},
		"D14": {},
	})
	columnsSeen(e, s.compliance)
	s.card = scorecard.Judge(d.m.weights, e)
}

// demoObjections are objections in each state to the last cards that were issued:
// one that waits, one that was accepted in part, and one that was not.
func (p *platform) demoObjections(tx core.App) error {
	supervisors, err := p.holders(tx, "", publication.Supervisor)
	if err != nil || len(supervisors) == 0 {
		return err
	}
	supervisor, err := tx.FindRecordById(records.Staff, supervisors[0].person)
	if err != nil {
		return err
	}
	var month string
	if err := tx.DB().NewQuery("SELECT coalesce(max(month), '') FROM score_cards").Row(&month); err != nil {
		return err
	}
	cards, err := tx.FindRecordsByFilter(records.ScoreCards, "month = {:month}", "-score, school", 0, 0, dbx.Params{"month": month})
	if err != nil {
		return err
	}
	done := 0
	for _, r := range cards {
		o, lost, err := p.demoObjection(tx, r)
		if err != nil {
			return err
		}
		if o == nil {
			continue
		}
		switch done {
		case 1:
			_, err = p.keepDecision(tx, supervisor, o, true, max(1, lost/2), "经核对，其中一部分在期限内已经办理，返还一半。")
		case 2:
			_, err = p.keepDecision(tx, supervisor, o, false, 0, "经核对，栏目在月末确实超期，扣分无误。")
		}
		if done++; err != nil || done == 3 {
			return err
		}
	}
	return nil
}

// demoObjection is an objection of a school's principal to the line of a card that
// cost most; nil if none did, or there is nobody.
func (p *platform) demoObjection(tx core.App, r *core.Record) (*core.Record, scorecard.Points, error) {
	card, err := cardIn(r, nil)
	if err != nil {
		return nil, 0, err
	}
	var worst scorecard.Line
	for _, line := range card.Lines {
		if line.Points > worst.Points {
			worst = line
		}
	}
	people, err := p.holders(tx, r.GetString("school"), publication.Principal)
	if err != nil || worst.Points == 0 || len(people) == 0 {
		return nil, 0, err
	}
	name, err := nameOf(tx, people[0].person)
	if err != nil {
		return nil, 0, err
	}
	calendar, err := p.calendar(tx)
	if err != nil {
		return nil, 0, err
	}
	o, err := recordWith(tx, records.ScoreObjections, map[string]any{"school": r.GetString("school"), "month": r.GetString("month"), "code": string(worst.Code), "card": r.Id,
		"text": fmt.Sprintf("“%s”一项，学校月底前已经补齐，请核对后返还扣分。", inWordsOfLine(worst.Code)), "points": int(worst.Points), "by": people[0].person, "by_name": name, "on": p.today(),
		"due": string(calendar.Add(workday.Date(p.today()), decideWithin))})
	if err != nil {
		return nil, 0, err
	}
	return o, worst.Points, tx.Save(o)
}
