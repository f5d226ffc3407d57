package pb_migrations

import (
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Findings of the scanner in what was submitted or is public. Only hooks write
// them; a secrecy reviewer overrides one with a reason, by a route of ours.
func init() {
	m.Register(func(app core.App) error {
		c := core.NewBaseCollection("findings")
		for _, to := range [][2]string{{"article", "articles"}, {"version", "article_versions"}, {"attachment", "attachments"}} {
			r, err := relation(app, to[0], to[1], 1)
			if err != nil {
				return err
			}
			r.CascadeDelete = true
			c.Fields.Add(r)
		}
		if err := with(app, c, map[string]string{"by": "staff"}); err != nil {
			return err
		}
		c.Fields.Add(
			&core.TextField{Name: "class", Required: true, Max: 40},
			&core.SelectField{Name: "level", MaxSelect: 1, Required: true, Values: []string{"block", "warn", "note"}},
			&core.TextField{Name: "place", Max: 300},
			&core.TextField{Name: "sample", Max: 300}, // masked
			&core.TextField{Name: "hint", Max: 300},
			&core.BoolField{Name: "can_clean"},
			&core.SelectField{Name: "found", MaxSelect: 1, Required: true, Values: []string{"submit", "rescan"}},
			&core.NumberField{Name: "word_list", OnlyInt: true}, // version of the list that found it
			&core.SelectField{Name: "state", MaxSelect: 1, Required: true, Values: []string{"open", "overridden", "resolved"}},
			&core.TextField{Name: "reason", Max: 500},
			&core.TextField{Name: "by_name", Max: 50},
			&core.DateField{Name: "at"},
		)
		timestamps(c)
		c.AddIndex("idx_findings_version", false, "version, state", "")
		c.AddIndex("idx_findings_article", false, "article, state", "")
		c.ListRule, c.ViewRule = rule(seesPart), rule(seesPart)
		return app.Save(c)
	}, func(app core.App) error { return dropAll(app, "findings") })
}
