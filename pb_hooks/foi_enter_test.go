package pb_hooks_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

const deskDoor = "/api/app/requests"

// onPaper is an application that the clerk types in.
func onPaper(change map[string]any) map[string]any {
	return filledIn(filledIn(goodApplication(), map[string]any{"channel": "counter", "arrived": dayOf(now), "register": true}), change)
}

// Every channel has its day of receipt (条例 art. 31), from which the next working
// day is the first that counts.
func TestTheClerkEntersWhatCameOnPaper(t *testing.T) {
	s := serveRequests(t)
	friday := dayOf(now.AddDate(0, 0, -3)) // 20 November
	for i, tt := range []struct {
		channel  string
		with     map[string]any
		received string // "" if it cannot be registered yet
		field    string // where it says why
	}{
		{"counter", map[string]any{"arrived": friday}, friday, ""},
		{"oral", map[string]any{"arrived": friday}, friday, ""},
		{"signed_post", map[string]any{"arrived": friday, "signed_on": "2026-11-22", "tracking": "EA1", "signer": "门卫"}, "2026-11-22", ""},
		{"signed_post", map[string]any{"arrived": friday}, "", "signed_on"},
		{"post", map[string]any{"arrived": friday, "confirmed": friday, "call_log": "当日电话确认"}, friday, ""},
		{"post", map[string]any{"arrived": friday}, "", "confirmed"},
		{"telegram", map[string]any{"arrived": friday, "confirmed": "2026-11-22", "call_log": "周日才联系上"}, "2026-11-22", ""},
		{"email", map[string]any{"arrived": "2026-11-18"}, "2026-11-19", ""}, // nobody confirmed: the next working day
		{"fax", map[string]any{"arrived": friday, "confirmed": friday}, friday, ""},
		{"fax", map[string]any{"arrived": friday}, "", "confirmed"},
		{"other_channel", map[string]any{"arrived": friday, "confirmed": friday, "call_log": "同事转来"}, friday, ""},
		{"counter", map[string]any{"arrived": dayOf(now.AddDate(0, 0, 1))}, "", "arrived"},
		{"online", map[string]any{"arrived": friday}, "", "channel"},
		{"", map[string]any{"arrived": friday}, "", "channel"},
	} {
		t.Run(fmt.Sprint(i, " ", tt.channel), func(t *testing.T) {
			a := s.fileAs(clerkA, deskDoor, onPaper(filledIn(tt.with, map[string]any{"channel": tt.channel, "resend": fmt.Sprintf("entered-by-the-clerk-%d", i)})), paper{"papers", "申请书.png", picture(t)})
			if tt.received == "" {
				if a.status != http.StatusBadRequest || a.field("data", tt.field, "message") == nil {
					t.Errorf("%d %s", a.status, a.body)
				}
				return
			}
			if a.status != http.StatusOK || len(a.field("code").(string)) != 8 {
				t.Fatalf("%d %s", a.status, a.body)
			}
			request := s.record("foi_requests", a.field("id").(string))
			if request.GetString("received") != tt.received || request.GetString("state") != "registered" || request.GetString("channel") != tt.channel {
				t.Errorf("received %s, state %s", request.GetString("received"), request.GetString("state"))
			}
			// the receipt that is printed opens the case for the applicant
			if b := s.do("", http.MethodPost, "/api/app/track", map[string]any{"number": a.field("number"), "code": a.field("code")}); b.status != http.StatusOK {
				t.Errorf("track: %d %s", b.status, b.body)
			}
		})
	}
}

// What came on paper is taken though something is missing, which goes into the
// notice to correct; what is typed wrong is not.
func TestPaperMayLackWhatIsAskedForLater(t *testing.T) {
	s := serveRequests(t)
	bare := map[string]any{"class": "person", "name": "张三丰", "subject": "食堂供餐单位的招标结果", "channel": "oral", "arrived": dayOf(now), "register": true}
	if a := s.fileAs(clerkA, deskDoor, bare); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	for field, change := range map[string]map[string]any{"subject": {"subject": " "}, "name": {"name": nil}, "class": {"class": nil}, "phone": {"phone": "1"},
		"id_number": {"id_kind": "resident_card", "id_number": "110101199002301234"}} {
		if a := s.fileAs(clerkA, deskDoor, filledIn(bare, change)); a.status != http.StatusBadRequest || a.field("data", field) == nil {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	if a := s.fileAs(clerkA, deskDoor, bare, paper{"papers", "申请书.jpg", zipped(t)}); a.status != http.StatusBadRequest || a.field("data", "papers") == nil {
		t.Errorf("a scan of a wrong type: %d %s", a.status, a.body)
	}
	s.mustHold(1, 0)
}

// A double click at the desk is one request; register:false leaves it to be
// confirmed.
func TestTheClerkClicksTwice(t *testing.T) {
	s := serveRequests(t)
	form := onPaper(map[string]any{"register": false, "resend": "the-form-of-the-clerk"})
	a, b := s.fileAs(clerkA, deskDoor, form, s.proof()), s.fileAs(clerkA, deskDoor, form, s.proof())
	if a.status != http.StatusOK || a.body != b.body {
		t.Errorf("%d %s\n%d %s", a.status, a.body, b.status, b.body)
	}
	if state := s.record("foi_requests", a.field("id").(string)).GetString("state"); state != "submitted" {
		t.Errorf("state %s", state)
	}
	// the same word at another school is another form
	if c := s.fileAs(clerkB, deskDoor, form, s.proof()); c.status != http.StatusOK || c.field("number") == a.field("number") {
		t.Errorf("another school: %d %s", c.status, c.body)
	}
	s.mustHold(2, 2)
}

func TestTheClerkEntersACorrection(t *testing.T) {
	s := serveRequests(t)
	id := s.askedToCorrect()
	path := deskDoor + "/" + id + "/correction"
	for name, tt := range map[string]struct {
		change map[string]any
		field  string
	}{
		"a day to come":              {map[string]any{"subject": "2024 学年", "on": dayOf(now.AddDate(0, 0, 1))}, "on"},
		"before it was asked for":    {map[string]any{"subject": "2024 学年", "on": "2026-11-20"}, "on"},
		"a subject that is too long": {map[string]any{"subject": strings.Repeat("食", 5000)}, "subject"},
		"a number that is none":      {map[string]any{"phone": "1"}, "phone"},
	} {
		if a := s.fileAs(clerkA, path, tt.change); a.status != http.StatusBadRequest || a.field("data", tt.field) == nil {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	a := s.fileAs(clerkA, path, map[string]any{"subject": "2024 学年食堂供餐单位的招标结果", "phone": "13900139000", "on": dayOf(now)}, paper{"papers", "补正.png", picture(t)})
	if a.status != http.StatusOK || a.field("state") != "processing" || !a.has("2024 学年食堂供餐单位的招标结果") {
		t.Fatalf("%d %s", a.status, a.body)
	}
	rows, err := s.app.FindRecordsByFilter("foi_applications", "request = '"+id+"'", "number", 0, 0)
	if err != nil || len(rows) != 2 || rows[1].GetInt("number") != 2 || rows[1].GetBool("pending") || rows[1].GetString("subject") != "2024 学年食堂供餐单位的招标结果" {
		t.Fatalf("%v %v", rows, err)
	}
	// who applied is kept and sealed anew, and so are the papers
	who := s.do(clerkA, http.MethodPost, deskDoor+"/"+id+"/identity", map[string]any{"reason": "核对身份"})
	if who.field("name") != "张三丰" || who.field("document") != "E12345678" || who.field("phone") != "13900139000" || rows[0].GetString("name") == rows[1].GetString("name") {
		t.Errorf("who: %d %s", who.status, who.body)
	}
	for _, field := range []string{"proofs", "papers"} {
		if b := s.do(clerkA, http.MethodPost, deskDoor+"/"+id+"/papers", map[string]any{"reason": "核对身份", "field": field, "n": 1}); b.status != http.StatusOK || b.body != string(picture(t)) {
			t.Errorf("%s: %d, %d bytes", field, b.status, len(b.body))
		}
	}
	if b := s.fileAs(clerkA, path, map[string]any{"subject": "再改一次"}); b.status != http.StatusBadRequest {
		t.Errorf("once more: %d %s", b.status, b.body)
	}
}

// After its last day a correction needs a reason, and the officer's consent; until
// then nothing of it counts.
func TestALateCorrectionWaitsForApproval(t *testing.T) {
	s := serveRequests(t)
	id := s.askedToCorrect()
	path := deskDoor + "/" + id + "/correction"
	late := now.AddDate(0, 0, 20)
	s.now.Store(&late)
	if a := s.fileAs(clerkA, path, map[string]any{"subject": "2024 学年"}); a.status != http.StatusBadRequest || a.field("data", "reason") == nil {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	a := s.fileAs(clerkA, path, map[string]any{"subject": "2024 学年", "reason": "住院，附证明"})
	if a.status != http.StatusOK || a.field("state") != "correcting" || s.record("foi_requests", id).GetString("subject") == "2024 学年" {
		t.Fatalf("%d %s", a.status, a.body)
	}
	s.mustAct(officerA, id, "approve", nil)
	if r := s.record("foi_requests", id); r.GetString("state") != "processing" || r.GetString("subject") != "2024 学年" {
		t.Errorf("%s %s", r.GetString("state"), r.GetString("subject"))
	}
}

func TestWhoEntersACorrection(t *testing.T) {
	s := serveRequests(t)
	id := s.askedToCorrect()
	for _, who := range viewers {
		if who == clerkA {
			continue
		}
		if a := s.fileAs(who, deskDoor+"/"+id+"/correction", map[string]any{"subject": "2024 学年", "proof": ""}); !slices.Contains([]int{401, 403, 404}, a.status) {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	if s.record("foi_requests", id).GetString("state") != "correcting" {
		t.Error("somebody corrected it")
	}
}

func TestTheClerkSearchesByContact(t *testing.T) {
	s := serveRequests(t)
	_, number, _ := s.filed()
	search := func(who, contact string) answer {
		return s.do(who, http.MethodPost, deskDoor+"/search", map[string]any{"contact": contact})
	}
	for _, contact := range []string{"13800138000", "+86 138-0013-8000", "Zhang@Example.cn", "e12345678"} {
		if a := search(clerkA, contact); a.status != http.StatusOK || a.field("total") != float64(1) || !a.has(number) {
			t.Errorf("%s: %d %s", contact, a.status, a.body)
		}
	}
	for _, contact := range []string{"13800138001", "1380013800", "张三丰zhang"} {
		if a := search(clerkA, contact); a.status != http.StatusOK || a.field("total") != float64(0) || a.has(number) {
			t.Errorf("%s: %d %s", contact, a.status, a.body)
		}
	}
	if a := search(clerkA, "138"); a.status != http.StatusBadRequest || a.field("data", "contact") == nil {
		t.Errorf("a part: %d %s", a.status, a.body)
	}
	for _, who := range viewers {
		a := search(who, "13800138000")
		switch {
		case who == clerkA:
		case who == clerkB:
			if a.status != http.StatusOK || a.has(number) {
				t.Errorf("another school: %d %s", a.status, a.body)
			}
		case a.status != http.StatusUnauthorized && a.status != http.StatusForbidden:
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	for _, secret := range []string{"13800138000", "e12345678", "example.cn"} {
		if s.dump("audit_log", secret) {
			t.Errorf("the audit tells %q", secret)
		}
	}
}

func TestWhatAnsweredIsCounted(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "食堂供餐单位招标结果", "<p>中标单位见附件。</p>")
	if a := s.publish(editorA, article, version); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	draft, _ := s.draft(editorA, "A0308", "还没有公开", "<p>内部。</p>")
	count := func() int {
		n := 0
		if err := s.app.DB().NewQuery("SELECT coalesce(sum(count), 0) FROM article_answers").Row(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	say := func(article any) answer {
		return s.do("", http.MethodPost, "/api/app/answered", map[string]any{"article": article})
	}
	for range 3 {
		if a := say(article); a.status != http.StatusNoContent {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	if n := count(); n != 1 {
		t.Errorf("one address counts %d times", n)
	}
	s.wait(25 * time.Hour)
	for _, who := range viewers {
		if a := s.do(who, http.MethodPost, "/api/app/answered", map[string]any{"article": article}); a.status >= 300 && a.status != http.StatusTooManyRequests {
			t.Errorf("%q: %d %s", who, a.status, a.body)
		}
	}
	if n := count(); n != 2 {
		t.Errorf("the next day: %d", n)
	}
	s.wait(25 * time.Hour)
	for _, not := range []any{"", "nosucharticle00", draft, 7} {
		if a := say(not); a.status != http.StatusNotFound && a.status != http.StatusBadRequest {
			t.Errorf("%v: %d %s", not, a.status, a.body)
		}
	}
	for range 30 {
		say("nosucharticle00")
	}
	if a := say(article); a.status != http.StatusTooManyRequests || count() != 2 {
		t.Errorf("too often: %d, %d counted", a.status, count())
	}
}
