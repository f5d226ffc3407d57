package pb_hooks_test

import (
	"context"
	"net/http"
	"runtime"
	"slices"
	"sync"
	"testing"
	"time"
)

// wholeDistrict fills the tables with 168 schools of 600 articles each.
func (s *server) wholeDistrict() {
	s.t.Helper()
	for _, sql := range []string{
		`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n WHERE i < 166)
INSERT INTO schools (id, code, name, short_name, initials, stages, ownership, meals, status, town, address, aliases, campuses, created, updated)
SELECT printf('measured%07d', i), printf('88888%05d', i), '示范学校' || i, '示范' || i, 'sf', '["小学"]', '公办', 1, 'open', '东城镇', '示范路', '[]', '[]', '2026-01-01 00:00:00.000Z', '2026-01-01 00:00:00.000Z' FROM n`,
		`WITH leaves AS (SELECT code, row_number() OVER (ORDER BY code) - 1 AS at FROM columns WHERE leaf = 1 AND kind NOT IN ('synced', 'generated')),
 places AS (SELECT id, row_number() OVER (ORDER BY code) AS at FROM schools), n(i) AS (SELECT 0 UNION ALL SELECT i+1 FROM n WHERE i < 599)
INSERT INTO articles (id, school, "column", title, state, stage, published, published_at, first_published_at, checked_on, created, updated)
SELECT printf('a%04d%010d', p.at, n.i), p.id, l.code, '信息', 'published', 'drafting', printf('v%04d%010d', p.at, n.i),
 strftime('%Y-%m-%d', '2026-11-20', '-' || (n.i * 7 % 720) || ' days') || ' 02:00:00.000Z', strftime('%Y-%m-%d', '2026-11-20', '-' || (n.i * 7 % 720) || ' days') || ' 02:00:00.000Z', '',
 '2026-01-01 00:00:00.000Z', '2026-01-01 00:00:00.000Z' FROM places p JOIN n JOIN leaves l ON l.at = n.i % (SELECT count(*) FROM leaves)`,
		`INSERT INTO article_versions (id, article, number, title, created_on, body, facts, frozen) SELECT published, id, 1, '信息', date(first_published_at, '-10 days'), printf('%.*c', 3000, 'x'), '[]', 1 FROM articles WHERE published LIKE 'v0%'`,
	} {
		if _, err := s.app.NonconcurrentDB().NewQuery(sql).Execute(); err != nil {
			s.t.Fatal(err)
		}
	}
}

// BenchmarkNight measures the nightly run over 168 schools with 100,800 articles,
// alone and while four visitors read cached pages as fast as they can; and a
// school's look at itself.
func BenchmarkNight(b *testing.B) {
	s := serve(b)
	s.wholeDistrict()
	later := s.now.Load().Add(time.Second)
	s.now.Store(&later)
	s.run("new-day") // reads the directory anew
	night := func() time.Duration {
		tomorrow := s.now.Load().Add(24 * time.Hour)
		s.now.Store(&tomorrow)
		begun := time.Now()
		s.run("snapshots")
		return time.Since(begun)
	}
	night()
	b.Run("alone", func(b *testing.B) {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		for b.Loop() {
			night()
		}
		runtime.ReadMemStats(&after)
		b.ReportMetric(float64(after.TotalAlloc-before.TotalAlloc)/float64(b.N)/(1<<20), "MB-allocated/op")
		b.ReportMetric(float64(after.HeapSys)/(1<<20), "MB-heap")
	})
	b.Run("beside readers", func(b *testing.B) {
		alone := s.readersFor(b, func() { time.Sleep(2 * time.Second) })
		beside := s.readersFor(b, func() {
			for b.Loop() {
				night()
			}
		})
		b.ReportMetric(alone.Seconds()*1000, "p99-ms-without")
		b.ReportMetric(beside.Seconds()*1000, "p99-ms-with")
	})
	b.Run("a school looks at itself", func(b *testing.B) {
		for b.Loop() {
			if a := s.do(editorA, http.MethodGet, "/api/app/supervision/today", nil); a.status != http.StatusOK {
				b.Fatal(a.body)
			}
		}
	})
}

// readersFor reads a cached page with four clients while work runs, and gives the
// time within which 99 of 100 were answered.
func (s *server) readersFor(b *testing.B, work func()) time.Duration {
	ctx, stop := context.WithCancel(b.Context())
	defer stop()
	var all sync.WaitGroup
	var mu sync.Mutex
	var took []time.Duration
	for range 4 {
		all.Go(func() {
			for ctx.Err() == nil {
				begun := time.Now()
				r, err := http.Get(s.url + "/s/9999990001")
				if err != nil {
					b.Error(err)
					return
				}
				_ = r.Body.Close()
				mu.Lock()
				took = append(took, time.Since(begun))
				mu.Unlock()
			}
		})
	}
	work()
	stop()
	all.Wait()
	slices.Sort(took)
	return took[len(took)*99/100]
}
