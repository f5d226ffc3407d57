package foi

import (
	"strings"

	"gongkai/pb_hooks/workday"
)

// IsLate reports whether the period to answer has passed. The answer is still taken while it is waited for: the school
// may not have decided yet.
func (q Inquiry) IsLate(today workday.Date) bool { return q.Closed == "" && today > q.Until }

// silence is what follows if nothing is said: of a third party the school decides (art. 32), a joint maker consents
// (art. 34), another organ was only heard.
func (q Inquiry) silence() string {
	switch {
	case q.Third:
		return "由学校依法决定是否公开（" + art32 + "）"
	case q.Joint:
		return "视为同意公开（" + art34 + "）"
	}
	return "由学校依法办理"
}

// Next says in one sentence what the one who was asked can do now, and what happens if they do not.
func (q Inquiry) Next(today workday.Date) string {
	sentence := "请最迟于{期限}答复；不同意公开的，请说明理由。逾期没有答复的，{沉默}。"
	switch {
	case q.Closed != "" && q.Opinion == Silent:
		sentence = "征求意见的期限到{期限}，没有收到答复，{沉默}。"
	case q.Closed != "":
		sentence = "您的意见已经登记，谢谢。"
	case q.IsLate(today):
		sentence = "答复的期限到{期限}，已经过了，{沉默}。学校办理以前，仍然可以在这里提出意见。"
	}
	return strings.NewReplacer("{期限}", LetterDate(q.Until), "{沉默}", q.silence()).Replace(sentence)
}
