package pb_hooks_test

import (
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/silence"
)

// What the workbench knows of the silence radar is written from the answers of its
// routes.
func TestTypeScriptSilenceIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{silence.KindDefinition{}, pb_hooks.SilenceLine{}, pb_hooks.SilenceDesk{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	isFresh(t, "silence.gen.ts", b)
}
