package pb_hooks

import (
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// keepAudit: rows come from audit only, and nobody changes the table. Triggers
// in the database hold against programs of other people; the chain shows what
// holds against neither.
func keepAudit(app core.App) {
	refuse := func(*core.RecordEvent) error {
		return validation.Errors{"id": validation.NewError("audit_is_final", "审计记录只能由系统追加，不能添加、更改或删除")}
	}
	app.OnRecordCreate(records.AuditLog).BindFunc(refuse)
	app.OnRecordUpdate(records.AuditLog).BindFunc(refuse)
	app.OnRecordDelete(records.AuditLog).BindFunc(refuse)
	app.OnCollectionUpdateRequest().BindFunc(func(e *core.CollectionRequestEvent) error {
		if c, err := e.App.FindCachedCollectionByNameOrId(e.Request.PathValue("collection")); err != nil || c.Name == records.AuditLog {
			return e.ForbiddenError("审计记录表不能更改。", nil)
		}
		return e.Next()
	})
	// the tables are part of the program: a migration changes them
	app.OnCollectionDeleteRequest().BindFunc(func(e *core.CollectionRequestEvent) error {
		return e.ForbiddenError("数据表由程序使用，不能在这里删除。", nil)
	})
	app.OnCollectionsImportRequest().BindFunc(func(e *core.CollectionsImportRequestEvent) error {
		return e.ForbiddenError("数据表由程序的升级脚本更改，不能在这里导入。", nil)
	})
}
