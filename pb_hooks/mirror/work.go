package mirror

import (
	"context"
	"errors"
	"slices"
	"time"
)

// work is a keeper at work.
type work struct {
	*Keeper
	state   *state
	folder  folder
	status  *Status
	changed bool // files, since the manifest was written
	told    time.Time
}

// begin brings the mirror in step with its state after whatever ended the server,
// and finds out what has changed in the meantime: first of all what was withdrawn.
func (w *work) begin(ctx context.Context) error {
	if err := w.catchUp(ctx); err != nil {
		return err
	}
	if err := w.copyUrgent(ctx); err != nil {
		return err
	}
	known, err := w.state.files()
	if err != nil {
		return err
	}
	there := map[string]int64{}
	err = w.folder.sweep(func(name string, size int64) (bool, error) {
		if w.hurried() {
			if err := w.attend(ctx); err != nil {
				return true, err
			}
			if known, err = w.state.files(); err != nil {
				return true, err
			}
		}
		there[name] = size
		return known[name] || name == Manifest, ctx.Err()
	})
	if err != nil {
		return err
	}
	err = w.state.lost(func(file string, size int64) bool {
		have, is := there[file]
		return is && have == size
	})
	if err != nil {
		return err
	}
	filled, err := w.state.fact("filled")
	if err != nil {
		return err
	}
	w.status.Filled, w.changed = filled != "", true
	return w.addAll(ctx)
}

// catchUp follows what has changed since the mirror last showed everything, and
// what was dropped while it could not be written.
func (w *work) catchUp(ctx context.Context) error {
	seen, err := w.state.seen()
	if err != nil {
		return err
	}
	w.mu.Lock()
	tags := slices.Clone(w.dropped)
	w.mu.Unlock()
	if !seen.IsZero() {
		w.status.Fresh = seen
		since, err := w.Since(ctx, seen.Add(-time.Minute))
		if err != nil {
			return err
		}
		tags = append(tags, since...)
	}
	return w.state.dueAgain(tags)
}

// attend follows what is dropped while the mirror is looked through.
func (w *work) attend(ctx context.Context) error {
	tags, all, since := w.take()
	if all {
		w.giveBack(nil, true, since)
	}
	if err := errors.Join(w.state.dueAgain(tags), w.copyUrgent(ctx)); err != nil {
		w.giveBack(tags, false, since)
		return err
	}
	return nil
}

// copyUrgent copies what shows something that has changed, before anything else is
// looked at: to look through a large mirror takes a while.
func (w *work) copyUrgent(ctx context.Context) error {
	for ctx.Err() == nil {
		list, err := w.state.next(atOnce)
		if err != nil {
			return err
		}
		if end := slices.IndexFunc(list, func(r row) bool { return r.due > dueNow }); end >= 0 {
			list = list[:end]
		}
		if len(list) == 0 {
			return nil
		}
		if err := w.copyAll(ctx, list); err != nil {
			return err
		}
	}
	return nil
}

// seeds are where the copying begins; the rest is linked from there.
var seeds = []string{"/", "/schools", "/sitemap", "/privacy", "/figures", "/search", "/track", "/appeal", "/correct",
	"/open", "/open/v1/openapi.json", "/open/v1/catalog.jsonld", bulkIndex, missing,
	"/feed.xml", "/sitemap.xml", "/sitemap-pages.xml", "/robots.txt", "/favicon.svg"}

// addAll has everything looked at again, and looks for what is new.
func (w *work) addAll(ctx context.Context) error {
	if err := w.state.allDue(); err != nil {
		return err
	}
	articles, err := w.Articles(ctx)
	if err != nil {
		return err
	}
	return w.state.addAll(append(seeds[:len(seeds):len(seeds)], articles...))
}

// atOnce is how many pages are settled in one transaction.
const atOnce = 50

// round follows what was dropped and copies some of what is due.
func (w *work) round(ctx context.Context) error {
	begun := w.Now()
	tags, all, since := w.take()
	if all && len(tags) > 0 { // to mark everything takes seconds: what is named comes first
		w.giveBack(nil, true, since)
		all = false
	}
	if err := w.follow(ctx, tags, all); err != nil {
		w.giveBack(tags, all, since)
		return err
	}
	list, err := w.state.next(atOnce)
	if err != nil {
		return err
	}
	if err := w.copyAll(ctx, list); err != nil {
		w.giveBack(nil, false, since)
		return err
	}
	waiting, urgent, err := w.state.waiting()
	if err != nil {
		return err
	}
	w.status.Failing, w.status.Waiting = "", waiting
	if urgent > 0 {
		w.giveBack(nil, false, earlier(since, begun))
	} else {
		w.status.Fresh, w.status.Lag = begun, 0
	}
	if waiting == 0 {
		if err := w.rest(begun); err != nil {
			return err
		}
	}
	return w.tell(ctx, waiting == 0)
}

// rest ends a filling: everything is there.
func (w *work) rest(begun time.Time) error {
	if !w.status.Filled {
		w.status.Filled = true
		if err := w.state.keepFact("filled", begun.UTC().Format(time.RFC3339Nano)); err != nil {
			return err
		}
	}
	if !w.changed {
		return nil
	}
	w.changed = false
	return w.writeManifest()
}

// tell says how the mirror is, and waits where there is nothing to do.
func (w *work) tell(ctx context.Context, idle bool) error {
	now := w.Now()
	w.mu.Lock()
	pending := !w.since.IsZero()
	if pending {
		w.status.Lag = now.Sub(w.since)
	}
	w.mu.Unlock()
	w.status.At = now
	if idle || time.Since(w.told) > 10*time.Second {
		w.told = time.Now()
		if err := w.state.keepFact("seen", w.status.Fresh.UTC().Format(time.RFC3339Nano)); err != nil {
			return err
		}
		w.Tell(*w.status)
	}
	if idle && !pending {
		w.await(ctx, 30*time.Second)
	}
	return nil
}

func (w *work) follow(ctx context.Context, tags []string, all bool) error {
	if all {
		if err := w.addAll(ctx); err != nil {
			return err
		}
	}
	if len(tags) == 0 {
		return nil
	}
	return w.state.dueAgain(tags)
}
