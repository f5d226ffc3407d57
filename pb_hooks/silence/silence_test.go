package silence_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/compliance"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/silence"
	"gongkai/pb_hooks/workday"
)

var summer = compliance.Vacation{Name: "暑假", From: "2026-07-01", Until: "2026-08-31"}

func on(t *testing.T, day workday.Date) *compliance.Days {
	t.Helper()
	calendar, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	return compliance.NewDays(calendar, []compliance.Vacation{summer}, day)
}

// awake is a school with nothing to say of it on 2026-09-24.
func awake(change func(*silence.School)) silence.School {
	s := silence.School{SignedIn: "2026-09-23", Published: "2026-09-20"}
	for _, duty := range silence.Needed() {
		s.People = append(s.People, silence.Person{Name: duty.Name() + "甲", Fills: []publication.Duty{duty}, SignedIn: "2026-09-22"})
	}
	change(&s)
	return s
}

// What is a signal and what is not yet, on Thursday 2026-09-24: the vacation ended
// on 31 August, the 25th to the 27th are holidays.
func TestSignals(t *testing.T) {
	person := func(s *silence.School, duty publication.Duty) *silence.Person {
		i := slices.IndexFunc(s.People, func(p silence.Person) bool { return slices.Contains(p.Fills, duty) })
		return &s.People[i]
	}
	for _, tt := range []struct {
		name   string
		change func(*silence.School)
		want   string // kinds
		since  workday.Date
		says   string
	}{
		{"all is well", func(*silence.School) {}, "", "", ""},
		{"no account yet", func(s *silence.School) { s.People, s.SignedIn = nil, "2026-01-01" }, "duty", "2026-09-24", "没有人担任：校长"},
		{"13 days without a sign-in", func(s *silence.School) { s.SignedIn = "2026-09-11" }, "", "", ""},
		{"14 days", func(s *silence.School) { s.SignedIn = "2026-09-10" }, "sign_in", "2026-09-10", "最近一次登录：2026-09-10"},
		{"the vacation is not counted: 24 days of term", func(s *silence.School) { s.SignedIn = "2026-06-30" }, "sign_in", "2026-06-30", ""},
		{"29 days of term since a publication", func(s *silence.School) { s.Published = "2026-06-25" }, "", "", ""},
		{"30 days of term", func(s *silence.School) { s.Published = "2026-06-24" }, "publication", "2026-06-24", "2026-06-24"},
		{"three working days", func(s *silence.School) { s.Requests = []workday.Date{"2026-09-21"} }, "", "", ""},
		{"four working days", func(s *silence.School) { s.Requests = []workday.Date{"2026-09-18", "2026-09-21"} }, "requests", "2026-09-18", "1 件申请"}, // Sunday the 20th is worked
		{"letters, the oldest first", func(s *silence.School) { s.Letters = []workday.Date{"2026-09-16", "2026-09-10"} }, "letters", "2026-09-10", "2 件来信，最早的从 2026-09-10 等起"},
		{"reviews", func(s *silence.School) { s.Reviews = []workday.Date{"2026-09-10"} }, "reviews", "2026-09-10", "1 条信息"},
		{"nobody", func(s *silence.School) { person(s, publication.Clerk).Fills = nil }, "duty", "2026-09-24", "没有人担任：信息公开专管员"},
		{"only somebody invited", func(s *silence.School) { person(s, publication.Reviewer).Invited = "2026-09-20" }, "duty", "2026-09-24", "没有人担任：审核员"},
		{"away, and nobody stands in", func(s *silence.School) { person(s, publication.Principal).SignedIn = "2026-06-20" }, "duty", "2026-06-20", "校长（最近登录 2026-06-20）"},
		{"away, and somebody stands in", func(s *silence.School) {
			person(s, publication.Principal).SignedIn = "2026-06-20"
			person(s, publication.Clerk).Fills = []publication.Duty{publication.Clerk, publication.Principal}
		}, "", "", ""},
		{"mail that came back", func(s *silence.School) { s.People[0].Bounced = "2026-09-24" }, "mail", "2026-09-24", "校长甲"},
		{"an invitation of nine days", func(s *silence.School) {
			s.People = append(s.People, silence.Person{Name: "新人", Invited: "2026-09-15"})
		}, "", "", ""},
		{"of ten days", func(s *silence.School) {
			s.People = append(s.People, silence.Person{Name: "新人", Invited: "2026-09-14"})
		}, "invitation", "2026-09-14", "新人"},
		{"everything", func(s *silence.School) {
			*s = silence.School{SignedIn: "2026-01-01", Published: "2026-01-01", Reviews: []workday.Date{"2026-09-01"}, Requests: []workday.Date{"2026-09-01"},
				Letters: []workday.Date{"2026-09-01"}, People: []silence.Person{{Name: "甲", Invited: "2026-09-01", Bounced: "2026-09-02"}}}
		}, "duty requests letters sign_in reviews publication mail invitation", "2026-09-24", "校长、审核员、保密审查员、工作机构负责人、信息公开专管员"},
	} {
		signals := silence.Signals(on(t, "2026-09-24"), awake(tt.change))
		var kinds []string
		for _, s := range signals {
			kinds = append(kinds, string(s.Kind))
		}
		if got := strings.Join(kinds, " "); got != tt.want {
			t.Errorf("%s: %q, want %q: %v", tt.name, got, tt.want, signals)
			continue
		}
		if len(signals) > 0 && (signals[0].Since != tt.since || !strings.Contains(signals[0].Detail, tt.says)) {
			t.Errorf("%s: %+v, want since %s, %q", tt.name, signals[0], tt.since, tt.says)
		}
	}
}

// A nudge first, then after five working days a task, and an end by itself. The
// 1st to the 7th of October are holidays, the 10th is worked.
func TestWhatFollowsASignal(t *testing.T) {
	nudged := silence.Open{Kind: silence.Letters, Since: "2026-09-10", Nudged: "2026-09-24"}
	asked := silence.Open{Kind: silence.Letters, Since: "2026-09-10", Nudged: "2026-09-10", Task: "2026-09-17"}
	noted := asked
	noted.Noted = "2026-09-18"
	for _, tt := range []struct {
		name    string
		open    silence.Open
		day     workday.Date
		isThere bool
		want    silence.Act
		waits   bool
	}{
		{"new", silence.Open{Kind: silence.Letters, Since: "2026-09-10"}, "2026-09-24", true, silence.Nudge, false},
		{"the day after", nudged, "2026-09-25", true, silence.Nothing, false},
		{"four working days later", nudged, "2026-10-08", true, silence.Nothing, false},
		{"five", nudged, "2026-10-09", true, silence.Ask, false},
		{"many", nudged, "2026-12-01", true, silence.Ask, false},
		{"gone", nudged, "2026-10-09", false, silence.End, false},
		{"asked once", asked, "2026-12-01", true, silence.Nothing, true},
		{"gone after it was asked", asked, "2026-12-01", false, silence.End, true},
		{"noted yesterday", noted, "2026-09-20", true, silence.Nothing, false},
		{"noted long ago", noted, "2026-09-30", true, silence.Nothing, true},
	} {
		days := on(t, tt.day)
		if got := silence.Next(days, tt.open, tt.isThere); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.name, got, tt.want)
		}
		if got := silence.Waits(days, tt.open); got != tt.waits {
			t.Errorf("%s: waits %v", tt.name, got)
		}
	}
}

func TestWhatMattersComesFirst(t *testing.T) {
	list := []silence.Open{{Kind: silence.Invitation, Since: "1"}, {Kind: silence.SignIn, Since: "2"}, {Kind: silence.SignIn, Since: "1"}, {Kind: silence.Mail, Since: "9", Task: "9"},
		{Kind: silence.Duty, Since: "5"}, {Kind: silence.Requests, Since: "5", Task: "8"}}
	slices.SortFunc(list, silence.Compare)
	var got []string
	for _, o := range list {
		got = append(got, string(o.Kind)+string(o.Since))
	}
	if want := "requests5 mail9 duty5 sign_in1 sign_in2 invitation1"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestEveryKindSaysWhatToDo(t *testing.T) {
	for _, d := range silence.Kinds() {
		if d.Name == "" || d.Means == "" || d.Do == "" || len(d.Kind.Told()) < 2 {
			t.Errorf("%s: %+v", d.Kind, d)
		}
	}
	if _, known := silence.Kind("noise").Definition(); known {
		t.Error("a kind that there is not")
	}
}
