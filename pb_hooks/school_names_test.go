package pb_hooks_test

import (
	"archive/zip"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"mime"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

// hostileNames are what a school may be called in the database by mistake or malice.
var hostileNames = map[string]string{
	"a tag":           `示范区<script>alert(1)</script>小学`,
	"quotes":          `示范区"'>` + "`" + `小学`,
	"a turned order":  "示范区\u202e学小\u202c",
	"200 characters":  strings.Repeat("示", 200),
	"a line break":    "示范区\r\nSet-Cookie: x=1\r\n小学",
	"digits":          "123",
	"a formula":       `=HYPERLINK("http://x","y")`,
	"plus":            "+1+1",
	"minus":           "-1+1",
	"at":              "@SUM(1)",
	"a closed script": "</script><img src=x onerror=alert(1)>",
	"an end of CDATA": "]]>小学",
	"a path":          "../../小学",
}

// foreignFormula is a formula in a sheet that is not one of our own sums.
var foreignFormula = regexp.MustCompile(`<f>(HYPERLINK|[-+@1])`)

// Whatever a school is called, no representation of it breaks or does anything.
func TestHostileNamesAreOnlyText(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.must200(s.publish(editorA, article, version))
	for what, name := range hostileNames {
		t.Run(what, func(t *testing.T) {
			s.t = t
			if _, err := s.app.DB().Update("schools", dbx.Params{"name": name, "short_name": name}, dbx.HashExp{"id": schoolA}).Execute(); err != nil {
				t.Fatal(err)
			}
			s.mustPost(bureauAdmin, schoolFileB+"/corrections", map[string]any{"field": "phone", "value": "021-0000" + strings.Repeat("1", 1) + s.now.Load().Format("0405")[1:], "reason": "换了号码"})
			s.now.Store(ptr(s.now.Load().Add(time.Second)))
			for _, path := range []string{"/", "/schools", "/s/9999990001", "/s/9999990001/A0308", "/a/" + article, "/search?q=供餐", "/sitemap", "/s/9999990001/embed", "/s/9999990001/apply", "/figures"} {
				a := s.get(path)
				if a.status >= http.StatusInternalServerError || a.has("<script>alert") || a.has("<img src=x") || a.header.Get("Set-Cookie") != "" {
					t.Errorf("%s: %d, and it does something", path, a.status)
				}
			}
			for _, path := range []string{"/feed.xml", "/s/9999990001/feed.xml", "/s/9999990001/A0308/feed.xml", "/sitemap.xml", "/s/9999990001/sitemap.xml", "/qr/s/9999990001.svg"} {
				a := s.get(path)
				read := xml.NewDecoder(strings.NewReader(a.body))
				var err error
				for err == nil {
					_, err = read.Token()
				}
				if a.status != http.StatusOK || !errors.Is(err, io.EOF) {
					t.Errorf("%s: %d, no XML: %v", path, a.status, err)
				}
			}
			for _, path := range []string{"/open/v1/schools", "/open/v1/schools/9999990001", "/open/v1/articles"} {
				if a := s.get(path); a.status != http.StatusOK || !json.Valid([]byte(a.body)) {
					t.Errorf("%s: %d", path, a.status)
				}
			}
			rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(s.get("/open/v1/schools?format=csv").body, "\ufeff"))).ReadAll()
			if err != nil || len(rows) != 3 {
				t.Errorf("the table of schools has %d rows: %v", len(rows), err)
			}
			for _, row := range rows {
				for _, cell := range row {
					if cell != "" && strings.ContainsRune("=+-@", rune(cell[0])) {
						t.Errorf("a spreadsheet takes %q for a formula", cell)
					}
				}
			}
			for path, as := range map[string]string{"/api/app/registry/schools": bureauAdmin, "/api/app/scores.xlsx": supervisor, "/api/app/supervision/statistics.xlsx": supervisor, "/api/app/annual-reports/all/2025/tables.xlsx": supervisor, "/api/app/annual-reports/9999990001/2025/report.docx": supervisor, "/api/app/orders.xlsx": supervisor, "/api/app/articles/" + article + "/dossier": editorA, "/api/app/articles/" + article + "/register": editorA} {
				a := s.do(as, http.MethodGet, path, nil)
				if a.status != http.StatusOK {
					t.Errorf("%s: %d %.300s", path, a.status, a.body)
				}
				disposition := a.header.Get("Content-Disposition")
				if disposition == "" {
					continue
				}
				_, params, err := mime.ParseMediaType(disposition)
				if err != nil || strings.ContainsAny(params["filename"], "/\\\r\n<>\"") {
					t.Errorf("%s is saved as %q: %v", path, disposition, err)
				}
				if !strings.HasPrefix(a.body, "PK") {
					continue
				}
				z, err := zip.NewReader(bytes.NewReader([]byte(a.body)), int64(len(a.body)))
				if err != nil {
					t.Fatal(err)
				}
				for _, member := range z.File {
					if strings.HasPrefix(member.Name, "xl/worksheets/") && foreignFormula.MatchString(unzipped(t, a.body, member.Name)) {
						t.Errorf("%s calculates", path)
					}
					if strings.Contains(member.Name, "..") || strings.ContainsAny(member.Name, "\\\r\n<>\"") || len(member.Name) > 255 {
						t.Errorf("%s: a member is named %q", path, member.Name)
					}
				}
			}
		})
	}
}

// Names go from one school to another only when they are free, and the refusal says
// who has it; the sealed papers keep the old name, pages and letters have the new.
func TestARename(t *testing.T) {
	s := serveRequests(t)
	inDistrict(t, s.app, "999999", "示范区")
	_, number, code := s.filed()
	article := s.submitted("秋游通知", "A0308", "approve", "clear")
	rename := func(file, name string) answer {
		return s.do(bureauAdmin, http.MethodPost, file+"/corrections", map[string]any{"field": "name", "value": name, "reason": "更名批复"})
	}
	refusedAt(t, rename(schoolFileA, "示范区云帆中学"), "value", "示范区云帆中学（9999990002）")
	if a := rename(schoolFileA, "示范区朝阳小学"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	r := s.record("schools", schoolA)
	if r.GetString("short_name") == "晨光小学" || !strings.Contains(r.GetString("aliases"), "示范区晨光小学") {
		t.Errorf("renamed: %s, formerly %s", r.GetString("short_name"), r.GetString("aliases"))
	}
	for path, want := range map[string]string{"/s/9999990001": "示范区朝阳小学", "/a/" + article: "朝阳小学", "/s/9999990001/feed.xml": "示范区朝阳小学", "/schools?q=晨光小学": "示范区朝阳小学", "/open/v1/schools/9999990001": "示范区晨光小学"} {
		if a := s.get(path); a.status != http.StatusOK || !a.has(want) {
			t.Errorf("%s: %d without %s", path, a.status, want)
		}
	}
	if track := s.do("", http.MethodPost, "/api/app/track", map[string]any{"number": number, "code": code}); track.field("school") != "示范区朝阳小学" {
		t.Errorf("the applicant sees %s", track.body)
	}
	t.Run("two schools swap names", func(t *testing.T) {
		s.t = t
		src := s.fileSource("区级名单")
		swapped := listOf(strings.Replace(rowA, "示范区晨光小学", "示范区云帆中学", 1), strings.Replace(rowB, "示范区云帆中学", "示范区朝阳小学", 1))
		s.sql("UPDATE school_corrections SET state = 'withdrawn' WHERE state = 'active'")
		first := s.readList(src.ID, listOf(strings.Replace(rowA, "示范区晨光小学", "示范区朝阳小学", 1), rowB))
		s.decide(first.ID, map[string]any{"kind": "update", "decision": "accepted"}) // the ids of the list
		run := s.readList(src.ID, swapped)
		done := s.decide(run.ID, map[string]any{"kind": "rename", "decision": "accepted"})
		if done.Failed != 2 || !strings.Contains(done.Items[0].Sentence, "已经属于示范区云帆中学（9999990002）；那所学校也要改名的，请先改它的名称") {
			t.Errorf("neither name is free: %+v", done)
		}
		if a := rename(schoolFileB, "示范区云帆中学（待更名）"); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		s.sql("UPDATE school_corrections SET state = 'withdrawn' WHERE state = 'active'")
		s.decide(s.readList(src.ID, swapped).ID, map[string]any{"kind": "rename", "decision": "accepted"})
		if a, b := s.school("name", schoolA), s.school("name", schoolB); a != "示范区云帆中学" || b != "示范区朝阳小学" {
			t.Errorf("they are called %s and %s", a, b)
		}
	})
	t.Run("the name of a school that has ended", func(t *testing.T) {
		s.t = t
		s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
		gone := s.school("name", schoolA)
		refusedAt(t, rename(schoolFileB, gone), "value", "已经合并或撤销，原来的网页和文书仍用这个名称")
		refusedAt(t, s.do(bureauAdmin, http.MethodPost, schoolsAPI, opening("9999990009", gone)), "name", "已经合并或撤销")
	})
}

// A local correction ends when the registry says the same, and only then.
func TestACorrectionEndsWhenTheRegistryAgrees(t *testing.T) {
	s := serve(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	first := s.readList(src.ID, listOf(rowA, rowB))
	s.decide(first.ID, map[string]any{"kind": "update", "decision": "accepted"})
	s.mustPost(bureauAdmin, schoolFileA+"/corrections", map[string]any{"field": "phone", "value": "021-54321000", "reason": "总机更换"})
	state := func() string {
		r, err := s.app.FindFirstRecordByData("school_corrections", "school", schoolA)
		if err != nil {
			t.Fatal(err)
		}
		return r.GetString("state") + " " + r.GetString("was")
	}
	phone := func() string { return s.school("phone", schoolA) }
	s.readList(src.ID, listOf(rowA, rowB))
	if state() != "active 021-00000001" || phone() != "021-54321000" {
		t.Fatalf("the registry says what it said: %s, %s", state(), phone())
	}
	other := s.readList(src.ID, listOf(strings.Replace(rowA, "021-00000001", "021-77777777", 1), rowB))
	s.decide(other.ID, map[string]any{"kind": "conflict", "decision": "refused"})
	if state() != "active 021-77777777" || phone() != "021-54321000" {
		t.Errorf("the registry says a third number: %s, %s", state(), phone())
	}
	gone := s.readList(src.ID, listOf(strings.Replace(rowA, "021-00000001", "", 1), rowB)) // the cell is empty
	if n := len(s.lines(gone.ID, "kind=conflict")); n > 1 {
		t.Errorf("an empty cell is asked about %d times", n)
	}
	if state() != "active 021-77777777" || phone() != "021-54321000" {
		t.Errorf("the registry says nothing: %s, %s", state(), phone())
	}
	var without []string
	for _, row := range strings.Split(strings.TrimSpace(listOf(rowA, rowB)), "\n") {
		without = append(without, row[:strings.LastIndex(row, ",")])
	}
	s.readList(src.ID, strings.Join(without, "\n")+"\n") // the column is gone
	if state() != "active 021-77777777" || phone() != "021-54321000" {
		t.Errorf("the registry has no such field: %s, %s", state(), phone())
	}
	s.readList(src.ID, listOf(strings.Replace(rowA, "021-00000001", "（021）5432 1000", 1), rowB))
	if state() != "taken 021-54321000" && state() != "taken 021-77777777" || phone() != "021-54321000" {
		t.Errorf("the registry says the same: %s, %s", state(), phone())
	}
	next := s.readList(src.ID, listOf(strings.Replace(rowA, "021-00000001", "021-88888888", 1), rowB))
	if line := s.theLine(next.ID, "kind=update&field=phone"); line.Fields[0].Ours {
		t.Errorf("after that it is an ordinary change: %+v", line)
	}
}

// Closing from a change set says that cases are open before anybody tries.
func TestALineThatClosesASchoolSaysWhatIsOpenThere(t *testing.T) {
	s := serveRequests(t)
	inDistrict(t, s.app, "999999", "示范区")
	src := s.fileSource("区级名单")
	first := s.readList(src.ID, livesOf(rowA+",开办,", rowB+",开办,"))
	s.decide(first.ID, map[string]any{"kind": "update", "decision": "accepted"})
	s.filed()
	run := s.readList(src.ID, livesOf(rowA+",已撤销,", rowB+",开办,"))
	line := s.theLine(run.ID, "kind=close")
	if line.OpenCases != 1 || line.MayAccept || line.EndsOn != "2026-11-23" || line.School.Code != "9999990001" {
		t.Fatalf("%+v", line)
	}
	s.mustPost(bureauAdmin, schoolFileA+"/ending", map[string]any{"kind": "close", "on": line.EndsOn, "cases_to": "9999990002", "reason": "名单所载"})
	if again := s.readList(src.ID, livesOf(rowA+",已撤销,", rowB+",开办,")); again.Open != 0 {
		t.Errorf("the list and the schools agree: %+v", s.lines(again.ID, ""))
	}
}
