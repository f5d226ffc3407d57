package pb_hooks_test

import (
	"reflect"
	"testing"

	"gongkai/pb_hooks"
)

// What the workbench knows of the data and the life of schools is written from the
// answers of its routes.
func TestTypeScriptSchoolsIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{pb_hooks.SchoolLine{}, pb_hooks.SchoolList{}, pb_hooks.SchoolRef{}, pb_hooks.SchoolField{}, pb_hooks.SchoolCorrection{}, pb_hooks.KitItem{},
		pb_hooks.SchoolFile{}, pb_hooks.EndingCase{}, pb_hooks.EndingPerson{}, pb_hooks.EndingPlan{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	isFresh(t, "schools.gen.ts", b)
}
