package search

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestHighlight(t *testing.T) {
	for _, c := range []struct{ name, text, query, want string }{
		{"a word is marked wherever it stands", "招生简章：招生", "招生", "[招生]简章：[招生]"},
		{"the longest word wins", "招生简章", "招生 招生简", "[招生简]章"},
		{"words do not overlap", "招生简章", "招生 生简章", "[招生]简章"},
		{"full-width letters and digits are found and kept", "第２０２４号 ＡＢc", "2024 abC", "第[２０２４]号 [ＡＢc]"},
		{"a combined letter is marked whole", "cafe\u0301s", "é", "caf[e\u0301]s"},
		{"part of a sign is marked as the whole sign", "5㎏重", "g重", "5[㎏重]"},
		{"a word does not reach over punctuation", "招，生", "招生", "招，生"},
		{"characters outside the first plane are whole", "𠮷野家😀", "𠮷", "[𠮷]野家😀"},
		{"markup is text", "<b>招生", "招生", "<b>[招生]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := marked(Highlight(c.text, Words(c.query))); got != c.want {
				t.Fatalf("got %s, want %s", got, c.want)
			}
		})
	}
}

func marked(segments []Segment) string {
	var b strings.Builder
	for _, s := range segments {
		if s.Hit {
			b.WriteString("[" + s.Text + "]")
			continue
		}
		b.WriteString(s.Text)
	}
	return b.String()
}

func TestSnippet(t *testing.T) {
	text := strings.Repeat("甲", 100) + "招生" + strings.Repeat("乙", 100)
	for _, c := range []struct {
		name, query   string
		width         int
		want          string
		before, after bool
	}{
		{"the first hit stands after a quarter of the width", "招生", 8, "甲甲[招生]乙乙乙乙", true, true},
		{"without a hit it is the beginning", "丙", 4, "甲甲甲甲", false, true},
		{"a short text is whole", "丙", 500, text, false, false},
		{"a hit longer than the width is whole", "招生乙乙", 2, "[招生乙乙]", true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := Snippet(text, Words(c.query), c.width)
			if marked(got.Segments) != c.want || got.CutBefore != c.before || got.CutAfter != c.after {
				t.Fatalf("got %s %v %v, want %s %v %v", marked(got.Segments), got.CutBefore, got.CutAfter, c.want, c.before, c.after)
			}
		})
	}
}

func TestSnippetsArePartsOfTheText(t *testing.T) {
	r := rand.New(rand.NewPCG(10, 11))
	for range 3000 {
		text := mixed(r, r.IntN(60))
		words := Words(mixed(r, 1+r.IntN(6)))
		if marksOnlyWords(t, Highlight(text, words), words) != text {
			t.Fatalf("%+q: the segments are not the text", text)
		}
		part := marksOnlyWords(t, Snippet(text, words, 1+r.IntN(30)).Segments, words)
		if !strings.Contains(text, part) || utf8.ValidString(text) && !utf8.ValidString(part) {
			t.Fatalf("%+q: %+q is not a part", text, part)
		}
		for _, word := range words {
			found := slices.ContainsFunc(Highlight(text, words), func(s Segment) bool { return s.Hit })
			if strings.Contains(simple(text), word) && !found {
				t.Fatalf("%+q: %q is not marked", text, word)
			}
		}
	}
}

// marksOnlyWords returns the segments joined. A hit is a word, or a word with
// the rest of a sign that it ends in.
func marksOnlyWords(t *testing.T, segments []Segment, words []string) string {
	t.Helper()
	var all strings.Builder
	for _, s := range segments {
		all.WriteString(s.Text)
		folded := simple(s.Text)
		if s.Hit && !slices.ContainsFunc(words, func(w string) bool {
			return folded == w || strings.ContainsAny(s.Text, "㎏Ⅳﬁ") && strings.Contains(folded, w)
		}) {
			t.Fatalf("%+q is none of %+q", s.Text, words)
		}
	}
	return all.String()
}

// A long text is read only as far as it takes: the excerpt is the one that the
// whole text would give.
func TestSnippetOfALongTextIsTheSame(t *testing.T) {
	line := "学校每学期公布一次膳食经费的收入与支出。\n"
	for _, before := range []int{0, 3, 20, 24, 25, 26, 60, 80, 200} {
		text := strings.Repeat(line, before) + "食堂的供应商由家长代表参加评议。" + strings.Repeat("\n"+line, 40)
		flat := strings.ReplaceAll(text, "\n", "　") // one line: read whole
		got, want := Snippet(text, Words("食堂"), 60), Snippet(flat, Words("食堂"), 60)
		if joined(got) != strings.ReplaceAll(joined(want), "　", "\n") || got.CutBefore != want.CutBefore || got.CutAfter != want.CutAfter {
			t.Errorf("%d lines before: got %q, want %q", before, joined(got), joined(want))
		}
	}
}

func joined(e Excerpt) string {
	var b strings.Builder
	for _, s := range e.Segments {
		b.WriteString(s.Text)
	}
	return b.String()
}
