package pb_hooks_test

import (
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/pocketbase/dbx"
)

var linkInLetter = regexp.MustCompile(`/opinion#([0-9A-Z]{20})`)

// consulted is a request about which third parties were asked, and the secret of
// each one's link, as the letter to it says.
func (s *server) consulted(parties ...string) (id, number, code string, tokens []string) {
	s.t.Helper()
	id, number, code = s.registered()
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	for _, party := range parties {
		s.mustAct(clerkA, id, "ask_third_party", map[string]any{"party": party, "items": "投标文件的报价"})
		s.mustAct(officerA, id, "approve", nil)
		tokens = append(tokens, s.linkOf(id, party))
	}
	return id, number, code, tokens
}

// linkOf is the secret in the last letter to a party.
func (s *server) linkOf(id, party string) string {
	s.t.Helper()
	list, err := s.app.FindRecordsByFilter("foi_letters", "request = {:id} && party = {:party}", "-@rowid", 1, 0, dbx.Params{"id": id, "party": party})
	if err != nil || len(list) == 0 {
		s.t.Fatal(err)
	}
	page := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id+"/letters/"+list[0].Id+"?format=html", nil)
	found := linkInLetter.FindStringSubmatch(page.body)
	if found == nil {
		s.t.Fatalf("no link in %s", page.body)
	}
	return found[1]
}

func (s *server) opinion(as, token string) answer {
	return s.do(as, http.MethodPost, "/api/app/opinion", map[string]any{"token": token})
}

func (s *server) answersOpinion(as, token, opinion, reason string) answer {
	return s.do(as, http.MethodPost, "/api/app/opinion/answer", map[string]any{"token": token, "opinion": opinion, "reason": reason})
}

// Whoever has the link sees the letter and answers it, and is not told who
// applied; without it there is nothing.
func TestAThirdPartyAnswersByItsLink(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	id, number, code, tokens := s.consulted("甲公司", "乙公司")
	for _, who := range viewers {
		s.wait(time.Hour + time.Second)
		a := s.opinion(who, tokens[0])
		if a.status != http.StatusOK || a.header.Get("Cache-Control") != "no-store" || a.field("party") != "甲公司" || a.field("open") != true || a.field("about") != "投标文件的报价" ||
			a.field("third") != true || !a.has("征询", "由学校依法决定是否公开（条例第三十二条）") {
			t.Fatalf("%q: %d %s", who, a.status, a.body)
		}
		for _, secret := range []string{"张三丰", "张**", "13800138000", "乙公司", code} {
			if a.has(secret) {
				t.Errorf("%q is told %q: %s", who, secret, a.body)
			}
		}
		for _, wrong := range []answer{s.opinion(who, "23456789ABCDEFGHJKMN"), s.opinion(who, ""), s.answersOpinion(who, "23456789ABCDEFGHJKMN", "agrees", "")} {
			if wrong.status != http.StatusNotFound || wrong.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%q without the link: %d %s", who, wrong.status, wrong.body)
			}
		}
	}
	for field, a := range map[string]answer{"opinion": s.answersOpinion("", tokens[0], "", ""), "reason": s.answersOpinion("", tokens[0], "objects", " ")} {
		if a.status != http.StatusBadRequest || a.field("data", field) == nil || !a.has("条例第三十二条") {
			t.Errorf("%s: %d %s", field, a.status, a.body)
		}
	}
	for range 2 {
		a := s.answersOpinion("", tokens[0], "objects", "涉及报价策略")
		if a.status != http.StatusOK || a.field("answered") != true || a.field("opinion") != "objects" || a.field("letter_html") != "" || a.field("about") != "" || !a.has("已经登记") {
			t.Fatalf("answered: %d %s", a.status, a.body)
		}
	}
	if a := s.answersOpinion("", tokens[0], "agrees", ""); a.status != http.StatusBadRequest || a.field("data", "opinion", "code") != "foi_once_only" {
		t.Errorf("another opinion: %d %s", a.status, a.body)
	}
	if a := s.opinion("", tokens[1]); a.field("party") != "乙公司" || a.field("open") != true {
		t.Errorf("the other one: %s", a.body)
	}
	if told := s.toldOfRequests(clerkA); told[len(told)-1][:len("收到一份征求的意见")] != "收到一份征求的意见" {
		t.Errorf("the clerk is told %v", told)
	}
	s.answersOpinion("", tokens[1], "agrees", "")
	desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	if desk.field("state") != "processing" || !desk.has("涉及报价策略", "objects", "agrees") {
		t.Errorf("the case: %s", desk.body)
	}
	a := s.follows(number, code, "", nil)
	if a.has("甲公司") || a.has("乙公司") || a.has("报价") || !a.has("征求第三方意见", "收到一份") {
		t.Errorf("the applicant is told who was asked: %s", a.body)
	}
}

// After the last day the school decides; while it has not, the opinion still counts,
// and the due day is as if it had come on the last day.
func TestALateOpinionIsTakenWhileItIsWaitedFor(t *testing.T) {
	s := serveRequests(t)
	id, _, _, tokens := s.consulted("甲公司")
	later := s.now.Load().Add(40 * 24 * time.Hour) // the system has not looked since
	s.now.Store(&later)
	due := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil).field("due")
	if a := s.opinion("", tokens[0]); a.status != http.StatusOK || a.field("late") != true || a.field("open") != true || !a.has("已经过了", "仍然可以") {
		t.Fatalf("late: %d %s", a.status, a.body)
	}
	if a := s.answersOpinion("", tokens[0], "agrees", ""); a.status != http.StatusOK || a.field("answered") != true {
		t.Errorf("late: %d %s", a.status, a.body)
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	q := desk.field("inquiries").([]any)[0].(map[string]any)
	if q["closed"] != q["until"] || desk.field("due") != due {
		t.Errorf("due %v, then %s", due, desk.body)
	}
}

// Who is asked twice has two letters: the link of the first is over, that of the
// second opens its own.
func TestAJointMakerIsAskedTwice(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.registered()
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	var tokens []string
	for i, about := range []string{"合作协议的报价", "合作协议的附件"} {
		s.mustAct(clerkA, id, "consult", map[string]any{"party": "第二小学", "joint": true, "items": about})
		tokens = append(tokens, s.linkOf(id, "第二小学"))
		a := s.opinion("", tokens[i])
		if a.field("joint") != true || a.field("third") != false || a.field("about") != about || a.field("open") != true || !a.has("视为同意公开（条例第三十四条）", about) {
			t.Fatalf("letter %d: %d %s", i+1, a.status, a.body)
		}
		if a := s.answersOpinion("", tokens[i], []string{"agrees", "objects"}[i], "报价"); a.status != http.StatusOK {
			t.Fatalf("answer %d: %d %s", i+1, a.status, a.body)
		}
	}
	for i, said := range []string{"agrees", "objects"} {
		if a := s.opinion("", tokens[i]); a.field("opinion") != said || a.field("open") != false {
			t.Errorf("letter %d: %s", i+1, a.body)
		}
	}
	if tokens[0] == tokens[1] {
		t.Error("one link for two letters")
	}
}

func TestAnOpinionThatNobodyGaveIsOver(t *testing.T) {
	s := serveRequests(t)
	_, _, _, tokens := s.consulted("甲公司")
	s.wait(40 * 24 * time.Hour)
	if a := s.opinion("", tokens[0]); a.status != http.StatusOK || a.field("open") != false || a.field("opinion") != "silent" || a.has("报价") || !a.has("没有收到答复") {
		t.Errorf("it lapsed: %d %s", a.status, a.body)
	}
	if a := s.answersOpinion("", tokens[0], "agrees", ""); a.status != http.StatusBadRequest || a.field("data", "opinion", "code") != "foi_once_only" {
		t.Errorf("answered after that: %d %s", a.status, a.body)
	}
}

// What ended tells nobody why, and what was forgotten is not known.
func TestALinkThatIsOverTellsNothing(t *testing.T) {
	s := serveRequests(t)
	id, number, code, tokens := s.consulted("甲公司")
	if a := s.follows(number, code, "withdraw", nil); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	a := s.opinion("", tokens[0])
	if a.status != http.StatusOK || a.field("open") != false || a.field("letter_html") != "" || a.has("撤回") || a.has("报价") || !a.has("不需要再答复") {
		t.Errorf("withdrawn: %d %s", a.status, a.body)
	}
	if a := s.answersOpinion("", tokens[0], "agrees", ""); a.status != http.StatusBadRequest || a.has("撤回") {
		t.Errorf("withdrawn: %d %s", a.status, a.body)
	}
	r := s.record("foi_requests", id)
	r.Set("purged_at", now)
	if err := s.app.Save(r); err != nil {
		t.Fatal(err)
	}
	unknown := s.opinion("", "23456789ABCDEFGHJKMN")
	if a := s.opinion("", tokens[0]); a.status != http.StatusNotFound || a.body != unknown.body {
		t.Errorf("purged: %d %s", a.status, a.body)
	}
}

func TestGuessesOfALinkAreThrottled(t *testing.T) {
	s := serveRequests(t)
	_, _, _, tokens := s.consulted("甲公司")
	for range 20 {
		if a := s.opinion("", tokens[0]); a.status != http.StatusOK {
			t.Fatalf("the right link: %d", a.status)
		}
	}
	last := 0
	for range 12 {
		last = s.opinion("", "23456789ABCDEFGHJKMN").status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the last guess: %d", last)
	}
}
