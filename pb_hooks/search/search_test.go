package search

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

func openIndex(t testing.TB) *Index {
	t.Helper()
	ix, err := Open(filepath.Join(t.TempDir(), "search.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { ix.Close() })
	return ix
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// naive is what the index must equal: a look through every text.
type naive struct {
	docs   map[string]Doc
	simple map[string]string // normalised, as it costs most of the time
}

func newNaive() naive { return naive{map[string]Doc{}, map[string]string{}} }

func (n naive) fold(text string) string {
	if _, known := n.simple[text]; !known {
		n.simple[text] = simple(text)
	}
	return n.simple[text]
}

func simple(text string) string {
	return strings.Map(unicode.ToLower, norm.NFKC.String(text))
}

func (n naive) search(q Query) []Hit {
	words := strings.FieldsFunc(simple(q.Text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var title, rest []Doc
	for _, d := range n.docs {
		inTitle, found := true, true
		for _, w := range words {
			inTitle = inTitle && strings.Contains(n.fold(d.Title), w)
			found = found && (strings.Contains(n.fold(d.Title), w) || strings.Contains(n.fold(d.Text), w))
		}
		switch {
		case !found,
			q.School != "" && q.School != d.School,
			q.Stage != "" && !slices.Contains(d.Stages, q.Stage),
			!strings.HasPrefix(d.Column, q.Column),
			!q.From.IsZero() && d.PublishedAt.Before(q.From),
			!q.To.IsZero() && !d.PublishedAt.Before(q.To):
		case inTitle:
			title = append(title, d)
		default:
			rest = append(rest, d)
		}
	}
	newest := func(a, b Doc) int {
		aFirst, bFirst := slices.Contains(q.First, a.Column), slices.Contains(q.First, b.Column)
		if aFirst != bFirst {
			return map[bool]int{true: -1, false: 1}[aFirst]
		}
		return b.PublishedAt.Compare(a.PublishedAt)
	}
	slices.SortFunc(title, newest)
	slices.SortFunc(rest, newest)
	var hits []Hit
	for _, d := range title {
		hits = append(hits, Hit{d.ID, true})
	}
	for _, d := range rest {
		hits = append(hits, Hit{d.ID, false})
	}
	return hits
}

// pieces make short texts in which chance hits and near misses are common.
var pieces = []string{"招", "生", "食", "堂", "收", "费", "招生", "简章", "的", "ａ", "A", "b", "Ｂ", "1", "２", "20", "é", "e\u0301",
	"，", "。", " ", "\n", "😀", "𠮷", "𠮷野", "㎏", "Ⅳ", "ｶﾞ", "ガ", "-", "\"", "\x00", "\xff", "ﬁ", "İ", "각", "각"}

func mixed(r *rand.Rand, n int) string {
	var b strings.Builder
	for range n {
		b.WriteString(pieces[r.IntN(len(pieces))])
	}
	return b.String()
}

func mixedDoc(r *rand.Rand, id int) Doc {
	columns := []string{"A0101", "A0102", "A02", "B01"}
	// The seconds differ, so that the order is certain.
	at := time.Date(2024, 1, 1, 0, 0, id*37+r.IntN(37), r.IntN(1e9), time.UTC)
	return Doc{ID: fmt.Sprint("d", id), Version: fmt.Sprint(r.IntN(100)), School: fmt.Sprint("31", r.IntN(3)),
		Stages: []string{"小学", "初中"}[r.IntN(2):], Column: columns[r.IntN(4)], PublishedAt: at,
		Title: mixed(r, r.IntN(6)), Text: mixed(r, r.IntN(120))}
}

func mixedQuery(r *rand.Rand, docs naive) Query {
	var source Doc
	for _, d := range docs.docs {
		source = d
		break
	}
	q := Query{Limit: 100}
	if r.IntN(20) == 0 {
		q.Limit = 7 + r.IntN(20)
	}
	for range 1 + r.IntN(2) {
		runes := []rune(simple(source.Title + source.Text))
		if len(runes) == 0 || r.IntN(4) == 0 {
			q.Text += mixed(r, 1+r.IntN(3)) + " "
			continue
		}
		from := r.IntN(len(runes))
		q.Text += string(runes[from:min(from+1+r.IntN(6), len(runes))]) + " "
	}
	if r.IntN(4) == 0 {
		q.School = source.School
	}
	if r.IntN(4) == 0 {
		q.Stage = "小学"
	}
	if r.IntN(4) == 0 {
		q.Column = source.Column[:1+2*r.IntN(2)]
	}
	if r.IntN(3) == 0 {
		q.First = []string{"A0101", "B01"}[r.IntN(2):]
	}
	if r.IntN(4) == 0 {
		q.From = source.PublishedAt.Truncate(time.Second)
	}
	if r.IntN(4) == 0 {
		q.To = source.PublishedAt.Add(time.Hour).Truncate(time.Second)
	}
	return q
}

func compare(t *testing.T, ix *Index, docs naive, r *rand.Rand, queries int) {
	t.Helper()
	if testing.Short() { // as with the race detector, under which each takes twenty times as long
		queries /= 5
	}
	for range queries {
		q := mixedQuery(r, docs)
		want := docs.search(q)
		var got []Hit
		for {
			q.Offset = len(got)
			result, err := ix.Search(context.Background(), q)
			if errors.Is(err, ErrEmpty) || errors.Is(err, ErrTooLong) {
				want = nil
				break
			}
			must(t, err)
			if result.Total != len(want) {
				t.Fatalf("%+v: got %d hits, want %d", q, result.Total, len(want))
			}
			got = append(got, result.Hits...)
			if len(result.Hits) < q.Limit {
				break
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%+v: got %v, want %v", q, got, want)
		}
	}
}

func TestSearchEqualsAScanOfAllTexts(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	ix := openIndex(t)
	docs := newNaive()
	bulkAdd(t, ix, r, docs, 0, 300)
	compare(t, ix, docs, r, 700)
	for i := range 60 { // some new, some again
		d := mixedDoc(r, i*7)
		docs.docs[d.ID] = d
		must(t, ix.Put(t.Context(), d))
	}
	compare(t, ix, docs, r, 400)
	for i := range 20 {
		id := fmt.Sprint("d", i*11)
		delete(docs.docs, id)
		must(t, ix.Remove(t.Context(), id, "unknown"))
	}
	compare(t, ix, docs, r, 400)
	bulkAdd(t, ix, r, docs, 200, 500)
	compare(t, ix, docs, r, 700)
	integrity(t, ix)
	versions, err := ix.Versions(t.Context())
	must(t, err)
	for id, d := range docs.docs {
		if versions[id] != d.Version {
			t.Fatalf("version of %s: got %q, want %q", id, versions[id], d.Version)
		}
	}
	if len(versions) != len(docs.docs) {
		t.Fatalf("got %d versions, want %d", len(versions), len(docs.docs))
	}
}

// bulkAdd adds documents in no order, some twice, in several runs.
func bulkAdd(t *testing.T, ix *Index, r *rand.Rand, docs naive, from, to int) {
	t.Helper()
	b, err := ix.Bulk(t.Context())
	must(t, err)
	for n, i := range r.Perm(to - from) {
		for range 1 + r.IntN(2) {
			d := mixedDoc(r, from+i)
			docs.docs[d.ID] = d
			must(t, b.Add(t.Context(), d))
		}
		if n%50 == 49 {
			must(t, b.flush())
		}
	}
	must(t, b.Commit(t.Context()))
	must(t, b.Abort())
}

// integrity asks SQLite and FTS5 themselves, and merges everything into one.
func integrity(t *testing.T, ix *Index) {
	t.Helper()
	for _, statement := range []string{
		`INSERT INTO grams(grams) VALUES('integrity-check')`,
		`INSERT INTO grams(grams) VALUES('optimize')`,
		`INSERT INTO grams(grams) VALUES('integrity-check')`,
	} {
		if _, err := ix.write.Exec(statement); err != nil {
			t.Fatalf("%s: %v", statement, err)
		}
	}
	var answer string
	must(t, ix.write.QueryRow(`PRAGMA quick_check`).Scan(&answer))
	if answer != "ok" {
		t.Fatal(answer)
	}
	must(t, checkIndex(t.Context(), ix.read))
}

func TestNormaliseEqualsNFKCAndLowerCase(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 3000 {
		text := mixed(r, r.IntN(12))
		if got, want := normalise(text), simple(text); got != want {
			t.Fatalf("%+q: got %+q, want %+q", text, got, want)
		}
		f := fold(text)
		if got, want := string(f.runes), simple(text); got != want {
			t.Fatalf("fold %+q: got %+q, want %+q", text, got, want)
		}
	}
}

func TestQueriesThatAreNotRun(t *testing.T) {
	ix := openIndex(t)
	for _, c := range []struct {
		name string
		q    Query
		want error
	}{
		{"no text is asked for", Query{}, ErrEmpty},
		{"punctuation alone is no word", Query{Text: "，。！\"*:()😀"}, ErrEmpty},
		{"NUL and broken UTF-8 are no words", Query{Text: "\x00\xff\xfe"}, ErrEmpty},
		{"10,000 characters are too long", Query{Text: strings.Repeat("招", 10_000)}, ErrTooLong},
		{"65 characters are too long", Query{Text: strings.Repeat("招", 65)}, ErrTooLong},
		{"nine words are too many", Query{Text: "1 2 3 4 5 6 7 8 9"}, ErrTooLong},
		{"a repeated word counts once", Query{Text: strings.Repeat("招生 ", 9)}, nil},
		{"FTS5 operators are words", Query{Text: `AND NEAR("招生" OR title:x* ^a NOT`}, nil},
		{"a filter is never part of the query language", Query{Text: "招生", School: `" OR title:*`, Column: `')--`}, nil},
		{"the index terms of filters are not found", Query{Text: facet("sch", "31")}, nil},
		{"page 501 is too far", Query{Text: "招生", Offset: 10_001}, ErrTooFar},
		{"times far away are fine", Query{Text: "招生", From: time.Time{}.AddDate(-9, 0, 0), To: time.Unix(1<<60, 0)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if _, err := ix.Search(t.Context(), c.q); !errors.Is(err, c.want) || (err != nil && c.want == nil) {
				t.Fatalf("got %v, want %v", err, c.want)
			}
		})
	}
}

func TestAFileThatCannotBeUsedIsReplaced(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, path string)
		want  bool
	}{
		{"a sound file is kept", func(*testing.T, string) {}, false},
		{"a missing file is made", func(t *testing.T, path string) { must(t, removeFile(path)) }, true},
		{"something else than a database is replaced", func(t *testing.T, path string) {
			must(t, os.WriteFile(path, []byte("not a database at all"), 0o600))
		}, true},
		{"a file cut short is replaced", func(t *testing.T, path string) { must(t, os.Truncate(path, 40_000)) }, true},
		{"a file overwritten at its head is replaced", func(t *testing.T, path string) {
			f, err := os.OpenFile(path, os.O_WRONLY, 0)
			must(t, err)
			_, err = f.WriteAt(make([]byte, 3*pageSize), 0)
			must(t, errors.Join(err, f.Close()))
		}, true},
		{"a file that was found broken while in use is replaced", func(t *testing.T, path string) {
			must(t, os.WriteFile(path+brokenMark, nil, 0o600))
		}, true},
		{"a file of another schema version is replaced", func(t *testing.T, path string) {
			db, err := openFile(path, writing)
			must(t, err)
			_, err = db.Exec(`PRAGMA user_version = 99`)
			must(t, errors.Join(err, db.Close()))
		}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "a?b#c%d.db")
			ix, err := Open(path)
			must(t, err)
			bulkAdd(t, ix, rand.New(rand.NewPCG(1, 1)), newNaive(), 0, 100)
			must(t, ix.Close())
			c.spoil(t, path)
			ix, err = Open(path)
			must(t, err)
			defer ix.Close()
			if ix.NeedsRebuild() != c.want {
				t.Fatalf("got %v, want %v", ix.NeedsRebuild(), c.want)
			}
			versions, err := ix.Versions(t.Context())
			must(t, err)
			if (len(versions) == 0) != c.want {
				t.Fatalf("%d documents are left", len(versions))
			}
		})
	}
}
