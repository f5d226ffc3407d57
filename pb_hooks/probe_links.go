package pb_hooks

import (
	"context"
	"encoding/json"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/records"
)

// mostURL is the length of an address that is stored whole.
const mostURL = 2000

// Kinds of links beside those of addresses.
const (
	kindFile   = "file"   // an attachment
	kindWeChat = "wechat" // the text is nothing but a link to WeChat
)

// Places in which links stand.
const (
	placeBody    = "body"
	placeFacts   = "facts"
	placeWhole   = "whole" // there is nothing else in the text
	placeFile    = "file"
	placeHome    = "home"    // the school's home page
	placeWebsite = "website" // the address of the school's own site
)

// linkPlace is where an address stands.
type linkPlace struct {
	School  string `db:"school"`
	Article string `db:"article"`
	Place   string `db:"place"`
	URL     string `db:"url"`
}

// foundLink is a link as it was found; look is nil where that is for later, or
// there is nothing to look at.
type foundLink struct {
	linkPlace
	kind string
	look *probe.Look
}

// linkRow is what is stored of a link.
type linkRow struct {
	linkPlace
	ID    string `db:"id"`
	Kind  string `db:"kind"`
	State string `db:"state"`
	Tries int    `db:"tries"`
	Since string `db:"broken_since"`
}

func (r linkRow) standing() probe.Standing {
	since, _ := time.Parse(records.InstantLayout, r.Since) // "" is never
	return probe.Standing{State: probe.State(r.State), Tries: r.Tries, Since: since}
}

// linkChange is what to write of a link: with no id a new one, with no fields none any more.
type linkChange struct {
	id     string
	fields dbx.Params
}

func (c linkChange) write(tx core.App) (err error) {
	switch {
	case c.fields == nil:
		_, err = tx.DB().Delete(records.ProbeLinks, dbx.HashExp{"id": c.id}).Execute()
	case c.id == "":
		c.fields["id"] = core.GenerateDefaultRandomId()
		_, err = tx.DB().Insert(records.ProbeLinks, c.fields).Execute()
	default:
		_, err = tx.DB().Update(records.ProbeLinks, c.fields, dbx.HashExp{"id": c.id}).Execute()
	}
	return err
}

// standingFields are the columns that a look changes.
func standingFields(s probe.Standing, now time.Time) dbx.Params {
	since := ""
	if s.Tries > 0 {
		since = s.Since.UTC().Format(records.InstantLayout)
	}
	return dbx.Params{"state": string(s.State), "status": s.Look.Status, "fault": string(s.Look.Fault), "tries": s.Tries, "broken_since": since,
		"checked_at": now.UTC().Format(records.InstantLayout)}
}

// compare tells what changes where these links were found and those were known.
// Of what works inside the site nothing is stored.
func compare(found []foundLink, known []linkRow, now time.Time) []linkChange {
	stored := make(map[linkPlace]linkRow, len(known))
	for _, row := range known {
		stored[row.linkPlace] = row
	}
	var changes []linkChange
	for _, f := range found {
		row, is := stored[f.linkPlace]
		delete(stored, f.linkPlace)
		if is && row.Kind == f.kind && f.look == nil {
			continue
		}
		if is && row.Kind != f.kind {
			changes = append(changes, linkChange{id: row.ID})
			row, is = linkRow{}, false
		}
		standing := probe.Standing{State: probe.Unchecked}
		switch {
		case f.look != nil:
			if is {
				standing = row.standing()
			}
			standing = standing.After(*f.look, now)
		case f.kind != string(probe.External):
			standing.State = probe.Foreign
		}
		inside := f.look != nil
		if inside && standing.Tries == 0 {
			if is {
				changes = append(changes, linkChange{id: row.ID})
			}
			continue
		}
		fields := standingFields(standing, now)
		if !is {
			at := now.UTC().Format(records.InstantLayout)
			for name, value := range map[string]string{"school": f.School, "article": f.Article, "place": f.Place, "url": f.URL, "kind": f.kind, "found_at": at, "due_at": at} {
				fields[name] = value
			}
			if f.kind == string(probe.External) {
				fields["checked_at"] = ""
			}
		}
		changes = append(changes, linkChange{row.ID, fields})
	}
	for _, row := range stored {
		changes = append(changes, linkChange{id: row.ID})
	}
	return changes
}

// knownLinks are the stored links of some articles.
func knownLinks(ctx context.Context, app core.App, articles []string) (rows []linkRow, err error) {
	ids, err := json.Marshal(articles)
	if err != nil {
		return nil, err
	}
	err = app.DB().NewQuery("SELECT l.id, l.school, l.article, l.place, l.url, l.kind, l.state, l.tries, l.broken_since FROM json_each({:ids}) wanted" +
		" CROSS JOIN " + records.ProbeLinks + " l ON l.article = wanted.value").Bind(dbx.Params{"ids": string(ids)}).WithContext(ctx).All(&rows)
	return rows, err
}
