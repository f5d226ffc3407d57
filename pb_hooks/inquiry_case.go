package pb_hooks

import (
	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// bureauUnit is the bureau where a unit is named; a school is named by its id.
const bureauUnit = "bureau"

// schoolOfUnit is the school of a unit as staff have it: "" is the bureau.
func schoolOfUnit(unit string) string {
	if unit == bureauUnit {
		return ""
	}
	return unit
}

// unitOf is the unit of somebody of the staff.
func unitOf(person *core.Record) string {
	if school := person.GetString("school"); school != "" {
		return school
	}
	return bureauUnit
}

// inquiryCase is a letter (来信) and what its steps add up to.
type inquiryCase struct {
	inquiry.Case
	record *core.Record
	steps  []*core.Record // oldest first
	events []inquiry.Event
}

// inquiryCounting is what letters are counted with: read once, used for many.
type inquiryCounting struct {
	calendar workday.Calendar
	levels   []inquiryLevel // oldest first
}

// inquiryLevel is what the district set for a channel from a day on.
type inquiryLevel struct {
	Channel inquiry.ChannelCode
	From    workday.Date
	Service inquiry.Service
	Closed  bool
	Notice  string
}

func (p *platform) inquiryCounting(app core.App) (inquiryCounting, error) {
	calendar, err := p.calendar(app)
	if err != nil {
		return inquiryCounting{}, err
	}
	levels, err := inquiryLevels(app)
	return inquiryCounting{calendar, levels}, err
}

// letterCounting is inquiryCounting for whoever files, kept for a while.
func (p *platform) letterCounting(app core.App) (inquiryCounting, error) {
	return p.filings.levels.of("", p.options.Now(), p.today(), func() (inquiryCounting, error) { return p.inquiryCounting(app) })
}

func inquiryLevels(app core.App) (list []inquiryLevel, err error) {
	var rows []*core.Record
	err = app.RecordQuery(records.InquiryLevels).OrderBy("valid_from").All(&rows)
	for _, r := range rows {
		list = append(list, levelOf(r))
	}
	return list, err
}

func levelOf(r *core.Record) inquiryLevel {
	n := r.GetInt
	return inquiryLevel{inquiry.ChannelCode(r.GetString("channel")), workday.Date(r.GetString("valid_from")),
		inquiry.Service{Accept: n("accept"), Reply: n("reply"), Extend: n("extend"), Complex: n("complex")}, r.GetBool("closed"), r.GetString("notice")}
}

// on is what holds for the channels on a day.
func (n inquiryCounting) on(day workday.Date) map[inquiry.ChannelCode]inquiryLevel {
	holds := map[inquiry.ChannelCode]inquiryLevel{}
	for _, l := range n.levels {
		if l.From <= day {
			holds[l.Channel] = l
		}
	}
	return holds
}

// services are the service levels of a day, for what was submitted on it.
func (n inquiryCounting) services(day workday.Date) inquiry.ServiceLevels {
	levels := inquiry.ServiceLevels{}
	for channel, l := range n.on(day) {
		levels[channel] = l.Service
	}
	return levels
}

// inquiryCaseOf replays a letter.
func (p *platform) inquiryCaseOf(app core.App, record *core.Record) (inquiryCase, error) {
	counting, err := p.inquiryCounting(app)
	if err != nil {
		return inquiryCase{}, err
	}
	cases, err := inquiryCasesOf(app, counting, record)
	if err != nil {
		return inquiryCase{}, err
	}
	return cases[0], nil
}

// inquiryCasesOf replays letters, all with one query. What people wrote about the
// steps stays sealed: nothing hangs on it once a step is taken.
func inquiryCasesOf(app core.App, counting inquiryCounting, list ...*core.Record) ([]inquiryCase, error) {
	var steps []*core.Record
	if err := app.RecordQuery(records.InquirySteps).AndWhere(dbx.HashExp{"inquiry": anys(idsOf(list))}).OrderBy("_rowid_").All(&steps); err != nil {
		return nil, err
	}
	of := map[string][]*core.Record{}
	for _, s := range steps {
		of[s.GetString("inquiry")] = append(of[s.GetString("inquiry")], s)
	}
	cases := make([]inquiryCase, len(list))
	for i, r := range list {
		c := inquiryCase{record: r, steps: of[r.Id]}
		for _, s := range c.steps {
			event, err := inquiryEventOf(s)
			if err != nil {
				return nil, err
			}
			c.events = append(c.events, event)
		}
		var submitted workday.Date
		if len(c.events) > 0 {
			submitted = c.events[0].On
		}
		var err error
		if c.Case, err = inquiry.Replay(c.events, counting.calendar, counting.services(submitted)); err != nil {
			return nil, err
		}
		cases[i] = c
	}
	return cases, nil
}

func inquiryEventOf(step *core.Record) (inquiry.Event, error) {
	text, date := step.GetString, func(field string) workday.Date { return workday.Date(step.GetString(field)) }
	e := inquiry.Event{Do: inquiry.Action(text("action")), As: inquiry.Role(text("role")), By: text("by"), For: text("for"), On: date("on"), Recorded: date("recorded"),
		Told: date("told"), Channel: inquiry.ChannelCode(text("channel")), Category: inquiry.CategoryCode(text("category")), MayPublish: step.GetBool("may_publish"),
		Unit: text("unit"), Department: text("department"), Ground: inquiry.Ground(text("ground")), Days: step.GetInt("days"), Into: text("into"), Hash: text("hash"),
		Rating: inquiry.Rating(step.GetInt("rating")), Norm: inquiry.Norm(text("norm")), Until: date("until")}
	if raw := text("writers"); raw != "" && raw != "null" {
		return e, step.UnmarshalJSONField("writers", &e.Writers)
	}
	return e, nil
}
