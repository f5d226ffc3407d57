package pb_hooks_test

import (
	"os"
	"sync"

	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks"
)

// migrated is the data directory of a new installation. Each test clones it or
// what was made of it: migrating and hashing passwords once is what keeps a
// scenario quick.
var migrated = sync.OnceValue(func() string {
	dir, err := os.MkdirTemp("", "gongkai_template_*")
	if err != nil {
		panic(err)
	}
	app, err := tests.NewTestApp(dir)
	if err != nil {
		panic(err)
	}
	return kept(app)
})

// template is a migrated, seeded data directory.
var template = sync.OnceValue(func() string {
	app, err := tests.NewTestApp(migrated())
	if err != nil {
		panic(err)
	}
	pb_hooks.Register(app, options())
	seed(app)
	return kept(app)
})

// kept is the data directory of an app that nothing is done with any more, for
// others to clone.
func kept(app *tests.TestApp) string {
	if _, err := app.DB().NewQuery("PRAGMA wal_checkpoint(TRUNCATE)").Execute(); err != nil {
		panic(err)
	}
	return app.DataDir()
}
