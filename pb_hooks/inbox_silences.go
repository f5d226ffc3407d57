package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/silence"
	"gongkai/pb_hooks/workday"
)

const kindSilence = "silence"

// mostSilences is how many schools that are silent in one thing are listed one by one.
const mostSilences = 5

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
	waiting := map[silence.Kind][]*core.Record{}
	for _, r := range rows {
		if o := openSilence(r); silence.Waits(days, o) {
			waiting[o.Kind] = append(waiting[o.Kind], r)
		}
	}
	for _, kind := range silence.Kinds() {
		list := waiting[kind.Kind]
		item := InboxItem{Kind: kindSilence, StageName: "提醒后没有变化，请联系学校", Group: groupTodo, Duty: string(publication.Supervisor)}
		if len(list) > mostSilences { // they would hide what has a day
			item.ID, item.Title = list[0].Id, fmt.Sprintf("%s：%d 所学校", kind.Name, len(list))
			item.Link, item.Since = silencePage+"?kind="+string(kind.Kind), list[0].GetString("task_at")
			d.items = append(d.items, drawnItem{InboxItem: item})
			continue
		}
		for _, r := range list {
			item.ID, item.Title, item.Since = r.Id, kind.Name+"："+r.GetString("detail"), r.GetString("task_at")
			if school, ok := directory.ByID(r.GetString("school")); ok {
				item.School, item.SchoolCode, item.Link = school.ShortName, school.Code, silencePage+"?school="+school.Code
			}
			d.items = append(d.items, drawnItem{InboxItem: item})
		}
	}
	return nil
}
