package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// A local correction (本地更正) is a value that holds here although the registry
// says another. Its states:
const (
	correctionProposed  = "proposed" // by the school, not yet decided
	correctionRefused   = "refused"
	correctionActive    = "active"
	correctionTaken     = "taken" // the registry says the same now
	correctionWithdrawn = "withdrawn"
)

// activeCorrections are the corrections in force: id of the school → field → row.
// The school's own row has their values already.
func activeCorrections(app core.App) (map[string]map[string]*core.Record, error) {
	rows, err := app.FindAllRecords(records.SchoolCorrections, dbx.HashExp{"state": correctionActive})
	if err != nil {
		return nil, err
	}
	of := map[string]map[string]*core.Record{}
	for _, r := range rows {
		school := r.GetString("school")
		if of[school] == nil {
			of[school] = map[string]*core.Record{}
		}
		of[school][r.GetString("field")] = r
	}
	return of, nil
}

// heardOfCorrected keeps what the registry now says of a field that is corrected
// here. If it says what we say, the correction has been taken over.
func (p *platform) heardOfCorrected(tx core.App, school, field, value string) error {
	of, err := activeCorrections(tx)
	if err != nil || of[school][field] == nil {
		return err
	}
	r := of[school][field]
	if r.GetString("value") == value {
		r.Load(map[string]any{"state": correctionTaken, "decided_at": p.options.Now().UTC()})
	}
	r.Set("was", value)
	return tx.Save(r)
}

// endCorrections ends the corrections of fields whose value of the registry was taken.
func (p *platform) endCorrections(tx core.App, by actor, is registry.School, fields []string) error {
	of, err := activeCorrections(tx)
	if err != nil {
		return err
	}
	for _, field := range fields {
		r := of[is.ID][field]
		if r == nil {
			continue
		}
		state := correctionWithdrawn
		if r.GetString("value") == registry.ShowField(is, field) {
			state = correctionTaken
		}
		r.Load(map[string]any{"state": state, "decided_by_name": by.Name, "decided_at": p.options.Now().UTC(), "decision": "采用区机构查询平台的内容"})
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return nil
}
