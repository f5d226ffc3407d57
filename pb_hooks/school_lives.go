package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// What happens to a school over its life. Each act belongs into the caller's
// transaction, which it shares with its deed in the audit. Schools are named by
// the ids of their records, days are 2026-09-01; a refusal is an error of the
// field with a Chinese sentence.

// Where a value of a school comes from.
const (
	fromRegistry = "registry"
	byHand       = "hand"
)

// openSchool stores a school that the registry has and we have not.
func (p *platform) openSchool(tx core.App, by actor, s registry.School) (*core.Record, error) {
	return p.openSchoolFrom(tx, by, s, fromRegistry)
}

func (p *platform) openSchoolFrom(tx core.App, by actor, s registry.School, origin string) (*core.Record, error) {
	if s.Status == "" {
		s.Status = registry.Open
	}
	if s.ID != "" || s.Status != registry.Open && s.Status != registry.Planned {
		return nil, fmt.Errorf("open %s: %q is no school to open", s.Name, s.Status)
	}
	if s.Code == "" {
		code, err := nextSchoolCode(tx)
		if err != nil {
			return nil, err
		}
		s.Code = code
	}
	record, err := schoolRecord(tx, s)
	if err != nil {
		return nil, err
	}
	var given []string
	for _, name := range registry.FieldNames() {
		if registry.ShowField(s, name) != registry.ShowField(registry.School{}, name) {
			given = append(given, name)
		}
	}
	setOrigins(record, given, origin)
	if err := tx.Save(record); err != nil {
		return nil, fmt.Errorf("open %s: %w", s.Name, err)
	}
	return record, p.audit(tx, by, deed{Action: "open_school", Collection: records.Schools, Record: record.Id, Detail: map[string]any{"code": s.Code, "name": s.Name, "status": s.Status}})
}

// nextSchoolCode is a free code for a school that came without one.
func nextSchoolCode(app core.App) (string, error) {
	district, err := app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return "", fmt.Errorf("read the district: %w", err)
	}
	if district.GetString("code") == unknownDistrict {
		return "", refused("code", "district_code_missing", "这所学校没有代码。请先在系统设置里填写本区的行政区划代码，再由系统编号")
	}
	var codes []string
	if err := app.DB().Select("code").From(records.Schools).Column(&codes); err != nil {
		return "", err
	}
	taken := map[string]bool{}
	for _, code := range codes {
		taken[code] = true
	}
	return registry.NextCode(district.GetString("code"), taken), nil
}

// changeSchool gives the stored school s.ID the values that s has in the named
// fields of the registry, with its campuses if "campuses" is named. A former name
// stays as an alias. Whether a school is at work changes by the acts below; that a
// planned one has opened is a change. Who takes the registry's value where a local
// correction held decides against the correction.
func (p *platform) changeSchool(tx core.App, by actor, s registry.School, fields []string) error {
	record, err := storedSchool(tx, s.ID)
	if err != nil {
		return err
	}
	was := schoolOf(record)
	is, err := withFields(was, s, fields)
	if err != nil {
		return err
	}
	changed, err := schoolRecord(tx, is)
	if err != nil {
		return err
	}
	setOrigins(changed, fields, fromRegistry)
	detail := detailOfChange(changed)
	if err := tx.Save(changed); err != nil {
		return fmt.Errorf("change %s: %w", was.Name, err)
	}
	if err := p.endCorrections(tx, by, is, fields); err != nil {
		return err
	}
	return p.audit(tx, by, deed{Action: "change_school", Collection: records.Schools, Record: s.ID, Detail: detail})
}

// withFields is the school with the named fields of another.
func withFields(was, from registry.School, fields []string) (registry.School, error) {
	is := was
	for _, name := range fields {
		switch {
		case name == "code":
			return is, refused("code", "code_is_final", "代码一经使用不能更改")
		case name == "status" && (from.Status != registry.Open || was.Status != registry.Planned), name == "ended_on", name == "successors":
			return is, refused(name, "school_needs_act", "合并、拆分、撤销和恢复办学请用相应的操作办理")
		case name == "campuses":
			is.Campuses = slices.Clone(from.Campuses)
		default:
			if reason := registry.ReadField(&is, name, registry.ShowField(from, name)); reason != "" {
				return is, refused(name, "school_field_invalid", registry.Label(name)+"："+reason)
			}
		}
	}
	if is.Name != was.Name {
		if !slices.Contains(is.Aliases, was.Name) {
			is.Aliases = append(slices.Clone(is.Aliases), was.Name)
		}
		is.Aliases = slices.DeleteFunc(slices.Clone(is.Aliases), func(alias string) bool { return alias == is.Name })
		if is.ShortName == was.ShortName {
			is.ShortName = "" // follows from the new name
		}
	}
	return is, nil
}

// mergeSchool makes a school part of another from a day on.
func (p *platform) mergeSchool(tx core.App, by actor, from, into, on string) error {
	return p.endSchool(tx, by, ending{Action: "merge_school", School: from, Status: registry.Merged, Successors: []string{into}, On: on})
}

// splitSchool divides a school among others from a day on; the first of them takes
// over what is open and is not given to another.
func (p *platform) splitSchool(tx core.App, by actor, from string, into []string, on string) error {
	return p.endSchool(tx, by, ending{Action: "split_school", School: from, Status: registry.Merged, Successors: into, On: on})
}

// closeSchool closes a school without a successor. What is open there needs
// somebody who goes on with it: who calls this names nobody, so it is refused then.
func (p *platform) closeSchool(tx core.App, by actor, school, on string) error {
	return p.endSchool(tx, by, ending{Action: "close_school", School: school, Status: registry.Closed, On: on})
}

// reopenSchool puts a school that was merged or closed to work again.
func (p *platform) reopenSchool(tx core.App, by actor, school string) error {
	record, err := storedSchool(tx, school)
	if err != nil {
		return err
	}
	if !hasEnded(record.GetString("status")) {
		return refused("school", "school_is_open", "这所学校没有合并或撤销，不需要恢复")
	}
	record.Load(map[string]any{"status": registry.Open, "ended_on": "", "successors": nil})
	detail := detailOfChange(record)
	if err := tx.Save(record); err != nil {
		return err
	}
	return p.audit(tx, by, deed{Action: "reopen_school", Collection: records.Schools, Record: school, Detail: detail})
}

// ending is how a school ends.
type ending struct {
	Action     string
	School     string
	Status     string // registry.Merged or registry.Closed
	Successors []string
	On         string // the day from which on it is no longer at work
}

func (p *platform) endSchool(tx core.App, by actor, end ending) error {
	record, err := storedSchool(tx, end.School)
	if err != nil {
		return err
	}
	if err := p.checkEnding(tx, record, end); err != nil {
		return err
	}
	record.Load(map[string]any{"status": end.Status, "ended_on": end.On, "successors": end.Successors})
	detail := detailOfChange(record)
	if err := tx.Save(record); err != nil {
		return err
	}
	return p.audit(tx, by, deed{Action: end.Action, Collection: records.Schools, Record: end.School, Detail: detail})
}

// checkEnding says why a school cannot end so.
func (p *platform) checkEnding(tx core.App, school *core.Record, end ending) error {
	on, reason := registry.ReadDay(end.On)
	switch {
	case hasEnded(school.GetString("status")):
		return refused("school", "school_has_ended", "这所学校已经合并或撤销，不能再办理一次")
	case reason != "":
		return refused("on", "day_invalid", reason)
	case on > p.today():
		return refused("on", "day_to_come", "这一天还没有到，请到当天或之后再办理")
	case end.Status == registry.Merged && len(end.Successors) == 0:
		return refused("into", "successor_missing", "请选择承接学校")
	}
	for i, id := range end.Successors {
		successor, err := storedSchool(tx, id)
		switch {
		case err != nil:
			return err
		case id == end.School || slices.Contains(end.Successors[:i], id):
			return refused("into", "successor_twice", "承接学校不能是本校，也不能重复")
		case hasEnded(successor.GetString("status")):
			return refused("into", "successor_ended", "“"+successor.GetString("name")+"”已经合并或撤销，不能承接")
		}
	}
	return nil
}

// hasEnded reports whether a school of this status is no longer at work.
func hasEnded(status string) bool { return status == registry.Merged || status == registry.Closed }

func storedSchool(app core.App, id string) (*core.Record, error) {
	record, err := app.FindRecordById(records.Schools, id)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, refused("school", "school_unknown", "没有这所学校，请刷新页面")
	}
	return record, err
}

// setOrigins notes where the named fields of a school come from.
func setOrigins(school *core.Record, fields []string, origin string) {
	origins := originsOf(school)
	for _, name := range fields {
		origins[name] = origin
	}
	school.Set("origins", origins)
}

// originsOf says where each field of a school comes from; of what was there before
// that was kept, nothing is known.
func originsOf(school *core.Record) map[string]string {
	origins := map[string]string{}
	if raw := school.GetString("origins"); strings.HasPrefix(raw, "{") {
		_ = school.UnmarshalJSONField("origins", &origins) // written by setOrigins
	}
	return origins
}
