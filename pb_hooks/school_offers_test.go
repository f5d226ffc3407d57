package pb_hooks_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks"
)

// offeredIn are the keys of an answer that offer to do something. That a writer agrees
// to a publication offers nothing.
func offeredIn(t *testing.T, body string) (keys []string) {
	t.Helper()
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, one := range v {
				walk(one)
			}
		case map[string]any:
			for key, one := range v {
				may, steps := one == true && (strings.HasPrefix(key, "may_") || strings.HasPrefix(key, "can_")), false
				if list, isList := one.([]any); isList {
					steps = len(list) > 0 && slices.Contains([]string{"choices", "actions", "may"}, key)
				}
				if (may || steps) && key != "may_publish" {
					keys = append(keys, key)
				}
				walk(one)
			}
		}
	}
	var v any
	if err := json.Unmarshal([]byte(body), &v); err != nil {
		t.Fatalf("%v: %.200s", err, body)
	}
	walk(v)
	slices.Sort(keys)
	return slices.Compact(keys)
}

// People of a school that ended keep their accounts and read: no page offers what the
// server then refuses. What is asked is every route of the workbench that answers with
// a page; before the school ends each of these people is offered something.
func TestNothingIsOfferedAtASchoolThatEnded(t *testing.T) {
	s := serveRequests(t)
	request := s.delivered()
	letter, _, _ := s.wrote(goodLetter())
	s.answersLetter(letter, principalA, "学校下周起调整供餐时间。")
	article, version := s.draft(editorA, "A0308", "校园开放日", someText)
	s.publish(editorA, article, version)
	s.mustPost(officerA, exemptionsPath, map[string]any{"column": "A0106", "reason": "没有这项内容", "from": "2026-11-23", "until": "2027-06-30"})
	paths := []string{}
	for _, r := range pb_hooks.Routes() {
		if r.Anonymous || r.Method != http.MethodGet || strings.Contains(r.Path, ".") {
			continue
		}
		path := strings.NewReplacer("{school}", "9999990001", "{year}", "2025").Replace(r.Path)
		for of, id := range map[string]string{"requests": request, "inquiries": letter, "articles": article} {
			path = strings.Replace(path, of+"/{id}", of+"/"+id, 1)
		}
		if !strings.Contains(path, "{") {
			paths = append(paths, path)
		}
	}
	people := []string{editorA, principalA, officerA, clerkA, secrecyA, reviewerA, adminA}
	offers := func(paths []string) map[string][]string {
		found := map[string][]string{}
		for _, who := range people {
			for _, path := range paths {
				a := s.do(who, http.MethodGet, path, nil)
				if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
					continue
				}
				for _, key := range offeredIn(t, a.body) {
					found[path] = append(found[path], who+" "+key)
				}
			}
		}
		return found
	}
	filled := []string{"/api/app/articles/" + article, "/api/app/requests/" + request, "/api/app/inquiries/" + letter, "/api/app/exemptions", "/api/app/scores/9999990001",
		"/api/app/annual-reports/9999990001/2025", "/api/app/responsibility", "/api/app/registry/schools/9999990001", "/api/app/requests/statistics?from=2025-01-01&to=2025-12-31"}
	before := offers(filled)
	for _, path := range filled {
		if len(before[path]) == 0 {
			t.Errorf("nobody is offered anything on %s: nothing is shown by what follows", path)
		}
	}
	s.mustPost(bureauAdmin, schoolFileA+"/ending", merging(nil))
	for path, keys := range offers(append(paths, filled...)) {
		t.Errorf("%s offers %s", path, strings.Join(keys, ", "))
	}
}
