package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/webhook"
)

// What the workbench knows of pushing to others is written from the answers of its routes.
func TestTypeScriptPushIsFresh(t *testing.T) {
	b := generated()
	fmt.Fprintln(b, "import type { NamedCode } from './inquiries.gen'")
	for _, v := range []any{pb_hooks.PushSubscriber{}, pb_hooks.PushOutcome{}, pb_hooks.PushDesk{}, pb_hooks.PushForm{}, pb_hooks.PushSecrets{},
		pb_hooks.PushDelivery{}, pb_hooks.PushDeliveryList{}, pb_hooks.PushAttempt{}, pb_hooks.PushDeliveryDesk{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	writeNames(b, "pushEventNames", append(webhook.Events(), webhook.Test))
	isFresh(t, "push.gen.ts", b)
}
