package pb_hooks

import (
	"context"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// purgeDays is how long who applied is kept after a request was archived, in days,
// where the district sets nothing else.
const purgeDays = 365

// purgeable is the condition that a request ended so long ago that who applied is
// no longer needed: it was archived, or ended without an answer, by a day, and no
// complaint is open or was decided since.
func purgeable(day string) dbx.Expression {
	return dbx.NewExp("purged_at = '' AND state IN ('archived', 'abandoned', 'withdrawn', 'void') AND closed != '' AND closed <= {:purgeday}"+
		" AND coalesce((SELECT max(s.recorded) FROM foi_steps s WHERE s.request = foi_requests.id AND s.action IN ('archive', 'decide')), closed) <= {:purgeday}",
		dbx.Params{"purgeday": day})
}

// purgeDay is the last day on which a request must have ended to be purged at a
// time.
func purgeDay(app core.App, now time.Time) (string, error) {
	district, err := app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return "", err
	}
	days := district.GetInt("foi_purge_days")
	if days <= 0 {
		days = purgeDays
	}
	return dayOf(now.AddDate(0, 0, -days)), nil
}

// purgeRequests removes who applied from the requests that ended long ago, each in
// a transaction of its own. What is left is the case: what was asked, the steps,
// the letters, which as official documents stay in the archive, sealed.
func (p *platform) purgeRequests(ctx context.Context) {
	day, err := purgeDay(p.app, p.options.Now())
	var ids []string
	if err == nil {
		err = p.app.DB().Select("id").From(records.FOIRequests).Where(purgeable(day)).OrderBy("_rowid_").Column(&ids)
	}
	if err != nil {
		p.app.Logger().Error("look for requests to purge", "error", err)
		return
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return
		}
		if err := p.purgeRequest(id, day); err != nil {
			p.app.Logger().Error("purge a request", "request", id, "error", err)
		}
	}
}

func (p *platform) purgeRequest(id, day string) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		var still []*core.Record // a complaint may have come in since
		if err := tx.RecordQuery(records.FOIRequests).AndWhere(dbx.And(idIs(id), purgeable(day))).All(&still); err != nil || len(still) == 0 {
			return err
		}
		request := still[0]
		if err := p.purgeApplications(tx, id); err != nil {
			return err
		}
		if err := p.purgeMails(tx, "request", id); err != nil {
			return err
		}
		if err := p.emptyAll(tx, records.FOIInquiries, "request", id); err != nil { // where others were reached who were asked
			return err
		}
		request.Set("purged_at", p.options.Now().UTC())
		if err := tx.Save(request); err != nil {
			return err
		}
		return p.audit(tx, p.itself(), deed{"foi_purge", records.FOIRequests, id, map[string]any{"number": request.GetString("number")}})
	})
}

// purgeApplications leaves of the identity document its last four characters, and
// removes the scans; their files go once this is committed.
func (p *platform) purgeApplications(tx core.App, request string) error {
	list, err := tx.FindAllRecords(records.FOIApplications, dbx.HashExp{"request": request})
	if err != nil {
		return err
	}
	for _, a := range list {
		document, err := p.unseal(a, "document")
		if err != nil {
			return err
		}
		letters := []rune(document)
		a.Set("last4", string(letters[max(0, len(letters)-4):]))
		if err := p.empty(a); err != nil {
			return err
		}
		if err := tx.Save(a); err != nil {
			return err
		}
	}
	return nil
}

// empty empties every sealed field of a record, with its hash and its files.
func (p *platform) empty(r *core.Record) error {
	for _, f := range sealedFieldsOf(r.Collection().Name) {
		if f.IsFile {
			r.Set(f.Field, nil)
			continue
		}
		if err := p.seal(r, f.Field, ""); err != nil {
			return err
		}
	}
	return nil
}

// purgeMails forgets to whom mails went and what they said; what became of them
// stays. One that is still to go out has nobody to go to.
func (p *platform) purgeMails(tx core.App, of, id string) error {
	_, err := tx.DB().Update(records.FOIMails, dbx.Params{"state": mailSkipped, "error": "个人信息已按期清除"},
		dbx.HashExp{of: id, "state": []any{mailWaiting, mailRefused, mailSending}}).Execute()
	if err != nil {
		return err
	}
	return p.emptyAll(tx, records.FOIMails, of, id)
}

func (p *platform) emptyAll(tx core.App, collection, of, id string) error {
	list, err := tx.FindAllRecords(collection, dbx.HashExp{of: id})
	if err != nil {
		return err
	}
	for _, r := range list {
		if err := p.empty(r); err != nil {
			return err
		}
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return nil
}
