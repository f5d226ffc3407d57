package audit_test

import (
	"errors"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/audit"
)

func rows(entries []audit.Entry) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		for _, e := range entries {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func verify(t testing.TB, entries []audit.Entry, heads ...audit.Head) audit.Report {
	t.Helper()
	r, err := audit.Verify(rows(entries), heads)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func head(e audit.Entry) audit.Head {
	return audit.Head{Number: e.Number, Hash: e.Hash, At: "2026-11-24 00:00"}
}

// again computes the hashes anew from row i on, as somebody would who knows how.
func again(entries []audit.Entry, i int) []audit.Entry {
	var last audit.Entry
	if i > 0 {
		last = entries[i-1]
	}
	for ; i < len(entries); i++ {
		last = entries[i].Follow(last)
		entries[i] = last
	}
	return entries
}

func renumber(entries []audit.Entry, i, by int) []audit.Entry {
	for ; i < len(entries); i++ {
		entries[i].Number += by
	}
	return entries
}

func sorted(entries []audit.Entry) []audit.Entry {
	slices.SortStableFunc(entries, func(a, b audit.Entry) int { return a.Number - b.Number })
	return entries
}

func forged(number int, previous string) audit.Entry {
	e := row(9)
	e.Number, e.Previous = number, previous
	e.Hash = e.Sum()
	return e
}

const length = 50

// tampering changes row i of a chain of fifty; want is every break, in any order.
type tampering struct {
	name string
	do   func(e []audit.Entry, i int) []audit.Entry
	want func(i int) []string // "kind number"; nil: found through heads only
}

func is(kind audit.Kind, number int) []string { return []string{fmt.Sprintf("%s %d", kind, number)} }

var tamperings = []tampering{
	{"a row taken out", func(e []audit.Entry, i int) []audit.Entry { return slices.Delete(e, i, i+1) },
		func(i int) []string {
			if i == length-1 {
				return nil
			}
			return is(audit.Missing, i+1)
		}},
	{"a row taken out and the rest renumbered", func(e []audit.Entry, i int) []audit.Entry { return renumber(slices.Delete(e, i, i+1), i, -1) },
		func(i int) []string {
			if i == length-1 {
				return nil
			}
			return append(each(audit.Renumbered, i+1, length-1), is(audit.Missing, i+1)...)
		}},
	{"the tail cut", func(e []audit.Entry, i int) []audit.Entry { return e[:i] }, func(int) []string { return nil }},
	{"everything computed anew after a change", func(e []audit.Entry, i int) []audit.Entry {
		e[i].Detail = "x"
		return again(e, i)
	}, func(int) []string { return nil }},
	{"a row taken out and everything computed anew", func(e []audit.Entry, i int) []audit.Entry { return again(slices.Delete(e, i, i+1), i) },
		func(int) []string { return nil }},
	{"a row replaced together with its hash", func(e []audit.Entry, i int) []audit.Entry {
		e[i].Detail = "x"
		e[i].Hash = e[i].Sum()
		return e
	}, func(i int) []string {
		if i == length-1 {
			return nil
		}
		return is(audit.Unlinked, i+2)
	}},
	{"a row under another row's number", func(e []audit.Entry, i int) []audit.Entry {
		return sorted(slices.Insert(e, i, forged(i+1, audit.Genesis[1:]+"1")))
	}, func(i int) []string { return append(is(audit.Unlinked, i+1), is(audit.Duplicate, i+1)...) }},
	{"a row under another row's number that fits", func(e []audit.Entry, i int) []audit.Entry { return slices.Insert(e, i, forged(i+1, e[i].Previous)) },
		func(i int) []string { return is(audit.Duplicate, i+1) }},
	{"a row twice", func(e []audit.Entry, i int) []audit.Entry { return slices.Insert(e, i, e[i]) },
		func(i int) []string { return is(audit.Duplicate, i+1) }},
	{"a row put in and the rest renumbered", func(e []audit.Entry, i int) []audit.Entry {
		return renumber(slices.Insert(e, i, forged(i+1, e[i].Previous)), i+1, 1)
	}, func(i int) []string { return each(audit.Renumbered, i+2, length+1) }},
	{"a number made anew with its hash, where it stands", func(e []audit.Entry, i int) []audit.Entry {
		e[i].Number += 1000
		e[i].Hash = e[i].Sum()
		return e
	}, func(i int) []string { return is(audit.Renumbered, i+1001) }},
	{"a row moved to the end by its number", func(e []audit.Entry, i int) []audit.Entry {
		e[i].Number = 10 * length
		return sorted(e)
	}, func(int) []string { return is(audit.Renumbered, 10*length) }},
	{"a row given the number of its neighbour", func(e []audit.Entry, i int) []audit.Entry {
		e[i].Number++
		return e
	}, func(i int) []string { return is(audit.Renumbered, i+2) }},
}

// each is a break of one kind at each of several rows.
func each(kind audit.Kind, from, to int) (want []string) {
	for n := from; n <= to; n++ {
		want = append(want, is(kind, n)...)
	}
	return want
}

func found(r audit.Report) (got []string) {
	for _, b := range r.Breaks {
		got = append(got, is(b.Kind, b.Number)...)
	}
	return got
}

func same(a, b []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b)))
}

func TestEveryTamperingIsFoundAtEveryRow(t *testing.T) {
	end := head(chain(length)[length-1])
	for _, tt := range tamperings {
		t.Run(tt.name, func(t *testing.T) {
			for i := range length {
				entries := tt.do(chain(length), i)
				got := found(verify(t, entries))
				if want := tt.want(i); !same(got, want) {
					t.Errorf("row %d: got %v, want %v", i+1, got, want)
				}
				if r := verify(t, entries, end); tt.want(i) == nil && r.Totals[audit.Cut]+r.Totals[audit.Rewritten] != 1 {
					t.Errorf("row %d: with a head: got %v", i+1, found(r))
				}
			}
		})
	}
}

func TestEveryChangedFieldIsFoundAtEveryRow(t *testing.T) {
	for i := range length {
		for field := range texts(&audit.Entry{}) {
			entries := chain(length)
			*texts(&entries[i])[field] += "x"
			if got := found(verify(t, entries)); !same(got, is(audit.Changed, i+1)) {
				t.Errorf("row %d field %d: got %v", i+1, field, got)
			}
		}
		entries := chain(length)
		entries[i].Hash = audit.Genesis
		if got := found(verify(t, entries)); !same(got, is(audit.Changed, i+1)) {
			t.Errorf("hash of row %d: got %v", i+1, got)
		}
	}
}

func TestEveryPairOfSwappedRowsIsFound(t *testing.T) {
	for i := range length {
		for j := range i {
			entries := chain(length)
			entries[i], entries[j] = entries[j], entries[i]
			want := is(audit.Reordered, j+1)
			if i-j > 1 { // the rows between now stand behind the later one
				want = append(want, is(audit.Reordered, j+2)...)
			}
			if got := found(verify(t, entries)); !same(got, want) {
				t.Errorf("rows %d and %d: got %v, want %v", j+1, i+1, got, want)
			}
			entries[i].Number, entries[j].Number = entries[j].Number, entries[i].Number
			if got, want := found(verify(t, entries)), append(is(audit.Renumbered, i+1), is(audit.Renumbered, j+1)...); !same(got, want) {
				t.Errorf("contents of rows %d and %d: got %v, want %v", j+1, i+1, got, want)
			}
		}
	}
}

func TestAnIntactChainHasNoBreak(t *testing.T) {
	entries := chain(length)
	heads := []audit.Head{{Hash: audit.Genesis, At: "2026-11-01 00:00"}}
	for _, e := range entries {
		heads = append(heads, head(e), head(e)) // two days without a row
	}
	slices.Reverse(heads)
	for n := range length + 1 {
		r := verify(t, entries[:n], heads[len(heads)-1-2*n:]...)
		if !r.IsIntact() || r.Count != n || r.Last.Number != n || r.Last.Hash != heads[len(heads)-1-2*n].Hash {
			t.Errorf("of %d rows: %+v", n, r)
		}
	}
}

func TestHeadsTellWhere(t *testing.T) {
	entries := chain(length)
	heads := []audit.Head{head(entries[39]), head(entries[9]), head(entries[29]), head(entries[19])}
	entries[24].Actor = "staff/other"
	again(entries, 24)
	r := verify(t, entries, heads...)
	want := audit.Break{Kind: audit.Rewritten, Number: 21, Until: 30, At: "2026-11-24 00:00"}
	if r.Total != 1 || r.Breaks[0] != want {
		t.Errorf("got %v, want %v", r.Breaks, want)
	}
	r = verify(t, chain(length)[:15], heads[1:]...)
	if len(r.Breaks) != 1 || r.Breaks[0].Kind != audit.Cut || r.Breaks[0].Number != 16 || r.Breaks[0].Until != 30 {
		t.Errorf("got %v", r.Breaks)
	}
}

func TestAFloodIsBoundedAndHidesNothing(t *testing.T) {
	entries := chain(6000)
	end := head(entries[5999])
	for i := range entries {
		entries[i].Detail = "x"
	}
	holes := slices.DeleteFunc(entries[:5990], func(e audit.Entry) bool { return e.Number > 3000 && e.Number%2 == 0 })
	r := verify(t, holes, end)
	if r.Totals[audit.Changed] != len(holes) || r.Totals[audit.Missing] != 1495-1 || r.Totals[audit.Cut] != 1 || len(r.Breaks) != 102 {
		t.Errorf("got %d listed of %v", len(r.Breaks), r.Totals)
	}
}

func TestReadingThatFailsIsNotABreak(t *testing.T) {
	gone := errors.New("disk gone")
	r, err := audit.Verify(func(yield func(audit.Entry, error) bool) {
		yield(chain(1)[0], nil)
		yield(audit.Entry{}, gone)
	}, []audit.Head{head(chain(2)[1])})
	if !errors.Is(err, gone) || r.Count != 1 || !r.IsIntact() {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestSentences(t *testing.T) {
	for kind, want := range map[audit.Kind]string{audit.Changed: "内容与它的校验值不符", audit.Missing: "第 7 条至第 9 条缺失", audit.Reordered: "次序", audit.Duplicate: "编号重复",
		audit.Renumbered: "原为第 6 条", audit.Unlinked: "前一条（第 6 条）", audit.Cut: "末尾的记录被删除", audit.Rewritten: "2026-11-24 00:00 留存的校验值不符", "other": "异常"} {
		b := audit.Break{Kind: kind, Number: 7, Until: 9, Was: 6, At: "2026-11-24 00:00"}
		if got := b.Sentence(); !strings.Contains(got, want) {
			t.Errorf("%s: got %s, want %s", kind, got, want)
		}
	}
}

func BenchmarkVerify(b *testing.B) {
	entries := chain(100_000)
	heads := []audit.Head{head(entries[99_999])}
	b.ReportAllocs()
	for b.Loop() {
		if !verify(b, entries, heads...).IsIntact() {
			b.Fatal("broken")
		}
	}
}
