package mirror

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// copyAll copies pages until something more urgent turns up. A page that has
// changed and cannot be written is taken away: no page at all is better than one
// that was withdrawn.
func (w *work) copyAll(ctx context.Context, list []row) error {
	if len(list) == 0 {
		return nil
	}
	err := w.state.transact(func(tx *sql.Tx) error {
		var failed error
		for i, r := range list {
			if i > 0 && (ctx.Err() != nil || r.due > dueNow && (failed != nil || w.hurried())) {
				break
			}
			begun := time.Now()
			if err := w.copyOne(ctx, tx, r); err != nil && ctx.Err() == nil {
				failed = errors.Join(failed, fmt.Errorf("%s: %w", r.address, err))
				if r.due == dueNow {
					failed = errors.Join(failed, w.hide(r.address))
				}
			}
			if r.due > dueNow {
				pause(ctx, time.Duration(float64(min(time.Since(begun), longest))*w.Rest))
			}
		}
		return failed
	})
	if err != nil && ctx.Err() != nil {
		return nil
	}
	return err
}

// longest is the most work that a rest is counted from: on a busy machine a page
// takes long because it waits for others.
const longest = 10 * time.Millisecond

// copyOne copies one address: writes its file if it has changed, removes it if
// nobody is shown it any more.
func (w *work) copyOne(ctx context.Context, tx *sql.Tx, r row) error {
	if isWhole(r.address) {
		return w.copyFile(ctx, tx, r)
	}
	var body bytes.Buffer
	a, err := w.Draw(ctx, drawnAs(r.address), &body)
	if err != nil {
		return err
	}
	if a.Status != http.StatusOK {
		if a.Status >= http.StatusInternalServerError {
			return fmt.Errorf("the site answers %d", a.Status)
		}
		return w.drop(tx, r)
	}
	page, links := body.Bytes(), []string(nil)
	if strings.HasPrefix(a.Type, "text/html") {
		page, links = w.Pages().Copy(r.address, page)
	}
	links = append(links, beside(r.address, page)...)
	drawn := sha256.Sum256(page)
	var done *written
	if !bytes.Equal(drawn[:], r.drawn) {
		page = bytes.ReplaceAll(page, []byte(WrittenAt), []byte(w.Written(w.Now())))
		now, err := w.folder.write(r.file, func(to io.Writer) error {
			_, err := to.Write(page)
			return err
		})
		if err != nil {
			return err
		}
		done, w.changed = &now, true
	}
	orphans, err := settle(tx, r, drawn[:], done, a.Tags, links)
	return errors.Join(err, w.removeAll(orphans))
}

// beside are the addresses that a school's home page, or the list of the bulk files,
// brings with it, linked or not.
func beside(address string, page []byte) (list []string) {
	if address == bulkIndex {
		return bulkFiles(page)
	}
	parts := strings.Split(address, "/")
	if len(parts) != 3 || parts[1] != "s" {
		return nil
	}
	for _, name := range append(schoolPages[:len(schoolPages):len(schoolPages)], schoolFiles...) {
		list = append(list, address+"/"+name)
	}
	return list
}

// bulkFiles are the files that the list of them names, and their sums.
func bulkFiles(index []byte) []string {
	var v struct{ Items []struct{ URL string } }
	if err := json.Unmarshal(index, &v); err != nil || len(v.Items) == 0 {
		return nil // none is made
	}
	list := []string{bulkIndex + "/SHA256SUMS"}
	for _, f := range v.Items {
		list = append(list, f.URL)
	}
	return list
}

func (w *work) copyFile(ctx context.Context, tx *sql.Tx, r row) error {
	var a Answer
	now, err := w.folder.write(r.file, func(to io.Writer) (err error) {
		if a, err = w.Draw(ctx, r.address, to); err == nil && a.Status != http.StatusOK {
			err = errNotShown
		}
		return err
	})
	if errors.Is(err, errNotShown) && a.Status < http.StatusInternalServerError {
		return w.drop(tx, r)
	}
	if err != nil {
		return err
	}
	w.changed = true
	_, err = settle(tx, r, now.sum, &now, a.Tags, nil)
	return err
}

var errNotShown = errors.New("the site does not show it")

// drop removes what is not shown any more.
func (w *work) drop(tx *sql.Tx, r row) error {
	orphans, err := forget(tx, r)
	if err != nil {
		return err
	}
	w.changed = true
	return w.removeAll(append(orphans, r.address))
}

func (w *work) removeAll(addresses []string) error {
	for _, address := range addresses {
		w.changed = true
		if err := w.folder.remove(File(address)); err != nil {
			return err
		}
	}
	return nil
}
