package pb_hooks_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"gongkai/pb_hooks"
)

// What a letter inserts past the records is what saving them would have stored.
func TestALetterLeavesTheRowsThatSavingWouldLeave(t *testing.T) {
	heavy(t)
	stored := func(file func(s *server)) map[string][]string {
		s := serveRequests(t)
		before := s.lastRow()
		file(s)
		rows := map[string][]string{"deeds": s.deeds(before)}
		for _, table := range []string{"inquiries", "inquiry_letters", "inquiry_steps", "foi_mails", "foi_serials", "notifications"} {
			rows[table] = s.shapes(table)
		}
		if report := s.verified(); !report.IsIntact() {
			t.Errorf("the audit: %v", report.Breaks)
		}
		return rows
	}
	longest := map[string]any{"name": strings.Repeat("名", 50), "guardian": "13900139000", "resend": strings.Repeat("r", 100),
		"fields": map[string]string{"title": strings.Repeat("题", 60), "text": strings.Repeat("述，", 2500)}}
	for name, change := range map[string]map[string]any{
		"the usual":                 {},
		"every field at its most":   longest,
		"urgent, without a name":    {"category": "bullying", "anonymous": true, "may_publish": false},
		"about the principal":       {"about_principal": true, "category": "complaint"},
		"held":                      {"fields": map[string]string{"title": "优惠", "text": "加微信，名额有限"}},
		"reached by telephone":      {"contact": "13800138000"},
		"a mistake on a page":       {"channel": "erratum", "category": "mistake", "may_publish": false, "fields": map[string]string{"page": "https://a.cn/a/1", "words": "二〇二五", "text": "应为二〇二六年"}},
		"a question, not to appear": {"channel": "consultation", "category": "question", "may_publish": false},
	} {
		t.Run(name, func(t *testing.T) {
			form := filledIn(filledIn(goodLetter(), map[string]any{"resend": "the-same-form-twice"}), change)
			fast := stored(func(s *server) {
				if a := s.writeTo(lettersA, form, paper{"papers", "材料.png", picture(t)}, paper{"papers", "材料.png", picture(t)}); a.status != http.StatusOK {
					t.Fatalf("%d %s", a.status, a.body)
				}
			})
			slow := stored(func(s *server) {
				if err := pb_hooks.FileLetterByRecords(s.app, schoolA, form, picture(t), picture(t)); err != nil {
					t.Fatal(err)
				}
			})
			for _, table := range slices.Sorted(maps.Keys(slow)) {
				none := table == "foi_mails" && (form["anonymous"] != nil || form["contact"] == "13800138000")
				if (len(slow[table]) == 0) != none || !slices.Equal(fast[table], slow[table]) {
					t.Errorf("%s:\ngot  %v\nwant %v", table, fast[table], slow[table])
				}
			}
		})
	}
}

// Many write at once, letters and applications, and every form twice at the same
// time: each form is one case with one number, and neither series has a gap.
func TestManyWriteTogether(t *testing.T) {
	s := serveRequests(t)
	s.withoutPaces()
	const clients, each = 32, 4
	letters, kind := s.manyLetters(t, clients*each/2)
	applications, _ := s.manyForms(t, clients*each/2)
	numbers := map[string]int{}
	var mu sync.Mutex
	click := func(door string, body []byte) {
		var said [2]string
		var both sync.WaitGroup
		for i := range said {
			both.Go(func() {
				text, err := post(s.url+door, kind, body)
				if err != nil {
					t.Error(err)
				}
				said[i] = text
			})
		}
		both.Wait()
		if said[0] != said[1] {
			t.Errorf("one form, two receipts: %s %s", said[0], said[1])
		}
		mu.Lock()
		defer mu.Unlock()
		numbers[fmt.Sprint(answer{body: said[0]}.field("number"))]++
	}
	var all sync.WaitGroup
	for c := range clients {
		all.Go(func() {
			for n := range each / 2 {
				click(lettersA, letters[c*each/2+n])
				click(doorA, applications[c*each/2+n])
			}
		})
	}
	all.Wait()
	for n := range len(letters) {
		for _, series := range []string{"LX", "SQ"} {
			if number := fmt.Sprintf("%s2026-%05d", series, n+1); numbers[number] != 1 {
				t.Errorf("%s was given %d times", number, numbers[number])
			}
		}
	}
	s.lettersOnFile(len(letters), 0)
	s.mustHold(len(applications), len(applications))
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}
