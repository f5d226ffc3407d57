package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Words of the procedure of orders; a test holds them to package order.
var (
	orderKinds   = []string{"supervision", "rectification"}
	orderSources = []string{"hand", "indicator", "request", "inquiry", "finding"}
	orderStates  = []string{"draft", "issued", "acknowledged", "submitted", "returned", "closed", "withdrawn"}
	orderClocks  = []string{"not_started", "running", "held", "stopped"}
	orderActions = []string{"issue", "acknowledge", "ask_extension", "grant_extend", "decline_extend", "submit", "return", "close", "withdraw", "talk",
		"remind", "escalate", "call_talk", "recount"}
	orderRoles   = []string{"supervisor", "principal", "officer", "system"}
	orderNorms   = []string{"acknowledge", "report"}
	orderLetters = []string{"order", "rectification", "order_closed", "order_returned"}
)

// An order (督办单, 整改通知书) of the bureau goes to one or many schools; each school's
// part (收件) has steps of its own, which are never changed. The fields of a part
// beside its number are what its steps add up to, for lists and figures. Nobody
// reads or writes any of it but the server: who sees what is decided where it is
// drawn.
func init() {
	triggers := []struct{ name, sql string }{
		{"orders_no_update", "BEFORE UPDATE ON orders BEGIN SELECT RAISE(ABORT, 'an order is final'); END"},
		{"orders_no_delete", "BEFORE DELETE ON orders BEGIN SELECT RAISE(ABORT, 'an order is kept'); END"},
		{"order_parts_place", "BEFORE UPDATE ON order_parts WHEN OLD.`order` != NEW.`order` OR OLD.school != NEW.school OR OLD.number != NEW.number" +
			" BEGIN SELECT RAISE(ABORT, 'a part stays where it is'); END"},
		{"order_parts_no_delete", "BEFORE DELETE ON order_parts BEGIN SELECT RAISE(ABORT, 'a part is kept'); END"},
		{"order_steps_no_update", "BEFORE UPDATE ON order_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END"},
		{"order_steps_no_delete", "BEFORE DELETE ON order_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END"},
		{"order_files_no_update", "BEFORE UPDATE ON order_files WHEN OLD.part != NEW.part OR OLD.sha256 != NEW.sha256 OR OLD.step != '' AND OLD.step != NEW.step" +
			" BEGIN SELECT RAISE(ABORT, 'what was submitted is final'); END"}, // its bytes are sealed anew with a new key
		{"order_files_no_delete", "BEFORE DELETE ON order_files WHEN OLD.step != '' BEGIN SELECT RAISE(ABORT, 'what was submitted is kept'); END"},
	}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{orders, orderParts, orderSteps, orderFiles} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + t.name + " " + t.sql).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			for i, more := range [][]string{{"order"}, orderLetters} {
				kind := cs[i].Fields.GetByName("kind").(*core.SelectField)
				kind.Values = slices.Concat(kind.Values, more)
			}
		}, "notifications", "letter_templates")
	}, func(app core.App) error {
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + t.name).Execute(); err != nil {
				return err
			}
		}
		for _, sql := range []string{"DELETE FROM notifications WHERE kind = 'order'", "DELETE FROM letter_templates WHERE kind IN ('order', 'rectification', 'order_closed', 'order_returned')"} {
			if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
				return err
			}
		}
		err := change(app, func(cs []*core.Collection) {
			for i, more := range [][]string{{"order"}, orderLetters} {
				kind := cs[i].Fields.GetByName("kind").(*core.SelectField)
				kind.Values = slices.DeleteFunc(kind.Values, func(v string) bool { return slices.Contains(more, v) })
			}
		}, "notifications", "letter_templates")
		if err != nil {
			return err
		}
		return dropAll(app, "order_files", "order_steps", "order_parts", "orders")
	})
}

func orders(app core.App) error {
	c := core.NewBaseCollection("orders")
	if err := with(app, c, map[string]string{"by": "staff"}); err != nil {
		return err
	}
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 30, Presentable: true}, // DB2026-0001, ZG2026-0001
		one("kind", orderKinds...), &core.TextField{Name: "title", Required: true, Max: 60}, &core.TextField{Name: "text", Required: true, Max: 2000},
		&core.NumberField{Name: "days", OnlyInt: true}, // working days from the day of issue
		one("source", orderSources...), &core.TextField{Name: "ref", Max: 60},
		&core.TextField{Name: "occasion", Max: 200}, // what gave occasion to it, in words: 信息公开申请 SQ2026-00012
		day("issued"), &core.TextField{Name: "by_name", Max: 50},
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_orders_number", true, "number", "")
	c.AddIndex("idx_orders_issued", false, "issued", "")
	c.AddIndex("idx_orders_source", false, "source, ref", "")
	return app.Save(c)
}

func orderParts(app core.App) error {
	c := core.NewBaseCollection("order_parts")
	if err := with(app, c, map[string]string{"order": "orders", "school": "schools"}); err != nil {
		return err
	}
	for _, name := range []string{"order", "school"} {
		c.Fields.GetByName(name).(*core.RelationField).Required = true
	}
	c.Fields.Add(
		&core.TextField{Name: "number", Required: true, Max: 40, Presentable: true}, // DB2026-0001-01
		one("state", orderStates...), one("clock", orderClocks...),
		day("issued"), day("ack_by"), day("acknowledged"), day("due"), day("reported"), day("closed"), day("withdrawn"),
		&core.BoolField{Name: "provisional"}, &core.BoolField{Name: "on_time"}, // closed, every report in time
		&core.BoolField{Name: "asked"}, // an extension waits for its decision
		&core.BoolField{Name: "talk"},  // a talk (约谈) was called for and not held
	)
	timestamps(c)
	c.AddIndex("idx_order_parts_order", true, "`order`, school", "")
	c.AddIndex("idx_order_parts_school", false, "school, state", "")
	c.AddIndex("idx_order_parts_state", false, "state, due", "")
	return app.Save(c)
}

// orderSteps are the events of package order; the fields have its names.
func orderSteps(app core.App) error {
	c := core.NewBaseCollection("order_steps")
	if err := with(app, c, map[string]string{"part": "order_parts", "by": "staff", "for": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("part").(*core.RelationField).Required = true
	c.Fields.Add(
		one("action", orderActions...), one("role", orderRoles...), one("state", orderStates...), // state: where it was
		&core.TextField{Name: "by_name", Max: 50}, &core.TextField{Name: "for_name", Max: 50},
		day("on"), day("recorded"), &core.DateField{Name: "at"},
		&core.TextField{Name: "reason", Max: 5000}, &core.NumberField{Name: "days", OnlyInt: true},
		one("norm", orderNorms...), day("told"),
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_order_steps_part", false, "part", "")
	return app.Save(c)
}

// orderFiles are evidence (佐证材料): they belong to the report that they were
// submitted with, and until then to whoever is about to report.
func orderFiles(app core.App) error {
	c := core.NewBaseCollection("order_files")
	if err := with(app, c, map[string]string{"part": "order_parts", "by": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("part").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 21 << 20, Protected: true, Hidden: true},
		&core.TextField{Name: "name", Max: 255}, &core.TextField{Name: "mime", Max: 100}, &core.NumberField{Name: "size", OnlyInt: true},
		&core.TextField{Name: "sha256", Max: 64}, &core.TextField{Name: "by_name", Max: 50},
		&core.TextField{Name: "step", Max: 15},
	)
	timestamps(c)
	c.AddIndex("idx_order_files_part", false, "part", "")
	return app.Save(c)
}
