package pb_hooks

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// freezeReport keeps all tables of a year of a school as they are now, those that
// are not kept yet, and returns the records: of tables 3 and 4, of 表2-校.
func (p *platform) freezeReport(tx core.App, by actor, school string, year int) (foiTable, groupTable *core.Record, err error) {
	if foiTable, err = onlyOne(tx, records.FOITables, school, year); err == nil && foiTable == nil {
		foiTable, err = p.keepTables(tx, by, school, year)
	}
	if err != nil {
		return nil, nil, err
	}
	if groupTable, err = onlyOne(tx, records.AnnualTables, school, year); err != nil || groupTable != nil {
		return foiTable, groupTable, err
	}
	counted, err := p.countedGroups(tx, []string{school}, year)
	if err != nil {
		return nil, nil, err
	}
	table := counted[school]
	if table == nil {
		table = annual.GroupTable{}
	}
	c, err := tx.FindCachedCollectionByNameOrId(records.AnnualTables)
	if err != nil {
		return nil, nil, err
	}
	groupTable = core.NewRecord(c)
	groupTable.Load(map[string]any{"school": school, "year": year, "groups": table, "by_name": by.Name})
	if err := tx.Save(groupTable); err != nil {
		return nil, nil, err
	}
	sum := table.Total()
	return foiTable, groupTable, p.audit(tx, by, deed{Action: "freeze", Collection: records.AnnualTables, Record: groupTable.Id,
		Detail: map[string]any{"year": year, "published": sum.Published, "valid": sum.Valid}})
}

// onlyOne is the record of a school and a year, or nil.
func onlyOne(app core.App, collection, school string, year int) (*core.Record, error) {
	list, err := app.FindAllRecords(collection, dbx.HashExp{"school": school, "year": year})
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return list[0], nil
}

// openReports freezes last year's tables of every school that worked in it, in January: the
// reports can be written. A school whose cases cannot be counted is told in the
// log and holds up no other; its principal freezes the year by signing.
func (p *platform) openReports() error {
	year := annual.LastYear(workday.Date(p.today()))
	if workday.Date(p.today()) > annual.DueOn(year) {
		return nil
	}
	directory, err := p.directory()
	if err != nil {
		return err
	}
	done, _, err := frozenGroups(p.app, "", year)
	if err != nil {
		return err
	}
	var failed []error
	for _, school := range directory.Schools {
		if !workedIn(school, year) || done[school.ID] != nil {
			continue
		}
		err := p.app.RunInTransaction(func(tx core.App) error {
			_, _, err := p.freezeReport(tx, actor{Name: "系统", Via: viaServer}, school.ID, year)
			return err
		})
		if err != nil {
			failed = append(failed, fmt.Errorf("freeze %d of %s: %w", year, school.Code, err))
		}
	}
	return errors.Join(failed...)
}
