package pb_hooks

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/registry"
	"gongkai/pb_hooks/survey"
)

// demoSurveyOpened is when this year's survey was opened.
const demoSurveyOpened = "8 09:00"

// demoSurveys are last year's survey with its results, and this year's, which half
// of the roles have answered.
func demoSurveys() []demoItem {
	items := []demoItem{
		{key: "survey-last", deeds: []demoDeed{{demoSurveyOpened, "", keptLastSurvey}}},
		{key: "survey", deeds: []demoDeed{openedSurvey(demoSurveyOpened)}},
	}
	for school := range demoEditors {
		item := demoItem{key: fmt.Sprint("survey-answers/", school+1), school: school + 1}
		for i, post := range demoPosts {
			isShort := item.school == demoShortOfPeople && (post.word == "reviewer" || post.word == "secrecy")
			if n := school*len(demoPosts) + i; n%2 == 1 && !isShort {
				item.deeds = append(item.deeds, answeredSurvey(fmt.Sprintf("%d 10:%02d", 6-school%6, i), post, n))
			}
		}
		items = append(items, item)
	}
	return items
}

var demoImprovements = []string{"附件上传后希望能直接预览", "待办希望能按截止日期排序", "多办几次培训，新来的同事用得上", "手机上填写审核意见再方便一些", "希望有常用正文的模板",
	"保密审查的要点能配几个例子", "网络慢的时候上传图片要等很久", "希望能一次更正几条信息里的同一个错字", "统计表希望能按月看"}

// demoAnswer is what the role with this number answers: nine in ten are satisfied.
func demoAnswer(n int) (levels map[string]inquiry.Rating, improve string) {
	pattern := []inquiry.Rating{4, 5, 4, 3, 5, 4, 4, 2, 5, 3, 4, 5, 3, 4, 5, 4}
	levels = map[string]inquiry.Rating{}
	for i, q := range survey.Questions() {
		levels[q.Key] = pattern[(n*5+i*3)%len(pattern)]
	}
	if n%4 > 0 {
		return levels, ""
	}
	return levels, demoImprovements[n/4%len(demoImprovements)]
}

// demoSurveyYear is the year of the survey that is open.
func (d *demoPlay) demoSurveyYear() int { return d.at(demoSurveyOpened).Year() }

func openedSurvey(when string) demoDeed {
	return demoDeed{when, "supervisor", func(d *demoPlay, _ demoItem, who *core.Record) error {
		year := d.demoSurveyYear()
		return d.ask(who, d.p.openSurvey, "", map[string]any{"year": year, "title": fmt.Sprintf("%d 年平台满意度调查", year), "from": d.p.today(), "until": d.day(20)})
	}}
}

func answeredSurvey(when string, post demoPost, n int) demoDeed {
	return demoDeed{when, post.word, func(d *demoPlay, item demoItem, who *core.Record) error {
		if d.schools[item.school-1].Status != registry.Open {
			return nil
		}
		r, err := d.app.FindFirstRecordByData(records.Surveys, "year", d.demoSurveyYear())
		if err != nil {
			return err
		}
		levels, improve := demoAnswer(n)
		return d.ask(who, d.p.answerSurvey, r.Id, surveyAnswer{publication.Duty(post.duties[0]), levels, improve})
	}}
}

// keptLastSurvey stores the survey of the year before with its answers and results:
// the demonstration plays nothing so long ago.
func keptLastSurvey(d *demoPlay, item demoItem, _ *core.Record) error {
	year := d.demoSurveyYear() - 1
	r, _, err := isNew(d.app, records.Surveys, d.keyOf(item))
	if err != nil {
		return err
	}
	r.Load(map[string]any{"year": year, "title": fmt.Sprintf("%d 年平台满意度调查", year), "from": fmt.Sprintf("%d-10-15", year), "until": fmt.Sprintf("%d-11-14", year),
		"questions": survey.Questions(), "reminded_on": fmt.Sprintf("%d-11-07", year)})
	if err := d.app.Save(r); err != nil {
		return err
	}
	roles, err := rolesNow(d.app)
	if err != nil {
		return err
	}
	c, err := d.app.FindCachedCollectionByNameOrId(records.SurveyAnswers)
	if err != nil {
		return err
	}
	for n, role := range roles {
		if role.Duty == publication.Clerk && n%3 == 0 {
			continue // did not answer
		}
		levels, improve := demoAnswer(n)
		answer := core.NewRecord(c)
		answer.Load(map[string]any{"survey": r.Id, "school": role.School, "duty": string(role.Duty), "levels": levels, "improve": improve})
		if err := d.app.Save(answer); err != nil {
			return err
		}
	}
	return d.p.countSurvey(d.app, r, time.Date(year, time.November, 16, 9, 0, 0, 0, shanghai))
}
