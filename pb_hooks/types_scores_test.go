package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/scorecard"
)

// What the workbench knows of scores is written from the indicators and from the
// answers of the routes.
func TestTypeScriptScoresAreFresh(t *testing.T) {
	b := generated()
	fmt.Fprintln(b, "import type { NamedCode } from './inquiries.gen'")
	for _, v := range []any{scorecard.Hit{}, scorecard.Indicator{}, scorecard.Item{}, scorecard.HitCount{}, scorecard.Line{}, scorecard.GroupLine{}, scorecard.Card{}, scorecard.CardLine{},
		scorecard.LineWeight{}, scorecard.Weights{}, pb_hooks.WeightSet{}, pb_hooks.ScoreWeights{}, pb_hooks.ScoreObjection{}, pb_hooks.EnteredFinding{}, pb_hooks.ScoreCard{},
		pb_hooks.ScoreLine{}, pb_hooks.ScoreTable{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	writeNames(b, "scoreGroupNames", scorecard.Groups())
	writeNames(b, "gradeNames", scorecard.Grades())
	fmt.Fprintln(b, "\nexport const indicatorNames: Record<string, string> = {")
	for _, i := range scorecard.Indicators() {
		fmt.Fprintf(b, "  %s: '%s',\n", i.Code, i.Name)
	}
	fmt.Fprintln(b, "}")
	isFresh(t, "scores.gen.ts", b)
}
