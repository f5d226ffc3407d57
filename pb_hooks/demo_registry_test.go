package pb_hooks_test

import (
	"slices"
	"testing"
)

// A visitor of the demonstration finds a change set with one of each kind to try.
func TestDemoOfTheRegister(t *testing.T) {
	heavy(t)
	app := demoApp(t)
	var kinds []string
	if err := app.DB().NewQuery("SELECT DISTINCT kind FROM registry_lines WHERE decision = 'pending' ORDER BY kind").Column(&kinds); err != nil {
		t.Fatal(err)
	}
	if want := []string{"bad", "conflict", "create", "move", "rename", "unsure", "update", "vanish"}; !slices.Equal(kinds, want) {
		t.Errorf("got %v, want %v", kinds, want)
	}
	if n, err := app.CountRecords("registry_runs"); err != nil || n != 1 {
		t.Errorf("%d runs (%v)", n, err)
	}
	var state string
	if err := app.DB().NewQuery("SELECT state || stop FROM registry_runs").Row(&state); err != nil || state != "ready" {
		t.Errorf("the run is %s (%v)", state, err)
	}
}
