// Package search knows how to find published disclosures by any part of their
// text, in a file of its own that can be deleted and rebuilt at any time. It
// does not know PocketBase, what may be published, or how a page looks.
package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"modernc.org/sqlite"
)

// Doc is what the index is told about one published disclosure. Version is
// any text that changes with the content; the index only keeps it.
type Doc struct {
	ID          string
	Version     string
	School      string
	Stages      []string
	Column      string
	PublishedAt time.Time
	Title       string
	Text        string
}

// Index is the open search file. Readers run in parallel beside one writer.
type Index struct {
	path       string
	read       *sql.DB
	write      *sql.DB
	statements map[string]*sql.Stmt // those of Search
	writer     sync.Mutex           // held by whoever writes the file
	fresh      atomic.Bool

	state    sync.Mutex // guards what follows
	bulk     *Bulk
	reserved map[int64]int64 // while a Bulk is under way: next row id by second
	highest  int64           // row id in docs when the Bulk began
	totals   totals
}

// opening keeps one Open from removing the file that another one is making.
var opening sync.Mutex

// Open opens the search file, or makes an empty one where it is missing, was
// made by another version of this package, or is broken. See NeedsRebuild.
func Open(path string) (*Index, error) {
	opening.Lock()
	defer opening.Unlock()
	found := isSound(path)
	if !found {
		if err := removeFile(path); err != nil {
			return nil, fmt.Errorf("remove search file: %w", err)
		}
	}
	ix := &Index{path: path}
	ix.fresh.Store(!found)
	if err := ix.open(!found); err != nil {
		return nil, errors.Join(err, ix.Close())
	}
	return ix, nil
}

func (ix *Index) open(create bool) (err error) {
	if ix.write, err = openFile(ix.path, writing); err != nil {
		return err
	}
	ix.write.SetMaxOpenConns(1)
	if create {
		if _, err = ix.write.Exec(schema); err != nil {
			return fmt.Errorf("create search file: %w", err)
		}
	}
	if err = removeRuns(ix.path); err != nil {
		return fmt.Errorf("remove old runs: %w", err)
	}
	if ix.read, err = openFile(ix.path, reading); err != nil {
		return err
	}
	readers := max(4, runtime.GOMAXPROCS(0))
	ix.read.SetMaxOpenConns(readers)
	ix.read.SetMaxIdleConns(readers)
	ix.statements = map[string]*sql.Stmt{}
	for _, statement := range []string{termSQL, countSQL, countBetweenSQL, pageSQL, pageBetweenSQL} {
		if ix.statements[statement], err = ix.read.Prepare(statement); err != nil {
			return fmt.Errorf("prepare search: %w", err)
		}
	}
	return nil
}

// NeedsRebuild says that the file was made or replaced by Open, or was found
// broken since: every disclosure should be added again with Bulk.
func (ix *Index) NeedsRebuild() bool { return ix.fresh.Load() }

// Close waits for nobody: searches and writes still running return an error.
func (ix *Index) Close() error {
	var errs []error
	for _, db := range []*sql.DB{ix.read, ix.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// Versions returns the version of every document by its ID, so that a start
// can compare the index with the data it was made from.
func (ix *Index) Versions(ctx context.Context) (map[string]string, error) {
	rows, err := ix.read.QueryContext(ctx, `SELECT id, version FROM docs`)
	if err != nil {
		return nil, ix.note(fmt.Errorf("read versions: %w", err))
	}
	defer rows.Close()
	versions := map[string]string{}
	for rows.Next() {
		var id, version string
		if err := rows.Scan(&id, &version); err != nil {
			return nil, fmt.Errorf("read versions: %w", err)
		}
		versions[id] = version
	}
	return versions, ix.note(rows.Err())
}

// note remembers a broken file, so that the next Open replaces it: the check
// at Open is quick and cannot see every page.
func (ix *Index) note(err error) error {
	const corrupt, notADatabase = 11, 26
	var code *sqlite.Error
	if !errors.As(err, &code) {
		return err
	}
	if primary := code.Code() & 0xff; primary != corrupt && primary != notADatabase {
		return err
	}
	ix.fresh.Store(true)
	return errors.Join(err, os.WriteFile(ix.path+brokenMark, nil, 0o600))
}
