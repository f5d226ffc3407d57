package pb_hooks

import (
	"fmt"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// alikeLetters counts the letters with the same text since a day, and of the same
// contact since another. A hundred are enough to know. The indexes leave out empty
// hashes, so the query must say that it wants none.
const alikeLetters = "SELECT (SELECT count(*) FROM (SELECT 1 FROM inquiry_letters WHERE text_hash = ?1 AND text_hash != '' AND created > ?2 LIMIT 100))," +
	" (SELECT count(*) FROM (SELECT 1 FROM inquiry_letters WHERE contact_hash = ?3 AND contact_hash != '' AND created > ?4 LIMIT 100))"

// lookForAlike holds a letter that is suspicious beside those on file. It asks in the
// transaction that stores the letter: of ten that come at once the first is taken.
func (p *platform) lookForAlike(app core.App, ready *preparedLetter) func(*filingWriter, batchTx) error {
	return func(w *filingWriter, tx batchTx) error {
		if ready.after.IsUrgent() {
			return nil
		}
		since := func(days int) string {
			return p.options.Now().UTC().Add(-time.Duration(days) * 24 * time.Hour).Format(records.InstantLayout)
		}
		var sameText, sameContact int
		err := tx.Stmt(w.alike).QueryRow(ready.papers.GetString("text_hash"), since(inquiry.AlikeDays), ready.papers.GetString("contact_hash"), since(inquiry.LatelyDays)).
			Scan(&sameText, &sameContact)
		if err != nil {
			return fmt.Errorf("look for letters that are alike: %w", err)
		}
		found := ready.filing.letter.Alike(sameText, sameContact)
		if len(found) == 0 || ready.after.State == inquiry.Held {
			return nil
		}
		return p.holdLetter(app, ready, found)
	}
}
