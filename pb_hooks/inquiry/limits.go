package inquiry

import (
	"fmt"
	"slices"

	"gongkai/pb_hooks/workday"
)

// limits are the days that a new step keeps. Steps taken were held to them by the calendar of their time. A letter is
// accepted and answered however late: the day missed is counted, not the letter lost.
var limits = map[Action]func(Case, Event) error{
	TakeOver: func(c Case, e Event) error {
		switch {
		case e.On < c.Offer.On:
			return malformed("on", norm, "接收日期不能早于转办日期 "+string(c.Offer.On))
		case e.On > c.Offer.ReturnBy:
			return tooLate(norm, c.Offer.ReturnBy, "没有在期限内退回的，视为期限最后一天接收")
		case e.As == System && e.recorded() <= c.Offer.ReturnBy:
			return tooEarly(norm, c.Offer.ReturnBy, "退回的期限还没有过")
		}
		return nil
	},
	GiveBack: func(c Case, e Event) error {
		if e.On > c.Offer.ReturnBy {
			return tooLate(norm, c.Offer.ReturnBy, fmt.Sprintf("认为不属于本单位事项的，应当在转来之日起 %d 个工作日内退回", ReturnDays))
		}
		return nil
	},
	Extend: func(c Case, e Event) error {
		if e.On > c.Due {
			return tooLate(norm, c.Due, "延期应当在答复期限届满前决定")
		}
		return nil
	},
	Rate: func(c Case, e Event) error {
		if by := c.RateBy(); e.On > by {
			return tooLate(rating, by, fmt.Sprintf("答复后 %d 天内可以评价", RateDays))
		}
		return nil
	},
	Archive: func(c Case, e Event) error {
		if from := c.ArchiveFrom(); e.On < from {
			return tooEarly(norm, from, "还在评价或者归档的等待期，最早为 "+string(from))
		}
		return nil
	},
	Urge: func(c Case, e Event) error {
		switch {
		case e.As == Writer && len(c.Missed(e.On)) == 0:
			return notNow(norm, "还没有过办理期限，最迟在 "+string(c.Due)+" 答复")
		case e.As != Writer && c.LevelOn(e.On) < Yellow:
			return notNow(norm, "这件来信还没有到“"+Yellow.Name()+"”，不需要催办")
		case slices.ContainsFunc(c.Urges, func(u Urging) bool { return u.On == e.On && u.As == e.As }):
			return Refusal{Why: OnceOnly, Sentence: "今天已经催办过", Law: norm, Date: e.On}
		}
		return nil
	},
	Escalate: func(c Case, e Event) error {
		if !slices.Contains(c.Missed(e.On), e.Norm) {
			return tooEarly(norm, c.NormDay(e.Norm), e.Norm.Name()+"没有逾期，不需要上报")
		}
		return nil
	},
	Order: func(c Case, e Event) error {
		switch {
		case e.As == System && c.LevelOn(e.On) < Supervised:
			return notNow(norm, "这件来信还没有到“"+Supervised.Name()+"”，系统不发督办")
		case c.LevelOn(e.On) < Yellow && !c.IsUrgent():
			return notNow(norm, "这件来信还没有到“"+Yellow.Name()+"”，不需要督办")
		}
		return nil
	},
	Recount: func(c Case, _ Event) error {
		if _, _, moved := c.Moved(); !moved {
			return notNow(norm, "期限没有变化，不需要重新计算")
		}
		return nil
	},
}

// RateBy is the last day to rate the last answer; "" without an answer.
func (c Case) RateBy() workday.Date {
	if len(c.Answers) == 0 {
		return ""
	}
	return c.Answers[len(c.Answers)-1].RateBy
}

// ArchiveFrom is the first day on which the letter may be archived: after the last day to rate it, or some working days
// after it was rated; "" without an answer.
func (c Case) ArchiveFrom() workday.Date {
	switch {
	case c.State == Rated:
		return c.cal.Add(c.Ratings[len(c.Ratings)-1].On, ArchiveDays)
	case len(c.Answers) == 0:
		return ""
	}
	return c.RateBy().Next()
}
