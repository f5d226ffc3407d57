package pb_hooks_test

import (
	"fmt"
	"maps"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gongkai/pb_hooks/webhook"
)

// feedContract is docs/registry-feed.openapi.json, and which of its fields were seen
// in real answers.
type feedContract struct {
	t        *testing.T
	doc      any
	compiler *jsonschema.Compiler
	seen     map[string]bool // pointers of properties
}

const feedContractAddress = "https://example.org/registry-feed.openapi.json"

func readFeedContract(t *testing.T) *feedContract {
	t.Helper()
	raw, err := os.ReadFile("../docs/registry-feed.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	c := &feedContract{t, doc, jsonschema.NewCompiler(), map[string]bool{}}
	c.compiler.DefaultDraft(jsonschema.Draft2020)
	c.compiler.AssertFormat()
	if err := c.compiler.AddResource(feedContractAddress, doc); err != nil {
		t.Fatal(err)
	}
	return c
}

// keeps holds an answer to the schema of a place.
func (c *feedContract) keeps(place, body string) {
	c.t.Helper()
	schema, err := c.compiler.Compile(feedContractAddress + "#" + place)
	if err != nil {
		c.t.Fatal(err)
	}
	value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		c.t.Errorf("%s: %v\n%s", place, err, body)
	}
	c.mark(place, value)
}

func (c *feedContract) at(place string) any {
	v := c.doc
	for _, name := range strings.Split(place, "/")[1:] {
		name = strings.NewReplacer("~1", "/", "~0", "~").Replace(name)
		switch is := v.(type) {
		case map[string]any:
			v = is[name]
		case []any:
			var n int
			if _, err := fmt.Sscan(name, &n); err != nil || n >= len(is) {
				return nil
			}
			v = is[n]
		}
	}
	return v
}

// mark notes the properties of a schema that a value has.
func (c *feedContract) mark(place string, value any) {
	schema, _ := c.at(place).(map[string]any)
	if to, ok := schema["$ref"].(string); ok {
		c.mark(strings.TrimPrefix(to, "#"), value)
	}
	for _, joined := range []string{"allOf", "anyOf"} {
		parts, _ := schema[joined].([]any)
		for n := range parts {
			c.mark(fmt.Sprintf("%s/%s/%d", place, joined, n), value)
		}
	}
	switch is := value.(type) {
	case map[string]any:
		properties, _ := schema["properties"].(map[string]any)
		for name := range properties {
			if inner, there := is[name]; there {
				c.seen[place+"/properties/"+name] = true
				c.mark(place+"/properties/"+name, inner)
			}
		}
	case []any:
		for _, one := range is {
			c.mark(place+"/items", one)
		}
	}
}

// unseen are the properties of which no answer had any.
func (c *feedContract) unseen(place string, v any) (list []string) {
	switch is := v.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(is)) {
			inner := place + "/" + strings.ReplaceAll(name, "/", "~1")
			if strings.HasSuffix(place, "/properties") && !c.seen[inner] {
				list = append(list, inner)
			}
			list = append(list, c.unseen(inner, is[name])...)
		}
	case []any:
		for n, one := range is {
			list = append(list, c.unseen(fmt.Sprintf("%s/%d", place, n), one)...)
		}
	}
	return list
}

// What the registry platform gets is what docs/registry-feed.openapi.json promises:
// every answer of it, every event, every field.
func TestTheFeedKeepsItsContract(t *testing.T) {
	c := readFeedContract(t)
	s := servePush(t)
	v := receive(t, nil)
	made := s.subscribe(v.URL)
	path := "/api/app/push/subscribers/" + made.Subscriber.ID
	s.published(editorB, "A0308", "供餐时间调整")
	correction := s.offerCorrection(schoolA, "phone", "021-1", "021-2")
	s.run("snapshots")
	s.liveThrough("9999990009", made.Token)
	if a := s.do(bureauAdmin, http.MethodPost, path+"/test", nil); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.run("push")

	const feed, tell, asJSON = "/paths/~1api~1app~1registry~1feed/get/responses/", "/paths/~1api~1app~1registry~1corrections/post/", "/content/application~1json/schema"
	promised := map[string]bool{}
	for _, place := range []string{feed, tell + "responses/"} {
		for status := range c.at(strings.TrimSuffix(place, "/")).(map[string]any) {
			promised[place+status] = true
		}
	}
	answers := func(place string, a answer, headers ...string) {
		t.Helper()
		place = fmt.Sprintf("%s%d", place, a.status)
		if delete(promised, place); a.status == http.StatusNotModified {
			return
		}
		c.keeps(place+asJSON, a.body)
		told, _ := c.at(place + "/headers").(map[string]any)
		for name := range told {
			if a.header.Get(name) == "" {
				t.Errorf("%s: no header %s", place, name)
			}
		}
	}
	whole := s.pull(made.Token, "")
	answers(feed, whole)
	answers(feed, s.pull(made.Token, "", "If-None-Match", whole.header.Get("ETag")))
	answers(feed, s.pull("", ""))
	answers(feed, s.pull(made.Token, "?limit=0"))
	said := fmt.Sprintf(`{"outcomes":[{"id":%q,"outcome":"taken","note":"已更新"}]}`, correction)
	c.keeps(tell+"requestBody"+asJSON, said)
	post := func(token, body string) {
		t.Helper()
		answers(tell+"responses/", s.withBearer(http.MethodPost, "/api/app/registry/corrections", token, body))
	}
	post(made.Token, said)
	post(made.Token, `{}`)
	post("", said)
	for _, state := range []string{"paused", "active"} {
		if a := s.do(bureauAdmin, http.MethodPost, path+"/state", map[string]any{"state": state}); a.status != http.StatusOK {
			t.Fatal(a.body)
		}
		if state == "paused" {
			answers(feed, s.pull(made.Token, ""))
			post(made.Token, said)
		}
	}
	for s.pull(made.Token, "?limit=0").status != http.StatusTooManyRequests {
	}
	answers(feed, s.pull(made.Token, ""))
	post(made.Token, said)
	if len(promised) > 0 {
		t.Errorf("never answered: %v", slices.Sorted(maps.Keys(promised)))
	}

	var kinds []webhook.Event
	for _, one := range v.got() {
		kinds = append(kinds, webhook.Event(one.kind))
		c.keeps("/webhooks/"+one.kind+"/post/requestBody"+asJSON, one.body)
	}
	for _, event := range append(webhook.Events(), webhook.Test) {
		if !slices.Contains(kinds, event) {
			t.Errorf("%s was not asked for", event)
		}
	}
	if list := c.unseen("", c.doc); len(list) > 0 {
		t.Errorf("no answer has\n%s", strings.Join(list, "\n"))
	}
}

// liveThrough lets a school live through everything that is told, and be pulled in between.
func (s *server) liveThrough(code, token string) {
	s.t.Helper()
	id := create(s.app, "schools", map[string]any{"code": code, "name": "示范区新星小学", "stages": []string{"小学"}, "status": "planned"}).Id
	for _, fields := range []map[string]any{{"status": "open"}, {"address": "新星路1号"}, {"status": "merged", "successors": []string{schoolA}, "ended_on": "2026-11-20"},
		{"status": "open", "successors": nil, "ended_on": ""}, {"status": "closed"}, {"status": "open"}} {
		r, err := s.app.FindRecordById("schools", id)
		if err != nil {
			s.t.Fatal(err)
		}
		r.Load(fields)
		if err := s.app.Save(r); err != nil {
			s.t.Fatal(err)
		}
	}
	if a := s.pull(token, ""); a.status != http.StatusOK {
		s.t.Fatal(a.body)
	}
	r, err := s.app.FindRecordById("schools", id)
	if err == nil {
		err = s.app.Delete(r)
	}
	if err != nil {
		s.t.Fatal(err)
	}
	if a := s.pull(token, ""); !a.has(`"removed"`) {
		s.t.Errorf("a school that was entered by mistake: %s", a.body)
	}
}
