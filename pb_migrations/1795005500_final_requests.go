package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What applicants sent and what an answer was given with stays, whoever empties a
// table in the dashboard; a series of numbers never goes back, or numbers would be
// given twice.
func init() {
	triggers := []struct{ name, sql string }{
		{"foi_applications_no_delete", "BEFORE DELETE ON foi_applications BEGIN SELECT RAISE(ABORT, 'an application is kept'); END"},
		{"foi_inquiries_no_delete", "BEFORE DELETE ON foi_inquiries BEGIN SELECT RAISE(ABORT, 'an inquiry is kept'); END"},
		{"foi_mails_no_delete", "BEFORE DELETE ON foi_mails BEGIN SELECT RAISE(ABORT, 'what was mailed is kept'); END"},
		{"foi_serials_no_delete", "BEFORE DELETE ON foi_serials BEGIN SELECT RAISE(ABORT, 'a series of numbers is kept'); END"},
		{"foi_serials_forward", "BEFORE UPDATE ON foi_serials WHEN NEW.series != OLD.series OR NEW.last < OLD.last BEGIN SELECT RAISE(ABORT, 'a series of numbers goes on'); END"},
		{"foi_files_no_delete", "BEFORE DELETE ON foi_files WHEN EXISTS (SELECT 1 FROM foi_replies r WHERE r.request = OLD.request AND r.frozen AND instr(r.files, OLD.id) > 0)" +
			" BEGIN SELECT RAISE(ABORT, 'a file of a submitted draft is kept'); END"},
		{"foi_files_no_update", "BEFORE UPDATE ON foi_files WHEN NEW.request != OLD.request OR NEW.sha256 != OLD.sha256 OR NEW.redacted_of != OLD.redacted_of" +
			" BEGIN SELECT RAISE(ABORT, 'a file of a case is final'); END"},
	}
	m.Register(func(app core.App) error {
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + t.name + " " + t.sql).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		for _, t := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + t.name).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
}
