package main

import (
	"database/sql"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// What the IT team does with the audit, on the real binary: keep the head
// somewhere else, verify, and see what somebody with the database file did.
func TestTheAuditIsVerifiedOnTheCommandLine(t *testing.T) {
	b := buildBinary(t)
	b.demo()
	head := strings.TrimSpace(b.run("audit", "head"))
	heads := filepath.Join(t.TempDir(), "heads.txt")
	if err := os.WriteFile(heads, []byte(head+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if said := b.run("audit", "verify", "--heads="+heads); !strings.Contains(said, "前后衔接") || !strings.Contains(said, "都是办理时的那个版本") || !strings.Contains(said, "1 条校验值比对") {
		t.Errorf("%s", said)
	}
	db, err := sql.Open("sqlite", filepath.Join(b.dir, "data.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	for _, q := range []string{"UPDATE audit_log SET actor_name = '别人' WHERE number = 2", "DELETE FROM article_steps", "UPDATE article_steps SET reason = ''",
		"UPDATE article_versions SET body = '' WHERE frozen", "DELETE FROM article_versions WHERE frozen"} {
		if _, err := db.Exec(q); err == nil {
			t.Fatalf("%s is possible", q)
		}
	}
	for _, q := range []string{"DROP TRIGGER audit_log_no_update", "DROP TRIGGER audit_log_no_delete", "DROP TRIGGER article_versions_no_update",
		"UPDATE article_versions SET body = '<p>别的内容</p>' WHERE id = (SELECT max(published) FROM articles)", "UPDATE audit_log SET actor_name = '别人' WHERE number = 2",
		"DELETE FROM audit_log WHERE number = (SELECT max(number) FROM audit_log)"} {
		if _, err := db.Exec(q); err != nil {
			t.Fatal(err)
		}
	}
	out, err := exec.Command(b.path, "audit", "verify", "--head", head, "--dir="+b.dir).CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 1 {
		t.Errorf("got %v, want exit code 1", err)
	}
	for _, want := range []string{"第 2 条的内容与它的校验值不符", "末尾的记录被删除", "与办理时的内容不符", "3 处异常"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}
