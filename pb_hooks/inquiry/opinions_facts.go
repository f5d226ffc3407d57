package inquiry

import (
	"slices"
	"strings"

	"gongkai/pb_hooks/workday"
)

// The named fields (要素) of an article in which a call stands: what is asked is part of the text that is reviewed, and
// of its hash. All but the options are those of the column in the standard.
const (
	CallQuestion = "主题"
	CallDates    = "起止日期" // 2026-06-01至2026-06-14
	CallWay      = "参与方式" // one of the ways below; anything else is no call that is answered here
	CallOptions  = "选项"   // one a line
	CallResult   = "结果反馈"
)

// The ways to take part on the page itself.
const (
	ToChoose         = "在本页选择一项"
	ToChooseAndWrite = "在本页选择一项，可以填写意见"
	ToWrite          = "在本页填写意见"
)

const untilWord = "至"

// resultWithin is how many days after the end the result is to be published (栏目设置标准 B0602：到期一个月内公布采纳情况).
const resultWithin = 30

// CallOf reads a call from the rows of named fields of an article; false where nobody takes part on the page itself.
// What it reads may have Problems.
func CallOf(facts []map[string]string) (CallForOpinions, bool) {
	if len(facts) == 0 || !slices.Contains([]string{ToChoose, ToChooseAndWrite, ToWrite}, facts[0][CallWay]) {
		return CallForOpinions{}, false
	}
	row := facts[0]
	from, until, _ := strings.Cut(row[CallDates], untilWord)
	c := CallForOpinions{Question: row[CallQuestion], Text: row[CallWay] != ToChoose,
		From: workday.Date(strings.TrimSpace(from)), Until: workday.Date(strings.TrimSpace(until))}
	if row[CallWay] == ToWrite {
		return c, true
	}
	for line := range strings.Lines(row[CallOptions]) {
		if option := strings.TrimSpace(line); option != "" {
			c.Options = append(c.Options, option)
		}
	}
	if len(c.Options) == 0 {
		c.Options = []string{""} // asked for and not given: a problem of the options
	}
	return c, true
}

// Facts is the row of named fields in which a call stands, with its result.
func (c CallForOpinions) Facts(result string) map[string]string {
	way := ToWrite
	switch {
	case len(c.Options) > 0 && c.Text:
		way = ToChooseAndWrite
	case len(c.Options) > 0:
		way = ToChoose
	}
	return map[string]string{CallQuestion: c.Question, CallDates: string(c.From) + untilWord + string(c.Until), CallWay: way,
		CallOptions: strings.Join(c.Options, "\n"), CallResult: result}
}

// ResultOf is the published result of the call in the rows of named fields, "" while there is none.
func ResultOf(facts []map[string]string) string {
	if len(facts) == 0 {
		return ""
	}
	return strings.TrimSpace(facts[0][CallResult])
}

// ResultBy is the day by which the result is to be published.
func (c CallForOpinions) ResultBy() workday.Date { return daysAfter(c.Until, resultWithin) }

// CheckChange asks whether a call to which opinions were given may become another one: nil, or a Refusal. Only its last
// day may move, or what was chosen would be counted for something else.
func (c CallForOpinions) CheckChange(to CallForOpinions) error {
	if c.Question == to.Question && slices.Equal(c.Options, to.Options) && c.Text == to.Text && c.From == to.From {
		return nil
	}
	return Refusal{Why: NotNow, Sentence: "已经有人提交了意见，主题、选项、参与方式和开始日期不能再改，截止日期可以改；要问别的，请另发一条", Law: norm}
}
