package pb_hooks

import (
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// ownedByOrders are the collections that only the procedure of orders writes: no
// rule lets staff near them, and this keeps superusers from writing past it.
var ownedByOrders = []string{records.Orders, records.OrderParts, records.OrderSteps, records.OrderFiles}

// sealedOfOrders is what of an order only the key opens: evidence may show anybody.
var sealedOfOrders = []sealedField{{Collection: records.OrderFiles, Field: "file", IsFile: true}}

// bindOrders keeps the records of orders to the procedure, and catches up at start
// with what fell due while the server was off.
func bindOrders(app core.App, p *platform) {
	refuse := func(e *core.RecordRequestEvent) error {
		return e.ForbiddenError("督办的记录由办理程序写入，不能直接更改。", nil)
	}
	app.OnRecordCreateRequest(ownedByOrders...).BindFunc(refuse)
	app.OnRecordUpdateRequest(ownedByOrders...).BindFunc(refuse)
	app.OnRecordDeleteRequest(ownedByOrders...).BindFunc(refuse)
	whileServing(app, p.followOrders)
}
