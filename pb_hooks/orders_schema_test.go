package pb_hooks_test

import (
	"slices"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/order"
)

func TestSelectValuesOfOrdersAreTheProceduresWords(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	for _, tt := range []struct {
		collection, field string
		want              []string
	}{
		{"orders", "kind", plain(order.Kinds())}, {"orders", "source", plain(order.Sources())}, {"order_parts", "state", plain(order.States())},
		{"order_parts", "clock", plain(order.Clocks())}, {"order_steps", "action", plain(order.Actions())}, {"order_steps", "role", plain(order.Roles())},
		{"order_steps", "state", plain(order.States())}, {"order_steps", "norm", plain(order.Norms())}, {"letter_templates", "kind", plain(foi.LetterKinds())},
	} {
		if got := selectValues(t, app, tt.collection, tt.field); !slices.Equal(got, tt.want) {
			t.Errorf("%s.%s: %v, the procedure says %v", tt.collection, tt.field, got, tt.want)
		}
	}
}
