package pb_migrations

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Who is named for a role of the system of responsibility (信息公开工作责任制) of a
// school, and the steps by which the name was proposed and confirmed. What was
// written of somebody is final; another name is another row. The state follows
// from the steps. Only the server writes both.
func init() {
	triggers := map[string]string{
		"responsible_people_no_update": "BEFORE UPDATE ON responsible_people WHEN OLD.school != NEW.school OR OLD.role != NEW.role OR OLD.name != NEW.name OR OLD.post != NEW.post" +
			" OR OLD.phone != NEW.phone OR OLD.`from` != NEW.`from` OR OLD.state NOT IN ('proposed', 'confirmed') OR OLD.confirmed_at NOT IN ('', NEW.confirmed_at)" +
			" BEGIN SELECT RAISE(ABORT, 'what was written of somebody is final'); END",
		"responsible_people_no_delete": "BEFORE DELETE ON responsible_people BEGIN SELECT RAISE(ABORT, 'who was named is kept'); END",
		"responsible_steps_no_update":  "BEFORE UPDATE ON responsible_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
		"responsible_steps_no_delete":  "BEFORE DELETE ON responsible_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
	}
	m.Register(func(app core.App) error {
		if err := responsiblePeople(app); err != nil {
			return err
		}
		if err := responsibleSteps(app); err != nil {
			return err
		}
		for name, body := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
				return err
			}
		}
		return addNoticeKind(app, "responsibility")
	}, func(app core.App) error {
		for name := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		if err := dropNoticeKind(app, "responsibility"); err != nil {
			return err
		}
		return dropAll(app, "responsible_steps", "responsible_people")
	})
}

func responsiblePeople(app core.App) error {
	c := core.NewBaseCollection("responsible_people")
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.SelectField{Name: "role", MaxSelect: 1, Required: true, Values: []string{"first", "leader", "head", "clerk", "secrecy_reviewer", "contact"}},
		&core.TextField{Name: "name", Required: true, Max: 30, Presentable: true},
		&core.TextField{Name: "post", Required: true, Max: 40},
		&core.TextField{Name: "phone", Required: true, Max: 30}, // of an office
		&core.TextField{Name: "from", Required: true, Pattern: datePattern},
		&core.SelectField{Name: "state", MaxSelect: 1, Required: true, Values: []string{"proposed", "confirmed", "declined", "withdrawn", "ended"}},
		&core.DateField{Name: "confirmed_at"},
	)
	timestamps(c)
	c.AddIndex("idx_responsible_people_school", false, "school, state", "")
	c.AddIndex("idx_responsible_people_open", true, "school, role", "state = 'proposed'")
	return app.Save(c)
}

func responsibleSteps(app core.App) error {
	c := core.NewBaseCollection("responsible_steps")
	if err := with(app, c, map[string]string{"person": "responsible_people", "by": "staff", "for": "staff"}); err != nil {
		return err
	}
	c.Fields.GetByName("person").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.SelectField{Name: "action", MaxSelect: 1, Required: true, Values: []string{"propose", "confirm", "decline", "withdraw", "end"}},
		&core.TextField{Name: "by_name", Max: 50},
		&core.TextField{Name: "for_name", Max: 50},
		&core.SelectField{Name: "duty", MaxSelect: 1, Values: duties},
		&core.TextField{Name: "reason", Max: 200},
		&core.DateField{Name: "at", Required: true},
	)
	timestamps(c)
	c.AddIndex("idx_responsible_steps_person", false, "person", "")
	return app.Save(c)
}

// addNoticeKind lets messages be of one kind more.
func addNoticeKind(app core.App, kind string) error {
	return change(app, func(cs []*core.Collection) {
		f := cs[0].Fields.GetByName("kind").(*core.SelectField)
		f.Values = append(slices.Clone(f.Values), kind)
	}, "notifications")
}

func dropNoticeKind(app core.App, kind string) error {
	if _, err := app.DB().Delete("notifications", dbx.HashExp{"kind": kind}).Execute(); err != nil {
		return err
	}
	return change(app, func(cs []*core.Collection) {
		f := cs[0].Fields.GetByName("kind").(*core.SelectField)
		f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(v string) bool { return v == kind })
	}, "notifications")
}
