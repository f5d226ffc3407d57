package scan

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/width"
)

// WordLevel is how serious a word of the bureau's list is.
type WordLevel string

// Levels of 错敏词.
const (
	Serious   WordLevel = "serious"   // 严重
	General   WordLevel = "general"   // 一般
	Sensitive WordLevel = "sensitive" // 敏感
)

func (l WordLevel) finding() Level {
	if l == General {
		return Warn
	}
	return Block
}

// WordEntry is one line of the list.
type WordEntry struct {
	Word    string    `json:"word"`
	Level   WordLevel `json:"level"`
	Instead string    `json:"instead"` // 建议改为
	Note    string    `json:"note"`
}

// Match is a word that was found; From and To are bytes of the text.
type Match struct {
	Entry    WordEntry
	From, To int
}

// BadEntry is a line of a list that cannot be used. Row counts from 1.
type BadEntry struct {
	Row    int
	Reason string
}

func (e BadEntry) Error() string { return fmt.Sprintf("第 %d 行：%s", e.Row, e.Reason) }

// Code is the machine's name of the error.
func (e BadEntry) Code() string { return "word_list_entry" }

// Params are the words a page may need.
func (e BadEntry) Params() map[string]any { return map[string]any{"row": e.Row, "reason": e.Reason} }

// Words finds every word of a list in one pass (Aho–Corasick).
type Words struct {
	entries []WordEntry
	nodes   []node
}

type node struct {
	next map[rune]int32
	fail int32
	word int32 // index of the entry that ends here, -1 none
	out  int32 // nearest suffix at which an entry ends, 0 none
	deep int32 // runes from the root
}

// NewWords builds the automaton, or names the first line that is wrong.
func NewWords(entries []WordEntry) (*Words, error) {
	w := &Words{nodes: []node{{next: map[rune]int32{}, word: -1}}}
	seen := map[string]bool{}
	for i, e := range entries {
		e.Word = strings.TrimSpace(e.Word)
		key := folded(e.Word)
		switch {
		case len(key) == 0:
			return nil, BadEntry{i + 1, "词语是空的"}
		case len(key) > 50:
			return nil, BadEntry{i + 1, "词语超过 50 个字"}
		case e.Level != Serious && e.Level != General && e.Level != Sensitive:
			return nil, BadEntry{i + 1, "级别只能是严重、一般或敏感"}
		case seen[string(key)]:
			return nil, BadEntry{i + 1, "“" + e.Word + "”重复了"}
		}
		seen[string(key)] = true
		w.insert(key, int32(len(w.entries)))
		w.entries = append(w.entries, e)
	}
	w.link()
	return w, nil
}

func (w *Words) insert(key []rune, entry int32) {
	at := int32(0)
	for _, r := range key {
		next, ok := w.nodes[at].next[r]
		if !ok {
			next = int32(len(w.nodes))
			w.nodes = append(w.nodes, node{next: map[rune]int32{}, word: -1, deep: w.nodes[at].deep + 1})
			w.nodes[at].next[r] = next
		}
		at = next
	}
	w.nodes[at].word = entry
}

// link gives each node the longest proper suffix that is also in the tree.
func (w *Words) link() {
	queue := []int32{}
	for _, child := range w.nodes[0].next {
		queue = append(queue, child)
	}
	for len(queue) > 0 {
		at := queue[0]
		queue = queue[1:]
		for r, child := range w.nodes[at].next {
			fail := w.nodes[at].fail
			for fail != 0 && !w.has(fail, r) {
				fail = w.nodes[fail].fail
			}
			if to, ok := w.nodes[fail].next[r]; ok && to != child {
				fail = to
			}
			w.nodes[child].fail = fail
			if w.nodes[fail].word >= 0 {
				w.nodes[child].out = fail
			} else {
				w.nodes[child].out = w.nodes[fail].out
			}
			queue = append(queue, child)
		}
	}
}

func (w *Words) has(at int32, r rune) bool {
	_, ok := w.nodes[at].next[r]
	return ok
}

// Find returns the words in a text, from left to right; of words that overlap
// at their end the longest. Spaces and invisible characters between the
// characters of a word do not hide it.
func (w *Words) Find(text string) []Match {
	var found []Match
	at := int32(0)
	var starts []int // byte offset of each rune that counted
	for i, next := 0, 0; i < len(text); i = next {
		r, size := utf8.DecodeRuneInString(text[i:])
		if next = i + size; isIgnored(r) {
			continue
		}
		starts = append(starts, i)
		f := foldRune(r)
		for at != 0 && !w.has(at, f) {
			at = w.nodes[at].fail
		}
		if to, ok := w.nodes[at].next[f]; ok {
			at = to
		}
		end := at
		if w.nodes[end].word < 0 {
			end = w.nodes[end].out
		}
		if end == 0 {
			continue
		}
		from := starts[len(starts)-int(w.nodes[end].deep)]
		m := Match{w.entries[w.nodes[end].word], from, next}
		for len(found) > 0 && found[len(found)-1].From >= from {
			found = found[:len(found)-1] // part of the longer word
		}
		found = append(found, m)
	}
	return found
}

func folded(s string) []rune {
	var out []rune
	for _, r := range s {
		if !isIgnored(r) {
			out = append(out, foldRune(r))
		}
	}
	return out
}

func isIgnored(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || r == '·' || r == '*' || r == '_'
}

func foldRune(r rune) rune {
	if r < 0x80 {
		return unicode.ToLower(r)
	}
	if f := width.LookupRune(r).Folded(); f != 0 {
		r = f
	}
	return unicode.ToLower(r)
}
