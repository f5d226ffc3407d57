package foi

import (
	"fmt"
	"slices"
	"strings"
)

// asks are the fields that a new step must bring.
var asks = map[Action]func(Case, Event) error{
	Submit: func(_ Case, e Event) error {
		if e.Channel.Name() == "" {
			return missing("channel", art31, "请选择申请是怎样提出的")
		}
		return nil
	},
	AnswerAtOnce: func(c Case, e Event) error {
		if err := c.checkReply(e.Reply); err != nil {
			return err
		}
		o, _ := FindOutcome(e.Reply.Outcome)
		if e.Reply.Outcome == OutcomeProvided || o.Kind == KindPartial || o.Kind == KindRefused {
			return Refusal{Why: NotSignedOff, Field: "outcome", Sentence: "“" + o.FullName() + "”要先经保密审查和签发，不能当场答复", Law: art17}
		}
		return nil
	},
	AskCorrection: func(c Case, e Event) error {
		if isBlank(e.Items) {
			return missing("items", art30, "请一次写明需要补正的全部事项")
		}
		if n := c.correctionDays(e); n < c.terms.CorrectionMin || n > c.terms.CorrectionMax {
			return Refusal{Why: OutOfRange, Field: "days", Law: art30,
				Sentence: fmt.Sprintf("补正期限应当合理，填写 %d 至 %d 个工作日", c.terms.CorrectionMin, c.terms.CorrectionMax)}
		}
		return nil
	},
	CorrectLate:   reason(art30, "逾期补正要说明正当理由"),
	Assign:        party(art45, "请选择承办部门或者承办人"),
	AskThirdParty: letter(art32, "请填写第三方的姓名或者名称"),
	Consult:       letter(art34, "请填写被征求意见的单位"),
	RecordOpinion: func(_ Case, e Event) error {
		switch {
		case e.Party == "":
			return missing("party", art32, "请选择是谁的意见")
		case e.Opinion != Agrees && e.Opinion != Objects:
			return missing("opinion", art32, "请选择同意还是不同意公开")
		}
		return nil
	},
	Lapse: party(art32, "请选择谁逾期没有答复"),
	Extend: func(c Case, e Event) error {
		switch {
		case e.Days < 1 || e.Days > c.terms.Extend:
			return Refusal{Why: OutOfRange, Field: "days", Law: art33, Sentence: fmt.Sprintf("延长的期限填写 1 至 %d 个工作日", c.terms.Extend)}
		case isBlank(e.Reason):
			return missing("reason", art33, "请写明延期的理由，延期要告知申请人")
		}
		return nil
	},
	SubmitAnswer: func(c Case, e Event) error {
		if e.Hash == "" {
			return missing("hash", art36, "请先保存答复书")
		}
		return c.checkReply(e.Reply)
	},
	Clear:   draft,
	Endorse: draft,
	Sign:    draft,
	Return: func(c Case, e Event) error {
		if isBlank(e.Reason) {
			return missing("reason", art45, "请写明退回的原因")
		}
		return draft(c, e)
	},
	Deliver: func(_ Case, e Event) error {
		if isBlank(e.Way) {
			return missing("way", art40, "请填写送达的方式")
		}
		return nil
	},
	Override: func(c Case, e Event) error {
		if e.Party == "" {
			return missing("party", art32, "请选择要告知的第三方")
		}
		return reason(art32, "请写明不公开会怎样影响公共利益，理由要书面告知第三方")(c, e)
	},
	Invalidate: reason(art29, "请写明为什么这不是一件申请"),
	Archive: func(_ Case, e Event) error {
		if len(e.Lacking) > 0 {
			return missing("dossier", art45, "案卷还缺少："+strings.Join(e.Lacking, "、"))
		}
		return nil
	},
	Supplement: reason(art36, "请写明要补充或者更正什么"),
	Complain: func(_ Case, e Event) error {
		if !slices.Contains(Remedies(), e.Complaint) {
			return missing("complaint", art55, "请选择申诉、复议还是诉讼")
		}
		return nil
	},
	Decide: func(_ Case, e Event) error {
		if e.Result == Unfinished || !slices.Contains(Results(), e.Result) {
			return missing("result", art55, "请选择处理结果")
		}
		return nil
	},
	HandOver: func(c Case, e Event) error {
		if !e.Agreed {
			return missing("agreed", art36, "转送要先征得申请人同意")
		}
		return party(art36, "请选择转送给哪个单位")(c, e)
	},
	Order:              reason(art47, "请写明督办的要求"),
	Interview:          reason(art47, "请写明约谈的情况"),
	Decline:            reason(art45, "请写明不同意的原因"),
	DeclinePublication: reason(art44, "请写明不转为主动公开的理由"),
	Succeed:            party(art45, "请写明由哪所学校承接"),
	ProposePublication: func(_ Case, e Event) error {
		if e.Article == "" {
			return missing("article", art44, "请先建立要公开的信息条目")
		}
		return nil
	},
}

// checkReply asks whether an answer may be given in this case at all, and whether it is complete.
func (c Case) checkReply(r Reply) error {
	switch {
	case r.Outcome == "":
		return missing("outcome", art36, "请选择答复类型")
	case r.Outcome == OutcomeAbandoned:
		return Refusal{Why: NotNow, Field: "outcome", Sentence: "逾期不补正的申请按“视为放弃”办理，不写答复书", Law: art30}
	case r.Outcome == OutcomeUnclear && c.Correction.Corrected == "":
		return Refusal{Why: NotNow, Field: "outcome", Sentence: "申请人还没有补正过，不能答复“补正后申请内容仍不明确”", Law: art30}
	case r.Outcome == OutcomeProvided && len(c.Objections()) > 0 && isBlank(r.Reason):
		return missing("reason", art32, "第三方不同意公开：请写明其理由为什么不成立，或者由校长决定为公共利益公开")
	}
	r.Consulted = c.Consulted()
	problems := r.Validate()
	first := ""
	for field := range problems {
		if first == "" || field < first {
			first = field
		}
	}
	return problems[first]
}

func reason(law, sentence string) func(Case, Event) error {
	return func(_ Case, e Event) error {
		if isBlank(e.Reason) {
			return missing("reason", law, sentence)
		}
		return nil
	}
}

func party(law, sentence string) func(Case, Event) error {
	return func(_ Case, e Event) error {
		if isBlank(e.Party) {
			return missing("party", law, sentence)
		}
		return nil
	}
}

func letter(law, sentence string) func(Case, Event) error {
	return func(c Case, e Event) error {
		if isBlank(e.Items) {
			return missing("items", law, "请写明就什么信息征求意见")
		}
		return party(law, sentence)(c, e)
	}
}

func draft(_ Case, e Event) error {
	if e.Hash == "" {
		return missing("hash", art17, "请先打开正在审签的答复书")
	}
	return nil
}
