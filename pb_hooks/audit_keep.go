package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// keepAudit: rows come from audit only, and nobody changes the table. Triggers
// in the database hold against programs of other people; the chain shows what
// holds against neither.
func keepAudit(app core.App) {
	refuse := func(*core.RecordEvent) error {
		return refused("id", "audit_is_final", "审计记录只能由系统追加，不能添加、更改或删除")
	}
	app.OnRecordCreate(records.AuditLog).BindFunc(refuse)
	app.OnRecordUpdate(records.AuditLog).BindFunc(refuse)
	app.OnRecordDelete(records.AuditLog).BindFunc(refuse)
}
