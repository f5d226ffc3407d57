package pb_hooks_test

import (
	"encoding/json"
	"maps"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// promised is the contract as the server gives it out, as far as the test reads it.
type promised struct {
	Paths map[string]struct {
		Get struct {
			ID        string `json:"operationId"`
			Responses map[string]struct {
				Ref     string `json:"$ref"`
				Content map[string]any
			}
		}
	}
	compiler *jsonschema.Compiler
}

const contractAddress = "https://example.org/openapi.json"

func (s *server) contract() (p promised) {
	s.t.Helper()
	text := s.get("/open/v1/openapi.json").body
	if err := json.Unmarshal([]byte(text), &p); err != nil {
		s.t.Fatal(err)
	}
	raw, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		s.t.Fatal(err)
	}
	p.compiler = jsonschema.NewCompiler()
	p.compiler.DefaultDraft(jsonschema.Draft2020)
	p.compiler.AssertFormat()
	if err := p.compiler.AddResource(contractAddress, raw); err != nil {
		s.t.Fatal(err)
	}
	return p
}

// holds compares an answer with what is promised of its status and form.
func (p promised) holds(t *testing.T, path string, a answer) {
	t.Helper()
	status := strconv.Itoa(a.status)
	response, ok := p.Paths[path].Get.Responses[status]
	media, _, err := mime.ParseMediaType(a.header.Get("Content-Type"))
	if !ok || err != nil {
		t.Fatalf("%d (%v) is not promised: %s", a.status, err, a.body)
	}
	pointer := "#/paths/" + escapedPointer(path) + "/get/responses/" + status
	if response.Ref != "" {
		pointer = response.Ref
	} else if response.Content[media] == nil {
		t.Fatalf("%s is not promised", media)
	}
	if !strings.HasSuffix(media, "json") {
		return
	}
	schema, err := p.compiler.Compile(contractAddress + pointer + "/content/" + escapedPointer(media) + "/schema")
	if err != nil {
		t.Fatal(err)
	}
	body, err := jsonschema.UnmarshalJSON(strings.NewReader(a.body))
	if err != nil {
		t.Fatal(err)
	}
	if err := schema.Validate(body); err != nil {
		t.Error(err)
	}
}

func escapedPointer(s string) string {
	return strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(s)
}

// What the real server answers is what /open/v1/openapi.json promises, of every
// operation: what is there, what has not changed, what cannot be understood, what is
// not there. The site package tests the rest with a reader of its own.
func TestRealAnswersKeepTheContract(t *testing.T) {
	s := serve(t)
	scene := s.disclosedForAll()
	s.run("snapshots")
	s.run("open-files")
	p := s.contract()
	called := map[string]map[int]bool{}
	ask := func(id, target string, want int) {
		path := p.pathOf(id)
		target = strings.NewReplacer("{id}", scene.published).Replace("/open/v1/" + target)
		t.Run(target, func(t *testing.T) {
			a := s.get(target)
			if a.status != want {
				t.Fatalf("got %d, want %d: %s", a.status, want, a.body)
			}
			p.holds(t, path, a)
			if called[id] == nil {
				called[id] = map[int]bool{}
			}
			called[id][want] = true
			if want != http.StatusOK {
				return
			}
			for method, status := range map[string]int{http.MethodGet: http.StatusNotModified, http.MethodHead: http.StatusNotModified} {
				if again := s.conditional(method, target, a.header.Get("ETag")); again.status != status || again.body != "" {
					t.Errorf("%s with the ETag: got %d %s, want %d", method, again.status, again.body, status)
				}
			}
			called[id][http.StatusNotModified] = true
		})
	}
	for id, targets := range realCalls(scene) {
		for target, want := range targets {
			ask(id, target, want)
		}
	}
	for path, item := range p.Paths {
		for status := range item.Get.Responses {
			if n, err := strconv.Atoi(status); err == nil && n != http.StatusTooManyRequests && !called[item.Get.ID][n] {
				t.Errorf("%s: %d is promised and was never asked for", path, n)
			}
		}
	}
	if got, want := slices.Sorted(maps.Keys(called)), len(p.Paths); len(got) != want {
		t.Errorf("asked %v, want all %d operations", got, want)
	}
}

func (p promised) pathOf(id string) string {
	for path, item := range p.Paths {
		if item.Get.ID == id {
			return path
		}
	}
	return ""
}

func (s *server) conditional(method, target, etag string) answer {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+target, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("If-None-Match", etag)
	a, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	a.Body.Close()
	return answer{status: a.StatusCode, header: a.Header}
}
