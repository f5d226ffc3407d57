package pb_hooks

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// demoQuestions are questions of three topics that went the whole way: one that
// helped many, and one that nobody has checked for a semester.
func demoQuestions() []demoItem {
	const text = "相关表格见“表格下载”栏目，办理步骤见“办事指南”栏目。"
	question := func(key, topic, ask, answer string, checked int, more ...demoDeed) demoItem {
		return demoItem{key: "question-" + key, column: "B0301", title: ask, text: text, plans: asQuestion(topic, ask, answer, checked),
			deeds: append(passed("9 08:30", "9 08:40", "8 10:00", "7 15:00"), more...)}
	}
	return []demoItem{
		question("transfer", "学籍", "孩子转学需要带哪些材料？", "请监护人带户口簿、监护人身份证件和转出学校出具的学籍材料到教导处办理转学手续，五个工作日内办结。", 15,
			heard("6 09:00", map[string]int{countHelpful: 23, countUnhelpful: 2, countSameQuestion: 9})),
		question("leave", "学籍", "生病休学怎样申请？", "由监护人提出书面申请，附医院证明和病历，交教导处审核后报区教育局备案，一般十个工作日内办结。", 15),
		question("gate", "作息", "放学后最晚几点接孩子？", "没有参加课后服务的，放学后半小时内接走；参加课后服务的，17:30 在校门口接。", 15),
		question("fees", "收费", "课后服务费什么时候交？", "每学期开学第三周按报名的天数一次交清，中途退出的按实际天数退还。", 200),
	}
}

// asQuestion writes the named fields of a question that was checked so many days ago.
func asQuestion(topic, ask, answer string, checked int) func(*demoPlay) map[string]any {
	return func(d *demoPlay) map[string]any {
		return map[string]any{"facts": []map[string]string{{factQuestion: ask, factAnswer: answer, factTopic: topic, factAudience: "本校学生家长",
			factChecked: d.real.AddDate(0, 0, -checked).In(shanghai).Format(time.DateOnly)}}}
	}
}

// heard: visitors say something of an answer.
func heard(when string, counts map[string]int) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		for kind, n := range counts {
			for range n {
				if err := countOne(d.app, article.Id, kind); err != nil {
					return err
				}
			}
		}
		return nil
	}}
}
