package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

const monthPattern = `^\d{4}-\d{2}$`

// Scorecards (考核评分). Weights hold from a month on; a card is what a school was
// found to be in a month; what the bureau found itself is entered by hand; a school
// objects to a line, and the bureau decides. All of it is final in the database:
// what changes is a row of its own. Only the server reads and writes it.
func init() {
	final := []string{"score_weights", "score_cards", "score_findings", "score_objections", "score_decisions"}
	m.Register(func(app core.App) error {
		for _, make := range []func(core.App) error{scoreWeights, scoreCards, scoreFindings, scoreObjections, scoreDecisions} {
			if err := make(app); err != nil {
				return err
			}
		}
		for _, name := range final {
			for _, verb := range []string{"update", "delete"} {
				sql := "CREATE TRIGGER " + name + "_no_" + verb + " BEFORE " + verb + " ON " + name + " BEGIN SELECT RAISE(ABORT, 'what was scored is final'); END"
				if _, err := app.DB().NewQuery(sql).Execute(); err != nil {
					return err
				}
			}
		}
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = append(slices.Clone(kind.Values), "score")
		}, "notifications")
	}, func(app core.App) error {
		for _, name := range final {
			for _, verb := range []string{"update", "delete"} {
				if _, err := app.DB().NewQuery("DROP TRIGGER " + name + "_no_" + verb).Execute(); err != nil {
					return err
				}
			}
		}
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind = 'score'").Execute(); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.DeleteFunc(slices.Clone(kind.Values), func(v string) bool { return v == "score" })
		}, "notifications")
		if err != nil {
			return err
		}
		slices.Reverse(final)
		return dropAll(app, final...)
	})
}

// scored begins a collection of rows by somebody about a school.
func scored(app core.App, name string) (*core.Collection, error) {
	c := core.NewBaseCollection(name)
	if err := with(app, c, map[string]string{"by": "staff", "school": "schools"}); err != nil {
		return nil, err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "month", Required: true, Pattern: monthPattern},
		&core.TextField{Name: "code", Required: true, Pattern: `^[VD]\d{1,2}$`}, // of the indicator
		&core.TextField{Name: "link", Max: 500},
		&core.TextField{Name: "by_name", Required: true, Max: 50},
		day("on"),
	)
	return c, nil
}

func scoreWeights(app core.App) error {
	c := core.NewBaseCollection("score_weights")
	c.Fields.Add(
		&core.TextField{Name: "valid_from", Required: true, Pattern: datePattern, Presentable: true},
		&core.JSONField{Name: "weights", MaxSize: 20000}, // tenths of points
		&core.TextField{Name: "note", Max: 500},
		&core.TextField{Name: "by_name", Required: true, Max: 50},
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_score_weights_from", true, "valid_from", "")
	return app.Save(c)
}

func scoreCards(app core.App) error {
	c := core.NewBaseCollection("score_cards")
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "month", Required: true, Pattern: monthPattern},
		&core.TextField{Name: "weights_from", Required: true, Pattern: datePattern}, // the set it was judged with
		&core.NumberField{Name: "score", OnlyInt: true},                             // tenths of a point
		&core.SelectField{Name: "grade", MaxSelect: 1, Required: true, Values: []string{"excellent", "good", "passed", "failed"}},
		&core.TextField{Name: "vetoes", Max: 30},           // V4 V5
		&core.NumberField{Name: "measured", OnlyInt: true}, // indicators
		&core.JSONField{Name: "card", MaxSize: 2 << 20},
		day("issued_on"),
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_score_cards_school", true, "school, month", "")
	c.AddIndex("idx_score_cards_month", false, "month", "")
	return app.Save(c)
}

func scoreFindings(app core.App) error {
	c, err := scored(app, "score_findings")
	if err != nil {
		return err
	}
	c.Fields.Add(
		&core.TextField{Name: "hit", Required: true, Max: 30},
		&core.NumberField{Name: "count", OnlyInt: true}, // 0: looked, and nothing was found
		&core.TextField{Name: "reason", Required: true, Max: 500},
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_score_findings_month", false, "month, school", "")
	return app.Save(c)
}

func scoreObjections(app core.App) error {
	c, err := scored(app, "score_objections")
	if err != nil {
		return err
	}
	card, err := relation(app, "card", "score_cards", 1) // "" is the one of the running month
	if err != nil {
		return err
	}
	c.Fields.Add(card,
		&core.TextField{Name: "text", Required: true, Max: 1000},
		&core.NumberField{Name: "points", OnlyInt: true}, // lost on the line when it was objected to
		day("due"))
	timestampsOfFinal(c)
	c.AddIndex("idx_score_objections_line", true, "school, month, code, card", "")
	return app.Save(c)
}

func scoreDecisions(app core.App) error {
	c := core.NewBaseCollection("score_decisions")
	if err := with(app, c, map[string]string{"by": "staff", "objection": "score_objections"}); err != nil {
		return err
	}
	c.Fields.GetByName("objection").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.BoolField{Name: "accepted"},
		&core.NumberField{Name: "points", OnlyInt: true}, // given back
		&core.TextField{Name: "reason", Required: true, Max: 1000},
		&core.TextField{Name: "by_name", Required: true, Max: 50},
		day("on"),
	)
	timestampsOfFinal(c)
	c.AddIndex("idx_score_decisions_objection", true, "objection", "")
	return app.Save(c)
}
