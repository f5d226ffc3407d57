package foi

import "strings"

// next holds what happens next, in the words of the applicant and of whoever has the case in hand. {…} are dates.
var next = map[State]struct{ applicant, staff string }{
	Draft:            {"请填写申请，核对后提交。", "请填写申请，核对后提交。"},
	Submitted:        {"学校将与您确认收到申请，收到的次日起计算答复期限。", "请与申请人确认收到申请并登记。"},
	Registered:       {"学校最迟于{期限}答复；申请内容不明确的，最迟于{告知期限}请您补正。", "请最迟于{期限}答复；需要补正的，请最迟于{告知期限}一次告知。"},
	Correcting:       {"请最迟于{补正期限}补正申请，学校收到补正后重新计算答复期限；没有正当理由逾期不补正的，视为放弃申请。", "正在等候申请人补正，期限至{补正期限}。"},
	Processing:       {"学校正在办理，最迟于{期限}答复。", "请检索、拟写答复，最迟于{期限}答复。"},
	ThirdParty:       {"学校正在书面征求第三方意见，最迟等到{意见期限}，等候的时间不计入答复期限；最迟于{期限}答复。", "正在等候第三方意见，最迟等到{意见期限}；逾期没有答复的，由学校决定是否公开。"},
	Consulting:       {"学校正在征求其他单位意见，最迟等到{意见期限}，等候的时间不计入答复期限；最迟于{期限}答复。", "正在等候其他单位意见，最迟等到{意见期限}；共同制作单位逾期没有答复的，视为同意公开。"},
	SecrecyReviewing: {"答复书正在审查，学校最迟于{期限}答复。", "请对答复书作保密审查，最迟于{期限}答复。"},
	OfficerReviewing: {"答复书正在审核，学校最迟于{期限}答复。", "请审核答复书，最迟于{期限}答复。"},
	Signing:          {"答复书正在签发，学校最迟于{期限}答复。", "请签发答复书，最迟于{期限}答复。"},
	Answered:         {"学校已于{答复日}答复，请查看答复书；认为学校没有依照有关规定公开信息的，可以向教育局申诉。", "请登记送达情况，{归档日}起可以归档。"},
	Archived:         {"申请已经办结归档，答复书仍可查看；认为学校没有依照有关规定公开信息的，可以向教育局申诉。", "案卷已经归档。"},
	Abandoned:        {"您没有在期限内补正，这件申请视为放弃；仍然需要这些信息的，可以重新申请。", "申请视为放弃，不再办理。"},
	Withdrawn:        {"您已撤回申请，学校不再办理；需要时可以重新申请。", "申请人已撤回，不再办理。"},
	Void:             {"这一件不是信息公开申请，不再办理；有疑问请与学校联系。", "无效件，不再办理，不计入统计。"},
	Supplementing:    {"学校正在准备补充答复，最迟于{补充期限}告知您。", "请拟写补充答复，最迟于{补充期限}送达。"},
	Complained:       {"您的申诉正在处理，处理结果会告知您。", "申诉正在处理，请登记处理结果。"},
}

// Next says in one sentence what happens next: to the applicant, to a third party, or to the staff.
func Next(c Case, who Role) string {
	row := next[c.State]
	sentence := row.staff
	switch {
	case who == Third:
		return c.nextForThird()
	case who == Applicant && c.State == Submitted && c.Channel.IsConfirmedBySystem():
		sentence = "学校最迟于{确认期限}确认收到申请，没有确认的视为当日收到；次日起计算答复期限。"
	case who == Applicant && c.Proposal.Do == CorrectLate:
		sentence = "学校正在审核您逾期补正的理由，结果会告知您。"
	case who == Applicant:
		sentence = row.applicant
	case c.Proposal.Do != "":
		return "“" + c.Proposal.Do.Name() + "”等待" + c.Proposal.Approver.Name() + "同意。"
	}
	if who != Applicant && c.State == Correcting && c.waitsOn {
		sentence = "补正期限{补正期限}已过，还没有视为放弃：请与申请人联系补正，没有正当理由的再次拟办视为放弃。"
	}
	if c.Ending == WasAnswered && c.SupplementBy != "" {
		sentence = strings.ReplaceAll(sentence, "{期限}", "{补充期限}")
	}
	return c.dated(sentence)
}

func (c Case) nextForThird() string {
	if c.State != ThirdParty && c.State != Consulting {
		return "您的意见已经登记，谢谢。"
	}
	sentence := "请最迟于{意见期限}答复是否同意公开，并说明理由；逾期没有答复的，由学校依法决定是否公开。"
	if c.State == Consulting {
		sentence = "请最迟于{意见期限}答复意见；共同制作该信息的单位逾期没有答复的，视为同意公开。"
	}
	return c.dated(sentence)
}

// dated puts the dates into a sentence. A due day that may move says so.
func (c Case) dated(sentence string) string {
	due := LetterDate(c.Due)
	if c.Provisional {
		due += "（暂定，以国务院公布的节假日安排为准）"
	}
	until, _ := c.waitedUntil()
	answered := ""
	if n := len(c.Answers); n > 0 {
		answered = LetterDate(c.Answers[n-1].On)
	}
	return strings.NewReplacer("{期限}", due, "{确认期限}", LetterDate(c.ConfirmBy), "{告知期限}", LetterDate(c.NoticeBy), "{补正期限}", LetterDate(c.Correction.Until),
		"{意见期限}", LetterDate(until), "{答复日}", answered, "{归档日}", LetterDate(c.ArchiveFrom()), "{补充期限}", LetterDate(c.SupplementBy)).Replace(sentence)
}
