package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// demoCalls are two calls for opinions (意见征集) of the first school: one that is
// open, and one that has ended and been given its result.
func demoCalls() []demoItem {
	return atSchool(1, []demoItem{
		{key: "call-open", column: callColumn, title: "关于放学后操场开放时间征集意见的公告", plans: callPlanned(inquiry.CallForOpinions{
			Question: "放学后操场开放到几点合适？", Options: []string{"开放到 16:30", "开放到 17:00", "开放到 17:30", "不开放"}, Text: true}, "4 08:00", "-9 08:00"),
			text: "为方便同学们放学后锻炼，学校拟延长操场开放时间，现向家长、学生和教职工征集意见，欢迎参与。",
			deeds: append(passed("7 09:00", "7 09:20", "6 10:00", "5 14:00"),
				opined("3 18:30", []int{6, 11, 9, 1}, "希望开放期间有老师值班。", "周五可以晚一点关。"),
				opined("1 19:10", []int{3, 8, 4, 0}, "请在家长群里通知开放的日期。"))},
		{key: "call-ended", column: callColumn, title: "关于春季校服款式征集意见的公告", plans: callPlanned(inquiry.CallForOpinions{
			Question: "明年春季校服选哪一种款式？", Options: []string{"甲款：运动装", "乙款：制服", "沿用现在的款式"}, Text: true}, "25 08:00", "15 08:00"),
			text: "学校拟更换春季校服款式，两种样衣在一楼大厅展示，现征集意见。校服由家长自愿购买。",
			deeds: append(passed("28 09:00", "28 09:20", "27 10:00", "26 14:00"),
				opined("22 20:00", []int{41, 23, 12}, "面料要透气，洗了不掉色。", "希望冬天可以套在里面穿。", "现在的款式还能穿，不必每年换。"),
				opined("16 21:30", []int{22, 17, 9}, "请同时公布价格。"),
				toldResult("9 10:00", "收到的意见已经由家长委员会讨论：选择甲款的最多，春季起采用甲款；面料改为透气的针织布；现在的校服可以继续穿，不要求购买。"),
				submitted("9 10:10"), approved("8 10:00", "reviewer"), cleared("7 14:00", "secrecy"))},
	})
}

// callPlanned writes a call into the version, from a day until another; days are
// counted in working days that have passed, those to come in calendar days.
func callPlanned(call inquiry.CallForOpinions, from, until string) func(*demoPlay) map[string]any {
	return func(d *demoPlay) map[string]any {
		call.From, call.Until = d.dayOfCall(from), d.dayOfCall(until)
		return map[string]any{"facts": []any{call.Facts("")}}
	}
}

func (d *demoPlay) dayOfCall(when string) workday.Date {
	var days int
	if _, err := fmt.Sscanf(when, "%d", &days); err == nil && days < 0 {
		return workday.Date(d.day(-days))
	}
	return workday.Date(dayOf(d.at(when)))
}

// opined: people choose the options, so many each, and some write something too.
func opined(when string, chosen []int, texts ...string) demoDeed {
	return demoDeed{when, "", func(d *demoPlay, item demoItem, _ *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		version, err := d.app.FindRecordById(records.Versions, article.GetString("published"))
		if err != nil {
			return err
		}
		facts, err := factsOf(version)
		if err != nil {
			return err
		}
		call, _ := callIn(callColumn, facts)
		n := 0
		for i, times := range chosen {
			for range times {
				o := givenOpinion{article: article.Id, choice: call.Options[i], form: fingerprint(fmt.Sprint(d.keyOf(item), when, n))}
				if n < len(texts) {
					o.text = texts[n]
				}
				n++
				if err := call.Check(o.choice, o.text, workday.Date(d.p.today())); err != nil {
					return err
				}
				if err := d.p.storeOpinion(d.app, o); err != nil {
					return err
				}
			}
		}
		return nil
	}}
}

// toldResult: the school writes what became of a call, beside the public version.
func toldResult(when, result string) demoDeed {
	return demoDeed{when, "editor", func(d *demoPlay, item demoItem, who *core.Record) error {
		if err := changed(when, item.text).do(d, item, who); err != nil {
			return err
		}
		article, err := d.article(item)
		if err != nil {
			return err
		}
		version, err := d.version(article)
		if err != nil {
			return err
		}
		facts, err := factsOf(version)
		if err != nil {
			return err
		}
		facts[0][inquiry.CallResult] = result
		version.Set("facts", facts)
		return d.save(who, version)
	}}
}
