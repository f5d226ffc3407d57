package pb_hooks_test

import (
	"path/filepath"
	"testing"
)

// BenchmarkImport is the whole way of an article: read twice, checked, cleaned, stored, indexed.
func BenchmarkImport(b *testing.B) {
	const schools, articles = "10", "300"
	file := filepath.Join(b.TempDir(), "many.jsonl")
	for range b.N {
		b.StopTimer()
		app := freshApp(b)
		for _, args := range [][]string{{"demo", "--schools", schools, "--articles", "0"}, {"demo", "--schools", schools, "--articles", articles, "--jsonl", file}} {
			if _, err := runCommand(b, app, args...); err != nil {
				b.Fatal(err)
			}
		}
		b.StartTimer()
		if out, err := runCommand(b, app, "articles", "import", file, "--apply"); err != nil {
			b.Fatal(out, err)
		}
	}
	b.ReportMetric(float64(b.N)*10*300/b.Elapsed().Seconds(), "articles/s")
}
