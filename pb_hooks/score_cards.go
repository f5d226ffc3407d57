package pb_hooks

import (
	"context"
	"encoding/json"
	"strings"
	"time"

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
	if !endsMonth(m.day) {
		return nil
	}
	issued, err := tx.CountRecords(records.ScoreCards, dbx.HashExp{"month": m.month()})
	if err != nil || issued > 0 {
		return err
	}
	for _, s := range m.schools {
		if err := issueCard(tx, s.ID, m.month(), workday.Date(m.p.today()), m.weights, s.card); err != nil {
			return err
		}
		title := inWordsOfMonth(m.month()) + "的考核评分已出具：" + s.card.Score.String() + " 分，" + s.card.Grade.Name()
		if err := m.p.tellSchoolOfScores(tx, s.School, "score-card/"+s.ID+"/"+m.month(), title, m.month()); err != nil {
			return err
		}
	}
	return nil
}

// endsMonth reports whether a day is the last of its month.
func endsMonth(day workday.Date) bool { return day.Next()[:7] != day[:7] }

// issueCard keeps the card of a school and a month, issued on a day.
func issueCard(tx core.App, school, month string, on workday.Date, weights scorecard.Weights, card scorecard.Card) error {
	kept, err := json.Marshal(card.Keep())
	if err != nil {
		return err
	}
	_, err = tx.DB().Insert(records.ScoreCards, dbx.Params{"id": core.GenerateDefaultRandomId(), "school": school, "month": month, "weights_from": weights.From, "score": int(card.Score),
		"grade": string(card.Grade), "vetoes": spaced(card.Vetoes), "measured": card.Measured(), "card": string(kept), "issued_on": string(on),
		"created": time.Now().UTC().Format(records.InstantLayout)}).Execute()
	return err
}

// spaced are codes as a row keeps them: V4 V5.
func spaced(codes []scorecard.Code) string {
	var list []string
	for _, code := range codes {
		list = append(list, string(code))
	}
	return strings.Join(list, " ")
}
