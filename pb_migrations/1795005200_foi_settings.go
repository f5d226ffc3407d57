package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What the law and the district set for 依申请公开: periods, remedy paragraphs,
// templates of letters, each from a day on; further years of the calendar; and
// whether requests are taken at all.
func init() {
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{foiTerms, remedyTexts, letterTemplates, calendarYears} {
			if err := make(app); err != nil {
				return err
			}
		}
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(
				one("foi_mode", "requests", "consultation"),              // "" is requests; 依申请公开 or only 咨询
				&core.TextField{Name: "letter_word", Max: 4},             // 区的代字; "" is made of the name
				&core.TextField{Name: "bureau_name", Max: 50},            // 主管部门; "" is the host
				&core.NumberField{Name: "foi_purge_days", OnlyInt: true}, // after archiving; 0 is the default
			)
			cs[1].Fields.Add(&core.TextField{Name: "letter_word", Max: 8}) // 校代字
		}, "districts", "schools")
		return err
	}, func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			for _, f := range []string{"foi_mode", "letter_word", "bureau_name", "foi_purge_days"} {
				cs[0].Fields.RemoveByName(f)
			}
			cs[1].Fields.RemoveByName("letter_word")
		}, "districts", "schools")
		if err != nil {
			return err
		}
		return dropAll(app, "calendar_years", "letter_templates", "remedy_texts", "foi_terms")
	})
}

// governs makes a collection what everybody on the staff reads and the bureau's
// supervisor adds to; nothing is changed or deleted.
func governs(c *core.Collection) {
	c.ListRule, c.ViewRule, c.CreateRule = rule(isStaff), rule(isStaff), rule(supervises)
}

// foiTerms are periods in working days, from a day on; a case keeps those of the day it was submitted.
func foiTerms(app core.App) error {
	c := core.NewBaseCollection("foi_terms")
	c.Fields.Add(day("valid_from"), &core.TextField{Name: "note", Max: 500}, &core.TextField{Name: "by_name", Max: 50})
	for _, name := range []string{"answer", "extend", "correction_notice", "correction", "correction_min", "correction_max", "third_party",
		"other_organ", "confirm", "archive", "supplement", "yellow", "orange", "red"} {
		c.Fields.Add(&core.NumberField{Name: name, OnlyInt: true})
	}
	timestampsOfFinal(c)
	c.AddIndex("idx_foi_terms_from", true, "valid_from", "")
	governs(c)
	return app.Save(c)
}

func remedyTexts(app core.App) error {
	c := core.NewBaseCollection("remedy_texts")
	c.Fields.Add(one("key", "appeal", "third_party"), day("valid_from"), &core.TextField{Name: "text", Required: true, Max: 1000},
		&core.TextField{Name: "by_name", Max: 50})
	timestampsOfFinal(c)
	c.AddIndex("idx_remedy_texts_from", true, "`key`, valid_from", "")
	governs(c)
	return app.Save(c)
}

// letterTemplates: of a kind the newest counts, unless it is the program's own again.
func letterTemplates(app core.App) error {
	c := core.NewBaseCollection("letter_templates")
	c.Fields.Add(one("kind", foiLetterKinds...), &core.BoolField{Name: "is_default"}, // back to the program's own
		&core.TextField{Name: "name", Max: 200}, &core.TextField{Name: "sha256", Max: 64}, &core.TextField{Name: "by_name", Max: 50},
		&core.FileField{Name: "file", MaxSelect: 1, MaxSize: 5 << 20, Protected: true})
	timestampsOfFinal(c)
	c.AddIndex("idx_letter_templates_kind", false, "kind, created", "")
	governs(c)
	return app.Save(c)
}

// calendarYears are notices of 国务院办公厅 on holidays beyond those in the program.
func calendarYears(app core.App) error {
	c := core.NewBaseCollection("calendar_years")
	c.Fields.Add(&core.NumberField{Name: "year", OnlyInt: true, Required: true}, &core.JSONField{Name: "days", MaxSize: 100000},
		&core.TextField{Name: "source", Max: 500}, &core.TextField{Name: "by_name", Max: 50})
	timestamps(c)
	c.AddIndex("idx_calendar_years_year", true, "year", "")
	c.ListRule, c.ViewRule = rule(isStaff), rule(isStaff) // written by our own route, which recounts
	return app.Save(c)
}
