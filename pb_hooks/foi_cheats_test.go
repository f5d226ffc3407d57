package pb_hooks_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// The bureau supervises; what is still being signed in a school is not its business.
func TestTheBureauSeesAnAnswerOnceItIsGiven(t *testing.T) {
	s := serveRequests(t)
	id, hash := s.underReview()
	path := "/api/app/requests/" + id
	if a := s.do(supervisor, http.MethodGet, path, nil); a.status != http.StatusOK || a.field("in_review") != nil || a.has("校长办公室领取") {
		t.Errorf("while it is signed: %d %s", a.status, a.body)
	}
	s.mustAct(secrecyA, id, "return", map[string]any{"hash": hash, "reason": "请写明依据"})
	if a := s.do(supervisor, http.MethodGet, path, nil); a.field("in_review") != nil || a.has("校长办公室领取") {
		t.Errorf("after it came back: %s", a.body)
	}
	if a := s.do(supervisor, http.MethodGet, "/api/app/requests/"+s.answered(), nil); a.field("in_review", "obtain") != provided["obtain"] {
		t.Errorf("once it is given: %s", a.body)
	}
}

// covered is a copy of a file of a case with its upper half covered.
func (s *server) covered(t *testing.T, as, request, file string) (id string) {
	t.Helper()
	return lastLine(t, s.do(as, http.MethodPost, "/api/app/requests/"+request+"/files/"+file+"/redact",
		map[string]any{"areas": []any{map[string]any{"page": 1, "x": 0, "y": 0, "w": 1, "h": 0.5}}}))["id"].(string)
}

var partial = map[string]any{"outcome": "2", "content": "名单", "reason": "含个人隐私", "withheld": []string{"3.2"}, "basis": "《未成年人保护法》第四条"}

// Under another name it is the same original.
func TestAnOriginalUploadedTwiceIsNotSent(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	original := s.addMaterial(clerkA, id, "名单.png", white(t)).field("id").(string)
	again := s.addMaterial(clerkA, id, "附表.png", white(t)).field("id").(string)
	redacted := s.covered(t, clerkA, id, original)
	s.draftAnswer(clerkA, id, filledIn(partial, map[string]any{"files": []string{again, redacted}}))
	if a := s.stepAs(clerkA, id, "submit_answer", nil); a.status != http.StatusBadRequest || !a.has("附表.png", "遮盖前的原件") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Whoever covered parts of a file decided what is withheld, so somebody else reviews it.
func TestWhoCoveredAFileDoesNotReviewIt(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	original := s.addMaterial(clerkA, id, "名单.png", white(t)).field("id").(string)
	s.mustAct(clerkA, id, "assign", map[string]any{"assignee": s.person(secrecyA)})
	redacted := s.covered(t, secrecyA, id, original)
	s.draftAnswer(clerkA, id, filledIn(partial, map[string]any{"files": []string{redacted}}))
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash").(string)
	if a := s.stepAs(secrecyA, id, "clear", map[string]any{"hash": hash}); a.status != http.StatusBadRequest || !a.has("参与了答复书的起草") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// Who agrees agrees to what they looked at, not to what was put in its place since.
func TestAProposalIsNotExchangedBeforeItIsApproved(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	first := s.mustAct(clerkA, id, "extend", map[string]any{"days": 5, "reason": "需要征集各年级的材料"})
	seen, _ := first.field("proposal", "step").(string)
	s.mustAct(clerkA, id, "decline", map[string]any{"reason": "写错了"})
	second := s.mustAct(clerkA, id, "extend", map[string]any{"days": 20, "reason": "暂时不想答复"}).field("proposal", "step")
	for _, do := range []string{"approve", "decline"} {
		if a := s.stepAs(officerA, id, do, map[string]any{"proposal": seen, "reason": "不同意"}); a.status != http.StatusBadRequest || !a.has("foi_other_text") {
			t.Errorf("%s of what is gone: %d %s", do, a.status, a.body)
		}
	}
	s.mustAct(officerA, id, "approve", map[string]any{"proposal": second})
}

var secretLink = regexp.MustCompile(`/opinion#[0-9A-Z]`)

// The link of a letter lets whoever has it speak for the one who is asked, so it is
// for who sends the letter.
func TestOnlyTheClerkReadsTheLinkOfAnOpinion(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	a := s.mustAct(clerkA, id, "consult", map[string]any{"party": "示范区财政局", "items": "招标结果可否公开"})
	letters := a.field("letters").([]any)
	letter := letters[len(letters)-1].(map[string]any)["id"].(string)
	path := "/api/app/requests/" + id + "/letters/" + letter
	for _, who := range []string{clerkA, officerA, secrecyA, principalA, supervisor} {
		page, file := s.do(who, http.MethodGet, path, nil), s.do(who, http.MethodGet, path+"?format=docx", nil)
		if page.status != http.StatusOK || secretLink.MatchString(page.body) != (who == clerkA) || (file.status == http.StatusOK) != (who == clerkA) {
			t.Errorf("%q: page %d, link %t, docx %d", who, page.status, secretLink.MatchString(page.body), file.status)
		}
		for name, text := range unpacked(t, s.do(who, http.MethodGet, "/api/app/requests/"+id+"/evidence", nil).body) {
			isTheirs := slices.ContainsFunc([]string{".html", ".json", ".txt"}, func(end string) bool { return strings.HasSuffix(name, end) })
			if isTheirs && secretLink.MatchString(text) {
				t.Errorf("%q finds the link in %s", who, name)
			}
			if strings.HasSuffix(name, ".docx") && strings.Contains(name, "征求意见") && who != clerkA {
				t.Errorf("%q finds the letter %s", who, name)
			}
		}
	}
}

// What visitors send without a form is short.
func TestVisitorsSendLittle(t *testing.T) {
	s := serveRequests(t)
	for _, path := range []string{"/api/app/track", "/api/app/opinion", "/api/app/answered", "/api/app/feedback"} {
		a := s.do("", http.MethodPost, path, map[string]any{"number": "SQ2026-00001", "code": strings.Repeat("A", 100_000)})
		if a.status < 400 || a.status == http.StatusNotFound {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
}

func TestAFormOfManyPartsIsNotReadToItsEnd(t *testing.T) {
	s := serveRequests(t)
	var many []paper
	for range 100 {
		many = append(many, s.proof())
	}
	if a := s.fileAs("", doorA, goodApplication(), many...); a.status != http.StatusBadRequest || !a.has("上传的文件太多") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := s.fileAs("", doorA, goodApplication(), many[:8]...); a.field("data", "proofs") == nil {
		t.Errorf("a few too many: %d %s", a.status, a.body)
	}
}

// What is behind no rule is not asked about from what is public, either.
func TestNobodyAsksThroughWhatIsPublic(t *testing.T) {
	s := serveRequests(t)
	s.filed()
	for _, who := range []string{"", clerkA, supervisor} {
		for _, path := range []string{"schools/records?filter=foi_requests_via_school.subject~%27%E9%A3%9F%E5%A0%82%27", "schools/records?sort=foi_requests_via_school.subject",
			"schools/records?expand=foi_requests_via_school", "staff/records?filter=foi_requests_via_assignee.subject~%27a%27", "staff/records?expand=foi_requests_via_assignee",
			"staff/records?filter=foi_files_via_by.name~%27a%27", "articles/records?filter=article_answers_via_article.count>0",
			"foi_requests/records", "foi_steps/records", "foi_letters/records"} {
			a := s.do(who, http.MethodGet, "/api/collections/"+path, nil)
			if a.has("食堂") || strings.Contains(path, "filter=") && a.status == http.StatusOK && a.has(`"totalItems":1`) {
				t.Errorf("%q asks %s: %d %.200s", who, path, a.status, a.body)
			}
		}
	}
}

// Who has the dashboard does not make a request disappear by emptying tables.
func TestTablesOfRequestsAreNotEmptied(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	file := s.addMaterial(clerkA, id, "评分表.png", white(t)).field("id").(string)
	s.mustAct(clerkA, id, "consult", map[string]any{"party": "示范区财政局", "items": "招标结果可否公开"})
	s.mustAct(clerkA, id, "record_opinion", map[string]any{"party": "示范区财政局", "opinion": "agrees"})
	s.draftAnswer(clerkA, id, filledIn(provided, map[string]any{"files": []string{file}}))
	s.mustAct(clerkA, id, "submit_answer", nil)
	for _, name := range []string{"foi_requests", "foi_applications", "foi_steps", "foi_files", "foi_replies", "foi_letters", "foi_inquiries", "foi_mails", "foi_serials"} {
		before, err := s.app.CountRecords(name)
		a := s.do(root, http.MethodDelete, recordAPI+name+"/truncate", nil)
		if after, failed := s.app.CountRecords(name); err != nil || failed != nil || a.status != http.StatusBadRequest || before == 0 || after != before {
			t.Errorf("%s: %d, %d rows of %d (%v, %v)", name, a.status, after, before, err, failed)
		}
	}
}
