package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// waitsOutside are the states in which a request waits for somebody who is not of
// the staff; the clerk watches it.
var waitsOutside = []any{string(foi.Correcting), string(foi.ThirdParty), string(foi.Consulting)}

// addRequests adds the requests that wait for the person, and to the clerk's those
// that wait for somebody outside.
func (d *inboxDraw) addRequests() error {
	where, roles, err := d.p.requestsSeenBy(d.app, d.person)
	if err != nil || where == nil {
		return err
	}
	concerns := inHandsOf(d.person, roles)
	if slices.Contains(roles, foi.Clerk) {
		concerns = dbx.Or(concerns, dbx.And(dbx.HashExp{"proposal": ""}, dbx.In("state", waitsOutside...)))
	}
	living := append(slices.Clone(livingStates), string(foi.Supplementing), string(foi.Complained))
	var rows []*core.Record
	err = d.app.RecordQuery(records.FOIRequests).AndWhere(dbx.And(where, dbx.In("state", living...), concerns)).OrderBy("_rowid_").All(&rows)
	if err != nil || len(rows) == 0 {
		return err
	}
	counting, err := d.p.foiCounting(d.app)
	if err != nil {
		return err
	}
	latest, err := latestSteps(d.app, rows)
	if err != nil {
		return err
	}
	directory, err := d.p.directory()
	if err != nil {
		return err
	}
	for _, r := range rows {
		item := InboxItem{ID: r.Id, Kind: kindRequest, Link: "/requests/" + r.Id, Title: r.GetString("number") + " " + r.GetString("subject"), Stage: r.GetString("state"),
			StageName: inWordsOf(r), Since: latest[r.Id].Since, Due: dueOf(r, counting, latest[r.Id].Supplement)}
		if school, ok := directory.ByID(r.GetString("school")); ok {
			item.School, item.SchoolCode = school.ShortName, school.Code
		}
		role := roleInHand(foi.State(r.GetString("state")), foi.Action(r.GetString("proposal")), foi.Role(r.GetString("approver")))
		item.Duty, item.Group = string(role), groupOf(item.Due, d.today)
		if role == "" {
			item.Group = groupWaiting
		} else if item.InsteadOf, err = d.insteadOf(role); err != nil {
			return err
		}
		d.items = append(d.items, drawnItem{InboxItem: item})
	}
	return nil
}

// insteadOf is the colleague in whose place the person fills a role; "" if it is
// their own, or the request was given to them.
func (d *inboxDraw) insteadOf(role foi.Role) (string, error) {
	ways, err := d.p.waysTo(d.app, d.person, publication.Duty(role))
	if err != nil || len(ways) == 0 || ways[0].insteadOf == "" {
		return "", err
	}
	return nameOf(d.app, ways[0].insteadOf)
}

// latestStep is since when a request is where it is, and the day on which its
// answer was last to be supplemented.
type latestStep struct {
	Request    string `db:"request"`
	Since      string `db:"since"`
	Supplement string `db:"supplement"`
}

func latestSteps(app core.App, requests []*core.Record) (map[string]latestStep, error) {
	var rows []latestStep
	err := app.DB().Select("request", "max(at) AS since", "max(CASE WHEN action = 'supplement' THEN [[on]] ELSE '' END) AS supplement").
		From(records.FOISteps).Where(dbx.HashExp{"request": anys(idsOf(requests))}).GroupBy("request").All(&rows)
	latest := map[string]latestStep{}
	for _, r := range rows {
		latest[r.Request] = r
	}
	return latest, err
}

// dueOf is by when something is to be done with a request: the answer, or before
// it the confirmation, or after it the supplement.
func dueOf(r *core.Record, counting foiCounting, supplement string) string {
	submitted := workday.Date(r.GetString("submitted"))
	terms := foi.TermsFor(counting.terms, submitted)
	switch state := foi.State(r.GetString("state")); {
	case state == foi.Submitted:
		return string(counting.calendar.Add(submitted, terms.Confirm))
	case state == foi.Complained:
		return ""
	case r.GetString("ending") == string(foi.WasAnswered) && supplement != "" && state != foi.Answered:
		return string(counting.calendar.Add(workday.Date(supplement), terms.Supplement))
	}
	return r.GetString("due")
}
