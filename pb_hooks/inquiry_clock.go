package pb_hooks

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// livingLetters are the states in which time does something to a letter.
var livingLetters = func() (list []any) {
	for _, s := range inquiry.States() {
		if s.IsOpen() || s == inquiry.Answered || s == inquiry.Rated {
			list = append(list, string(s))
		}
	}
	return list
}()

// bindInquiryClock catches up at start with what fell due while the server was off,
// and counts the letters, which takes a second where there are many.
func bindInquiryClock(app core.App, p *platform) {
	whileServing(app, func(ctx context.Context) {
		p.followInquiries(ctx)
		if err := p.counted.read(app, p.options.Now(), func([]countedLetter, []string) {}); err != nil {
			app.Logger().Error("count the letters", "error", err) // the first look tries again
		}
	})
}

// followInquiries does to every letter what time does to it. It may be called at
// any time and any number of times: what has been done is not done again.
func (p *platform) followInquiries(ctx context.Context) {
	p.inquiryRound.Lock()
	defer p.inquiryRound.Unlock()
	var ids []string
	err := p.app.DB().Select("id").From(records.Inquiries).Where(dbx.In("state", livingLetters...)).OrderBy("_rowid_").Column(&ids)
	if err != nil {
		p.app.Logger().Error("look for letters that time moves", "error", err)
		return
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return // the server stops; the next start goes on
		}
		if err := errors.Join(p.followInquiry(id), p.raiseInquiryAlarm(id)); err != nil {
			p.app.Logger().Error("do what has fallen due in a letter", "inquiry", id, "error", err)
		}
	}
}

// followInquiry takes the steps that have fallen due in a letter, each in a
// transaction in which the case is read again. One that fails holds up no other
// and is tried again in the next round.
func (p *platform) followInquiry(id string) error {
	var tried []inquiry.Event
	var problems []error
	for {
		next := inquiry.Event{}
		err := p.app.RunInTransaction(func(tx core.App) error {
			record, err := tx.FindRecordById(records.Inquiries, id)
			if err != nil {
				return err
			}
			c, err := p.inquiryCaseOf(tx, record)
			if err != nil {
				return err
			}
			due := c.FallenDue(workday.Date(p.today()))
			i := slices.IndexFunc(due, func(e inquiry.Event) bool {
				return c.Permits(e) == nil && !slices.ContainsFunc(tried, func(t inquiry.Event) bool { return t.Do == e.Do && t.Norm == e.Norm })
			})
			if i < 0 {
				return nil
			}
			next = due[i]
			_, _, err = p.takeInquiry(tx, c, inquiryAct{Event: next}, p.itself())
			return err
		})
		if next.Do == "" {
			return errors.Join(append(problems, err)...)
		}
		tried, problems = append(tried, next), append(problems, err)
	}
}

// raiseInquiryAlarm tells people of what presses in a letter beside the steps that
// the system takes: an urgent one that nobody accepted within two hours, day or
// night; one that nobody of the unit could handle; one that comes near the veto.
func (p *platform) raiseInquiryAlarm(id string) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		record, err := tx.FindRecordById(records.Inquiries, id)
		if err != nil {
			return err
		}
		c, err := p.inquiryCaseOf(tx, record)
		if err != nil {
			return err
		}
		key, what, roles, err := p.inquiryAlarm(tx, c)
		if err != nil || key == "" {
			return err
		}
		var people []string
		for _, role := range roles {
			more, err := p.inquiryPeople(tx, c, role)
			if err != nil {
				return err
			}
			people = append(people, more...)
		}
		n := noticeOfInquiry(record, "inquiry_alarm", key, what)
		n.Urgent = true
		return notify(tx, people, n)
	})
}

// inquiryAlarm is what presses in a letter now; its key is "" if nothing does.
func (p *platform) inquiryAlarm(app core.App, c inquiryCase) (key, what string, roles []inquiry.Role, err error) {
	above := []inquiry.Role{inquiry.Principal, inquiry.Bureau}
	level := c.LevelOn(workday.Date(p.today()))
	waited := p.options.Now().Sub(c.record.GetDateTime("submitted_at").Time())
	switch {
	case c.IsUrgent() && c.Decided == "" && c.State.IsOpen() && waited > inquiry.UrgentAcceptHours*time.Hour:
		return "inquiry_unaccepted/" + c.record.Id, "紧急来信两小时没有受理", append(above, inquiry.Clerk), nil
	case level >= inquiry.VetoWarning:
		return "inquiry_alarm/" + c.record.Id + "/" + level.Code() + "/" + string(c.Due), level.Name(), append(above, inquiry.Clerk), nil
	}
	next := inquiryInHand(c.Case)
	if next == "" {
		return "", "", nil, nil
	}
	people, err := p.inquiryPeople(app, c, next)
	if err != nil || len(people) > 0 {
		return "", "", nil, err
	}
	return "inquiry_nobody/" + c.record.Id + "/" + string(c.State), "没有人能办理（缺" + next.Name() + "）", above, nil
}
