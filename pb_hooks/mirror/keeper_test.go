package mirror

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// village is a small site that changes while it is mirrored.
type village struct {
	mu    sync.Mutex
	pages map[string]string
	drawn []string // addresses, in the order in which they were asked for
	asked func(address string)
}

func newVillage(articles int) *village {
	v := &village{pages: map[string]string{}}
	for _, seed := range seeds {
		v.pages[seed] = page("/")
	}
	var links []string
	for n := range articles {
		address := fmt.Sprintf("/a/a%d", n)
		links = append(links, address)
		v.pages[address] = page("/", fmt.Sprintf("/f/f%d/x.pdf", n)) + strings.Repeat("文", 500)
		v.pages[fmt.Sprintf("/f/f%d/file.pdf", n)] = "%PDF"
	}
	v.pages["/"] = page(links...)
	return v
}

func (v *village) set(address, body string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if body == "" {
		delete(v.pages, address)
		return
	}
	v.pages[address] = body
}

func (v *village) draw(_ context.Context, address string, w io.Writer) (Answer, error) {
	if v.asked != nil {
		v.asked(address)
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	v.drawn = append(v.drawn, address)
	body, is := v.pages[address]
	if !is {
		return Answer{Status: http.StatusNotFound}, nil
	}
	_, err := io.WriteString(w, body)
	return Answer{Status: http.StatusOK, Type: "text/html", Tags: []string{"tag:" + address}}, err
}

// keeping is a keeper that works beside a test, and what it tells.
type keeping struct {
	*Keeper
	t    testing.TB
	end  context.CancelFunc
	done chan struct{}
	mu   sync.Mutex
	last Status
}

func keep(t testing.TB, v *village, dir string) *keeping {
	t.Helper()
	k := New()
	k.Since = func(context.Context, time.Time) ([]string, error) { return nil, nil }
	return keepAs(t, k, v, dir)
}

func keepAs(t testing.TB, keeper *Keeper, v *village, dir string) *keeping {
	t.Helper()
	k := &keeping{Keeper: keeper, t: t, done: make(chan struct{})}
	k.Folder, k.Draw, k.Now = dir, v.draw, time.Now
	k.Pages = func() Pages {
		return Pages{Base: "https://live.example", Banner: func(string) string { return WrittenAt }, Service: func(string) string { return "" }}
	}
	k.Written = func(time.Time) string { return "" }
	k.Articles = func(context.Context) ([]string, error) { return nil, nil }
	k.Tell = func(s Status) {
		k.mu.Lock()
		defer k.mu.Unlock()
		k.last = s
	}
	var ctx context.Context
	ctx, k.end = context.WithCancel(t.Context())
	go func() {
		defer close(k.done)
		k.Keep(ctx)
	}()
	t.Cleanup(k.stop)
	return k
}

func (k *keeping) stop() {
	k.end()
	<-k.done
}

// until waits for a status.
func (k *keeping) until(what string, holds func(Status) bool) Status {
	k.t.Helper()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(5 * time.Millisecond) {
		k.mu.Lock()
		last := k.last
		k.mu.Unlock()
		if holds(last) {
			return last
		}
	}
	k.t.Fatalf("not within a minute: %s; %+v", what, k.last)
	return Status{}
}

func filled(s Status) bool  { return s.Filled && s.Waiting == 0 && s.Failing == "" }
func failing(s Status) bool { return s.Failing != "" }

// has reports whether a mirror has a file.
func has(dir, name string) bool {
	_, err := os.Stat(filepath.Join(dir, name))
	return err == nil
}

func TestKeeperTogetherWithASiteThatChanges(t *testing.T) {
	v, dir := newVillage(30), filepath.Join(t.TempDir(), "mirror")
	k := keep(t, v, dir)
	k.until("filled", filled)
	if !has(dir, "a/a7.html") || !has(dir, "f/f7.pdf") || has(dir, "feed.xml.tmp") {
		t.Error("the first filling is not whole")
	}
	begun := time.Now()
	v.set("/a/a7", "")
	v.set("/a/a8", page("/"))
	k.Drop("article:a7", "tag:/a/a7", "tag:/a/a8")
	for has(dir, "f/f7.pdf") || has(dir, "a/a7.html") || has(dir, "f/f8.pdf") {
		if time.Since(begun) > 5*time.Second {
			t.Fatal("what was withdrawn is still there")
		}
		time.Sleep(time.Millisecond)
	}
	t.Logf("withdrawn after %s", time.Since(begun))
}

// await waits for what no status tells.
func await(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for end := time.Now().Add(time.Minute); !holds(); time.Sleep(time.Millisecond) {
		if time.Now().After(end) {
			t.Fatalf("not within a minute: %s", what)
		}
	}
}

// asks are the addresses that were asked for.
func (v *village) asks() []string {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.drawn)
}

// A front page that changes while the mirror is filled makes nothing urgent that it
// links to: what is published then would have to wait for all of it.
func TestKeeperTogetherWithItsFirstFilling(t *testing.T) {
	v, dir := newVillage(200), filepath.Join(t.TempDir(), "mirror")
	k := New()
	k.Since = func(context.Context, time.Time) ([]string, error) { return nil, nil }
	front := 0
	var begun sync.Once
	v.asked = func(address string) {
		switch address {
		case "/a/a20":
			begun.Do(func() { k.Drop("tag:/") })
		case "/":
			if front++; front == 2 {
				v.set("/a/new", page("/", "/f/new/x.pdf"))
				v.set("/f/new/file.pdf", "%PDF")
				k.Drop("article:new")
			}
		case "/a/a199":
			if !has(dir, "a/new.html") || !has(dir, "f/new.pdf") {
				t.Error("what is published waits until the mirror is filled")
			}
		}
	}
	keepAs(t, k, v, dir).until("filled", filled)
	if front < 2 || !slices.Contains(v.asks(), "/a/a199") {
		t.Errorf("the front page was drawn %d times, %d pages in all", front, len(v.asks()))
	}
}

// What is published or withdrawn while a large mirror is looked through, as after each
// start, does not wait for that either.
func TestKeeperTogetherWithItsBeginning(t *testing.T) {
	v, dir := newVillage(300), filepath.Join(t.TempDir(), "mirror")
	k := keep(t, v, dir)
	k.until("filled", filled)
	k.stop()
	again := New()
	v.set("/a/a1", "")
	v.set("/a/a299", "")
	v.set("/a/new", page("/", "/f/new/x.pdf"))
	v.set("/f/new/file.pdf", "%PDF")
	again.Since = func(context.Context, time.Time) ([]string, error) { return []string{"article:a1", "tag:/a/a1"}, nil }
	v.drawn = nil
	if err := os.WriteFile(filepath.Join(dir, "zzz.html"), nil, 0o644); err != nil { // what is looked at last, and removed
		t.Fatal(err)
	}
	var first, second sync.Once
	v.asked = func(address string) {
		if address == "/a/new" {
			second.Do(func() {
				if !has(dir, "zzz.html") {
					t.Error("it waited until the folder was looked through")
				}
			})
		}
		if address == "/a/a1" {
			first.Do(func() { again.Drop("article:a299", "tag:/a/a299", "article:new") })
		}
	}
	keepAs(t, again, v, dir).until("in step", filled)
	if has(dir, "a/a299.html") || has(dir, "f/f299.pdf") || !has(dir, "a/new.html") || !has(dir, "f/new.pdf") {
		t.Error("what was dropped is not followed")
	}
}

// While everything is drawn anew, which takes long in a large district, what is
// published or withdrawn does not wait for it; and the pages that people see first come
// first.
func TestKeeperTogetherWithAChangeOfEverything(t *testing.T) {
	v, dir := newVillage(400), filepath.Join(t.TempDir(), "mirror")
	k := New()
	k.Since = func(context.Context, time.Time) ([]string, error) { return nil, nil }
	for n := range 20 {
		v.pages["/schools"] += page(fmt.Sprintf("/s/s%d", n))
		v.pages[fmt.Sprintf("/s/s%d", n)] = page(fmt.Sprintf("/s/s%d/A0101", n))
		v.pages[fmt.Sprintf("/s/s%d/A0101", n)] = page("/")
	}
	var again atomic.Bool
	var begun sync.Once
	v.asked = func(address string) {
		switch {
		case again.Load() && address == "/a/a20":
			begun.Do(func() {
				v.set("/a/new", page("/"))
				v.set("/a/a399", "")
				k.Drop("article:new", "article:a399", "tag:/a/a399")
			})
		case again.Load() && address == "/a/a398" && (!has(dir, "a/new.html") || has(dir, "a/a399.html") || has(dir, "f/f399.pdf")):
			t.Error("what was published and withdrawn waits until everything is drawn")
		}
	}
	keepAs(t, k, v, dir).until("filled", filled)
	v.mu.Lock()
	v.drawn = nil
	v.mu.Unlock()
	again.Store(true)
	k.Drop()
	await(t, "everything is drawn", func() bool { return slices.Contains(v.asks(), "/a/a398") })
	first := map[string]int{}
	for i, address := range v.asks() {
		kind := strings.Split(address, "/")[1]
		if strings.HasSuffix(address, "/A0101") {
			kind = "column"
		}
		if address != "/a/new" && address != "/a/a399" && first[kind] == 0 {
			first[kind] = i + 1
		}
	}
	if !(first["s"] < first["column"] && first["column"] < first["a"]) {
		t.Errorf("the order is %v", first)
	}
}

func TestKeeperGoesOnTogetherWithWhatChangedMeanwhile(t *testing.T) {
	v, dir := newVillage(10), filepath.Join(t.TempDir(), "mirror")
	k := keep(t, v, dir)
	k.until("filled", filled)
	k.stop()
	v.set("/a/a1", "")
	v.set("/a/a2", page("/", "/schools"))
	for name, text := range map[string]string{"a/a3.html": "half", "a/" + unfinished + "1": "half", "x.html": "nobody's", "f/f4.pdf": ""} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	var first sync.Once // the front page still links to it, so it is asked for again
	v.asked = func(address string) {
		if address != "/a/a1" {
			return
		}
		first.Do(func() {
			if !has(dir, "x.html") {
				t.Error("the folder was looked through before what was withdrawn was taken away")
			}
		})
	}
	again := New()
	again.Since = func(context.Context, time.Time) ([]string, error) { return []string{"article:a1", "tag:/a/a1"}, nil }
	keepAs(t, again, v, dir).until("in step", filled)
	for name, want := range map[string]bool{"a/a1.html": false, "f/f1.pdf": false, "a/" + unfinished + "1": false, "x.html": false, "f/f4.pdf": true} {
		if has(dir, name) != want {
			t.Errorf("%s is there: %v", name, !want)
		}
	}
	for _, name := range []string{"a/a3.html", "f/f4.pdf"} {
		if text, err := os.ReadFile(filepath.Join(dir, name)); err != nil || len(text) < 4 || string(text) == "half" {
			t.Errorf("%s was not mended: %q %v", name, text, err)
		}
	}
}

func TestKeeperRefusesTogetherWithOthers(t *testing.T) {
	foreign := t.TempDir()
	if err := os.WriteFile(filepath.Join(foreign, "thesis.doc"), []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if s := keep(t, newVillage(1), foreign).until("refused", failing); s.Failing != ErrForeign.Error() || !has(foreign, "thesis.doc") || has(foreign, "index.html") {
		t.Errorf("a folder of somebody else: %+v", s)
	}
	dir := filepath.Join(t.TempDir(), "mirror")
	keep(t, newVillage(1), dir).until("filled", filled)
	if s := keep(t, newVillage(1), dir).until("refused", failing); s.Failing != ErrTaken.Error() {
		t.Errorf("a second server: %+v", s)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if s := keep(t, newVillage(1), file).until("refused", failing); !strings.Contains(s.Failing, "not a directory") {
		t.Errorf("a file for a folder: %+v", s)
	}
}

func TestKeeperTellsTogetherWithASiteThatBreaks(t *testing.T) {
	v, dir := newVillage(5), filepath.Join(t.TempDir(), "mirror")
	broken := keep(t, v, dir)
	broken.until("filled", filled)
	broken.stop()
	k := New()
	k.Folder, k.Now, k.Pages, k.Articles, k.Since, k.Written = dir, time.Now, broken.Pages, broken.Articles, broken.Since, broken.Written
	k.Draw = func(context.Context, string, io.Writer) (Answer, error) {
		return Answer{}, errors.New("database is gone")
	}
	ctx, cancel := context.WithCancel(t.Context())
	k.Tell = func(s Status) {
		if !strings.Contains(s.Failing, "database is gone") {
			t.Errorf("%+v", s)
		}
		cancel()
	}
	k.Keep(ctx)
	if !has(dir, "a/a1.html") {
		t.Error("what could not be drawn was removed")
	}
}
