package pb_hooks

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/list"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/sealed"
)

// rotateBatch is how many records are sealed anew in one transaction: some ten
// milliseconds in which nobody else writes.
const rotateBatch = 200

// rotation seals everything that an older key has sealed with the current one.
// It may be stopped at any time and run again, as what is done tells by itself
// that it is; and it may run beside a server that has the current key, because
// that server seals with no other (guardSealed).
type rotation struct {
	app  core.App
	ring *sealed.Keyring
	told func(done int)

	done   int
	failed []error // of what could not be opened and stays as it is
}

// all seals everything anew. ctx stops it between batches.
func (r *rotation) all(ctx context.Context) error {
	for _, f := range sealedFields {
		if !f.IsFile {
			if err := r.values(ctx, f); err != nil {
				return err
			}
			continue
		}
		if err := eachFile(ctx, r.app, f, r.file); err != nil {
			return err
		}
	}
	return nil
}

func (r *rotation) values(ctx context.Context, f sealedField) error {
	for after := ""; ; {
		if err := ctx.Err(); err != nil {
			return err
		}
		last := ""
		err := r.app.RunInTransaction(func(tx core.App) (err error) {
			last, err = r.batch(tx, f, after)
			return err
		})
		if err != nil || last == "" {
			return err
		}
		after = last
		r.told(r.done)
	}
}

// batch seals the next values anew and returns the id of the last record, "" if
// there was none. The records' hooks are left out: nothing happens to them.
func (r *rotation) batch(tx core.App, f sealedField, after string) (last string, err error) {
	if err := r.hold(tx); err != nil {
		return "", err
	}
	var rows []struct {
		ID    string `db:"id"`
		Value string `db:"value"`
	}
	err = tx.DB().Select("id", f.Field+" AS value").From(f.Collection).
		Where(dbx.NewExp("[[id]] > {:after} AND [["+f.Field+"]] != '' AND [["+f.Field+"]] NOT GLOB {:current}", dbx.Params{"after": after, "current": "s1." + r.ring.CurrentID() + ".*"})).
		OrderBy("id").Limit(rotateBatch).All(&rows)
	if err != nil {
		return "", err
	}
	for _, row := range rows {
		last = row.ID
		plain, err := r.ring.Open(row.Value, f.place(row.ID))
		if err != nil {
			r.failed = append(r.failed, err)
			continue
		}
		columns, err := f.seal(r.ring, row.ID, plain)
		if err != nil {
			return "", err
		}
		if _, err := tx.DB().Update(f.Collection, columns, idIs(row.ID)).Execute(); err != nil {
			return "", err
		}
		r.done++
	}
	return last, nil
}

// file seals a file anew in its place: the storage replaces it at once, so that
// a reader has the old or the new one.
func (r *rotation) file(files *filesystem.System, stored sealedFile) error {
	id, err := stored.keyID(files)
	if err != nil || id == r.ring.CurrentID() {
		return err
	}
	at := stored.field.filePlace(stored.record, stored.name)
	old, err := files.GetReader(stored.path)
	if err != nil {
		return err
	}
	defer old.Close()
	var again bytes.Buffer
	plain, opened := io.Pipe()
	go func() { opened.CloseWithError(r.ring.OpenFile(opened, old, at)) }()
	if err := r.ring.SealFile(&again, plain, at); err != nil {
		plain.CloseWithError(err)
		var coded interface{ Code() string }
		if errors.As(err, &coded) {
			r.failed = append(r.failed, err)
			return nil
		}
		return err
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		if err := r.hold(tx); err != nil { // a record is not deleted meanwhile, and its file not brought back
			return err
		}
		var names string
		err := tx.DB().Select(stored.field.Field).From(stored.field.Collection).Where(idIs(stored.record)).Row(&names)
		if errors.Is(err, sql.ErrNoRows) || err == nil && !slices.Contains(list.ToUniqueStringSlice(names), stored.name) {
			return nil
		}
		if err != nil {
			return err
		}
		r.done++
		return errors.Join(files.Upload(again.Bytes(), stored.path), syncStored(tx, stored.path))
	})
	r.told(r.done)
	return err
}

// hold keeps other writers away until the transaction ends, and makes sure that
// the server knows the current key.
func (r *rotation) hold(tx core.App) error {
	result, err := tx.DB().Update(records.Sealing, dbx.Params{"updated": time.Now().UTC().Format(records.InstantLayout)}, dbx.HashExp{"key_id": r.ring.CurrentID()}).Execute()
	if err != nil {
		return err
	}
	if n, err := result.RowsAffected(); err != nil || n != 1 {
		return errors.Join(err, unknownKey(r.ring))
	}
	return nil
}

func unknownKey(ring *sealed.Keyring) error {
	return fmt.Errorf("服务还不知道现用密钥 %s：请先重启服务，再执行 gongkai key rotate", ring.CurrentID())
}

// retire forgets the older keys if nothing is sealed with them, and returns their
// ids.
func (r *rotation) retire(ctx context.Context, p *platform) (ids []string, err error) {
	values, files := []sealedField{}, []sealedField{}
	for _, f := range sealedFields {
		if f.IsFile {
			files = append(files, f)
		} else {
			values = append(values, f)
		}
	}
	counts, err := countSealed(ctx, r.app, files) // not in the transaction: there are many, and new ones have the current key
	if err != nil {
		return nil, err
	}
	err = r.app.RunInTransaction(func(tx core.App) error {
		if err := r.hold(tx); err != nil {
			return err
		}
		more, err := countSealed(ctx, tx, values)
		if err != nil {
			return err
		}
		isOld := func(c sealedCount) bool { return c.Key != r.ring.CurrentID() }
		if !slices.ContainsFunc(append(counts, more...), isOld) {
			if ids, err = forgetKeys(tx, r.ring.CurrentID()); err != nil {
				return err
			}
		}
		if r.done == 0 && len(ids) == 0 {
			return nil
		}
		return p.audit(tx, atTerminal, deed{"rotate_key", records.Sealing, r.ring.CurrentID(), map[string]any{"done": r.done, "retired": ids}})
	})
	return ids, err
}

// syncStored brings a stored file to the disk. An object store does that itself.
func syncStored(app core.App, path string) error {
	if app.Settings().S3.Enabled {
		return nil
	}
	f, err := os.Open(filepath.Join(app.DataDir(), core.LocalStorageDirName, filepath.FromSlash(path)))
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
