package foi_test

import (
	"slices"
	"testing"

	"gongkai/pb_hooks/foi"
)

// Who drafts does not review, who reviews does not sign, who proposes does not approve: in person or as a stand-in.
func TestFourEyes(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28")
	drafted := after(jan, withEv(draftOf("2026-02-06", provided), func(e *ev) { e.Writers = []string{"帮手"} }))
	cleared := after(drafted, signOff(foi.Clear, foi.SecrecyReviewer, "2026-02-06"))
	endorsed := after(cleared, signOff(foi.Endorse, foi.Officer, "2026-02-06"))
	proposed := after(jan, extend("2026-02-06", 5)[:1])
	atOnce := after(submit("2026-01-28"), register("2026-01-28"), withEv(onTheSpot(foi.Reply{Outcome: foi.OutcomeNotOurs, Content: "校车路线", Reason: "由区教育局管理", BodyUnknown: true}), func(e *ev) { e.Writers = []string{"主任", "文员"} }))
	for _, tt := range []struct {
		name   string
		before []ev
		do     foi.Action
		as     foi.Role
		by     string
		forWho string
		ok     bool
	}{
		{"the clerk who drafted does not do the secrecy review", drafted, foi.Clear, foi.SecrecyReviewer, "文员", "", false},
		{"nor who wrote along", drafted, foi.Clear, foi.SecrecyReviewer, "帮手", "", false},
		{"nor the drafter in somebody's place", drafted, foi.Clear, foi.SecrecyReviewer, "文员", "保密", false},
		{"nor somebody in the drafter's place", drafted, foi.Clear, foi.SecrecyReviewer, "代理", "文员", false},
		{"nor does the drafter send it back", drafted, foi.Return, foi.SecrecyReviewer, "文员", "", false},
		{"somebody else does", drafted, foi.Clear, foi.SecrecyReviewer, "保密", "", true},
		{"a stand-in too", drafted, foi.Clear, foi.SecrecyReviewer, "代理", "保密", true},
		{"the officer is not the secrecy reviewer", cleared, foi.Endorse, foi.Officer, "保密", "", false},
		{"nor the drafter", cleared, foi.Endorse, foi.Officer, "文员", "", false},
		{"but a third person", cleared, foi.Endorse, foi.Officer, "主任", "", true},
		{"the drafter does not sign", endorsed, foi.Sign, foi.Principal, "文员", "", false},
		{"nor the secrecy reviewer", endorsed, foi.Sign, foi.Principal, "保密", "", false},
		{"the principal signs", endorsed, foi.Sign, foi.Principal, "校长", "", true},
		{"also one who is the officer", endorsed, foi.Sign, foi.Principal, "主任", "", true},
		{"nobody signs without a name", endorsed, foi.Sign, foi.Principal, "", "", false},
		{"who proposed an extension does not approve it", proposed, foi.Approve, foi.Officer, "文员", "", false},
		{"nor has it approved by a stand-in for himself", proposed, foi.Approve, foi.Officer, "代理", "文员", false},
		{"who wrote an answer on the spot does not agree to it", atOnce, foi.Approve, foi.Officer, "主任", "", false},
		{"nor in somebody's place", atOnce, foi.Approve, foi.Officer, "代理", "主任", false},
		{"but another officer", atOnce, foi.Approve, foi.Officer, "副主任", "", true},
		{"the officer approves", proposed, foi.Approve, foi.Officer, "主任", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.before)
			if err != nil {
				t.Fatal(err)
			}
			e := ev{Do: tt.do, As: tt.as, By: tt.by, For: tt.forWho, On: "2026-02-06", Hash: "h1", Reason: "原因"}
			if _, err = c.Take(e); (err == nil) != tt.ok {
				t.Errorf("got %v", err)
			}
			if !tt.ok && code(err) != "same_person" {
				t.Errorf("got %v (%s)", err, code(err))
			}
			if _, replayed := foi.Replay(after(tt.before, e), cal, foi.DefaultTerms); (replayed == nil) != tt.ok {
				t.Errorf("replayed: %v", replayed)
			}
		})
	}
}

func TestChoices(t *testing.T) {
	cal := official(t)
	jan := filed("2026-01-28")
	for _, tt := range []struct {
		name   string
		events []ev
		as     foi.Role
		by     string
		want   []foi.Action
	}{
		{"a clerk with a new case", jan, foi.Clerk, "文员", []foi.Action{"ask_correction", "assign", "ask_third_party", "consult", "extend", "submit_answer"}},
		{"after a correction none is asked for again", after(jan, askCorrection("2026-02-02", 10), correct("2026-02-03")), foi.Clerk, "文员",
			[]foi.Action{"assign", "ask_third_party", "consult", "extend", "submit_answer"}},
		{"an officer with a proposal", after(jan, extend("2026-02-06", 5)[:1]), foi.Officer, "主任", []foi.Action{"approve", "decline"}},
		{"who proposed may take it back", after(jan, extend("2026-02-06", 5)[:1]), foi.Clerk, "文员", []foi.Action{"assign", "consult", "submit_answer", "decline"}},
		{"a secrecy reviewer", after(jan, draftOf("2026-02-06", provided)), foi.SecrecyReviewer, "保密", []foi.Action{"return", "clear"}},
		{"not one who drafted", after(jan, draftOf("2026-02-06", provided)), foi.SecrecyReviewer, "文员", nil},
		{"the applicant", jan, foi.Applicant, "", []foi.Action{"withdraw"}},
		{"the bureau supervises and never answers", jan, foi.Bureau, "局", []foi.Action{"urge", "order", "interview"}},
		{"once answered", after(jan, signed("2026-02-06", provided)), foi.Clerk, "文员",
			[]foi.Action{"deliver", "supplement", "complain", "propose_publication", "decline_publication"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c, err := take(t, cal, tt.events)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.Choices(tt.as, tt.by); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
