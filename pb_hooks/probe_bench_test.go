package pb_hooks_test

import (
	"fmt"
	"net/http"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// BenchmarkLinksOfAllArticles follows the links of 100,000 public articles of 600
// characters, one in ten with a link inside and one elsewhere, as by night but
// without the rests in between.
func BenchmarkLinksOfAllArticles(b *testing.B) {
	const articles = 100_000
	s := serve(b)
	s.manyLinks(articles)
	var before, after runtime.MemStats
	for b.Loop() {
		runtime.ReadMemStats(&before)
		a := s.do(supervisor, http.MethodPost, probesPath, map[string]any{"school": ""})
		id, _ := a.field("id").(string)
		for s.rowsOf("probe_runs", "id = '"+id+"' AND phase != 'external' AND state = 'running'") > 0 {
			time.Sleep(20 * time.Millisecond)
		}
		runtime.ReadMemStats(&after)
		if done := s.rowsOf("probe_runs", fmt.Sprintf("id = '%s' AND done >= %d", id, articles)); done != 1 {
			b.Fatal("the run did not look at everything")
		}
		if a := s.do(supervisor, http.MethodPost, probesPath+"/"+id+"/cancel", nil); a.status >= 500 {
			b.Fatal(a.body)
		}
	}
	b.ReportMetric(float64(articles*b.N)/b.Elapsed().Seconds(), "articles/s")
	b.ReportMetric(float64(after.HeapAlloc)/(1<<20), "heap-MB")
}

// manyLinks puts articles before the public, in one transaction.
func (s *server) manyLinks(n int) {
	s.t.Helper()
	plain := "<p>" + strings.Repeat("学校食堂本周起调整供餐时间，请各位家长知悉。", 27) + "</p>"
	err := s.app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			body := plain
			if i%10 == 0 {
				body += fmt.Sprintf(`<p><a href="/a/many%011d">见通知</a><a href="https://a%d.example/">另见</a></p>`, i/2, i%500)
			}
			id, version := fmt.Sprintf("many%011d", i), fmt.Sprintf("vers%011d", i)
			const at = "'2026-11-20 04:00:00.000Z'"
			if _, err := tx.DB().NewQuery("INSERT INTO articles (id, school, `column`, title, state, stage, published, published_at, first_published_at, created, updated) VALUES ('" + id + "', '" + schoolA +
				"', 'A0308', '一条信息', 'published', 'drafting', '" + version + "', " + at + ", " + at + ", " + at + ", " + at + ")").Execute(); err != nil {
				return err
			}
			if _, err := tx.DB().NewQuery("INSERT INTO article_versions (id, article, number, title, frozen, body, facts, attachments, created, updated) VALUES ('" + version + "', '" + id +
				"', 1, '一条信息', TRUE, '" + body + "', '[]', '[]', " + at + ", " + at + ")").Execute(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
