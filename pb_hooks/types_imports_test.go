package pb_hooks_test

import (
	"reflect"
	"testing"

	"gongkai/pb_hooks"
)

// What the workbench knows of batches that old sites brought is written from the
// answers of its routes.
func TestTypeScriptImportsIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{pb_hooks.ImportBatch{}, pb_hooks.ImportBatchList{}, pb_hooks.ImportItem{}, pb_hooks.ImportFlag{}, pb_hooks.ImportBatchPage{}, pb_hooks.ManyOfLine{}, pb_hooks.ManyResult{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	isFresh(t, "imports.gen.ts", b)
}
