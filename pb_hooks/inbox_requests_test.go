package pb_hooks_test

import (
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks"
)

// waits are the requests in an inbox: "group duty what".
func waits(box pb_hooks.Inbox) string {
	var lines []string
	for _, i := range box.Items {
		if i.Kind == "request" {
			lines = append(lines, strings.Join(strings.Fields(i.Group+" "+i.Duty+" "+i.StageName), " "))
		}
	}
	return strings.Join(lines, "; ")
}

func (s *server) expectWaits(when string, want map[string]string) {
	s.t.Helper()
	for _, who := range []string{clerkA, secrecyA, officerA, principalA, nobodyA, editorA, clerkB, supervisor, bureauReviewer, auditor} {
		if got := waits(s.inbox(who)); got != want[who] {
			s.t.Errorf("%s, %s: %q; want %q", when, who, got, want[who])
		}
	}
}

func TestInboxOfRequests(t *testing.T) {
	s := serveRequests(t)
	id, number, _ := s.filed()
	s.expectWaits("filed", map[string]string{clerkA: "todo clerk 已提交"})
	box := s.inbox(clerkA)
	if i := box.Items[0]; i.ID != id || i.Link != "/requests/"+id || !strings.HasPrefix(i.Title, number+" 2025 学年") || i.Due != "2026-11-24" || i.School != "晨光小学" ||
		i.Since == "" || box.Counts != (pb_hooks.InboxCounts{Todo: 1}) {
		t.Errorf("the item: %+v %+v", i, box.Counts)
	}
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(now)})
	s.mustAct(clerkA, id, "ask_correction", map[string]any{"items": "请写明哪个学年", "days": 10})
	s.expectWaits("proposed", map[string]string{officerA: "todo officer “告知补正”等待工作机构负责人同意"})
	s.mustAct(officerA, id, "approve", nil)
	s.expectWaits("waiting for the applicant", map[string]string{clerkA: "waiting 待补正"})

	assigned := s.inHand()
	s.mustAct(clerkA, assigned, "assign", map[string]any{"assignee": s.person(nobodyA)})
	s.expectWaits("assigned", map[string]string{clerkA: "todo clerk 办理中; waiting 待补正", nobodyA: "todo clerk 办理中"})
	s.wait(28 * 24 * time.Hour) // the due day; what was to be corrected is to be given up
	s.expectWaits("on the due day", map[string]string{clerkA: "today clerk 办理中", nobodyA: "today clerk 办理中", officerA: "todo officer “视为放弃”等待工作机构负责人同意"})
	s.wait(24 * time.Hour)
	if box := s.inbox(nobodyA); box.Counts != (pb_hooks.InboxCounts{Overdue: 1}) {
		t.Errorf("overdue: %+v", box)
	}
}

func TestInboxOfAnAnswerInSignOff(t *testing.T) {
	s := serveRequests(t)
	create(s.app, "stand_ins", map[string]any{"school": schoolA, "absent": s.person(secrecyA), "stand_in": s.person(secondA), "duty": "secrecy_reviewer",
		"from": "2026-11-23", "until": "2026-11-24"})
	id, hash := s.underReview()
	s.expectWaits("submitted", map[string]string{secrecyA: "todo secrecy_reviewer 待保密审查"})
	if box := s.inbox(secondA); waits(box) != "todo secrecy_reviewer 待保密审查" || box.Items[0].InsteadOf != secrecyA || box.Items[0].Due != "2026-12-21" {
		t.Errorf("the stand-in's: %+v", box)
	}
	s.mustAct(secrecyA, id, "clear", map[string]any{"hash": hash})
	s.expectWaits("cleared", map[string]string{officerA: "todo officer 待负责人审核"})
	s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
	s.mustAct(principalA, id, "sign", map[string]any{"hash": hash})
	s.expectWaits("signed", map[string]string{clerkA: "todo clerk 已答复"})
	s.mustAct(clerkA, id, "deliver", map[string]any{"way": "邮寄"})
	s.expectWaits("delivered", nil)
	if a := s.do(clerkA, "GET", "/api/app/requests?mine=1", nil); a.field("total") != 0.0 {
		t.Errorf("the list says otherwise: %s", a.body)
	}
	s.mustAct(clerkA, id, "supplement", map[string]any{"reason": "漏附评分表"})
	if box := s.inbox(clerkA); waits(box) != "todo clerk 补充答复中" || box.Items[0].Due != "2026-12-07" {
		t.Errorf("to be supplemented: %+v", box)
	}
}

func TestTheDigestCountsRequests(t *testing.T) {
	s := serveRequests(t)
	sink := s.mailSink()
	s.filed()
	s.mailsAt("2026-11-24 07:30")
	if mail := sink.next(t, clerkA); !strings.Contains(mail.subject, "待办 1 件") || !strings.Contains(mail.text, "今天到期 1 件") {
		t.Errorf("%+v", mail.text)
	}
}

func TestInboxOfRequestsAsksABoundedNumberOfQueries(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	fill := func(n int) {
		for range n {
			s.filed()
			s.inHand()
			s.asksCorrection()
			id := s.delivered()
			s.mustAct(clerkA, id, "supplement", map[string]any{"reason": "漏附"})
		}
	}
	fill(1)
	few := s.inboxCosts(clerkA, 4)
	fill(4)
	if many := s.inboxCosts(clerkA, 20); many != few || few > 25 {
		t.Errorf("4 items cost %d queries, 20 cost %d", few, many)
	}
}
