package pb_hooks

import (
	"cmp"
	"database/sql"
	"errors"
	"slices"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// onSchool does something to the school of the address as the bureau's account
// manager, in one transaction, and answers with its data as they are then.
func (p *platform) onSchool(e *core.RequestEvent, do func(tx core.App, school *records.School) error) error {
	school, err := p.schoolOfFile(e)
	if err != nil {
		return err
	}
	var file SchoolFile
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseAllButAdmin(tx, e); err != nil {
			return err
		}
		if err := do(tx, school); err != nil {
			return err
		}
		file, err = p.schoolFileOf(tx, e.Auth, school.ID)
		return err
	})
	if err != nil {
		return keyProblem(err)
	}
	return noStore(e, file)
}

// refuseAllButAdmin refuses everybody but the bureau's account manager.
func (p *platform) refuseAllButAdmin(tx core.App, e *core.RequestEvent) error {
	person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
	if err != nil {
		return err
	}
	may, err := p.servesBureau(tx, person, publication.Admin)
	if err == nil && !may {
		err = e.ForbiddenError("学校的新设、合并、拆分、撤销和资料更正由区级管理员办理。", nil)
	}
	return err
}

// postSchool opens a school by hand.
func (p *platform) postSchool(e *core.RequestEvent) error {
	var body struct {
		Fields map[string]string `json:"fields"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	var file SchoolFile
	err := e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseAllButAdmin(tx, e); err != nil {
			return err
		}
		s := registry.School{}
		for _, name := range []string{"name", "stages"} {
			if strings.TrimSpace(body.Fields[name]) == "" {
				return refused(name, "school_field_missing", "请填写"+registry.Label(name))
			}
		}
		for _, name := range registry.FieldNames() {
			if value := body.Fields[name]; strings.TrimSpace(value) != "" {
				if reason := registry.ReadField(&s, name, value); reason != "" {
					return refused(name, "school_field_invalid", reason)
				}
			}
		}
		if hasEnded(s.Status) {
			return refused("status", "school_field_invalid", "新设的学校请选择开办或者筹建")
		}
		record, err := p.openSchoolFrom(tx, actorOf(e), s, byHand)
		if err != nil {
			return err
		}
		file, err = p.schoolFileOf(tx, e.Auth, record.Id)
		return err
	})
	if err != nil {
		return err
	}
	return noStore(e, file)
}

// refuseTaken says in people's words which school has the name and which the code
// already. A school that has ended keeps its name: its pages and papers bear it. at is
// the field of the refusal, "" that of the value itself.
func refuseTaken(tx core.App, at string, s registry.School) error {
	taken := validation.Errors{}
	for _, f := range []struct{ field, value, way string }{
		{"code", s.Code, ""},
		{"name", s.Name, "；那所学校也要改名的，请先改它的名称，两校互换的先改一个临时名称"},
	} {
		if f.value == "" {
			continue
		}
		other, err := tx.FindFirstRecordByData(records.Schools, f.field, f.value)
		if errors.Is(err, sql.ErrNoRows) || err == nil && other.Id == s.ID {
			continue
		}
		if err != nil {
			return err
		}
		if hasEnded(other.GetString("status")) {
			f.way = "，它已经合并或撤销，原来的网页和文书仍用这个名称"
		}
		taken[cmp.Or(at, f.field)] = validation.NewError("school_taken", registry.Label(f.field)+"“"+f.value+"”已经属于"+other.GetString("name")+"（"+other.GetString("code")+"）"+f.way)
	}
	return taken.Filter()
}

// startSchool lets a planned school begin, with its kit.
func (p *platform) startSchool(e *core.RequestEvent) error {
	return p.onSchool(e, func(tx core.App, school *records.School) error {
		record, err := storedSchool(tx, school.ID)
		if err != nil {
			return err
		}
		if record.GetString("status") != registry.Planned {
			return refused("school", "school_not_planned", "只有筹建中的学校可以开办")
		}
		s := schoolOf(record)
		s.Status = registry.Open
		return p.changeSchoolFrom(tx, actorOf(e), s, []string{"status"}, byHand)
	})
}

func (p *platform) undoSchool(e *core.RequestEvent) error {
	school, err := p.schoolOfFile(e)
	if err != nil {
		return err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := p.refuseAllButAdmin(tx, e); err != nil {
			return err
		}
		return p.undoOpening(tx, actorOf(e), school.ID)
	})
	if err != nil {
		return err
	}
	return e.NoContent(204)
}

// EndingBody is how the bureau ends a school. Schools are named by their codes.
type EndingBody struct {
	Kind    string            `json:"kind"` // merge, split, close
	Into    []string          `json:"into"`
	On      string            `json:"on"`
	CasesTo string            `json:"cases_to"`
	Cases   map[string]string `json:"cases"` // id → code
	Staff   []staffMove       `json:"staff"`
	Reason  string            `json:"reason"`
}

// ending reads what the bureau asks for.
func (b EndingBody) ending(d *records.Directory, school string) (ending, error) {
	end := ending{School: school, On: b.On, Cases: map[string]string{}}
	switch b.Kind {
	case "merge":
		end.Action, end.Status = "merge_school", registry.Merged
	case "split":
		end.Action, end.Status = "split_school", registry.Merged
	case "close":
		end.Action, end.Status = "close_school", registry.Closed
	default:
		return end, refused("kind", "ending_unknown", "请选择合并、拆分或者撤销")
	}
	if b.Kind == "merge" && len(b.Into) > 1 {
		return end, refused("into", "successor_many", "合并只能选一所承接学校，有几所的请办理拆分")
	}
	if b.Kind == "close" && len(b.Into) > 0 {
		return end, refused("into", "successor_none", "撤销没有承接学校，有承接学校的请办理合并或者拆分")
	}
	find := func(field, code string) (string, error) { return idOfCode(d, field, code) }
	for _, code := range b.Into {
		id, err := find("into", code)
		if err != nil {
			return end, err
		}
		end.Successors = append(end.Successors, id)
	}
	var err error
	if end.CasesTo, err = find("cases_to", b.CasesTo); err != nil {
		return end, err
	}
	if end.CasesTo == "" && len(end.Successors) > 0 {
		end.CasesTo = end.Successors[0]
	}
	for id, code := range b.Cases {
		if end.Cases[id], err = find("cases", code); err != nil {
			return end, err
		}
	}
	if end.Staff, err = movesOf(d, b.Staff); err != nil {
		return end, err
	}
	end.Reason, err = sentence("reason", "办理的依据或者原因", b.Reason)
	return end, err
}

// idOfCode is the id of the school that a field names by its code; "" names none.
func idOfCode(d *records.Directory, field, code string) (string, error) {
	if code == "" {
		return "", nil
	}
	s, ok := d.ByCode(code)
	if !ok {
		return "", refused(field, "school_unknown", "没有代码为“"+code+"”的学校")
	}
	return s.ID, nil
}

// movesOf are the moves that name schools by their codes, with the ids.
func movesOf(d *records.Directory, asked []staffMove) (moves []staffMove, err error) {
	for _, move := range asked {
		if move.School, err = idOfCode(d, "staff", move.School); err != nil {
			return nil, err
		}
		moves = append(moves, move)
	}
	return moves, nil
}

// refuseOwnMove keeps the account manager from moving their own account.
func refuseOwnMove(e *core.RequestEvent, moves []staffMove) error {
	if slices.ContainsFunc(moves, func(m staffMove) bool { return m.Staff == e.Auth.Id }) {
		return refused("staff", "staff_self", "不能更改自己的单位和职责")
	}
	return nil
}

// postStaffMoves takes people of a school along after it has ended: who accepted the
// merger from the registry's list named nobody.
func (p *platform) postStaffMoves(e *core.RequestEvent) error {
	var body struct {
		Staff []staffMove `json:"staff"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.onSchool(e, func(tx core.App, school *records.School) error {
		record, err := storedSchool(tx, school.ID)
		if err != nil {
			return err
		}
		if !hasEnded(record.GetString("status")) {
			return refused("school", "school_is_open", "这所学校没有合并或撤销，人员不能转走")
		}
		moves, err := movesOf(d, body.Staff)
		if err != nil {
			return err
		}
		if len(moves) == 0 {
			return refused("staff", "staff_nobody", "请选择转到承接学校的人员")
		}
		if err := refuseOwnMove(e, moves); err != nil {
			return err
		}
		return p.takeAlong(tx, actorOf(e), record, moves)
	})
}

// planEnding shows what will happen, and does nothing.
func (p *platform) planEnding(e *core.RequestEvent) error {
	school, err := p.schoolOfFile(e)
	if err != nil {
		return err
	}
	if err := p.refuseAllButAdmin(e.App, e); err != nil {
		return err
	}
	plan, err := p.endingPlan(e.App, school.ID)
	if err != nil {
		return err
	}
	return noStore(e, plan)
}

func (p *platform) postEnding(e *core.RequestEvent) error {
	var body EndingBody
	if err := readBody(e, &body); err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	return p.onSchool(e, func(tx core.App, school *records.School) error {
		end, err := body.ending(d, school.ID)
		if err != nil {
			return err
		}
		if err := refuseOwnMove(e, end.Staff); err != nil {
			return err
		}
		return p.endSchool(tx, actorOf(e), end)
	})
}

func (p *platform) postReopening(e *core.RequestEvent) error {
	return p.onSchool(e, func(tx core.App, school *records.School) error { return p.reopenSchool(tx, actorOf(e), school.ID) })
}
