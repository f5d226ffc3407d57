package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/annual"
)

// What the workbench knows of annual reports is written from the answers of the
// routes and from the rules.
func TestTypeScriptAnnualIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{annual.Problem{}, pb_hooks.AnnualSection{}, pb_hooks.AnnualPart{}, pb_hooks.AnnualStep{}, pb_hooks.AnnualDesk{}, pb_hooks.AnnualLine{}, pb_hooks.AnnualList{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	fmt.Fprintln(b, "\nexport const annualStates = [")
	for _, s := range annual.States() {
		fmt.Fprintf(b, "  { code: '%s', name: '%s' },\n", s, s.Name())
	}
	fmt.Fprintf(b, "] as const\n\nexport const longestAnnualText = %d\n", annual.LongestText)
	isFresh(t, "annual.gen.ts", b)
}
