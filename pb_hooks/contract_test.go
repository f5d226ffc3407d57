package pb_hooks_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// What the real server answers is what /open/v1/openapi.json promises; the site
// package tests the rest of the contract with a reader of its own.
func TestRealAnswersKeepTheContract(t *testing.T) {
	s := serve(t)
	published, version := s.draft(editorA, "A0308", "供餐时间调整", someText)
	s.publish(editorA, published, version)
	withdrawn, version := s.draft(editorA, "A0308", "写错的通知", someText)
	s.publish(editorA, withdrawn, version)
	s.step(editorA, withdrawn, "", "withdraw", "写错了")
	leaders, version := s.draft(editorA, "A0202", "学校领导", "")
	s.do(editorA, http.MethodPatch, "/api/collections/article_versions/records/"+version,
		map[string]any{"facts": []map[string]string{{"姓名": "甲某", "职务": "校长", "分管工作": "全面", "公务电话": "021-00000001"}}})
	if a := s.publish(editorA, leaders, version); a.status != http.StatusOK {
		t.Fatal(a.body)
	}

	raw, err := jsonschema.UnmarshalJSON(strings.NewReader(s.get("/open/v1/openapi.json").body))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	const contract = "https://example.org/openapi.json"
	if err := compiler.AddResource(contract, raw); err != nil {
		t.Fatal(err)
	}
	for operation, addresses := range map[string][]string{
		"/open/v1/district":                          {"/open/v1/district"},
		"/open/v1/columns":                           {"/open/v1/columns"},
		"/open/v1/schools":                           {"/open/v1/schools", "/open/v1/schools?q=cg", "/open/v1/schools?stage=none"},
		"/open/v1/schools/{school}":                  {"/open/v1/schools/9999990001", "/open/v1/schools/9999990002"},
		"/open/v1/schools/{school}/columns/{column}": {"/open/v1/schools/9999990001/columns/A0308", "/open/v1/schools/9999990001/columns/A0102", "/open/v1/schools/9999990001/columns/A0202", "/open/v1/schools/9999990001/columns/A0204", "/open/v1/schools/9999990001/columns/A0201", "/open/v1/schools/9999990001/columns/B0601"},
		"/open/v1/articles":                          {"/open/v1/articles", "/open/v1/articles?limit=1", "/open/v1/articles?school=9999990002"},
		"/open/v1/articles/{id}":                     {"/open/v1/articles/" + published, "/open/v1/articles/" + withdrawn, "/open/v1/articles/" + leaders},
		"/open/v1/search":                            {"/open/v1/search", "/open/v1/search?q=供餐", "/open/v1/search?q=没有的话", "/open/v1/search?column=A03", "/open/v1/search?q=。"},
	} {
		schema, err := compiler.Compile(contract + "#/paths/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(operation) +
			"/get/responses/200/content/" + "application~1json/schema")
		if err != nil {
			t.Fatal(err)
		}
		for _, address := range addresses {
			a := s.get(address)
			body, err := jsonschema.UnmarshalJSON(strings.NewReader(a.body))
			if a.status != http.StatusOK || err != nil {
				t.Fatalf("%s: %d %v", address, a.status, err)
			}
			if err := schema.Validate(body); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
}
