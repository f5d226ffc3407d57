package pb_hooks

import (
	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// bindInquiryLevels checks what the bureau sets for the channels: added, never
// changed, so that what was counted with it stays explained.
func bindInquiryLevels(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.InquiryLevels).BindFunc(signSetting)
	app.OnRecordUpdate(records.InquiryLevels).BindFunc(keepSetting)
	app.OnRecordDelete(records.InquiryLevels).BindFunc(keepSetting)
	app.OnRecordCreate(records.InquiryLevels).BindFunc(inTx(p.checkLevel))
	app.OnRecordAfterCreateSuccess(records.InquiryLevels).BindFunc(func(e *core.RecordEvent) error {
		p.refresh() // the pages of the channels tell by when it is answered
		return e.Next()
	})
}

// checkLevel: a letter keeps the service level of the day it was submitted, so a
// new one cannot hold before tomorrow. A closed channel needs no level, and must
// say where people can go instead.
func (p *platform) checkLevel(e *core.RecordEvent) error {
	problems := map[string]error{}
	level := levelOf(e.Record)
	channel, err := inquiry.FindChannel(level.Channel)
	if err != nil || !channel.IsAnswered() {
		problems["channel"] = validation.NewError("inquiry_missing", "请选择渠道")
	}
	if level.Closed {
		e.Record.Load(map[string]any{"accept": channel.Service.Accept, "reply": channel.Service.Reply, "extend": channel.Service.Extend, "complex": channel.Service.Complex})
		if level.Notice == "" {
			problems["notice"] = validation.NewError("inquiry_missing", "暂停的渠道请写明原因，以及可以怎样联系")
		}
	} else {
		for field, problem := range level.Service.Problems() {
			problems[field] = problem
		}
	}
	if !level.From.IsValid() {
		problems["valid_from"] = validation.NewError("inquiry_missing", "请填写从哪一天起使用")
	} else if string(level.From) <= p.today() {
		problems["valid_from"] = validation.NewError("level_too_early", "最早从明天起使用：今天的来信已经按现行期限告知")
	} else if err := refuseSameDay(e, dbx.HashExp{"channel": string(level.Channel)}); err != nil {
		problems["valid_from"] = err
	}
	if len(problems) > 0 {
		return fieldErrors(problems)
	}
	return e.Next()
}
