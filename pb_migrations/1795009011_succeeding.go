package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What is open at a school that was merged, split or closed goes on at another
// one: a step of the system says so, and the row is then the other's. A part of an
// order stays where it is while its school is at work; afterwards it may lie beside
// a part that the successor has of the same order. Whoever takes over is kept, for
// what comes later: a complaint, a low rating.
func init() {
	stepped := []string{"foi_steps", "foi_requests", "inquiry_steps", "order_steps"}
	fields := []string{"action", "proposal", "action", "action"}
	place := func(app core.App, unless string) error {
		return makeTriggers(app, map[string]string{"order_parts_place": "BEFORE UPDATE ON order_parts WHEN OLD.`order` != NEW.`order` OR OLD.number != NEW.number OR OLD.school != NEW.school" + unless +
			" BEGIN SELECT RAISE(ABORT, 'a part stays where it is'); END"})
	}
	dropPlace := func(app core.App) error { return dropTriggers(app, map[string]string{"order_parts_place": ""}) }
	m.Register(func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			for i, c := range cs {
				f := c.Fields.GetByName(fields[i]).(*core.SelectField)
				f.Values = append(slices.Clone(f.Values), "succeed")
			}
		}, stepped...)
		if err != nil {
			return err
		}
		taker, err := relation(app, "cases_to", "schools", 1)
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(taker)
			cs[1].RemoveIndex("idx_order_parts_order")
			cs[1].AddIndex("idx_order_parts_order", false, "`order`, school", "")
		}, "schools", "order_parts")
		if err != nil {
			return err
		}
		if err := dropPlace(app); err != nil {
			return err
		}
		if err := addNoticeKind(app, "school"); err != nil {
			return err
		}
		return place(app, " AND NOT EXISTS (SELECT 1 FROM schools s WHERE s.id = OLD.school AND s.status IN ('merged', 'closed'))")
	}, func(app core.App) error {
		if err := dropNoticeKind(app, "school"); err != nil {
			return err
		}
		if err := dropPlace(app); err != nil {
			return err
		}
		if err := place(app, ""); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.RemoveByName("cases_to")
			cs[1].RemoveIndex("idx_order_parts_order")
			cs[1].AddIndex("idx_order_parts_order", true, "`order`, school", "")
		}, "schools", "order_parts")
		if err != nil {
			return err
		}
		return change(app, func(cs []*core.Collection) {
			for i, c := range cs {
				f := c.Fields.GetByName(fields[i]).(*core.SelectField)
				f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(v string) bool { return v == "succeed" })
			}
		}, stepped...)
	})
}
