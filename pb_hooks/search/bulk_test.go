package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"
)

func find(t *testing.T, ix *Index, text string) []string {
	t.Helper()
	result, err := ix.Search(t.Context(), Query{Text: text, Limit: 100})
	must(t, err)
	var ids []string
	for _, hit := range result.Hits {
		ids = append(ids, hit.ID)
	}
	if result.Total != len(ids) {
		t.Fatalf("got total %d, want %d", result.Total, len(ids))
	}
	return ids
}

func doc(id, text string, at time.Time) Doc {
	return Doc{ID: id, Version: text, Title: "标题", Text: text, PublishedAt: at}
}

func TestListsOverManyLeavesAndLevels(t *testing.T) {
	r := rand.New(rand.NewPCG(8, 9))
	ix := openIndex(t)
	docs := newNaive()
	b, err := ix.Bulk(t.Context())
	must(t, err)
	b.leafSize = 48
	for i := range 2500 {
		d := mixedDoc(r, i)
		d.Text = d.Text[:min(len(d.Text), 20)] + "招生" + []string{"", "，食堂"}[i%2]
		docs.docs[d.ID] = d
		must(t, b.Add(t.Context(), d))
	}
	must(t, b.Commit(t.Context()))
	var levels int
	must(t, ix.read.QueryRow(`SELECT max((id >> 31) & 31) FROM grams_data WHERE (id >> 36) & 1`).Scan(&levels))
	if levels < 2 {
		t.Fatalf("got %d levels above the first, want at least 2", levels)
	}
	for _, q := range []Query{{Text: "招生", Limit: 100, Offset: 2400}, {Text: "招生食", Limit: 100}, {Text: "食堂 招生", School: "311", Limit: 100, Offset: 300},
		{Text: "生", From: time.Date(2024, 1, 1, 3, 0, 0, 0, time.UTC), To: time.Date(2024, 1, 1, 4, 0, 0, 0, time.UTC), Limit: 100}} {
		want := docs.search(q)
		got, err := ix.Search(t.Context(), q)
		must(t, err)
		page := want[min(q.Offset, len(want)):min(q.Offset+q.Limit, len(want))]
		if got.Total != len(want) || !slices.Equal(got.Hits, page) {
			t.Fatalf("%+v: got %d %v, want %d %v", q, got.Total, got.Hits, len(want), page)
		}
	}
	integrity(t, ix)
}

func TestWhatIsPutBesideABulkWins(t *testing.T) {
	now := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name    string
		merging bool
	}{{"before the bulk is merged", false}, {"while the bulk is merged", true}} {
		t.Run(c.name, func(t *testing.T) {
			ix := openIndex(t)
			must(t, ix.Put(t.Context(), doc("kept", "原有招生", now), doc("replaced", "旧招生", now)))
			b, err := ix.Bulk(t.Context())
			must(t, err)
			for _, id := range []string{"put", "removed", "replaced", "new"} {
				must(t, b.Add(t.Context(), doc(id, "批量招生", now)))
			}
			b.merging = c.merging
			must(t, ix.Put(t.Context(), doc("put", "单独招生", now)))
			must(t, ix.Remove(t.Context(), "removed"))
			if got := find(t, ix, "批量"); got != nil {
				t.Fatalf("got %v before the commit, want none", got)
			}
			must(t, b.Commit(t.Context()))
			for text, want := range map[string][]string{"批量招生": {"new", "replaced"}, "单独招生": {"put"}, "旧招生": nil, "原有": {"kept"},
				"招生": {"kept", "new", "put", "replaced"}} {
				got := find(t, ix, text)
				slices.Sort(got)
				if !slices.Equal(got, want) {
					t.Fatalf("%s: got %v, want %v", text, got, want)
				}
			}
			integrity(t, ix)
		})
	}
}

func TestABulkThatIsNotCommittedLeavesNothing(t *testing.T) {
	now := time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC)
	cancelled, cancel := context.WithCancel(context.Background())
	cancel()
	for _, c := range []struct {
		name string
		end  func(*Bulk) error
		want error
	}{
		{"aborted", (*Bulk).Abort, nil},
		{"cancelled at its commit", func(b *Bulk) error { return b.Commit(cancelled) }, context.Canceled},
	} {
		t.Run(c.name, func(t *testing.T) {
			ix := openIndex(t)
			must(t, ix.Put(t.Context(), doc("old", "招生", now)))
			b, err := ix.Bulk(t.Context())
			must(t, err)
			if _, err := ix.Bulk(t.Context()); !errors.Is(err, ErrBulkOpen) {
				t.Fatalf("second bulk: got %v, want %v", err, ErrBulkOpen)
			}
			must(t, b.Add(t.Context(), doc("new", "招生", now)))
			if err := c.end(b); !errors.Is(err, c.want) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
			if err := b.Commit(t.Context()); !errors.Is(err, errBulkClosed) {
				t.Fatalf("commit after the end: got %v, want %v", err, errBulkClosed)
			}
			if got := find(t, ix, "招生"); !slices.Equal(got, []string{"old"}) {
				t.Fatalf("got %v, want only the old one", got)
			}
			left, _ := filepath.Glob(ix.path + runsMark + "*")
			if left != nil {
				t.Fatalf("left behind: %v", left)
			}
			integrity(t, ix)
		})
	}
}

func TestMoreDocumentsThanASecondHasNumbers(t *testing.T) {
	ix := openIndex(t)
	now := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	b, err := ix.Bulk(t.Context())
	must(t, err)
	for i := range 1100 {
		must(t, b.Add(t.Context(), doc(fmt.Sprint("d", i), "招生", now)))
	}
	must(t, b.Commit(t.Context()))
	must(t, ix.Put(t.Context(), doc("later", "招生", now)))
	seen := map[string]bool{}
	for len(seen) < 1101 {
		result, err := ix.Search(t.Context(), Query{Text: "招生", Offset: len(seen), Limit: 100})
		must(t, err)
		if result.Total != 1101 || len(result.Hits) == 0 {
			t.Fatalf("got %d of %d", len(result.Hits), result.Total)
		}
		for _, hit := range result.Hits {
			seen[hit.ID] = true
		}
	}
}

func TestSearchesAndWritesRunTogether(t *testing.T) {
	ix := openIndex(t)
	now := time.Date(2025, 3, 1, 0, 0, 0, 0, time.UTC)
	must(t, ix.Put(t.Context(), doc("always", "招生", now)))
	b, err := ix.Bulk(t.Context())
	must(t, err)
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for range 30 {
				result, err := ix.Search(context.Background(), Query{Text: "招生"})
				if err != nil || result.Total == 0 || result.Total != len(result.Hits) {
					t.Errorf("got %d hits of %d, %v", len(result.Hits), result.Total, err)
				}
			}
		})
	}
	group.Go(func() {
		for i := range 10 {
			if err := errors.Join(ix.Put(context.Background(), doc(fmt.Sprint(i%3), "招生", now)), ix.Remove(context.Background(), "0")); err != nil {
				t.Error(err)
			}
		}
	})
	for i := range 8 {
		must(t, b.Add(t.Context(), doc(fmt.Sprint("b", i), "招生", now)))
	}
	must(t, b.Commit(t.Context()))
	group.Wait()
	integrity(t, ix)
}
