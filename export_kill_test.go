package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io/fs"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// An export that is killed leaves nothing that could be taken for one; one that is
// stopped leaves nothing at all.
func TestAnExportIsWholeOrNotThere(t *testing.T) {
	b := buildBinary(t)
	b.run("demo", "--schools=1", "--articles=60", "--days=2")
	out := filepath.Join(t.TempDir(), "out.zip")
	args := []string{"export", "--district", "--out=" + out}
	begun := time.Now()
	b.run(args...)
	whole := time.Since(begun)
	ended := map[os.Signal]int{}
	for _, stop := range []os.Signal{os.Interrupt, os.Kill} { // a killed one leaves its part
		for _, share := range []float64{0.15, 0.4, 0.65, 0.9} {
			if err := os.Remove(out); err != nil && !errors.Is(err, fs.ErrNotExist) {
				t.Fatal(err)
			}
			c := exec.Command(b.path, append(args, "--dir="+b.dir)...)
			if err := c.Start(); err != nil {
				t.Fatal(err)
			}
			alarm := time.AfterFunc(time.Duration(share*float64(whole)), func() { _ = c.Process.Signal(stop) })
			err := c.Wait()
			alarm.Stop()
			if err == nil {
				continue // it was quicker
			}
			ended[stop]++
			if _, err := os.Stat(out); err == nil {
				t.Fatalf("%v left an export", stop)
			}
			if _, err := os.Stat(out + ".part"); err == nil && stop == os.Interrupt {
				t.Errorf("%v left a part", stop)
			}
		}
	}
	if t.Log(ended); ended[os.Interrupt] == 0 || ended[os.Kill] == 0 {
		t.Error("nothing was stopped, or nothing killed")
	}
	b.run(args...)
	if _, err := os.Stat(out + ".part"); err == nil {
		t.Error("the part is still there")
	}
	checkSums(t, out)
}

// checkSums holds the files of an export against its manifest.
func checkSums(t *testing.T, place string) {
	t.Helper()
	files := zipped(t, place)
	listed := map[string]string{}
	for line := range strings.Lines(string(files["MANIFEST.sha256"])) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[name] = sum
	}
	if len(listed) != len(files)-1 {
		t.Errorf("the manifest lists %d files, there are %d beside it", len(listed), len(files)-1)
	}
	for name, text := range files {
		if sum := sha256.Sum256(text); name != "MANIFEST.sha256" && listed[name] != hex.EncodeToString(sum[:]) {
			t.Errorf("%s has another sum than %q", name, listed[name])
		}
	}
}

// A mirror whose server was killed at any moment, while it was filled and while
// things were withdrawn, is in the end what a mirror is that nobody disturbed.
func TestAMirrorAfterKillsIsAWholeOne(t *testing.T) {
	b := buildBinary(t)
	b.run("demo", "--schools=1", "--articles=30", "--days=2")
	dir := filepath.Join(t.TempDir(), "mirror")
	t.Setenv("GONGKAI_MIRROR", dir)
	b.serve()
	editor := b.signIn("editor1@demo.example")
	withdrawn := 0
	for n := range 5 {
		time.Sleep(time.Duration(30+60*n) * time.Millisecond)
		withdrawn += b.withdrawOne(editor)
		b.kill()
		b.serve()
	}
	if withdrawn == 0 {
		t.Error("nothing was withdrawn")
	}
	b.filled()
	got := files(t, dir)
	b.kill()
	fresh := filepath.Join(t.TempDir(), "fresh")
	t.Setenv("GONGKAI_MIRROR", fresh)
	b.serve()
	b.filled()
	want := files(t, fresh)
	t.Logf("%d withdrawn, %d files", withdrawn, len(want))
	if !maps.Equal(got, want) {
		for name, text := range want {
			if got[name] != text {
				t.Errorf("%s is missing or differs", name)
			}
		}
		for name := range got {
			if _, is := want[name]; !is {
				t.Errorf("%s is too many", name)
			}
		}
	}
}

func (b *binary) value(method, path, token string) string {
	b.t.Helper()
	status, text := b.ask(method, path, token, nil)
	if status != http.StatusOK {
		b.t.Fatalf("%s: %d %s", path, status, text)
	}
	return text
}

// filled waits until the server that runs says that its mirror shows everything.
func (b *binary) filled() {
	b.t.Helper()
	status := filepath.Join(b.dir, "mirror.json")
	if err := os.Remove(status); err != nil && !os.IsNotExist(err) {
		b.t.Fatal(err)
	}
	for range 1200 {
		var s struct {
			Filled  bool
			Waiting int
			Failing string
		}
		raw, err := os.ReadFile(status)
		if err == nil && json.Unmarshal(raw, &s) == nil && s.Filled && s.Waiting == 0 && s.Failing == "" {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	raw, _ := os.ReadFile(status)
	b.t.Fatalf("the mirror is not filled: %s", raw)
}

// writtenAt is when a page was written, which differs.
var writtenAt = regexp.MustCompile(`本页更新于 <time[^<]*</time>`)

// files are those of a mirror, without the times at which they were written.
func files(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(place string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && d.Name() == ".gongkai" {
			return fs.SkipDir
		}
		if d.IsDir() || d.Name() == "MANIFEST.sha256" {
			return nil
		}
		data, err := os.ReadFile(place)
		name, _ := filepath.Rel(dir, place)
		all[name] = string(writtenAt.ReplaceAll(data, nil))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
