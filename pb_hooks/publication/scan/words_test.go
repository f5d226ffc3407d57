package scan_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

func TestWordsFind(t *testing.T) {
	words, err := scan.NewWords([]scan.WordEntry{{Word: "家教", Level: scan.Sensitive}, {Word: "校外家教广告", Level: scan.Serious},
		{Word: "老年人", Level: scan.General, Instead: "长者"}, {Word: "ABC", Level: scan.General}})
	if err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct{ name, text, want string }{
		{"a word", "承接家教", "家教"},
		{"the longest of overlapping words", "禁止校外家教广告进校园", "校外家教广告"},
		{"each occurrence", "家教和家教", "家教 家教"},
		{"spaces between do not hide it", "家 教", "家教"},
		{"nor invisible characters", "家\u200b教", "家教"},
		{"nor full-width letters and case", "ａbＣ", "ABC"},
		{"nothing", "家庭教育", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for _, m := range words.Find(tt.text) {
				got = append(got, m.Entry.Word)
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %v, want %s", got, tt.want)
			}
		})
	}
	if found := scan.Text("正文", "请老年人参加", words); len(found) != 1 || found[0].Level != scan.Warn || !strings.Contains(found[0].Hint, "长者") {
		t.Errorf("as a finding: %+v", found)
	}
}

func TestWordListNamesTheBadLine(t *testing.T) {
	for _, tt := range []struct {
		name string
		list []scan.WordEntry
		row  int
	}{
		{"an empty word", []scan.WordEntry{{Word: "甲", Level: "general"}, {Word: " ", Level: "general"}}, 2},
		{"an unknown level", []scan.WordEntry{{Word: "甲", Level: "terrible"}}, 1},
		{"twice", []scan.WordEntry{{Word: "甲", Level: "general"}, {Word: "乙", Level: "general"}, {Word: "甲", Level: "serious"}}, 3},
	} {
		_, err := scan.NewWords(tt.list)
		var bad scan.BadEntry
		if !errors.As(err, &bad) || bad.Row != tt.row {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
}

// The automaton finds exactly where a plain search finds something.
func TestWordsAgreeWithAPlainSearch(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	letters := []rune("甲乙丙")
	text := func(n int) string {
		var b strings.Builder
		for range n {
			b.WriteRune(letters[random.IntN(len(letters))])
		}
		return b.String()
	}
	for range 2000 {
		seen, entries := map[string]bool{}, []scan.WordEntry{}
		for range 1 + random.IntN(6) {
			if w := text(1 + random.IntN(4)); !seen[w] {
				seen[w] = true
				entries = append(entries, scan.WordEntry{Word: w, Level: scan.General})
			}
		}
		words, err := scan.NewWords(entries)
		if err != nil {
			t.Fatal(err)
		}
		s := text(20)
		covered := make([]bool, len(s))
		for _, e := range entries {
			for i := range s {
				if strings.HasPrefix(s[i:], e.Word) {
					for j := range len(e.Word) {
						covered[i+j] = true
					}
				}
			}
		}
		found := words.Find(s)
		for _, m := range found {
			if s[m.From:m.To] != m.Entry.Word {
				t.Fatalf("%q in %q at %d", m.Entry.Word, s, m.From)
			}
		}
		any := false
		for _, c := range covered {
			any = any || c
		}
		if any != (len(found) > 0) {
			t.Fatalf("%v in %q: found %v", entries, s, found)
		}
	}
}

// Any list is either refused by a line of it or finds each of its words, and what
// is found is where it is said to be.
func FuzzNewWords(f *testing.F) {
	for _, s := range []string{"家教|校外家教广告|教|", "ａｂ|AB", "家 教|家教", "\xff|\u200b|*", "a|aa|aaa", "İ|ß|Ａ·"} {
		f.Add(s, "承接 家·教 和ａB aaaa")
	}
	f.Fuzz(func(t *testing.T, list, text string) {
		var entries []scan.WordEntry
		for _, w := range strings.Split(list, "|") {
			entries = append(entries, scan.WordEntry{Word: w, Level: scan.General})
		}
		words, err := scan.NewWords(entries)
		if err != nil {
			var bad scan.BadEntry
			if !errors.As(err, &bad) || bad.Row < 1 || bad.Row > len(entries) {
				t.Fatalf("%q: %v", list, err)
			}
			return
		}
		at := 0
		for _, m := range words.Find(text) {
			if m.From < at || m.To <= m.From || m.To > len(text) {
				t.Fatalf("%q in %q: %d to %d after %d", list, text, m.From, m.To, at)
			}
			at = m.From
		}
		for _, e := range entries {
			if len(words.Find(e.Word)) == 0 {
				t.Fatalf("%q of %q is not found in itself", e.Word, list)
			}
		}
	})
}
