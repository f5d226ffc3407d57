package movein_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/movein"
)

// zipped writes a zip of names and contents.
func zipped(t *testing.T, files map[string]string, change ...func(*zip.FileHeader)) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, name := range slices.Sorted(maps(files)) {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		for _, fn := range change {
			fn(h)
		}
		f, err := w.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write([]byte(files[name])); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "site.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func maps(files map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for name := range files {
			if !yield(name) {
				return
			}
		}
	}
}

func TestAZipIsReadAndNeverLeft(t *testing.T) {
	tree, err := movein.OpenTree(zipped(t, map[string]string{"info/1.htm": "一", "../out.htm": "外", "/etc/passwd": "外", "a\\b.htm": "二", "C:/x.htm": "外"}))
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got := tree.Names(); !slices.Equal(got, []string{"a/b.htm", "info/1.htm"}) || len(tree.Told) != 3 {
		t.Errorf("got %q, told %q", got, tree.Told)
	}
	if data, err := tree.Read("info/1.htm", 100); err != nil || string(data) != "一" {
		t.Errorf("got %q %v", data, err)
	}
	if _, err := tree.Read("../out.htm", 100); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("what is outside: %v", err)
	}
	if _, err := tree.Read("info/1.htm", 2); !errors.Is(err, movein.ErrTooLong) {
		t.Errorf("more than may be read: %v", err)
	}
}

func TestNamesInGBKAreRead(t *testing.T) {
	name := "\xcd\xa8\xd6\xaa.htm" // 通知.htm
	tree, err := movein.OpenTree(zipped(t, map[string]string{name: "一"}, func(h *zip.FileHeader) { h.NonUTF8 = true }))
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got := tree.Names(); !slices.Equal(got, []string{"通知.htm"}) {
		t.Errorf("got %q", got)
	}
}

func TestBombsAndBrokenZipsAreRefused(t *testing.T) {
	bomb := zipped(t, map[string]string{"a.htm": strings.Repeat("0", 32<<20)})
	good, err := os.ReadFile(zipped(t, map[string]string{"a.htm": "一"}))
	if err != nil {
		t.Fatal(err)
	}
	broken := filepath.Join(t.TempDir(), "broken.zip")
	if err := os.WriteFile(broken, good[:len(good)-10], 0o600); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{bomb: "上千倍", broken: "不是完整的 zip", filepath.Join(t.TempDir(), "none.zip"): "打不开"} {
		if tree, err := movein.OpenTree(path); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v %v", filepath.Base(path), tree, err)
		}
	}
}

func TestAFolderIsNeverLeft(t *testing.T) {
	outside, dir := t.TempDir(), t.TempDir()
	for name, text := range map[string]string{filepath.Join(outside, "secret.htm"): "密", filepath.Join(dir, "a.htm"): "一"} {
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"file.htm": filepath.Join(outside, "secret.htm"), "folder": outside, "round": dir} {
		if err := os.Symlink(to, filepath.Join(dir, link)); err != nil {
			t.Fatal(err)
		}
	}
	tree, err := movein.OpenTree(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	if got := tree.Names(); !slices.Equal(got, []string{"a.htm"}) || len(tree.Told) != 3 {
		t.Errorf("got %q, told %q", got, tree.Told)
	}
	// a file that becomes a link after the folder was read leads nowhere either
	if err := errors.Join(os.Remove(filepath.Join(dir, "a.htm")), os.Symlink(filepath.Join(outside, "secret.htm"), filepath.Join(dir, "a.htm"))); err != nil {
		t.Fatal(err)
	}
	if data, err := tree.Read("a.htm", 100); err == nil {
		t.Errorf("read %q", data)
	}
}
