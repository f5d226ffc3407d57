package source

import (
	"runtime"
	"testing"
	"time"
)

// A district of 5,000 institutions, 200 a page: at most 10 s and 150 MB, together with comparing and storing them.
func BenchmarkRead5000(b *testing.B) {
	server := serve(b, byPage(institutions(5000)))
	c := paged(server.URL)
	c.Paging.Size = 200
	c.Pace = 0
	b.ReportAllocs()
	for b.Loop() {
		if answer := mustRead(b, c, State{}, inOffice); len(answer.Rows) != 5000 {
			b.Fatal(len(answer.Rows))
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys)/(1<<20), "heap-MB")
}

func BenchmarkRead5000InOnePage(b *testing.B) {
	server := serve(b, byPage(institutions(5000)))
	c := paged(server.URL + "?page=1&size=5000")
	c.Paging = Paging{}
	l := inOffice
	l.Wait = 10 * time.Second
	b.ReportAllocs()
	for b.Loop() {
		if answer := mustRead(b, c, State{}, l); len(answer.Rows) != 5000 {
			b.Fatal(len(answer.Rows))
		}
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	b.ReportMetric(float64(m.HeapSys)/(1<<20), "heap-MB")
}

func BenchmarkReadHTML5000(b *testing.B) {
	schools := names(5000)
	server := serve(b, htmlPages(schools, 100))
	c := listed(server.URL)
	c.Paging.Total = ".sum"
	l := inOffice
	l.Wait = 10 * time.Second
	b.ReportAllocs()
	for b.Loop() {
		if answer := mustRead(b, c, State{}, l); len(answer.Rows) != 5000 {
			b.Fatal(len(answer.Rows))
		}
	}
}
