package source

import (
	"reflect"
	"slices"

	"gongkai/pb_hooks/registry"
)

// gatherer collects the rows of a reading.
type gatherer struct {
	rows                  []registry.Row
	repeated, left, blank int
	at                    map[string]int // of the first row of a school
}

// line is the number of the next row.
func (g *gatherer) line() int { return len(g.rows) + g.repeated + 1 }

// add adds a row. One that has come before, word for word, as where a list moves on between two pages, counts once. With
// merge, one that differs by its stages only gives them to the first. Other rows for one school are left to Compare,
// which names them.
func (g *gatherer) add(row registry.Row, merge bool) {
	if g.at == nil {
		g.at = map[string]int{}
	}
	i, known := g.at[row.Key()]
	if !known || len(row.Problems) > 0 || len(g.rows[i].Problems) > 0 {
		g.at[row.Key()] = len(g.rows)
		g.rows = append(g.rows, row)
		return
	}
	first := &g.rows[i]
	switch {
	case reflect.DeepEqual(first.School, row.School):
		g.repeated++
	case merge && sameButStages(first.School, row.School):
		g.repeated++
		first.School.Stages = withStages(first.School.Stages, row.School.Stages)
	default:
		g.rows = append(g.rows, row)
	}
}

func sameButStages(a, b registry.School) bool {
	a.Stages, b.Stages = nil, nil
	return reflect.DeepEqual(a, b)
}

func withStages(stages, more []string) []string {
	all := slices.Concat(stages, more)
	slices.SortFunc(all, func(a, b string) int { return slices.Index(registry.Stages, a) - slices.Index(registry.Stages, b) })
	return slices.Compact(all)
}

// finish gives the answer, unless what was read is of no use.
func (g *gatherer) finish(answer Answer) (Answer, error) {
	answer.Rows, answer.Repeated, answer.Left = g.rows, g.repeated, g.left
	for _, row := range g.rows {
		answer.Shape.add(row)
	}
	bad := 0
	for _, row := range g.rows {
		if len(row.Problems) > 0 {
			bad++
		}
	}
	switch {
	case len(g.rows) == 0 && answer.Partial:
	case len(g.rows) == 0 && g.blank > 2, len(g.rows) > 0 && answer.Shape.Fields["name"] == 0:
		return Answer{}, faultf(Nameless, "来源给出的行里一个学校名称都没有，格式可能已经改变。没有采用任何内容；请在“对应关系”里重新试读")
	case len(g.rows) == 0:
		return Answer{}, faultf(Empty, "来源一所学校都没有给出。没有采用；请核对地址、查询条件和列表的位置")
	case bad == len(g.rows):
		p := g.rows[0].Problems[0]
		return Answer{}, faultf(Unusable, "来源给出的 %d 行每一行都有问题，例如第 %d 行的%s：%s。没有采用任何内容；请核对对应关系", bad, p.Line, registry.Label(p.Field), p.Reason)
	}
	return answer, nil
}
