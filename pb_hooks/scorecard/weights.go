package scorecard

import (
	"fmt"
	"strings"
)

// Weights are the maxima of groups and indicators, and what each hit costs, from
// the first day of a month on. They are not changed: another set holds from a
// later month.
type Weights struct {
	From   string              `json:"valid_from"` // a date
	Groups map[Group]Points    `json:"groups"`     // at most lost in a group; all together Full
	Lines  map[Code]LineWeight `json:"lines"`      // of every deduction
}

// LineWeight are the points of one indicator.
type LineWeight struct {
	Most Points            `json:"most"` // at most lost, not more than in its group
	Hits map[string]Points `json:"hits"` // by kind of hit, each
}

// Defaults are the program's own weights, the oldest first. A set is never
// edited here: a later one is added.
func Defaults() []Weights {
	one := func(most Points, key string, each Points) LineWeight {
		return LineWeight{most, map[string]Points{key: each}}
	}
	return []Weights{{
		From:   "2020-01-01",
		Groups: map[Group]Points{Columns: 200, Updating: 250, Interaction: 150, Requests: 150, Services: 100, Safety: 150},
		Lines: map[Code]LineWeight{
			"D1": one(150, "missing", 10), "D2": one(120, "blank", 30),
			"D3": {200, map[string]Points{"stale": 20, "key": 50}}, "D4": one(100, "late", 10),
			"D5": {100, map[string]Points{"late": 50, "missing": 100}}, "D6": one(80, "element", 20),
			"D7": one(150, "overdue", 50), "D8": {60, map[string]Points{"low": 30, "returned": 10}},
			"D9":  {150, map[string]Points{"late": 50, "open": 100}},
			"D10": {60, map[string]Points{"home": 10, "link": 1, "file": 20}}, "D11": {40, map[string]Points{"private": 20, "wechat": 10}},
			"D12": {60, map[string]Points{"general": 5, "serious": 30}}, "D13": one(150, "personal", 100), "D14": one(60, "overdue", 20),
			"D15": one(100, "unreviewed", 50), "D16": one(20, "fault", 5), "D17": one(20, "missing", 5), "D18": one(20, "slow", 20), "D19": one(150, "risk", 100),
		},
	}}
}

// InForce is the set of weights that holds on a day: the latest that has begun.
// The defaults are among them.
func InForce(sets []Weights, day string) Weights {
	best := Weights{}
	for _, w := range append(Defaults(), sets...) {
		if w.From <= day && w.From >= best.From {
			best = w
		}
	}
	return best
}

// Refusal is why something cannot be, at a field of a form.
type Refusal struct{ code, sentence string }

func (r Refusal) Error() string { return r.sentence }

// Code is the machine's name of the refusal.
func (r Refusal) Code() string { return r.code }

// Problems says what is wrong with a set of weights, by field: groups,
// groups.columns, D1.most, D1.hits.missing. The day is not looked at.
func (w Weights) Problems() map[string]error {
	problems := map[string]error{}
	var sum Points
	var parts []string
	for _, g := range Groups() {
		most, ok := w.Groups[g]
		if !ok || most < 0 || most > Full {
			problems["groups."+string(g)] = Refusal{"weight_range", "请填写 0 至 100 分"}
		}
		sum += most
		parts = append(parts, g.Name()+" "+most.String())
	}
	if len(problems) == 0 && sum != Full {
		problems["groups"] = Refusal{"weight_sum", fmt.Sprintf("各组的最高扣分相加应当是 100 分，现在是 %s 分（%s）", sum, strings.Join(parts, "、"))}
	}
	for _, i := range indicators {
		if i.IsVeto() {
			continue
		}
		w.Lines[i.Code].check(i, w.Groups[i.Group], problems)
	}
	for code := range w.Lines {
		if i, ok := Find(code); !ok || i.IsVeto() {
			problems[string(code)+".most"] = Refusal{"weight_unknown", "没有这个扣分指标，请刷新页面"}
		}
	}
	return problems
}

func (l LineWeight) check(i Indicator, group Points, problems map[string]error) {
	field := string(i.Code)
	switch {
	case l.Most < 0:
		problems[field+".most"] = Refusal{"weight_range", "最高扣分不能小于 0"}
	case l.Most > group:
		problems[field+".most"] = Refusal{"weight_over_group", fmt.Sprintf("不能超过所在组“%s”的最高扣分 %s 分", i.Group.Name(), group)}
	}
	for _, h := range i.Hits {
		each, ok := l.Hits[h.Key]
		if !ok || each < 0 || each > Full {
			problems[field+".hits."+h.Key] = Refusal{"weight_range", "请填写 0 至 100 分"}
		} else if l.Most >= 0 && each > l.Most {
			problems[field+".hits."+h.Key] = Refusal{"weight_over_line", fmt.Sprintf("每次扣分不能超过本项的最高扣分 %s 分", l.Most)}
		}
	}
	for key := range l.Hits {
		if _, ok := i.Hit(key); !ok {
			problems[field+".hits."+key] = Refusal{"weight_unknown", "没有这种情形，请刷新页面"}
		}
	}
}
