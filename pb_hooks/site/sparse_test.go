package site

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
)

// Every field of every list can be had alone, as it is in the whole item; the rest of
// the answer stays.
func TestSparseFieldsAreThoseOfTheWholeItem(t *testing.T) {
	s := newSite(t, newFake())
	type answer struct {
		Items []map[string]json.RawMessage
		Next  *string
	}
	read := func(target string) (v answer) {
		if err := json.Unmarshal(get(t, s, target).Body.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	for kind := range listQueries {
		whole := read("/open/v1/" + kind)
		for name := range whole.Items[0] {
			some := read("/open/v1/" + kind + "?fields=" + name)
			if some.Next == nil || len(some.Items) != len(whole.Items) {
				t.Errorf("%s?fields=%s: the list is another", kind, name)
			}
			for i, item := range some.Items {
				if len(item) != 1 || string(item[name]) != string(whole.Items[i][name]) {
					t.Errorf("%s?fields=%s: got %s, want %s alone", kind, name, item, whole.Items[i][name])
				}
			}
		}
	}
}

func TestSparseFieldsKeepTheirOrderAndTheNextPage(t *testing.T) {
	w := get(t, newSite(t, newFake()), "/open/v1/articles?fields=title,id,title&limit=1")
	if !strings.HasPrefix(w.Body.String(), `{"items":[{"id":"a5","title":"`) {
		t.Errorf("got %s", w.Body)
	}
	if link := w.Header().Get("Link"); !strings.Contains(link, "fields=title%2Cid%2Ctitle") {
		t.Errorf("got Link %s, want the same fields", link)
	}
	var p Problem
	_ = json.Unmarshal(ask(t, newSite(t, newFake()), http.MethodGet, "/open/v1/articles?fields=id,headline").Body.Bytes(), &p)
	if !strings.Contains(p.Detail, "headline") || !strings.Contains(p.Detail, "index_number") {
		t.Errorf("got %+v, want it to name the field and those that there are", p)
	}
}
