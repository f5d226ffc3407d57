package pb_hooks_test

import (
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/order"
)

// Whoever looks at the demonstration sees an order in every state, and every step
// that people or the system take.
func TestDemoShowsEveryStateOfAnOrder(t *testing.T) {
	heavy(t)
	app := demoApp(t)
	shown := func(collection, field, value string) {
		t.Helper()
		if n, err := app.CountRecords(collection, dbx.HashExp{field: value}); err != nil || n == 0 {
			t.Errorf("the demonstration shows nothing with %s %s (%v)", field, value, err)
		}
	}
	for _, state := range order.States()[1:] {
		shown("order_parts", "state", string(state))
	}
	for _, kind := range order.Kinds() {
		shown("orders", "kind", string(kind))
	}
	for _, action := range order.Actions() {
		if action != order.Recount && action != order.Succeed { // no calendar changes in it, and only one of three goes to a successor
			shown("order_steps", "action", string(action))
		}
	}
	for _, flag := range []string{"asked", "talk", "on_time"} {
		if n, err := app.CountRecords("order_parts", dbx.HashExp{flag: true}); err != nil || n == 0 {
			t.Errorf("the demonstration shows nothing that is %s (%v)", flag, err)
		}
	}
}
