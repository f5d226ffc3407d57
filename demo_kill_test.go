package main

import (
	"database/sql"
	"fmt"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// A demonstration that was killed at any moment is completed by running it
// again, and is then the same as one that nobody killed.
func TestDemoIsCompletedAfterKills(t *testing.T) {
	b := buildBinary(t)
	size := []string{"demo", "--schools=5", "--articles=21", "--days=200"}
	b.run(size...)
	want := census(t, b.dir)
	b.dir = filepath.Join(t.TempDir(), "killed")
	kills := 0
	for patience := 60 * time.Millisecond; ; patience += patience / 4 {
		c := exec.Command(b.path, append(size, "--dir="+b.dir)...)
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		alarm := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
		err := c.Wait()
		if alarm.Stop(); err == nil {
			break
		}
		kills++
	}
	t.Logf("killed %d times", kills)
	if kills < 3 {
		t.Errorf("it was killed %d times only", kills)
	}
	if got := census(t, b.dir); got != want {
		t.Errorf("after %d kills\n%s\nwant\n%s", kills, got, want)
	}
	if said := b.run("audit", "verify"); !strings.Contains(said, "前后衔接") {
		t.Errorf("the audit: %s", said)
	}
	if said := b.run(size...); !strings.Contains(said, "没有改动") {
		t.Errorf("once more: %s", said)
	}
}

// census counts what is in a database.
func census(t *testing.T, dir string) string {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	var lines []string
	for _, of := range []string{"state || '/' || stage FROM articles", "action FROM article_steps", "frozen FROM article_versions", "mime FROM attachments",
		"level || '/' || state FROM findings", "kind FROM notifications", "state FROM rescans", "'' FROM staff", "'' FROM stand_ins", "'' FROM broadcasts",
		"'' FROM school_days", "via || '/' || action FROM audit_log"} {
		rows, err := db.Query("SELECT count(*), " + of + " GROUP BY 2 ORDER BY 2")
		if err != nil {
			t.Fatal(err)
		}
		for rows.Next() {
			var n int
			var what string
			if err := rows.Scan(&n, &what); err != nil {
				t.Fatal(err)
			}
			lines = append(lines, fmt.Sprint(of[strings.LastIndex(of, " ")+1:], " ", what, " ", n))
		}
		if err := rows.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return strings.Join(lines, "\n")
}
