package foi

import (
	"slices"

	"gongkai/pb_hooks/workday"
)

// Dispute is one review, suit or complaint about an answer.
type Dispute struct {
	ID          string
	Remedy      Remedy
	AcceptedOn  workday.Date // 受理日期
	ConcludedOn workday.Date // "" while pending
	Result      Result
}

func (d Dispute) problem() string {
	switch {
	case d.ID == "":
		return "没有编号"
	case d.Remedy.Name() == "":
		return "没有途径"
	case !d.AcceptedOn.IsValid():
		return "没有受理日期"
	case d.ConcludedOn == "" && d.Result != Unfinished:
		return "有结果而没有审结日期"
	case d.ConcludedOn == "":
		return ""
	case !d.ConcludedOn.IsValid() || d.ConcludedOn < d.AcceptedOn:
		return "审结日期不正确"
	case d.Result == Unfinished || d.Result.Name() == "":
		return "没有结果"
	}
	return ""
}

// DisputeTable is table 4 with 表4-校: for each kind the four results and the total.
// Like table 3 it is plain data.
type DisputeTable struct {
	Period  Period               `json:"period"`
	Figures map[Remedy][5]Figure `json:"figures"`
}

// At returns the figure of a kind and a result.
func (t DisputeTable) At(remedy Remedy, result Result) Figure {
	return t.Figures[remedy][slices.Index(Results(), result)]
}

// Total is what was concluded in the period or pending at its end.
func (t DisputeTable) Total(remedy Remedy) Figure { return t.Figures[remedy][4] }

// Table4 counts the disputes of a period: concluded in it by result, pending at its
// end. The total is their sum; so it has the cases accepted in the period and those
// carried into it. Errors are BadPeriod and Uncountable.
func Table4(disputes []Dispute, p Period) (DisputeTable, error) {
	t := DisputeTable{Period: p, Figures: map[Remedy][5]Figure{}}
	if err := p.check(); err != nil {
		return t, err
	}
	problems, seen := map[string]string{}, map[string]bool{}
	for _, d := range disputes {
		if problem := d.problem(); problem != "" {
			problems[d.ID] = problem
		} else if seen[d.ID] {
			problems[d.ID] = "重复"
		}
		seen[d.ID] = true
	}
	if len(problems) > 0 {
		return t, Uncountable{problems}
	}
	for _, remedy := range Remedies() {
		var row [5]Figure
		for _, d := range disputes {
			if d.Remedy != remedy || d.AcceptedOn > p.To || d.ConcludedOn != "" && d.ConcludedOn < p.From {
				continue
			}
			result := d.Result
			if d.ConcludedOn > p.To {
				result = Unfinished // as it was then
			}
			row[slices.Index(Results(), result)].add(d.ID)
			row[4].add(d.ID)
		}
		t.Figures[remedy] = row
	}
	return t, nil
}

// SumTable4 adds the tables of several schools, all about one period.
func SumTable4(tables ...DisputeTable) (DisputeTable, error) {
	sum := DisputeTable{Figures: map[Remedy][5]Figure{}}
	for i, t := range tables {
		if i == 0 {
			sum.Period = t.Period
		}
		if t.Period != sum.Period {
			return DisputeTable{}, BadPeriod{t.Period}
		}
		for remedy, row := range t.Figures {
			added := sum.Figures[remedy]
			for i, f := range row {
				added[i] = added[i].plus(f)
			}
			sum.Figures[remedy] = added
		}
	}
	return sum, nil
}
