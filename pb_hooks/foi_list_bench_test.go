package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// BenchmarkRequestList asks for pages of a list of 50,000 requests with filters
// and sorts, over HTTP, and reports the 95th percentile of each in milliseconds.
func BenchmarkRequestList(b *testing.B) {
	s := serveRequests(b)
	s.fill(50_000, s.answered(), s.inHand(), s.underReviewOnly())
	s.benchPages(b, "/api/app/requests", map[string]string{
		"school, newest":            "?per_page=50",
		"school, open, by due day":  "?open=1&sort=due",
		"school, mine":              "?mine=1&sort=due",
		"school, red":               "?level=red&sort=due",
		"school, words":             "?q=" + "%E6%8B%9B%E6%A0%87" + "&sort=-received",
		"school, one month":         "?from=2026-11-01&to=2026-11-30&sort=received",
		"school, by outcome":        "?outcome=1.1&sort=-number",
		"school, page 400":          "?page=400",
		"school, by number":         "?q=SQ2026-00001",
		"bureau, all, newest":       "?per_page=50&as=bureau",
		"bureau, open, by due day":  "?open=1&sort=due&as=bureau",
		"bureau, state and channel": "?state=processing&channel=online&as=bureau",
	})
}

// benchPages asks for addresses under a path, those with as=bureau as the supervisor
// and others as the clerk, and reports the 95th percentile of each in milliseconds.
func (s *server) benchPages(b *testing.B, path string, queries map[string]string) {
	for name, query := range queries {
		b.Run(name, func(b *testing.B) {
			who := clerkA
			if strings.Contains(query, "as=bureau") {
				who = supervisor
			}
			token := s.token(who)
			var took []time.Duration
			for b.Loop() {
				began := time.Now()
				req, err := http.NewRequest(http.MethodGet, s.url+path+query, nil)
				if err != nil {
					b.Fatal(err)
				}
				req.Header.Set("Authorization", token)
				res, err := http.DefaultClient.Do(req)
				if err != nil || res.StatusCode != http.StatusOK {
					b.Fatal(res, err)
				}
				res.Body.Close()
				took = append(took, time.Since(began))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

func (s *server) underReviewOnly() string { id, _ := s.underReview(); return id }

// fill copies requests, with their steps and applications, until there are n.
func (s *server) fill(n int, originals ...string) {
	s.t.Helper()
	err := s.app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			original, id := originals[i%len(originals)], fmt.Sprintf("copy%011d", i)
			day := now.AddDate(0, 0, -i%700).Format(time.DateOnly)
			for _, of := range []struct {
				table, key string
				set        map[string]string
			}{
				{"foi_requests", "id", map[string]string{"id": quoted(id), "number": quoted(fmt.Sprintf("SQ2025-%05d", i)), "resend": "''", "submitted": quoted(day), "received": quoted(day)}},
				{"foi_steps", "request", map[string]string{"id": "'s' || substr(" + quoted(id) + ", 6) || substr(id, 1, 4)", "request": quoted(id)}},
				{"foi_applications", "request", map[string]string{"id": "'a' || substr(" + quoted(id) + ", 2)", "request": quoted(id)}},
			} {
				if err := copyRows(tx, of.table, of.key, original, of.set); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}

func quoted(text string) string { return "'" + text + "'" }

// copyRows copies the rows of a table whose key has a value, with some columns
// set anew.
func copyRows(tx core.App, table, key, value string, set map[string]string) error {
	var columns []struct {
		Name string `db:"name"`
	}
	if err := tx.DB().NewQuery("PRAGMA table_info(" + table + ")").All(&columns); err != nil {
		return err
	}
	var names, values []string
	for _, c := range columns {
		names = append(names, "[["+c.Name+"]]")
		if expression, ok := set[c.Name]; ok {
			values = append(values, expression)
			continue
		}
		values = append(values, "[["+c.Name+"]]")
	}
	_, err := tx.DB().NewQuery("INSERT INTO " + table + " (" + strings.Join(names, ", ") + ") SELECT " + strings.Join(values, ", ") + " FROM " + table +
		" WHERE " + key + " = {:value}").Bind(dbx.Params{"value": value}).Execute()
	return err
}
