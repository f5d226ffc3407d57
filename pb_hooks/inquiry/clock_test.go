package inquiry_test

import (
	"testing"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/workday"
)

// The service levels of every channel in the calendar of 2026: 劳动节 is off from Friday 1 to Tuesday 5 May and Saturday
// 9 May is worked; 国庆节 is off from 1 to 7 October and 10 October is worked.
func TestServiceLevels(t *testing.T) {
	mailbox := func(on d) ev { return submit(on, inquiry.Mailbox, inquiry.Complaint) }
	erratum := func(on d) ev { return submit(on, inquiry.Erratum, inquiry.Mistake) }
	appeal := func(on d) ev { return submit(on, inquiry.Appeal, inquiry.Disclosure) }
	for _, tt := range []struct {
		name                   string
		events                 []ev
		acceptBy, firstBy, due d
	}{
		{"a question before 劳动节", []ev{consult("2026-04-29")}, "2026-04-30", "", "2026-05-09"},
		{"on a plain Monday", []ev{consult("2026-06-08")}, "2026-06-09", "", "2026-06-15"},
		{"on a Saturday", []ev{consult("2026-06-13")}, "2026-06-15", "", "2026-06-22"},
		{"accepted late, the due day does not move", []ev{consult("2026-04-29"), accept("2026-05-08")}, "2026-04-30", "", "2026-05-09"},
		{"extended by five", []ev{consult("2026-04-29"), accept("2026-04-29"), extend("2026-05-09", inquiry.Clerk, 5)}, "2026-04-30", "", "2026-05-15"},
		{"the mailbox before 国庆节", []ev{mailbox("2026-09-30")}, "2026-10-08", "", "2026-10-13"},
		{"extended to ten", []ev{mailbox("2026-09-30"), accept("2026-10-08"), extend("2026-10-09", inquiry.Clerk, 5)}, "2026-10-08", "", "2026-10-20"},
		{"a complex one to fifteen by the principal", []ev{mailbox("2026-09-30"), accept("2026-10-08"), extend("2026-10-09", inquiry.Principal, 10)}, "2026-10-08", "", "2026-10-27"},
		{"an urgent one on a holiday", []ev{urgent("2026-10-01")}, "2026-10-01", "2026-10-08", "2026-10-13"},
		{"one that turns out to be urgent", []ev{consult("2026-06-08"), step(inquiry.Classify, inquiry.Clerk, "2026-06-09", func(e *ev) { e.Category = inquiry.Harm })},
			"2026-06-09", "2026-06-10", "2026-06-15"},
		{"a mistake is looked at the same day", []ev{erratum("2026-04-30")}, "2026-04-30", "", "2026-05-08"},
		{"or the first working day", []ev{erratum("2026-05-01")}, "2026-05-06", "", "2026-05-08"},
		{"an appeal", []ev{appeal("2026-04-29")}, "2026-05-06", "", "2026-05-22"},
		{"extended by fifteen", []ev{appeal("2026-04-29"), accept("2026-05-06"), extend("2026-05-22", inquiry.Clerk, 15)}, "2026-05-06", "", "2026-06-12"},
		{"another school counts from the day it took it", []ev{consult("2026-04-29"), transfer("2026-04-30", "二小"), step(inquiry.TakeOver, inquiry.Receiver, "2026-05-06")},
			"2026-04-30", "", "2026-05-12"},
		{"given back, it counts as before", []ev{consult("2026-04-29"), transfer("2026-04-30", "二小"), step(inquiry.GiveBack, inquiry.Receiver, "2026-05-07", why)},
			"2026-04-30", "", "2026-05-09"},
		{"redone after a low rating", after(answered("2026-04-29", "2026-04-30"), rate("2026-05-01", inquiry.Dissatisfied)), "2026-04-30", "", "2026-05-25"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := must(t, tt.events)
			if c.AcceptBy != tt.acceptBy || c.FirstReplyBy != tt.firstBy || c.Due != tt.due {
				t.Errorf("got %s, %q, %s; want %s, %q, %s", c.AcceptBy, c.FirstReplyBy, c.Due, tt.acceptBy, tt.firstBy, tt.due)
			}
			if n := len(c.Ledger); c.Ledger[n-1].Due != c.Due || c.Provisional {
				t.Errorf("ledger %+v", c.Ledger)
			}
			if days := c.Days(); days[len(days)-1].Date != c.Due || days[len(days)-1].Nth != c.Period() {
				t.Errorf("the days end with %+v", days[len(days)-1])
			}
		})
	}
}

func TestTheLedgerExplainsTheDueDay(t *testing.T) {
	redo := after(answered("2026-04-29", "2026-05-09"), rate("2026-05-11", inquiry.BesideTheMatter), draft("2026-05-12"), answer("2026-05-13", inquiry.Officer))
	for _, tt := range []struct {
		name   string
		events []ev
		want   []string
	}{
		{"answered, rated low and redone", redo, []string{
			"2026-04-29 收到来信，次日起计算，5 个工作日内答复，期限至 2026-05-09", "2026-05-09 停止计算",
			"2026-05-11 评价为不满意，次日起 15 个工作日内重新办理，期限至 2026-06-01", "2026-05-13 停止计算"}},
		{"transferred and extended", []ev{consult("2026-04-29"), transfer("2026-04-30", "二小"), step(inquiry.TakeOver, inquiry.Receiver, "2026-05-06"), extend("2026-05-08", inquiry.Clerk, 3)}, []string{
			"2026-04-29 收到来信，次日起计算，5 个工作日内答复，期限至 2026-05-09",
			"2026-05-06 由转办的单位接收，次日起重新计算 5 个工作日，期限至 2026-05-12", "2026-05-08 延期 3 个工作日，期限至 2026-05-15"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := must(t, tt.events)
			if len(c.Ledger) != len(tt.want) {
				t.Fatalf("got %+v", c.Ledger)
			}
			for i, e := range c.Ledger {
				if e.Text() != tt.want[i] {
					t.Errorf("entry %d: got %s, want %s", i, e.Text(), tt.want[i])
				}
			}
		})
	}
}

// A calendar that changes moves the due day; what was told stays in the ledger and the system recounts.
func TestRecount(t *testing.T) {
	told := consult("2026-06-08")
	told.Told = "2026-06-15"
	changed := workday.New(workday.Year{Year: 2026, Days: []workday.Day{{Name: "停工", Date: "2026-06-10", IsOffDay: true}}})
	c, err := inquiry.Replay([]ev{told}, changed, nil)
	if err != nil {
		t.Fatal(err)
	}
	was, due, moved := c.Moved()
	if was != "2026-06-15" || due != "2026-06-16" || !moved || c.Ledger[0].Due != "2026-06-15" {
		t.Fatalf("got %s, %s, %v: %+v", was, due, moved, c.Ledger)
	}
	c, err = c.Take(c.FallenDue("2026-06-09")[0])
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Ledger[1].Text(); got != "2026-06-09 节假日安排有调整，期限由 2026-06-15 重新计算为 2026-06-16" {
		t.Error(got)
	}
	if _, err := c.Take(step(inquiry.Recount, inquiry.System, "2026-06-09")); err == nil {
		t.Error("recounted twice")
	}
	if c := mustReplay(t, consult("2029-12-28")); !c.Provisional {
		t.Error("nobody knows the holidays of 2030 yet")
	}
}

func mustReplay(t *testing.T, events ...ev) inquiry.Case {
	t.Helper()
	c, err := inquiry.Replay(events, official(t), nil)
	if err != nil {
		t.Fatal(err)
	}
	return c
}
