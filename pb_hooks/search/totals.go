package search

import "sync"

// maxTotals is how many totals are remembered between two writes.
const maxTotals = 4096

// totals remembers how many hits a search has until the index changes:
// counting is most of the work of a search for a common word, and each
// further page would do it again.
type totals struct {
	mu      sync.Mutex
	version int
	writing bool
	known   map[totalKey]int
}

type totalKey struct {
	match    string
	from, to int64
}

// now is the version of the totals. Ask for it before reading the index, and
// again after using a total: if it has changed, so may the index have.
func (t *totals) now() int {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.version
}

func (t *totals) find(key totalKey) (total int, known bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	total, known = t.known[key]
	return total, known
}

// keep remembers a total, unless the index has changed since version or is
// about to.
func (t *totals) keep(key totalKey, version, total int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.writing || version != t.version {
		return
	}
	if t.known == nil || len(t.known) >= maxTotals {
		t.known = map[totalKey]int{}
	}
	t.known[key] = total
}

// forget is called with true before a write commits and with false after it.
func (t *totals) forget(writing bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.version++
	t.writing, t.known = writing, nil
}
