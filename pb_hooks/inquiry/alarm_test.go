package inquiry_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

func TestLevels(t *testing.T) {
	june := []ev{consult("2026-06-08"), accept("2026-06-08")} // due Monday 2026-06-15
	low := after(answered("2026-06-08", "2026-06-09"), rate("2026-06-10", inquiry.Dissatisfied))
	for _, tt := range []struct {
		name   string
		events []ev
		day    d
		left   int
		want   inquiry.Level
	}{
		{"two days left", june, "2026-06-11", 2, inquiry.Green},
		{"one working day before", june, "2026-06-12", 1, inquiry.Yellow},
		{"on the Sunday between", june, "2026-06-14", 1, inquiry.Yellow},
		{"on the due day", june, "2026-06-15", 0, inquiry.Yellow},
		{"the day after", june, "2026-06-16", -1, inquiry.Red},
		{"not accepted in time", june[:1], "2026-06-10", 3, inquiry.Red},
		{"an urgent one without a first reply", []ev{urgent("2026-06-08"), accept("2026-06-08")}, "2026-06-10", 3, inquiry.Red},
		{"fifteen working days over", june, "2026-07-07", -15, inquiry.Red},
		{"sixteen", june, "2026-07-08", -16, inquiry.Supervised},
		{"sixty days after the letter", june, "2026-08-07", -38, inquiry.Supervised},
		{"sixty-one", june, "2026-08-08", -38, inquiry.VetoWarning},
		{"ninety", june, "2026-09-06", -58, inquiry.VetoWarning},
		{"ninety-one", june, "2026-09-07", -59, inquiry.Veto},
		{"answered", answered("2026-06-08", "2026-06-09"), "2026-12-01", 0, inquiry.NoLevel},
		{"to be redone", low, "2026-06-11", 14, inquiry.Green},
		{"redone too late", low, "2026-07-03", -1, inquiry.Red},
		{"withdrawn", after(june, step(inquiry.Withdraw, inquiry.Writer, "2026-06-09")), "2026-12-01", 0, inquiry.NoLevel},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := must(t, tt.events)
			if left, _ := c.Left(tt.day); left != tt.left || c.LevelOn(tt.day) != tt.want {
				t.Errorf("got %d left, %s; want %d, %s", left, c.LevelOn(tt.day).Name(), tt.left, tt.want.Name())
			}
		})
	}
}

// diary lets the system look once a day and writes down what it did.
func diary(t *testing.T, c inquiry.Case, from, until d) (inquiry.Case, []string) {
	t.Helper()
	var done []string
	for day := from; day <= until; day = day.Next() {
		for range 2 { // a second look the same day finds nothing
			for _, e := range c.FallenDue(day) {
				next, err := c.Take(e)
				if err != nil {
					t.Fatalf("%s on %s: %v", e.Do, day, err)
				}
				c = next
				done = append(done, strings.TrimSpace(fmt.Sprintf("%s %s %s", day, e.Do, e.Norm)))
			}
		}
	}
	return c, done
}

func TestWhatTheSystemDoes(t *testing.T) {
	june := []ev{consult("2026-06-08"), accept("2026-06-08")}
	for _, tt := range []struct {
		name   string
		events []ev
		until  d
		want   []string
	}{
		{"nobody answers", june, "2026-07-31", []string{"2026-06-12 urge", "2026-06-16 escalate reply", "2026-07-08 order"}},
		{"nobody even accepts", june[:1], "2026-06-16", []string{"2026-06-10 escalate accept", "2026-06-16 escalate reply"}},
		{"an urgent one is left alone", []ev{urgent("2026-06-08")}, "2026-06-10", []string{"2026-06-09 escalate accept", "2026-06-10 escalate first_reply"}},
		{"held for ever", []ev{consult("2026-06-08"), step(inquiry.Hold, inquiry.System, "2026-06-08", why)}, "2026-06-11", []string{"2026-06-10 escalate accept"}},
		{"extended after the reminder", after(june, step(inquiry.Urge, inquiry.System, "2026-06-12"), extend("2026-06-12", inquiry.Clerk, 2)), "2026-06-18",
			[]string{"2026-06-16 urge", "2026-06-18 escalate reply"}},
		{"the receiver is silent", []ev{consult("2026-06-08"), transfer("2026-06-08", "二小")}, "2026-06-18", []string{"2026-06-11 take_over", "2026-06-16 urge", "2026-06-18 escalate reply"}},
		{"nobody rates", answered("2026-06-08", "2026-06-09"), "2026-08-01", []string{"2026-07-10 archive"}},
		{"rated", after(answered("2026-06-08", "2026-06-09"), rate("2026-06-10", inquiry.Satisfied)), "2026-08-01", []string{"2026-06-25 archive"}},
		{"refused", []ev{consult("2026-06-08"), step(inquiry.Refuse, inquiry.Clerk, "2026-06-08", func(e *ev) { e.Ground, e.Right = inquiry.Unrelated, "12345" })}, "2026-08-01", nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			last := tt.events[len(tt.events)-1].On
			_, got := diary(t, must(t, tt.events), last, tt.until)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// After any downtime a silent receiver has the letter from the same day on.
func TestDowntimeMovesNoDueDay(t *testing.T) {
	for _, day := range []d{"2026-06-11", "2026-06-30"} {
		c, done := diary(t, must(t, []ev{consult("2026-06-08"), transfer("2026-06-08", "二小")}), day, day)
		if c.Due != "2026-06-17" || c.CountedFrom != "2026-06-10" {
			t.Errorf("looked at on %s it is due %s: %v", day, c.Due, done)
		}
	}
}

func TestWhoIsToldAtOnce(t *testing.T) {
	order := step(inquiry.Order, inquiry.Bureau, "2026-06-08", why, func(e *ev) { e.Until = "2026-06-12" })
	for _, tt := range []struct {
		events []ev
		want   []inquiry.Role
	}{
		{[]ev{consult("2026-06-08")}, nil},
		{[]ev{urgent("2026-06-08")}, []inquiry.Role{inquiry.Principal, inquiry.Bureau}},
		{[]ev{consult("2026-06-08"), step(inquiry.Classify, inquiry.Clerk, "2026-06-08", func(e *ev) { e.Category = inquiry.FoodSafety })}, []inquiry.Role{inquiry.Principal, inquiry.Bureau}},
		{[]ev{urgent("2026-06-08"), step(inquiry.Classify, inquiry.Principal, "2026-06-08", func(e *ev) { e.Category = inquiry.Complaint })}, []inquiry.Role{inquiry.Bureau}},
		{[]ev{urgent("2026-06-08"), step(inquiry.Classify, inquiry.Bureau, "2026-06-08", func(e *ev) { e.Category = inquiry.Complaint })}, nil},
		{[]ev{urgent("2026-06-08"), step(inquiry.Refuse, inquiry.Principal, "2026-06-08", func(e *ev) { e.Ground, e.Right = inquiry.Unclear, "请补充" })}, []inquiry.Role{inquiry.Principal, inquiry.Bureau}},
		{[]ev{urgent("2026-06-08"), step(inquiry.Merge, inquiry.Clerk, "2026-06-08", func(e *ev) { e.Into = "LX2026-00001" })}, []inquiry.Role{inquiry.Principal, inquiry.Bureau}},
		{[]ev{consult("2026-06-08"), step(inquiry.Merge, inquiry.Clerk, "2026-06-08", func(e *ev) { e.Into = "LX2026-00001" })}, nil},
		{after(answered("2026-06-08", "2026-06-09"), rate("2026-06-10", inquiry.BesideTheMatter)), []inquiry.Role{inquiry.Principal}},
		{after(answered("2026-06-08", "2026-06-09"), rate("2026-06-10", inquiry.RatherSatisfied)), nil},
		{[]ev{consult("2026-06-08"), step(inquiry.Escalate, inquiry.System, "2026-06-10", func(e *ev) { e.Norm = inquiry.AcceptNorm })}, []inquiry.Role{inquiry.Officer, inquiry.Bureau}},
		{[]ev{urgent("2026-06-08"), step(inquiry.Escalate, inquiry.System, "2026-06-10", func(e *ev) { e.Norm = inquiry.AcceptNorm })}, []inquiry.Role{inquiry.Principal, inquiry.Bureau}},
		{[]ev{urgent("2026-06-08"), transfer("2026-06-08", "二小")}, []inquiry.Role{inquiry.Principal, inquiry.Bureau}},
		{[]ev{consult("2026-06-08"), step(inquiry.Urge, inquiry.Writer, "2026-06-10")}, []inquiry.Role{inquiry.Clerk, inquiry.Department}},
		{[]ev{urgent("2026-06-08"), order}, []inquiry.Role{inquiry.Clerk, inquiry.Principal}},
		{[]ev{urgent("2026-06-08"), order, step(inquiry.ReplyOrder, inquiry.Principal, "2026-06-09", why)}, []inquiry.Role{inquiry.Bureau}},
		{[]ev{consult("2026-06-08"), accept("2026-06-08"), step(inquiry.Assign, inquiry.Clerk, "2026-06-08", func(e *ev) { e.Department = "总务处" }),
			step(inquiry.HandBack, inquiry.Department, "2026-06-08", why)}, []inquiry.Role{inquiry.Clerk}},
	} {
		last := tt.events[len(tt.events)-1]
		if got := must(t, tt.events).Informs(last); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %v, want %v", last.Do, got, tt.want)
		}
	}
}
