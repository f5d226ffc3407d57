package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/standard"
)

// What the workbench knows of the standard is written from its rules and from the
// answers of the routes.
func TestTypeScriptStandardIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{standard.Move{}, standard.Fault{}, standard.ColumnRef{}, standard.FieldChange{}, standard.ColumnChange{}, standard.Merge{}, standard.Split{},
		standard.Renumbered{}, standard.Difference{}, pb_hooks.StandardRow{}, pb_hooks.StandardColumn{}, pb_hooks.StandardView{}, pb_hooks.StandardList{},
		pb_hooks.ColumnShare{}, pb_hooks.DryRunMove{}, pb_hooks.DryRunSchool{}, pb_hooks.DryRunReview{}, pb_hooks.DryRunExemption{}, pb_hooks.StandardDryRun{},
		standard.SheetFault{}, pb_hooks.FieldProblem{}, pb_hooks.StandardRefusal{},
		pb_hooks.ExemptionView{}, pb_hooks.ExemptionList{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	choice := func(name string, values, names []string) {
		fmt.Fprintf(b, "\nexport const %s = [\n", name)
		for i, v := range values {
			fmt.Fprintf(b, "  { value: '%s', name: '%s' },\n", v, names[i])
		}
		fmt.Fprintln(b, "] as const")
	}
	names := func(values []string, of func(string) string) (list []string) {
		for _, v := range values {
			list = append(list, of(v))
		}
		return list
	}
	var kinds []string
	for _, k := range standard.Kinds() {
		kinds = append(kinds, string(k))
	}
	choice("columnKinds", kinds, names(kinds, func(k string) string { return standard.Kind(k).Name() }))
	conditions, forms := []string{"", "meals", "boarding"}, []string{"", "two_person", "standard", "extended"}
	choice("columnConditions", conditions, names(conditions, func(c string) string {
		if c == "" {
			return "不限"
		}
		return standard.ConditionName(c)
	}))
	choice("columnReviews", forms, names(forms, standard.ReviewName))
	fmt.Fprintln(b, "\nexport const columnTiers = [")
	for tier := 1; tier <= 3; tier++ {
		fmt.Fprintf(b, "  { value: %d, name: '%s' },\n", tier, standard.TierName(tier))
	}
	fmt.Fprintln(b, "] as const\n\nexport const columnStages = [")
	for _, s := range standard.ColumnStages() {
		fmt.Fprintf(b, "  '%s',\n", s)
	}
	fmt.Fprintf(b, "] as const\n\n// 永久\nexport const forEver = %d\n", standard.ForEver)
	isFresh(t, "standard.gen.ts", b)
}
