package pb_hooks_test

import (
	"net/http"
	"testing"
	"time"
)

func TestEditLock(t *testing.T) {
	s := serve(t)
	article, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	path := "/api/app/versions/" + version + "/lock"
	lock := func(as string, takeOver bool) answer {
		t.Helper()
		a := s.do(as, http.MethodPost, path, map[string]any{"take_over": takeOver})
		if a.status != http.StatusOK {
			t.Fatalf("lock as %s: %d %s", as, a.status, a.body)
		}
		return a
	}
	has := func(name string, a answer, mine bool, who, since string) {
		t.Helper()
		if a.field("mine") != mine || a.field("name") != who || a.field("since") != since {
			t.Errorf("%s: %s", name, a.body)
		}
	}
	has("the first writer", lock(editorA, false), true, editorA, "2026-11-23T02:00:00Z")
	s.wait(60 * time.Second)
	has("a sign of life keeps the hour", lock(editorA, false), true, editorA, "2026-11-23T02:00:00Z")
	s.wait(60 * time.Second)
	has("a colleague is told", lock(secondA, false), false, editorA, "2026-11-23T02:00:00Z")
	has("a colleague takes over", lock(secondA, true), true, secondA, "2026-11-23T02:02:00Z")
	has("the first one learns of it", lock(editorA, false), false, secondA, "2026-11-23T02:02:00Z")
	s.wait(90 * time.Second)
	has("it lapses after 90 s without a sign of life", lock(editorA, false), true, editorA, "2026-11-23T02:03:30Z")

	if a := s.do(secondA, http.MethodDelete, path, nil); a.status != http.StatusNoContent {
		t.Errorf("giving back what one has not: %d", a.status)
	}
	has("only its holder gives it back", lock(secondA, false), false, editorA, "2026-11-23T02:03:30Z")
	if a := s.do(editorA, http.MethodDelete, path, nil); a.status != http.StatusNoContent {
		t.Errorf("giving it back: %d", a.status)
	}
	has("then it is free", lock(secondA, false), true, secondA, "2026-11-23T02:03:30Z")

	for who, want := range map[string]int{reviewerA: 403, nobodyA: 404, editorB: 404, supervisor: 404, root: 403, "": 401} {
		for _, method := range []string{http.MethodPost, http.MethodDelete} {
			if a := s.do(who, method, path, map[string]any{}); a.status != want {
				t.Errorf("%s as %q: %d, want %d", method, who, a.status, want)
			}
		}
	}

	s.must(editorA, article, map[string]any{"version": version, "action": "submit"})
	if a := s.do(editorA, http.MethodPost, path, map[string]any{}); a.status != http.StatusBadRequest || a.field("data", "id", "code") != "version_is_frozen" {
		t.Errorf("a submitted version: %d %s", a.status, a.body)
	}
	s.must(editorA, article, map[string]any{"version": version, "action": "recall"})
	path = "/api/app/versions/" + s.openVersion(editorA, article) + "/lock"
	has("what came back is another version", lock(editorA, false), true, editorA, "2026-11-23T02:03:30Z")
}
