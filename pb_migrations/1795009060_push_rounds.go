package pb_migrations

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	m "github.com/pocketbase/pocketbase/migrations"
)

// A cursor of the feed names the round in which its number was given out: after a
// backup was restored the numbers are given out again, the rounds are not. With it,
// when a subscriber last pulled with a token that was replaced, and room for the night
// of a large district.
func init() {
	m.Register(func(app core.App) error {
		rounds := core.NewBaseCollection("push_rounds")
		rounds.Fields.Add(&core.DateField{Name: "at", Required: true})
		rounds.AddIndex("idx_push_rounds_at", false, "at", "")
		if err := app.Save(rounds); err != nil {
			return err
		}
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.Add(&core.TextField{Name: "round", Max: 15})
			cs[1].Fields.Add(&core.DateField{Name: "old_token_used_at"})
			cs[2].Fields.GetByName("body").(*core.TextField).Max = 5_000_000
			cs[2].AddIndex("idx_push_deliveries_lane", false, "lane, number", "")
			cs[2].AddIndex("idx_push_deliveries_made", false, "subscriber, created", "")
		}, "push_feed", "push_subscribers", "push_deliveries")
		if err != nil {
			return err
		}
		first := dbx.Params{"first": core.GenerateDefaultRandomId()}
		// what there is came in one round; cursors from before it are unknown
		for _, sql := range []string{"INSERT INTO push_rounds (id, at) SELECT {:first}, max(changed_at) FROM push_feed HAVING count(*) > 0", "UPDATE push_feed SET round = {:first}"} {
			if _, err := app.DB().NewQuery(sql).Bind(first).Execute(); err != nil {
				return err
			}
		}
		return nil
	}, func(app core.App) error {
		err := change(app, func(cs []*core.Collection) {
			cs[0].Fields.RemoveByName("round")
			cs[1].Fields.RemoveByName("old_token_used_at")
			cs[2].Fields.GetByName("body").(*core.TextField).Max = 200_000
			cs[2].RemoveIndex("idx_push_deliveries_lane")
			cs[2].RemoveIndex("idx_push_deliveries_made")
		}, "push_feed", "push_subscribers", "push_deliveries")
		if err != nil {
			return err
		}
		return dropAll(app, "push_rounds")
	})
}
