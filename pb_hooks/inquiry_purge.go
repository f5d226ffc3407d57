package pb_hooks

import (
	"context"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// purgeableLetter is the condition that a letter ended so long ago that who wrote it
// is no longer needed: it was archived, or ended without an answer, by a day, and no
// order of the bureau is open.
func purgeableLetter(day string) dbx.Expression {
	return dbx.NewExp("purged_at = '' AND ordered = FALSE AND state IN ('archived', 'refused', 'merged', 'withdrawn') AND closed != '' AND closed <= {:purgeday}"+
		" AND coalesce((SELECT max(s.recorded) FROM inquiry_steps s WHERE s.inquiry = inquiries.id AND s.action = 'archive'), closed) <= {:purgeday}",
		dbx.Params{"purgeday": day})
}

// purgeLetters removes who wrote the letters that ended long ago, with their papers,
// what colleagues noted about them and drafts that nobody submitted, each in a
// transaction of its own. What was written and answered stays, sealed, and the
// masked name.
func (p *platform) purgeLetters(ctx context.Context) {
	day, err := purgeDay(p.app, p.options.Now())
	var ids []string
	if err == nil {
		err = p.app.DB().Select("id").From(records.Inquiries).Where(purgeableLetter(day)).OrderBy("_rowid_").Column(&ids)
	}
	if err != nil {
		p.app.Logger().Error("look for letters to purge", "error", err)
		return
	}
	for _, id := range ids {
		if ctx.Err() != nil {
			return
		}
		if err := p.purgeLetter(id, day); err != nil {
			p.app.Logger().Error("purge a letter", "letter", id, "error", err)
		}
	}
}

func (p *platform) purgeLetter(id, day string) error {
	return p.app.RunInTransaction(func(tx core.App) error {
		var still []*core.Record
		if err := tx.RecordQuery(records.Inquiries).AndWhere(dbx.And(idIs(id), purgeableLetter(day))).All(&still); err != nil || len(still) == 0 {
			return err
		}
		letter, err := letterOf(tx, id)
		if err != nil {
			return err
		}
		for _, field := range []string{"name", "contact", "guardian"} {
			if err := p.seal(letter, field, ""); err != nil {
				return err
			}
		}
		letter.Set("papers", nil)
		if err := tx.Save(letter); err != nil {
			return err
		}
		if err := p.purgeWorkings(tx, id); err != nil {
			return err
		}
		if err := p.purgeMails(tx, "inquiry", id); err != nil {
			return err
		}
		still[0].Set("purged_at", p.options.Now().UTC())
		if err := tx.Save(still[0]); err != nil {
			return err
		}
		return p.audit(tx, p.itself(), deed{"inquiry_purge", records.Inquiries, id, map[string]any{"number": still[0].GetString("number")}})
	})
}

// purgeWorkings removes what only served the work on a letter: it often names people.
func (p *platform) purgeWorkings(tx core.App, id string) error {
	if err := p.emptyAll(tx, records.InquiryNotes, "inquiry", id); err != nil {
		return err
	}
	return dropDrafts(tx, id)
}

// dropDrafts deletes the texts of a letter that were not submitted, and the files that
// none of the others has.
func dropDrafts(tx core.App, id string) error {
	drafts, err := tx.FindAllRecords(records.InquiryTexts, dbx.HashExp{"inquiry": id, "frozen": false})
	if err != nil {
		return err
	}
	for _, draft := range drafts {
		if err := tx.Delete(draft); err != nil {
			return err
		}
	}
	files, err := tx.FindAllRecords(records.InquiryFiles, dbx.HashExp{"inquiry": id})
	if err != nil {
		return err
	}
	for _, f := range files {
		used, err := fileIsUsed(tx, f)
		if err != nil {
			return err
		}
		if !used {
			if err := tx.Delete(f); err != nil {
				return err
			}
		}
	}
	return nil
}
