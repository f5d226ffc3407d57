package inquiry

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/pb_hooks/workday"
)

// CallForOpinions is a 意见征集: a question with options and room for text, open for a time. Nobody is answered one by
// one; the result is published.
type CallForOpinions struct {
	Question string
	Options  []string // none: text only
	Text     bool     // text may be written too
	From     workday.Date
	Until    workday.Date // the last day
}

const (
	mostOptions  = 20
	longestCall  = 366 // days that it may be open
	optionLength = 60
)

// IsOpen reports whether opinions are taken on a day.
func (c CallForOpinions) IsOpen(day workday.Date) bool { return c.From <= day && day <= c.Until }

// Problems lists what is wrong with a call, by field.
func (c CallForOpinions) Problems() map[string]error {
	problems := map[string]error{}
	if isBlank(c.Question) {
		problems["question"] = missing("question", norm, "请填写征集什么意见")
	}
	if len(c.Options) == 0 && !c.Text {
		problems["options"] = missing("options", norm, "请填写选项，或者允许填写意见")
	}
	if len(c.Options) == 1 || len(c.Options) > mostOptions {
		problems["options"] = Refusal{Why: OutOfRange, Field: "options", Sentence: fmt.Sprintf("选项填写 2 至 %d 个", mostOptions), Law: norm}
	}
	for i, o := range c.Options {
		if isBlank(o) || utf8.RuneCountInString(o) > optionLength || slices.Contains(c.Options[:i], o) {
			problems["options"] = malformed("options", norm, fmt.Sprintf("第 %d 个选项是空的、太长或者重复了", i+1))
		}
	}
	switch {
	case !c.From.IsValid() || !c.Until.IsValid():
		problems["from"] = missing("from", norm, "请填写征集的起止日期")
	case c.Until < c.From || c.Until > daysAfter(c.From, longestCall):
		problems["until"] = malformed("until", norm, "截止日期应当在开始日期之后，一年以内")
	}
	return problems
}

// Check asks whether an opinion may be given on a day: nil, or a Refusal.
func (c CallForOpinions) Check(choice, text string, day workday.Date) error {
	switch text = strings.TrimSpace(text); {
	case day < c.From:
		return Refusal{Why: TooEarly, Sentence: "征集还没有开始，从 " + string(c.From) + " 开始", Law: norm, Date: c.From}
	case day > c.Until:
		return Refusal{Why: TooLate, Sentence: "征集已经在 " + string(c.Until) + " 结束", Law: norm, Date: c.Until}
	case choice != "" && !slices.Contains(c.Options, choice):
		return malformed("choice", norm, "请选择列出的选项")
	case choice == "" && len(c.Options) > 0 && text == "", choice == "" && !c.Text:
		return missing("choice", norm, "请选择一个选项")
	case choice == "" && text == "":
		return missing("text", norm, "请填写意见")
	case text != "" && !c.Text:
		return malformed("text", norm, "这次征集只选择选项，不填写意见")
	case utf8.RuneCountInString(text) > textMost:
		return Refusal{Why: OutOfRange, Field: "text", Sentence: fmt.Sprintf("意见最多 %d 个字", textMost), Law: norm}
	}
	return nil
}

// Tally is the result of a call: how many gave an opinion, and how many chose each option, in the options' order.
type Tally struct {
	Given  int   `json:"given"`
	Chosen []int `json:"chosen"`
}

// Count adds up how many chose what; "" is an opinion without a choice.
func (c CallForOpinions) Count(given map[string]int) Tally {
	t := Tally{Chosen: make([]int, len(c.Options))}
	for choice, n := range given {
		t.Given += n
		if i := slices.Index(c.Options, choice); i >= 0 {
			t.Chosen[i] += n
		}
	}
	return t
}
