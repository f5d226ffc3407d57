package pb_hooks

import (
	"context"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/scorecard"
	"gongkai/pb_hooks/workday"
)

// CardLine is a line of a card as a snapshot keeps it.
type CardLine = scorecard.CardLine

// runningCard is the card of a school as it is now, in the month of today.
func (p *platform) runningCard(ctx context.Context, app core.App, school *records.School) (weightsFrom string, card scorecard.Card, err error) {
	m, err := p.measure(ctx, app, p.options.Now(), school.ID)
	if err != nil {
		return "", card, err
	}
	if len(m.schools) == 0 { // it is closed: nothing is measured
		w, err := weightsOf(app, string(m.day[:7]))
		return w.From, scorecard.Judge(w, nil), err
	}
	return m.weights.From, m.schools[0].card, nil
}

// issueCards issues the cards of a month in the transaction that keeps its last
// day (月度评分), once: each with its evidence, for good. The schools are told.
func issueCards(tx core.App, m *measuring) error {
	if m.day.Next()[:7] == m.day[:7] {
		return nil
	}
	issued, err := tx.CountRecords(records.ScoreCards, dbx.HashExp{"month": m.month()})
	if err != nil || issued > 0 {
		return err
	}
	for _, s := range m.schools {
		if err := m.p.issueCard(tx, s.School, m.month(), workday.Date(m.p.today()), m.weights, s.card); err != nil {
			return err
		}
		title := inWordsOfMonth(m.month()) + "的考核评分已出具：" + s.card.Score.String() + " 分，" + s.card.Grade.Name()
		if err := m.p.tellSchoolOfScores(tx, s.School, "score-card/"+s.ID+"/"+m.month(), title, m.month()); err != nil {
			return err
		}
	}
	return nil
}

// issueCard keeps the card of a school and a month, issued on a day.
func (p *platform) issueCard(tx core.App, school *records.School, month string, on workday.Date, weights scorecard.Weights, card scorecard.Card) error {
	r, err := recordWith(tx, records.ScoreCards, map[string]any{"school": school.ID, "month": month, "weights_from": weights.From, "score": int(card.Score), "grade": string(card.Grade),
		"vetoes": spaced(card.Vetoes), "measured": card.Measured(), "card": card.Keep(), "issued_on": string(on)})
	if err != nil {
		return err
	}
	return tx.Save(r)
}

// spaced are codes as a row keeps them: V4 V5.
func spaced(codes []scorecard.Code) string {
	var list []string
	for _, code := range codes {
		list = append(list, string(code))
	}
	return strings.Join(list, " ")
}
