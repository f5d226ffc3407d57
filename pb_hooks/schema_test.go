package pb_hooks_test

import (
	"path/filepath"
	"slices"
	"testing"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tests"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/standard"
)

func selectValues(t *testing.T, app core.App, collection, field string) []string {
	t.Helper()
	c, err := app.FindCollectionByNameOrId(collection)
	if err != nil {
		t.Fatal(err)
	}
	f, ok := c.Fields.GetByName(field).(*core.SelectField)
	if !ok {
		t.Fatalf("%s.%s is no select", collection, field)
	}
	return f.Values
}

func TestSelectValuesAreTheRulesWords(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	var states, stages, actions, forms, kinds []string
	for _, s := range publication.States() {
		states = append(states, string(s))
	}
	for _, s := range publication.Stages() {
		stages = append(stages, string(s))
	}
	for _, a := range publication.Actions() {
		actions = append(actions, string(a))
	}
	for _, f := range publication.Forms() {
		forms = append(forms, string(f))
	}
	for _, k := range standard.Kinds() {
		kinds = append(kinds, string(k))
	}
	for _, tt := range []struct {
		collection, field string
		want              []string
	}{
		{"articles", "state", states},
		{"articles", "stage", stages},
		{"article_steps", "action", actions},
		{"article_steps", "stage", stages},
		{"article_steps", "form", forms},
		{"review_rules", "form", forms},
		{"review_rules", "stage", standard.Stages()},
		{"columns", "kind", kinds},
		{"schools", "stages", standard.Stages()},
	} {
		if got := selectValues(t, app, tt.collection, tt.field); !slices.Equal(got, tt.want) {
			t.Errorf("%s.%s: %v, the rules say %v", tt.collection, tt.field, got, tt.want)
		}
	}
	duties := selectValues(t, app, "staff", "duties")
	var needed []publication.Duty
	for _, r := range publication.Reviews {
		needed = append(needed, r.By)
	}
	for _, m := range publication.Moves {
		needed = append(needed, m.By...)
	}
	for _, d := range needed {
		if d != publication.Clock && !slices.Contains(duties, string(d)) {
			t.Errorf("nobody can hold the duty %s", d)
		}
	}
	for _, d := range duties {
		if publication.Duty(d).Name() == "" {
			t.Errorf("the duty %s has no name", d)
		}
	}
}

func TestEveryFileFieldIsProtected(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	cols, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	files := 0
	for _, c := range cols {
		for _, f := range c.Fields {
			if file, ok := f.(*core.FileField); ok {
				if files++; !file.Protected {
					t.Errorf("%s.%s is open to anybody who has its address", c.Name, f.GetName())
				}
			}
		}
	}
	if files == 0 {
		t.Error("no file field was looked at")
	}
}

func TestNoCollectionIsOpenToVisitors(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	cols, err := app.FindAllCollections()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cols {
		for name, r := range map[string]*string{"list": c.ListRule, "view": c.ViewRule, "create": c.CreateRule, "update": c.UpdateRule, "delete": c.DeleteRule} {
			if r != nil && *r == "" {
				t.Errorf("%s: everybody may %s", c.Name, name)
			}
		}
	}
}

func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	heavy(t)
	app, err := tests.NewTestApp(template())
	if err != nil {
		t.Fatal(err)
	}
	defer app.Cleanup()
	for _, table := range []string{"articles", "schools", "staff"} {
		if _, err := app.DB().NewQuery("DELETE FROM " + table).Execute(); err != nil {
			t.Fatal(err)
		}
	}
	list := core.AppMigrations
	runner := core.NewMigrationsRunner(app, list)
	if _, err := runner.Down(ours(t)); err != nil {
		t.Fatalf("down: %v", err)
	}
	for _, name := range []string{"articles", "schools", "columns", "public_articles"} {
		if _, err := app.FindCollectionByNameOrId(name); err == nil {
			t.Errorf("%s is still there", name)
		}
	}
	if _, err := runner.Up(); err != nil {
		t.Fatalf("up again: %v", err)
	}
	if n, _ := app.CountRecords("columns"); n != 95 {
		t.Errorf("%d nodes of the standard, want 95", n)
	}
}

// ours is the number of migrations after PocketBase's own and the settings,
// which have no way back: one change a file, beside two files that are none.
func ours(t *testing.T) int {
	t.Helper()
	files, err := filepath.Glob("../pb_migrations/1*.go")
	if err != nil || len(files) < 30 {
		t.Fatalf("%d migrations (%v)", len(files), err)
	}
	return len(files) - 2
}
