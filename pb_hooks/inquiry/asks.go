package inquiry

import (
	"fmt"
	"slices"
	"strings"
)

// asks are the fields that a new step must bring.
var asks = map[Action]func(Case, Event) error{
	Submit: func(_ Case, e Event) error {
		channel, err := FindChannel(e.Channel)
		switch {
		case err != nil:
			return err
		case !channel.IsAnswered():
			return malformed("channel", norm, channel.Name+"不逐件答复，请在征集页面提交")
		case isBlank(e.Unit):
			return missing("unit", norm, "请选择写给哪个单位")
		case e.Closed:
			return malformed("unit", norm, "这个单位已经撤并，请写给承接的单位")
		}
		return channel.checkCategory(e.Category)
	},
	Hold: reason(norm, "请写明为什么要人工核查"),
	Refuse: func(_ Case, e Event) error {
		switch {
		case e.Ground.Name() == "":
			return missing("ground", norm, "请选择不予受理的原因")
		case isBlank(e.Right):
			return missing("right", norm, "请写明来信人应当走哪个渠道")
		}
		return nil
	},
	Classify: func(c Case, e Event) error {
		category, err := FindCategory(e.Category)
		if err != nil {
			return err
		}
		if category.Urgent { // whatever the channel: people write where they are
			return nil
		}
		return c.Channel.checkCategory(e.Category)
	},
	Assign: func(_ Case, e Event) error {
		if isBlank(e.Department) {
			return missing("department", norm, "请选择承办部门或者承办人")
		}
		return nil
	},
	HandBack: reason(norm, "请写明退回的理由"),
	Transfer: func(c Case, e Event) error {
		switch {
		case isBlank(e.Unit):
			return missing("unit", norm, "请选择转给哪个单位")
		case e.Closed:
			return malformed("unit", norm, "这个单位已经撤并，不能转给它，请选择承接的单位")
		}
		return reason(norm, "请写明为什么属于对方的事项")(c, e)
	},
	GiveBack: reason(norm, "请写明退回的理由"),
	Succeed: func(_ Case, e Event) error {
		if isBlank(e.Unit) {
			return missing("unit", norm, "请选择由哪个单位承接")
		}
		return nil
	},
	FirstReply: func(_ Case, e Event) error {
		if isBlank(e.Interim) {
			return missing("interim", norm, "请写明已经采取的措施和下一步安排")
		}
		return nil
	},
	Extend: func(c Case, e Event) error {
		most, who := c.Channel.Service.Extend, ""
		if hard := c.Channel.Service.Complex; hard > most {
			if e.As == Principal {
				most = hard
			} else {
				who = fmt.Sprintf("；复杂事项由校长决定，至多 %d 个", hard)
			}
		}
		switch {
		case e.Days < 1 || e.Days > most:
			return Refusal{Why: OutOfRange, Field: "days", Sentence: fmt.Sprintf("延长的期限填写 1 至 %d 个工作日%s", most, who), Law: norm}
		case isBlank(e.Interim):
			return missing("interim", norm, "延期要先给来信人阶段性答复，请写明目前的进展")
		}
		return reason(norm, "请写明延期的理由，延期要告知来信人")(c, e)
	},
	SubmitAnswer: hash("请先保存答复"),
	Return: func(c Case, e Event) error {
		if err := hash("请先打开正在审核的答复")(c, e); err != nil {
			return err
		}
		return reason(norm, "请写明退回的原因")(c, e)
	},
	Answer: hash("请先打开正在审核的答复"),
	Merge: func(_ Case, e Event) error {
		if isBlank(e.Into) {
			return missing("into", norm, "请填写并入哪一件来信的编号")
		}
		return nil
	},
	Rate: func(c Case, e Event) error {
		switch {
		case e.Rating.Name() == "":
			return missing("rating", rating, "请选择评价")
		case e.Rating.IsLow():
			return reason(rating, "请写明不满意的原因，单位会据此重新办理")(c, e)
		}
		return nil
	},
	ProposePublication: func(c Case, e Event) error {
		if len(e.Findings) > 0 {
			return malformed("text", privacy, "公开的文字里还有个人信息："+strings.Join(e.Findings, "、")+"，请先去除")
		}
		return hash("请先保存要公开的文字")(c, e)
	},
	Publish:            hash("请先打开要公开的文字"),
	DeclinePublication: reason(norm, "请写明不公开的理由"),
	Escalate: func(_ Case, e Event) error {
		if !slices.Contains(Norms(), e.Norm) {
			return missing("norm", norm, "请写明哪一个期限逾期")
		}
		return nil
	},
	Order: func(c Case, e Event) error {
		switch {
		case !e.Until.IsValid():
			return missing("until", norm, "请填写督办回复的期限")
		case e.Until <= e.On || c.cal.Count(e.On, e.Until) > longestOrder:
			return Refusal{Why: OutOfRange, Field: "until", Sentence: "督办回复的期限应当在今天之后，一年以内", Law: norm, Date: e.Until}
		}
		return reason(norm, "请写明督办的要求")(c, e)
	},
	ReplyOrder: reason(norm, "请写明办理情况"),
}

func reason(law, sentence string) func(Case, Event) error {
	return func(_ Case, e Event) error {
		if isBlank(e.Reason) {
			return missing("reason", law, sentence)
		}
		return nil
	}
}

func hash(sentence string) func(Case, Event) error {
	return func(_ Case, e Event) error {
		if e.Hash == "" {
			return missing("hash", norm, sentence)
		}
		return nil
	}
}
