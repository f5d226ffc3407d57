package pb_hooks

import (
	"fmt"

	"gongkai/pb_hooks/inquiry"
)

// historyOfLetter are the steps that the writer is told of, in words for them,
// without a name of the staff.
func historyOfLetter(c inquiryCase, lines []InquiryStepLine) []HistoryLine {
	list := []HistoryLine{}
	answers, unit := 0, ""
	for i, e := range c.events {
		switch e.Do {
		case inquiry.Answer:
			answers++
		case inquiry.Transfer, inquiry.Succeed:
			unit = lines[i].Unit
		}
		if tell := tellLetterWriter[e.Do]; tell != nil {
			if name, text := tell(e, answers, unit); name != "" {
				list = append(list, HistoryLine{e.On, name, text})
			}
		}
	}
	return list
}

// tellLetterWriter is what the writer is told of a step; answers counts those given so
// far, unit is the one that it was last transferred to. What is not listed is the
// unit's own: who has it in hand, drafts and reviews, supervision.
var tellLetterWriter = map[inquiry.Action]func(e inquiry.Event, answers int, unit string) (name, text string){
	inquiry.Submit:        always("提交来信", "来信已经提交"),
	inquiry.Hold:          always("核查", "来信要由专管员先看过，时间不另外计算"),
	inquiry.Release:       always("核查", "专管员已经看过，继续办理"),
	inquiry.Accept:        always("受理", "来信已经受理"),
	inquiry.Transfer:      always("转办", "这件事属于其他单位，正在转交"),
	inquiry.GiveBack:      always("转办", "对方没有接收，仍由原单位办理"),
	inquiry.Withdraw:      always("撤回", "您撤回了来信"),
	inquiry.Merge:         always("合并", "与同一事项的另一件来信一并办理"),
	inquiry.Publish:       always("选登", "来信和答复去除个人信息后选登"),
	inquiry.RevokeConsent: always("撤回公开同意", "您不再同意公开这件来信"),
	inquiry.Archive:       always("归档", "来信办结归档"),
	inquiry.Refuse: func(e inquiry.Event, _ int, _ string) (string, string) {
		return "不予受理", "没有受理：" + e.Ground.Name()
	},
	inquiry.TakeOver: func(e inquiry.Event, _ int, unit string) (string, string) {
		return "转办", "由" + unit + "接收办理，最迟在 " + string(e.Told) + " 答复"
	},
	inquiry.FirstReply: always("先行回复", "单位已经先行回复"),
	inquiry.Extend: func(e inquiry.Event, _ int, _ string) (string, string) {
		return "延期", fmt.Sprintf("答复期限延长 %d 个工作日，至 %s", e.Days, e.Told)
	},
	inquiry.Answer: func(_ inquiry.Event, answers int, _ string) (string, string) {
		if answers > 1 {
			return "再次答复", "重新办理后再次答复"
		}
		return "答复", "单位已经答复"
	},
	inquiry.Rate: func(e inquiry.Event, _ int, _ string) (string, string) {
		return "评价", "您的评价：" + e.Rating.Name()
	},
	inquiry.Urge: func(e inquiry.Event, _ int, _ string) (string, string) {
		if e.As != inquiry.Writer {
			return "", ""
		}
		return "催办", "您提醒了单位尽快办理"
	},
	inquiry.Succeed: func(_ inquiry.Event, _ int, unit string) (string, string) {
		return "移交", "原来的学校已经合并或者撤销，这件来信由" + unit + "继续办理，编号、查询码和期限不变"
	},
	inquiry.Recount: func(e inquiry.Event, _ int, _ string) (string, string) {
		return "重新计算期限", "节假日安排有调整，答复期限改为 " + string(e.Told)
	},
}

func always(name, text string) func(inquiry.Event, int, string) (string, string) {
	return func(inquiry.Event, int, string) (string, string) { return name, text }
}
