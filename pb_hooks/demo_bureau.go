package pb_hooks

import (
	"context"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

// Numbers of the schools that show what the others do not.
const (
	demoStandInSchool = 3 // somebody is away
	demoShortOfPeople = 5 // a kindergarten with nobody to review
)

// demoAround is what stands around the articles: who stands in for whom, what
// the bureau sends out, and its words.
func demoAround() []demoItem {
	return []demoItem{
		{key: "stand-ins", school: demoStandInSchool, deeds: []demoDeed{
			standsIn("12 08:30", "admin", "principal", "reviewer", 0, 45, "外出培训（演示）"),
			standsIn("2 16:10", "secrecy", "admin", "secrecy", 10, 20, "年休假（演示）"),
		}},
		{key: "broadcast", deeds: []demoDeed{wroteBroadcast("6 09:20", "关于冬季校园取暖安全的告家长书",
			"天气转冷，请各位家长和孩子一起检查家中取暖设备，睡前关闭电热器具，燃气热水器使用时保持通风。\n各校可以结合本校情况补充。", 0, 8), sent("6 09:40")}},
		{key: "broadcast-draft", deeds: []demoDeed{wroteBroadcast("0 08:50", "关于寒假期间值班安排的提示",
			"请各校公布寒假期间的值班时间和值班电话，内容待定。", 20, 0)}},
		{key: "answer-templates", deeds: addedTemplates("40 10:%02d", "supervisor", demoTemplates)},
		{key: "answer-templates-school", school: 1, deeds: addedTemplates("30 15:%02d", "clerk", demoTemplatesOfSchool)},
		{key: "words", deeds: []demoDeed{savedWords("0 23:59")}}, // now: everything is read again at once
	}
}

// standsIn: somebody will act for a colleague, from some days from now, 0 from
// the day that it is arranged.
func standsIn(when, by, standIn, absent string, from, until int, reason string) demoDeed {
	return demoDeed{when, by, func(d *demoPlay, item demoItem, who *core.Record) error {
		r, _, err := isNew(d.app, records.StandIns, d.keyOf(item)+"/"+absent)
		if err != nil {
			return err
		}
		first := d.day(from)
		if from == 0 {
			first = d.p.today()
		}
		r.Load(map[string]any{"absent": demoPerson(absent, item.school), "stand_in": demoPerson(standIn, item.school), "duty": demoDuty(absent),
			"from": first, "until": d.day(until), "reason": reason})
		return d.save(who, r)
	}}
}

func demoDuty(post string) string {
	for _, p := range demoPosts {
		if p.word == post {
			return p.duties[0]
		}
	}
	return ""
}

func (d *demoPlay) broadcastID(item demoItem) string {
	return idOf(records.Broadcasts, "demo "+d.keyOf(item))
}

// wroteBroadcast: the supervisor writes a broadcast for the first so many
// schools, those that are open, to be public some days from now.
func wroteBroadcast(when, title, text string, due, schools int) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, item demoItem, who *core.Record) error {
		r, _, err := isNew(d.app, records.Broadcasts, d.keyOf(item))
		if err != nil {
			return err
		}
		var chosen []string
		for i, s := range d.schools[:min(schools, len(d.schools))] {
			if s.Status == registry.Open {
				chosen = append(chosen, d.schoolID(i+1))
			}
		}
		r.Load(map[string]any{"title": title, "column": "A0308", "body": demoText(text), "due_on": d.day(due), "schools": chosen})
		return d.save(who, r)
	}}
}

// sent: the supervisor sends the broadcast.
func sent(when string) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, item demoItem, who *core.Record) error {
		return d.ask(who, d.p.sendBroadcast, d.broadcastID(item), nil)
	}}
}

// savedWords: the supervisor saves the first list of words.
func savedWords(when string) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, item demoItem, who *core.Record) error {
		list, _, err := isNew(d.app, records.WordLists, d.keyOf(item))
		if err != nil {
			return err
		}
		list.Load(map[string]any{"words": demo.Words(), "note": "首版：招生宣传、称谓和常见错字（演示）"})
		return d.save(who, list)
	}}
}

// lookForWords reads everything again for the list, as a server would as soon as it starts.
func (p *platform) lookForWords(ctx context.Context) error {
	r := &rescanner{p: p}
	for {
		if more, err := r.next(ctx); err != nil || !more {
			return err
		}
	}
}
