package pb_migrations

import (
	"slices"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// The yearly survey of school staff about the platform (平台满意度调查). An answer
// is that of a role (school and duty) and names nobody. Once the results were
// opened, a survey and its answers are final in the database too. Only the server
// writes them.
func init() {
	triggers := map[string]string{
		"surveys_no_update":        "BEFORE UPDATE ON surveys WHEN OLD.results_opened_at != '' BEGIN SELECT RAISE(ABORT, 'the results were opened'); END",
		"surveys_no_delete":        "BEFORE DELETE ON surveys BEGIN SELECT RAISE(ABORT, 'a survey is kept'); END",
		"survey_answers_no_insert": "BEFORE INSERT ON survey_answers WHEN (SELECT results_opened_at FROM surveys WHERE id = NEW.survey) != '' BEGIN SELECT RAISE(ABORT, 'the results were opened'); END",
		"survey_answers_no_update": "BEFORE UPDATE ON survey_answers WHEN (SELECT results_opened_at FROM surveys WHERE id = OLD.survey) != '' BEGIN SELECT RAISE(ABORT, 'the results were opened'); END",
		"survey_answers_no_delete": "BEFORE DELETE ON survey_answers BEGIN SELECT RAISE(ABORT, 'an answer is kept'); END",
	}
	m.Register(func(app core.App) error {
		if err := surveys(app); err != nil {
			return err
		}
		if err := surveyAnswers(app); err != nil {
			return err
		}
		for name, body := range triggers {
			if _, err := app.DB().NewQuery("CREATE TRIGGER " + name + " " + body).Execute(); err != nil {
				return err
			}
		}
		return change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = append(slices.Clone(kind.Values), "survey")
		}, "notifications")
	}, func(app core.App) error {
		for name := range triggers {
			if _, err := app.DB().NewQuery("DROP TRIGGER " + name).Execute(); err != nil {
				return err
			}
		}
		if _, err := app.DB().NewQuery("DELETE FROM notifications WHERE kind = 'survey'").Execute(); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			kind := cs[0].Fields.GetByName("kind").(*core.SelectField)
			kind.Values = slices.DeleteFunc(slices.Clone(kind.Values), func(v string) bool { return v == "survey" })
		}, "notifications")
		if err != nil {
			return err
		}
		return dropAll(app, "survey_answers", "surveys")
	})
}

func surveys(app core.App) error {
	c := core.NewBaseCollection("surveys")
	c.Fields.Add(
		&core.NumberField{Name: "year", OnlyInt: true, Required: true},
		&core.TextField{Name: "title", Required: true, Max: 60, Presentable: true},
		&core.TextField{Name: "from", Required: true, Pattern: datePattern},
		&core.TextField{Name: "until", Required: true, Pattern: datePattern},
		&core.JSONField{Name: "questions", MaxSize: 10000}, // [{key, text}]
		&core.TextField{Name: "reminded_on", Pattern: datePattern},
		&core.JSONField{Name: "asked", MaxSize: 2 << 20}, // [{school, duty}]: the roles that there were at the end
		&core.DateField{Name: "results_opened_at"},
		&core.JSONField{Name: "results", MaxSize: 20 << 20}, // as they were opened
	)
	timestamps(c)
	c.AddIndex("idx_surveys_year", true, "year", "")
	return app.Save(c)
}

func surveyAnswers(app core.App) error {
	c := core.NewBaseCollection("survey_answers")
	if err := with(app, c, map[string]string{"survey": "surveys", "school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("survey").(*core.RelationField).Required = true
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.SelectField{Name: "duty", MaxSelect: 1, Required: true, Values: []string{"editor", "reviewer", "secrecy_reviewer", "principal", "clerk", "officer", "admin"}},
		&core.JSONField{Name: "levels", MaxSize: 2000}, // question → 5 非常满意 … 1 非常不满意
		&core.TextField{Name: "improve", Max: 500},
	)
	timestamps(c)
	c.AddIndex("idx_survey_answers_role", true, "survey, school, duty", "")
	return app.Save(c)
}
