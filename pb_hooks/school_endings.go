package pb_hooks

import (
	"database/sql"
	"errors"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/workday"
)

// ending is how a school ends. Its pages stay, marked; what is open goes on at the
// school that takes it; nobody gains a right that is not named here.
type ending struct {
	Action     string
	School     string
	Status     string // registry.Merged or registry.Closed
	Successors []string
	On         string            // the day from which on it is no longer at work
	CasesTo    string            // the school that goes on with what is open; "" is the bureau, which takes letters only
	Cases      map[string]string // id of a case → the school that takes this one
	Staff      []staffMove
	Reason     string
}

// staffMove takes somebody of a school along to one that succeeds it, with the
// duties that they have there.
type staffMove struct {
	Staff  string   `json:"staff"`
	School string   `json:"school"`
	Duties []string `json:"duties"`
}

// mergeSchool makes a school part of another from a day on, which goes on with what
// is open.
func (p *platform) mergeSchool(tx core.App, by actor, from, into, on string) error {
	return p.endSchool(tx, by, ending{Action: "merge_school", School: from, Status: registry.Merged, Successors: []string{into}, On: on, CasesTo: into})
}

// splitSchool divides a school among others from a day on; the first of them goes
// on with what is open.
func (p *platform) splitSchool(tx core.App, by actor, from string, into []string, on string) error {
	end := ending{Action: "split_school", School: from, Status: registry.Merged, Successors: into, On: on}
	if len(into) > 0 {
		end.CasesTo = into[0]
	}
	return p.endSchool(tx, by, end)
}

// closeSchool closes a school without a successor. It is refused while
// applications or orders are open there: somebody has to name the school that goes
// on with them, on the page of the school.
func (p *platform) closeSchool(tx core.App, by actor, school, on string) error {
	return p.endSchool(tx, by, ending{Action: "close_school", School: school, Status: registry.Closed, On: on})
}

func (p *platform) endSchool(tx core.App, by actor, end ending) error {
	school, err := storedSchool(tx, end.School)
	if err != nil {
		return err
	}
	if end.On, err = p.checkEnding(tx, school, end); err != nil {
		return err
	}
	open, err := openCasesOf(tx, end.School)
	if err != nil {
		return err
	}
	if err := refuseWithoutTaker(open, end.CasesTo); err != nil {
		return err
	}
	school.Load(map[string]any{"status": end.Status, "ended_on": end.On, "successors": end.Successors, "cases_to": end.CasesTo})
	detail := detailOfChange(school)
	if end.Reason != "" {
		detail["reason"] = end.Reason
	}
	if err := tx.Save(school); err != nil {
		return err
	}
	if err := p.audit(tx, by, deed{Action: end.Action, Collection: records.Schools, Record: end.School, Detail: detail}); err != nil {
		return err
	}
	if err := p.passOnCases(tx, by, school, end.Cases); err != nil {
		return err
	}
	if err := p.tellOfEnding(tx, school); err != nil { // before anybody moves
		return err
	}
	return p.takeAlong(tx, by, school, end.Staff)
}

// takeAlong moves people of a school that has ended to its successors, where they
// stand in for nobody of the old one.
func (p *platform) takeAlong(tx core.App, by actor, school *core.Record, people []staffMove) error {
	if err := p.endStandInsOf(tx, school.Id); err != nil {
		return err
	}
	for _, move := range people {
		if err := p.moveStaff(tx, by, school, move); err != nil {
			return err
		}
	}
	return nil
}

// checkEnding says why a school cannot end so; the day is returned as it is kept.
func (p *platform) checkEnding(tx core.App, school *core.Record, end ending) (string, error) {
	on, reason := registry.ReadDay(end.On)
	switch {
	case hasEnded(school.GetString("status")):
		return "", refused("school", "school_has_ended", "这所学校已经合并或撤销，不能再办理一次")
	case reason != "":
		return "", refused("on", "day_invalid", reason)
	case on > p.today():
		return "", refused("on", "day_to_come", "这一天还没有到，请到当天或之后再办理")
	case end.Status == registry.Merged && len(end.Successors) == 0:
		return "", refused("into", "successor_missing", "请选择承接学校")
	case end.Action == "split_school" && len(end.Successors) < 2:
		return "", refused("into", "successor_missing", "拆分至少要有两所承接学校，只有一所请办理合并")
	}
	takers := slices.DeleteFunc(append(slices.Clone(end.Successors), end.CasesTo), func(id string) bool { return id == "" })
	for i, id := range takers {
		taker, err := storedSchool(tx, id)
		switch {
		case err != nil:
			return "", err
		case id == end.School || i < len(end.Successors) && slices.Contains(takers[:i], id):
			return "", refused("into", "successor_twice", "承接学校不能是本校，也不能重复")
		case hasEnded(taker.GetString("status")):
			return "", refused("into", "successor_ended", "“"+taker.GetString("name")+"”已经合并或撤销，不能承接")
		case taker.GetString("status") != registry.Open:
			return "", refused("into", "successor_planned", "“"+taker.GetString("name")+"”还在筹建，请先改为开办，再由它承接")
		}
	}
	if end.CasesTo != "" && len(end.Successors) > 0 && !slices.Contains(end.Successors, end.CasesTo) {
		return "", refused("cases_to", "taker_no_successor", "未办结的事项由承接学校中的一所继续办理")
	}
	for _, id := range end.Cases {
		if !slices.Contains(takers, id) {
			return "", refused("cases", "taker_no_successor", "未办结的事项由承接学校中的一所继续办理")
		}
	}
	return on, nil
}

// isSuccessor reports whether a school is one of those at work that go on with another.
func isSuccessor(app core.App, of, school string) (bool, error) {
	heirs, err := heirsAtWork(app, of)
	return slices.Contains(heirs, school), err
}

// heirsAtWork are the ids of the schools at work that go on with one that ended: its
// successors and who was named for its cases, and theirs where one of them has ended
// since.
func heirsAtWork(app core.App, ended string) (ids []string, err error) {
	err = app.DB().NewQuery("SELECT DISTINCT s.id FROM school_heirs h JOIN schools was ON was.id = h.school AND was.status IN ('merged', 'closed')" +
		" JOIN schools s ON s.id = h.heir AND s.status = 'open' WHERE h.school = {:ended} ORDER BY s.code").Bind(dbx.Params{"ended": ended}).Column(&ids)
	return ids, err
}

// moveStaff takes somebody along to a successor. They sign in again, as somebody
// of another school.
func (p *platform) moveStaff(tx core.App, by actor, school *core.Record, move staffMove) error {
	person, err := tx.FindRecordById(records.Staff, move.Staff)
	if errors.Is(err, sql.ErrNoRows) || err == nil && (person.GetString("school") != school.Id || person.GetString("deactivated_at") != "") {
		return refused("staff", "staff_elsewhere", "名单里有人不是这所学校的在用账号，请刷新页面")
	}
	if err != nil {
		return err
	}
	succeeds, err := isSuccessor(tx, school.Id, move.School)
	if err != nil {
		return err
	}
	if !succeeds {
		return refused("staff", "staff_no_successor", "人员只能转到承接学校")
	}
	detail := map[string]any{"school": []string{school.Id, move.School}, "duties": []any{person.GetStringSlice("duties"), move.Duties}}
	person.Load(map[string]any{"school": move.School, "duties": move.Duties})
	person.RefreshTokenKey()
	if err := tx.Save(person); err != nil {
		return err
	}
	return p.audit(tx, by, deed{Action: "move_staff", Collection: records.Staff, Record: person.Id, Detail: detail})
}

// endStandInsOf ends what people of a school stand in for one another.
func (p *platform) endStandInsOf(tx core.App, school string) error {
	var people []string
	if err := tx.DB().Select("id").From(records.Staff).Where(dbx.HashExp{"school": school}).Column(&people); err != nil {
		return err
	}
	for _, id := range people {
		if err := p.endStandIns(tx, id); err != nil {
			return err
		}
	}
	return nil
}

// tellOfEnding tells the people of a school that it ended, and those who write
// there what becomes of their drafts.
func (p *platform) tellOfEnding(tx core.App, school *core.Record) error {
	what, err := endingInWords(tx, school)
	if err != nil {
		return err
	}
	var people []string
	if err := tx.DB().Select("id").From(records.Staff).Where(dbx.HashExp{"school": school.Id, "deactivated_at": ""}).Column(&people); err != nil {
		return err
	}
	key := "school/" + school.Id + "/" + school.GetString("ended_on")
	if err := notify(tx, people, notification{Kind: kindSchool, Key: key, Link: "/", Title: what + "：原学校的内容只能查看", Urgent: true}); err != nil {
		return err
	}
	drafts, err := draftsOf(tx, school.Id)
	if err != nil || drafts == 0 {
		return err
	}
	editors, err := p.peopleOf(tx, school.Id, publication.Editor)
	if err != nil {
		return err
	}
	return notify(tx, editors, notification{Kind: kindSchool, Key: key + "/drafts", Link: "/articles",
		Title: what + "：没有公开的稿件可以查看，不能再提交和公开；仍要公开的，请由承接学校重新起草"})
}

// kindSchool is the kind of what staff are told of the life of their school.
const kindSchool = "school"

// draftsOf counts the articles of a school that are being written or reviewed.
func draftsOf(app core.App, school string) (int64, error) {
	return app.CountRecords(records.Articles, dbx.HashExp{"school": school}, dbx.NewExp("pending != '' OR state = 'draft'"))
}

// endingInWords says what became of a school, with what the database says now.
func endingInWords(app core.App, school *core.Record) (string, error) {
	var names []string
	for _, id := range school.GetStringSlice("successors") {
		name, err := schoolName(app, id)
		if err != nil {
			return "", err
		}
		names = append(names, name)
	}
	return endedInWords(records.SchoolOf(school), names), nil
}

// endedInWords says what became of a school: 甲小学已于2026年9月1日并入乙小学.
func endedInWords(s *records.School, successors []string) string {
	when := ""
	if s.EndedOn != "" {
		when = "于" + foi.LetterDate(workday.Date(s.EndedOn))
	}
	switch {
	case s.Status == registry.Closed:
		return s.Name + "已" + when + "撤销"
	case len(successors) == 0:
		return s.Name + "已" + when + "并入其他学校"
	case len(successors) == 1:
		return s.Name + "已" + when + "并入" + successors[0]
	}
	return s.Name + "已" + when + "拆分为" + strings.Join(successors, "、")
}
