package pb_hooks_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// openOperation is an operation of openapi.json, as far as the client goes.
type openOperation struct {
	ID      string `json:"operationId"`
	Summary string

	Responses map[string]struct{ Content map[string]any }
}

var placeInPath = regexp.MustCompile(`\{(\w+)\}`)

// The client of the open data has one function for every operation of openapi.json;
// its types are those that openapi-typescript makes of the same document.
func TestTypeScriptOpenClientIsFresh(t *testing.T) {
	raw, err := os.ReadFile(filepath.Join("site", "openapi.json"))
	if err != nil {
		t.Fatal(err)
	}
	var doc struct {
		Paths map[string]struct{ Get openOperation }
	}
	if err := json.Unmarshal(raw, &doc); err != nil {
		t.Fatal(err)
	}
	b := generated()
	fmt.Fprint(b, `// A client of /open/v1: one function for every operation of pb_hooks/site/openapi.json.
// Each gives the address of the answer, which carries the type of the answer: see
// getJSON. What nobody calls is not in the built pages.
import type { operations } from './open.gen'

export type Address<T> = string & { readonly answer?: T }

type Operations = { [K in keyof operations]: operations[K] }
type Answer<K extends keyof Operations> = Operations[K] extends { responses: { 200: { content: { 'application/json': infer T } } } } ? T : never
// not the form of the answer nor its fields: they would change its type
export type Query<K extends keyof Operations> = Omit<NonNullable<Operations[K]['parameters']['query']>, 'format' | 'fields'>

const part = encodeURIComponent

function at(path: string, query: object = {}): string {
  const pairs = Object.entries(query)
    .filter(([, value]) => value !== undefined && value !== '')
    .map(([name, value]) => `+"`${name}=${part(String(value))}`"+`)
  return pairs.length ? `+"`${path}?${pairs.join('&')}`"+` : path
}
`)
	for _, path := range slices.Sorted(maps.Keys(doc.Paths)) {
		op := doc.Paths[path].Get
		if op.ID == "getOpenAPI" || op.Responses["200"].Content["application/json"] == nil {
			continue // it is for other programs
		}
		var taken []string
		for _, place := range placeInPath.FindAllStringSubmatch(path, -1) {
			taken = append(taken, place[1]+": string")
		}
		pattern := "'" + path + "'"
		if len(taken) > 0 {
			pattern = "`" + placeInPath.ReplaceAllString(path, "${part($1)}") + "`"
		}
		parameters := strings.Join(append(taken, "query?: Query<'"+op.ID+"'>"), ", ")
		fmt.Fprintf(b, "\n// %s\nexport const %s = (%s): Address<Answer<'%s'>> => at(%s, query)\n", op.Summary, op.ID, parameters, op.ID, pattern)
	}
	isFresh(t, "openClient.gen.ts", b)
}
