package pb_hooks

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/registry/source"
)

// demoRegistry is a list of the register as somebody sent it yesterday, with one of
// each kind of change: visitors of the demonstration decide on it.
func demoRegistry() []demoItem {
	const all = 10 // schools that the list tells something new of
	return []demoItem{{key: "registry", school: all, deeds: []demoDeed{{"1 09:30", "", readDemoList}}}}
}

// readDemoList makes a source, sends it the list and compares it.
func readDemoList(d *demoPlay, item demoItem, _ *core.Record) error {
	who, err := d.person("bureau-admin", 0)
	if err != nil {
		return err
	}
	src, err := blank(d.app, records.RegistrySources)
	if err != nil {
		return err
	}
	src.Id = idOf(records.RegistrySources, d.keyOf(item))
	src.Load(map[string]any{"name": "区机构查询平台（演示名单）", "kind": string(source.File), "config": source.Config{Kind: source.File}, "schedule": "off", "hour": 6, "every": 24, "silent_days": 7,
		"active": true, "shares": registry.UsualShares, "rules": []RegistryRule{{Name: "电话以名单为准", Kind: string(registry.Update), Field: "phone"}},
		"memory": registryMemory{Missing: map[string]int{d.schoolID(8): 2}}}) // missing twice before
	if err := d.app.Save(src); err != nil {
		return err
	}
	correction, err := blank(d.app, records.SchoolCorrections)
	if err != nil {
		return err
	}
	correction.Load(map[string]any{"school": d.schoolID(7), "field": "phone", "value": d.schools[6].Phone, "was": "021-00000006", "reason": "总机换了号码，名单还没有更新。", "by_name": who.GetString("name"),
		"at": d.now.UTC(), "state": correctionActive})
	if err := d.app.Save(correction); err != nil {
		return err
	}
	list, err := d.registryList()
	if err != nil {
		return err
	}
	file, err := filesystem.NewFileFromBytes(list, "list.csv")
	if err != nil {
		return err
	}
	run, err := d.p.beginRun(d.app, src, newRun{Occasion: "upload", Dry: true, By: who, File: file, FileName: "演示名单.csv"})
	if err != nil {
		return err
	}
	read, err := d.p.readRun(context.Background(), d.app, run, func(string, int, int) {})
	if err != nil {
		return fmt.Errorf("read the list: %w", err)
	}
	if err := d.p.compareRead(d.app, run, &read); err != nil {
		return fmt.Errorf("compare the list: %w", err)
	}
	return d.p.keepRun(d.app, run.Id, read)
}

// registryList is the district's schools as the register lists them, but for what has
// changed.
func (d *demoPlay) registryList() ([]byte, error) {
	stored, err := storedSchools(d.app)
	if err != nil {
		return nil, err
	}
	fields := []string{"code", "name", "stages", "ownership", "town", "address", "phone", "status", "credit_code"}
	changed := map[string]map[string]string{
		d.schools[1].Code: {"code": "", "name": "示范区望江中学"}, // which may be the school, or another
		d.schools[3].Code: {"name": "示范区松涛实验高级中学"},
		d.schools[4].Code: {"address": "示范区" + d.schools[4].Town + "演示新路6号"},
		d.schools[6].Code: {"phone": "021-00000008"}, // put right here
		d.schools[8].Code: {"phone": "021-00000009"},
		d.schools[9].Code: {"credit_code": "12310112"}, // too short
	}
	rows := [][]string{{}}
	for _, field := range fields {
		rows[0] = append(rows[0], registry.Label(field))
	}
	for _, s := range append(stored, registry.School{Name: "示范区新荷小学", Stages: []string{"小学"}, Ownership: "公办", Town: d.schools[0].Town, Address: "示范区" + d.schools[0].Town + "演示荷花路3号",
		Phone: d.schools[0].Phone, Status: registry.Open}) {
		if s.ID == d.schoolID(8) {
			continue // gone from the list
		}
		var row []string
		for _, field := range fields {
			value, is := changed[s.Code][field]
			if !is {
				value = registry.ShowField(s, field)
			}
			row = append(row, value)
		}
		rows = append(rows, row)
	}
	var list bytes.Buffer
	err = csv.NewWriter(&list).WriteAll(rows)
	return list.Bytes(), err
}
