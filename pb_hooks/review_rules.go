package pb_hooks

import (
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// bindReviewRules keeps what the bureau sets lawful: two people are the least,
// and enough only for columns of low risk; a rule holds from a day on and is
// never changed.
func bindReviewRules(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.ReviewRules).BindFunc(func(e *core.RecordRequestEvent) error {
		if e.Auth != nil && e.Auth.Collection().Name == records.Staff {
			e.Record.Set("by", e.Auth.Id)
		}
		if from := e.Record.GetString("valid_from"); from < p.today() {
			return refused("valid_from", "rule_in_the_past", "生效日期不能早于今天：已经办理的不受新规则影响")
		}
		return e.Next()
	})
	app.OnRecordCreate(records.ReviewRules).BindFunc(func(e *core.RecordEvent) error {
		if publication.Form(e.Record.GetString("form")) == publication.TwoPerson && !publication.IsLowRisk(e.Record.GetString("column")) {
			return validation.Errors{"form": validation.NewError("form_too_few", "两人制只能用于校园动态、通知公告等低风险栏目")}
		}
		if n := e.Record.GetInt("workdays"); n < 1 || n > 20 {
			return validation.Errors{"workdays": validation.NewError("workdays_range", "审核时限填写 1 至 20 个工作日")}
		}
		return e.Next()
	})
	final := func(*core.RecordEvent) error {
		return refused("id", "rule_is_final", "审核规则不能更改或删除，请新增一条从以后某天起生效的规则")
	}
	app.OnRecordUpdate(records.ReviewRules).BindFunc(final)
	app.OnRecordDelete(records.ReviewRules).BindFunc(final)
}
