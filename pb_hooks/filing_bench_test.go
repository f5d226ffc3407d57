package pb_hooks_test

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks"
)

// BenchmarkFiling files applications, with a proof each, over HTTP from 32 clients. It
// takes turns with the same driver committing single rows from 32 goroutines, each of
// them synced: what the disk and the driver can do. share is the one divided by the
// other, the median of the turns.
func BenchmarkFiling(b *testing.B) {
	s := serveRequests(b)
	forms, kind := s.manyForms(b, b.N)
	benchmarkFiling(b, s, doorA, forms, kind)
}

// BenchmarkFilingLetters does the same with letters.
func BenchmarkFilingLetters(b *testing.B) {
	s := serveRequests(b)
	forms, kind := s.manyLetters(b, b.N)
	benchmarkFiling(b, s, lettersA, forms, kind)
}

func benchmarkFiling(b *testing.B, s *server, door string, forms [][]byte, kind string) {
	b.Helper()
	s.withoutPaces()
	db, insert := rowWriter(b)
	var filings, rows, shares []float64
	b.ResetTimer()
	for turn := range slices.Chunk(forms, max(1, b.N/10)) {
		b.StopTimer()
		rows = append(rows, perSecond(b, turn, func(next func() []byte) error { return insertAll(db, insert, next) }))
		b.StartTimer()
		filings = append(filings, perSecond(b, turn, func(next func() []byte) error { return fileAll(s.url, door, kind, next) }))
		shares = append(shares, filings[len(filings)-1]/rows[len(rows)-1])
	}
	for unit, values := range map[string][]float64{"filings/s": filings, "rows/s": rows, "share": shares} {
		slices.Sort(values)
		b.ReportMetric(values[len(values)/2], unit)
	}
}

// withoutPaces lets one address file as much as it likes.
func (s *server) withoutPaces() {
	s.t.Helper()
	district := s.record("districts", "district0000000")
	district.Set("filings_per_hour", 0)
	if err := s.app.Save(district); err != nil {
		s.t.Fatal(err)
	}
	s.app.Settings().RateLimits.Enabled = false
}

// perSecond lets 32 goroutines do work with the forms, each taking the next until it
// is nil, and returns how many are done in a second.
func perSecond(b *testing.B, forms [][]byte, work func(next func() []byte) error) float64 {
	b.Helper()
	var taken atomic.Int64
	next := func() []byte {
		if n := int(taken.Add(1)); n <= len(forms) {
			return forms[n-1]
		}
		return nil
	}
	var all sync.WaitGroup
	began := time.Now()
	for range 32 {
		all.Go(func() {
			if err := work(next); err != nil {
				b.Error(err)
			}
		})
	}
	all.Wait()
	return float64(len(forms)) / time.Since(began).Seconds()
}

// fileAll sends forms over one connection until none is left. It is a client that
// takes little of the time that is the server's.
func fileAll(url, door, kind string, next func() []byte) error {
	address := strings.TrimPrefix(url, "http://")
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return err
	}
	defer conn.Close()
	answers := bufio.NewReader(conn)
	for body := next(); body != nil; body = next() {
		request := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n", door, address, kind, len(body))
		if _, err := conn.Write(append(request, body...)); err != nil {
			return err
		}
		res, err := http.ReadResponse(answers, nil)
		if err != nil {
			return err
		}
		text, err := io.ReadAll(res.Body)
		if err = errors.Join(err, res.Body.Close()); err != nil || res.StatusCode != http.StatusOK {
			return fmt.Errorf("%d %s %v", res.StatusCode, text, err)
		}
	}
	return nil
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

// manyForms are n different applications as they are sent, each with a small proof,
// and their content type.
func (s *server) manyForms(t testing.TB, n int) (bodies [][]byte, kind string) {
	t.Helper()
	proof := picture(t)
	for i := range n {
		if i%50 == 0 {
			pb_hooks.ForgetPaces(s.app)
		}
		application := filledIn(goodApplication(), map[string]any{"resend": fmt.Sprintf("bench-%s-%09d", t.Name(), i), "proof": s.solved(),
			"phone": fmt.Sprintf("139%08d", i), "email": fmt.Sprintf("p%d@example.cn", i)})
		var body []byte
		body, kind = encoded(t, "application", application, paper{"proofs", "证件.png", proof})
		bodies = append(bodies, body)
	}
	pb_hooks.ForgetPaces(s.app)
	return bodies, kind
}

// manyLetters are n different letters as they are sent, from as many writers.
func (s *server) manyLetters(t testing.TB, n int) (bodies [][]byte, kind string) {
	t.Helper()
	for i := range n {
		if i%50 == 0 {
			pb_hooks.ForgetPaces(s.app)
		}
		var body []byte
		body, kind = encoded(t, "letter", filledIn(goodLetter(), map[string]any{"proof": s.solved(), "contact": fmt.Sprintf("w%d@example.cn", i)}))
		bodies = append(bodies, body)
	}
	pb_hooks.ForgetPaces(s.app)
	return bodies, kind
}

// encoded is a form as it is sent, and its content type.
func encoded(t testing.TB, typed string, form map[string]any, papers ...paper) ([]byte, string) {
	t.Helper()
	raw, err := json.Marshal(form)
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	if err = errors.Join(w.SetBoundary("form-of-the-tests"), w.WriteField(typed, string(raw))); err != nil {
		t.Fatal(err)
	}
	for _, p := range papers {
		part, err := w.CreateFormFile(p.field, p.name)
		if err == nil {
			_, err = part.Write(p.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), w.FormDataContentType()
}

// rowWriter is a database as a server has it, with one connection, which is the
// quickest way that it writes, and a statement that inserts a row.
func rowWriter(b *testing.B) (*sql.DB, *sql.Stmt) {
	b.Helper()
	db, err := pb_hooks.ConnectDB(filepath.Join(b.TempDir(), "rows.db"))
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { _ = db.Close() })
	db.DB().SetMaxOpenConns(1)
	if _, err := db.NewQuery("CREATE TABLE rows (id TEXT PRIMARY KEY, form TEXT)").Execute(); err != nil {
		b.Fatal(err)
	}
	insert, err := db.DB().Prepare("INSERT INTO rows VALUES (?, ?)")
	if err != nil {
		b.Fatal(err)
	}
	return db.DB(), insert
}

// insertAll commits a row for each form, as wide as what was typed into it.
func insertAll(db *sql.DB, insert *sql.Stmt, next func() []byte) error {
	for form := next(); form != nil; form = next() {
		typed, _, _ := bytes.Cut(form, []byte("Content-Disposition: form-data; name=\"proofs\""))
		tx, err := db.Begin()
		if err == nil {
			_, err = tx.Stmt(insert).Exec(core.GenerateDefaultRandomId(), string(typed))
		}
		if err == nil {
			err = tx.Commit()
		}
		if err != nil {
			return err
		}
	}
	return nil
}
