package foi_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

func TestTheLedgerExplainsTheDueDay(t *testing.T) {
	cal := official(t)
	type line struct {
		kind     foi.EntryKind
		on, due  workday.Date
		days     int
		law      string
		sentence string
	}
	for _, tt := range []struct {
		name   string
		events []ev
		want   []line
	}{
		{"a correction and a new start", after(filed("2026-06-15"), askCorrection("2026-06-17", 10), correct("2026-06-30"), signed("2026-07-27", provided)), []line{
			{"start", "2026-06-15", "2026-07-14", 20, "条例第三十一条、第三十三条", "2026-06-15 收到申请，次日起计算，20 个工作日内答复，期限至 2026-07-14"},
			{"void", "2026-06-17", "", 0, "条例第三十条", "2026-06-17 告知补正，原答复期限不再计算，收到补正的申请后重新计算"},
			{"restart", "2026-06-30", "2026-07-28", 20, "条例第三十条、第三十三条", "2026-06-30 收到补正的申请，次日起重新计算 20 个工作日，期限至 2026-07-28"},
			{"stop", "2026-07-27", "2026-07-28", 0, "条例第三十六条", "2026-07-27 停止计算"},
		}},
		{"a third party and an extension", after(filed("2026-09-18"), askThird("2026-09-22", "甲公司"), opinion("2026-10-12", "甲公司", foi.Agrees), extend("2026-10-30", 20)), []line{
			{"start", "2026-09-18", "2026-10-22", 20, "条例第三十一条、第三十三条", "2026-09-18 收到申请，次日起计算，20 个工作日内答复，期限至 2026-10-22"},
			{"pause", "2026-09-22", "2026-11-12", 0, "条例第三十二条、第三十三条", "2026-09-22 发函征求意见，等候意见的时间不计入期限，最迟等到 2026-10-20，期限至 2026-11-12"},
			{"resume", "2026-10-12", "2026-11-04", 9, "条例第三十二条、第三十三条", "2026-10-12 征求意见结束，其间 9 个工作日不计入期限，期限至 2026-11-04"},
			{"extension", "2026-10-30", "2026-12-02", 20, "条例第三十三条", "2026-10-30 经批准延期 20 个工作日，期限至 2026-12-02"},
		}},
		{"two third parties at once: no day is left out twice", after(filed("2026-09-18"), askThird("2026-09-22", "甲公司"), askThird("2026-09-24", "乙公司"),
			opinion("2026-10-12", "甲公司", foi.Agrees), opinion("2026-10-09", "乙公司", foi.Agrees)), []line{
			{"start", "2026-09-18", "2026-10-22", 20, "条例第三十一条、第三十三条", ""},
			{"pause", "2026-09-22", "2026-11-12", 0, "条例第三十二条、第三十三条", ""},
			{"pause", "2026-09-24", "2026-11-16", 0, "条例第三十二条、第三十三条", ""},
			{"pause", "2026-10-12", "2026-11-16", 0, "条例第三十二条、第三十三条", "2026-10-12 收到一份意见，继续等候其他意见，最迟等到 2026-10-22，期限至 2026-11-16"},
			{"resume", "2026-10-12", "2026-11-04", 9, "条例第三十二条、第三十三条", "2026-10-12 征求意见结束，其间 9 个工作日不计入期限，期限至 2026-11-04"},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			if len(c.Ledger) != len(tt.want) {
				t.Fatalf("got %d entries: %+v", len(c.Ledger), c.Ledger)
			}
			for i, e := range c.Ledger {
				w := tt.want[i]
				if e.Kind != w.kind || e.On != w.on || e.Due != w.due || e.Days != w.days || e.Law != w.law || w.sentence != "" && e.Text() != w.sentence {
					t.Errorf("entry %d: got %+v\n%s\nwant %+v", i, e, e.Text(), w)
				}
				if i > 0 && e.Was != c.Ledger[i-1].Due {
					t.Errorf("entry %d begins with %s, the one before ended with %s", i, e.Was, c.Ledger[i-1].Due)
				}
			}
			if last := c.Ledger[len(c.Ledger)-1]; last.Due != c.Due {
				t.Errorf("the ledger ends with %s, the case is due %s", last.Due, c.Due)
			}
		})
	}
}

func TestDaysShowEveryDay(t *testing.T) {
	c, err := take(t, official(t), after(filed("2026-09-18"), askThird("2026-09-22", "甲公司"), opinion("2026-10-12", "甲公司", foi.Agrees)))
	if err != nil {
		t.Fatal(err)
	}
	days := c.Days()
	if first, last := days[0], days[len(days)-1]; first.Date != "2026-09-19" || last.Date != c.Due || last.Nth != 20 || !last.Counted {
		t.Errorf("got %+v to %+v", first, last)
	}
	for _, tt := range []struct {
		on      workday.Date
		counted bool
		reason  string
		law     string
	}{
		{"2026-09-19", false, "周末", ""},
		{"2026-09-20", true, "调休上班（国庆节）", ""},
		{"2026-09-22", true, "工作日", ""},
		{"2026-09-23", false, "征求意见，不计入答复期限", "条例第三十三条"},
		{"2026-10-01", false, "国庆节", ""},
		{"2026-10-12", false, "征求意见，不计入答复期限", "条例第三十三条"},
		{"2026-10-13", true, "工作日", ""},
	} {
		i := slices.IndexFunc(days, func(d foi.CaseDay) bool { return d.Date == tt.on })
		if i < 0 || days[i].Counted != tt.counted || days[i].Reason() != tt.reason || days[i].Law != tt.law {
			t.Errorf("%s: got %+v, %s", tt.on, days[i], days[i].Reason())
		}
	}
	none, _ := take(t, official(t), after(filed("2026-06-15"), askCorrection("2026-06-17", 10)))
	if none.Days() != nil {
		t.Error("a void period has days")
	}
}

// Importing the notice of a year moves the due days of open cases; what was told before stays in the ledger.
func TestACalendarImportedLaterMovesTheDueDay(t *testing.T) {
	old := official(t)
	events := filed("2026-12-10")
	c, err := take(t, old, events)
	if err != nil || c.Due != "2027-01-07" || !c.Provisional {
		t.Fatalf("got %v, due %s, provisional %v", err, c.Due, c.Provisional)
	}
	events[1].Told = c.Due // as the server stores it with the step
	years, err := workday.OfficialYears()
	if err != nil {
		t.Fatal(err)
	}
	imported := workday.New(append(years, workday.Year{Year: 2027, Days: []workday.Day{{Name: "元旦", Date: "2027-01-01", IsOffDay: true}}})...)
	c, err = foi.Replay(events, imported, foi.DefaultTerms)
	if err != nil {
		t.Fatal(err)
	}
	if told, due, moved := c.Moved(); !moved || told != "2027-01-07" || due != "2027-01-08" {
		t.Fatalf("got %s, %s, %v", told, due, moved)
	}
	recount := c.FallenDue("2026-12-11")
	if len(recount) != 1 || recount[0].Do != foi.Recount {
		t.Fatalf("got %+v", recount)
	}
	c, err = c.Take(recount[0])
	if err != nil {
		t.Fatal(err)
	}
	last := c.Ledger[len(c.Ledger)-1]
	if last.Kind != foi.EntryRecount || last.Was != "2027-01-07" || last.Due != "2027-01-08" || c.Due != "2027-01-08" || c.Provisional {
		t.Errorf("got %+v, due %s", last, c.Due)
	}
	if _, _, moved := c.Moved(); moved || len(c.FallenDue("2026-12-11")) != 0 {
		t.Error("it moves again")
	}
}

// A step that was lawful by the calendar of its time stays taken, and what a letter told stays true.
func TestHistoryIsNotJudgedByALaterCalendar(t *testing.T) {
	events := after(filed("2026-06-15"), askCorrection("2026-06-25", 10))
	events[len(events)-1].Until = "2026-07-09"
	busy := workday.New(workday.Year{Year: 2026, Days: []workday.Day{{Name: "补班", Date: "2026-06-20", IsOffDay: false}, {Name: "补班", Date: "2026-06-21", IsOffDay: false}}})
	c, err := foi.Replay(events, busy, foi.DefaultTerms)
	if err != nil || c.State != foi.Correcting || c.NoticeBy >= "2026-06-25" || c.Correction.Until != "2026-07-09" {
		t.Fatalf("got %v, %s, notice by %s, correction by %s", err, c.State, c.NoticeBy, c.Correction.Until)
	}
}

func randomCalendar(r *rand.Rand) workday.Calendar {
	var years []workday.Year
	for year := 2025; year <= 2029; year++ {
		y := workday.Year{Year: year}
		for day := workday.Date(fmt.Sprintf("%d-01-01", year)); day.Year() == year; day = day.Next() {
			if n := r.IntN(8); n < 2 {
				y.Days = append(y.Days, workday.Day{Name: "节", Date: day, IsOffDay: n == 0})
			}
		}
		years = append(years, y)
	}
	return workday.New(years...)
}

// A case with random pauses, against the same case without them.
func TestProperties(t *testing.T) {
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 7))
		cal := randomCalendar(r)
		from := d(fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28)))
		plain, err := take(t, cal, filed(from))
		if err != nil {
			t.Fatal(err)
		}
		if later, err := take(t, cal, filed(from.Next())); err != nil || later.Due < plain.Due {
			t.Fatalf("seed %d: received a day later, due %s before %s", seed, later.Due, plain.Due)
		}
		c, day, excluded := plain, from, 0
		var letters []ev
		for i := range r.IntN(4) {
			sent := cal.Add(day, r.IntN(4))
			party := fmt.Sprint("第", i)
			letters = append(letters, askThird(sent, party)...)
			for _, e := range letters[len(letters)-2:] {
				if c, err = c.Take(e); err != nil {
					t.Fatalf("seed %d: %v", seed, err)
				}
			}
			if left, ok := c.Left(sent); !ok || c.Clock != foi.Paused || left != c.Period()-c.Used(sent) {
				t.Fatalf("seed %d: paused with %d left", seed, left)
			}
			day = cal.Add(sent, r.IntN(20))
			atMost := c.Due
			letters = append(letters, opinion(day, party, foi.Agrees))
			if c, err = c.Take(letters[len(letters)-1]); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
			q := c.Inquiries[i]
			if q.Closed > q.Until || c.Due > atMost {
				t.Fatalf("seed %d: closed %s after %s, due %s after %s", seed, q.Closed, q.Until, c.Due, atMost)
			}
			excluded += cal.Count(sent, q.Closed)
		}
		if want := cal.Add(from, 20+excluded); c.Due != want {
			t.Fatalf("seed %d: due %s, want 20 + %d working days: %s", seed, c.Due, excluded, want)
		}
		if c.Due < plain.Due || c.Used(c.Due) != c.Period() || !cal.IsWorkday(c.Due) {
			t.Fatalf("seed %d: due %s, without pauses %s, used %d", seed, c.Due, plain.Due, c.Used(c.Due))
		}
		if later, err := foi.Replay(append(filed(from.Next()), letters...), cal, foi.DefaultTerms); err != nil || later.Due < c.Due {
			t.Fatalf("seed %d: received a day later with the same letters, due %s before %s (%v)", seed, later.Due, c.Due, err)
		}
		for today := from; today < c.Due; today = today.Next() {
			if c.Used(today) > plain.Used(today) {
				t.Fatalf("seed %d: on %s pauses used up %d days, without them %d", seed, today, c.Used(today), plain.Used(today))
			}
			if c.Used(today) > c.Used(today.Next()) {
				t.Fatalf("seed %d: fewer days are used on the day after %s", seed, today)
			}
		}
		if days := c.Days(); days[len(days)-1].Nth != c.Period() || days[len(days)-1].Date != c.Due {
			t.Fatalf("seed %d: the days end with %+v", seed, days[len(days)-1])
		}
	}
}

// A case does not change when a step is tried on it.
func TestTakingAStepLeavesTheCaseAlone(t *testing.T) {
	c, err := take(t, official(t), after(filed("2026-09-18"), askThird("2026-09-22", "甲公司"), askThird("2026-09-22", "乙公司")))
	if err != nil {
		t.Fatal(err)
	}
	one, err := c.Take(opinion("2026-09-24", "甲公司", foi.Agrees))
	two, err2 := c.Take(opinion("2026-09-24", "乙公司", foi.Objects))
	if err != nil || err2 != nil {
		t.Fatal(err, err2)
	}
	if c.Inquiries[0].Closed != "" || c.Inquiries[1].Closed != "" || one.Inquiries[1].Closed != "" || two.Inquiries[0].Closed != "" || len(c.Ledger) != 3 {
		t.Errorf("got %+v, %+v, %+v", c.Inquiries, one.Inquiries, two.Inquiries)
	}
	if one.Ledger[3].Due == "" || len(one.Ledger) != 4 || len(two.Ledger) != 4 {
		t.Errorf("got %d and %d entries", len(one.Ledger), len(two.Ledger))
	}
}
