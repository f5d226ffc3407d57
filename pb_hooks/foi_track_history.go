package pb_hooks

import (
	"fmt"

	"gongkai/pb_hooks/foi"
)

// historyOf are the steps of a request that its applicant is told of, in words
// for them. What is only proposed is the school's own, except what they proposed
// themselves.
func historyOf(c foiCase) []HistoryLine {
	list := []HistoryLine{}
	var proposal foi.Event
	answers := 0
	for i, e := range c.events {
		on, done := e.On, e
		step, err := foi.Find(foi.State(c.steps[i].GetString("state")), e.Do)
		switch {
		case err != nil:
			continue // Replay took it: this cannot be
		case e.Do == foi.Approve:
			done, proposal = proposal, foi.Event{}
			done.Until, done.Told = e.Until, e.Told
		case e.Do == foi.Decline:
			done, proposal = proposal, foi.Event{}
			if done.Do == foi.CorrectLate && done.As == foi.Applicant {
				list = append(list, HistoryLine{on, "逾期补正", "学校没有接受您逾期补正的理由"})
			}
			continue
		case step.Approver != "":
			proposal = e
			if e.Do == foi.CorrectLate {
				list = append(list, HistoryLine{on, "逾期补正", "补正已在期限后提交，等待学校审核理由"})
			}
			continue
		}
		if done.Do == foi.Sign || done.Do == foi.AnswerAtOnce {
			answers++
		}
		if tell := tellApplicant[done.Do]; tell != nil {
			name, text := tell(done, answers)
			list = append(list, HistoryLine{on, name, text})
		}
	}
	return list
}

// tellApplicant is what the applicant is told of a step that takes effect; answers counts
// those given so far. What is not listed is the school's own: who has the case in
// hand, drafts and sign-offs, supervision.
var tellApplicant = map[foi.Action]func(e foi.Event, answers int) (name, text string){
	foi.Submit: func(e foi.Event, _ int) (string, string) {
		return "提交申请", "申请已经提交（" + e.Channel.Name() + "）"
	},
	foi.Register: func(e foi.Event, _ int) (string, string) {
		return "登记", "学校收到申请并登记，次日起计算答复期限，最迟于 " + string(e.Told) + " 答复"
	},
	foi.AnswerAtOnce: answerTold, foi.Sign: answerTold,
	foi.AskCorrection: func(e foi.Event, _ int) (string, string) {
		return "告知补正", "学校请您最迟于 " + string(e.Until) + " 补正申请，原来的答复期限不再计算"
	},
	foi.Correct: correctionTold, foi.CorrectLate: correctionTold,
	foi.Abandon: func(foi.Event, int) (string, string) {
		return "视为放弃", "补正期限已过，这件申请视为放弃"
	},
	foi.AskThirdParty: func(foi.Event, int) (string, string) {
		return "征求第三方意见", "申请的信息涉及第三方合法权益，学校书面征求意见，等候的时间不计入答复期限"
	},
	foi.Consult: func(foi.Event, int) (string, string) {
		return "征求其他单位意见", "学校书面征求其他单位意见，等候的时间不计入答复期限"
	},
	foi.RecordOpinion: func(foi.Event, int) (string, string) { return "收到意见", "学校收到一份征求的意见" },
	foi.Lapse: func(foi.Event, int) (string, string) {
		return "征求意见期满", "征求意见的期限已过，没有收到答复"
	},
	foi.Extend: func(e foi.Event, _ int) (string, string) {
		return "延期答复", fmt.Sprintf("答复期限延长 %d 个工作日，至 %s", e.Days, e.Told)
	},
	foi.Deliver:  func(e foi.Event, _ int) (string, string) { return "送达", "答复书已经送达（" + e.Way + "）" },
	foi.Withdraw: func(foi.Event, int) (string, string) { return "撤回", "您撤回了申请" },
	foi.Invalidate: func(foi.Event, int) (string, string) {
		return "不予办理", "学校认为这一件不是信息公开申请"
	},
	foi.Archive: func(foi.Event, int) (string, string) { return "归档", "申请办结归档" },
	foi.Supplement: func(e foi.Event, _ int) (string, string) {
		if e.As == foi.Applicant {
			return "要求补充答复", "您要求补充或者更正答复：" + e.Reason
		}
		return "补充答复", "学校决定补充或者更正答复"
	},
	foi.Complain: func(e foi.Event, _ int) (string, string) { return "申诉", e.Complaint.Name() },
	foi.Decide:   func(e foi.Event, _ int) (string, string) { return "处理结果", e.Result.Name() },
	foi.HandOver: func(foi.Event, int) (string, string) {
		return "转送", "经您同意，学校把申请转送有关单位"
	},
	foi.Succeed: func(e foi.Event, _ int) (string, string) {
		return "移交", e.Reason + "。这件申请由" + e.Party + "继续办理，受理编号、查询码和期限不变"
	},
	foi.Recount: func(e foi.Event, _ int) (string, string) {
		return "重新计算期限", "节假日安排有调整，答复期限改为 " + string(e.Told)
	},
}

// answerTold is of an answer; the first ended the period, others supplement it.
// How it turned out is said beside it.
func answerTold(_ foi.Event, answers int) (name, text string) {
	if answers > 1 {
		return "补充答复", "学校作出补充答复，请查看文书"
	}
	return "答复", "学校作出答复，请查看答复书"
}

func correctionTold(e foi.Event, _ int) (name, text string) {
	return "补正", "学校收到补正，次日起重新计算答复期限，最迟于 " + string(e.Told) + " 答复"
}
