package registry

import (
	_ "embed"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

// firstLettersText has the characters that follow each other in Unicode on one line: the first of them, then a letter for
// each, "." where none is known. The whole readings would be a megabyte of the program.
//
//go:embed first_letters.txt
var firstLettersText string

// letterRun are the letters of the characters from first on.
type letterRun struct {
	first   rune
	letters string
}

var letterRuns = sync.OnceValue(func() (runs []letterRun) {
	for line := range strings.Lines(firstLettersText) {
		first, size := utf8.DecodeRuneInString(line)
		runs = append(runs, letterRun{first, strings.TrimSpace(line[size:])})
	}
	return runs
})

// firstLetter is the letter that the most usual reading of r in pinyin begins with, or empty.
func firstLetter(r rune) string {
	runs := letterRuns()
	i := sort.Search(len(runs), func(i int) bool { return runs[i].first > r }) - 1
	if i < 0 {
		return ""
	}
	at := int(r - runs[i].first)
	if at >= len(runs[i].letters) || runs[i].letters[at] == '.' {
		return ""
	}
	return runs[i].letters[at : at+1]
}
