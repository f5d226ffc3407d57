package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/standard"
)

// demoStandardNumber is the version of the standard that the bureau is drafting.
const demoStandardNumber = "2027"

// demoStandard is the draft of next year's standard (a column more, one that goes
// into another, one with another name) and two exemptions: one in force, one asked for.
func demoStandard() []demoItem {
	return []demoItem{
		{key: "standard-draft", deeds: []demoDeed{
			{"9 10:00", "supervisor", func(d *demoPlay, _ demoItem, who *core.Record) error {
				return d.ask(who, d.p.startStandard, "", map[string]any{"version": demoStandardNumber, "name": "中小学信息公开与办事服务栏目设置标准（2027版，演示）"})
			}},
			editedStandard("9 10:20", (*platform).addColumn, "", map[string]any{"parent": "A05", "name": "心理健康教育", "kind": "list", "audience": "全社会",
				"stages": standard.ColumnStages(), "tier": 2, "freshness_days": 200, "term_only": true, "min_items_per_year": 2, "disclose_within_workdays": 20, "retention_years": 5,
				"required_fields": []string{"标题", "日期", "正文", "求助电话"}, "basis": "本标准建议（演示）", "description": "心理健康教育的安排、心理辅导室开放时间和求助渠道。"}),
			editedStandard("8 14:10", (*platform).removeColumn, "A0503", map[string]any{}),
			editedStandard("8 14:20", (*platform).setMoves, "", map[string]any{"moves": []standard.Move{{From: "A0503", To: "A0309", Words: []string{}}}}),
			editedStandard("8 14:40", (*platform).changeColumn, "A0305", map[string]any{"name": "民主管理与教代会"}),
		}},
		{key: "exemption", school: 2, deeds: []demoDeed{{"7 09:30", "supervisor", func(d *demoPlay, item demoItem, who *core.Record) error {
			return d.ask(who, d.p.askExemption, "", map[string]any{"school": d.schools[item.school-1].Code, "column": "A0806", "from": d.p.today(), "until": d.day(90),
				"reason": "校舍大修由区统一采购，学校本年度没有采购项目（演示）"})
		}}}},
		{key: "exemption-asked", school: 3, deeds: []demoDeed{{"1 15:20", "officer", func(d *demoPlay, _ demoItem, who *core.Record) error {
			return d.ask(who, d.p.askExemption, "", map[string]any{"column": "A0602", "from": d.p.today(), "until": d.day(120), "reason": "本学年没有教师招聘计划（演示）"})
		}}}},
	}
}

// editedStandard changes the draft as it then is.
func editedStandard(when string, handler func(*platform, *core.RequestEvent) error, code string, body map[string]any) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, _ demoItem, who *core.Record) error {
		r, err := d.app.FindFirstRecordByData(records.Standards, "version", demoStandardNumber)
		if err != nil {
			return err
		}
		body["updated"] = r.GetString("updated")
		e, err := d.request(who, r.Id, body)
		if err != nil {
			return err
		}
		e.Request.SetPathValue("code", code)
		return handler(d.p, e)
	}}
}
