package search

import (
	"fmt"
	"strings"
	"time"
	"unicode/utf8"
)

const (
	defaultLimit = 20
	maxLimit     = 100
	maxOffset    = 10_000
	maxWords     = 8
	maxRunes     = 64
)

// Query is a visitor's search. Empty fields do not filter. Column is a column
// code or the beginning of one; From is inclusive and To exclusive, both to
// the second. First are columns whose documents come before others that hold the
// words in the same place.
type Query struct {
	Text     string
	School   string
	Stage    string
	Column   string
	First    []string
	From, To time.Time
	Offset   int
	Limit    int // 20 if 0, at most 100
}

// Hit is one document found. TitleHit: all words stand in the title.
type Hit struct {
	ID       string
	TitleHit bool
}

// Result is a page of hits: those in the title before those in the text, of each
// those of the columns that come first, and within that the newest first. Total
// counts all pages exactly.
type Result struct {
	Total int
	Hits  []Hit
	Words []string
}

// QueryError is a search that cannot be run as the visitor put it.
type QueryError struct {
	code, sentence string
}

// Code names the error for machines.
func (e *QueryError) Code() string { return e.code }

// Error is a sentence for the visitor.
func (e *QueryError) Error() string { return e.sentence }

// What Search says of a query it does not run.
var (
	ErrEmpty   = &QueryError{"search_query_empty", "请输入要查找的文字（汉字、字母或数字）。"}
	ErrTooLong = &QueryError{"search_query_too_long", fmt.Sprintf("查找的文字太长：最多%d个词、共%d个字。", maxWords, maxRunes)}
	ErrTooFar  = &QueryError{"search_page_too_far", fmt.Sprintf("只能翻看前%d条结果，请增加查找的文字或筛选条件。", maxOffset)}
)

// Words returns the words of a query as they are looked for: normalised, each
// once, in order.
func Words(text string) []string {
	var words []string
	seen := map[string]bool{}
	for _, word := range strings.FieldsFunc(normalise(text), func(r rune) bool { return !isWordRune(r) }) {
		if !seen[word] {
			seen[word] = true
			words = append(words, word)
		}
	}
	return words
}

// check returns the words of the query, or why it is not run.
func (q *Query) check() ([]string, error) {
	if len(q.Text) > 64*maxRunes {
		return nil, ErrTooLong
	}
	words := Words(q.Text)
	runes := 0
	for _, word := range words {
		runes += utf8.RuneCountInString(word)
	}
	switch {
	case len(words) == 0:
		return nil, ErrEmpty
	case len(words) > maxWords || runes > maxRunes:
		return nil, ErrTooLong
	case q.Offset > maxOffset:
		return nil, ErrTooFar
	}
	return words, nil
}

// phrase is the MATCH text for one word.
func phrase(word string) string {
	pairs := strings.Fields(string(appendPairs(nil, word, func(rune) {})))
	return `"` + strings.Join(pairs[:max(1, len(pairs)-1)], " ") + `"`
}

// match holds the MATCH texts of a query: all hits, and the classes that they are
// listed in. Where one gram is all there is to a query, it is gram.
type match struct {
	all, gram string
	classes   []class
}

// class are hits that are listed before those of the next class.
type class struct {
	match string
	title bool
}

func (q *Query) match(words []string) match {
	var phrases []string
	for _, word := range words {
		phrases = append(phrases, phrase(word))
	}
	text := "(" + strings.Join(phrases, " AND ") + ")"
	filter := ""
	for _, f := range []struct{ kind, value string }{{"sch", q.School}, {"col", q.Column}, {"stg", q.Stage}} {
		if f.value != "" {
			filter += " AND {facets} : " + facet(f.kind, f.value)
		}
	}
	// No column filter on all: no facet equals a gram, and the filter costs as
	// much as the rest of the search.
	all, title := text+filter, "{title} : "+text
	m := match{all: all}
	for _, c := range []class{{title + filter, true}, {"(" + all + ") NOT (" + title + ")", false}} {
		if first := q.first(); first != "" {
			m.classes = append(m.classes, class{"(" + c.match + ") AND " + first, c.title}, class{"(" + c.match + ") NOT (" + first + ")", c.title})
		} else {
			m.classes = append(m.classes, c)
		}
	}
	if len(words) == 1 && utf8.RuneCountInString(words[0]) <= 2 && filter == "" && q.From.IsZero() && q.To.IsZero() {
		m.gram = words[0]
	}
	return m
}

// first is the MATCH text of the columns that come first; "" where the filter leaves
// none of them, or nothing else.
func (q *Query) first() string {
	var facets []string
	for _, column := range q.First {
		if column == q.Column {
			return ""
		}
		if strings.HasPrefix(column, q.Column) {
			facets = append(facets, facet("col", column))
		}
	}
	if len(facets) == 0 {
		return ""
	}
	return "{facets} : (" + strings.Join(facets, " OR ") + ")"
}

// rows is the range of row ids between the two times.
func (q *Query) rows() (from, to int64) {
	to = maxRow
	if !q.From.IsZero() {
		from = firstRow(q.From)
	}
	if !q.To.IsZero() {
		to = firstRow(q.To) - 1
	}
	return from, to
}
