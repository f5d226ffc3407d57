package mirror

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// own is the folder, in the mirror, that says that the mirror is ours.
const own = ".gongkai"

// unfinished begins the names of files that are being written.
const unfinished = ".tmp-"

// ErrForeign is answered for a folder with files that we did not put there.
var ErrForeign = errors.New("文件夹里有别的文件，不是本程序建立的副本。请换一个空文件夹")

// folder is where the files of a mirror are. Whoever reads it while it changes
// finds each file whole, the old one or the new one.
type folder string

// take makes the folder ours, or says why not.
func (f folder) take() error {
	if err := os.MkdirAll(string(f), 0o755); err != nil {
		return err
	}
	list, err := os.ReadDir(string(f))
	if err != nil {
		return err
	}
	for _, e := range list {
		if e.Name() == own {
			return nil
		}
	}
	for _, e := range list {
		if e.Name() != "lost+found" { // a disk of its own
			return ErrForeign
		}
	}
	return os.Mkdir(filepath.Join(string(f), own), 0o700)
}

// isOurs reports whether take has made the folder ours.
func (f folder) isOurs() bool {
	_, err := os.Stat(filepath.Join(string(f), own))
	return err == nil
}

// written is what became of a file.
type written struct {
	sum  []byte // SHA-256
	size int64
}

// write writes a file whole or not at all. Web servers run under another name
// than ours: what is public anyway may be read by everybody.
func (f folder) write(name string, fill func(io.Writer) error) (w written, err error) {
	place := filepath.Join(string(f), filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(place), 0o755); err != nil {
		return w, err
	}
	for dir := filepath.Dir(place); ; dir = filepath.Dir(dir) { // whatever the umask is
		if err := os.Chmod(dir, 0o755); err != nil {
			return w, err
		}
		if dir == filepath.Clean(string(f)) {
			break
		}
	}
	temp, err := os.CreateTemp(filepath.Dir(place), unfinished+"*")
	if err != nil {
		return w, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, temp.Close(), os.Remove(temp.Name()))
		}
	}()
	hash := sha256.New()
	count := &counted{to: io.MultiWriter(temp, hash)}
	if err := fill(count); err != nil {
		return w, err
	}
	if err := temp.Chmod(0o644); err != nil {
		return w, err
	}
	if err := temp.Close(); err != nil {
		return w, errors.Join(err, os.Remove(temp.Name()))
	}
	if err := os.Rename(temp.Name(), place); err != nil {
		return w, errors.Join(err, os.Remove(temp.Name()))
	}
	return written{hash.Sum(nil), count.size}, nil
}

// counted counts what is written through it.
type counted struct {
	to   io.Writer
	size int64
}

func (c *counted) Write(b []byte) (int, error) {
	n, err := c.to.Write(b)
	c.size += int64(n)
	return n, err
}

// remove removes a file, and its folder where it was the last one.
func (f folder) remove(name string) error {
	place := filepath.Join(string(f), filepath.FromSlash(name))
	if err := os.Remove(place); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if dir := filepath.Dir(place); dir != filepath.Clean(string(f)) {
		_ = os.Remove(dir) // fails while there is something in it
	}
	return nil
}

// sweep removes what keep does not want, such as what a killed server was
// writing. keep is given the size of each file.
func (f folder) sweep(keep func(name string, size int64) (bool, error)) error {
	return filepath.WalkDir(string(f), func(place string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, err := filepath.Rel(string(f), place)
		if err != nil {
			return err
		}
		if d.IsDir() {
			if name == own || name == "lost+found" {
				return fs.SkipDir
			}
			return nil
		}
		info, err := d.Info()
		if errors.Is(err, fs.ErrNotExist) { // keep may remove files
			return nil
		}
		if err != nil {
			return fmt.Errorf("look at %s: %w", name, err)
		}
		if !strings.HasPrefix(d.Name(), unfinished) {
			if kept, err := keep(filepath.ToSlash(name), info.Size()); kept || err != nil {
				return err
			}
		}
		return f.remove(filepath.ToSlash(name))
	})
}
