package pb_hooks_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pocketbase/dbx"

	"gongkai/pb_hooks/foi"
)

const day = 24 * time.Hour

// roundA serves the school with every duty: for what only the person forbids.
const roundA = "round-a@x.cn"

func (s *server) withRound() {
	s.t.Helper()
	create(s.app, "staff", map[string]any{"email": roundA, "password": password, "name": roundA, "verified": true, "school": schoolA,
		"duties": []string{"clerk", "secrecy_reviewer", "officer", "principal"}})
}

// signedOff are the sign-offs of an answer under review, as far as they are named.
func (s *server) signedOff(id, hash string, steps ...string) {
	s.t.Helper()
	by := map[string]string{"clear": secrecyA, "endorse": officerA, "sign": principalA}
	for _, do := range steps {
		s.mustAct(by[do], id, do, map[string]any{"hash": hash})
	}
}

// postedAnswer is an answered request whose letter went out today.
func (s *server) postedAnswer() string {
	id := s.answered()
	s.mustAct(clerkA, id, "deliver", map[string]any{"way": "挂号信", "on": dayOf(*s.now.Load())})
	return id
}

// askedToCorrect is a request whose applicant was asked to correct it.
func (s *server) askedToCorrect() string {
	id, _, _ := s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.mustAct(clerkA, id, "ask_correction", map[string]any{"items": "请写明哪一学年", "days": 10})
	s.mustAct(officerA, id, "approve", nil)
	return id
}

// asked is a request about which a third party was asked.
func (s *server) asked() string {
	id := s.inHand()
	s.mustAct(clerkA, id, "ask_third_party", map[string]any{"party": "某餐饮公司", "items": "评分表", "email": "third@example.cn"})
	s.mustAct(officerA, id, "approve", nil)
	return id
}

// situationsOf are a request in every state that staff can bring it to.
var requestsIn = map[foi.State]func(s *server) string{
	foi.Submitted: func(s *server) string { id, _, _ := s.filed(); return id },
	foi.Registered: func(s *server) string {
		id, _, _ := s.filed()
		s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
		return id
	},
	foi.Correcting: (*server).askedToCorrect,
	foi.Processing: (*server).inHand,
	foi.ThirdParty: (*server).asked,
	foi.Consulting: func(s *server) string {
		id := s.inHand()
		s.mustAct(clerkA, id, "consult", map[string]any{"party": "区教育局", "items": "是否同意公开", "joint": true})
		return id
	},
	foi.SecrecyReviewing: func(s *server) string { id, _ := s.underReview(); return id },
	foi.OfficerReviewing: func(s *server) string {
		id, hash := s.underReview()
		s.signedOff(id, hash, "clear")
		return id
	},
	foi.Signing: func(s *server) string {
		id, hash := s.underReview()
		s.signedOff(id, hash, "clear", "endorse")
		return id
	},
	foi.Answered: (*server).answered,
	foi.Void: func(s *server) string {
		id, _, _ := s.filed()
		s.mustAct(clerkA, id, "invalidate", map[string]any{"reason": "测试数据"})
		s.mustAct(supervisor, id, "approve", nil)
		return id
	},
	foi.Supplementing: func(s *server) string {
		id := s.answered()
		s.mustAct(clerkA, id, "supplement", map[string]any{"reason": "附件缺页"})
		return id
	},
	foi.Complained: func(s *server) string {
		id := s.answered()
		s.mustAct(supervisor, id, "complain", map[string]any{"complaint": "complaint"})
		return id
	},
}

// What the table does not list in a state is refused, with a sentence, to whoever
// would take it elsewhere, and nothing is stored.
func TestEveryStepOutsideOfTheTableIsRefused(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	s.withRound()
	tried := 0
	for state, build := range requestsIn {
		id := build(s)
		steps := s.steps(id)
		for _, do := range foi.Actions() {
			if slices.Contains(foi.Allowed(state), do) {
				continue
			}
			for _, who := range []string{roundA, supervisor} {
				a := s.stepAs(who, id, string(do), map[string]any{"reason": "x", "party": "x", "items": "x", "days": 5, "hash": "x", "way": "x"})
				if a.status != http.StatusBadRequest || !strings.Contains(a.body, "foi_") {
					t.Errorf("%s in %s as %s: %d %s", do, state, who, a.status, a.body)
				}
				tried++
			}
		}
		if got := s.steps(id); got != steps {
			t.Errorf("%s: %d steps were stored", state, got-steps)
		}
	}
	if tried < 500 {
		t.Errorf("only %d were tried", tried)
	}
}

func (s *server) steps(request string) int64 {
	s.t.Helper()
	n, err := s.app.CountRecords("foi_steps", dbx.HashExp{"request": request})
	if err != nil {
		s.t.Fatal(err)
	}
	return n
}

// What the law allows once, by somebody else or in a certain order, with the
// article that says so.
func TestStepsAreRefusedWithTheArticle(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	s.withRound()
	extend := map[string]any{"days": 10, "reason": "需要检索历年档案"}
	for _, tt := range []struct {
		name  string
		build func() string
		who   string
		do    string
		with  map[string]any
		says  []string
	}{
		{"an extension twice", func() string {
			id := s.inHand()
			s.mustAct(clerkA, id, "extend", extend)
			s.mustAct(officerA, id, "approve", nil)
			return id
		}, clerkA, "extend", extend, []string{"只能延期一次", "第三十三条"}},
		{"an extension that is too long", s.inHand, clerkA, "extend", map[string]any{"days": 21, "reason": "x"}, []string{"1 至 20 个工作日", "第三十三条"}},
		{"a correction twice", func() string {
			id := s.askedToCorrect()
			s.correct(id)
			return id
		}, clerkA, "ask_correction", map[string]any{"items": "还有"}, []string{"只能补正一次", "第三十条"}},
		{"an answer without the secrecy review", func() string { id, _ := s.underReview(); return id }, principalA, "sign", map[string]any{"hash": "x"}, []string{"先经保密审查", "第十七条"}},
		{"an answer that was never drafted", s.inHand, principalA, "sign", nil, []string{"先经保密审查"}},
		{"a sign-off by who drafted it", func() string {
			id := s.inHand()
			s.draftAnswer(roundA, id, provided)
			s.mustAct(clerkA, id, "submit_answer", nil)
			return id
		}, roundA, "clear", nil, []string{"参与了答复书的起草", "第十七条"}},
		{"a signature by who did the secrecy review", func() string {
			id, hash := s.underReview()
			s.mustAct(roundA, id, "clear", map[string]any{"hash": hash})
			s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
			return id
		}, roundA, "sign", nil, []string{"做过这份答复书的保密审查"}},
		{"another text than the one that was submitted", func() string { id, _ := s.underReview(); return id }, secrecyA, "clear", map[string]any{"hash": strings.Repeat("0", 64)}, []string{"不是正在审签的答复书"}},
		{"approving what one proposed", func() string {
			id := s.inHand()
			s.mustAct(roundA, id, "extend", extend)
			return id
		}, roundA, "approve", nil, []string{"由另一个人同意"}},
		{"the clerk approving", func() string {
			id := s.inHand()
			s.mustAct(clerkA, id, "extend", extend)
			return id
		}, clerkA, "approve", nil, []string{"由工作机构负责人办理"}},
		{"the bureau answering for a school", func() string { id, _ := s.underReview(); return id }, supervisor, "clear", nil, []string{"由保密审查员办理"}},
		{"on the spot what must be signed", func() string {
			id := requestsIn[foi.Registered](s)
			s.draftAnswer(clerkA, id, provided)
			return id
		}, clerkA, "answer_at_once", nil, []string{"不能当场答复", "第十七条"}},
		{"a day in the future", s.answered, clerkA, "deliver", map[string]any{"way": "当面", "on": "2026-12-31"}, []string{"不能晚于今天"}},
		{"archiving before its day", s.postedAnswer, clerkA, "archive", nil, []string{"满 10 个工作日"}},
		{"a handover that the applicant did not agree to", s.answered, clerkA, "hand_over", map[string]any{"party": "区教育局"}, []string{"不属于本单位"}},
	} {
		id := tt.build()
		before := s.steps(id)
		a := s.stepAs(tt.who, id, tt.do, tt.with)
		if a.status != http.StatusBadRequest || !a.has(tt.says...) {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
		if s.steps(id) != before {
			t.Errorf("%s: a step was stored", tt.name)
		}
	}
}

// correct enters the applicant's correction that came on paper.
func (s *server) correct(id string) answer {
	s.t.Helper()
	a := s.fileAs(clerkA, "/api/app/requests/"+id+"/correction", map[string]any{"subject": "2025 学年食堂招标结果", "on": dayOf(*s.now.Load())})
	if a.status != http.StatusOK {
		s.t.Fatalf("correct: %d %s", a.status, a.body)
	}
	return a
}
