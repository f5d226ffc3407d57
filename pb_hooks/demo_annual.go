package pb_hooks

import (
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// demoAnnual are the annual reports of the schools that did not publish last year's
// in January (demo.Behind): one published late, one being written, one in review; the
// last has not begun. All others published theirs in time, see package demo.
func demoAnnual() []demoItem {
	late, writing, inReview := demo.Behind[0], demo.Behind[1], demo.Behind[2]
	return []demoItem{
		{key: "annual-late", school: late, deeds: []demoDeed{
			wroteReport("40 09:10", "clerk"), tookReport("40 10:30", "clerk", annual.Present, ""), tookReport("39 09:00", "principal", annual.Return, "第五部分请写明上年问题的整改情况（演示）"),
			wroteReport("39 14:20", "editor"), tookReport("39 15:00", "clerk", annual.Present, ""), tookReport("38 09:30", "principal", annual.Sign, ""),
			reviewedReport("37 10:00", "reviewer", publication.Approve, publication.Check{Examined: publication.ReviewPoints()}),
			reviewedReport("36 10:00", "secrecy", publication.Clear, publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish})}},
		{key: "annual-writing", school: writing, deeds: []demoDeed{begunReport("4 16:00", "clerk")}},
		{key: "annual-review", school: inReview, deeds: []demoDeed{wroteReport("3 09:20", "clerk"), tookReport("3 10:00", "clerk", annual.Present, ""), tookReport("2 15:00", "principal", annual.Sign, "")}},
	}
}

// demoTexts are what a school writes in its report.
var demoTexts = annual.Texts{
	"disclosure": "学校按照栏目设置标准主动公开信息，招生、收费、财务、食堂和校园安全是重点。除本平台外，还通过校门口公告栏和家长会公开，方便不上网的家长。",
	"requests":   "学校在本平台和校门口公布了申请渠道，由专管员统一受理，按法定期限答复，没有超期，申请人没有对答复提出异议。",
	"management": "学校修订了信息公开制度，每条信息经初审和保密审查后公开，学期末清理失效的规章制度。",
	"platform":   "学校指定专人维护本平台栏目，每月核对一次联系方式和办事指南，图片都配有文字说明。",
	"oversight":  "校长负责信息公开工作，全年培训两次，信息公开纳入年度考核，没有发生需要追究责任的情形。",
	"problems":   "上年指出的部分栏目更新不及时的问题已经改正。本年的主要问题是财务信息的说明不够通俗，下一年将为预决算配写说明，并请家长代表试读。" + demo.Notice,
	"other":      "本年度没有收取信息处理费。没有其他需要报告的事项。",
}

// askReport asks for something of the item's report.
func (d *demoPlay) askReport(who *core.Record, handler func(*core.RequestEvent) error, item demoItem, body any) error {
	e, err := d.request(who, "", body)
	if err != nil {
		return err
	}
	e.Request.SetPathValue("school", d.schools[item.school-1].Code)
	e.Request.SetPathValue("year", strconv.Itoa(d.demoReportYear()))
	return handler(e)
}

// demoReportYear is the year that the reports are about.
func (d *demoPlay) demoReportYear() int { return annual.LastYear(workday.Date(d.p.today())) }

// reportBase is the save that somebody looks at.
func (d *demoPlay) reportBase(item demoItem) (*annualCase, string, error) {
	c, err := annualCaseOf(d.app, d.schoolID(item.school), d.demoReportYear())
	if err != nil || c.record == nil {
		return c, "", err
	}
	return c, c.record.GetString("updated"), nil
}

// wroteReport: somebody writes the whole text.
func wroteReport(when, post string) demoDeed { return savedReport(when, post, demoTexts) }

// begunReport: somebody writes the first sections.
func begunReport(when, post string) demoDeed {
	return savedReport(when, post, annual.Texts{"disclosure": demoTexts["disclosure"], "requests": demoTexts["requests"]})
}

func savedReport(when, post string, texts annual.Texts) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		_, base, err := d.reportBase(item)
		if err != nil {
			return err
		}
		return d.askReport(who, d.p.saveAnnual, item, AnnualText{Texts: texts, Base: base})
	}}
}

// tookReport: somebody presents, returns or signs it.
func tookReport(when, post string, do annual.Action, reason string) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		_, base, err := d.reportBase(item)
		if err != nil {
			return err
		}
		return d.askReport(who, d.p.stepAnnual, item, AnnualStepBody{Do: do, Reason: reason, Base: base})
	}}
}

// reviewedReport: somebody takes a step of the ordinary reviews.
func reviewedReport(when, post string, do publication.Action, check publication.Check) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		c, _, err := d.reportBase(item)
		if err != nil {
			return err
		}
		step, _, err := isNew(d.app, records.Steps, d.keyOf(item)+"/"+string(do)+" "+when)
		if err != nil {
			return err
		}
		step.Load(map[string]any{"article": c.article.Id, "action": string(do), "check": check})
		return d.save(who, step)
	}}
}
