package inquiry

import "slices"

// rules are what the case must give occasion to, beside the table: they are asked of every step, taken or to be taken.
// A field that is still empty is not held against it; asks does that.
var rules = map[Action]func(Case, Event) error{
	Refuse: func(c Case, e Event) error {
		if c.IsUrgent() && e.As != Principal {
			return Refusal{Why: WrongRole, Sentence: "“" + c.Category.Name + "”是紧急来信，不予受理要由校长决定", Law: norm}
		}
		return nil
	},
	Classify: func(c Case, e Event) error {
		category, err := FindCategory(e.Category)
		switch {
		case err != nil: // not chosen yet
			return nil
		case category == c.Category:
			return notNow(norm, "来信已经是“"+category.Name+"”")
		case c.IsUrgent() && !category.Urgent && e.As != Principal && e.As != Bureau:
			return Refusal{Why: WrongRole, Field: "category", Sentence: "紧急类别要由校长或者教育局才能改为一般类别", Law: norm}
		case c.Category.Anonymous && !category.Anonymous && e.As != Principal && e.As != Bureau: // more people would read it
			return Refusal{Why: WrongRole, Field: "category", Sentence: "保密的类别要由校长或者教育局才能改为不保密的类别", Law: privacy}
		}
		return nil
	},
	HandBack: func(c Case, _ Event) error {
		if c.HandedBack != "" {
			return Refusal{Why: OnceOnly, Sentence: "这件来信已经由部门退回过一次，不能再退回，请办理或者报负责人协调", Law: norm, Date: c.HandedBack}
		}
		return nil
	},
	Transfer: func(c Case, e Event) error {
		switch {
		case c.Channel.ToBureau:
			return notNow(art55, c.Channel.Name+"由区教育局办理，不能转办其他单位")
		case e.Unit != "" && (e.Unit == c.Unit || slices.Contains(c.Passed, e.Unit)):
			return Refusal{Why: NotNow, Field: "unit", Sentence: "这件来信就由该单位办理，或者已经由该单位经手，不能再转给它", Law: norm}
		}
		return nil
	},
	GiveBack: func(c Case, _ Event) error {
		if c.GivenBack != "" {
			return Refusal{Why: OnceOnly, Sentence: "这件来信已经退回过一次，不能再退回，请接收办理或者报区教育局协调", Law: norm, Date: c.GivenBack}
		}
		return nil
	},
	FirstReply: func(c Case, _ Event) error {
		switch {
		case !c.IsUrgent():
			return notNow(norm, "只有紧急来信需要先行回复，一般来信请直接答复")
		case len(c.Answers) > 0:
			return notNow(norm, "来信已经答复，不需要先行回复")
		case c.FirstReplied != "":
			return Refusal{Why: OnceOnly, Sentence: "已经先行回复过", Law: norm, Date: c.FirstReplied}
		}
		return nil
	},
	Extend: func(c Case, _ Event) error {
		switch {
		case c.Channel.Service.Extend == 0:
			return notNow(norm, c.Channel.Name+"不能延期")
		case len(c.Answers) > 0:
			return notNow(rating, "整改的期限不能延长")
		case c.Extension.On != "":
			return Refusal{Why: OnceOnly, Sentence: "这件来信已经延期过，只能延期一次", Law: norm, Date: c.Extension.On}
		}
		return nil
	},
	Return: byReviewer,
	Answer: byReviewer,
	Withdraw: func(c Case, _ Event) error {
		switch {
		case len(c.Answers) > 0:
			return notNow(norm, "来信已经答复，不能撤回")
		case c.IsUrgent():
			return notNow(norm, "“"+c.Category.Name+"”的来信不能撤回：单位知道了就要查清和处理")
		}
		return nil
	},
	ProposePublication: func(c Case, _ Event) error {
		if c.Publication == Proposed || c.Publication == Published {
			return notNow(norm, "已经提请选登")
		}
		return c.MayPublish()
	},
	Publish: func(c Case, e Event) error {
		if c.Publication != Proposed {
			return notNow(norm, "没有待审核的选登")
		}
		return byReviewer(c, e)
	},
	DeclinePublication: func(c Case, e Event) error {
		switch c.Publication {
		case Unpublished:
			return notNow(norm, "已经决定不公开")
		case Published: // taken down again
			return byReviewer(c, e)
		}
		return nil
	},
	RevokeConsent: func(c Case, _ Event) error {
		if !c.Consent {
			return notNow(consent, "没有同意过公开，不需要撤回")
		}
		return nil
	},
	Archive: func(c Case, _ Event) error {
		if c.Publication == Proposed {
			return notNow(norm, "选登还在等待审核，不能归档")
		}
		return nil
	},
	Escalate: func(c Case, e Event) error {
		if c.isEscalated(e.Norm) {
			return Refusal{Why: OnceOnly, Field: "norm", Sentence: e.Norm.Name() + "逾期已经上报过", Law: norm}
		}
		return nil
	},
	Order: func(c Case, _ Event) error {
		if i := c.openOrder(); i >= 0 {
			return Refusal{Why: NotNow, Sentence: "上一次督办还没有办结", Law: norm, Date: c.Orders[i].On}
		}
		return nil
	},
	ReplyOrder: func(c Case, _ Event) error {
		if i := c.openOrder(); i < 0 || c.Orders[i].Replied != "" {
			return notNow(norm, "没有等待回复的督办")
		}
		return nil
	},
	CloseOrder: func(c Case, _ Event) error {
		if i := c.openOrder(); i < 0 || c.Orders[i].Replied == "" {
			return notNow(norm, "没有已经回复、等待办结的督办")
		}
		return nil
	},
}

// byReviewer asks that the reviewer of the channel decides, and about the text before them.
func byReviewer(c Case, e Event) error {
	text := c.Draft.Hash
	if e.Do == Publish {
		text = c.Selection.Hash
	}
	switch {
	case e.As == Clerk || c.Reviewer() == Principal && e.As != Principal:
		return Refusal{Why: WrongRole, Sentence: "这件来信" + e.Do.Name() + "由" + c.Reviewer().Name() + "办理", Law: norm}
	case e.Do != DeclinePublication && e.Hash != "" && e.Hash != text:
		return Refusal{Why: OtherText, Field: "hash", Sentence: "这不是正在审核的文字，请刷新页面，看过最新内容后再办理", Law: norm}
	}
	return nil
}
