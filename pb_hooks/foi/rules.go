package foi

import "slices"

// rules are what the case must give occasion to, beside the table: they are asked of every step, taken or to be taken.
// A field that is still empty is not held against it; asks does that.
var rules = map[Action]func(Case, Event) error{
	AskCorrection: func(c Case, _ Event) error {
		if c.Correction.Asked != "" {
			return Refusal{Why: OnceOnly, Sentence: "这件申请已经告知过补正，只能补正一次", Law: art30, Date: c.Correction.Asked}
		}
		return nil
	},
	Extend: func(c Case, _ Event) error {
		switch {
		case c.Extension.On != "":
			return Refusal{Why: OnceOnly, Sentence: "这件申请已经延期过，只能延期一次", Law: art33, Date: c.Extension.On}
		case !c.isCounting():
			return notNow(art33, "答复期限已经停止计算，不能延期")
		}
		return nil
	},
	AskThirdParty: oneLetterEach, Consult: oneLetterEach,
	RecordOpinion: letterMayBeAnswered, Lapse: letterIsOpen,
	Clear: sameText, Endorse: sameText, Sign: sameText, Return: sameText,
	Override: func(c Case, e Event) error {
		if o := c.Objections(); len(o) == 0 || e.Party != "" && !slices.Contains(o, e.Party) {
			return notNow(art32, "没有不同意公开的第三方，不需要决定为公共利益公开")
		}
		return nil
	},
	Withdraw: func(c Case, _ Event) error {
		if c.Ending != Open {
			return notNow(art29, "这件申请已经答复，不能撤回")
		}
		return nil
	},
	Archive: func(c Case, _ Event) error {
		if c.Answers[len(c.Answers)-1].Dispatched == "" {
			return notNow(art45, "送达情况还没有登记，不能归档")
		}
		return nil
	},
	Supplement: func(c Case, _ Event) error {
		if n := len(c.Complaints); c.State == Abandoned && (n == 0 || c.Complaints[n-1].Result != Corrected) {
			return notNow(art55, "视为放弃的申请，只有申诉的结果是纠正才重新答复")
		}
		return nil
	},
	HandOver: func(c Case, _ Event) error {
		if c.Outcome() != OutcomeNotOurs {
			return notNow(art36, "只有不属于本单位负责公开的申请才能转送")
		}
		return nil
	},
	Approve: hasProposal, Decline: hasProposal,
	ProposePublication: func(c Case, _ Event) error {
		o, err := FindOutcome(c.Outcome())
		switch {
		case err != nil || !o.MayCarryFiles():
			return notNow(art44, "没有公开信息的答复不能转为主动公开")
		case c.Publication == Proposed:
			return notNow(art44, "已经提出转为主动公开")
		}
		return nil
	},
}

func oneLetterEach(c Case, e Event) error {
	if c.inquiry(e.Party) >= 0 {
		return notNow(lawOf(e.Do), "已经向“"+e.Party+"”发函，正在等候意见")
	}
	return nil
}

func letterIsOpen(c Case, e Event) error {
	if e.Party != "" && c.inquiry(e.Party) < 0 {
		return notNow(lawOf(e.Do), "没有等候“"+e.Party+"”的意见")
	}
	return nil
}

// letterMayBeAnswered also takes what came on paper in time and is entered after the system has let the letter lapse.
func letterMayBeAnswered(c Case, e Event) error {
	late := slices.ContainsFunc(c.Inquiries, func(q Inquiry) bool { return c.answerable(q.Party) >= 0 })
	if e.Party != "" && c.answerable(e.Party) < 0 || e.Party == "" && c.State == Processing && !late {
		return notNow(lawOf(e.Do), "没有等候“"+e.Party+"”的意见")
	}
	return nil
}

func sameText(c Case, e Event) error {
	if e.Hash != "" && e.Hash != c.Draft.Hash {
		return Refusal{Why: OtherText, Field: "hash", Sentence: "这不是正在审签的答复书，请刷新页面，看过最新内容后再办理", Law: art17}
	}
	return nil
}

func hasProposal(c Case, _ Event) error {
	if c.Proposal.Do == "" {
		return Refusal{Why: NotProposed, Sentence: "没有等待同意的拟办事项", Law: art45}
	}
	return nil
}

func notNow(law, sentence string) error { return Refusal{Why: NotNow, Sentence: sentence, Law: law} }
