package pb_hooks

import (
	"context"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// bindStandards keeps the standard and the exemptions from it to their routes, for
// superusers too, and catches up at the start what a stopped server missed.
func bindStandards(app core.App, p *platform) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("栏目设置标准和豁免不能直接更改，请在工作台办理。", nil)
	}
	owned := []string{records.Standards, records.Columns, records.Exemptions}
	app.OnRecordCreateRequest(owned...).BindFunc(refuse)
	app.OnRecordUpdateRequest(owned...).BindFunc(refuse)
	app.OnRecordDeleteRequest(owned...).BindFunc(refuse)
	final := func(*core.RecordEvent) error {
		return refused("id", "column_is_final", "已经施行的栏目不能更改，请起草新的版本")
	}
	app.OnRecordUpdate(records.Columns).BindFunc(final)
	app.OnRecordDelete(records.Columns).BindFunc(final)
	whileServing(app, func(context.Context) { p.followStandards() })
}
