package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/survey"
)

// What the workbench knows of the survey of school staff is written from its rules
// and from the answers of the routes.
func TestTypeScriptSurveyIsFresh(t *testing.T) {
	b := generated()
	for _, v := range []any{survey.Question{}, survey.Line{}, pb_hooks.SurveyRole{}, pb_hooks.SilentSchool{}, pb_hooks.SurveyView{}, pb_hooks.SurveyDesk{}, pb_hooks.SurveyResults{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	fmt.Fprintln(b, "\n// The best first.\nexport const surveyLevels = [")
	for _, level := range survey.Levels() {
		fmt.Fprintf(b, "  { value: %d, name: '%s' },\n", level, level.Name())
	}
	fmt.Fprintf(b, "] as const\n\nexport const surveyBounds = { title: %d, improve: %d, smallest: %d, target: %v } as const\n",
		survey.MostTitle, survey.MostImprove, inquiry.SmallestGroup, survey.Target)
	isFresh(t, "survey.gen.ts", b)
}
