package order

import (
	"fmt"
	"slices"
)

// Periods, in working days.
const (
	AckDays       = 2  // to acknowledge an order
	OrangeLeft    = 2  // left until the due day: 橙色预警
	TalkAfter     = 10 // overdue by more: 约谈
	LongestPeriod = 60 // that an order may set
	LongestExtend = 20 // that a school may ask for
)

// rules are what the part must give occasion to, beside the table: they are asked of every step, taken or to be taken.
var rules = map[Action]func(Part, Event) error{
	AskExtension: func(p Part, _ Event) error {
		if p.Extension.Asked != "" {
			return Refusal{Why: OnceOnly, Sentence: "这件督办已经申请过延期，只能申请一次", Law: norm, Date: p.Extension.Asked}
		}
		return nil
	},
	GrantExtend:   asked,
	DeclineExtend: asked,
	Close:         notByReporter,
	Return:        notByReporter,
	Remind: func(p Part, _ Event) error {
		if slices.Contains(p.reminded, p.Due) {
			return Refusal{Why: OnceOnly, Sentence: "这个期限已经提醒过", Law: norm, Date: p.Due}
		}
		return nil
	},
	Escalate: func(p Part, e Event) error {
		if slices.Contains(p.escalated, missed{e.Norm, p.NormDay(e.Norm)}) {
			return Refusal{Why: OnceOnly, Field: "norm", Sentence: e.Norm.Name() + "逾期已经上报过", Law: norm}
		}
		return nil
	},
	CallTalk: func(p Part, _ Event) error {
		if p.TalkAsked == p.Due {
			return Refusal{Why: OnceOnly, Sentence: "这个期限已经提请过约谈", Law: norm, Date: p.Due}
		}
		return nil
	},
}

func asked(p Part, _ Event) error {
	if !p.IsAsked() {
		return Refusal{Why: NotNow, Sentence: "没有等待决定的延期申请", Law: norm}
	}
	return nil
}

// notByReporter keeps apart who reported from who checks. Both names of a stand-in count.
func notByReporter(p Part, e Event) error {
	for _, person := range e.people() {
		if n := len(p.Reports); n > 0 && slices.Contains(p.Reports[n-1].By, person) {
			return Refusal{Why: SamePerson, Sentence: "您参与了报送，验收要由其他人员办理", Law: art47}
		}
	}
	return nil
}

// asks are the fields that a new step must bring.
var asks = map[Action]func(Part, Event) error{
	Issue: days(LongestPeriod, "办理期限"),
	AskExtension: func(p Part, e Event) error {
		if err := days(LongestExtend, "延长的期限")(p, e); err != nil {
			return err
		}
		return said("请写明延期的理由")(p, e)
	},
	GrantExtend:   func(p Part, e Event) error { return days(p.Extension.Days, "延长的期限")(p, e) },
	DeclineExtend: said("请写明不同意的理由"),
	Submit:        said("请写明整改的情况：做了什么，结果怎样"),
	Return: func(p Part, e Event) error {
		if err := said("请写明还差什么，怎样才算完成")(p, e); err != nil {
			return err
		}
		return days(LongestPeriod, "重新办理的期限")(p, e)
	},
	Succeed:  said("请写明由哪所学校承接"),
	Withdraw: said("请写明撤销的理由"),
	Talk:     said("请写明约谈的对象、内容和要求"),
	Escalate: func(_ Part, e Event) error {
		if !slices.Contains(Norms(), e.Norm) {
			return missing("norm", "请写明哪一个期限逾期")
		}
		return nil
	},
}

func said(sentence string) func(Part, Event) error {
	return func(_ Part, e Event) error {
		if isBlank(e.Reason) {
			return missing("reason", sentence)
		}
		return nil
	}
}

func days(most int, name string) func(Part, Event) error {
	return func(_ Part, e Event) error {
		if e.Days < 1 || e.Days > most {
			return Refusal{Why: OutOfRange, Field: "days", Sentence: fmt.Sprintf("%s填写 1 至 %d 个工作日", name, most), Law: norm}
		}
		return nil
	}
}

// limits are the days that a new step keeps. Steps taken were held to them by the calendar of their time. An order is
// acknowledged and reported on however late: the day missed is counted, not the duty lost.
var limits = map[Action]func(Part, Event) error{
	AskExtension: func(p Part, e Event) error {
		if e.On > p.Due {
			return Refusal{Why: TooLate, Field: "on", Sentence: "延期要在期限届满前申请，最迟为 " + string(p.Due), Law: norm, Date: p.Due}
		}
		return nil
	},
	Remind: func(p Part, e Event) error {
		if !p.isNear(e.On) {
			return Refusal{Why: NotNow, Sentence: "期限还没有临近，或者已经过了", Law: norm, Date: p.Due}
		}
		return nil
	},
	CallTalk: func(p Part, e Event) error {
		if p.LevelOn(e.On) < TalkLevel {
			return Refusal{Why: NotNow, Sentence: "还没有到“" + TalkLevel.Name() + "”", Law: norm}
		}
		return nil
	},
	Escalate: func(p Part, e Event) error {
		if !slices.Contains(p.Missed(e.On), e.Norm) {
			return Refusal{Why: NotNow, Field: "norm", Sentence: e.Norm.Name() + "没有逾期，不需要上报", Law: norm}
		}
		return nil
	},
	Recount: func(p Part, _ Event) error {
		if _, _, moved := p.Moved(); !moved {
			return Refusal{Why: NotNow, Sentence: "期限没有变化，不需要重新计算", Law: norm}
		}
		return nil
	},
}
