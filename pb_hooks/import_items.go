package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// bindImports keeps what came along from old sites to the command that brings it and
// the routes by which schools go through it.
func bindImports(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("迁入的记录由迁入命令和工作台写入，不能直接更改。", nil)
	}
	owned := []string{records.ImportBatches, records.ImportItems, records.OldAddresses}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
}

// countFound keeps with what an old site brought how much the scanner sees in it, so
// that a batch can be searched for it.
func countFound(app core.App, article *core.Record, found []scan.Finding) error {
	if article.GetString("batch") == "" {
		return nil
	}
	count := map[scan.Level]int{}
	for _, f := range found {
		count[f.Level]++
	}
	_, err := app.DB().Update(records.ImportItems, dbx.Params{"blocks": count[scan.Block], "warns": count[scan.Warn]}, dbx.HashExp{"article": article.Id}).Execute()
	return err
}

// itemOf is what an article was on an old site; nil if it comes from none.
func itemOf(app core.App, article *core.Record) (*core.Record, error) {
	if article.GetString("batch") == "" {
		return nil, nil
	}
	return app.FindFirstRecordByData(records.ImportItems, "article", article.Id)
}

// hasFlag reports whether an item is marked so.
func hasFlag(item *core.Record, flag movein.Flag) bool {
	for _, f := range item.GetStringSlice("flags") {
		if f == string(flag) {
			return true
		}
	}
	return false
}

// unplacedProblem: what fitted no column waits for a person to choose one.
func unplacedProblem(app core.App, article *core.Record) error {
	item, err := itemOf(app, article)
	if err != nil || item == nil || !hasFlag(item, movein.NoColumn) {
		return err
	}
	return refused("column", "column_undecided", "这条信息从旧网站迁入时没有对上栏目，请先在“迁入的草稿”中选定栏目")
}
