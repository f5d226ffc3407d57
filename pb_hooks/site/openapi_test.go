package site

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"maps"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// calls are requests for every operation of openapi.json and the status each must have.
var calls = map[string]map[string]int{
	"getDistrict": {"/open/v1/district": 200, "/open/v1/district?format=csv": 400},
	"listColumns": {"/open/v1/columns": 200, "/open/v1/columns?format=csv": 200, "/open/v1/columns?format=": 200},
	"getFigures":  {"/open/v1/figures": 200},
	"listSchools": {"/open/v1/schools": 200, "/open/v1/schools?q=sfzx&stage=初中&town=示例镇&ownership=公办&status=open": 200,
		"/open/v1/schools?q=没有这所学校": 200, "/open/v1/schools?format=csv": 200, "/open/v1/schools?format=xlsx": 400},
	"getSchool": {"/open/v1/schools/shifan": 200, "/open/v1/schools/shixiao?format=json": 200, "/open/v1/schools/nobody": 404},
	"getColumn": {"/open/v1/schools/shifan/columns/A0401": 200, "/open/v1/schools/shifan/columns/A0101": 200, "/open/v1/schools/shifan/columns/A0102": 200,
		"/open/v1/schools/shifan/columns/A0204?page=1": 200, "/open/v1/schools/shifan/columns/A9999": 404, "/open/v1/schools/nobody/columns/A0401": 404,
		"/open/v1/schools/shifan/columns/A0401?page=2": 404, "/open/v1/schools/shifan/columns/A0401?page=0": 400},
	"getSchoolChannel": {"/open/v1/schools/shifan/channels/mailbox": 200, "/open/v1/schools/nobody/channels/mailbox": 404, "/open/v1/schools/shifan/channels/letters": 404},
	"getChannel":       {"/open/v1/channels/appeal": 200, "/open/v1/channels/nothing": 404},
	"listArticles": {"/open/v1/articles": 200, "/open/v1/articles?school=shifan&column=A0401&since=2026-01-01&until=2026-12-31&limit=1": 200,
		"/open/v1/articles?limit=100&cursor=after-2": 200, "/open/v1/articles?school=nobody": 404, "/open/v1/articles?format=csv": 200, "/open/v1/articles?limit=101": 400,
		"/open/v1/articles?updated_since=2026-01-01": 200},
	"getArticle": {"/open/v1/articles/a1": 200, "/open/v1/articles/a2": 200, "/open/v1/articles/a4": 200, "/open/v1/articles/a5": 200, "/open/v1/articles/nothing": 404},
	"listFiles":  {"/open/v1/files": 200, "/open/v1/files?school=shifan&limit=1": 200, "/open/v1/files?format=csv": 200, "/open/v1/files?cursor=x": 400},
	"listForms":  {"/open/v1/forms": 200, "/open/v1/forms?format=csv": 200, "/open/v1/forms?fields=nothing": 400},
	"listQuestions": {"/open/v1/questions": 200, "/open/v1/questions?updated_since=2026-01-01T00:00:00Z": 200, "/open/v1/questions?format=csv": 200,
		"/open/v1/questions?updated_since=yesterday": 400},
	"listAnswers":   {"/open/v1/answers": 200, "/open/v1/answers?stage=初中&town=示例镇": 200, "/open/v1/answers?format=csv": 200, "/open/v1/answers?limit=0": 400},
	"listStandards": {"/open/v1/standards": 200, "/open/v1/standards?format=csv": 200, "/open/v1/standards?cursor=x": 400},
	"getStandard":   {"/open/v1/standards/2026": 200, "/open/v1/standards/2026?format=csv": 200, "/open/v1/standards/1999": 404, "/open/v1/standards/2026?format=xml": 400},
	"listStatistics": {"/open/v1/statistics": 200, "/open/v1/statistics?from=2026-01-01&to=2026-12-31&by=day": 200, "/open/v1/statistics?format=csv": 200,
		"/open/v1/statistics?by=week": 400},
	"search": {"/open/v1/search": 200, "/open/v1/search?q=招生": 200, "/open/v1/search?q=招生&school=shifan&from=2026-01-01&to=2026-12-31&page=1": 200,
		"/open/v1/search?q=招生&format=csv": 200, "/open/v1/search?from=yesterday": 400},
	"listBulk":    {"/open/v1/bulk": 200, "/open/v1/bulk?format=csv": 400},
	"getBulkFile": {"/open/v1/bulk/articles.csv.gz": 200, "/open/v1/bulk/nothing": 404},
	"getCatalog":  {"/open/v1/catalog.jsonld": 200},
	"getOpenAPI":  {"/open/v1/openapi.json": 200},
}

func TestEveryOperationAnswersAsDocumented(t *testing.T) {
	server := httptest.NewServer(newSite(t, newFake()))
	defer server.Close()
	doc := readContract(t)
	var called []string
	for path, item := range doc.Paths {
		op := item["get"]
		called = append(called, op.ID)
		for target, want := range calls[op.ID] {
			t.Run(target, func(t *testing.T) {
				r, err := http.Get(server.URL + target)
				if err != nil {
					t.Fatal(err)
				}
				defer r.Body.Close()
				if r.StatusCode != want {
					t.Fatalf("got status %d, want %d", r.StatusCode, want)
				}
				media, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
				if err != nil {
					t.Fatal(err)
				}
				schema := doc.responseSchema(t, path, r.StatusCode, media)
				var value any
				if !strings.HasSuffix(media, "json") {
					raw, _ := io.ReadAll(r.Body)
					value = string(raw)
				} else if value, err = jsonschema.UnmarshalJSON(r.Body); err != nil {
					t.Fatal(err)
				}
				if err := schema.Validate(value); err != nil {
					t.Errorf("%#v", err)
				}
			})
		}
	}
	if want := slices.Sorted(maps.Keys(calls)); !slices.Equal(slices.Sorted(slices.Values(called)), want) {
		t.Errorf("got operations %v, want calls for each and no others: %v", called, want)
	}
}

// tooShort is an error that a Reader words for the visitor.
type tooShort struct{}

func (tooShort) Error() string { return "检索词太短" }
func (tooShort) Code() string  { return "search_too_short" }

func TestAnErrorForTheVisitorKeepsItsCodeAndWords(t *testing.T) {
	f := newFake()
	f.err = tooShort{}
	var p Problem
	_ = json.Unmarshal(ask(t, newSite(t, f), http.MethodGet, "/open/v1/search").Body.Bytes(), &p)
	if want := (Problem{"urn:gongkai:problem:search_too_short", "请求有误", 400, "检索词太短", ""}); p != want {
		t.Errorf("got %+v, want %+v", p, want)
	}
}

func TestAFailingDatabaseIsNotShown(t *testing.T) {
	f := newFake()
	f.err = errors.New("no such table: articles")
	w := ask(t, newSite(t, f), http.MethodGet, "/open/v1/articles")
	if w.Code != 500 || strings.Contains(w.Body.String(), "table") {
		t.Errorf("got %d %s, want 500 without the cause", w.Code, w.Body)
	}
	value, _ := jsonschema.UnmarshalJSON(w.Body)
	if err := readContract(t).schema(t, "/components/schemas/Problem").Validate(value); err != nil {
		t.Error(err)
	}
}

func TestEveryOpenRouteIsDocumentedAndTheReverse(t *testing.T) {
	var routes []string
	for _, r := range newSite(t, newFake()).echo.Router().Routes() {
		if !strings.HasPrefix(r.Path, "/open/") {
			continue
		}
		parts := strings.Split(r.Path, "/")
		for i, p := range parts {
			if name, ok := strings.CutPrefix(p, ":"); ok {
				parts[i] = "{" + name + "}"
			}
		}
		routes = append(routes, strings.Join(parts, "/"))
	}
	slices.Sort(routes)
	if documented := slices.Sorted(maps.Keys(readContract(t).Paths)); !slices.Equal(routes, documented) {
		t.Errorf("got routes %v, want as documented %v", routes, documented)
	}
}

func TestEveryFieldIsDocumented(t *testing.T) {
	doc := readContract(t)
	seen := map[string]bool{}
	for _, v := range []any{Home{}, DistrictFigures{}, Standard{}, SchoolList{}, SchoolPage{}, ColumnPage{}, ArticlePage{}, ArticleList{}, SearchPage{}, LetterPage{},
		FileList{}, FormList{}, QuestionList{}, AnswerList{}, StandardList{}, StandardVersion{}, Statistics{}, BulkIndex{}, Problem{}} {
		doc.compare(t, reflect.TypeOf(v), seen)
	}
	for name := range doc.Components.Schemas {
		if !seen[name] {
			t.Errorf("schema %s is of nothing that is given out", name)
		}
	}
}

func TestTheContractNamesTheDistrictsServer(t *testing.T) {
	var doc contract
	if err := json.Unmarshal(get(t, newSite(t, newFake()), "/open/v1/openapi.json").Body.Bytes(), &doc); err != nil {
		t.Fatal(err)
	}
	if got := doc.Servers[0].URL; got != "https://gongkai.example" {
		t.Errorf("got server %q, want the base URL of the district", got)
	}
}

// contract is openapi.json, as far as the tests look into it.
type contract struct {
	Servers []struct{ URL string }
	Paths   map[string]map[string]struct {
		ID        string `json:"operationId"`
		Responses map[string]struct {
			Ref     string `json:"$ref"`
			Content map[string]any
		}
	}
	Components struct {
		Schemas map[string]struct {
			Description string
			Additional  *bool `json:"additionalProperties"`
			Required    []string
			Properties  map[string]property
		}
	}

	compiler *jsonschema.Compiler
}

type property struct {
	Type        string
	Description string
	Ref         string `json:"$ref"`
	Items       *property
	AnyOf       []property
}

const contractURL = "https://district.example/open/v1/openapi.json"

func readContract(t testing.TB) contract {
	t.Helper()
	var doc contract
	if err := json.Unmarshal(openapiDocument, &doc); err != nil {
		t.Fatal(err)
	}
	raw, err := jsonschema.UnmarshalJSON(bytes.NewReader(openapiDocument))
	if err != nil {
		t.Fatal(err)
	}
	doc.compiler = jsonschema.NewCompiler()
	doc.compiler.DefaultDraft(jsonschema.Draft2020)
	doc.compiler.AssertFormat()
	if err := doc.compiler.AddResource(contractURL, raw); err != nil {
		t.Fatal(err)
	}
	return doc
}

// schema compiles the schema at a JSON pointer into the contract.
func (doc contract) schema(t testing.TB, pointer string) *jsonschema.Schema {
	t.Helper()
	schema, err := doc.compiler.Compile(contractURL + "#" + pointer)
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// responseSchema finds what the contract says of one answer; an answer it does
// not mention fails the test.
func (doc contract) responseSchema(t testing.TB, path string, status int, media string) *jsonschema.Schema {
	t.Helper()
	pointer := "/paths/" + escapePointer(path) + "/get/responses/" + strconv.Itoa(status)
	response, ok := doc.Paths[path]["get"].Responses[strconv.Itoa(status)]
	if !ok {
		t.Fatalf("%s: status %d is not documented", path, status)
	}
	if response.Ref != "" {
		pointer = strings.TrimPrefix(response.Ref, "#")
	} else if response.Content[media] == nil {
		t.Fatalf("%s: %s is not documented", path, media)
	}
	return doc.schema(t, pointer+"/content/"+escapePointer(media)+"/schema")
}

func escapePointer(s string) string { return url.PathEscape(strings.ReplaceAll(s, "/", "~1")) }

// compare holds the schema of a struct, and of all that it is made of, to its fields.
func (doc contract) compare(t *testing.T, typ reflect.Type, seen map[string]bool) {
	name := typ.Name()
	if seen[name] {
		return
	}
	seen[name] = true
	schema, ok := doc.Components.Schemas[name]
	if !ok {
		t.Errorf("there is no schema %s", name)
		return
	}
	var fields []string
	for _, f := range reflect.VisibleFields(typ) {
		key := f.Tag.Get("json")
		if f.Anonymous || key == "-" {
			continue
		}
		fields = append(fields, key)
		p := schema.Properties[key]
		if got, want := p.form(), formOfType(f.Type); got != want {
			t.Errorf("%s.%s: the schema says %q, the struct %q", name, key, got, want)
		}
		if !isChinese(p.Description) {
			t.Errorf("%s.%s: got description %q, want Chinese", name, key, p.Description)
		}
		if inner := innermost(f.Type); inner.Kind() == reflect.Struct {
			doc.compare(t, inner, seen)
		}
	}
	slices.Sort(fields)
	if got := slices.Sorted(maps.Keys(schema.Properties)); !slices.Equal(got, fields) {
		t.Errorf("%s: got properties %v, want %v", name, got, fields)
	}
	if got := slices.Sorted(slices.Values(schema.Required)); !slices.Equal(got, fields) {
		t.Errorf("%s: got required %v, want %v", name, got, fields)
	}
	if schema.Additional == nil || *schema.Additional || !isChinese(schema.Description) {
		t.Errorf("%s: want no additional properties and a Chinese description", name)
	}
}

// form writes the type of a property as formOfType writes that of a field.
func (p property) form() string {
	switch {
	case p.Ref != "":
		return strings.TrimPrefix(p.Ref, "#/components/schemas/")
	case p.Type == "array" && p.Items != nil:
		return "list of " + p.Items.form()
	case len(p.AnyOf) == 2 && p.AnyOf[1].Type == "null":
		return p.AnyOf[0].form() + " or null"
	}
	return p.Type
}

func formOfType(t reflect.Type) string {
	switch t.Kind() {
	case reflect.Slice:
		return "list of " + formOfType(t.Elem())
	case reflect.Pointer:
		return formOfType(t.Elem()) + " or null"
	case reflect.Int, reflect.Int64:
		return "integer"
	case reflect.Float64:
		return "number"
	case reflect.Bool:
		return "boolean"
	case reflect.String:
		return "string"
	}
	return t.Name()
}

func innermost(t reflect.Type) reflect.Type {
	for t.Kind() == reflect.Slice || t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return t
}

func isChinese(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}
