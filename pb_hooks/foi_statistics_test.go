package pb_hooks_test

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/xuri/excelize/v2"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/workday"
)

const statistics = "/api/app/requests/statistics"

// table reads table 3 or 4 of an answer as figures by row.
func (a answer) table(name string) map[string][]int {
	table := map[string][]int{}
	rows, _ := a.field(name, "rows").([]any)
	for _, r := range rows {
		row := r.(map[string]any)
		for _, f := range row["figures"].([]any) {
			table[row["id"].(string)] = append(table[row["id"].(string)], int(f.(float64)))
		}
	}
	return table
}

func (s *server) statistics(as, query string) answer {
	s.t.Helper()
	a := s.do(as, http.MethodGet, statistics+query, nil)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s as %s: %d %s", query, as, a.status, a.body)
	}
	return a
}

// received is a request received on a day, and withdrawn on another if that is not "".
func received(on, withdrawn workday.Date) []foi.Event {
	events := []foi.Event{{Do: foi.Submit, As: foi.Applicant, On: on, Recorded: on, Channel: foi.Online}, {Do: foi.Register, As: foi.System, On: on, Recorded: on}}
	if withdrawn != "" {
		events = append(events, foi.Event{Do: foi.Withdraw, As: foi.Applicant, On: withdrawn, Recorded: withdrawn, Reason: "不再需要"})
	}
	return events
}

func (s *server) store(school string, class foi.ApplicantClass, events []foi.Event) string {
	s.t.Helper()
	n, err := s.app.CountRecords("foi_requests")
	if err != nil {
		s.t.Fatal(err)
	}
	id, err := pb_hooks.StoreCase(s.app, school, fmt.Sprintf("SQ2025-%05d", n+1), class, events)
	if err != nil {
		s.t.Fatal(err)
	}
	return id
}

func TestStatisticsAreSeenByThoseWhoMay(t *testing.T) {
	s := serveRequests(t)
	s.store(schoolA, foi.ClassPerson, received("2026-03-02", ""))
	s.store(schoolB, foi.ClassLegal, received("2026-03-03", ""))
	want := map[string]map[string]int{ // new requests by what is asked for; 0 is refused
		clerkA: {"": 1, "?school=9999990001": 1}, officerA: {"": 1, "?school=9999990001": 1}, secrecyA: {"": 1, "?school=9999990001": 1},
		principalA: {"": 1, "?school=9999990001": 1}, clerkB: {"": 1, "?school=9999990002": 1}, secrecyB: {"": 1, "?school=9999990002": 1},
		supervisor: {"": 2, "?school=all": 2, "?school=9999990001": 1, "?school=9999990002": 1},
	}
	for _, who := range viewers {
		for _, query := range []string{"", "?school=all", "?school=9999990001", "?school=9999990002"} {
			a := s.do(who, http.MethodGet, statistics+query, nil)
			n := want[who][query]
			if n == 0 && a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
				t.Errorf("%q asks for %q: %d", who, query, a.status)
			}
			if n > 0 && (a.status != http.StatusOK || a.field("check", "new") != float64(n)) {
				t.Errorf("%q asks for %q: %d %v", who, query, a.status, a.field("check"))
			}
		}
	}
	for query, field := range map[string]string{"?from=2026-02-30&to=2026-03-01": "from", "?from=2026-03-01": "to", "?from=2026-03-02&to=2026-03-01": "to",
		"?from=1990-01-01&to=2026-01-01": "from", "?school=1": "school"} {
		if a := s.do(supervisor, http.MethodGet, statistics+query, nil); a.status != http.StatusBadRequest || a.field("data", field, "message") == nil {
			t.Errorf("%s: %d %s", query, a.status, a.body)
		}
	}
}

// The district is the sum of its schools, and what all cases together give; behind
// each figure are as many cases as it says, and no others' are listed.
func TestTheFiguresAreTheirCases(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	s.walks(3, 60)
	for _, period := range []foi.Period{foi.YearOf(2025), {From: "2025-03-01", To: "2025-09-30"}} {
		query := fmt.Sprintf("?from=%s&to=%s", period.From, period.To)
		district, a, b := s.statistics(supervisor, query), s.statistics(clerkA, query), s.statistics(clerkB, query)
		_, replayed, _, disputes, err := pb_hooks.Counted(s.app, period.To)
		if err != nil {
			t.Fatal(err)
		}
		whole3, err := foi.Table3(replayed, period)
		if err != nil {
			t.Fatal(err)
		}
		whole4, err := foi.Table4(disputes, period)
		if err != nil {
			t.Fatal(err)
		}
		figures := 0
		for name, rows := range map[string]map[string][]int{"table3": district.table("table3"), "table4": district.table("table4")} {
			for id, row := range rows {
				for i, figure := range row {
					if sum := a.table(name)[id][i] + b.table(name)[id][i]; sum != figure {
						t.Errorf("%s, %s column %d: the district %d, its schools %d", name, id, i+1, figure, sum)
					}
					key, whole := fmt.Sprintf("%sc%d", id, i+1), 0
					if name == "table4" {
						key, whole = fmt.Sprintf("%s.%d", id, i+1), whole4.Figures[foi.Remedy(id)][i].Count
					} else {
						var row int
						fmt.Sscanf(id, "r%d", &row)
						whole = whole3.At(row, i+1).Count
					}
					if whole != figure {
						t.Errorf("%s of the district is %d, of all cases %d", key, figure, whole)
					}
					if figure == 0 || name == "table4" {
						continue
					}
					figures++
					if n := s.do(supervisor, http.MethodGet, "/api/app/requests"+query+"&figure="+key, nil).field("total"); n != float64(figure) {
						t.Errorf("%s: %d in the table, %v in the list", key, figure, n)
					}
					list := s.do(clerkA, http.MethodGet, "/api/app/requests"+query+"&figure="+key, nil)
					if n := list.field("total"); n != float64(a.table(name)[id][i]) || list.has("云帆中学") {
						t.Errorf("%s of school A: %d in the table, %v in the list", key, a.table(name)[id][i], n)
					}
				}
			}
		}
		if figures < 20 || district.field("check", "holds") != true {
			t.Errorf("%d figures, check %v", figures, district.field("check"))
		}
	}
	complaints := s.statistics(supervisor, "?from=2024-01-01&to=2027-12-31").table("table4")
	for id, row := range complaints {
		list := s.do(supervisor, http.MethodGet, "/api/app/requests?from=2024-01-01&to=2027-12-31&figure="+id+".5", nil)
		if n, _ := list.field("total").(float64); int(n) > row[4] || n == 0 && row[4] > 0 {
			t.Errorf("%s: %d in the table, %v in the list", id, row[4], n)
		}
	}
	for _, figure := range []string{"r26c1", "r01c8", "r1", "x", "complaint.6", "other.1"} {
		if a := s.do(supervisor, http.MethodGet, "/api/app/requests?figure="+figure, nil); a.status != http.StatusBadRequest {
			t.Errorf("%s: %d", figure, a.status)
		}
	}
}

func (s *server) at(day string) {
	s.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", day+" 09:00", time.FixedZone("CST", 8*3600))
	if err != nil {
		s.t.Fatal(err)
	}
	s.now.Store(&at)
}

// Years follow one another: what one carries over the next begins with, until
// somebody changes the past, and then a frozen year says so.
func TestAYearIsFrozenOnce(t *testing.T) {
	s := serveRequests(t)
	freeze := statistics + "/freeze"
	s.at("2025-12-31")
	through := s.store(schoolA, foi.ClassPerson, received("2025-12-20", ""))
	s.store(schoolA, foi.ClassLegal, received("2025-12-30", "2026-01-05"))
	s.store(schoolA, foi.ClassPerson, received("2025-03-03", "2025-03-04"))
	s.store(schoolB, foi.ClassPerson, received("2025-06-03", ""))
	if a := s.do(officerA, http.MethodPost, freeze, map[string]any{"year": 2025}); a.status != http.StatusBadRequest || !a.has("2026-01-01") {
		t.Errorf("before the year is over: %d %s", a.status, a.body)
	}
	s.at("2026-01-06")
	for _, who := range viewers {
		if who == officerA || who == principalA {
			continue
		}
		if a := s.do(who, http.MethodPost, freeze, map[string]any{"year": 2025}); a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
			t.Errorf("%q freezes: %d %s", who, a.status, a.body)
		}
	}
	if a := s.do(officerA, http.MethodPost, freeze, map[string]any{"year": 1999}); a.status != http.StatusBadRequest {
		t.Errorf("1999: %d", a.status)
	}
	if a := s.statistics(officerA, "?from=2025-01-01&to=2025-12-31"); a.field("may_freeze") != true || a.field("frozen_at") != "" {
		t.Errorf("before: %v %v", a.field("may_freeze"), a.field("frozen_at"))
	}
	a := s.do(officerA, http.MethodPost, freeze, map[string]any{"year": 2025})
	if a.status != http.StatusOK || a.field("frozen_by") != officerA || a.field("may_freeze") != false || a.field("check", "open") != 2.0 {
		t.Fatalf("freeze: %d %s", a.status, a.body)
	}
	if again := s.do(principalA, http.MethodPost, freeze, map[string]any{"year": 2025}); again.status != http.StatusConflict {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	if n, err := s.app.CountRecords("audit_log", nil); err != nil || n == 0 || !s.dump("audit_log", "freeze") {
		t.Errorf("the audit: %d %v", n, err)
	}
	for _, sql := range []string{"UPDATE foi_tables SET year = 2024", "DELETE FROM foi_tables"} {
		if _, err := s.app.DB().NewQuery(sql).Execute(); err == nil {
			t.Errorf("%s: went through", sql)
		}
	}
	bureau := s.statistics(supervisor, "?from=2025-01-01&to=2025-12-31")
	frozen := map[string]bool{}
	for _, line := range bureau.field("schools").([]any) {
		l := line.(map[string]any)
		frozen[l["code"].(string)] = l["frozen_at"] != ""
	}
	if !frozen["9999990001"] || frozen["9999990002"] || len(frozen) != 2 || bureau.field("check", "open") != 3.0 {
		t.Errorf("the bureau sees %v, %v", frozen, bureau.field("check"))
	}

	// carried over into 2026, and again into 2027
	s.at("2027-02-01")
	year := func(y int) answer { return s.statistics(principalA, fmt.Sprintf("?from=%d-01-01&to=%d-12-31", y, y)) }
	for y, want := range map[int][4]float64{2024: {0, 0, 0, 0}, 2025: {3, 0, 1, 2}, 2026: {0, 2, 1, 1}, 2027: {0, 1, 0, 1}} {
		a := year(y)
		got := [4]float64{a.field("check", "new").(float64), a.field("check", "carried").(float64), a.field("check", "closed").(float64), a.field("check", "open").(float64)}
		if got != want || len(a.field("drifts").([]any)) != 0 {
			t.Errorf("%d: %v, want %v; drifts %v", y, got, want, a.field("drifts"))
		}
	}

	// the past changes: one turns out to be void, one lay in a drawer
	if _, err := s.app.DB().NewQuery("UPDATE foi_requests SET ending = 'void', state = 'void', closed = '2027-01-20' WHERE id = '" + through + "'").Execute(); err != nil {
		t.Fatal(err)
	}
	s.store(schoolA, foi.ClassOther, received("2025-11-11", ""))
	if a := year(2025); a.field("check", "new") != 3.0 || a.field("check", "open") != 2.0 || a.field("frozen_at") == "" {
		t.Errorf("a frozen year changed: %v", a.field("check"))
	}
	for _, y := range []int{2025, 2026} {
		drifts := year(y).field("drifts").([]any)
		if len(drifts) != 1 {
			t.Fatalf("%d: drifts %v", y, drifts)
		}
		d := drifts[0].(map[string]any)
		if d["year"] != 2025.0 || !strings.Contains(fmt.Sprint(d["vanished"]), "SQ2025-00001") || !strings.Contains(fmt.Sprint(d["appeared"]), "SQ2025-00005") {
			t.Errorf("%d: %v", y, d)
		}
	}
	if list := s.do(principalA, http.MethodGet, "/api/app/requests?figure=r01c7&from=2025-01-01&to=2025-12-31", nil); list.field("total") != 3.0 {
		t.Errorf("the cases behind a frozen figure: %v", list.field("total"))
	}
}

func TestPlainFigures(t *testing.T) {
	s := serveRequests(t)
	s.answered()
	a := s.statistics(clerkA, "")
	if a.field("plain", "answered") != 1.0 || a.field("plain", "on_time") != 1.0 || a.field("plain", "workdays") == nil {
		t.Errorf("answered: %v", a.field("plain"))
	}
	rate := func(n, from int) {
		for i := range n {
			id := s.store(schoolA, foi.ClassPerson, received("2026-03-02", ""))
			sql := fmt.Sprintf("UPDATE foi_requests SET ending = 'answered', state = 'answered', closed = '2026-03-12', outcome = '1.1', late = %d, rating = %d WHERE id = '%s'",
				i%2, from+i%2, id)
			if _, err := s.app.DB().NewQuery(sql).Execute(); err != nil {
				t.Fatal(err)
			}
		}
	}
	rate(9, 4)
	a = s.statistics(clerkA, "")
	if a.field("plain", "ratings", "count") != 9.0 || a.field("plain", "ratings", "average") != nil || len(a.field("plain", "ratings", "stars").([]any)) != 0 {
		t.Errorf("nine ratings are broken down: %v", a.field("plain", "ratings"))
	}
	if a.field("plain", "answered") != 10.0 || a.field("plain", "on_time") != 6.0 {
		t.Errorf("on time: %v of %v", a.field("plain", "on_time"), a.field("plain", "answered"))
	}
	rate(1, 4)
	a = s.statistics(clerkA, "")
	if a.field("plain", "ratings", "average") != 4.4 || len(a.field("plain", "ratings", "stars").([]any)) != 5 {
		t.Errorf("ten ratings: %v", a.field("plain", "ratings"))
	}
	online := slices.IndexFunc(a.field("plain", "channels").([]any), func(l any) bool { m := l.(map[string]any); return m["code"] == "online" && m["count"] == 11.0 })
	if online < 0 {
		t.Errorf("channels: %v", a.field("plain", "channels"))
	}
}

// A district of 50,000 cases is counted; how fast, the log says.
func TestStatisticsOfManyCases(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	sql := `WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 49999)
		INSERT INTO foi_requests (id, school, number, subject, class, channel, state, ending, outcome, received, closed, submitted)
		SELECT printf('many%011d', i), CASE WHEN i % 2 THEN 'schoola00000000' ELSE 'schoolb00000000' END, printf('SQ%05d', i), 'x',
		CASE i % 3 WHEN 0 THEN 'person' WHEN 1 THEN 'legal' ELSE 'other' END, 'online', 'answered', 'answered', '1.1',
		date('2026-01-01', (i % 300) || ' days'), date('2026-01-01', (i % 300 + 9) || ' days'), '2026-01-01' FROM n`
	if _, err := s.app.DB().NewQuery(sql).Execute(); err != nil {
		t.Fatal(err)
	}
	begun := time.Now()
	a := s.statistics(supervisor, "")
	t.Logf("%s", time.Since(begun))
	if a.field("check", "new") != 50000.0 {
		t.Errorf("%v", a.field("check"))
	}
}

// The files say what the page says, and who took them is entered.
func TestStatisticsAreExported(t *testing.T) {
	s := serveRequests(t)
	s.store(schoolA, foi.ClassPerson, received("2026-03-02", "2026-03-04"))
	s.store(schoolB, foi.ClassLegal, received("2026-03-03", ""))
	may := map[string][]string{"": {clerkA, officerA, secrecyA, principalA, clerkB, secrecyB, supervisor}, "?school=all": {supervisor},
		"?school=9999990002&from=2026-03-01&to=2026-03-31": {clerkB, secrecyB, supervisor}}
	for _, kind := range []string{".xlsx", ".docx"} {
		for query, people := range may {
			for _, who := range viewers {
				a := s.do(who, http.MethodGet, statistics+kind+query, nil)
				if ok := a.status == http.StatusOK; ok != slices.Contains(people, who) || !ok && a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
					t.Errorf("%q takes %s%s: %d", who, kind, query, a.status)
				}
			}
		}
	}
	name := func(as, path string) string {
		_, params, err := mime.ParseMediaType(s.do(as, http.MethodGet, statistics+path, nil).header.Get("Content-Disposition"))
		if err != nil {
			t.Fatal(err)
		}
		return params["filename"]
	}
	if got := name(clerkA, ".xlsx"); got != "依申请公开统计表_示范区晨光小学_2026年.xlsx" {
		t.Errorf("the file is called %s", got)
	}
	if got := name(clerkB, ".docx?from=2026-03-01&to=2026-03-31"); got != "依申请公开统计表_示范区云帆中学_2026-03-01至2026-03-31.docx" {
		t.Errorf("the file is called %s", got)
	}
	file, err := excelize.OpenReader(strings.NewReader(s.do(supervisor, http.MethodGet, statistics+".xlsx", nil).body))
	if err != nil {
		t.Fatal(err)
	}
	all := ""
	for _, sheet := range file.GetSheetList() {
		rows, err := file.GetRows(sheet)
		if err != nil {
			t.Fatal(err)
		}
		all += fmt.Sprint(rows)
	}
	if !strings.Contains(all, "晨光小学") || !strings.Contains(all, "云帆中学") || !strings.Contains(all, "本年新收") {
		t.Errorf("the workbook: %s", all)
	}
	if n, err := s.app.CountRecords("audit_log", dbx.HashExp{"action": "export_statistics", "actor": "staff/" + s.person(supervisor)}); err != nil || n != 7 {
		t.Errorf("%d exports of the supervisor are entered (%v)", n, err)
	}
	if n, err := s.app.CountRecords("audit_log", dbx.HashExp{"action": "export_statistics", "actor": "staff/" + s.person(editorA)}); err != nil || n != 0 {
		t.Errorf("%d exports of an editor (%v)", n, err)
	}
}
