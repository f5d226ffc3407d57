package search

import (
	"context"
	"database/sql"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	_ "modernc.org/sqlite" // the driver "sqlite"
)

const (
	// schemaVersion changes with the tables and with how text is cut into grams.
	schemaVersion = "1"
	applicationID = "1735353707"
	pageSize      = 8192
	// leafSize is a little less than a page, so that one leaf of the index
	// and its row header share a page of the file.
	leafSize   = 8100
	brokenMark = "-broken"
	runsMark   = "-runs"
)

// The text columns hold grams (grams.go), never text. body comes first: the
// first column costs no column mark in the index.
// bulk names the segment that a Bulk is writing and has not yet committed.
const schema = `
PRAGMA application_id = ` + applicationID + `;
PRAGMA user_version = ` + schemaVersion + `;
CREATE TABLE docs(rowid INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, version TEXT NOT NULL);
CREATE TABLE bulk(segment INTEGER PRIMARY KEY);
CREATE VIRTUAL TABLE grams USING fts5(body, title, facets,
	content='', contentless_delete=1, tokenize='ascii');
INSERT INTO grams(grams, rank) VALUES('pgsz', 8100);
CREATE VIRTUAL TABLE terms USING fts5vocab(grams, row);
`

// The caches are small: the driver's allocator gives each page twice its size.
var (
	writing = []string{"cache_size(-4000)", "synchronous(normal)"}
	reading = []string{"cache_size(-4000)", "synchronous(normal)", "query_only(1)"}
	// bulking does not wait for the disk. Until its last step the row in bulk
	// says that the file is not to be trusted after a crash.
	bulking = []string{"cache_size(-8000)", "synchronous(off)"}
)

// openFile connects to the file. NORMAL in WAL mode may lose the last writes
// when the power fails, which Versions finds, but does not tear the file.
func openFile(path string, pragmas []string) (*sql.DB, error) {
	path = strings.NewReplacer("%", "%25", "?", "%3f", "#", "%23").Replace(path)
	dsn := "file:" + path + "?_pragma=busy_timeout(10000)&_pragma=page_size(" + fmt.Sprint(pageSize) +
		")&_pragma=journal_mode(wal)&_pragma=temp_store(memory)"
	for _, pragma := range pragmas {
		dsn += "&_pragma=" + pragma
	}
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("open search file: %w", err)
	}
	return db, nil
}

// isSound is the quick check at Open: the right kind of file, not cut short,
// whose index can be read and has as many rows as there are documents, and no
// Bulk was cut off.
func isSound(path string) bool {
	info, err := os.Stat(path)
	if err != nil || info.Size() == 0 {
		return false
	}
	if _, err := os.Stat(path + brokenMark); err == nil {
		return false
	}
	db, err := openFile(path, reading)
	if err != nil {
		return false
	}
	defer db.Close()
	var application, version string
	var pages, size int64
	err = db.QueryRow(`SELECT * FROM pragma_application_id, pragma_user_version,
		pragma_page_count, pragma_page_size`).Scan(&application, &version, &pages, &size)
	if err != nil || application != applicationID || version != schemaVersion {
		return false
	}
	// Pages may still be in the log; it is part of the file.
	log, _ := os.Stat(path + "-wal")
	if info.Size() < pages*size && (log == nil || log.Size() == 0) {
		return false
	}
	return checkIndex(context.Background(), db) == nil
}

// checkIndex reads both ends of every segment and compares the counts.
func checkIndex(ctx context.Context, db *sql.DB) error {
	s, err := readStructure(ctx, db)
	if err != nil {
		return err
	}
	for _, seg := range s.segments() {
		var n int
		err := db.QueryRowContext(ctx, `SELECT count(block) FROM grams_data WHERE id IN (?, ?)`,
			leafID(seg.id, seg.first), leafID(seg.id, seg.last)).Scan(&n)
		if err != nil || n == 0 {
			return fmt.Errorf("segment %d is not whole: %w", seg.id, err)
		}
	}
	var docs, rows, unfinished int64
	err = db.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM docs), (SELECT count(*) FROM grams_docsize),
		(SELECT count(*) FROM bulk)`).Scan(&docs, &rows, &unfinished)
	if err != nil || docs != rows || unfinished > 0 {
		return fmt.Errorf("%d documents, %d rows, %d unfinished: %w", docs, rows, unfinished, err)
	}
	var hits int
	return db.QueryRowContext(ctx, countSQL, `{facets} : never`).Scan(&hits)
}

// removeRuns removes the files that a Bulk left behind when it was cut off.
func removeRuns(path string) error {
	files, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, file := range files {
		if strings.HasPrefix(file.Name(), filepath.Base(path)+runsMark) {
			if err := os.Remove(filepath.Join(filepath.Dir(path), file.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func removeFile(path string) error {
	var left []string
	for _, suffix := range []string{"", "-wal", "-shm", "-journal", brokenMark} {
		left = append(left, path+suffix)
	}
	for _, file := range left {
		if err := os.Remove(file); err != nil && !os.IsNotExist(err) {
			return err
		}
	}
	return nil
}
