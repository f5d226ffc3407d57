package foi

import "fmt"

// limits are the days that a new step keeps. Steps taken were held to them by the calendar of their time.
var limits = map[Action]func(Case, Event) error{
	Register: func(c Case, e Event) error {
		switch {
		case e.On < c.Submitted:
			return malformed("on", art31, "收到日期不能早于提交日期 "+string(c.Submitted))
		case e.As == System && e.recorded() <= c.ConfirmBy:
			return tooEarly(art31, c.ConfirmBy, "还没有过确认期限")
		case (e.As == System || c.Channel == Online) && e.On > c.ConfirmBy:
			return tooLate(art31, c.ConfirmBy, "没有及时确认的，视为期限最后一天收到")
		}
		return nil
	},
	AskCorrection: func(c Case, e Event) error {
		if e.On > c.NoticeBy {
			return tooLate(art30, c.NoticeBy, fmt.Sprintf("补正告知应当在收到申请之日起 %d 个工作日内作出", c.terms.CorrectionNotice))
		}
		return nil
	},
	Correct: func(c Case, e Event) error {
		switch {
		case e.On < c.Correction.Asked:
			return malformed("on", art30, "补正的日期不能早于告知补正的日期 "+string(c.Correction.Asked))
		case e.On > c.Correction.Until:
			return tooLate(art30, c.Correction.Until, "补正期限已过，请说明正当理由后按逾期补正提交")
		}
		return nil
	},
	CorrectLate: func(c Case, e Event) error {
		return c.afterCorrection(e, "补正期限还没有过，请直接提交补正")
	},
	Abandon: func(c Case, e Event) error {
		return c.afterCorrection(e, "补正期限还没有过，不能视为放弃")
	},
	RecordOpinion: func(c Case, e Event) error {
		if q := c.Inquiries[c.answerable(e.Party)]; e.On < q.Sent {
			return malformed("on", q.Law(), "收到意见的日期不能早于发函日期 "+string(q.Sent))
		}
		return nil
	},
	Lapse: func(c Case, e Event) error {
		if q := c.Inquiries[c.inquiry(e.Party)]; e.recorded() <= q.Until {
			return tooEarly(q.Law(), q.Until, "征求意见的期限到 "+string(q.Until)+"，还没有过")
		}
		return nil
	},
	Extend: func(c Case, e Event) error {
		if e.On > c.Due {
			return tooLate(art33, c.Due, "延期应当在答复期限届满前决定")
		}
		return nil
	},
	Deliver: func(c Case, e Event) error {
		if a := c.Answers[len(c.Answers)-1]; e.On < a.On {
			return malformed("on", art40, "送达日期不能早于签发日期 "+string(a.On))
		}
		return nil
	},
	Archive: func(c Case, e Event) error {
		from := c.ArchiveFrom()
		if e.On < from {
			return tooEarly(art45, from, fmt.Sprintf("答复满 %d 个工作日后归档，最早为 %s", c.terms.Archive, from))
		}
		return nil
	},
	Complain: func(c Case, e Event) error {
		if e.On < c.Received {
			return malformed("on", art55, "申诉日期不能早于收到申请的日期 "+string(c.Received))
		}
		return nil
	},
	Decide: func(c Case, e Event) error {
		if last := c.Complaints[len(c.Complaints)-1]; e.On < last.On {
			return malformed("on", art55, "处理结果的日期不能早于申诉日期 "+string(last.On))
		}
		return nil
	},
	Urge: alarmed(Yellow), Interview: alarmed(Yellow),
	Order: func(c Case, e Event) error {
		if e.As == System {
			return alarmed(Red)(c, e)
		}
		return alarmed(Yellow)(c, e)
	},
	Recount: func(c Case, _ Event) error {
		if _, _, moved := c.Moved(); !moved {
			return notNow(art33, "期限没有变化，不需要重新计算")
		}
		return nil
	},
}

func (c Case) afterCorrection(e Event, sentence string) error {
	if e.On <= c.Correction.Until {
		return tooEarly(art30, c.Correction.Until, sentence)
	}
	return nil
}

// alarmed asks for a level of alarm before the bureau steps in.
func alarmed(least Level) func(Case, Event) error {
	return func(c Case, e Event) error {
		if c.LevelOn(e.On) < least {
			return notNow(art46, "这件申请还没有到“"+least.Name()+"”，不需要督促")
		}
		return nil
	}
}
