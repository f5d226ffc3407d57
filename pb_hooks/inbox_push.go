package pb_hooks

import (
	"fmt"

	"gongkai/pb_hooks/publication"
)

const kindPush = "push"

// addPush adds to an administrator's of the bureau the subscribers that are to be
// looked after: dead letters, one that was switched off by itself, one that is silent.
func (d *inboxDraw) addPush() error {
	may, err := d.p.servesBureau(d.app, d.person, publication.Admin)
	if err != nil || !may {
		return err
	}
	var rows []struct {
		ID     string `db:"id"`
		Name   string `db:"name"`
		State  string `db:"state"`
		Silent string `db:"silent_since"`
		Since  string `db:"updated"`
		Dead   int    `db:"dead"`
		Died   string `db:"died"`
	}
	err = d.app.DB().NewQuery("SELECT s.id, s.name, s.state, s.silent_since, s.updated, count(d.id) AS dead, coalesce(min(d.ended_at), '') AS died FROM push_subscribers s" +
		" LEFT JOIN push_deliveries d ON d.subscriber = s.id AND d.state = 'dead' AND d.lane != 'test' WHERE s.state != 'deleted'" +
		" GROUP BY s.id HAVING dead > 0 OR s.state = 'off' OR s.state = 'active' AND s.silent_since != '' ORDER BY s.created, s.id").All(&rows)
	for _, r := range rows {
		item := InboxItem{ID: r.ID, Kind: kindPush, Group: groupTodo, Duty: string(publication.Admin), Link: pushPage, Title: r.Name, Since: r.Since}
		switch {
		case r.State == pushOff:
			item.StageName = "对方不再接收推送，请与对方核对"
		case r.Dead > 0:
			item.StageName, item.Since = fmt.Sprintf("%d 条推送没有送到，请重新投递或者放弃", r.Dead), r.Died
		default:
			item.StageName, item.Since = "很久没有动静，请与对方核对", r.Silent
		}
		d.items = append(d.items, drawnItem{InboxItem: item})
	}
	return err
}
