package pb_hooks

import (
	"errors"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// freeze has an app of its own read one state of the database, that of now, until
// thaw. Servers write on meanwhile; what they write is kept beside the database until
// thaw. thaw fails where the state could not be held.
func freeze(app core.App) (thaw func() error, err error) {
	db, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return nil, errors.New("a transaction cannot be frozen")
	}
	one := db.DB()
	one.SetMaxOpenConns(1) // a transaction is of a connection
	one.SetConnMaxIdleTime(0)
	if _, err := one.Exec("BEGIN"); err != nil {
		return nil, fmt.Errorf("freeze the database: %w", err)
	}
	var n int
	if err := one.QueryRow("SELECT count(*) FROM sqlite_master").Scan(&n); err != nil { // the first reading chooses the state
		return nil, fmt.Errorf("freeze the database: %w", err)
	}
	return func() error {
		_, err := one.Exec("COMMIT") // fails on a connection that is another one
		return err
	}, nil
}

// takenBackSince are the articles of which a text was withdrawn or taken down since an
// instant, as the database is now, frozen or not.
func takenBackSince(app core.App, since time.Time) (ids []string, err error) {
	err = app.NonconcurrentDB().Select("article").Distinct(true).From(records.Steps).
		Where(dbx.HashExp{"action": anys(outOfFiles)}).AndWhere(dbx.NewExp("created >= {:since}", dbx.Params{"since": since.UTC().Format(records.InstantLayout)})).
		OrderBy("article").Column(&ids)
	return ids, err
}
