package pb_hooks

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/workday"
)

// letterOfStep is the kind of letter that can be made of a step.
func letterOfStep(c orderPart, do order.Action) (foi.LetterKind, bool) {
	switch {
	case do == order.Issue && c.paper.GetString("kind") == string(order.Rectification):
		return foi.LetterRectification, true
	case do == order.Issue:
		return foi.LetterOrder, true
	case do == order.Close:
		return foi.LetterOrderClosed, true
	case do == order.Return:
		return foi.LetterOrderReturned, true
	}
	return "", false
}

// orderLetter makes the letter of a step as .docx, from the template in force. What it
// says is what the steps up to then say: it is the same whenever it is made.
func (p *platform) orderLetter(e *core.RequestEvent) error {
	c, _, err := p.visiblePart(e.App, e.Auth, e.Request.PathValue("id"), e.Request.PathValue("part"))
	if err != nil {
		return err
	}
	at := slices.IndexFunc(c.steps, func(s *core.Record) bool { return s.Id == e.Request.PathValue("step") })
	if at < 0 {
		return e.NotFoundError("没有这份文书。", nil)
	}
	kind, ok := letterOfStep(c, c.events[at].Do)
	if !ok {
		return e.NotFoundError("这一步没有文书。", nil)
	}
	values, err := p.orderLetterValues(c, at)
	if err != nil {
		return err
	}
	_, template, err := p.templateOf(e.App, kind)
	if err != nil {
		return err
	}
	docx, err := letter.Write(kind, template, values)
	if err != nil {
		return err
	}
	return handOut(e, savedName(kind.Name()+" "+values["文号"]+" "+values["学校名称"]+".docx"), docxType, docx)
}

// orderLetterValues fills what the letter of a step says.
func (p *platform) orderLetterValues(c orderPart, at int) (map[string]string, error) {
	then, err := order.Replay(c.events[:at+1], c.Calendar())
	if err != nil {
		return nil, err
	}
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	school, _ := d.ByID(c.record.GetString("school"))
	step, number := c.events[at], c.paper.GetString("number")
	values := foi.Issuer{Name: d.District.Bureau, Unit: "本局", Bureau: d.District.Bureau, Contact: "信息公开办公室", Phone: cmp.Or(d.District.Contact, "见平台首页"),
		Address: cmp.Or(d.District.Address, d.District.Bureau)}.Values()
	for name, value := range map[string]string{"文号": number, "原文号": number, "受理编号": c.record.GetString("number"), "日期": foi.LetterDate(step.On), "学校名称": school.Name,
		"督办事由": c.paper.GetString("title"), "督办要求": c.paper.GetString("text"), "签收截止日期": foi.LetterDate(then.AckBy), "办结期限": letterDay(step.Told, then.Provisional),
		"退回理由": step.Reason, "报送日期": ""} {
		values[name] = value
	}
	if about := c.paper.GetString("occasion"); about != "" {
		values["督办事由"] += "（" + about + "）"
	}
	if n := len(then.Reports); n > 0 {
		values["报送日期"] = foi.LetterDate(then.Reports[n-1].On)
	}
	if step.Do != order.Issue { // what goes to one school has a number of its own
		nth := 0
		for _, e := range c.events[:at+1] {
			if e.Do == step.Do {
				nth++
			}
		}
		values["文号"] = c.record.GetString("number") + "-" + letterSuffix[step.Do] + serialAfter(nth)
	}
	return values, nil
}

// serialAfter is the end of the number of a second letter of its kind, and of later ones.
func serialAfter(nth int) string {
	if nth == 1 {
		return ""
	}
	return strconv.Itoa(nth)
}

var letterSuffix = map[order.Action]string{order.Close: "验", order.Return: "退"}

// letterDay is a due day as a letter tells it.
func letterDay(day workday.Date, provisional bool) string {
	if provisional {
		return foi.LetterDate(day) + "（暂定）"
	}
	return foi.LetterDate(day)
}
