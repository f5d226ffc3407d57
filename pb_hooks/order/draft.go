package order

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Bounds of what an order says, in characters.
const (
	LongestTitle = 60
	LongestText  = 2000
)

// Paper is an order before it is issued.
type Paper struct {
	Kind    Kind
	Source  Source
	Ref     string
	Title   string
	Text    string // what is asked
	Days    int    // working days from the day of issue
	Schools []Addressee
}

// Addressee is a school that is to receive an order. Status is what the directory says: open, planned, merged, closed; ""
// is a school that there is not.
type Addressee struct{ Name, Status string }

var unopened = map[string]string{"planned": "还在筹建", "merged": "已经合并", "closed": "已经撤销", "": "不在名单里"}

// Problems lists what stands against issuing an order, by the name of the field; none if it can be.
func (o Paper) Problems() map[string]error {
	problems := map[string]error{}
	refuse := func(why Why, field, sentence string) {
		problems[field] = Refusal{Why: why, Field: field, Sentence: sentence, Law: norm}
	}
	text := func(field, what, text string, most int) {
		switch n := utf8.RuneCountInString(text); {
		case isBlank(text):
			refuse(Missing, field, "请填写"+what)
		case n > most:
			refuse(OutOfRange, field, fmt.Sprintf("%s不能超过 %d 字，现在有 %d 字", what, most, n))
		}
	}
	if o.Kind.Name() == "" {
		refuse(Missing, "kind", "请选择督办单或者整改通知书")
	}
	text("title", "事由", o.Title, LongestTitle)
	text("text", "要求", o.Text, LongestText)
	if o.Days < 1 || o.Days > LongestPeriod {
		refuse(OutOfRange, "days", fmt.Sprintf("办理期限填写 1 至 %d 个工作日", LongestPeriod))
	}
	switch {
	case o.Source.Name() == "":
		refuse(Malformed, "source", "没有这种来源")
	case o.Source != ByHand && isBlank(o.Ref):
		refuse(Missing, "ref", "请写明由哪一件引起")
	}
	var wrong []string
	for _, s := range o.Schools {
		if why, is := unopened[s.Status]; is {
			wrong = append(wrong, s.Name+why)
		}
	}
	switch {
	case len(o.Schools) == 0:
		refuse(Missing, "schools", "请选择学校")
	case len(wrong) > 0:
		refuse(Malformed, "schools", strings.Join(wrong, "，")+"，不能发给它")
	}
	return problems
}
