package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// textReport is how many articles were public, and which of them are not the
// text and files that the steps are about.
type textReport struct {
	Count   int           `json:"count"`
	Changed []changedText `json:"changed"`
}

type changedText struct {
	Article string `db:"article" json:"article"`
	Title   string `db:"title" json:"title"`
	Version string `db:"version" json:"-"`
	Hash    string `db:"hash" json:"-"`
}

// checkTexts computes the hash of every version that the public sees or saw
// last, and compares it with the one in the step that took it: somebody who
// wrote into the database past the program is found out. It reads one article at
// a time.
func checkTexts(app core.App) (textReport, error) {
	report := textReport{Changed: []changedText{}}
	last := ""
	for {
		var some []changedText
		err := app.ConcurrentDB().NewQuery(`SELECT a.id AS article, a.title, a.published AS version, coalesce(max(s.hash), '') AS hash
			FROM articles a LEFT JOIN article_steps s ON s.version = a.published AND s.action IN ('submit', 'import')
			WHERE a.published != '' AND a.id > {:last} GROUP BY a.id ORDER BY a.id LIMIT 500`).Bind(dbx.Params{"last": last}).All(&some)
		if err != nil || len(some) == 0 {
			return report, err
		}
		for _, a := range some {
			last = a.Article
			report.Count++
			version, err := app.FindRecordById(records.Versions, a.Version)
			if err != nil {
				return report, err
			}
			hash, err := versionHash(app, version)
			if err != nil {
				return report, err
			}
			if hash != a.Hash || !version.GetBool("frozen") {
				report.Changed = append(report.Changed, a)
			}
		}
	}
}
