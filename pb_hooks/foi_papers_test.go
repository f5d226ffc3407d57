package pb_hooks_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/png"
	"mime/multipart"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// inHand is a request that is being worked on.
func (s *server) inHand() (id string) {
	s.t.Helper()
	id, _, _ = s.filed()
	s.mustAct(clerkA, id, "register", map[string]any{"confirmed": dayOf(*s.now.Load())})
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	return id
}

// addMaterial uploads a file to a case.
func (s *server) addMaterial(as, request, name string, data []byte) answer {
	s.t.Helper()
	return s.uploadTo(as, "/api/app/requests/"+request+"/files", name, data)
}

// uploadTo sends one file.
func (s *server) uploadTo(as, path, name string, data []byte) answer {
	s.t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(data)
	}
	if err != nil || w.Close() != nil {
		s.t.Fatal(err)
	}
	return s.send(as, http.MethodPost, path, w.FormDataContentType(), &b)
}

// white is a picture to cover.
func white(t *testing.T) []byte {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 400, 200))
	for i := range m.Pix {
		m.Pix[i] = 0xff
	}
	var b bytes.Buffer
	if err := png.Encode(&b, m); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestFilesOfACaseAreRead(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	for _, who := range viewers {
		a := s.addMaterial(who, id, "评分表.png", white(t))
		if may := who == clerkA; may != (a.status == http.StatusOK) {
			t.Errorf("%q uploads: %d %s", who, a.status, a.body)
		}
	}
	desk := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil)
	original := desk.field("files").([]any)[0].(map[string]any)["id"].(string)
	path := "/api/app/requests/" + id + "/files/" + original
	reads := []string{clerkA, officerA, secrecyA, principalA}
	for _, who := range viewers {
		for _, address := range []string{path, path + "/pages/1"} {
			a := s.do(who, http.MethodGet, address, nil)
			if may := slices.Contains(reads, who); may != (a.status == http.StatusOK) {
				t.Errorf("%q reads %s: %d", who, address, a.status)
			}
		}
	}
	if a := s.do(clerkA, http.MethodGet, path, nil); a.body != string(white(t)) || a.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the file: %d bytes, %v", len(a.body), a.header)
	}
	if a := s.do(clerkA, http.MethodPost, path+"/redact", map[string]any{"areas": []any{}}); a.status != http.StatusBadRequest || a.field("data", "areas") == nil {
		t.Errorf("nothing is marked: %d %s", a.status, a.body)
	}
	middle := map[string]any{"areas": []any{map[string]any{"page": 1, "x": 0.25, "y": 0.25, "w": 0.5, "h": 0.5}}}
	for _, who := range viewers {
		if a := s.do(who, http.MethodPost, path+"/redact", middle); who != clerkA && a.status < 400 {
			t.Errorf("%q makes a copy: %d %s", who, a.status, a.body)
		}
	}
	copied := s.do(clerkA, http.MethodPost, path+"/redact", middle)
	redacted := lastLine(t, copied)
	if redacted["redacted_of"] != original || redacted["name"] != "（遮盖）评分表.png" {
		t.Fatalf("the copy: %s", copied.body)
	}
	got := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id+"/files/"+redacted["id"].(string), nil)
	m, _, err := image.Decode(strings.NewReader(got.body))
	if err != nil {
		t.Fatal(err)
	}
	if r, _, _, _ := m.At(200, 100).RGBA(); r != 0 {
		t.Errorf("under the area: %v", color.NRGBAModel.Convert(m.At(200, 100)))
	}
	// an original with a copy stays, and a bystander cannot throw anything away
	for _, who := range []string{clerkA, nobodyA, clerkB, supervisor, ""} {
		if a := s.do(who, http.MethodDelete, path, nil); a.status < 400 {
			t.Errorf("%q throws the original away: %d", who, a.status)
		}
	}
	if a := s.do(clerkA, http.MethodDelete, "/api/app/requests/"+id+"/files/"+redacted["id"].(string), nil); a.status != http.StatusNoContent {
		t.Errorf("the copy is thrown away: %d %s", a.status, a.body)
	}
	// a file of another case
	other := s.inHand()
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+other+"/files/"+original, nil); a.status != http.StatusNotFound {
		t.Errorf("through another case: %d", a.status)
	}
}

func lastLine(t *testing.T, a answer) map[string]any {
	t.Helper()
	lines := strings.Split(strings.TrimSpace(a.body), "\n")
	var last struct {
		File  map[string]any `json:"file"`
		Error string         `json:"error"`
	}
	if err := json.Unmarshal([]byte(lines[len(lines)-1]), &last); err != nil || last.File == nil {
		t.Fatalf("%d %s (%v)", a.status, a.body, err)
	}
	return last.File
}

// A partial disclosure goes out with the redacted copy and never with the original.
func TestAPartialDisclosureSendsTheCopy(t *testing.T) {
	s := serveRequests(t)
	id := s.inHand()
	original := s.addMaterial(clerkA, id, "名单.png", white(t)).field("id").(string)
	redacted := lastLine(t, s.do(clerkA, http.MethodPost, "/api/app/requests/"+id+"/files/"+original+"/redact",
		map[string]any{"areas": []any{map[string]any{"page": 1, "x": 0, "y": 0, "w": 1, "h": 0.5}}}))["id"].(string)
	partial := map[string]any{"outcome": "2", "content": "名单", "reason": "含个人隐私", "withheld": []string{"3.2"}, "basis": "《未成年人保护法》第四条"}
	for name, files := range map[string][]string{"without a copy": {}, "with the original": {original}, "with both": {original, redacted}} {
		s.draftAnswer(clerkA, id, filledIn(partial, map[string]any{"files": files}))
		if a := s.stepAs(clerkA, id, "submit_answer", nil); a.status != http.StatusBadRequest || a.field("data", "files") == nil {
			t.Errorf("%s: %d %s", name, a.status, a.body)
		}
	}
	s.draftAnswer(clerkA, id, filledIn(partial, map[string]any{"files": []string{redacted}}))
	a := s.mustAct(clerkA, id, "submit_answer", nil)
	hash := a.field("in_review", "hash").(string)
	s.mustAct(secrecyA, id, "clear", map[string]any{"hash": hash})
	s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
	s.mustAct(principalA, id, "sign", map[string]any{"hash": hash})
	for file, status := range map[string]int{original: http.StatusNotFound, redacted: http.StatusOK} {
		if a := s.do(supervisor, http.MethodGet, "/api/app/requests/"+id+"/files/"+file, nil); a.status != status {
			t.Errorf("the bureau reads %s: %d", file, a.status)
		}
	}
}

func TestLettersOfACase(t *testing.T) {
	heavy(t)
	s := serveRequests(t)
	id := s.answered()
	letters := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil).field("letters").([]any)
	last := letters[len(letters)-1].(map[string]any)["id"].(string)
	path := "/api/app/requests/" + id + "/letters/" + last
	for _, who := range viewers {
		inSchool := slices.Contains([]string{clerkA, officerA, secrecyA, principalA}, who)
		html, docx := s.do(who, http.MethodGet, path, nil), s.do(who, http.MethodGet, path+"?format=docx", nil)
		if inSchool != (docx.status == http.StatusOK) || (inSchool || who == supervisor) != (html.status == http.StatusOK) {
			t.Errorf("%q: html %d, docx %d", who, html.status, docx.status)
		}
		if html.has("张三丰") != inSchool {
			t.Errorf("%q is told who applied: %v", who, !inSchool)
		}
	}
	if a := s.do(clerkA, http.MethodGet, path, nil); !a.has("信息公开申请答复书", "本教晨光小学信〔2026〕1号-答", "第三十六条第（二）项", "申诉") || a.has("复议", "诉讼") {
		t.Errorf("the answer: %s", a.body)
	}
	// the department that has the case in hand needs the question, not the person
	other := s.inHand()
	s.mustAct(clerkA, other, "assign", map[string]any{"assignee": s.person(nobodyA)})
	receipt := s.do(nobodyA, http.MethodGet, "/api/app/requests/"+other, nil).field("letters").([]any)[0].(map[string]any)["id"].(string)
	if a := s.do(nobodyA, http.MethodGet, "/api/app/requests/"+other+"/letters/"+receipt, nil); a.status != http.StatusOK || a.has("张三丰") {
		t.Errorf("the assignee reads who applied: %d %s", a.status, a.body)
	}
	if a := s.do(nobodyA, http.MethodGet, "/api/app/requests/"+other+"/letters/"+receipt+"?format=docx", nil); a.status != http.StatusForbidden {
		t.Errorf("the assignee takes the letter: %d", a.status)
	}
	if a := s.do(nobodyA, http.MethodGet, "/api/app/requests/"+other+"/evidence", nil); a.status != http.StatusForbidden {
		t.Errorf("the assignee takes everything: %d", a.status)
	}
	delivered := map[string]any{"on": dayOf(now), "way": "挂号信", "note": "XA12345678931"}
	for _, who := range []string{"", officerA, clerkB, supervisor, nobodyA} {
		if a := s.do(who, http.MethodPost, path+"/delivery", delivered); a.status < 400 {
			t.Errorf("%q records a delivery: %d", who, a.status)
		}
	}
	for field, bad := range map[string]map[string]any{"on": {"on": "2027-01-01", "way": "当面"}, "way": {"on": dayOf(now), "way": " "}} {
		if a := s.do(clerkA, http.MethodPost, path+"/delivery", bad); a.field("data", field) == nil {
			t.Errorf("%v: %d %s", bad, a.status, a.body)
		}
	}
	if a := s.do(clerkA, http.MethodPost, path+"/delivery", delivered); a.field("delivered_way") != "挂号信" {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestWhoAppliedIsOpenedWithAReason(t *testing.T) {
	s := serveRequests(t)
	id, _, _ := s.filed()
	path := "/api/app/requests/" + id
	for _, who := range viewers {
		before := s.lastRow()
		person := s.do(who, http.MethodPost, path+"/identity", map[string]any{"reason": "电话确认收到申请"})
		proof := s.do(who, http.MethodPost, path+"/papers", map[string]any{"reason": "核对身份证明", "field": "proofs", "n": 1})
		if may := who == clerkA; may != person.has("张三丰", "13800138000") || may != (proof.status == http.StatusOK) {
			t.Errorf("%q: %d %d", who, person.status, proof.status)
		}
		if entered := slices.Contains(s.deeds(before), "workbench foi_identity foi_requests"); entered != (who == clerkA) {
			t.Errorf("%q: the audit has %v", who, s.deeds(before))
		}
	}
	for _, reason := range []string{"", "看看", strings.Repeat("长", 201)} {
		if a := s.do(clerkA, http.MethodPost, path+"/identity", map[string]any{"reason": reason}); a.field("data", "reason") == nil || a.has("张三丰") {
			t.Errorf("%q: %d %s", reason, a.status, a.body)
		}
	}
	for _, bad := range []map[string]any{{"field": "proofs", "n": 2}, {"field": "proofs", "n": 0}, {"field": "name", "n": 1}} {
		bad["reason"] = "核对身份证明"
		if a := s.do(clerkA, http.MethodPost, path+"/papers", bad); a.status != http.StatusNotFound {
			t.Errorf("%v: %d", bad, a.status)
		}
	}
}

func TestAnAnswerBecomesAnArticle(t *testing.T) {
	s := serveRequests(t)
	id := s.answered()
	path := "/api/app/requests/" + id + "/publication"
	body := map[string]any{"column": "A0308", "title": "2025 学年食堂供餐单位招标结果"}
	for _, who := range []string{"", editorA, clerkB, supervisor, principalA} {
		if a := s.do(who, http.MethodPost, path, body); a.status < 400 {
			t.Errorf("%q: %d", who, a.status)
		}
	}
	for field, bad := range map[string]map[string]any{"title": {"column": "A0308", "title": " "}, "column": {"column": "", "title": "x"}} {
		if a := s.do(clerkA, http.MethodPost, path, bad); a.field("data", field) == nil {
			t.Errorf("%v: %d %s", bad, a.status, a.body)
		}
	}
	a := s.do(clerkA, http.MethodPost, path, body)
	article, err := s.app.FindRecordById("articles", a.field("article").(string))
	if err != nil {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	version, err := s.app.FindFirstRecordByData("article_versions", "article", article.Id)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(version.GetString("body"), "招标结果") || strings.Contains(version.GetString("body"), "张三丰") || !slices.Contains(version.GetStringSlice("writers"), s.person(clerkA)) {
		t.Errorf("the draft: %s by %v", version.GetString("body"), version.GetStringSlice("writers"))
	}
	if article.GetString("state") != "draft" {
		t.Errorf("it is %s", article.GetString("state"))
	}
	if a := s.do(clerkA, http.MethodGet, "/api/app/requests/"+id, nil); a.field("publication") != "proposed" {
		t.Errorf("the case: %s", a.body)
	}
	if a := s.do(clerkA, http.MethodPost, path, body); a.status != http.StatusBadRequest {
		t.Errorf("again: %d %s", a.status, a.body)
	}
	// not to publish needs a reason
	other := s.answered()
	if a := s.stepAs(clerkA, other, "decline_publication", nil); a.field("data", "reason") == nil {
		t.Errorf("without a reason: %d %s", a.status, a.body)
	}
	s.mustAct(clerkA, other, "decline_publication", map[string]any{"reason": "只涉及申请人本人"})
}
