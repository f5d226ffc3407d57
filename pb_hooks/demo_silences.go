package pb_hooks

import (
	"errors"
	"fmt"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

const (
	demoSilent  = 4 // a school where nobody has signed in for weeks
	demoInvites = 6 // one with an invitation that nobody answered, and mail that came back for a while
)

// demoSilences are two schools that fell silent: what is seen a week ago is the
// bureau's task by now, one silence has ended by itself, one is new. The school
// that is short of people has its own.
func demoSilences() []demoItem {
	return []demoItem{
		{key: "silence-sign-ins", deeds: []demoDeed{{"9 06:00", "", signedInLately}}},
		{key: "silence-people", school: demoInvites, deeds: []demoDeed{{"9 06:10", "", unansweredInvitation}, {"9 06:20", "", bouncedMail}, {"4 10:00", "", arrivedMail}}},
		{key: "silence-looks", deeds: []demoDeed{{"8 06:15", "", lookedForSilences}, {"2 06:15", "", lookedForSilences}}},
		{key: "silence-note", school: demoShortOfPeople, deeds: []demoDeed{{"1 09:30", "supervisor", notedSilence}}},
	}
}

// signedInLately lets everybody have signed in yesterday, but for one school.
func signedInLately(d *demoPlay, _ demoItem, _ *core.Record) error {
	_, err := d.app.DB().Update(records.Staff, dbx.Params{"signed_in_on": d.day(-1)}, dbx.NewExp("verified = TRUE")).Execute()
	if err != nil || len(d.schools) < demoSilent {
		return err
	}
	_, err = d.app.DB().Update(records.Staff, dbx.Params{"signed_in_on": d.day(-29)}, dbx.HashExp{"school": d.schoolID(demoSilent)}).Execute()
	return err
}

func unansweredInvitation(d *demoPlay, item demoItem, _ *core.Record) error {
	hash := ""
	return storeDemoPerson(d.app, records.Staff, map[string]any{"email": fmt.Sprintf("newcomer%d@demo.example", item.school), "name": "演示新任编辑", "school": d.schoolID(item.school),
		"duties": []string{"editor"}, "verified": false, "invited_at": d.now.UTC()}, &hash)
}

func bouncedMail(d *demoPlay, item demoItem, _ *core.Record) error {
	return d.mailOf(item, "failed", "550 没有这个邮箱（演示）")
}

func arrivedMail(d *demoPlay, item demoItem, _ *core.Record) error { return d.mailOf(item, "sent", "") }

// mailOf is a digest to the officer of the school.
func (d *demoPlay) mailOf(item demoItem, state, said string) error {
	who, err := d.person("officer", item.school)
	if err != nil {
		return err
	}
	r, _, err := isNew(d.app, records.Mails, d.keyOf(item)+"/"+state)
	if err != nil {
		return err
	}
	r.Load(map[string]any{"staff": who.Id, "key": "digest/" + d.p.today(), "kind": "digest", "state": state, "tries": 1, "at": d.now.UTC(), "error": said})
	return d.app.Save(r)
}

func lookedForSilences(d *demoPlay, _ demoItem, _ *core.Record) error {
	return d.p.lookForSilences(d.app)
}

func notedSilence(d *demoPlay, item demoItem, who *core.Record) error {
	r, err := d.app.FindFirstRecordByFilter(records.Silences, "school = {:school} && kind = 'duty' && ended_at = ''", dbx.Params{"school": d.schoolID(item.school)})
	if err != nil {
		return errors.Join(errors.New("the school that is short of people is not silent"), err)
	}
	return d.ask(who, d.p.noteSilence, r.Id, map[string]string{"note": "已与园长通电话：下月起由保教主任担任审核员，正在报批（演示）。"})
}
