package mirror

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	_ "modernc.org/sqlite"
)

// ErrTaken is answered for a mirror that another server keeps.
var ErrTaken = errors.New("另一个服务正在使用这个副本文件夹")

// state knows what is in a mirror, what each page shows, and what is due to be
// looked at again. It lies in the mirror, so that they are lost together only,
// and is locked while it is open: two servers cannot keep one mirror.
type state struct{ db *sql.DB }

// How soon something is due, soonest first; 0 is not at all.
const (
	dueNow     = 1 // a page that shows something that has changed
	dueNew     = 2 // was not there yet
	dueCheck   = 3 // may have changed: pages that lists begin at
	dueColumn  = 4
	dueArticle = 5
)

const schema = `
CREATE TABLE IF NOT EXISTS page (
	id INTEGER PRIMARY KEY,
	address TEXT NOT NULL UNIQUE,
	file TEXT NOT NULL,
	drawn BLOB,           -- SHA-256 of the page without the time at which it was written
	sum BLOB,             -- SHA-256 of the file; NULL while there is none
	size INTEGER NOT NULL DEFAULT 0,
	due INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS page_due ON page (due, id) WHERE due > 0;
CREATE INDEX IF NOT EXISTS page_file ON page (file);
CREATE TABLE IF NOT EXISTS shows (page INTEGER NOT NULL, what TEXT NOT NULL, PRIMARY KEY (page, what)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS shows_what ON shows (what);
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`

func openState(dir string) (*state, error) {
	file := filepath.Join(dir, "mirror.db")
	db, err := sql.Open("sqlite", "file:"+file+"?_pragma=busy_timeout(500)&_pragma=locking_mode(exclusive)&_pragma=journal_mode(wal)&_pragma=synchronous(normal)&_pragma=cache_size(-4000)")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // the connection holds the lock
	if _, err := db.Exec("BEGIN EXCLUSIVE; " + schema + " COMMIT"); err != nil {
		err = errors.Join(err, db.Close())
		if text := err.Error(); strings.Contains(text, "SQLITE_BUSY") || strings.Contains(text, "database is locked") {
			return nil, ErrTaken
		}
		return nil, fmt.Errorf("open %s: %w", file, err)
	}
	return &state{db}, os.Chmod(file, 0o600)
}

func (s *state) close() error { return s.db.Close() }

// row is an address of the site and its file in the mirror.
type row struct {
	id            int64
	address, file string
	drawn         []byte
	due           int
}

// next lists some of what is due, soonest first.
func (s *state) next(limit int) (list []row, err error) {
	rows, err := s.db.Query("SELECT id, address, file, drawn, due FROM page WHERE due > 0 ORDER BY due, id LIMIT ?", limit)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var r row
		if err := rows.Scan(&r.id, &r.address, &r.file, &r.drawn, &r.due); err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, rows.Err()
}

// waiting counts what is due, and what of it is due now.
func (s *state) waiting() (all, now int, err error) {
	err = s.db.QueryRow("SELECT count(*), count(*) FILTER (WHERE due = ?) FROM page WHERE due > 0", dueNow).Scan(&all, &now)
	return all, now, err
}

// fact is a value that was stored, empty if none was.
func (s *state) fact(name string) (value string, err error) {
	err = s.db.QueryRow("SELECT value FROM fact WHERE name = ?", name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

func (s *state) keepFact(name, value string) error {
	_, err := s.db.Exec("INSERT OR REPLACE INTO fact VALUES (?, ?)", name, value)
	return err
}

// dueAgain marks the pages that show any of these, and the articles named.
func (s *state) dueAgain(tags []string) error {
	return s.transact(func(tx *sql.Tx) error {
		for _, tag := range tags {
			if _, err := tx.Exec("UPDATE page SET due = ? WHERE id IN (SELECT page FROM shows WHERE what = ?)", dueNow, tag); err != nil {
				return err
			}
			if id, is := strings.CutPrefix(tag, "article:"); is {
				if err := add(tx, "/a/"+id, dueNow); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// allDue marks everything that can have changed: what people uploaded does not,
// under one address, but for the picture of a school.
func (s *state) allDue() error {
	_, err := s.db.Exec(`UPDATE page SET due = CASE WHEN address LIKE '/a/%' THEN ? WHEN address LIKE '/s/%/%' THEN ? ELSE ? END
		WHERE due = 0 AND (address NOT LIKE '/f/%' OR address LIKE '/f/%/logo')`, dueArticle, dueColumn, dueCheck)
	return err
}

// lost marks what is known and has no file of its size.
func (s *state) lost(seen func(file string, size int64) bool) error {
	rows, err := s.db.Query("SELECT id, file, size FROM page WHERE sum IS NOT NULL")
	if err != nil {
		return err
	}
	var missing []int64
	for rows.Next() {
		var id, size int64
		var file string
		if err := rows.Scan(&id, &file, &size); err != nil {
			return errors.Join(err, rows.Close())
		}
		if !seen(file, size) {
			missing = append(missing, id)
		}
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return err
	}
	return s.transact(func(tx *sql.Tx) error {
		for _, id := range missing {
			if _, err := tx.Exec("UPDATE page SET due = ?, sum = NULL, drawn = NULL WHERE id = ?", dueNew, id); err != nil {
				return err
			}
		}
		return nil
	})
}

// add makes an address known. One that is known and not there yet comes sooner.
func add(tx *sql.Tx, address string, due int) error {
	file := File(address)
	if file == "" {
		return nil
	}
	_, err := tx.Exec(addPage, address, file, due)
	return err
}

const addPage = "INSERT INTO page (address, file, due) VALUES (?, ?, ?) ON CONFLICT (address) DO UPDATE SET due = excluded.due WHERE sum IS NULL AND due > excluded.due"

// addAll makes addresses known, each new one due.
func (s *state) addAll(addresses []string) error {
	return s.transact(func(tx *sql.Tx) error {
		insert, err := tx.Prepare(addPage) // a hundred thousand times
		if err != nil {
			return err
		}
		defer insert.Close()
		for _, address := range addresses {
			if file := File(address); file != "" {
				if _, err := insert.Exec(address, file, dueNew); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// settle says that a page was looked at: what its file is now, what it shows, and
// where it links to. It answers with the files that nothing shows any more.
func settle(tx *sql.Tx, r row, drawn []byte, w *written, tags, links []string) (orphans []string, err error) {
	if w != nil {
		_, err = tx.Exec("UPDATE page SET due = 0, drawn = ?, sum = ?, size = ? WHERE id = ?", drawn, w.sum, w.size, r.id)
	} else {
		_, err = tx.Exec("UPDATE page SET due = 0 WHERE id = ?", r.id)
	}
	if err != nil {
		return nil, err
	}
	shows := append([]string(nil), tags...)
	for _, link := range links {
		due := dueNew
		if isAttachment(link) { // comes with its page; what else the page links to can wait
			shows, due = append(shows, link), min(r.due, dueNew)
		}
		if err := add(tx, link, due); err != nil {
			return nil, err
		}
	}
	return replaceShows(tx, r.id, shows)
}

// forget says that there is no such page any more.
func forget(tx *sql.Tx, r row) (orphans []string, err error) {
	if orphans, err = replaceShows(tx, r.id, nil); err != nil {
		return nil, err
	}
	_, err = tx.Exec("DELETE FROM page WHERE id = ?", r.id)
	return orphans, err
}

func replaceShows(tx *sql.Tx, page int64, shows []string) (orphans []string, err error) {
	if orphans, err = column(tx, "SELECT what FROM shows WHERE page = ? AND what LIKE '/f/%'", page); err != nil {
		return nil, err
	}
	if _, err := tx.Exec("DELETE FROM shows WHERE page = ?", page); err != nil {
		return nil, err
	}
	for _, what := range shows {
		if _, err := tx.Exec("INSERT OR IGNORE INTO shows VALUES (?, ?)", page, what); err != nil {
			return nil, err
		}
	}
	var left []string
	for _, file := range orphans {
		var shown bool
		if err := tx.QueryRow("SELECT EXISTS (SELECT 1 FROM shows WHERE what = ?)", file).Scan(&shown); err != nil {
			return nil, err
		}
		if shown {
			continue
		}
		left = append(left, file)
		if _, err := tx.Exec("DELETE FROM page WHERE address = ?", file); err != nil {
			return nil, err
		}
	}
	return left, nil
}

func column(tx *sql.Tx, query string, args ...any) (list []string, err error) {
	rows, err := tx.Query(query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var s string
		if err := rows.Scan(&s); err != nil {
			return nil, err
		}
		list = append(list, s)
	}
	return list, rows.Err()
}

func (s *state) transact(do func(*sql.Tx) error) error {
	tx, err := s.db.Begin()
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

// seen is the instant up to which every change has been followed; zero if none.
func (s *state) seen() (time.Time, error) {
	value, err := s.fact("seen")
	if err != nil || value == "" {
		return time.Time{}, err
	}
	return time.Parse(time.RFC3339Nano, value)
}
