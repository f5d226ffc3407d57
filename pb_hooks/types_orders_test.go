package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/order"
)

// What the workbench knows of orders is written from the procedure and from the
// answers of the routes.
func TestTypeScriptOrdersAreFresh(t *testing.T) {
	b := generated()
	fmt.Fprintln(b, "import type { Choice, DayLine, FileLine } from './requests.gen'")
	for _, v := range []any{pb_hooks.OrderCounts{}, pb_hooks.OrderPartLine{}, pb_hooks.OrderEntryLine{}, pb_hooks.OrderStepLine{}, pb_hooks.OrderPartDesk{}, pb_hooks.OrderDesk{},
		pb_hooks.OrderListLine{}, pb_hooks.OrderList{}, pb_hooks.OrderSchool{}, pb_hooks.OrderForm{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	writeNames(b, "orderKindNames", order.Kinds())
	writeNames(b, "orderStateNames", order.States()[1:])
	fmt.Fprintf(b, "\nexport const orderBounds = { title: %d, text: %d, days: %d, extend: %d } as const\n", order.LongestTitle, order.LongestText, order.LongestPeriod, order.LongestExtend)
	isFresh(t, "orders.gen.ts", b)
}
