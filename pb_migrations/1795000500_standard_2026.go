package pb_migrations

import (
	_ "embed"
	"encoding/json"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

//go:embed standard_2026.json
var standard2026 []byte

// The first version of the column standard: two branches, groups, 76 leaves.
func init() {
	m.Register(func(app core.App) error {
		standards, err := app.FindCollectionByNameOrId("standards")
		if err != nil {
			return err
		}
		s := core.NewRecord(standards)
		s.Load(map[string]any{"version": "2026", "name": "中小学信息公开与办事服务栏目设置标准（2026版）", "effective_on": "2026-01-01", "state": "released"})
		if err := app.Save(s); err != nil {
			return err
		}
		var rows []map[string]any
		if err := json.Unmarshal(standard2026, &rows); err != nil {
			return err
		}
		columns, err := app.FindCollectionByNameOrId("columns")
		if err != nil {
			return err
		}
		for i, row := range rows {
			for _, limit := range []string{"freshness_days", "disclose_within_workdays", "publicity_workdays"} {
				if row[limit] == nil {
					row[limit] = -1
				}
			}
			r := core.NewRecord(columns)
			r.Load(row)
			r.Load(map[string]any{"standard": s.Id, "position": i + 1})
			if err := app.Save(r); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		s, err := app.FindFirstRecordByData("standards", "version", "2026")
		if err != nil {
			return err
		}
		if _, err := app.DB().Delete("columns", dbx.HashExp{"standard": s.Id}).Execute(); err != nil {
			return err
		}
		return app.Delete(s)
	})
}
