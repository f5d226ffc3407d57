package pb_hooks_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

// BenchmarkFiling files applications over HTTP from 32 clients, and before that
// lets the same driver commit single rows from 32 goroutines, each of them synced:
// what the disk and the driver can do. share is the one divided by the other.
func BenchmarkFiling(b *testing.B) {
	for _, bb := range []struct {
		name   string
		papers int
	}{{"without papers", 0}, {"with a small proof", 1}} {
		b.Run(bb.name, func(b *testing.B) {
			s := serveRequests(b)
			district := s.record("districts", "district0000000")
			district.Set("filings_per_hour", 0)
			if err := s.app.Save(district); err != nil {
				b.Fatal(err)
			}
			s.app.Settings().RateLimits.Enabled = false
			bodies, kind := s.manyForms(b, b.N, bb.papers)
			rows := rowsPerSecond(b, 3000)
			var next atomic.Int64
			var clients sync.WaitGroup
			b.ResetTimer()
			for range 32 {
				clients.Go(func() {
					for n := next.Add(1); int(n) <= b.N; n = next.Add(1) {
						if _, err := post(s.url+doorA, kind, bodies[n-1]); err != nil {
							b.Error(err)
							return
						}
					}
				})
			}
			clients.Wait()
			filings := float64(b.N) / b.Elapsed().Seconds()
			b.ReportMetric(filings, "filings/s")
			b.ReportMetric(rows, "rows/s")
			b.ReportMetric(filings/rows, "share")
		})
	}
}

var keepOpen = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}

// post sends a form and returns the receipt.
func post(url, kind string, body []byte) (string, error) {
	res, err := keepOpen.Post(url, kind, bytes.NewReader(body))
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		return "", fmt.Errorf("%d %s %v", res.StatusCode, text, err)
	}
	return string(text), nil
}

// manyForms are n different applications as they are sent, and their content type.
func (s *server) manyForms(t testing.TB, n, papers int) (bodies [][]byte, kind string) {
	t.Helper()
	proof := picture(t)
	for i := range n {
		if i%50 == 0 {
			pb_hooks.ForgetPaces(s.app)
		}
		raw, err := json.Marshal(filledIn(goodApplication(), map[string]any{"resend": fmt.Sprintf("bench-%s-%09d", t.Name(), i), "proof": s.solved(),
			"phone": fmt.Sprintf("139%08d", i), "email": fmt.Sprintf("p%d@example.cn", i)}))
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		if err := w.SetBoundary("form-of-the-bench"); err != nil {
			t.Fatal(err)
		}
		if err := w.WriteField("application", string(raw)); err != nil {
			t.Fatal(err)
		}
		part, err := w.CreateFormFile("proofs", "证件.png")
		if err == nil {
			_, err = part.Write(proof)
		}
		if err != nil || w.Close() != nil {
			t.Fatal(err)
		}
		bodies, kind = append(bodies, b.Bytes()), w.FormDataContentType()
	}
	pb_hooks.ForgetPaces(s.app)
	return bodies, kind
}

// rowsPerSecond is how many single rows the driver commits in a second, from 32
// goroutines over one connection, which is the quickest way it has.
func rowsPerSecond(b *testing.B, n int) float64 {
	b.Helper()
	db, err := pb_hooks.ConnectDB(filepath.Join(b.TempDir(), "rows.db"))
	if err != nil {
		b.Fatal(err)
	}
	defer db.Close()
	db.DB().SetMaxOpenConns(1)
	if _, err := db.NewQuery("CREATE TABLE rows (id TEXT PRIMARY KEY, text TEXT)").Execute(); err != nil {
		b.Fatal(err)
	}
	insert, err := db.DB().Prepare("INSERT INTO rows VALUES (?, 'the text of a row')")
	if err != nil {
		b.Fatal(err)
	}
	began := b.Elapsed()
	b.StartTimer()
	var next atomic.Int64
	var all sync.WaitGroup
	for range 32 {
		all.Go(func() {
			for next.Add(1) <= int64(n) {
				tx, err := db.DB().Begin()
				if err == nil {
					_, err = tx.Stmt(insert).Exec(core.GenerateDefaultRandomId())
				}
				if err == nil {
					err = tx.Commit()
				}
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	rate := float64(n) / (b.Elapsed() - began).Seconds()
	b.StartTimer()
	return rate
}
