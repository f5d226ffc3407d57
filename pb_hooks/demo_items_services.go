package pb_hooks

import (
	"fmt"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// demoServices are a guide with its form, of which there was an older version, a
// form that is no longer used, and the 校历.
func demoServices() []demoItem {
	const form = "转学申请表"
	return []demoItem{
		{key: "guide", column: guideColumn, title: "转学办理指南",
			text: "学生因户籍或者居住地变化需要转学的，由监护人按下面的流程办理。符合条件的，材料齐全即可受理。",
			plans: withFacts(map[string]string{matterField: "转学", "设定依据": "《中小学生学籍管理办法》（演示）", "申请条件": "本校在籍学生，户籍或者居住地已经变化",
				"办理材料": "转学申请表\n户口簿\n监护人身份证件\n居住证明", "办理地点": "教导处", "办理时间": "工作日 8:30—11:00、13:30—16:00", "联系电话": demo.Phone,
				stepsField: "监护人下载并填写转学申请表\n带齐材料到教导处提交\n教导处当场核对，材料齐全的受理\n学校审核，5个工作日内办结\n教导处电话通知监护人领取证明", "办理时限": "5个工作日", "收费情况": "不收费"}),
			deeds: passed("20 09:00", "20 09:20", "19 10:00", "18 14:00")},
		{key: "form", column: formColumn, title: form,
			text:  "办理转学时填写，一式两份，一份由学校留存。表格更新后旧表停止使用，请以最新版本为准。",
			plans: withFacts(map[string]string{"表格名称": form, matterOfField: "转学", "适用对象": "本校在籍学生的监护人", "负责部门": "教导处"}),
			deeds: slices.Concat([]demoDeed{wrote("20 10:00"), offered("20 10:10", form+".docx", demo.FormDocx(form+"（旧版）"))}, reviewed("20 10:20", "19 10:10", "18 14:10"),
				[]demoDeed{changed("9 10:00", "办理转学时填写，一份即可，由学校留存。表格更新后旧表停止使用，请以最新版本为准。"),
					offered("9 10:10", form+".pdf", demo.FormPDF(form))}, reviewed("9 10:20", "8 10:10", "7 14:10"),
				[]demoDeed{taken("1 16:00", 37)})},
		{key: "form-gone", column: formColumn, title: "纸质借书证申领表",
			text:  "申领纸质借书证时填写，交学校图书馆，当场领取。",
			plans: withFacts(map[string]string{"表格名称": "纸质借书证申领表", matterOfField: "申领借书证", "适用对象": "全体学生", "负责部门": "图书馆"}),
			deeds: slices.Concat([]demoDeed{wrote("20 11:00"), offered("20 11:10", "借书证申领表.docx", demo.FormDocx("纸质借书证申领表"))}, reviewed("20 11:20", "19 10:20", "18 14:20"),
				[]demoDeed{took("4 15:00", "editor", publication.Withdraw, "借书证已改为校园卡，不再填表（演示）", publication.Check{})})},
		{key: "calendar", column: calendarColumn, title: "本学期校历与作息时间",
			text:  "本学期的起止日期、放假安排和作息时间如下，如有调整以学校通知为准。",
			plans: demoTerm,
			deeds: passed("20 13:30", "20 13:40", "19 10:30", "18 14:30")},
	}
}

// withFacts fills the named fields of a version.
func withFacts(row map[string]string) func(*demoPlay) map[string]any {
	return func(*demoPlay) map[string]any { return map[string]any{"facts": []map[string]string{row}} }
}

// demoTerm are some days of the term around now.
func demoTerm(d *demoPlay) map[string]any {
	return withFacts(map[string]string{termField: "本学期", rangeField: d.day(-80) + "至" + d.day(60), "值班电话": demo.Phone,
		holidaysField: fmt.Sprintf("%s至%s 秋季社会实践\n%s 期中家长会\n%s 期末复习开始\n法定节假日按国家规定执行", d.day(-30), d.day(-28), d.day(-10), d.day(40)),
		"作息时间":        "上午 8:00—11:40\n下午 13:00—15:30\n课后服务 15:30—17:30"})(d)
}

// offered: the editor puts a form on the draft, in place of the one before.
func offered(when, name string, data []byte) demoDeed {
	return demoDeed{when, "editor", func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		version, err := d.version(article)
		if err != nil {
			return err
		}
		file, err := filesystem.NewFileFromBytes(data, name)
		if err != nil {
			return err
		}
		r, _, err := isNew(d.app, records.Attachments, d.keyOf(item)+"/"+when)
		if err != nil {
			return err
		}
		r.Load(map[string]any{"article": article.Id, "file": file})
		if err := clearFiles(d.app, r.BaseFilesPath()); err != nil { // of a run that was killed
			return err
		}
		if err := d.save(who, r); err != nil {
			return err
		}
		version.Set("attachments", []string{r.Id})
		return d.save(who, version)
	}}
}

// taken: visitors took the form so many times.
func taken(when string, n int) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		return countMore(d.app, article.Id, countDownload, n)
	}}
}
