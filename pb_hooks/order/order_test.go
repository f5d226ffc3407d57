package order_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/workday"
)

type (
	ev = order.Event
	d  = workday.Date
)

func official(t testing.TB) workday.Calendar {
	t.Helper()
	c, err := workday.Official()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// persons stand for the roles.
var persons = map[order.Role]string{order.Bureau: "监督员", order.Principal: "校长", order.Officer: "主任"}

func step(do order.Action, as order.Role, on d, days ...int) ev {
	e := ev{Do: do, As: as, By: persons[as], On: on, Reason: "原因"}
	if len(days) > 0 {
		e.Days = days[0]
	}
	return e
}

func issue(on d, days int) ev { return step(order.Issue, order.Bureau, on, days) }

// take takes steps until one is refused.
func take(t testing.TB, cal workday.Calendar, events ...ev) (order.Part, error) {
	t.Helper()
	p, err := order.Replay(nil, cal)
	for _, e := range events {
		if err != nil {
			break
		}
		p, err = p.Take(e)
	}
	return p, err
}

func must(t testing.TB, events ...ev) order.Part {
	t.Helper()
	p, err := take(t, official(t), events...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// golden is the procedure written a second time, by state: what may be done, by whom and where it leads (…: stays).
// What is not here is refused.
const golden = `
draft
	issue supervisor → issued starts
issued
	succeed system …
	acknowledge principal,officer → acknowledged
	withdraw supervisor → withdrawn stops
	talk supervisor …
	remind system …
	escalate system …
	call_talk system …
	recount system … recounts
acknowledged
	succeed system …
	ask_extension principal,officer …
	grant_extend supervisor … extends
	decline_extend supervisor …
	submit principal,officer → submitted holds
	withdraw supervisor → withdrawn stops
	talk supervisor …
	remind system …
	escalate system …
	call_talk system …
	recount system … recounts
submitted
	succeed system …
	return supervisor → returned restarts
	close supervisor → closed stops
	withdraw supervisor → withdrawn stops
	talk supervisor …
returned
	succeed system …
	ask_extension principal,officer …
	grant_extend supervisor … extends
	decline_extend supervisor …
	submit principal,officer → submitted holds
	withdraw supervisor → withdrawn stops
	talk supervisor …
	remind system …
	escalate system …
	call_talk system …
	recount system … recounts
`

func TestTheTableIsTheProcedure(t *testing.T) {
	want := map[string]string{}
	from := ""
	for line := range strings.Lines(golden) {
		line = strings.TrimRight(line, "\n")
		switch rest, inside := strings.CutPrefix(line, "\t"); {
		case inside:
			do, what, _ := strings.Cut(rest, " ")
			want[from+" "+do] = what
		case line != "":
			from = line
		}
	}
	listed := 0
	for _, from := range order.States() {
		for _, do := range order.Actions() {
			key := string(from) + " " + string(do)
			s, err := order.Find(from, do)
			if err != nil {
				var r order.Refusal
				if want[key] != "" || !errors.As(err, &r) || r.Why != order.Illegal || r.Law == "" {
					t.Errorf("%s is refused: %v", key, err)
				}
				continue
			}
			listed++
			var by []string
			for _, r := range s.By {
				by = append(by, string(r))
			}
			got := strings.Join(by, ",") + " …"
			if s.To != order.Stay {
				got = strings.Join(by, ",") + " → " + string(s.To)
			}
			if got = strings.TrimSpace(got + " " + string(s.Clock)); got != want[key] {
				t.Errorf("%s: got %q, want %q", key, got, want[key])
			}
		}
	}
	if listed != len(want) {
		t.Errorf("%d pairs are allowed, %d are wanted", listed, len(want))
	}
}

func TestEverythingHasAName(t *testing.T) {
	var all []string
	add := func(texts ...string) { all = append(all, texts...) }
	for _, v := range order.Kinds() {
		add(v.Name())
	}
	for _, v := range order.Sources() {
		add(v.Name())
	}
	for _, v := range order.States() {
		add(v.Name())
	}
	for _, v := range order.Clocks() {
		add(v.Name())
	}
	for _, v := range order.Roles() {
		add(v.Name())
	}
	for _, v := range order.Norms() {
		add(v.Name())
	}
	for _, v := range order.Levels() {
		add(v.Name(), v.Code())
	}
	for _, v := range order.Actions() {
		add(v.Name(), v.Condition())
	}
	if i := slices.Index(all, ""); i >= 0 {
		t.Errorf("number %d of %q has no name", i, all)
	}
}

// From the day of issue to the closing, with the dates counted by hand: 2026-09-21 is a Monday; 25 and 26 September are
// days off (中秋), 20 September is worked, National Day is 1 to 7 October, 10 October is worked.
func TestAnOrderByHand(t *testing.T) {
	p := must(t, issue("2026-09-21", 5))
	if p.State != order.Issued || p.AckBy != "2026-09-23" || p.Due != "2026-09-29" || p.Provisional {
		t.Errorf("issued: %s, by %s, due %s", p.State, p.AckBy, p.Due)
	}
	p = must(t, issue("2026-09-21", 5), step(order.Acknowledge, order.Officer, "2026-09-22"), step(order.AskExtension, order.Principal, "2026-09-28", 5))
	if !p.IsAsked() || p.Due != "2026-09-29" {
		t.Errorf("asking moves the day: %+v", p)
	}
	whole := []ev{issue("2026-09-21", 5), step(order.Acknowledge, order.Officer, "2026-09-22"), step(order.AskExtension, order.Principal, "2026-09-28", 5),
		step(order.GrantExtend, order.Bureau, "2026-09-28", 3), step(order.Submit, order.Principal, "2026-10-08"), step(order.Return, order.Bureau, "2026-10-09", 4)}
	p = must(t, whole[:4]...)
	if p.Due != "2026-10-09" || p.IsAsked() {
		t.Errorf("three days more: %s", p.Due)
	}
	p = must(t, whole...)
	if p.State != order.Returned || p.Due != "2026-10-14" || p.Extension.Added != 0 || p.CountedFrom != "2026-10-09" {
		t.Errorf("returned: %s due %s", p.State, p.Due)
	}
	p = must(t, append(whole, step(order.Submit, order.Officer, "2026-10-14"), step(order.Close, order.Bureau, "2026-10-15"))...)
	if p.State != order.Closed || p.Clock != order.Stopped || !p.OnTime() || len(p.Reports) != 2 {
		t.Errorf("closed: %+v", p)
	}
	p = must(t, append(whole, step(order.Submit, order.Officer, "2026-10-15"), step(order.Close, order.Bureau, "2026-10-16"))...)
	if p.OnTime() {
		t.Error("a day late and still on time")
	}
	var texts []string
	for _, e := range p.Ledger {
		texts = append(texts, string(e.Kind)+" "+string(e.Due))
	}
	if got := strings.Join(texts, ", "); got != "start 2026-09-29, extension 2026-10-09, hold 2026-10-09, restart 2026-10-14, hold 2026-10-14, stop 2026-10-14" {
		t.Error(got)
	}
}

func TestWhatIsRefused(t *testing.T) {
	begun := []ev{issue("2026-11-02", 10), step(order.Acknowledge, order.Principal, "2026-11-03")} // due 2026-11-16
	reported := append(slices.Clone(begun), step(order.Submit, order.Principal, "2026-11-10"))
	blank := func(e ev) ev { e.Reason = "　"; return e }
	by := func(e ev, who, instead string) ev { e.By, e.For = who, instead; return e }
	for name, tt := range map[string]struct {
		before []ev
		e      ev
		why    order.Why
		field  string
	}{
		"no days":                     {nil, issue("2026-11-02", 0), order.OutOfRange, "days"},
		"too many days":               {nil, issue("2026-11-02", 61), order.OutOfRange, "days"},
		"issued by a school":          {nil, step(order.Issue, order.Principal, "2026-11-02", 5), order.WrongRole, ""},
		"tomorrow":                    {nil, ev{Do: order.Issue, As: order.Bureau, By: "x", On: "2026-11-03", Recorded: "2026-11-02", Days: 5}, order.Malformed, "on"},
		"before its time":             {begun, step(order.Submit, order.Principal, "2026-11-02"), order.Malformed, "on"},
		"reported before the receipt": {begun[:1], step(order.Submit, order.Principal, "2026-11-03"), order.Illegal, ""},
		"an empty report":             {begun, blank(step(order.Submit, order.Principal, "2026-11-10")), order.Missing, "reason"},
		"reported by the bureau":      {begun, step(order.Submit, order.Bureau, "2026-11-10"), order.WrongRole, ""},
		"nobody":                      {begun, by(step(order.Submit, order.Principal, "2026-11-10"), "", ""), order.SamePerson, ""},
		"closed by who reported":      {reported, by(step(order.Close, order.Bureau, "2026-11-11"), "校长", ""), order.SamePerson, ""},
		"closed in their place":       {reported, by(step(order.Close, order.Bureau, "2026-11-11"), "监督员", "校长"), order.SamePerson, ""},
		"returned without a reason":   {reported, blank(step(order.Return, order.Bureau, "2026-11-11", 5)), order.Missing, "reason"},
		"returned without a day":      {reported, step(order.Return, order.Bureau, "2026-11-11"), order.OutOfRange, "days"},
		"asked for too much":          {begun, step(order.AskExtension, order.Officer, "2026-11-10", 21), order.OutOfRange, "days"},
		"asked without a reason":      {begun, blank(step(order.AskExtension, order.Officer, "2026-11-10", 2)), order.Missing, "reason"},
		"asked too late":              {begun, step(order.AskExtension, order.Officer, "2026-11-17", 2), order.TooLate, "on"},
		"asked twice": {append(slices.Clone(begun), step(order.AskExtension, order.Officer, "2026-11-10", 2), step(order.DeclineExtend, order.Bureau, "2026-11-11")),
			step(order.AskExtension, order.Officer, "2026-11-12", 2), order.OnceOnly, ""},
		"granted unasked": {begun, step(order.GrantExtend, order.Bureau, "2026-11-10", 2), order.NotNow, ""},
		"granted more":    {append(slices.Clone(begun), step(order.AskExtension, order.Officer, "2026-11-10", 2)), step(order.GrantExtend, order.Bureau, "2026-11-10", 3), order.OutOfRange, "days"},
		"declined in silence": {append(slices.Clone(begun), step(order.AskExtension, order.Officer, "2026-11-10", 2)),
			blank(step(order.DeclineExtend, order.Bureau, "2026-11-10")), order.Missing, "reason"},
		"withdrawn in silence":       {begun, blank(step(order.Withdraw, order.Bureau, "2026-11-10")), order.Missing, "reason"},
		"withdrawn twice":            {append(slices.Clone(begun), step(order.Withdraw, order.Bureau, "2026-11-10")), step(order.Withdraw, order.Bureau, "2026-11-10"), order.Illegal, ""},
		"talked before it was there": {begun, ev{Do: order.Talk, As: order.Bureau, By: "x", On: "2026-11-01", Recorded: "2026-11-10", Reason: "谈"}, order.Malformed, "on"},
		"escalated in time":          {begun, ev{Do: order.Escalate, As: order.System, On: "2026-11-16", Norm: order.ReportNorm}, order.NotNow, "norm"},
		"reminded too early":         {begun, ev{Do: order.Remind, As: order.System, On: "2026-11-11"}, order.NotNow, ""},
		"a talk too early":           {begun, ev{Do: order.CallTalk, As: order.System, On: "2026-11-30"}, order.NotNow, ""},
		"recounted for nothing":      {begun, ev{Do: order.Recount, As: order.System, On: "2026-11-11"}, order.NotNow, ""},
	} {
		before := must(t, tt.before...)
		_, err := before.Take(tt.e)
		var r order.Refusal
		if !errors.As(err, &r) || r.Why != tt.why || r.Field != tt.field || r.Sentence == "" || r.Law == "" {
			t.Errorf("%s: %#v", name, err)
		}
	}
}

// What time does, asked every day and after having been off for weeks: the same steps, each once.
func TestWhatFallsDue(t *testing.T) {
	follow := func(p order.Part, on d) (order.Part, string) {
		var done []string
		for _, e := range p.FallenDue(on) {
			next, err := p.Take(e)
			if err != nil {
				t.Fatalf("%s on %s: %v", e.Do, on, err)
			}
			p = next
			done = append(done, strings.TrimSpace(string(e.Do)+" "+string(e.Norm)))
		}
		return p, strings.Join(done, ", ")
	}
	p := must(t, issue("2026-11-02", 10)) // acknowledged by 4, due 16; more than ten working days over on December 1
	got := map[d]string{}
	for on := d("2026-11-02"); on < "2026-12-05"; on = on.Next() {
		var what string
		if p, what = follow(p, on); what != "" {
			got[on] = what
		}
	}
	want := map[d]string{"2026-11-05": "escalate acknowledge", "2026-11-12": "remind", "2026-11-17": "escalate report", "2026-12-01": "call_talk"}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("got %v", got)
	}
	for _, tt := range []struct {
		on    d
		level order.Level
	}{{"2026-11-04", order.Green}, {"2026-11-05", order.Orange}, {"2026-11-16", order.Orange}, {"2026-11-17", order.Red}, {"2026-11-30", order.Red}, {"2026-12-01", order.TalkLevel}} {
		if l := p.LevelOn(tt.on); l != tt.level {
			t.Errorf("%s: %s", tt.on, l.Name())
		}
	}
	off, what := follow(must(t, issue("2026-11-02", 10)), "2026-12-04")
	if what != "escalate acknowledge, escalate report, call_talk" || !off.WaitsForTalk() {
		t.Errorf("after being off: %s", what)
	}
	talked, err := off.Take(ev{Do: order.Talk, As: order.Bureau, By: "监督员", On: "2026-12-03", Recorded: "2026-12-04", Reason: "约谈校长"})
	if err != nil || talked.WaitsForTalk() {
		t.Errorf("after the talk: %v", err)
	}
}

// A holiday that is declared later moves the day; it is told once, and what was told before stays in the ledger.
func TestTheCalendarChanges(t *testing.T) {
	day := func(on ...d) workday.Calendar {
		y := workday.Year{Year: 2026}
		for _, x := range on {
			y.Days = append(y.Days, workday.Day{Name: "放假", Date: x, IsOffDay: true})
		}
		return workday.New(y)
	}
	first := issue("2026-11-02", 5)
	first.Told = "2026-11-09"
	p, err := order.Replay([]ev{first}, day("2026-11-05"))
	if err != nil {
		t.Fatal(err)
	}
	due := p.FallenDue("2026-11-03")
	if len(due) != 1 || due[0].Do != order.Recount || p.Due != "2026-11-10" {
		t.Fatalf("%v, due %s", due, p.Due)
	}
	if p, err = p.Take(due[0]); err != nil || len(p.FallenDue("2026-11-03")) != 0 {
		t.Fatal(err)
	}
	if last := p.Ledger[1]; last.Was != "2026-11-09" || last.Due != "2026-11-10" || !strings.Contains(last.Text(), "重新计算为 2026-11-10") {
		t.Errorf("%+v", last)
	}
}

func TestWhatAnOrderMustSay(t *testing.T) {
	good := order.Paper{Kind: order.Supervision, Source: order.ByHand, Title: "补齐预决算", Text: "请公开本年度预算", Days: 10, Schools: []order.Addressee{{"晨光小学", "open"}}}
	if problems := good.Problems(); len(problems) > 0 {
		t.Errorf("%v", problems)
	}
	for field, change := range map[string]func(*order.Paper){
		"kind": func(o *order.Paper) { o.Kind = "order" }, "title": func(o *order.Paper) { o.Title = " " }, "text": func(o *order.Paper) { o.Text = strings.Repeat("长", 2001) },
		"days": func(o *order.Paper) { o.Days = 61 }, "source": func(o *order.Paper) { o.Source = "dove" }, "ref": func(o *order.Paper) { o.Source = order.FromRequest },
		"schools": func(o *order.Paper) { o.Schools = nil },
	} {
		o := good
		change(&o)
		problems := o.Problems()
		var r order.Refusal
		if len(problems) != 1 || !errors.As(problems[field], &r) || r.Field != field || r.Sentence == "" {
			t.Errorf("%s: %v", field, problems)
		}
	}
	for _, status := range []string{"planned", "merged", "closed", ""} {
		o := good
		o.Schools = []order.Addressee{{"晨光小学", "open"}, {"云帆中学", status}}
		if err := o.Problems()["schools"]; err == nil || !strings.Contains(err.Error(), "云帆中学") || strings.Contains(err.Error(), "晨光小学") {
			t.Errorf("%q: %v", status, err)
		}
	}
	if n := order.PartNumber(order.Number(order.Rectification, "2026", 7), 3); n != "ZG2026-0007-03" {
		t.Error(n)
	}
}
