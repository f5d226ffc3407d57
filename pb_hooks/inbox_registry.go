package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

const kindRegistry = "registry"

// addRegistry adds the change sets that wait for those who decide on them, and the
// sources that give nothing any more.
func (d *inboxDraw) addRegistry() error {
	may, err := d.p.servesBureau(d.app, d.person, publication.Supervisor, publication.Admin)
	if err != nil || !may {
		return err
	}
	var sources, runs []*core.Record
	if err := d.app.RecordQuery(records.RegistrySources).AndWhere(dbx.HashExp{"active": true}).OrderBy("name").All(&sources); err != nil || len(sources) == 0 {
		return err
	}
	if err := d.app.RecordQuery(records.RegistryRuns).AndWhere(dbx.HashExp{"state": openRuns}).OrderBy("created DESC").All(&runs); err != nil {
		return err
	}
	for _, src := range sources {
		item := InboxItem{Kind: kindRegistry, Group: groupTodo, Duty: string(publication.Admin), Title: src.GetString("name")}
		if days := silentDays(src, d.p.options.Now()); days > 0 {
			item.ID, item.Link, item.Since = src.Id, "/registry/sources", src.GetString("good_at")
			item.StageName = fmt.Sprintf("已经 %d 天没有成功读取机构名单", days)
			d.items = append(d.items, drawnItem{InboxItem: item})
		}
		for _, run := range runs {
			if run.GetString("source") != src.Id {
				continue
			}
			item.ID, item.Link, item.Since, item.StageName = run.Id, registryPage+"/"+run.Id, run.GetString("finished_at"), "机构名单有变更待处理"
			if run.GetString("state") == "stopped" {
				item.StageName = "变更集已暂停，请核对来源"
			}
			d.items = append(d.items, drawnItem{InboxItem: item})
		}
	}
	return nil
}
