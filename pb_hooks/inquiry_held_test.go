package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// saying is a letter with this text.
func saying(text string) map[string]any {
	return filledIn(goodLetter(), map[string]any{"fields": map[string]string{"title": "建议", "text": text}})
}

func (s *server) stateOf(number any) string {
	s.t.Helper()
	r, err := s.app.FindFirstRecordByData("inquiries", "number", number)
	if err != nil {
		s.t.Fatalf("letter %v: %v", number, err)
	}
	return r.GetString("state")
}

// What looks like spam is held until a person has read it. Its writer gets a receipt
// like everybody, the clerk is told why, and lets it through or refuses it.
func TestWhatLooksLikeSpamIsHeldAndNeverDropped(t *testing.T) {
	s := serveRequests(t)
	id, number, _ := s.wrote(saying("加微信看看 https://a.example.cn 和 https://b.example.cn"))
	a := s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil)
	if a.field("state") != "held" || fmt.Sprint(a.field("suspicions")) != "[含有 2 个网址 含有广告用语：加微信]" || !a.has("请专管员看过") {
		t.Errorf("held: %s", a.body)
	}
	if n := s.toldOf(clerkA, "待核查："+number); n != 1 {
		t.Errorf("the clerk is told %d times", n)
	}
	if a := s.letterStep(clerkA, id, "accept", nil); a.status != http.StatusBadRequest || !a.has("待核查") {
		t.Errorf("accepted unread: %d %s", a.status, a.body)
	}
	if a := s.mustLetter(clerkA, id, "release", nil); a.field("state") != "submitted" || a.field("due") != "2026-11-30" {
		t.Errorf("released: %s", a.body)
	}
	s.mustLetter(clerkA, id, "accept", nil)
	id, _, _ = s.wrote(saying("诚招代理，点击领取"))
	if a := s.mustLetter(clerkA, id, "refuse", map[string]any{"ground": "advertising", "right": "学校信箱不受理广告推广。"}); a.field("state") != "refused" {
		t.Errorf("refused: %s", a.body)
	}
	if report := s.verified(); !report.IsIntact() {
		t.Errorf("the audit: %v", report.Breaks)
	}
}

// A child in need is not stopped by a list of words, nor by having written before.
func TestAnUrgentLetterIsNeverHeld(t *testing.T) {
	s := serveRequests(t)
	for range 3 {
		letter := saying("他们让我去死吧，视频在 http://a.example.cn 和 http://b.example.cn，救救我救救我救救我")
		_, number, _ := s.wrote(filledIn(letter, map[string]any{"category": "bullying", "may_publish": false}))
		if state := s.stateOf(number); state != "submitted" {
			t.Errorf("%s is %s", number, state)
		}
	}
	for _, who := range []string{principalA, supervisor} {
		if n := s.toldOf(who, "紧急来信（学生欺凌）"); n != 3 {
			t.Errorf("%s is told %d times", who, n)
		}
	}
}

// Of the same letter ten times, all at once, the first is taken and the others are
// held; the same form again is the same letter.
func TestTheSameLetterTenTimesTogether(t *testing.T) {
	s := serveRequests(t)
	s.withoutPaces()
	same, states := saying("请把操场的开放时间贴在校门口，周末也能进去。"), map[string]int{}
	var all sync.WaitGroup
	var mu sync.Mutex
	for n := range 10 {
		body, kind := encoded(t, "letter", filledIn(same, map[string]any{"resend": fmt.Sprintf("the-same-letter-%d", n), "proof": s.solved(), "contact": fmt.Sprintf("w%d@example.cn", n)}))
		all.Go(func() {
			text, err := post(s.url+lettersA, kind, body)
			mu.Lock()
			defer mu.Unlock()
			if err != nil {
				t.Error(err)
				return
			}
			states[s.stateOf(answer{body: text}.field("number"))]++
		})
	}
	all.Wait()
	if states["submitted"] != 1 || states["held"] != 9 {
		t.Errorf("states: %v", states)
	}
	again := filledIn(same, map[string]any{"resend": "the-same-letter-3", "contact": "w3@example.cn"})
	first, second := s.writeTo(lettersA, again), s.writeTo(lettersA, again)
	if first.status != http.StatusOK || first.body != second.body {
		t.Errorf("the same form: %s %s", first.body, second.body)
	}
	s.lettersOnFile(10, 0)
	s.wait(31 * 24 * time.Hour)
	if _, number, _ := s.wrote(filledIn(same, map[string]any{"resend": "a-month-later-again"})); s.stateOf(number) != "submitted" {
		t.Error("held after a month")
	}
}

// Whoever writes again and again is read by a person first, whatever they write.
func TestManyLettersOfOneContactAreHeld(t *testing.T) {
	s := serveRequests(t)
	for n := range 12 {
		pb_hooks.ForgetPaces(s.app)
		id, number, _ := s.wrote(filledIn(goodLetter(), map[string]any{"contact": "13900139000"}))
		if state := s.stateOf(number); (state == "held") != (n >= 10) {
			t.Errorf("letter %d is %s", n+1, state)
		}
		if n == 11 && !strings.Contains(s.do(clerkA, http.MethodGet, "/api/app/inquiries/"+id, nil).body, "这个联系方式 7 天内已经来信 11 件") {
			t.Error("it is not said why")
		}
	}
}
