package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

var (
	articleStates = []string{"draft", "published", "withdrawn", "concluded", "expired", "archived"}
	versionStages = []string{"drafting", "returned", "reviewing", "second_reviewing", "secrecy_reviewing", "referred", "released", "withheld"}
	stepActions   = []string{"submit", "recall", "approve", "clear", "return", "withhold", "refer", "publish", "import", "withdraw", "take_down",
		"conclude", "expire", "archive", "confirm"}
)

// Articles go through review. What the public sees is the state; where the
// version in work is, is the stage. Everything added here is derived from the
// steps, but for the claim. What was published before reviews existed is
// history that was taken over: its steps become imports.
func init() {
	m.Register(func(app core.App) error {
		staff, err := relation(app, "claimed_by", "staff", 1)
		if err != nil {
			return err
		}
		pending, err := relation(app, "pending", "article_versions", 1)
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			articles, versions, steps, attachments := cs[0], cs[1], cs[2], cs[3]
			articles.Fields.GetByName("state").(*core.SelectField).Values = articleStates
			articles.Fields.Add(
				&core.SelectField{Name: "stage", MaxSelect: 1, Values: versionStages},
				pending,
				&core.DateField{Name: "stage_since"},
				&core.TextField{Name: "stage_due", Pattern: datePattern},
				&core.BoolField{Name: "at_bureau"}, // nobody at the school can review it
				&core.DateField{Name: "release_at"},
				&core.TextField{Name: "publicity_until", Pattern: datePattern},
				&core.TextField{Name: "valid_until", Pattern: datePattern},
				staff,
				&core.DateField{Name: "claimed_at"},
			)
			articles.AddIndex("idx_articles_stage", false, "stage, school", "stage != 'drafting'")
			articles.AddIndex("idx_articles_claimed", false, "claimed_by", "claimed_by != ''")
			articles.AddIndex("idx_articles_publicity", false, "publicity_until", "publicity_until != ''")
			articles.AddIndex("idx_articles_validity", false, "valid_until", "valid_until != ''")
			articles.ListRule, articles.ViewRule = rule(seesArticle), rule(seesArticle)
			articles.CreateRule = rule(isStaff + ` && @request.auth.school != '' && ` + actsEditor)
			articles.DeleteRule = rule(editsMine)

			versions.Fields.Add(
				&core.RelationField{Name: "writers", CollectionId: staff.CollectionId, MaxSelect: 50},
				&core.RelationField{Name: "restored_from", CollectionId: versions.Id, MaxSelect: 1},
				&core.NumberField{Name: "publicity_workdays", OnlyInt: true},
				&core.DateField{Name: "release_at"},
				&core.TextField{Name: "note", Max: 500}, // of the writer, to the reviewers
			)
			versions.ListRule, versions.ViewRule = rule(seesVersion), rule(seesVersion)
			versions.CreateRule, versions.UpdateRule, versions.DeleteRule = rule(editsPart), rule(editsPart), rule(editsPart)

			steps.Fields.GetByName("action").(*core.SelectField).Values = append([]string{}, stepActions...)
			steps.Fields.Add(
				&core.SelectField{Name: "stage", MaxSelect: 1, Values: versionStages}, // at which it was taken
				&core.SelectField{Name: "duty", MaxSelect: 1, Values: duties},         // by which it was taken
				&core.TextField{Name: "by_name", Max: 50},
				&core.RelationField{Name: "for", CollectionId: staff.CollectionId, MaxSelect: 1}, // whom they stood in for
				&core.TextField{Name: "for_name", Max: 50},
				&core.BoolField{Name: "at_bureau"}, // taken at the bureau, because the school had nobody
				&core.SelectField{Name: "form", MaxSelect: 1, Values: []string{"two_person", "standard", "extended"}},
				&core.RelationField{Name: "writers", CollectionId: staff.CollectionId, MaxSelect: 50},
				&core.JSONField{Name: "check", MaxSize: 20000},
			)
			steps.ListRule, steps.ViewRule = rule(seesPart), rule(seesPart)
			steps.CreateRule = rule(seesPart)

			attachments.Fields.Add(
				&core.JSONField{Name: "findings", MaxSize: 200000, Hidden: true}, // what the scanner saw in the file
				&core.BoolField{Name: "cleaned"},
			)
			attachments.ListRule, attachments.ViewRule = rule(seesAttachment), rule(seesAttachment)
			attachments.CreateRule, attachments.UpdateRule, attachments.DeleteRule = rule(editsPart), rule(editsPart), rule(editsPart)
		}, "articles", "article_versions", "article_steps", "attachments")
		if err != nil {
			return err
		}
		for _, q := range []string{
			"UPDATE articles SET stage = 'drafting' WHERE stage = ''",
			"UPDATE article_steps SET action = 'import' WHERE action = 'publish' AND _rowid_ IN (SELECT min(_rowid_) FROM article_steps GROUP BY article)",
		} {
			if _, err := app.DB().NewQuery(q).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		return change(app, func(cs []*core.Collection) {
			for _, index := range []string{"idx_articles_stage", "idx_articles_claimed", "idx_articles_publicity", "idx_articles_validity"} {
				cs[0].RemoveIndex(index)
			}
			cs[0].ListRule, cs[0].ViewRule, cs[0].DeleteRule = rule(ofMySchool), rule(ofMySchool), rule(editsSchool)
			cs[0].CreateRule = rule(isStaff + ` && @request.auth.school != '' && @request.auth.duties ~ 'editor'`)
			for i, c := range cs {
				if i > 0 {
					c.ListRule, c.ViewRule = rule(articleOfMySchool), rule(articleOfMySchool)
					c.CreateRule = rule(editsArticleOfSchool)
				}
			}
			cs[1].UpdateRule, cs[1].DeleteRule = rule(editsArticleOfSchool), nil
			cs[3].UpdateRule, cs[3].DeleteRule = rule(editsArticleOfSchool), rule(editsArticleOfSchool)
			remove(cs[0], "stage", "pending", "stage_since", "stage_due", "at_bureau", "release_at", "publicity_until", "valid_until", "claimed_by", "claimed_at")
			remove(cs[1], "writers", "restored_from", "publicity_workdays", "release_at", "note")
			remove(cs[2], "stage", "duty", "by_name", "for", "for_name", "at_bureau", "form", "writers", "check")
			remove(cs[3], "findings", "cleaned")
		}, "articles", "article_versions", "article_steps", "attachments")
	})
}

func remove(c *core.Collection, fields ...string) {
	for _, f := range fields {
		c.Fields.RemoveByName(f)
	}
}
