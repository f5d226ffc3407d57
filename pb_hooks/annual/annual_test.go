package annual_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/annual"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

func written() annual.Texts {
	texts := annual.Texts{}
	for _, s := range annual.Sections() {
		texts[s.Key] = strings.Repeat("学校按照规定做好信息公开工作。", 5)
	}
	texts["other"] = "本年度没有收取信息处理费。"
	return texts
}

func report(t *testing.T, texts annual.Texts) annual.Report {
	t.Helper()
	cases := []foi.AnnualCase{{ID: "1", ReceivedOn: "2025-03-03", ClosedOn: "2025-03-10", Outcome: "1.1", Class: foi.ClassPerson}}
	three, err := foi.Table3(cases, foi.YearOf(2025))
	if err != nil {
		t.Fatal(err)
	}
	four, err := foi.Table4(nil, foi.YearOf(2025))
	if err != nil {
		t.Fatal(err)
	}
	return annual.Report{Issuer: "示范区晨光小学", Year: 2025, Texts: texts, Groups: annual.GroupTable{"A02": {Published: 12, Valid: 12, Dated: 12, Days: 30, Timed: 10, OnTime: 9}}, Table3: three, Table4: four}
}

func TestTheFormHasSixParts(t *testing.T) {
	var tables []string
	keys := map[string]bool{}
	for i, p := range annual.Parts() {
		if !strings.HasPrefix(p.Title, []string{"一、", "二、", "三、", "四、", "五、", "六、"}[i]) || len(p.Sections) == 0 {
			t.Errorf("part %d: %s", i+1, p.Title)
		}
		tables = append(tables, p.Tables...)
		for _, s := range p.Sections {
			if keys[s.Key] || s.Prompt == "" || s.Title == "" {
				t.Errorf("section %+v", s)
			}
			keys[s.Key] = true
		}
	}
	if len(annual.Parts()) != 6 || !slices.Equal(tables, []string{"2", "2s", "3", "4", "4s"}) {
		t.Errorf("%d parts, tables %v", len(annual.Parts()), tables)
	}
}

func TestProblems(t *testing.T) {
	for name, tt := range map[string]struct {
		section, text string
		want          string // code; "" is none
		blocks        bool
	}{
		"all is written":     {"note2", "", "", false},
		"a part is empty":    {"problems", " \n　", "empty", true},
		"a part is short":    {"disclosure", "写了一点。", "short", true},
		"fees are not told":  {"other", "没有其他需要报告的事项。", "no_fee", true},
		"another figure":     {"disclosure", "全年主动公开信息13条，" + strings.Repeat("按规定及时公开。", 8), "contradiction", false},
		"the same figure":    {"disclosure", "全年主动公开信息 12 条，" + strings.Repeat("按规定及时公开。", 8), "", false},
		"another request":    {"requests", "全年收到信息公开申请共2件，" + strings.Repeat("按规定及时答复。", 8), "contradiction", false},
		"the same requests":  {"requests", "全年收到申请1件，" + strings.Repeat("按规定及时答复。", 8), "", false},
		"other things count": {"oversight", "开展培训3次，公开栏12块，收到表扬信 5 件，" + strings.Repeat("按规定办理。", 8), "", false},
	} {
		texts := written()
		texts[tt.section] = tt.text
		got := report(t, texts).Problems()
		switch {
		case tt.want == "" && len(got) > 0, tt.want != "" && len(got) != 1:
			t.Errorf("%s: %+v", name, got)
		case tt.want != "" && (got[0].Code != tt.want || got[0].Section != tt.section || got[0].Blocks != tt.blocks):
			t.Errorf("%s: %+v", name, got)
		case (len(annual.Blocking(got)) > 0) != tt.blocks:
			t.Errorf("%s: blocking %+v", name, annual.Blocking(got))
		}
	}
}

func TestMalformed(t *testing.T) {
	if wrong := written().Malformed(); len(wrong) > 0 {
		t.Errorf("%v", wrong)
	}
	wrong := annual.Texts{"part7": "x", annual.Fees: "12,5", "other": strings.Repeat("长", annual.LongestText+1), "note3": "好"}.Malformed()
	if len(wrong) != 3 || wrong["part7"] == "" || wrong[annual.Fees] == "" || wrong["other"] == "" {
		t.Errorf("%v", wrong)
	}
	for sum, want := range map[string]bool{"": true, "0": true, "12.5": true, "0.0001": true, "-1": false, "01": false, "1.00001": false, "一万": false, "12345678": false} {
		if annual.IsSum(sum) != want {
			t.Errorf("%q is a sum: %v", sum, !want)
		}
	}
	for want, sums := range map[string][]string{"": {"", ""}, "0": {"0"}, "0.3": {"0.1", "", "0.2"}, "12.5001": {"12.5", "0.0001"}, "100": {"99.5", "0.5"}} {
		if got := annual.AddSums(sums...); got != want {
			t.Errorf("%v: %q, want %q", sums, got, want)
		}
	}
}

func TestSentences(t *testing.T) {
	r := report(t, nil)
	if got, want := r.Sentences("disclosure"), "2025年，通过本平台主动公开信息12条，更新0条，撤下0条，年末现行有效12条。从信息生成到公开平均2.5天。有公开时限的10条中，按时公开9条，占90%。"; got != want {
		t.Errorf("%s", got)
	}
	if got, want := r.Sentences("requests"), "2025年，收到信息公开申请1件，上年结转0件；办结1件，结转下年度继续办理0件。没有因信息公开引起的行政复议、行政诉讼和申诉。"; got != want {
		t.Errorf("%s", got)
	}
	four, err := foi.Table4([]foi.Dispute{{ID: "1", Remedy: foi.ToBureau, AcceptedOn: "2025-05-05"}}, foi.YearOf(2025))
	if err != nil {
		t.Fatal(err)
	}
	r.Table4, r.Groups = four, nil
	if got := r.Sentences("requests"); !strings.HasSuffix(got, "申诉共1件，见第四部分。") {
		t.Errorf("%s", got)
	}
	if got := r.Sentences("disclosure"); !strings.HasSuffix(got, "年末现行有效0条。") {
		t.Errorf("nothing was published: %s", got)
	}
}

func TestStateAndTimeliness(t *testing.T) {
	for _, tt := range []struct {
		s     annual.Standing
		today workday.Date
		state annual.State
		time  annual.Timeliness
	}{
		{annual.Standing{}, "2026-01-31", annual.NotBegun, annual.Awaited},
		{annual.Standing{}, "2026-02-01", annual.NotBegun, annual.Missing},
		{annual.Standing{Begun: true}, "2026-02-01", annual.Writing, annual.Missing},
		{annual.Standing{Begun: true, Last: annual.Present, Changed: true}, "2026-01-10", annual.Ready, annual.Awaited},
		{annual.Standing{Begun: true, Last: annual.Sign, UnderReview: true}, "2026-02-01", annual.InReview, annual.Missing},
		{annual.Standing{Begun: true, Last: annual.Sign, SentBack: true}, "2026-01-20", annual.Returned, annual.Awaited},
		{annual.Standing{Begun: true, Last: annual.Sign, SentBack: true, Changed: true}, "2026-01-20", annual.Writing, annual.Awaited},
		{annual.Standing{Begun: true, Last: annual.Sign, Public: true, PublishedOn: "2026-01-31"}, "2026-06-01", annual.Published, annual.OnTime},
		{annual.Standing{Begun: true, Last: annual.Sign, Public: true, PublishedOn: "2026-02-01"}, "2026-06-01", annual.Published, annual.Late},
		{annual.Standing{Begun: true, Last: annual.Sign, Public: true, Changed: true, PublishedOn: "2026-01-30"}, "2026-06-01", annual.Published, annual.OnTime},
		{annual.Standing{Begun: true, Last: annual.Sign, Gone: true, PublishedOn: "2026-01-30"}, "2026-06-01", annual.Withdrawn, annual.Missing},
		{annual.Standing{Begun: true, Last: annual.Sign, Public: true, UnderReview: true, PublishedOn: "2026-01-30"}, "2026-06-01", annual.InReview, annual.OnTime},
	} {
		if state, timeliness := tt.s.State(), tt.s.TimelinessOn(tt.today, 2025); state != tt.state || timeliness != tt.time || state.Name() == "" || timeliness.Name() == "" {
			t.Errorf("%+v on %s: %s, %s", tt.s, tt.today, state, timeliness)
		}
	}
}

func TestSteps(t *testing.T) {
	for name, tt := range map[string]struct {
		s    annual.Standing
		want []annual.Action
	}{
		"not begun":              {annual.Standing{}, nil},
		"written":                {annual.Standing{Begun: true, Changed: true}, []annual.Action{annual.Present}},
		"presented":              {annual.Standing{Begun: true, Last: annual.Present}, []annual.Action{annual.Return, annual.Sign}},
		"written on meanwhile":   {annual.Standing{Begun: true, Last: annual.Present, Changed: true}, []annual.Action{annual.Return, annual.Sign}},
		"returned":               {annual.Standing{Begun: true, Last: annual.Return}, []annual.Action{annual.Present}},
		"in review":              {annual.Standing{Begun: true, Last: annual.Sign, UnderReview: true, Changed: true}, nil},
		"returned by a reviewer": {annual.Standing{Begun: true, Last: annual.Sign, SentBack: true}, []annual.Action{annual.Present}},
		"public":                 {annual.Standing{Begun: true, Last: annual.Sign, Public: true}, nil},
		"public and corrected":   {annual.Standing{Begun: true, Last: annual.Sign, Public: true, Changed: true}, []annual.Action{annual.Present}},
		"withdrawn":              {annual.Standing{Begun: true, Last: annual.Sign, Gone: true}, []annual.Action{annual.Present}},
	} {
		var got []annual.Action
		for _, do := range annual.Actions() {
			if do.Name() == "" {
				t.Errorf("%s has no name", do)
			}
			if tt.s.May(do) {
				got = append(got, do)
			}
		}
		if !slices.Equal(got, tt.want) {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestReminders(t *testing.T) {
	for today, want := range map[workday.Date]workday.Date{"2026-01-01": "2026-01-01", "2026-01-10": "2026-01-01", "2026-01-11": "", "2026-01-15": "2026-01-15", "2026-01-30": "2026-01-25",
		"2026-01-31": "2026-01-31", "2026-02-01": "2026-02-01", "2026-02-14": "", "2026-03-01": "2026-03-01", "2026-11-23": "", "2026-12-31": ""} {
		r, ok := annual.ReminderOn(today)
		if r.On != want || ok != (want != "") || ok && !strings.HasPrefix(r.What, "2025年") {
			t.Errorf("%s: %+v, %v", today, r, ok)
		}
	}
	first, _ := annual.ReminderOn("2026-01-31")
	overdue, _ := annual.ReminderOn("2026-02-01")
	if first.Overdue || !overdue.Overdue || !overdue.Upwards || first.Key == overdue.Key {
		t.Errorf("%+v, %+v", first, overdue)
	}
}

func TestYearOfTitle(t *testing.T) {
	for title, want := range map[string]int{"晨光小学2025年信息公开工作年度报告": 2025, "2024 年度报告（2025年发布）": 2024, "年度报告": 0, "示范区1234年": 0} {
		if got := annual.YearOfTitle(title); got != want {
			t.Errorf("%s: %d", title, got)
		}
	}
}
