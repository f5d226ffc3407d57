package demo

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"gongkai/pb_hooks/standard"
)

// hasFacts reports whether a column keeps its fields as rows.
func hasFacts(c standard.Column) bool {
	return c.Kind == standard.Structured || c.Kind == standard.QA || c.Code == formColumn
}

const (
	calendarColumn = "B0102" // 校历与作息
	formColumn     = "B0201" // 表格下载
)

// facts are the rows of named fields that a column asks for.
func (w *writer) facts(title string) []map[string]string {
	c := w.slot.column
	if !hasFacts(c) {
		return nil
	}
	var rows []map[string]string
	for i, row := range w.rows(title) {
		for _, name := range c.NamedFields() {
			if row[name] == "" {
				row[name] = w.value(name)
			}
		}
		for _, name := range slices.Sorted(maps.Keys(row)) { // in one order, or the same seed says other things
			row[name] = w.fill(row[name])
		}
		rows = append(rows, row)
		if i > 11 {
			break
		}
	}
	return rows
}

// rows are what the rows of a column have in common with its subject; fields left out take any value of their name.
func (w *writer) rows(title string) []map[string]string {
	column := w.slot.column.Code
	if column == "A0902" {
		return w.menu()
	}
	if column == calendarColumn {
		return []map[string]string{w.term()}
	}
	if column == "B0301" {
		q := w.question()
		return []map[string]string{{"问题": title, "答复": q.answer, "主题": q.topic, "适用对象": q.audience, "核对日期": "{今天}"}}
	}
	if known := rowsOf[column]; known != nil {
		var rows []map[string]string
		for _, row := range known {
			copied := map[string]string{}
			for name, template := range row {
				copied[name] = template
			}
			rows = append(rows, copied)
		}
		return rows
	}
	return []map[string]string{{}}
}

// menu is a week of lunches.
func (w *writer) menu() []map[string]string {
	monday := w.at.AddDate(0, 0, 8-int(w.at.Weekday()))
	var rows []map[string]string
	for day := range 5 {
		rows = append(rows, map[string]string{"周次": "{周次}", "日期": monday.AddDate(0, 0, day).Format(time.DateOnly), "餐次": "午餐",
			"菜品": "{菜}、{菜}、{菜}", "主要原料": "{原料}", "过敏原": "{过敏原}"})
	}
	return rows
}

// term are the days of the half of the school year that the text was written in.
func (w *writer) term() map[string]string {
	year, month := w.at.Year(), w.at.Month()
	if month >= 2 && month < 8 {
		return map[string]string{"起止日期": fmt.Sprintf("%d-02-20至%d-06-30", year, year),
			"放假安排": fmt.Sprintf("%d-04-04至%d-04-06 清明节放假\n%d-05-01至%d-05-05 劳动节放假\n%d-07-01 暑假开始", year, year, year, year, year)}
	}
	if month < 2 {
		year--
	}
	return map[string]string{"起止日期": fmt.Sprintf("%d-09-01至%d-01-20", year, year+1),
		"放假安排": fmt.Sprintf("%d-10-01至%d-10-07 国庆节放假\n%d-01-01至%d-01-03 元旦放假\n%d-01-21 寒假开始", year, year, year+1, year+1, year+1)}
}

// value is what a field of this name says, in any column.
func (w *writer) value(name string) string {
	if list := values[name]; len(list) > 0 {
		return w.fill(w.pick(list))
	}
	return fmt.Sprintf("见正文“%s”部分", name)
}

// rowsOf are the rows of columns where the fields of a row belong together.
var rowsOf = map[string][]map[string]string{
	"A0202": {
		{"姓名": "{人}", "职务": "校长", "分管工作": "主持学校全面工作"},
		{"姓名": "{人}", "职务": "副校长", "分管工作": "教学、科研和教师发展"},
		{"姓名": "{人}", "职务": "副校长", "分管工作": "德育、安全和家校工作"},
		{"姓名": "{人}", "职务": "工会主席", "分管工作": "教代会、民主管理和后勤"}},
	"A0203": {
		{"机构名称": "校务办公室", "职能": "文秘、档案、信息公开和对外联系"},
		{"机构名称": "教导处", "职能": "教学管理、学籍和考务"},
		{"机构名称": "德育处", "职能": "学生管理、少先队和共青团工作"},
		{"机构名称": "总务处", "职能": "后勤、资产和校园维护"}},
	"A0801": {
		{"收费项目": "课后服务费", "收费标准": "{百}.00", "计费单位": "元/学期"},
		{"收费项目": "午餐费", "收费标准": "{十}.00", "计费单位": "元/餐"},
		{"收费项目": "校服费（自愿）", "收费标准": "{百}.00", "计费单位": "元/套"}},
	"A0802": {
		{"项目": "教辅材料", "标准": "{十}元/学期"},
		{"项目": "研学实践", "标准": "{百}元/次"},
		{"项目": "校园保险（自愿）", "标准": "{十}元/学年"}},
	"B0101": {{"事项名称": "{事项}", "办理材料": "申请表\n户口簿\n监护人身份证件",
		"办理流程": "监护人提交材料\n{处}当场核对，材料齐全的受理\n{处}审核，{个}个工作日内办结\n电话通知监护人"}},
	"B0201": {{"关联事项": "{事项}", "负责部门": "{处}"}},
}
