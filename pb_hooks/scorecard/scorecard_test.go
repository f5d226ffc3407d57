package scorecard_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"testing"

	"gongkai/pb_hooks/scorecard"
)

// Three schools of a district in March 2026, counted by hand with the program's
// own weights.
//
//	晨光小学  two stale columns, one of them 收费: 2 + 5 = 7 of 信息更新;
//	          one link on the home page, three elsewhere: 1 + 0.3 = 1.3 of 服务实用.
//	          100 − 7 − 1.3 = 91.7: 优秀
//	云帆中学  6 columns missing: 6; 5 blank: 15, at most 12, and 5 blank columns veto (V4).
//	          栏目建设 6 + 12 = 18 of at most 20.
//	          three consultations overdue: 15; two letters of 纠错: 4 → 19, at most 15.
//	          100 − 18 − 15 = 67, and 不合格 for the veto.
//	星河幼儿园 two requests without an answer, one late: 10 + 10 + 5 = 25, at most 15;
//	          two 身份证号: 20, at most 15, and words 0.5 × 3 = 1.5 → 16.5, at most 15;
//	          stale 10: 20, report missing 10 → 30, at most 25.
//	          100 − 15 − 15 − 25 = 45: 不合格 without a veto
func TestCardsOfThreeSchools(t *testing.T) {
	type counts = map[scorecard.Code]map[string]int
	for _, tt := range []struct {
		school  string
		found   counts
		score   scorecard.Points
		grade   scorecard.Grade
		vetoes  []scorecard.Code
		lost    map[scorecard.Code]scorecard.Points
		inGroup map[scorecard.Group]scorecard.Points
	}{
		{"晨光小学", counts{"V4": {"stale": 2}, "D3": {"stale": 1, "key": 1}, "D10": {"home": 1, "link": 3}, "D13": {}},
			917, scorecard.Excellent, nil, map[scorecard.Code]scorecard.Points{"D3": 70, "D10": 13},
			map[scorecard.Group]scorecard.Points{scorecard.Updating: 70, scorecard.Services: 13}},
		{"云帆中学", counts{"V4": {"blank": 5, "stale": 9}, "D1": {"missing": 6}, "D2": {"blank": 5}, "D7": {"overdue": 3}, "D14": {"overdue": 2}},
			670, scorecard.Failed, []scorecard.Code{"V4"}, map[scorecard.Code]scorecard.Points{"D1": 60, "D2": 120, "D7": 150, "D14": 40},
			map[scorecard.Group]scorecard.Points{scorecard.Columns: 180, scorecard.Interaction: 150}},
		{"星河幼儿园", counts{"D9": {"late": 1, "open": 2}, "D13": {"personal": 2}, "D12": {"general": 3}, "D3": {"stale": 10}, "D5": {"missing": 1}},
			450, scorecard.Failed, nil, map[scorecard.Code]scorecard.Points{"D9": 150, "D13": 150, "D12": 15, "D3": 200, "D5": 100},
			map[scorecard.Group]scorecard.Points{scorecard.Requests: 150, scorecard.Safety: 150, scorecard.Updating: 250}},
	} {
		t.Run(tt.school, func(t *testing.T) {
			card := scorecard.Judge(scorecard.InForce(nil, "2026-03-31"), scorecard.Counted(tt.found))
			if card.Score != tt.score || card.Grade != tt.grade || !slices.Equal(card.Vetoes, tt.vetoes) {
				t.Errorf("%s points, %s, %v; want %s, %s, %v", card.Score, card.Grade, card.Vetoes, tt.score, tt.grade, tt.vetoes)
			}
			for _, line := range card.Lines {
				if line.Points != tt.lost[line.Code] {
					t.Errorf("%s costs %s, want %s", line.Code, line.Points, tt.lost[line.Code])
				}
				if _, looked := tt.found[line.Code]; line.Measured != looked {
					t.Errorf("%s measured: %v", line.Code, line.Measured)
				}
			}
			for _, g := range card.Groups {
				if g.Points != tt.inGroup[g.Group] {
					t.Errorf("%s costs %s, want %s", g.Group.Name(), g.Points, tt.inGroup[g.Group])
				}
			}
			if card.Measured() != len(tt.found) {
				t.Errorf("%d indicators are measured, want %d", card.Measured(), len(tt.found))
			}
		})
	}
}

func TestWhatIsGivenBack(t *testing.T) {
	card := scorecard.Judge(scorecard.InForce(nil, "2026-03-31"), scorecard.Counted(map[scorecard.Code]map[string]int{
		"V5": {"unanswered": 1}, "D7": {"overdue": 3}, "D14": {"overdue": 2}}))
	if card.Score != 850 || card.Grade != scorecard.Failed { // 15 + 4, at most 15
		t.Fatalf("%s %s", card.Score, card.Grade)
	}
	after := card.Restore([]scorecard.GivenBack{{Code: "D7", Points: 50}}) // 10 + 4 are lost now
	line, _ := after.Line("D7")
	if after.Score != 860 || line.Back != 50 || line.Points != 150 || after.Grade != scorecard.Failed {
		t.Errorf("%s points, %+v", after.Score, line)
	}
	after = card.Restore([]scorecard.GivenBack{{Code: "D7", Points: 999}, {Code: "V5"}}) // not more than was taken
	if after.Score != 960 || after.Grade != scorecard.Excellent || len(after.Vetoes) != 0 {
		t.Errorf("%s points, %v", after.Score, after.Vetoes)
	}
	if line, _ := card.Line("D7"); line.Back != 0 || card.Score != 850 || !slices.Equal(card.Vetoes, []scorecard.Code{"V5"}) {
		t.Errorf("the card itself changed: %+v", line)
	}
}

func TestWeightsMustAddUp(t *testing.T) {
	fine := func() scorecard.Weights {
		w := scorecard.InForce(nil, "2026-03-31")
		w.Groups, w.Lines = maps.Clone(w.Groups), maps.Clone(w.Lines)
		return w
	}
	if problems := fine().Problems(); len(problems) != 0 {
		t.Fatalf("the program's own: %v", problems)
	}
	one := func(most scorecard.Points, key string, each scorecard.Points) scorecard.LineWeight {
		return scorecard.LineWeight{Most: most, Hits: map[string]scorecard.Points{key: each}}
	}
	for _, tt := range []struct {
		field, sentence string
		change          func(w scorecard.Weights)
	}{
		{"groups", "各组的最高扣分相加应当是 100 分，现在是 105 分（栏目建设 25、信息更新 25、互动回应 15、依申请公开 15、服务实用 10、安全与可用 15）",
			func(w scorecard.Weights) { w.Groups[scorecard.Columns] = 250 }},
		{"groups.safety", "请填写 0 至 100 分", func(w scorecard.Weights) { w.Groups[scorecard.Safety] = -1 }},
		{"groups.safety", "请填写 0 至 100 分", func(w scorecard.Weights) { delete(w.Groups, scorecard.Safety) }},
		{"D1.most", "不能超过所在组“栏目建设”的最高扣分 20 分", func(w scorecard.Weights) { w.Lines["D1"] = one(205, "missing", 10) }},
		{"D1.most", "最高扣分不能小于 0", func(w scorecard.Weights) { w.Lines["D1"] = one(-1, "missing", 10) }},
		{"D1.hits.missing", "每次扣分不能超过本项的最高扣分 0.5 分", func(w scorecard.Weights) { w.Lines["D1"] = one(5, "missing", 10) }},
		{"D1.hits.missing", "请填写 0 至 100 分", func(w scorecard.Weights) { delete(w.Lines, "D1") }},
		{"D1.hits.other", "没有这种情形，请刷新页面", func(w scorecard.Weights) { w.Lines["D1"] = one(5, "other", 5) }},
		{"V1.most", "没有这个扣分指标，请刷新页面", func(w scorecard.Weights) { w.Lines["V1"] = one(5, "word", 5) }},
	} {
		w := fine()
		tt.change(w)
		if got := fmt.Sprint(w.Problems()[tt.field]); got != tt.sentence {
			t.Errorf("%s: %q, want %q", tt.field, got, tt.sentence)
		}
	}
}

func TestWeightsHoldFromADay(t *testing.T) {
	later := scorecard.Weights{From: "2026-04-01", Groups: map[scorecard.Group]scorecard.Points{scorecard.Columns: 1000}}
	for day, want := range map[string]string{"2026-03-31": "2020-01-01", "2026-04-01": "2026-04-01", "2027-01-01": "2026-04-01", "2019-12-31": ""} {
		if got := scorecard.InForce([]scorecard.Weights{later}, day).From; got != want {
			t.Errorf("on %s those from %q hold, want %q", day, got, want)
		}
	}
}

func TestALineNamesSomeAndCountsAll(t *testing.T) {
	e := scorecard.Evidence{}
	for range scorecard.MostItems + 7 {
		e.Add("D4", "late", scorecard.Item{Kind: scorecard.Article, ID: "a", Label: "通知"})
	}
	other := scorecard.Evidence{}
	other.Add("D4", "late", scorecard.Item{})
	other.Look("D9")
	e.Merge(other)
	line, _ := scorecard.Judge(scorecard.InForce(nil, "2026-03-31"), e).Line("D4")
	if len(line.Items) != scorecard.MostItems || line.Count != scorecard.MostItems+8 || line.Points != 100 {
		t.Errorf("%d items, %d hits, %s points", len(line.Items), line.Count, line.Points)
	}
	if e["D9"] == nil {
		t.Error("what was looked at without a hit is lost")
	}
}

// Every indicator is explained to whoever is judged by it.
func TestIndicatorsAreExplained(t *testing.T) {
	codes := map[scorecard.Code]bool{}
	for _, i := range scorecard.Indicators() {
		if codes[i.Code] || i.Name == "" || i.Unit == "" || i.Wanted == "" || i.How == "" || i.Basis == "" || len(i.Hits) == 0 {
			t.Errorf("%+v", i)
		}
		codes[i.Code] = true
		for _, h := range i.Hits {
			if h.Key == "" || h.Name == "" || (h.From > 0) != i.IsVeto() {
				t.Errorf("%s: %+v", i.Code, h)
			}
		}
		if !i.IsVeto() && i.Group.Name() == "" {
			t.Errorf("%s is in no group", i.Code)
		}
	}
	if len(codes) != 25 {
		t.Errorf("%d indicators", len(codes))
	}
	for points, text := range map[scorecard.Points]string{0: "0", 985: "98.5", 1000: "100", 5: "0.5", -5: "-0.5", -15: "-1.5", -20: "-2"} {
		if points.String() != text {
			t.Errorf("%d is %s, want %s", int(points), points, text)
		}
	}
}

// What is stored of a card is the card.
func TestACardIsKeptWhole(t *testing.T) {
	w := scorecard.InForce(nil, "2026-03-31")
	e := scorecard.Counted(map[scorecard.Code]map[string]int{"V5": {"unanswered": 1}, "D7": {"overdue": 3}, "D9": {}})
	e.Name("D7", scorecard.Item{Kind: scorecard.Letter, ID: "x", Label: "在线咨询"})
	card := scorecard.Judge(w, e)
	raw, err := json.Marshal(card.Keep())
	if err != nil {
		t.Fatal(err)
	}
	var kept scorecard.Kept
	if err := json.Unmarshal(raw, &kept); err != nil {
		t.Fatal(err)
	}
	if again := kept.Card(w); !reflect.DeepEqual(again, card) {
		t.Errorf("%+v\nbecame\n%+v", card, again)
	}
	if len(raw) > 1200 {
		t.Errorf("%d bytes: lines that say nothing are kept", len(raw))
	}
}

func TestRanks(t *testing.T) {
	got := scorecard.Ranks([]scorecard.Standing{{Score: 900}, {Vetoed: true, Score: 990}, {Score: 950}, {Score: 900}, {Vetoed: true, Score: 100}})
	if !slices.Equal(got, []int{2, 4, 1, 2, 5}) {
		t.Errorf("%v", got)
	}
}

func BenchmarkJudge(b *testing.B) {
	w := scorecard.InForce(nil, "2026-03-31")
	e := scorecard.Counted(map[scorecard.Code]map[string]int{"V5": {"unanswered": 1}, "D7": {"overdue": 3}, "D9": {}, "D1": {"missing": 3}})
	for b.Loop() {
		scorecard.Judge(w, e)
	}
}
