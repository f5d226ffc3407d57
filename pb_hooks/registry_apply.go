package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// errStale: the school is no longer what the line was made for.
var errStale = errors.New("学校的资料在这次比对之后改过，没有写入。请重新比对，按现在的资料再决定")

// applyLine does what a line says in the caller's transaction, on the school as it is
// there, and returns the id of that school. It fails with errStale, or with what
// stands against it at a field.
func (p *platform) applyLine(tx core.App, by actor, line registry.Line) (string, error) {
	if line.Kind == registry.Create {
		return p.applyCreate(tx, by, line)
	}
	record, err := storedSchool(tx, line.School)
	if err != nil {
		return "", err
	}
	school := schoolOf(record)
	if !line.Holds(school) {
		return "", errStale
	}
	switch line.Kind {
	case registry.Update, registry.Rename, registry.Move, registry.AddCampus, registry.Conflict:
		err = p.changeSchool(tx, by, line.Apply(school), fieldsOf(line))
	case registry.Reopen:
		err = p.applyReopen(tx, by, line)
	case registry.Close, registry.Vanish:
		err = p.closeSchool(tx, by, line.School, p.lastDay(line))
	case registry.Merge:
		err = p.applyMerge(tx, by, line)
	case registry.Split:
		err = p.applySplit(tx, by, line, school)
	default:
		err = fmt.Errorf("a line of kind %s cannot be applied", line.Kind)
	}
	return line.School, err
}

// lastDay is from which day on a school is no longer at work.
func (p *platform) lastDay(line registry.Line) string {
	if line.After.EndedOn != "" {
		return line.After.EndedOn
	}
	return p.today()
}

// applyCreate opens the school, unless it was opened since.
func (p *platform) applyCreate(tx core.App, by actor, line registry.Line) (string, error) {
	same := []dbx.Expression{dbx.HashExp{"name": line.After.Name, "status": registry.Open}}
	if line.After.Code != "" {
		same = append(same, dbx.HashExp{"code": line.After.Code})
	}
	if line.After.RegistryID != "" {
		same = append(same, dbx.HashExp{"registry_id": line.After.RegistryID, "status": registry.Open})
	}
	n, err := tx.CountRecords(records.Schools, dbx.Or(same...))
	if err != nil || n > 0 {
		return "", errors.Join(err, map[bool]error{true: errStale}[n > 0])
	}
	record, err := p.openSchool(tx, by, line.After)
	if err != nil {
		return "", err
	}
	return record.Id, nil
}

func (p *platform) applyReopen(tx core.App, by actor, line registry.Line) error {
	if err := p.reopenSchool(tx, by, line.School); err != nil {
		return err
	}
	record, err := storedSchool(tx, line.School)
	if err != nil {
		return err
	}
	fields := slices.DeleteFunc(fieldsOf(line), func(f string) bool { return f == "status" || f == "ended_on" || f == "successors" })
	if len(fields) == 0 {
		return nil
	}
	return p.changeSchool(tx, by, line.Apply(schoolOf(record)), fields)
}

// applyMerge lets one school take over from another, or several share what it was.
func (p *platform) applyMerge(tx core.App, by actor, line registry.Line) error {
	var into []string
	for _, s := range line.Into {
		id := s.ID
		if id == "" { // opened by a line before this one
			record, err := tx.FindFirstRecordByData(records.Schools, "code", s.Code)
			if errors.Is(err, sql.ErrNoRows) {
				return refused("into", "successor_unopened", "请先接受新增“"+s.Name+"”，再办理合并")
			}
			if err != nil {
				return err
			}
			id = record.Id
		}
		into = append(into, id)
	}
	switch len(into) {
	case 0:
		return refused("into", "successor_missing", "请选择承接学校")
	case 1:
		return p.mergeSchool(tx, by, line.School, into[0], p.lastDay(line))
	}
	return p.splitSchool(tx, by, line.School, into, p.lastDay(line))
}

// applySplit opens what comes out of a school, which ends if nothing of it remains.
func (p *platform) applySplit(tx core.App, by actor, line registry.Line, school registry.School) error {
	var parts []string
	for _, part := range line.Parts {
		record, err := p.openSchool(tx, by, part)
		if err != nil {
			return err
		}
		parts = append(parts, record.Id)
	}
	if fields := fieldsOf(line); len(fields) > 0 {
		if err := p.changeSchool(tx, by, line.Apply(school), fields); err != nil {
			return err
		}
	}
	if !line.Ends {
		return nil
	}
	return p.splitSchool(tx, by, line.School, parts, p.lastDay(line))
}

// fieldsOf are the fields that a line changes.
func fieldsOf(line registry.Line) (fields []string) {
	for _, change := range line.Fields {
		fields = addNew(fields, change.Field)
	}
	return fields
}

// standsAgainst is what stands against a line, as a sentence; ok is false for an error of
// our own.
func standsAgainst(err error) (sentence string, ok bool) {
	var fields validation.Errors
	if !errors.As(err, &fields) {
		return "", false
	}
	var reasons []string
	for field, reason := range fields {
		reasons = append(reasons, registry.Label(field)+"："+reason.Error())
	}
	slices.Sort(reasons)
	return "没有写入。" + strings.Join(reasons, "；"), true
}
