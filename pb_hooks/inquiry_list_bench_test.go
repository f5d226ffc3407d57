package pb_hooks_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/pocketbase/pocketbase/core"
)

// BenchmarkInquiryList asks for pages of a list of 200,000 letters of 168 units, one
// in fifty of them open, over HTTP, and reports the 95th percentile of each in
// milliseconds.
func BenchmarkInquiryList(b *testing.B) {
	s := serveRequests(b)
	var originals []string
	for i := range 50 {
		id, _, _ := s.wrote(aQuestion())
		if i > 0 {
			s.answersLetter(id, officerA, "请带户口簿。")
		}
		originals = append(originals, id)
	}
	s.copyLetters(200_000, originals...)
	s.benchPages(b, "/api/app/inquiries", map[string]string{
		"school, newest":           "?per_page=20",
		"school, open, by due day": "?open=1&sort=due&per_page=20",
		"school, mine":             "?mine=1&sort=due&per_page=20",
		"school, words":            "?q=%E8%BD%AC%E5%AD%A6&per_page=20",
		"bureau, all, newest":      "?per_page=20&as=bureau",
		"bureau, page 400":         "?per_page=20&page=400&as=bureau",
		"bureau, open, by due day": "?open=1&sort=due&per_page=20&as=bureau",
		"bureau, overdue":          "?overdue=1&sort=due&per_page=20&as=bureau",
		"bureau, mine":             "?mine=1&sort=due&per_page=20&as=bureau",
		"bureau, words":            "?q=%E8%BD%AC%E5%AD%A6&per_page=20&as=bureau",
		"bureau, words, none":      "?q=%E5%BE%B7%E8%82%B2&per_page=20&as=bureau",
		"bureau, by number":        "?q=LX2026-00001&per_page=20&as=bureau",
		"bureau, state, channel":   "?state=answered&channel=consultation&per_page=20&as=bureau",
		"bureau, one unit":         "?unit=9999990001&per_page=20&as=bureau",
		"bureau, low, rating":      "?low=1&rating=1&per_page=20&as=bureau",
		"bureau, one month":        "?from=2026-10-01&to=2026-10-31&per_page=20&as=bureau",
	})
}

// copyLetters copies letters, with their steps, until there are n: of 700 days, and
// but for one in 168 of units that nobody of the tests works for.
func (s *server) copyLetters(n int, originals ...string) {
	s.t.Helper()
	err := s.app.RunInTransaction(func(tx core.App) error {
		for i := range n {
			original, id := originals[i%len(originals)], fmt.Sprintf("copy%011d", i)
			set := map[string]string{"id": quoted(id), "number": quoted(fmt.Sprintf("LX2025-%05d", i)), "resend": "''",
				"submitted": quoted(now.AddDate(0, 0, -i%700).Format(time.DateOnly))}
			if i%168 > 0 {
				set["unit"] = quoted(fmt.Sprintf("unit%011d", i%168))
			}
			if err := copyRows(tx, "inquiries", "id", original, set); err != nil {
				return err
			}
			if err := copyRows(tx, "inquiry_steps", "inquiry", original, map[string]string{"id": "'s' || substr(" + quoted(id) + ", 6) || substr(id, 1, 4)", "inquiry": quoted(id)}); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		s.t.Fatal(err)
	}
}
