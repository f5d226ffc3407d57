package pb_migrations

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Versions of the standard are drafted, released for a day, and rolled out on it:
// only then their columns become rows, and hold. Until then a version is one text
// (content, moves), so that a draft is saved whole or not at all. What is released
// is final in the database too, and so are columns.
func init() {
	triggers := map[string]string{
		"standards_no_update": "BEFORE UPDATE ON standards WHEN OLD.applied_at != '' OR (OLD.state = 'released' AND NEW.state = 'released' AND" +
			" (OLD.content IS NOT NEW.content OR OLD.moves IS NOT NEW.moves OR OLD.version != NEW.version OR OLD.name != NEW.name OR OLD.effective_on != NEW.effective_on))" +
			" BEGIN SELECT RAISE(ABORT, 'a released standard is final'); END",
		"standards_no_delete": "BEFORE DELETE ON standards WHEN OLD.state = 'released' BEGIN SELECT RAISE(ABORT, 'a released standard is kept'); END",
		"columns_no_insert": "BEFORE INSERT ON columns WHEN (SELECT applied_at FROM standards WHERE id = NEW.standard) != ''" +
			" BEGIN SELECT RAISE(ABORT, 'the columns of a standard are final'); END",
		"columns_no_update": "BEFORE UPDATE ON columns BEGIN SELECT RAISE(ABORT, 'a column is final'); END",
		"columns_no_delete": "BEFORE DELETE ON columns BEGIN SELECT RAISE(ABORT, 'a column is kept'); END",
	}
	m.Register(func(app core.App) error {
		staff, err := relation(app, "released_by", "staff", 1)
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			standards, columns, steps, notices := cs[0], cs[1], cs[2], cs[3]
			standards.Fields.Add(
				&core.JSONField{Name: "content", MaxSize: 1 << 20}, // the columns, until it is rolled out
				&core.JSONField{Name: "moves", MaxSize: 1 << 20},   // 沿革: [{from, to, words, school}]
				&core.TextField{Name: "based_on", Max: 20},         // number of the version that it was copied from
				staff,
				&core.TextField{Name: "released_by_name", Max: 50},
				&core.DateField{Name: "released_at"},
				&core.DateField{Name: "applied_at"},
				&core.TextField{Name: "applied_on", Pattern: datePattern},
			)
			standards.ListRule, standards.ViewRule = rule(isStaff+` && state = 'released'`), rule(isStaff+` && state = 'released'`)
			columns.Fields.Add(&core.SelectField{Name: "review", MaxSelect: 1, Values: []string{"two_person", "standard", "extended"}})
			action := steps.Fields.GetByName("action").(*core.SelectField)
			action.Values = append(slices.Clone(action.Values), "rehome")
			kind := notices.Fields.GetByName("kind").(*core.SelectField)
			kind.Values = append(slices.Clone(kind.Values), "standard", "exemption")
		}, "standards", "columns", "article_steps", "notifications")
		if err != nil {
			return err
		}
		// midnight of 2026-01-01 in the district
		if _, err := app.DB().Update("standards", dbx.Params{"applied_on": "2026-01-01", "applied_at": "2025-12-31 16:00:00.000Z", "moves": "[]"},
			dbx.HashExp{"state": "released"}).Execute(); err != nil {
			return err
		}
		return makeTriggers(app, triggers)
	}, func(app core.App) error {
		if err := dropTriggers(app, triggers); err != nil {
			return err
		}
		for _, q := range []string{"DELETE FROM notifications WHERE kind IN ('standard', 'exemption')", "DELETE FROM standards WHERE applied_at = ''"} {
			if _, err := app.DB().NewQuery(q).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			remove(cs[0], "content", "moves", "based_on", "released_by", "released_by_name", "released_at", "applied_at", "applied_on")
			cs[0].ListRule, cs[0].ViewRule = rule(isStaff), rule(isStaff)
			remove(cs[1], "review")
			for i, without := range map[int][]string{2: {"rehome"}, 3: {"standard", "exemption"}} {
				name := map[int]string{2: "action", 3: "kind"}[i]
				f := cs[i].Fields.GetByName(name).(*core.SelectField)
				f.Values = slices.DeleteFunc(slices.Clone(f.Values), func(v string) bool { return slices.Contains(without, v) })
			}
		}, "standards", "columns", "article_steps", "notifications")
	})
}

func makeTriggers(app core.App, triggers map[string]string) error {
	for name, body := range triggers {
		if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
			return err
		}
	}
	return nil
}

func dropTriggers(app core.App, triggers map[string]string) error {
	for name := range triggers {
		if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
			return err
		}
	}
	return nil
}
