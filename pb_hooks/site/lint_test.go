package site

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// node is a part of openapi.json.
type node = map[string]any

// TestTheContractIsWellWritten: what the docs page and the client are made of is
// there for every operation, and every example is one.
func TestTheContractIsWellWritten(t *testing.T) {
	doc := readContract(t)
	var whole node
	if err := json.Unmarshal(openapiDocument, &whole); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for path, item := range whole["paths"].(node) {
		op := item.(node)["get"].(node)
		id, _ := op["operationId"].(string)
		if id == "" || seen[id] {
			t.Errorf("%s: operationId %q is none or another's", path, id)
		}
		seen[id] = true
		for _, words := range []string{"summary", "description"} {
			if s, _ := op[words].(string); !isChinese(s) {
				t.Errorf("%s: %s %q, want Chinese", path, words, s)
			}
		}
		parameters, _ := op["parameters"].([]any)
		for _, raw := range parameters {
			p := resolve(whole, raw.(node))
			name, _ := p["name"].(string)
			if s, _ := p["description"].(string); !isChinese(s) || p["example"] == nil {
				t.Errorf("%s: parameter %s wants a Chinese description and an example", path, name)
			}
			if p["in"] == "path" && !strings.Contains(path, "{"+name+"}") {
				t.Errorf("%s has no {%s}", path, name)
			}
		}
		responses := op["responses"].(node)
		for _, status := range []string{"200", "304", "5XX"} {
			if responses[status] == nil {
				t.Errorf("%s: no answer %s", path, status)
			}
		}
	}
	doc.examples(t, whole, "#")
}

// resolve follows a reference within the document.
func resolve(whole, part node) node {
	to, isRef := part["$ref"].(string)
	if !isRef {
		return part
	}
	at := whole
	for _, step := range strings.Split(strings.TrimPrefix(to, "#/"), "/") {
		at = at[step].(node)
	}
	return at
}

// examples holds every example to the schema that it stands at.
func (doc contract) examples(t *testing.T, part any, pointer string) {
	switch v := part.(type) {
	case node:
		if list, ok := v["examples"].([]any); ok && v["type"] != nil {
			for _, example := range list {
				doc.isValid(t, pointer, example)
			}
		}
		if example, ok := v["example"]; ok && v["schema"] != nil {
			doc.isValid(t, pointer+"/schema", example)
		}
		for key, inner := range v {
			if key != "examples" && key != "example" {
				doc.examples(t, inner, pointer+"/"+strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D").Replace(key))
			}
		}
	case []any:
		for i, inner := range v {
			doc.examples(t, inner, pointer+"/"+itoa(i))
		}
	}
}

func (doc contract) isValid(t *testing.T, pointer string, example any) {
	t.Helper()
	schema, err := doc.compiler.Compile(contractURL + pointer)
	if err != nil {
		t.Fatalf("%s: %v", pointer, err)
	}
	raw, _ := json.Marshal(example)
	value, _ := jsonschema.UnmarshalJSON(strings.NewReader(string(raw)))
	if err := schema.Validate(value); err != nil {
		t.Errorf("%s: the example %s is none: %v", pointer, raw, err)
	}
}
