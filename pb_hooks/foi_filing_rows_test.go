package pb_hooks_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks"
)

// What a filing inserts past the records is what saving them would have stored:
// the same tables, columns and values, but for what is made anew each time.
func TestAFilingLeavesTheRowsThatSavingWouldLeave(t *testing.T) {
	heavy(t)
	stored := func(file func(s *server)) map[string][]string {
		s := serveRequests(t)
		before := s.lastRow()
		file(s)
		rows := map[string][]string{"deeds": s.deeds(before)}
		for _, table := range []string{"foi_requests", "foi_applications", "foi_steps", "foi_mails", "foi_serials", "notifications"} {
			rows[table] = s.shapes(table)
		}
		if report := s.verified(); !report.IsIntact() {
			t.Errorf("the audit: %v", report.Breaks)
		}
		return rows
	}
	longest := map[string]any{"resend": strings.Repeat("r", 100), "name": strings.Repeat("名", 100), "work_unit": strings.Repeat("单", 100),
		"address": strings.Repeat("址", 200), "email": strings.Repeat("e", 87) + "@" + "example.cn", "subject": strings.Repeat("题", 200),
		"details": strings.Repeat("述", 2000), "index_no": strings.Repeat("号", 100), "purpose": strings.Repeat("用", 500),
		"agent_name": strings.Repeat("代", 50), "agent_id_kind": "passport", "agent_id_number": "E7654321", "fax": "02112345678", "postcode": "200000",
		"forms": []string{"paper", "file", "disc"}, "ways": []string{"collected", "by_post", "by_courier", "by_email", "by_fax"}, "help": true, "applied_on": dayOf(now)}
	organisation := map[string]any{"class": "business", "id_kind": "", "id_number": "", "credit_code": "91350100M000100Y43", "legal_rep": "王五", "contact": "赵六", "email": ""}
	for name, change := range map[string]map[string]any{"the usual": {}, "every field at its longest": longest, "an organisation": organisation} {
		t.Run(name, func(t *testing.T) {
			change = filledIn(map[string]any{"resend": "the-same-form-twice"}, change)
			fast := stored(func(s *server) {
				papers := []paper{s.proof(), s.proof()}
				if change["agent_name"] != nil {
					papers = append(papers, paper{"mandates", "委托书.png", picture(t)})
				}
				if a := s.fileAs("", doorA, filledIn(goodApplication(), change), papers...); a.status != http.StatusOK {
					t.Fatalf("%d %s", a.status, a.body)
				}
			})
			slow := stored(func(s *server) {
				mandates := 0
				if change["agent_name"] != nil {
					mandates = 1
				}
				if err := pb_hooks.FileByRecords(s.app, schoolA, filledIn(goodApplication(), change), picture(t), 2, mandates); err != nil {
					t.Fatal(err)
				}
			})
			for _, table := range slices.Sorted(maps.Keys(slow)) {
				if (len(slow[table]) == 0) != (table == "foi_mails" && change["email"] == "") || !slices.Equal(fast[table], slow[table]) {
					t.Errorf("%s:\ngot  %v\nwant %v", table, fast[table], slow[table])
				}
			}
		})
	}
}

var (
	// what differs from one filing to the next
	anyID      = regexp.MustCompile(`\b[a-z0-9]{15}\b`)
	anyInstant = regexp.MustCompile(`20\d\d-\d\d-\d\d \d\d:\d\d:\d\d\.\d+Z`)
	anyFile    = regexp.MustCompile(`sealed_[a-z0-9]+\.bin`)
	anySeal    = regexp.MustCompile(`^(s1)\.([0-9a-f]+)\..*$`)
)

// shapes are the rows of a table with what differs each time left out; of what is
// sealed the plain text stands there.
func (s *server) shapes(table string) (list []string) {
	s.t.Helper()
	by := sealer(s.t, s.app)
	found, err := s.app.FindAllRecords(table)
	if err != nil {
		s.t.Fatal(err)
	}
	var rows []dbx.NullStringMap
	if err := s.app.DB().NewQuery("SELECT * FROM " + table + " ORDER BY rowid").All(&rows); err != nil || len(rows) != len(found) {
		s.t.Fatal(err)
	}
	for i, row := range rows {
		var b strings.Builder
		for _, column := range slices.Sorted(maps.Keys(row)) {
			text := row[column].String
			if anySeal.MatchString(text) {
				if text, err = by.Unseal(found[i], column); err != nil {
					s.t.Errorf("%s.%s: %v", table, column, err)
				}
				if column == "code" {
					text = "a code"
				}
			}
			text = anyFile.ReplaceAllString(anyInstant.ReplaceAllString(anyID.ReplaceAllString(text, "ID"), "INSTANT"), "FILE")
			fmt.Fprintf(&b, "%s=%q(%v) ", column, text, row[column].Valid)
		}
		list = append(list, b.String())
	}
	return list
}
