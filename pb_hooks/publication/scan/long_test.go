package scan_test

import (
	"fmt"
	"runtime"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication/scan"
)

// longParagraphs are paragraphs that make a scanner slow which looks at the
// whole text for each hit.
var longParagraphs = map[string]func(i int) string{
	"numbers":     func(i int) string { return fmt.Sprintf("第%d项 收费%d元，", i, i*37%9973) },
	"mobiles":     func(i int) string { return fmt.Sprintf("138%08d ", i*7919%100000000) },
	"digits":      func(i int) string { return "3 1 " },
	"names":       func(i int) string { return people(i%120 + 1)[i%120] + "、" },
	"sayings":     func(i int) string { return "学生" + people(i%120 + 1)[i%120] + "确诊水痘，" },
	"brackets":    func(i int) string { return people(i%120 + 1)[i%120] + "（低保）、" },
	"punctuation": func(i int) string { return "（（、，：" },
	"han":         func(i int) string { return "高中路弄号学" },
	"words":       func(i int) string { return "家教" },
	"spaces":      func(i int) string { return "  " },
}

// A paragraph of a megabyte costs what a thousand of a kilobyte cost. Measured
// is the memory that is asked for, which is the same on any machine; a step that
// is quadratic in time alone would not end before the tests are stopped.
func TestLongParagraphs(t *testing.T) {
	words, err := scan.NewWords([]scan.WordEntry{{Word: "家教", Level: scan.General}})
	if err != nil {
		t.Fatal(err)
	}
	size := 1_000_000
	if testing.Short() {
		size = 200_000
	}
	for name, piece := range longParagraphs {
		t.Run(name, func(t *testing.T) {
			text := repeated(piece, size)
			var before, after runtime.MemStats
			runtime.ReadMemStats(&before)
			scan.Text("正文", text, words)
			runtime.ReadMemStats(&after)
			if testing.Short() {
				return // the race detector has regular expressions ask for memory anew
			}
			if asked := after.TotalAlloc - before.TotalAlloc; asked > uint64(1000*len(text)) {
				t.Errorf("%d MB asked for %d KB of text", asked>>20, len(text)>>10)
			}
		})
	}
}

func repeated(piece func(int) string, size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		b.WriteString(piece(i))
	}
	return b.String()
}

func BenchmarkLongParagraph(b *testing.B) {
	for name, piece := range longParagraphs {
		b.Run(name, func(b *testing.B) {
			text := repeated(piece, 1_000_000)
			b.SetBytes(int64(len(text)))
			b.ReportAllocs()
			for b.Loop() {
				scan.Text("正文", text, nil)
			}
		})
	}
}
