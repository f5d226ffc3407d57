package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// An inspector checks a file on a computer of their own: the command leaves no
// data folder behind, and scripts see from the exit code that a file is none.
func TestACheckNeedsAndMakesNoDataFolder(t *testing.T) {
	b := buildBinary(t)
	home := t.TempDir()
	file := filepath.Join(home, "d.zip")
	if err := os.WriteFile(file, []byte("PK no zip"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{file}, {"/nothing.zip"}, {}} {
		cmd := exec.Command(b.path, append([]string{"audit", "check"}, args...)...)
		cmd.Dir = home
		out, err := cmd.CombinedOutput()
		var exit *exec.ExitError
		if !errors.As(err, &exit) || exit.ExitCode() != 1 || strings.Count(string(out), "Error:") != 1 {
			t.Errorf("%q: %v\n%s", args, err, out)
		}
	}
	for _, dir := range []string{home, filepath.Dir(b.path)} {
		entries, err := os.ReadDir(dir)
		if err != nil || len(entries) != 1 {
			t.Errorf("%s holds %v (%v)", dir, entries, err)
		}
	}
}
