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

// openSchool stores a school that the registry has and we have not, and lays its
// kit: site, columns, first texts, checklist.
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
	if err := refuseTaken(tx, "", s); err != nil {
		return nil, err
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
	if err := p.layKit(tx, by, record, true, ""); err != nil {
		return nil, err
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
	return p.changeSchoolFrom(tx, by, s, fields, fromRegistry)
}

func (p *platform) changeSchoolFrom(tx core.App, by actor, s registry.School, fields []string, origin string) error {
	record, err := storedSchool(tx, s.ID)
	if err != nil {
		return err
	}
	was := schoolOf(record)
	is, err := withFields(was, s, fields)
	if err != nil {
		return err
	}
	if is.Name != was.Name {
		if err := refuseTaken(tx, "", is); err != nil {
			return err
		}
	}
	changed, err := schoolRecord(tx, is)
	if err != nil {
		return err
	}
	setOrigins(changed, fields, origin)
	detail := detailOfChange(changed)
	if err := tx.Save(changed); err != nil {
		return fmt.Errorf("change %s: %w", was.Name, err)
	}
	if err := p.endCorrections(tx, by, is, fields); err != nil {
		return err
	}
	if kit, err := kitOf(changed); err != nil {
		return err
	} else if kit == nil && was.Status == registry.Planned && is.Status == registry.Open {
		if err := p.layKit(tx, by, changed, false, was.Status); err != nil {
			return err
		}
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

// reopenSchool puts a school that was merged or closed to work again. What its
// successors have taken over stays with them.
func (p *platform) reopenSchool(tx core.App, by actor, school string) error {
	record, err := storedSchool(tx, school)
	if err != nil {
		return err
	}
	if !hasEnded(record.GetString("status")) {
		return refused("school", "school_is_open", "这所学校没有合并或撤销，不需要恢复")
	}
	record.Load(map[string]any{"status": registry.Open, "ended_on": "", "successors": nil, "cases_to": ""})
	detail := detailOfChange(record)
	if err := tx.Save(record); err != nil {
		return err
	}
	return p.audit(tx, by, deed{Action: "reopen_school", Collection: records.Schools, Record: school, Detail: detail})
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
