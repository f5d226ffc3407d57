package source

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

func TestUnchanged(t *testing.T) {
	for _, tt := range []struct{ name, given, asked, value string }{
		{"by ETag", "ETag", "If-None-Match", `"v1"`},
		{"by Last-Modified", "Last-Modified", "If-Modified-Since", "Mon, 31 Aug 2026 16:00:00 GMT"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set(tt.given, tt.value)
				if r.Header.Get(tt.asked) == tt.value {
					w.WriteHeader(http.StatusNotModified)
					return
				}
				text(whole)(w, r)
			})
			c := paged(server.URL)
			c.Paging = Paging{}
			first := mustRead(t, c, State{}, inOffice)
			second := mustRead(t, c, first.State, inOffice)
			if first.Unchanged || !second.Unchanged || len(second.Rows) > 0 || second.State != first.State {
				t.Errorf("got %+v, then %+v", first, second)
			}
			c.Fields["phone"] = Field{From: []string{"dh"}}
			if third := mustRead(t, c, second.State, inOffice); third.Unchanged || len(third.Rows) != 1 {
				t.Errorf("another mapping gave %+v", third)
			}
			c.Paging = Paging{Way: ByPage, Param: "page", First: 1, Total: "data.total"}
			fourth := mustRead(t, c, State{}, inOffice)
			if fourth.State.ETag+fourth.State.LastModified != "" {
				t.Errorf("the first of several pages speaks for all: %+v", fourth.State)
			}
		})
	}
}

func TestSince(t *testing.T) {
	list := institutions(25)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", "Tue, 01 Sep 2026 00:05:00 GMT")
		if since := r.URL.Query().Get("filter"); since != "" {
			if since != "after 2026-09-01 07:55:00" {
				t.Errorf("asked for %q", since)
			}
			write(w, pageOf(list[:1], 0, 10))
			return
		}
		byPage(list)(w, r)
	})
	c := paged(server.URL)
	c.Since = Since{Param: "filter", Layout: "datetime", Template: "after {since}"}
	first := mustRead(t, c, State{}, inOffice)
	if first.Partial || len(first.Rows) != 25 || first.State.Since != "2026-08-31T23:55:00Z" {
		t.Fatalf("got %+v", first)
	}
	second := mustRead(t, c, first.State, inOffice)
	if !second.Partial || len(second.Rows) != 1 || second.State.Since == "" {
		t.Errorf("got %+v", second)
	}
	list = institutions(1)[:0]
	empty := serve(t, func(w http.ResponseWriter, _ *http.Request) { write(w, pageOf(list, 0, 10)) })
	c.URL = empty.URL
	state := State{Config: c.fingerprint(), Since: first.State.Since}
	if third := mustRead(t, c, state, inOffice); !third.Partial || len(third.Rows) > 0 {
		t.Errorf("nothing changed gave %+v", third)
	}
	answer, err := Read(t.Context(), c, Secrets{}, State{}, inOffice)
	wants(t, Empty, answer, err)
}

func TestLayouts(t *testing.T) {
	at := time.Date(2026, 8, 31, 23, 55, 0, 0, time.UTC)
	for layout, want := range map[string]string{"rfc3339": "2026-08-31T23:55:00Z", "date": "2026-09-01", "datetime": "2026-09-01 07:55:00", "unix": "1788220500", "unixms": "1788220500000"} {
		if got := (Since{Layout: layout}).value(at); got != want {
			t.Errorf("%s: got %s, want %s", layout, got, want)
		}
	}
}

// roster is a server of OneRoster 1.2 that knows limit and offset, and no filter.
func roster(w http.ResponseWriter, r *http.Request) {
	org := func(id, name, kind, status string) map[string]any {
		return map[string]any{"sourcedId": id, "name": name, "type": kind, "status": status, "identifier": "3101120" + id[1:], "dateLastModified": "2026-08-01T00:00:00.000Z", "metadata": map[string]any{"mh.phone": "021-6430" + id[1:]}}
	}
	orgs := []any{org("o000", "闵行区", "district", "active"), org("o001", "甲学校", "school", "active"), org("o002", "乙学校", "school", "tobedeleted"), org("o003", "教研室", "department", "active"), org("o004", "丙学校", "school", "active")}
	from := min(number(r, "offset"), len(orgs))
	w.Header().Set("X-Total-Count", "5")
	write(w, map[string]any{"orgs": orgs[from:min(from+2, len(orgs))]})
}

func TestOneRoster(t *testing.T) {
	server := serve(t, roster)
	c := Config{Kind: OneRoster, URL: server.URL + "/", Fields: map[string]Field{"phone": {From: []string{`metadata.mh\.phone`}}}}
	answer := mustRead(t, c, State{}, inOffice)
	if len(answer.Rows) != 3 || answer.Left != 2 || answer.Pages != 3 {
		t.Fatalf("got %+v", answer)
	}
	second := answer.Rows[1].School
	if second.Name != "乙学校" || second.RegistryID != "o002" || second.Code != "3101120002" || second.Status != "closed" || second.Phone != "021-6430002" {
		t.Errorf("got %+v", second)
	}
	asked := server.requests()[0].URL
	if q := asked.Query(); asked.Path != oneRosterPath || q.Get("limit") != "100" || q.Get("offset") != "0" || q.Get("filter") != "type='school'" || q.Get("sort") != "sourcedId" {
		t.Errorf("asked %s", asked)
	}
}

func TestOneRosterSince(t *testing.T) {
	server := serve(t, roster)
	c := Config{Kind: OneRoster, URL: server.URL, Since: Since{Param: "filter"}}
	first := mustRead(t, c, State{}, inOffice)
	if _, err := time.Parse(time.RFC3339, first.State.Since); err != nil || first.Partial {
		t.Fatalf("got %+v", first.State)
	}
	if second := mustRead(t, c, first.State, inOffice); !second.Partial {
		t.Errorf("got %+v", second)
	}
	asked := server.requests()
	if filter := asked[len(asked)-1].URL.Query().Get("filter"); !strings.HasPrefix(filter, "type='school' AND dateLastModified>='"+first.State.Since) {
		t.Errorf("asked with %s", filter)
	}
}
