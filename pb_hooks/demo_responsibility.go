package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/responsibility"
)

const (
	demoLacksContact = 3 // a school that has not named who answers the telephone of supervision
	demoNewClerk     = 2 // one where a new clerk waits for the principal
)

var demoNames = []string{"周明远", "吴静怡", "郑思齐", "王书文", "冯可欣", "陈立新", "褚文清", "卫晓岚", "蒋国栋", "沈雨桐", "韩志平", "杨慧敏", "朱一鸣"}

var demoRolePosts = map[responsibility.Role]string{responsibility.First: "校长", responsibility.Leader: "副校长", responsibility.Head: "校务办公室主任", responsibility.Clerk: "校务办公室干事",
	responsibility.Secrecy: "德育主任", responsibility.Contact: "工会主席"}

// demoResponsibility names who is responsible at the schools with accounts: the
// clerk proposes, the principal confirms.
func demoResponsibility() []demoItem {
	var items []demoItem
	for school := 1; school <= demoEditors; school++ {
		for i, d := range responsibility.Roles() {
			if school == demoLacksContact && d.Role == responsibility.Contact {
				continue
			}
			name := demoNames[(school*5+i*3)%len(demoNames)]
			items = append(items, demoItem{key: fmt.Sprintf("responsible/%d/%s", school, d.Role), school: school, deeds: []demoDeed{
				proposedFor(fmt.Sprintf("30 09:%02d", i), d.Role, i, name), confirmedName(fmt.Sprintf("29 14:%02d", i), d.Role)}})
		}
	}
	return append(items, demoItem{key: "responsible/new", school: demoNewClerk, deeds: []demoDeed{proposedFor("1 15:20", responsibility.Clerk, len(demoNames), "许新竹")}})
}

// atOpenSchool leaves a deed out where the school is not at work.
func atOpenSchool(when, post string, do func(d *demoPlay, item demoItem, who *core.Record) error) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		if d.schools[item.school-1].Status != registry.Open {
			return nil
		}
		return do(d, item, who)
	}}
}

func proposedFor(when string, role responsibility.Role, extension int, name string) demoDeed {
	return atOpenSchool(when, "clerk", func(d *demoPlay, _ demoItem, who *core.Record) error {
		return d.ask(who, d.p.proposeResponsible, "", responsibleBody{string(role), name, demoRolePosts[role], fmt.Sprintf("%s-%d", demo.Phone, 801+extension), d.day(-40)})
	})
}

func confirmedName(when string, role responsibility.Role) demoDeed {
	return atOpenSchool(when, "principal", func(d *demoPlay, item demoItem, who *core.Record) error {
		r, err := d.app.FindFirstRecordByFilter(records.ResponsiblePeople, "school = {:school} && role = {:role} && state = 'proposed'",
			dbx.Params{"school": d.schoolID(item.school), "role": string(role)})
		if err != nil {
			return err
		}
		return d.ask(who, d.p.stepOfResponsible, r.Id, map[string]string{"action": string(responsibility.Confirm)})
	})
}
