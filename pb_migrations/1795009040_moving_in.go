package pb_migrations

import (
	"strings"

	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// What an old site brings (旧网站迁入) comes in batches of drafts. An item is the
// record of what one old page became, kept also where its draft is discarded: a
// second run does not bring it back. Old addresses lead to where things are now.
// When something was published before is of its text: the hash covers it.
func init() {
	const noDelete = "import_items_no_delete"
	m.Register(func(app core.App) error {
		if err := importBatches(app); err != nil {
			return err
		}
		if err := importItems(app); err != nil {
			return err
		}
		if err := oldAddresses(app); err != nil {
			return err
		}
		batch, err := relation(app, "batch", "import_batches", 1)
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(batch)
			cs[0].AddIndex("idx_articles_batch", false, "batch", "batch != ''")
			cs[1].Fields.Add(day("originally_on"))
		}, "articles", "article_versions")
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			cs[0].ViewQuery = strings.Replace(cs[0].ViewQuery, " v.created_on AS created_on,", " v.created_on AS created_on, v.originally_on AS originally_on,", 1)
		}, "public_articles")
		if err != nil {
			return err
		}
		_, err = app.DB().NewQuery("CREATE TRIGGER " + noDelete + " BEFORE DELETE ON import_items BEGIN SELECT RAISE(ABORT, 'what came along is kept'); END").Execute()
		return err
	}, func(app core.App) error {
		if _, err := app.DB().NewQuery("DROP TRIGGER " + noDelete).Execute(); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			cs[0].ViewQuery = strings.Replace(cs[0].ViewQuery, " v.originally_on AS originally_on,", "", 1)
		}, "public_articles")
		if err != nil {
			return err
		}
		err = change(app, func(cs []*core.Collection) {
			cs[0].RemoveIndex("idx_articles_batch")
			remove(cs[0], "batch")
			remove(cs[1], "originally_on")
		}, "articles", "article_versions")
		if err != nil {
			return err
		}
		return dropAll(app, "old_addresses", "import_items", "import_batches")
	})
}

func importBatches(app core.App) error {
	c := core.NewBaseCollection("import_batches")
	if err := with(app, c, map[string]string{"school": "schools"}); err != nil {
		return err
	}
	c.Fields.GetByName("school").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "name", Required: true, Max: 200, Presentable: true},
		&core.TextField{Name: "source", Max: 300},      // the file or folder it was read from
		one("state", "arriving", "arrived"),            // the first until the run that made it is through
		&core.JSONField{Name: "counts", MaxSize: 2000}, // taken, cleaned, left
	)
	timestamps(c)
	c.AddIndex("idx_import_batches_school", false, "school, created", "")
	c.AddIndex("idx_import_batches_arriving", true, "school, source", "state = 'arriving'")
	return app.Save(c)
}

func importItems(app core.App) error {
	c := core.NewBaseCollection("import_items")
	if err := with(app, c, map[string]string{"batch": "import_batches", "article": "articles"}); err != nil {
		return err
	}
	c.Fields.GetByName("batch").(*core.RelationField).Required = true
	c.Fields.Add(
		&core.TextField{Name: "key", Required: true, Max: 64},
		&core.TextField{Name: "address", Max: 1000},
		&core.TextField{Name: "title", Max: 200},
		&core.SelectField{Name: "flags", MaxSelect: 7, Values: []string{"wechat", "no_column", "missing_files", "no_date", "links_lost", "title_cut", "pictures_only"}},
		&core.JSONField{Name: "notes", MaxSize: 50000},
		&core.NumberField{Name: "blocks", OnlyInt: true}, // findings that must be dealt with, as of the last save
		&core.NumberField{Name: "warns", OnlyInt: true},
		&core.TextField{Name: "discarded_reason", Max: 500},
		&core.TextField{Name: "discarded_by", Max: 50}, // name
		&core.DateField{Name: "discarded_at"},
	)
	timestamps(c)
	c.AddIndex("idx_import_items_key", true, "key", "")
	c.AddIndex("idx_import_items_batch", false, "batch, id", "")
	c.AddIndex("idx_import_items_article", true, "article", "article != ''")
	return app.Save(c)
}

func oldAddresses(app core.App) error {
	c := core.NewBaseCollection("old_addresses")
	if err := with(app, c, map[string]string{"article": "articles"}); err != nil {
		return err
	}
	article := c.Fields.GetByName("article").(*core.RelationField)
	article.Required, article.CascadeDelete = true, true
	c.Fields.Add(
		&core.TextField{Name: "host", Required: true, Max: 200},
		&core.TextField{Name: "path", Required: true, Max: 1000}, // with the query, sorted
	)
	timestamps(c)
	c.AddIndex("idx_old_addresses_path", true, "path, host", "")
	c.AddIndex("idx_old_addresses_article", false, "article", "")
	return app.Save(c)
}
