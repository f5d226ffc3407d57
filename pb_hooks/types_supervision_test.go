package pb_hooks_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/figures"
	"gongkai/pb_hooks/standard"
)

// What the pages know of supervision is written from the answers of the routes.
func TestTypeScriptSupervisionIsFresh(t *testing.T) {
	b := generated()
	fmt.Fprintln(b, "import type { NamedCode } from './inquiries.gen'")
	fmt.Fprintln(b, "\n/** Counts are figures by name. */\nexport type Counts = Record<string, number>")
	for _, v := range []any{figures.Ratio{}, pb_hooks.ShareLine{}, pb_hooks.ColumnToday{}, pb_hooks.TaskToday{}, pb_hooks.FigureHead{}, pb_hooks.ShareHead{}, pb_hooks.SchoolFigure{}, pb_hooks.PeriodStatistics{}, pb_hooks.SchoolToday{},
		pb_hooks.ShareChange{}, pb_hooks.FigureChange{}, pb_hooks.SchoolAttention{}, pb_hooks.StageAttention{}, pb_hooks.SupervisionOverview{},
		pb_hooks.HeatRow{}, pb_hooks.SupervisionHeat{}, pb_hooks.TrendPoint{}, pb_hooks.TrendSeries{}, pb_hooks.SupervisionTrend{},
		pb_hooks.FloodDay{}, pb_hooks.FloodEnd{}, pb_hooks.FloodSchool{}, pb_hooks.SupervisionFloods{},
		pb_hooks.CardLine{}, pb_hooks.ColumnMark{}, pb_hooks.SupervisedSchool{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	fmt.Fprintf(b, "\n/** The stages of schools, in their order. */\nexport const stages = ['%s'] as const\n", strings.Join(standard.Stages(), "', '"))
	isFresh(t, "supervision.gen.ts", b)
}
