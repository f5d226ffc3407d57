package audit_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"gongkai/pb_hooks/audit"
)

// holds says in three lines what an intact chain is; Verify says where it is not.
func holds(entries []audit.Entry) bool {
	last := audit.Entry{Hash: audit.Genesis}
	for _, e := range entries {
		if e.Number != last.Number+1 || e.Previous != last.Hash || e.Hash != e.Sum() {
			return false
		}
		last = e
	}
	return true
}

// meddle does one thing at random, with or without computing hashes anew.
func meddle(r *rand.Rand, e []audit.Entry) []audit.Entry {
	if len(e) == 0 {
		return e
	}
	i, j := r.IntN(len(e)), r.IntN(len(e))
	switch r.IntN(9) {
	case 0:
		*texts(&e[i])[r.IntN(10)] += "x"
	case 1:
		e[i].Number = e[j].Number
	case 2:
		e[i].Number += r.IntN(5000) - 2500
	case 3:
		e = slices.Delete(e, i, i+1)
	case 4:
		e[i], e[j] = e[j], e[i]
	case 5:
		e = slices.Insert(e, i, e[j])
	case 6:
		e[i].Hash = e[i].Sum()
	case 7:
		e = again(e, i)
	case 8:
		e = sorted(e)
	}
	return e
}

func TestWhateverIsDoneIsFound(t *testing.T) {
	var intact int
	for seed := range uint64(4000) {
		r := rand.New(rand.NewPCG(seed, 1))
		entries := chain(1 + r.IntN(30))
		for range 1 + r.IntN(5) {
			entries = meddle(r, entries)
		}
		want := holds(entries)
		if got := verify(t, entries); got.IsIntact() != want || got.Count != len(entries) {
			t.Fatalf("seed %d: got %v, want intact %v", seed, found(got), want)
		}
		if want {
			intact++
		}
	}
	if intact < 100 || intact > 2000 {
		t.Errorf("%d of the chains are intact; the test has lost its meaning", intact)
	}
}
