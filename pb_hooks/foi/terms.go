package foi

import (
	"fmt"
	"strings"

	"gongkai/pb_hooks/workday"
)

// Terms are the periods of the law and of the house, in working days, from a day on. A case keeps the terms that it
// was counted with: those in force on the day it was submitted.
type Terms struct {
	From workday.Date // the first day on which they hold

	Answer           int // 答复期限 (art. 33)
	Extend           int // the most that an extension may add (art. 33)
	CorrectionNotice int // from receipt until the applicant is asked to correct (art. 30)
	Correction       int // 补正期限 where the notice sets none
	CorrectionMin    int // the shortest 补正期限 that is reasonable (art. 30)
	CorrectionMax    int // the longest
	ThirdParty       int // 第三方答复意见 (art. 32)
	OtherOrgan       int // 共同制作单位、其他单位 (art. 34)
	Confirm          int // until the system confirms what nobody confirmed
	Archive          int // from the answer to the archive, at least
	Supplement       int // 补充答复

	Yellow, Orange, Red int // alarm levels: working days left; see LevelOf
}

// DefaultTerms hold where no others are set: 条例 of 15 May 2019, and for what it leaves open the house's own periods.
var DefaultTerms = Terms{From: "2019-05-15", Answer: 20, Extend: 20, CorrectionNotice: 7, Correction: 10, CorrectionMin: 5, CorrectionMax: 60,
	ThirdParty: 15, OtherOrgan: 15, Confirm: 1, Archive: 10, Supplement: 10, Yellow: 5, Orange: 2, Red: 0}

// TermsFor returns the terms in force on a day: of those that hold by then, the latest; DefaultTerms if there are none.
func TermsFor(list []Terms, day workday.Date) Terms {
	best, found := DefaultTerms, false
	for _, t := range list {
		if t.From <= day && (!found || t.From >= best.From) {
			best, found = t, true
		}
	}
	return best
}

// Caution says where periods are longer than the law allows, or nothing. Another law may come, but nobody sets them
// without having read this.
func (t Terms) Caution() string {
	var beyond []string
	for _, p := range []struct {
		name   string
		n, law int
	}{{"答复期限", t.Answer, DefaultTerms.Answer}, {"延长答复期限", t.Extend, DefaultTerms.Extend}, {"告知补正", t.CorrectionNotice, DefaultTerms.CorrectionNotice},
		{"第三方提出意见", t.ThirdParty, DefaultTerms.ThirdParty}, {"其他单位提出意见", t.OtherOrgan, DefaultTerms.OtherOrgan}} {
		if p.n > p.law {
			beyond = append(beyond, fmt.Sprintf("%s %d 个工作日（条例规定 %d 个）", p.name, p.n, p.law))
		}
	}
	if len(beyond) == 0 {
		return ""
	}
	return "长于《中华人民共和国政府信息公开条例》的规定：" + strings.Join(beyond, "、") + "。使用前请经法制部门确认"
}

// longestPeriod bounds what somebody may type as a period, in working days: a year.
const longestPeriod = 250

// Problems lists what cannot be right, by the name of the field in snake case; none if the terms can be used.
func (t Terms) Problems() map[string]error {
	problems := map[string]error{}
	if !t.From.IsValid() {
		problems["from"] = malformed("from", art45, "请填写从哪一天起适用")
	}
	for field, n := range map[string]int{"answer": t.Answer, "extend": t.Extend, "correction_notice": t.CorrectionNotice, "correction": t.Correction,
		"correction_min": t.CorrectionMin, "correction_max": t.CorrectionMax, "third_party": t.ThirdParty, "other_organ": t.OtherOrgan,
		"confirm": t.Confirm, "archive": t.Archive, "supplement": t.Supplement} {
		if n < 1 || n > longestPeriod {
			problems[field] = Refusal{Why: OutOfRange, Field: field, Sentence: fmt.Sprintf("期限填写 1 至 %d 个工作日", longestPeriod), Law: art45}
		}
	}
	if t.Correction < t.CorrectionMin || t.Correction > t.CorrectionMax {
		problems["correction"] = Refusal{Why: OutOfRange, Field: "correction", Sentence: "通常的补正期限应在最短和最长之间", Law: art30}
	}
	if t.Red < 0 || t.Orange < t.Red || t.Yellow < t.Orange {
		problems["yellow"] = Refusal{Why: OutOfRange, Field: "yellow", Sentence: "预警天数应当黄色不少于橙色，橙色不少于红色", Law: art46}
	}
	return problems
}
