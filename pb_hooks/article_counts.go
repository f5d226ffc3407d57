package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// What is counted of an article; the values of the field kind.
const (
	countHelpful      = "helpful"       // 这条回答有帮助
	countUnhelpful    = "unhelpful"     // 没有帮助
	countSameQuestion = "same_question" // 我也有这个问题
	countDownload     = "download"      // 表格下载
)

// bindArticleCounts keeps the sums to the server: nobody writes a figure.
func bindArticleCounts(app core.App) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("次数由系统统计，不能直接更改。", nil)
	}
	app.OnRecordCreateRequest(records.ArticleCounts).BindFunc(refuse)
	app.OnRecordUpdateRequest(records.ArticleCounts).BindFunc(refuse)
	app.OnRecordDeleteRequest(records.ArticleCounts).BindFunc(refuse)
}

// countOne adds one to a sum. Of two who count at once both count.
func countOne(app core.App, article, kind string) error {
	_, err := app.NonconcurrentDB().NewQuery("INSERT INTO " + records.ArticleCounts + " (id, article, kind, n) VALUES ({:id}, {:article}, {:kind}, 1)" +
		" ON CONFLICT (article, kind) DO UPDATE SET n = n + 1").
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "article": article, "kind": kind}).Execute()
	return err
}

// countsOf are the sums of an article by kind; what was never counted is 0.
func countsOf(app core.App, article string) (map[string]int, error) {
	var rows []struct {
		Kind string `db:"kind"`
		N    int    `db:"n"`
	}
	if err := app.DB().Select("kind", "n").From(records.ArticleCounts).Where(dbx.HashExp{"article": article}).All(&rows); err != nil {
		return nil, err
	}
	counts := map[string]int{}
	for _, row := range rows {
		counts[row.Kind] = row.N
	}
	return counts, nil
}
