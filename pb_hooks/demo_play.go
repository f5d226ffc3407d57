package pb_hooks

import (
	"fmt"
	"slices"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// demoPlay plays what people of the demonstration did in the last weeks, one
// thing after the other. The platform's clock is put to each day; everything
// else is as at work: the requests of people who have the duty for it, through
// the hooks and handlers of the workbench, which may refuse them.
type demoPlay struct {
	p        *platform
	app      core.App // one transaction: the play is there whole or not at all
	plan     demo.Plan
	schools  []demo.School
	calendar workday.Calendar
	real     time.Time // the machine's clock when the play began
	now      time.Time // the clock of the play
	stamps   int       // records stored at this hour
}

// demoItem is an article and what became of it, or something without one.
type demoItem struct {
	key         string
	school      int // number; 0 is the bureau
	column      string
	title, text string
	plans       func(*demoPlay) map[string]any // further fields of the version
	imported    bool                           // the article with the number of key, of those that were imported
	broadcast   bool                           // the school's article of the broadcast
	deeds       []demoDeed
}

// demoDeed is what somebody did. The functions that make one in many places are not inlined: do would be compiled anew for
// each call, half a megabyte of the program in all.
type demoDeed struct {
	when string // "3 09:10" is ten past nine, three working days ago
	post string // whose account, see demoPosts and demoBureau; "" is the server
	do   func(d *demoPlay, item demoItem, who *core.Record) error
}

// demoBegan is when the district was set up, before anything is played.
const demoBegan = "45 08:00"

// play plays the items. A second run finds the first one and plays nothing.
func (p *platform) play(plan demo.Plan, items []demoItem) error {
	return p.playing(plan, func(d *demoPlay) error {
		if _, fresh, err := isNew(d.app, records.Articles, d.keyOf(items[0])); err != nil || !fresh {
			return err
		}
		return d.all(items)
	})
}

// playing runs something in one transaction on the clock of the play.
func (p *platform) playing(plan demo.Plan, run func(*demoPlay) error) error {
	calendar, err := p.calendar(p.app)
	if err != nil {
		return err
	}
	clock := p.options.Now
	defer func() { p.options.Now = clock }()
	d := &demoPlay{p: p, plan: plan, schools: plan.Made(), calendar: calendar, real: clock()}
	d.now = d.at(demoBegan)
	p.options.Now = func() time.Time { return d.now }
	defer d.stampRecords()()
	return p.app.RunInTransaction(func(tx core.App) error {
		d.app = tx
		return run(d)
	})
}

// all plays every deed in the order of time.
func (d *demoPlay) all(items []demoItem) error {
	type scene struct {
		at   time.Time
		item demoItem
		deed demoDeed
	}
	var scenes []scene
	for _, item := range items {
		if item.school > len(d.schools) || item.imported && d.plan.Articles <= 20 {
			continue // a smaller demonstration
		}
		for _, deed := range item.deeds {
			scenes = append(scenes, scene{d.at(deed.when), item, deed})
		}
	}
	slices.SortStableFunc(scenes, func(a, b scene) int { return a.at.Compare(b.at) })
	for _, s := range scenes {
		if d.now, d.stamps = s.at, 0; d.now.After(d.real) {
			d.now = d.real // early in the morning
		}
		var who *core.Record
		var err error
		if s.deed.post != "" {
			who, err = d.person(s.deed.post, s.item.school)
		}
		if err == nil {
			err = s.deed.do(d, s.item, who)
		}
		if err != nil {
			return fmt.Errorf("%s, %s: %w", s.item.key, s.deed.when, err)
		}
	}
	return nil
}

// at is an hour some working days ago.
func (d *demoPlay) at(when string) time.Time {
	var ago, hour, minute int
	if _, err := fmt.Sscanf(when, "%d %d:%d", &ago, &hour, &minute); err != nil {
		panic("the demonstration does not know when " + when + " is") // a typing error in a table
	}
	day := d.real.In(shanghai)
	for ; ago > 0; ago-- {
		for day = day.AddDate(0, 0, -1); !d.calendar.IsWorkday(workday.Date(dayOf(day))); {
			day = day.AddDate(0, 0, -1)
		}
	}
	return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, shanghai)
}

// day is a date some days from now, or before it.
func (d *demoPlay) day(from int) string { return dayOf(d.real.AddDate(0, 0, from)) }

// stampRecords puts the hour of the play on what is stored meanwhile, so that
// messages and lists tell the same story as the steps.
func (d *demoPlay) stampRecords() (end func()) {
	stamp := func(e *core.RecordEvent) error {
		d.stamps++
		at, err := types.ParseDateTime(d.now.Add(time.Duration(d.stamps) * time.Millisecond))
		if err != nil {
			return err
		}
		for _, f := range e.Record.Collection().Fields {
			if auto, ok := f.(*core.AutodateField); ok && (auto.OnUpdate || e.Record.IsNew()) {
				e.Record.SetRaw(auto.Name, at)
			}
		}
		return e.Next()
	}
	created, updated := d.p.app.OnRecordCreate().BindFunc(stamp), d.p.app.OnRecordUpdate().BindFunc(stamp)
	return func() {
		d.p.app.OnRecordCreate().Unbind(created)
		d.p.app.OnRecordUpdate().Unbind(updated)
	}
}
