package pb_hooks_test

import (
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

// Migrations seed review rules before there is a table for the audit: the first
// start of the program, with its hooks bound, must come through.
func TestAuditLetsANewDatabaseBeMade(t *testing.T) {
	app := core.NewBaseApp(core.BaseAppConfig{DataDir: t.TempDir()})
	pb_hooks.Register(app, options())
	if err := app.Bootstrap(); err != nil {
		t.Fatal(err)
	}
	defer app.ResetBootstrapState()
	if err := app.RunAllMigrations(); err != nil {
		t.Fatal(err)
	}
	if n, err := app.CountRecords("review_rules"); err != nil || n == 0 {
		t.Errorf("%d rules, %v", n, err)
	}
}
