package pb_hooks

import (
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// bindRequestSettings checks what the bureau sets for 依申请公开: periods, remedy
// paragraphs and templates are added, never changed, so that what was counted and
// written with them stays explained.
func bindRequestSettings(app core.App, p *platform) {
	for _, name := range []string{records.FOITerms, records.RemedyTexts, records.LetterTemplates} {
		app.OnRecordCreateRequest(name).BindFunc(signSetting)
		app.OnRecordUpdate(name).BindFunc(keepSetting)
		app.OnRecordDelete(name).BindFunc(keepSetting)
	}
	app.OnRecordCreateRequest(records.FOITerms).BindFunc(cautioned("terms_caution", func(r *core.Record) string { return termsOf(r).Caution() }))
	app.OnRecordCreateRequest(records.RemedyTexts).BindFunc(cautioned("remedy_caution", func(r *core.Record) string { return foi.RemedyCaution(r.GetString("text")) }))
	app.OnRecordCreate(records.FOITerms).BindFunc(inTx(p.checkTerms))
	app.OnRecordCreate(records.RemedyTexts).BindFunc(inTx(p.checkRemedy))
	app.OnRecordCreate(records.LetterTemplates).BindFunc(inTx(checkTemplate))
	app.OnRecordUpdate(records.Districts).BindFunc(checkRequestFields)
	app.OnRecordCreate(records.Schools).BindFunc(p.checkLetterWord)
	app.OnRecordUpdate(records.Schools).BindFunc(p.checkLetterWord)
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		p.fillLetterWords()
		return se.Next()
	})
}

// signSetting says who set it.
func signSetting(e *core.RecordRequestEvent) error {
	name := "系统管理员"
	if e.Auth != nil && e.Auth.Collection().Name == records.Staff {
		name = e.Auth.GetString("name")
	}
	e.Record.Set("by_name", clip(name, 50))
	return e.Next()
}

func keepSetting(*core.RecordEvent) error {
	return refused("id", "setting_is_final", "已经保存的不能更改或删除，请新增一条")
}

// checkTerms: a case keeps the periods of the day it was submitted, so new ones
// cannot hold before tomorrow: of today there may be cases already.
func (p *platform) checkTerms(e *core.RecordEvent) error {
	problems := termsOf(e.Record).Problems()
	if problem, ok := problems["from"]; ok {
		delete(problems, "from")
		problems["valid_from"] = problem
	} else if e.Record.GetString("valid_from") <= p.today() {
		problems["valid_from"] = validation.NewError("terms_too_early", "最早从明天起适用：已经提交的申请按提交当天的期限办理")
	} else if err := refuseSameDay(e, dbx.HashExp{}); err != nil {
		problems["valid_from"] = err
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return e.Next()
}

// refuseSameDay refuses a second one that begins on the same day.
func refuseSameDay(e *core.RecordEvent, of dbx.HashExp) error {
	of["valid_from"] = e.Record.GetString("valid_from")
	n, err := e.App.CountRecords(e.Record.Collection().Name, of)
	if err == nil && n > 0 {
		err = validation.NewError("setting_same_day", "已有从这一天起适用的设置，请换一天")
	}
	return err
}

// mostRemedy bounds a remedy paragraph, in characters.
const mostRemedy = 1000

// cautioned shows what is doubtful about a setting before it is taken: the bureau
// may decide so, but not without having read it ("confirmed").
func cautioned(code string, cautionOf func(*core.Record) string) func(*core.RecordRequestEvent) error {
	return func(e *core.RecordRequestEvent) error {
		info, err := e.RequestInfo()
		if err != nil {
			return err
		}
		caution := cautionOf(e.Record)
		if confirmed, _ := info.Body["confirmed"].(bool); caution != "" && !confirmed {
			return refused("confirmed", code, caution)
		}
		return e.Next()
	}
}

func (p *platform) checkRemedy(e *core.RecordEvent) error {
	problems := map[string]error{}
	text := strings.TrimSpace(e.Record.GetString("text"))
	e.Record.Set("text", text)
	if err := remedyProblem(text); err != nil {
		problems["text"] = err
	}
	if !slices.Contains(foi.RemedyKeys(), foi.RemedyKey(e.Record.GetString("key"))) {
		problems["key"] = validation.NewError("setting_missing", "请选择是谁的救济途径")
	}
	if from := workday.Date(e.Record.GetString("valid_from")); !from.IsValid() {
		problems["valid_from"] = validation.NewError("setting_missing", "请填写从哪一天起使用")
	} else if string(from) < p.today() {
		problems["valid_from"] = validation.NewError("setting_in_the_past", "不能早于今天：已经发出的文书不能改变")
	} else if err := refuseSameDay(e, dbx.HashExp{"key": e.Record.GetString("key")}); err != nil {
		problems["valid_from"] = err
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return e.Next()
}

// remedyFields are the placeholders of a remedy paragraph; letters of every kind
// have a value for them.
var remedyFields = []string{"本单位", "主管部门"}

func remedyProblem(text string) error {
	if text == "" {
		return validation.NewError("setting_missing", "请填写救济途径的文字")
	}
	if n := utf8.RuneCountInString(text); n > mostRemedy {
		return validation.NewError("setting_too_long", fmt.Sprintf("最多 %d 字，现有 %d 字", mostRemedy, n))
	}
	slots, err := foi.Slots(text)
	if err != nil {
		return err
	}
	var unknown []string
	for _, s := range slots {
		if !slices.Contains(remedyFields, s.Name) && !slices.Contains(unknown, s.Name) {
			unknown = append(unknown, s.Name)
		}
	}
	if len(unknown) > 0 {
		return validation.NewError("letter_unknown_placeholder", "救济途径中只能用 {{本单位}}、{{主管部门}}，不能用 {{"+strings.Join(unknown, "}}、{{")+"}}")
	}
	return nil
}
