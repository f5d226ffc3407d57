package pb_migrations

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// Lists show the title, date and summary of many versions. They stood behind the text
// in the row: a text fills pages of the file, and what stands behind it is found by
// reading through all of them. The text stands last now, and the order of what is
// newest holds what a list needs of an article, so that it reads one page for each line
// where it read four. A database with 100,000 versions takes some ten seconds.
func init() {
	const newest = "idx_articles_newest"
	index := func(app core.App, columns string) error {
		err := change(app, func(cs []*core.Collection) { cs[0].AddIndex(newest, false, columns, "") }, "articles")
		if err != nil {
			return err
		}
		return analyze(app, "articles", "article_versions")
	}
	m.Register(func(app core.App) error {
		if err := putLast(app, "article_versions", "`body` TEXT DEFAULT '' NOT NULL"); err != nil {
			return err
		}
		return index(app, "state, published_at, id, school, `column`, index_number, published")
	}, func(app core.App) error { // the order of the columns means nothing
		return index(app, "state, published_at, id")
	})
}

// putLast writes a table anew with one column behind all others.
func putLast(app core.App, table, column string) error {
	var made string
	err := app.DB().NewQuery("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = {:table}").Bind(dbx.Params{"table": table}).Row(&made)
	if err != nil {
		return err
	}
	if strings.HasSuffix(made, ", "+column+")") {
		return nil
	}
	_, columns, _ := strings.Cut(made, "(")
	rest := strings.Replace(columns, column+", ", "", 1)
	if rest == columns || !strings.HasSuffix(rest, ")") {
		return fmt.Errorf("%s is not made as expected: %s", table, made)
	}
	var around, names []string
	err = app.DB().NewQuery("SELECT sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND tbl_name = {:table} AND sql IS NOT NULL").
		Bind(dbx.Params{"table": table}).Column(&around)
	if err != nil {
		return err
	}
	err = app.DB().NewQuery("SELECT '`' || name || '`' FROM pragma_table_info({:table})").Bind(dbx.Params{"table": table}).Column(&names)
	if err != nil {
		return err
	}
	list := strings.Join(names, ", ")
	err = execute(app,
		"CREATE TABLE `"+table+"_anew` ("+strings.TrimSuffix(rest, ")")+", "+column+")",
		"INSERT INTO `"+table+"_anew` ("+list+") SELECT "+list+" FROM `"+table+"` ORDER BY rowid",
		"DROP TABLE `"+table+"`",
		"PRAGMA legacy_alter_table = ON", // views name the table, which is not there for a moment
	)
	if err == nil {
		err = execute(app, "ALTER TABLE `"+table+"_anew` RENAME TO `"+table+"`")
	}
	// The connection keeps it, also when the transaction is rolled back.
	if err := errors.Join(err, execute(app, "PRAGMA legacy_alter_table = OFF")); err != nil {
		return err
	}
	return execute(app, around...)
}

// analyze lets the planner see tables with a new index: it takes one that it knows
// nothing of for better than those that it knows.
func analyze(app core.App, tables ...string) error {
	queries := []string{"PRAGMA analysis_limit = 1000"}
	for _, table := range tables {
		queries = append(queries, "ANALYZE "+table)
	}
	return execute(app, queries...)
}

func execute(app core.App, queries ...string) error {
	for _, q := range queries {
		if _, err := app.DB().NewQuery(q).Execute(); err != nil {
			return fmt.Errorf("%s: %w", q, err)
		}
	}
	return nil
}
