package pb_hooks_test

import (
	"fmt"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"gongkai/pb_hooks/webhook"
)

// What the registry platform gets is what docs/registry-feed.openapi.json promises.
func TestTheFeedKeepsItsContract(t *testing.T) {
	raw, err := os.ReadFile("../docs/registry-feed.openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	const contract = "https://example.org/registry-feed.openapi.json"
	if err := compiler.AddResource(contract, doc); err != nil {
		t.Fatal(err)
	}
	keeps := func(place, body string) {
		t.Helper()
		schema, err := compiler.Compile(contract + "#/" + place)
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
		if err == nil {
			err = schema.Validate(value)
		}
		if err != nil {
			t.Errorf("%s: %v\n%s", place, err, body)
		}
	}

	s := servePush(t)
	v := receive(t, nil)
	made := s.subscribe(v.URL)
	s.published(editorB, "A0308", "供餐时间调整")
	correction := s.offerCorrection(schoolA, "phone", "021-1", "021-2")
	s.run("snapshots")
	school := create(s.app, "schools", map[string]any{"code": "9999990009", "name": "示范区新星小学", "stages": []string{"小学"}, "status": "planned"})
	for _, fields := range []map[string]any{{"status": "open"}, {"address": "新星路1号"}, {"status": "merged", "successors": []string{schoolA}, "ended_on": "2026-11-20"}, {"status": "open", "successors": nil, "ended_on": ""}, {"status": "closed"}, {"status": "open"}} {
		r, err := s.app.FindRecordById("schools", school.Id)
		if err != nil {
			t.Fatal(err)
		}
		r.Load(fields)
		if err := s.app.Save(r); err != nil {
			t.Fatal(err)
		}
	}
	if a := s.pull(made.Token, ""); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	r, err := s.app.FindRecordById("schools", school.Id)
	if err == nil {
		err = s.app.Delete(r)
	}
	if err != nil {
		t.Fatal(err)
	}
	if a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers/"+made.Subscriber.ID+"/test", nil); a.status != http.StatusOK {
		t.Fatal(a.body)
	}
	s.run("push")

	const feed, tell = "paths/~1api~1app~1registry~1feed/get/responses/", "paths/~1api~1app~1registry~1corrections/post/responses/"
	const asJSON = "/content/application~1json/schema"
	a := s.pull(made.Token, "")
	keeps(feed+"200"+asJSON, a.body)
	if !a.has(`"removed"`, `"rate":`, correction) {
		t.Errorf("the feed shows less than is promised: %s", a.body)
	}
	keeps(feed+"401"+asJSON, s.pull("", "").body)
	keeps(feed+"400"+asJSON, s.pull(made.Token, "?limit=0").body)
	told := s.withBearer(http.MethodPost, "/api/app/registry/corrections", made.Token, fmt.Sprintf(`{"outcomes":[{"id":%q,"outcome":"taken"}]}`, correction))
	keeps(tell+"200"+asJSON, told.body)
	keeps(tell+"400"+asJSON, s.withBearer(http.MethodPost, "/api/app/registry/corrections", made.Token, `{}`).body)

	var kinds []webhook.Event
	for _, one := range v.got() {
		kinds = append(kinds, webhook.Event(one.kind))
		keeps("webhooks/"+one.kind+"/post/requestBody"+asJSON, one.body)
	}
	for _, event := range append(webhook.Events(), webhook.Test) {
		if !slices.Contains(kinds, event) {
			t.Errorf("%s was not asked for", event)
		}
	}
}
