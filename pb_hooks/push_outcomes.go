package pb_hooks

import (
	"database/sql"
	"errors"
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// What the registry platform makes of a correction.
const (
	outcomeTaken   = "taken"
	outcomeRefused = "refused"
)

const (
	mostOutcomes = 100
	mostRemark   = 500
	mostChanges  = 20 // of mind, by one subscriber of one correction
)

// OutcomeAnswer is what the registry platform is told about what it told us.
type OutcomeAnswer struct {
	Recorded int `json:"recorded"` // that were not known yet
}

type outcome struct {
	ID      string `json:"id"`
	Outcome string `json:"outcome"`
	Note    string `json:"note"`
}

// takeOutcomes records what became of corrections that we offered. It changes none
// of them: that the registry says the same now is seen when it is read.
func (p *platform) takeOutcomes(e *core.RequestEvent) error {
	s, err := p.subscriberOf(e)
	if err != nil {
		return err
	}
	var body struct {
		Outcomes []outcome `json:"outcomes"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if len(body.Outcomes) == 0 || len(body.Outcomes) > mostOutcomes {
		return refused("outcomes", "outcomes_count", "一次 1 至 100 条")
	}
	var answer OutcomeAnswer
	err = e.App.RunInTransaction(func(tx core.App) error {
		answer.Recorded = 0
		for _, o := range body.Outcomes {
			fresh, err := p.takeOutcome(tx, s, o)
			if err != nil {
				return err
			}
			if fresh {
				answer.Recorded++
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, answer)
}

// takeOutcome records one; what the subscriber said last already is not said again.
func (p *platform) takeOutcome(tx core.App, s *core.Record, o outcome) (fresh bool, err error) {
	o.Note = clip(cleanLine(o.Note), mostRemark)
	if o.Outcome != outcomeTaken && o.Outcome != outcomeRefused {
		return false, refused("outcomes", "outcome_invalid", "outcome 应为 taken 或 refused")
	}
	c := &core.Record{}
	err = tx.RecordQuery(records.SchoolCorrections).AndWhere(dbx.HashExp{"id": o.ID, "state": []any{correctionActive, correctionTaken, correctionWithdrawn}}).Limit(1).One(c)
	if errors.Is(err, sql.ErrNoRows) {
		return false, notOffered(o.ID)
	}
	if err != nil {
		return false, err
	}
	last := &core.Record{}
	err = tx.RecordQuery(records.PushOutcomes).AndWhere(dbx.HashExp{"subscriber": s.Id, "correction": c.Id}).OrderBy("at DESC", "_rowid_ DESC").Limit(1).One(last)
	switch {
	case err == nil && last.GetString("outcome") == o.Outcome && last.GetString("note") == o.Note:
		return false, nil
	case err != nil && !errors.Is(err, sql.ErrNoRows):
		return false, err
	}
	said, err := tx.CountRecords(records.PushOutcomes, dbx.HashExp{"subscriber": s.Id, "correction": c.Id})
	if err != nil {
		return false, err
	}
	if said >= mostChanges {
		return false, refused("outcomes", "outcomes_many", "一条更正的处理结果最多改 20 次")
	}
	r, err := blank(tx, records.PushOutcomes)
	if err != nil {
		return false, err
	}
	r.Load(map[string]any{"subscriber": s.Id, "correction": c.Id, "outcome": o.Outcome, "note": o.Note, "at": p.options.Now().UTC()})
	if err := tx.Save(r); err != nil {
		return false, err
	}
	if err := p.audit(tx, actor{Name: s.GetString("name"), Via: viaPublic}, deed{"push_outcome", records.SchoolCorrections, c.Id, map[string]any{"outcome": o.Outcome}}); err != nil {
		return false, err
	}
	if o.Outcome == outcomeTaken {
		return true, nil
	}
	school, err := tx.FindRecordById(records.Schools, c.GetString("school"))
	if err != nil {
		return false, err
	}
	// the first of a day: the others stand on the page
	return true, p.tellAdmins(tx, "push_outcome/"+s.Id+"/"+p.today(), "更正没有被采纳："+school.GetString("short_name")+"的"+registry.Label(c.GetString("field"))+because(o.Note))
}

func because(note string) string {
	if note == "" {
		return ""
	}
	return "（" + note + "）"
}
