package pb_hooks

import (
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// addInquiries adds the letters that wait for the person. Whose turn it is, is told
// from the row.
func (d *inboxDraw) addInquiries() error {
	roles, err := d.inquiryRoles()
	if err != nil {
		return err
	}
	unit := unitOf(d.person)
	concerns := dbx.Or(dbx.HashExp{"assignee": d.person.Id, "unit": unit})
	if len(roles) > 0 {
		concerns = dbx.Or(concerns, dbx.HashExp{"unit": unit}, dbx.HashExp{"offered": unit})
	}
	var waiting []any
	for _, s := range inquiry.States() {
		if s.IsOpen() {
			waiting = append(waiting, string(s))
		}
	}
	var rows []*core.Record
	err = d.app.RecordQuery(records.Inquiries).AndWhere(dbx.And(concerns, dbx.Or(dbx.In("state", waiting...), dbx.HashExp{"publication": string(inquiry.Proposed)}))).
		OrderBy("_rowid_").All(&rows)
	if err != nil {
		return err
	}
	since, err := sinceOfInquiries(d.app, rows)
	if err != nil {
		return err
	}
	for _, r := range rows {
		stands, err := inquiryOfRow(r)
		if err != nil {
			return err
		}
		role := inquiryInHand(stands)
		if !d.isTheirs(r, role, roles) {
			continue
		}
		item := InboxItem{ID: r.Id, Kind: kindInquiry, Link: "/inquiries/" + r.Id, Title: inWordsOfInquiry(r), Stage: r.GetString("state"),
			StageName: inquiryStanding(stands), Since: since[r.Id], Due: dueOfInquiry(r), Duty: string(role), ColumnName: stands.Channel.Name}
		if item.School, err = d.p.unitName(r.GetString("unit")); err != nil {
			return err
		}
		item.Group = groupOf(item.Due, d.today)
		d.items = append(d.items, drawnItem{InboxItem: item})
	}
	return nil
}

// inquiryRoles are the roles that the person fills in their unit, by themselves or
// in a colleague's place.
func (d *inboxDraw) inquiryRoles() (roles []inquiry.Role, err error) {
	of := rolesInSchool
	if unitOf(d.person) == bureauUnit {
		of = rolesInBureau
	}
	for _, duty := range []publication.Duty{publication.Clerk, publication.Officer, publication.Principal, publication.Supervisor, publication.Reviewer} {
		if len(of[duty]) == 0 {
			continue
		}
		ways, err := d.p.waysTo(d.app, d.person, duty)
		if err != nil {
			return nil, err
		}
		if len(ways) > 0 {
			roles = append(roles, of[duty]...)
		}
	}
	return roles, nil
}

// isTheirs reports whether a letter waits for the person, in whose roles it is.
func (d *inboxDraw) isTheirs(r *core.Record, role inquiry.Role, roles []inquiry.Role) bool {
	switch {
	case role == inquiry.Receiver:
		return r.GetString("offered") == unitOf(d.person) && slices.Contains(roles, inquiry.Clerk)
	case r.GetString("unit") != unitOf(d.person):
		return false
	case role == inquiry.Department && r.GetString("assignee") != "":
		return r.GetString("assignee") == d.person.Id
	case role == inquiry.Department:
		return slices.Contains(roles, inquiry.Clerk)
	}
	return slices.Contains(roles, role)
}

// inquiryOfRow is the row as a case, as far as whose turn it is.
func inquiryOfRow(r *core.Record) (inquiry.Case, error) {
	channel, err := inquiry.FindChannel(inquiry.ChannelCode(r.GetString("channel")))
	if err != nil {
		return inquiry.Case{}, err
	}
	category, err := inquiry.FindCategory(inquiry.CategoryCode(r.GetString("category")))
	return inquiry.Case{State: inquiry.State(r.GetString("state")), Publication: inquiry.Publication(r.GetString("publication")), Channel: channel, Category: category}, err
}

// dueOfInquiry is by when something is to be done: accept it, then answer it.
func dueOfInquiry(r *core.Record) string {
	switch inquiry.State(r.GetString("state")) {
	case inquiry.Submitted, inquiry.Held:
		return r.GetString("accept_by")
	case inquiry.Rated, inquiry.Archived:
		return "" // a publication is due to nobody
	}
	return r.GetString("due")
}

// sinceOfInquiries is since when each letter is where it is.
func sinceOfInquiries(app core.App, rows []*core.Record) (map[string]string, error) {
	since := map[string]string{}
	if len(rows) == 0 {
		return since, nil
	}
	var list []struct {
		Inquiry string `db:"inquiry"`
		At      string `db:"at"`
	}
	err := app.DB().Select("inquiry", "max(at) AS at").From(records.InquirySteps).Where(dbx.HashExp{"inquiry": anys(idsOf(rows))}).GroupBy("inquiry").All(&list)
	for _, l := range list {
		since[l.Inquiry] = l.At
	}
	return since, err
}
