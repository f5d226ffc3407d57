package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/responsibility"
)

// What the workbench knows of who is responsible is written from the rules and
// from the answers of the routes.
func TestTypeScriptResponsibilityIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{responsibility.RoleDefinition{}, pb_hooks.ResponsibilityStep{}, pb_hooks.ResponsibilityAction{}, pb_hooks.ResponsibilityEntry{}, pb_hooks.ResponsibilityDesk{},
		pb_hooks.ResponsibilityLine{}, pb_hooks.ResponsibilityOverview{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	fmt.Fprintf(b, "\nexport const responsibilityBounds = { name: %d, post: %d, phone: %d, reason: %d } as const\n",
		responsibility.MostName, responsibility.MostPost, responsibility.MostPhone, responsibility.MostReason)
	isFresh(t, "responsibility.gen.ts", b)
}
