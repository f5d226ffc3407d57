package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
)

const (
	demoSuccessor = 1  // 示范区第一小学
	demoPlanned   = 11 // 示范区新港实验小学
	demoMerged    = 12 // 示范区旧街小学
)

// demoLives are a school that was merged into another, one whose kit is half done,
// and a correction that waits for the bureau.
func demoLives() []demoItem {
	return []demoItem{
		{key: "life-merged", school: demoMerged, deeds: []demoDeed{{"40 09:00", "", mergedDemoSchool}}},
		{key: "life-kit", school: demoPlanned, deeds: []demoDeed{{"4 09:30", "", laidDemoKit}}},
		{key: "life-correction", school: demoSuccessor, deeds: []demoDeed{{"1 10:20", "clerk", proposedDemoCorrection}}},
	}
}

// mergedDemoSchool ends the school as the bureau would have: until that day it is
// open.
func mergedDemoSchool(d *demoPlay, item demoItem, _ *core.Record) error {
	school, err := storedSchool(d.app, d.schoolID(item.school))
	if err != nil {
		return err
	}
	school.Set("status", registry.Open)
	if err := d.app.Save(school); err != nil {
		return err
	}
	return d.p.mergeSchool(d.app, d.p.itself(), school.Id, d.schoolID(demoSuccessor), dayOf(d.now))
}

func laidDemoKit(d *demoPlay, item demoItem, _ *core.Record) error {
	school, err := storedSchool(d.app, d.schoolID(item.school))
	if err != nil {
		return err
	}
	school.Load(map[string]any{"postcode": "000000", "opened_on": d.day(90)})
	return d.p.layKit(d.app, d.p.itself(), school, false, school.GetString("status"))
}

func proposedDemoCorrection(d *demoPlay, item demoItem, who *core.Record) error {
	r, err := blank(d.app, records.SchoolCorrections)
	if err != nil {
		return err
	}
	r.Id = idOf(records.SchoolCorrections, d.keyOf(item))
	r.Load(map[string]any{"school": d.schoolID(item.school), "field": "postcode", "value": "000001", "was": "", "reason": "登记平台没有邮政编码，补上。", "by": who.Id,
		"by_name": who.GetString("name"), "at": d.now.UTC(), "state": correctionProposed})
	return d.app.Save(r)
}
