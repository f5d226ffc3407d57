package pb_hooks_test

import (
	"fmt"
	"net/http"
	"runtime"
	"runtime/metrics"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// BenchmarkRegistry is a whole run of 5,000 institutions: the list is sent, read,
// compared with as many schools and stored as a change set of 1,000 lines.
func BenchmarkRegistry(b *testing.B) {
	const all = 5_000
	s := serve(b)
	inDistrict(b, s.app, "999999", "示范区")
	var rows []string
	for i := range all {
		code, name, phone := fmt.Sprintf("99%08d", i+100), fmt.Sprintf("示范区第%d实验学校", i+1), fmt.Sprintf("021-%08d", 50000000+i)
		s.sql(fmt.Sprintf("INSERT INTO schools (id, code, registry_id, name, short_name, stages, ownership, town, address, phone, status) VALUES ('s%014d', '%s', 'R%d', '%s', '%s', '[\"小学\"]', '公办', '东城镇', '晨光路%d号', '%s', 'open')",
			i, code, i, name, name, i+1, phone))
		if i%5 == 0 {
			phone = fmt.Sprintf("021-%08d", 60000000+i)
		}
		rows = append(rows, fmt.Sprintf("R%d,%s,%s,小学,公办,东城镇,晨光路%d号,%s", i, code, name, i+1, phone))
	}
	list, src := listOf(rows...), s.fileSource("区级名单")
	s.get("/schools") // the directory of so many schools is there before, and stays
	var peak atomic.Uint64
	stop := make(chan struct{})
	defer close(stop)
	runtime.GC()
	var before runtime.MemStats
	runtime.ReadMemStats(&before)
	go watchHeap(&peak, stop)
	for b.Loop() {
		run := s.readList(src.ID, list)
		if run.Rows != all || strings.Contains(run.Sentence, "失败") || len(s.lines(run.ID, "kind=update")) == 0 {
			b.Fatalf("%+v", run)
		}
	}
	b.ReportMetric(float64(before.HeapAlloc)/(1<<20), "MiB-before")
	b.ReportMetric(float64(peak.Load())/(1<<20), "MiB-peak")
	if a := s.do(auditor, http.MethodGet, registryPath+"runs", nil); a.status != http.StatusOK {
		b.Fatal(a.body)
	}
}

// watchHeap keeps the most that the heap held.
func watchHeap(peak *atomic.Uint64, stop chan struct{}) {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	for {
		select {
		case <-stop:
			return
		case <-time.After(5 * time.Millisecond):
			metrics.Read(sample)
			peak.Store(max(peak.Load(), sample[0].Value.Uint64()))
		}
	}
}
