package foi_test

import (
	"fmt"
	"strings"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

func TestLevels(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28") // due Tuesday 2026-03-03
	for _, tt := range []struct {
		name   string
		events []ev
		today  workday.Date
		left   int
		level  foi.Level
	}{
		{"on the day of receipt", jan, "2026-01-28", 20, foi.Green},
		{"six days before", jan, "2026-02-24", 6, foi.Green},
		{"five days before", jan, "2026-02-25", 5, foi.Yellow},
		{"on a Saturday that is worked", jan, "2026-02-28", 2, foi.Orange},
		{"on the Sunday after it", jan, "2026-03-01", 2, foi.Orange},
		{"on the due day", jan, "2026-03-03", 0, foi.Orange},
		{"the day after", jan, "2026-03-04", -1, foi.Red},
		{"on the weekend after a Friday that was due", filed("2026-10-23"), "2026-11-21", 0, foi.Red},
		{"while a third party is asked the days stand still", after(jan, askThird("2026-02-12", "甲公司")), "2026-03-02", 9, foi.Green},
		{"until its time is over, whether anybody looked or not", after(jan, askThird("2026-02-12", "甲公司")), "2026-03-23", 1, foi.Orange},
		{"nothing runs before receipt", []ev{submit("2026-01-28")}, "2026-03-04", 0, foi.NoLevel},
		{"nor while a correction is waited for", after(jan, askCorrection("2026-02-02", 10)), "2026-03-04", 0, foi.NoLevel},
		{"an answered case never turns red", after(jan, signed("2026-02-06", provided)), "2027-01-04", 0, foi.NoLevel},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			left, _ := c.Left(tt.today)
			if got := c.LevelOn(tt.today); left != tt.left || got != tt.level {
				t.Errorf("got %d left, %s; want %d, %s (due %s)", left, got.Code(), tt.left, tt.level.Code(), c.Due)
			}
		})
	}
}

// What the system does by a day, however late it comes to it.
func TestFallenDue(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28")
	waiting := after(jan, askCorrection("2026-02-02", 10))
	decline := withEv(step(foi.Decline, foi.Officer, "2026-02-24"), func(e *ev) { e.Reason = "住院" })
	delivered := after(jan, signed("2026-02-06", provided), withEv(step(foi.Deliver, foi.System, "2026-02-06"), func(e *ev) { e.Way = "网上" }))
	post := withEv(submit("2026-02-15"), func(e *ev) { e.Channel = foi.Letterpost })
	for _, tt := range []struct {
		name   string
		events []ev
		today  workday.Date
		want   string // action on its day, joined
	}{
		{"nothing on the next working day", []ev{submit("2026-02-15")}, "2026-02-24", ""},
		{"registered when it is over", []ev{submit("2026-02-15")}, "2026-02-25", "register 2026-02-24"},
		{"on the same day after a month of downtime", []ev{submit("2026-02-15")}, "2026-03-25", "register 2026-02-24"},
		{"a letter is not confirmed by the system", []ev{post}, "2026-03-25", ""},
		{"a third party still has time", after(jan, askThird("2026-02-02", "甲公司")), "2026-02-28", ""},
		{"silence is resolved on the fifteenth day", after(jan, askThird("2026-02-02", "甲公司")), "2026-03-05", "lapse 2026-02-28"},
		{"of each letter by itself", after(jan, askThird("2026-02-02", "甲公司"), askThird("2026-02-03", "乙公司")), "2026-03-05", "lapse 2026-02-28, lapse 2026-03-02"},
		{"a correction still has time", waiting, "2026-02-14", ""},
		{"giving up is proposed afterwards", waiting, "2026-02-15", "abandon 2026-02-15"},
		{"once", after(waiting, step(foi.Abandon, foi.System, "2026-02-15")), "2026-02-16", ""},
		{"and not again when the officer declined", after(waiting, step(foi.Abandon, foi.System, "2026-02-15"), decline), "2026-02-25", ""},
		{"archived ten working days after the answer", delivered, "2026-02-27", "archive 2026-02-27"},
		{"not before", delivered, "2026-02-26", ""},
		{"no order on the weekend after the due day", filed("2026-10-23"), "2026-11-21", ""},
		{"an order on the next working day", filed("2026-10-23"), "2026-11-23", "order 2026-11-23"},
		{"one", after(filed("2026-10-23"), withEv(step(foi.Order, foi.System, "2026-11-23"), func(e *ev) { e.Reason = "逾期" })), "2026-11-24", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, e := range c.FallenDue(tt.today) {
				got = append(got, fmt.Sprint(e.Do, " ", e.On))
				if c, err = c.Take(e); err != nil {
					t.Errorf("%s cannot be taken: %v", e.Do, err)
				}
			}
			if strings.Join(got, ", ") != tt.want {
				t.Errorf("got %v, want %q", got, tt.want)
			}
		})
	}
}

// The due day is the same whether the system noticed the silence at once or months later.
func TestDowntimeMovesNothing(t *testing.T) {
	cal := official(t)
	asked := after(filed("2026-01-28"), askThird("2026-02-02", "甲公司"))
	var dues []workday.Date
	for _, today := range []workday.Date{"2026-03-01", "2026-05-20"} {
		c, err := take(t, cal, asked)
		if err != nil {
			t.Fatal(err)
		}
		dues = append(dues, c.Due)
		for _, e := range c.FallenDue(today) {
			if e.Do != foi.Lapse {
				continue
			}
			if c, err = c.Take(e); err != nil {
				t.Fatal(err)
			}
		}
		dues = append(dues, c.Due)
	}
	if dues[0] != dues[1] || dues[1] != dues[2] || dues[2] != dues[3] {
		t.Errorf("got %v", dues)
	}
}

func TestNext(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28")
	for _, tt := range []struct {
		name   string
		events []ev
		who    foi.Role
		want   string
	}{
		{"sent off", []ev{submit("2026-02-15")}, foi.Applicant, "学校最迟于2026年2月24日确认收到申请，没有确认的视为当日收到；次日起计算答复期限。"},
		{"registered", []ev{submit("2026-01-28"), register("2026-01-28")}, foi.Applicant, "学校最迟于2026年3月3日答复；申请内容不明确的，最迟于2026年2月6日请您补正。"},
		{"a correction is waited for", after(jan, askCorrection("2026-02-02", 10)), foi.Applicant, "请最迟于2026年2月14日补正申请，学校收到补正后重新计算答复期限；没有正当理由逾期不补正的，视为放弃申请。"},
		{"a third party is asked, who is not named", after(jan, askThird("2026-02-02", "甲公司")), foi.Applicant, "学校正在书面征求第三方意见，最迟等到2026年2月28日，等候的时间不计入答复期限；最迟于2026年3月24日答复。"},
		{"to the third party", after(jan, askThird("2026-02-02", "甲公司")), foi.Third, "请最迟于2026年2月28日答复是否同意公开，并说明理由；逾期没有答复的，由学校依法决定是否公开。"},
		{"to the third party afterwards", after(jan, askThird("2026-02-02", "甲公司"), opinion("2026-02-04", "甲公司", foi.Agrees)), foi.Third, "您的意见已经登记，谢谢。"},
		{"to the staff a proposal comes first", after(jan, extend("2026-02-06", 5)[:1]), foi.Officer, "“延期答复”等待工作机构负责人同意。"},
		{"a due day that may move says so", filed("2026-12-10"), foi.Applicant, "学校正在办理，最迟于2027年1月7日（暂定，以国务院公布的节假日安排为准）答复。"},
		{"answered", after(jan, signed("2026-02-06", provided)), foi.Applicant, "学校已于2026年2月6日答复，请查看答复书；认为学校没有依照有关规定公开信息的，可以向教育局申诉。"},
		{"a supplement in review has its own day", after(jan, signed("2026-02-06", provided), withEv(step(foi.Supplement, foi.Clerk, "2026-02-06"), func(e *ev) { e.Reason = "更正" }), draftOf("2026-02-06", provided)),
			foi.Applicant, "答复书正在审查，学校最迟于2026年2月27日答复。"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			if got := foi.Next(c, tt.who); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
	for _, s := range foi.States() {
		for _, who := range foi.Roles() {
			if got := foi.Next(foi.Case{State: s}, who); got == "" || strings.ContainsAny(got, "{}") || !strings.HasSuffix(got, "。") {
				t.Errorf("%s, %s: got %q", s, who, got)
			}
		}
	}
}
