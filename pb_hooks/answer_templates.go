package pb_hooks

import (
	"fmt"
	"unicode/utf8"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// bindAnswerTemplates: a template of an answer (答复模板) belongs to the unit of who
// wrote it, is complete, and is deactivated rather than deleted.
func bindAnswerTemplates(app core.App) {
	app.OnRecordCreateRequest(records.AnswerTemplates).BindFunc(func(e *core.RecordRequestEvent) error {
		if e.Auth != nil && e.Auth.Collection().Name == records.Staff {
			e.Record.Set("school", e.Auth.GetString("school"))
		}
		return e.Next()
	})
	app.OnRecordCreate(records.AnswerTemplates).BindFunc(completeAnswerTemplate)
	app.OnRecordUpdateRequest(records.AnswerTemplates).BindFunc(refuseOlderTemplate)
	app.OnRecordUpdate(records.AnswerTemplates).BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetString("school") != e.Record.Original().GetString("school") {
			return refused("school", "answer_template_elsewhere", "答复模板不能转给其他单位，请由对方新增")
		}
		return completeAnswerTemplate(e)
	})
	app.OnRecordDelete(records.AnswerTemplates).BindFunc(func(*core.RecordEvent) error {
		return refused("id", "answer_template_is_kept", "答复模板不能删除，不再使用的可以停用")
	})
}

// refuseOlderTemplate refuses a change that began from what somebody else has
// changed meanwhile ("base", the time of that save).
func refuseOlderTemplate(e *core.RecordRequestEvent) error {
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	if base, began := info.Body["base"].(string); began && base != e.Record.Original().GetString("updated") {
		return staleSave()
	}
	return e.Next()
}

// completeAnswerTemplate names every field that is missing or too long.
func completeAnswerTemplate(e *core.RecordEvent) error {
	r, problems := e.Record, validation.Errors{}
	if _, err := inquiry.FindCategory(inquiry.CategoryCode(r.GetString("category"))); err != nil {
		problems["category"] = validation.NewError("answer_template_category", "请选择模板用于哪类来信")
	}
	for _, f := range []struct {
		name, word string
		most       int
		clean      func(string) string
	}{{"title", "模板名称", 60, cleanLine}, {"text", "模板内容", 2000, cleanLines}} {
		text := f.clean(r.GetString(f.name))
		r.Set(f.name, text)
		switch n := utf8.RuneCountInString(text); {
		case n == 0:
			problems[f.name] = validation.NewError("answer_template_missing", "请填写"+f.word)
		case n > f.most:
			problems[f.name] = validation.NewError("answer_template_too_long", fmt.Sprintf("%s不能超过 %d 字，现在有 %d 字", f.word, f.most, n))
		}
	}
	if len(problems) > 0 {
		return problems
	}
	return e.Next()
}
