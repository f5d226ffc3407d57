package pb_hooks

import (
	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/publication"
)

// addScoreObjections adds the objections to scores that the bureau has not decided,
// for its supervisor.
func (d *inboxDraw) addScoreObjections() error {
	may, err := d.p.servesBureau(d.app, d.person, publication.Supervisor)
	if err != nil || !may {
		return err
	}
	open, err := d.p.objectionsOf(d.app, dbx.NewExp("d.id IS NULL"))
	if err != nil {
		return err
	}
	for _, o := range open {
		d.items = append(d.items, drawnItem{InboxItem: InboxItem{ID: o.ID, Kind: kindObjection, Link: linkOfCard(o.School, o.Month), Group: groupOf(o.Due, d.today),
			Title: inWordsOfMonth(o.Month) + " " + inWordsOfLine(o.Code), StageName: "评分申诉", School: o.SchoolName, SchoolCode: o.School, Since: o.On, Due: o.Due,
			Duty: string(publication.Supervisor)}})
	}
	return nil
}
