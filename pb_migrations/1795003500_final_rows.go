package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What was submitted, and what was decided on it, is final in the database too:
// for other programs, and for a hook that is forgotten one day. A later migration
// that has to change such rows drops the trigger and makes it again.
func init() {
	triggers := map[string]string{
		"article_versions_no_update": "BEFORE UPDATE ON article_versions WHEN OLD.frozen BEGIN SELECT RAISE(ABORT, 'a submitted version is final'); END",
		"article_versions_no_delete": "BEFORE DELETE ON article_versions WHEN OLD.frozen BEGIN SELECT RAISE(ABORT, 'a submitted version is final'); END",
		"article_steps_no_update":    "BEFORE UPDATE ON article_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
		"article_steps_no_delete":    "BEFORE DELETE ON article_steps BEGIN SELECT RAISE(ABORT, 'a step is final'); END",
	}
	m.Register(func(app core.App) error {
		for name, body := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
				return err
			}
		}
		// six months are up to 184 days (网络安全法 art. 21); the log says who asked
		s := app.Settings()
		s.Logs.MaxDays = max(s.Logs.MaxDays, 190)
		s.Logs.LogAuthId = true
		return app.Save(s)
	}, func(app core.App) error {
		for name := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		return nil
	})
}
