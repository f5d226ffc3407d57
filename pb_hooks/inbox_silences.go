package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/silence"
	"gongkai/pb_hooks/workday"
)

const kindSilence = "silence"

// addSilences adds to a supervisor's what schools are still silent in after they
// were reminded.
func (d *inboxDraw) addSilences() error {
	may, err := d.p.servesBureau(d.app, d.person, publication.Supervisor)
	if err != nil || !may {
		return err
	}
	var rows []*core.Record
	err = d.app.RecordQuery(records.Silences).AndWhere(dbx.NewExp("ended_at = '' AND task_at != ''")).OrderBy("task_at").All(&rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	days, err := d.p.countingDays(d.app, workday.Date(d.today))
	if err != nil {
		return err
	}
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	for _, r := range rows {
		if !silence.Waits(days, openSilence(r)) {
			continue
		}
		kind := silence.Kind(r.GetString("kind"))
		item := InboxItem{ID: r.Id, Kind: kindSilence, Title: kind.Name() + "：" + r.GetString("detail"), StageName: "提醒后没有变化，请联系学校", Since: r.GetString("task_at"),
			Group: groupTodo, Duty: string(publication.Supervisor)}
		if school, ok := directory.ByID(r.GetString("school")); ok {
			item.School, item.SchoolCode, item.Link = school.ShortName, school.Code, silencePage+"?school="+school.Code
		}
		d.items = append(d.items, drawnItem{InboxItem: item})
	}
	return nil
}
