package pb_hooks_test

import (
	"maps"
	"mime"
	"net/http"
	"slices"
	"strings"
	"testing"
)

// trackedIDs are the ids of a list of the applicant's view, by the name of each.
func trackedIDs(t *testing.T, a answer, list string) map[string]string {
	t.Helper()
	ids := map[string]string{}
	for _, line := range a.field(list).([]any) {
		l := line.(map[string]any)
		ids[l["name"].(string)] = l["id"].(string)
	}
	return ids
}

// The applicant reads the letters that were written to them, and no others.
func TestAnApplicantReadsTheirLetters(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.givenAnswer()
	a := s.follows(number, code, "", nil)
	letters := trackedIDs(t, a, "letters")
	if names := slices.Sorted(maps.Keys(letters)); len(names) != 2 || !strings.Contains(names[0]+names[1], "收件回执") || !strings.Contains(names[0]+names[1], "答复书") {
		t.Errorf("letters: %v", names)
	}
	for name, letter := range letters {
		page := s.follows(number, code, "letter", map[string]any{"letter": letter, "format": "html"})
		if page.status != http.StatusOK || !page.has("张三丰", "<html") || page.header.Get("Cache-Control") != "no-store" || page.header.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %d %v", name, page.status, page.header)
		}
		file := s.follows(number, code, "letter", map[string]any{"letter": letter, "format": "docx"})
		_, about, err := mime.ParseMediaType(file.header.Get("Content-Disposition"))
		if file.status != http.StatusOK || !strings.HasPrefix(file.body, "PK") || err != nil || !strings.HasPrefix(about["filename"], name) || file.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s: %d %v (%v)", name, file.status, file.header, err)
		}
		if a := s.follows(number, code, "letter", map[string]any{"letter": letter, "format": "exe"}); a.status != http.StatusBadRequest {
			t.Errorf("%s in a format nobody knows: %d", name, a.status)
		}
	}
	// letters of the house and of another case
	var inside []string
	all, err := s.app.FindAllRecords("foi_letters")
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range all {
		if l.GetString("request") == id && l.GetString("recipient") != "applicant" {
			inside = append(inside, l.Id)
		}
	}
	_, otherNumber, otherCode := s.registered()
	if len(inside) == 0 {
		t.Fatal("no letter of the house")
	}
	for _, letter := range append(inside, "", "x") {
		if a := s.follows(number, code, "letter", map[string]any{"letter": letter, "format": "docx"}); a.status != http.StatusNotFound {
			t.Errorf("letter %q: %d", letter, a.status)
		}
	}
	for name, letter := range letters {
		if a := s.follows(otherNumber, otherCode, "letter", map[string]any{"letter": letter, "format": "html"}); a.status != http.StatusNotFound {
			t.Errorf("%s through another case: %d", name, a.status)
		}
	}
}

// The applicant gets the files of an answer once it is signed: the redacted copy,
// never its original, never what was only found.
func TestAnApplicantReadsTheFilesOfTheAnswer(t *testing.T) {
	s := serveRequests(t)
	id, number, code := s.registered()
	s.mustAct(clerkA, id, "assign", map[string]any{"party": "总务处"})
	original := s.addMaterial(clerkA, id, "评分表.png", white(t)).field("id").(string)
	found := s.addMaterial(clerkA, id, "没有用到.png", picture(t)).field("id").(string)
	redacted := lastLine(t, s.do(clerkA, http.MethodPost, "/api/app/requests/"+id+"/files/"+original+"/redact",
		map[string]any{"areas": []any{map[string]any{"page": 1, "x": 0.25, "y": 0.25, "w": 0.5, "h": 0.5}}}))["id"].(string)
	s.draftAnswer(clerkA, id, map[string]any{"outcome": "2", "content": "评分表", "reason": "评委的手机号码属于个人隐私", "withheld": []string{"3.3"}, "files": []string{redacted},
		"not_consulted": "只遮盖手机号码"})
	hash := s.mustAct(clerkA, id, "submit_answer", nil).field("in_review", "hash")
	fetch := func(file string) answer { return s.follows(number, code, "file", map[string]any{"file": file}) }
	if a := s.follows(number, code, "", nil); len(a.field("files").([]any)) != 0 || fetch(redacted).status != http.StatusNotFound {
		t.Errorf("before it is signed: %s", a.body)
	}
	s.mustAct(secrecyA, id, "clear", map[string]any{"hash": hash})
	s.mustAct(officerA, id, "endorse", map[string]any{"hash": hash})
	s.mustAct(principalA, id, "sign", map[string]any{"hash": hash})
	a := s.follows(number, code, "", nil)
	if files := trackedIDs(t, a, "files"); len(files) != 1 || files["（遮盖）评分表.png"] != redacted {
		t.Errorf("the files: %v", files)
	}
	got := fetch(redacted)
	_, about, err := mime.ParseMediaType(got.header.Get("Content-Disposition"))
	if got.status != http.StatusOK || err != nil || about["filename"] != "（遮盖）评分表.png" || got.header.Get("X-Content-Type-Options") != "nosniff" || got.header.Get("Cache-Control") != "no-store" {
		t.Errorf("the copy: %d %v (%v)", got.status, got.header, err)
	}
	for what, file := range map[string]string{"the original": original, "what was only found": found, "nothing": ""} {
		if a := fetch(file); a.status != http.StatusNotFound {
			t.Errorf("%s: %d", what, a.status)
		}
	}
	_, otherNumber, otherCode := s.registered()
	if a := s.follows(otherNumber, otherCode, "file", map[string]any{"file": redacted}); a.status != http.StatusNotFound {
		t.Errorf("through another case: %d", a.status)
	}
}
