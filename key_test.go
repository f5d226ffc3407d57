package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// A service manager is told by the exit code that starting again will not help,
// and IT by a sentence what to do. A key is made without making a data folder.
func TestServeIsRefusedWithoutItsKey(t *testing.T) {
	b := buildBinary(t)
	empty := t.TempDir()
	made := exec.Command(b.path, "key", "new")
	made.Dir = empty
	key, err := made.Output()
	if err != nil {
		t.Fatal(err)
	}
	for _, dir := range []string{empty, filepath.Dir(b.path)} {
		if _, err := os.Stat(filepath.Join(dir, "pb_data")); err == nil {
			t.Errorf("key new made a data folder in %s", dir)
		}
	}
	b.run("schools", "import", filepath.Join("examples", "minhang-schools.csv")) // makes the data folder
	inside := filepath.Join(b.dir, "data.key")
	if err := os.WriteFile(inside, key, 0o600); err != nil {
		t.Fatal(err)
	}
	serve := exec.Command(b.path, "serve", "--http=127.0.0.1:0", "--dir="+b.dir)
	serve.Env = append(os.Environ(), "GONGKAI_DATA_KEY_FILE="+inside)
	out, err := serve.CombinedOutput()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() != 78 {
		t.Errorf("got %v", err)
	}
	for _, want := range []string{"在数据目录里", "/etc/gongkai/data.key"} {
		if !strings.Contains(string(out), want) {
			t.Errorf("%q is not in\n%s", want, out)
		}
	}
	if strings.Contains(string(out), "Server started") {
		t.Error("it listened")
	}
}
