package mirror

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"
)

// Answer is how the site answers for one address.
type Answer struct {
	Status int
	Type   string   // Content-Type
	Tags   []string // what it shows
}

// Draw writes what a visitor gets under an address; nothing unless the status is 200.
type Draw func(ctx context.Context, address string, w io.Writer) (Answer, error)

// Keeper keeps a folder that is a copy of the public site.
type Keeper struct {
	Folder string
	Pages  func() Pages // asked for each page: the address of the site may change
	Draw   Draw
	// Written writes the time into a banner in which Pages left WrittenAt.
	Written func(time.Time) string
	// Articles lists every article that has a page; lists show only some of them.
	Articles func(context.Context) ([]string, error)
	// Since lists the tags of what has changed since an instant.
	Since func(context.Context, time.Time) ([]string, error)
	// Rest is how many times longer than it works the keeper rests where nothing
	// has been taken away or changed.
	Rest float64
	Now  func() time.Time
	// Tell is told how the mirror is, at least once a minute.
	Tell func(Status)

	mu      sync.Mutex
	dropped []string  // tags that nobody has followed yet
	all     bool      // everything may have changed
	since   time.Time // when the first of them was dropped; zero if there are none
	wake    chan struct{}
}

// BulkTag names what shows the bulk files of the open data.
const BulkTag = "bulk"

// WrittenAt stands in a banner for the time at which the page is written.
const WrittenAt = "\x00written\x00"

// Manifest is the file in a copy that lists the others with their SHA-256, as
// sha256sum writes and checks it.
const Manifest = "MANIFEST.sha256"

// Status is how a mirror is.
type Status struct {
	Folder  string        `json:"folder"`
	At      time.Time     `json:"at"`
	Filled  bool          `json:"filled"`  // the whole site has been written once
	Waiting int           `json:"waiting"` // pages that are due
	Lag     time.Duration `json:"lag"`     // how old the oldest change is that the mirror does not show
	Failing string        `json:"failing"` // why it cannot be written; empty if it can
	Fresh   time.Time     `json:"fresh"`   // the last time that it showed every change
}

// New prepares a keeper; its fields are set before Keep.
func New() *Keeper { return &Keeper{wake: make(chan struct{}, 1)} }

// Drop is told of what the site drops from its cache; without tags, of all.
func (k *Keeper) Drop(tags ...string) {
	k.mu.Lock()
	if k.since.IsZero() {
		k.since = k.Now()
	}
	if k.dropped = append(k.dropped, tags...); len(k.dropped) > mostDropped {
		k.dropped, k.all = nil, true // nobody follows: when the folder can be written again, Since tells
	}
	k.all = k.all || len(tags) == 0
	k.mu.Unlock()
	select {
	case k.wake <- struct{}{}:
	default:
	}
}

const mostDropped = 10_000

// again is how long a keeper waits that cannot write, unless something is taken away.
const again = 20 * time.Second

// await waits until something is dropped, or for so long.
func (k *Keeper) await(ctx context.Context, most time.Duration) {
	select {
	case <-ctx.Done():
	case <-k.wake:
	case <-time.After(most):
	}
}

// Keep keeps the mirror until ctx ends. What it cannot do is told, and tried again.
func (k *Keeper) Keep(ctx context.Context) {
	status := Status{Folder: k.Folder}
	for ctx.Err() == nil {
		err := k.open(ctx, &status)
		if err == nil || ctx.Err() != nil {
			return
		}
		k.mu.Lock()
		dropped := slices.Clone(k.dropped)
		status.At = k.Now()
		if !k.since.IsZero() {
			status.Lag = status.At.Sub(k.since)
		}
		k.mu.Unlock()
		status.Failing = errors.Join(err, k.hideAll(dropped)).Error()
		k.Tell(status)
		pause(ctx, time.Second)
		k.await(ctx, again)
	}
}

// hideAll hides the articles that have changed: no page at all is better than one
// that was withdrawn.
func (k *Keeper) hideAll(tags []string) (err error) {
	if f := folder(k.Folder); f.isOurs() {
		for _, tag := range tags {
			if id, is := strings.CutPrefix(tag, "article:"); is {
				err = errors.Join(err, k.hide("/a/"+id))
			}
			if tag == BulkTag {
				err = errors.Join(err, os.RemoveAll(filepath.Join(k.Folder, filepath.FromSlash(bulkIndex))))
			}
		}
	}
	return err
}

// hide takes a page and the files that it links to out of sight. It asks the page
// and not the state, which a full disk does not let open; the next beginning finds
// that they are missing.
func (k *Keeper) hide(address string) error {
	if isWhole(address) {
		return folder(k.Folder).remove(File(address))
	}
	page, err := os.ReadFile(filepath.Join(k.Folder, filepath.FromSlash(File(address))))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	_, links := k.Pages().Copy(address, page)
	for _, link := range append(links, address) {
		if isAttachment(link) || link == address {
			err = errors.Join(err, folder(k.Folder).remove(File(link)))
		}
	}
	return err
}

// open keeps the mirror until something goes wrong.
func (k *Keeper) open(ctx context.Context, status *Status) (err error) {
	f := folder(k.Folder)
	if err := f.take(); err != nil {
		return err
	}
	s, err := openState(filepath.Join(k.Folder, own))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	w := &work{Keeper: k, state: s, folder: f, status: status}
	if err := w.begin(ctx); err != nil {
		return err
	}
	for ctx.Err() == nil {
		if err := w.round(ctx); err != nil {
			return err
		}
	}
	return nil
}

func (k *Keeper) take() (tags []string, all bool, since time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	tags, all, since = k.dropped, k.all, k.since
	k.dropped, k.all, k.since = nil, false, time.Time{}
	return tags, all, since
}

// giveBack says that what was taken has not been followed yet.
func (k *Keeper) giveBack(tags []string, all bool, since time.Time) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.dropped, k.all = append(tags, k.dropped...), k.all || all
	k.since = earlier(since, k.since)
}

// earlier is the first of two instants of which one may be zero.
func earlier(a, b time.Time) time.Time {
	if a.IsZero() || !b.IsZero() && b.Before(a) {
		return b
	}
	return a
}

func (k *Keeper) hurried() bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	return len(k.dropped) > 0
}

func pause(ctx context.Context, d time.Duration) {
	if d <= 0 {
		return
	}
	select {
	case <-ctx.Done():
	case <-time.After(d):
	}
}
