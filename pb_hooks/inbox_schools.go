package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// addSchools adds corrections that wait for the bureau's account manager, and what is
// left of the first week of a new school: to the bureau and to those who lead the
// school.
func (d *inboxDraw) addSchools() error {
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	own, duty := d.person.GetString("school"), publication.Admin
	if own == "" {
		may, err := d.p.servesBureau(d.app, d.person, publication.Admin)
		if err != nil || !may {
			return err
		}
		if err := d.addProposals(directory); err != nil {
			return err
		}
	} else if duty, err = d.leads(); err != nil || duty == "" {
		return err
	}
	kits, err := openKits(d.app)
	if err != nil {
		return err
	}
	for _, id := range kits {
		school, ok := directory.ByID(id)
		if !ok || own != "" && own != id {
			continue
		}
		items, err := d.p.kitItems(d.app, directory, school)
		if err != nil {
			return err
		}
		left, next := 0, ""
		for _, item := range items {
			if item.Done {
				continue
			}
			if left++; next == "" {
				next = item.Name
			}
		}
		if left == 0 {
			continue
		}
		d.items = append(d.items, drawnItem{InboxItem: InboxItem{ID: id, Kind: kindSchool, Group: groupTodo, Title: fmt.Sprintf("开办准备还有 %d 项：%s", left, next),
			StageName: "请逐项完成", School: school.ShortName, SchoolCode: school.Code, Link: schoolsPage + "/" + school.Code, Duty: string(duty)}})
	}
	return nil
}

// leads is the duty by which the person leads the first week of their school; "" is none.
func (d *inboxDraw) leads() (publication.Duty, error) {
	for _, duty := range []publication.Duty{publication.Admin, publication.Principal, publication.Clerk} {
		ways, err := d.p.waysTo(d.app, d.person, duty)
		if err != nil || len(ways) > 0 {
			return duty, err
		}
	}
	return "", nil
}

func (d *inboxDraw) addProposals(directory *records.Directory) error {
	var rows []*core.Record
	if err := d.app.RecordQuery(records.SchoolCorrections).AndWhere(dbx.HashExp{"state": correctionProposed}).OrderBy("at").All(&rows); err != nil {
		return err
	}
	waiting, first := map[string]int{}, map[string]string{}
	for _, r := range rows {
		if school := r.GetString("school"); waiting[school] == 0 {
			first[school] = r.GetString("at")
			waiting[school] = 1
		} else {
			waiting[school]++
		}
	}
	for _, school := range directory.Schools {
		if n := waiting[school.ID]; n > 0 {
			d.items = append(d.items, drawnItem{InboxItem: InboxItem{ID: school.ID, Kind: kindSchool, Group: groupTodo, Title: fmt.Sprintf("学校提出 %d 项资料更正", n), StageName: "请处理",
				School: school.ShortName, SchoolCode: school.Code, Since: first[school.ID], Link: schoolsPage + "/" + school.Code, Duty: string(publication.Admin)}})
		}
	}
	return nil
}
