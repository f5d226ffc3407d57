package registry

import (
	"flag"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/mozillazg/go-pinyin"
)

var update = flag.Bool("update", false, "write first_letters.txt anew")

// farthest is how many characters without a reading a line goes on over.
const farthest = 32

// The table is made of the readings of go-pinyin: all of them, and no others.
func TestFirstLettersAreThoseOfPinyin(t *testing.T) {
	args := pinyin.NewArgs()
	args.Style = pinyin.FirstLetter
	var text strings.Builder
	last := 0
	known := slices.Sorted(maps.Keys(pinyin.PinyinDict))
	for _, r := range known {
		switch {
		case text.Len() == 0:
			text.WriteRune(rune(r))
		case r-last > farthest:
			text.WriteString("\n" + string(rune(r)))
		default:
			text.WriteString(strings.Repeat(".", r-last-1))
		}
		text.WriteString(pinyin.SinglePinyin(rune(r), args)[0])
		last = r
	}
	text.WriteString("\n")
	if *update {
		if err := os.WriteFile("first_letters.txt", []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if firstLettersText != text.String() {
		t.Error("first_letters.txt is stale: go test ./pb_hooks/registry -run FirstLetters -update")
	}
	for _, r := range known {
		if got, want := firstLetter(rune(r)), pinyin.SinglePinyin(rune(r), args)[0]; got != want {
			t.Errorf("%c: got %q, want %q", r, got, want)
		}
	}
}

func TestFirstLetterOfWhatHasNone(t *testing.T) {
	for _, r := range []rune{0, 'あ', '한', '〆', 0x33ff, 0x3402, 0x9fff + 1, 0x10ffff} {
		if got := firstLetter(r); got != "" {
			t.Errorf("%c: got %q", r, got)
		}
	}
}
