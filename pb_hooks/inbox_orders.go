package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// addOrders adds the parts of orders that wait for the person: at a school what is to
// be acknowledged or reported, at the bureau what is to be checked or decided, and
// talks to be held. It is told from the rows.
func (d *inboxDraw) addOrders() error {
	reader := orderReader{school: d.person.GetString("school")}
	of := orderRolesOfSchool
	if reader.school == "" {
		of = orderRolesOfBureau
	}
	duties := map[order.Role]string{}
	for _, duty := range []publication.Duty{publication.Supervisor, publication.Principal, publication.Officer} {
		role, fills := of[duty]
		if !fills {
			continue
		}
		ways, err := d.p.waysTo(d.app, d.person, duty)
		if err != nil {
			return err
		}
		if len(ways) > 0 {
			reader.roles, duties[role] = append(reader.roles, role), string(duty)
		}
	}
	if len(reader.roles) == 0 {
		return nil
	}
	reader.supervises = reader.school == ""
	var rows []*core.Record
	if err := d.app.RecordQuery(records.OrderParts).AndWhere(dbx.And(reader.sees(), reader.waits())).OrderBy("_rowid_").All(&rows); err != nil || len(rows) == 0 {
		return err
	}
	papers := map[string]*core.Record{}
	var ids []string
	for _, r := range rows {
		ids = addNew(ids, r.GetString("order"))
	}
	found, err := d.app.FindRecordsByIds(records.Orders, ids)
	if err != nil {
		return err
	}
	for _, paper := range found {
		papers[paper.Id] = paper
	}
	for _, r := range rows {
		paper := papers[r.GetString("order")]
		item := InboxItem{ID: r.Id, Kind: kindOrder, Link: linkOfPart(r), Title: paper.GetString("number") + " " + paper.GetString("title"), Stage: r.GetString("state"),
			StageName: waitingOfOrder(r, reader.supervises), Since: r.GetString("updated"), Duty: duties[reader.roles[0]], ColumnName: order.Kind(paper.GetString("kind")).Name()}
		if state := order.State(r.GetString("state")); state == order.Issued {
			item.Due = r.GetString("ack_by")
		} else if state.IsWithSchool() && !reader.supervises {
			item.Due = r.GetString("due")
		}
		if item.School, err = d.p.unitName(r.GetString("school")); err != nil {
			return err
		}
		item.Group = groupOf(item.Due, d.today)
		d.items = append(d.items, drawnItem{InboxItem: item})
	}
	return nil
}

// waitingOfOrder is what a part waits for, in words.
func waitingOfOrder(r *core.Record, supervises bool) string {
	state := order.State(r.GetString("state"))
	switch {
	case supervises && state == order.Submitted:
		return state.Name()
	case supervises && r.GetBool("asked"):
		return "申请延期，待决定"
	case supervises:
		return "逾期，待约谈"
	}
	return state.Name()
}
