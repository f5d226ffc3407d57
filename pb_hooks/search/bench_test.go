package search

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

var (
	benchDocs  = flag.Int("docs", 2000, "documents in the benchmark corpus, of 1,500 characters each")
	benchFirst = flag.String("first", "", "a column whose documents come first")
	benchKeep  = flag.Bool("remember", false, "let the benchmark profit from remembered totals")
	benchFile  = flag.String("file", "", "keep the benchmark index here, and use it if it is there")
)

func benchIndex(b *testing.B) *Index {
	path := *benchFile
	if path == "" {
		path = filepath.Join(b.TempDir(), "search.db")
	}
	ix, err := Open(path)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { ix.Close() })
	if ix.NeedsRebuild() {
		buildBench(b, ix)
	}
	return ix
}

// buildBench reports how long the index itself took, the corpus not counted,
// and the most memory the process ever held.
func buildBench(b *testing.B, ix *Index) {
	bulk, err := ix.Bulk(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	c := newCorpus(40_000)
	var spent time.Duration
	for range *benchDocs {
		d := c.doc(1480)
		start := time.Now()
		if err := bulk.Add(b.Context(), d); err != nil {
			b.Fatal(err)
		}
		spent += time.Since(start)
	}
	add := spent
	start := time.Now()
	if err := bulk.Commit(b.Context()); err != nil {
		b.Fatal(err)
	}
	spent += time.Since(start)
	info, err := os.Stat(ix.path)
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d documents: add %v, commit %v, together %v; file %d MB", *benchDocs, add, spent-add, spent, info.Size()>>20)
	status, _ := os.ReadFile("/proc/self/status")
	for line := range strings.Lines(string(status)) {
		if strings.HasPrefix(line, "VmHWM") || strings.HasPrefix(line, "VmRSS") {
			b.Log(strings.TrimSpace(line))
		}
	}
}

func benchSearch(b *testing.B, ix *Index, text string) (Result, error) {
	q := Query{Text: text}
	if *benchFirst != "" {
		q.First = []string{*benchFirst}
	}
	if *benchKeep {
		return ix.Search(b.Context(), q)
	}
	return ix.run(b.Context(), q, Words(text), &totals{})
}

func BenchmarkBuild(b *testing.B) {
	for range b.N {
		path := filepath.Join(b.TempDir(), "search.db")
		if *benchFile != "" {
			path = *benchFile
			if err := removeFile(path); err != nil {
				b.Fatal(err)
			}
		}
		ix, err := Open(path)
		if err != nil {
			b.Fatal(err)
		}
		buildBench(b, ix)
		ix.Close()
	}
}

func BenchmarkSearch(b *testing.B) {
	ix := benchIndex(b)
	for _, text := range []string{"招生", "食堂", "收费", "招生简章", "的通知", "招生 食堂", "年", "2024"} {
		b.Run(text, func(b *testing.B) {
			var took []time.Duration
			total := 0
			for range b.N {
				start := time.Now()
				r, err := benchSearch(b, ix, text)
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, time.Since(start))
				total = r.Total
			}
			slices.Sort(took)
			b.ReportMetric(float64(total), "hits")
			b.ReportMetric(float64(took[len(took)/2].Microseconds()), "p50-µs")
			b.ReportMetric(float64(took[len(took)*99/100].Microseconds()), "p99-µs")
		})
	}
}

func BenchmarkSearch32(b *testing.B) {
	ix := benchIndex(b)
	b.ResetTimer()
	words := []string{"招生", "食堂", "收费"}
	b.SetParallelism(16)
	b.RunParallel(func(pb *testing.PB) {
		for i := 0; pb.Next(); i++ {
			if _, err := benchSearch(b, ix, words[i%3]); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "searches/s")
}
