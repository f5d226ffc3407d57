package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A change set of which lines are being accepted says so, so that a server that died in
// the middle can tell. And no school ever comes to take over from itself, over however
// many others: pages, cases and links follow whoever took over.
func init() {
	const named = "json_each(CASE WHEN json_valid(s.successors) THEN s.successors ELSE '[]' END) j"
	const view = "CREATE VIEW school_heirs AS WITH RECURSIVE heirs(school, heir) AS (" +
		"SELECT s.id, j.value FROM schools s, " + named + " UNION SELECT s.id, s.cases_to FROM schools s WHERE s.cases_to != ''" +
		" UNION SELECT h.school, j.value FROM heirs h JOIN schools s ON s.id = h.heir, " + named +
		" UNION SELECT h.school, s.cases_to FROM heirs h JOIN schools s ON s.id = h.heir WHERE s.cases_to != '')" +
		" SELECT school, heir FROM heirs"
	const circle = "(NEW.successors NOT IN ('', '[]', 'null') OR NEW.cases_to != '')" + // nearly all schools name nobody
		" AND EXISTS (SELECT 1 FROM school_heirs WHERE school = NEW.id AND heir = NEW.id) BEGIN SELECT RAISE(ABORT, 'a school cannot take over from itself'); END"
	triggers := map[string]string{
		"schools_no_circle_insert": "AFTER INSERT ON schools WHEN " + circle,
		"schools_no_circle_update": "AFTER UPDATE OF successors, cases_to ON schools WHEN (NEW.successors != OLD.successors OR NEW.cases_to != OLD.cases_to) AND " + circle,
	}
	steps := func(app core.App, edit func([]string) []string) error {
		return change(app, func(cs []*core.Collection) {
			f := cs[0].Fields.GetByName("step").(*core.SelectField)
			f.Values = edit(slices.Clone(f.Values))
		}, "registry_runs")
	}
	m.Register(func(app core.App) error {
		if err := steps(app, func(v []string) []string { return append(v, "accepting") }); err != nil {
			return err
		}
		if _, err := app.DB().NewQuery(view).Execute(); err != nil {
			return err
		}
		return makeTriggers(app, triggers)
	}, func(app core.App) error {
		if err := dropTriggers(app, triggers); err != nil {
			return err
		}
		if _, err := app.DB().NewQuery("DROP VIEW school_heirs").Execute(); err != nil {
			return err
		}
		return steps(app, func(v []string) []string {
			return slices.DeleteFunc(v, func(one string) bool { return one == "accepting" })
		})
	})
}
