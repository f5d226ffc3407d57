package registry

import (
	"fmt"
	"strings"
)

// stop says which limits the set is above: what a broken export or half an answer looks like. A school that was missing
// before, in an answer that was not stopped, is no news.
func (o Options) stop(p *plan, lines []Line) string {
	limits := o.Shares
	ended := func(l Line) bool {
		return l.Kind == Close || l.Kind == Merge || l.Ends || l.Kind == Vanish && o.Missing[l.School] == 0
	}
	living := 0
	for _, t := range p.targets {
		if !t.isNew && t.before.IsLiving() && (!t.beyond || t.by != nil) {
			living++
		}
	}
	if living == 0 {
		return ""
	}
	var over []string
	for _, guard := range []struct {
		verb  string
		share Share
		does  func(Line) int
	}{
		{"新增", limits.Opened, opens},
		{"关闭", limits.Ended, func(l Line) int { return one(ended(l)) }},
		{"更名", limits.Renamed, func(l Line) int { return one(l.Kind == Rename) }},
		{"改动", limits.Changed, func(l Line) int { return one(l.Kind == Move || l.Kind == Update && l.Fields[0].Old != "") }},
	} {
		n := 0
		seen := map[string]bool{}
		for _, l := range lines {
			if does := guard.does(l); does > 0 && (l.School == "" || !seen[l.School]) {
				n, seen[l.School] = n+does, true
			}
		}
		if part := float64(n) / float64(living); guard.share.Most > 0 && n > guard.share.Least && part > guard.share.Most {
			over = append(over, fmt.Sprintf("会%s %d 所（%s），超过 %s", guard.verb, n, percent(part), percent(guard.share.Most)))
		}
	}
	if len(over) == 0 {
		return ""
	}
	return "这次" + strings.Join(over, "；") + "；请先核对来源"
}

func opens(l Line) int { return one(l.Kind == Create) + len(l.Parts) }

func one(is bool) int {
	if is {
		return 1
	}
	return 0
}

// percent is 5% for 0.05 and 29.7% for 0.297.
func percent(part float64) string {
	return strings.TrimSuffix(fmt.Sprintf("%.1f", part*100), ".0") + "%"
}
