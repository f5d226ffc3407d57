package source

import (
	"fmt"
	"net/http"
	"testing"
)

func TestPaging(t *testing.T) {
	list := institutions(25)
	size := func(r *http.Request) int { return max(number(r, "size"), 10) }
	withoutTotal := func(p Paging) Paging { p.Total = ""; return p }
	page := Paging{Way: ByPage, Param: "page", First: 1, Size: 10, SizeParam: "size", Total: "data.total"}
	for _, tt := range []struct {
		name   string
		paging Paging
		pages  int
		answer http.HandlerFunc
	}{
		{"all in one", Paging{Total: "data.total"}, 1, func(w http.ResponseWriter, _ *http.Request) { write(w, pageOf(list, 0, 99)) }},
		{"by page until the total", page, 3, byPage(list)},
		{"by page until one is empty", withoutTotal(page), 4, byPage(list)},
		{"pages counted from zero", Paging{Way: ByPage, Param: "page", Size: 10, SizeParam: "size"}, 4, func(w http.ResponseWriter, r *http.Request) {
			write(w, pageOf(list, number(r, "page")*10, 10))
		}},
		{"a server that gives fewer a page than asked for", withoutTotal(page), 6, func(w http.ResponseWriter, r *http.Request) { write(w, pageOf(list, (number(r, "page")-1)*5, 5)) }},
		{"a server that shows the last page beyond the end", withoutTotal(page), 4, func(w http.ResponseWriter, r *http.Request) {
			write(w, pageOf(list, (min(number(r, "page"), 3)-1)*10, 10))
		}},
		{"a list that ends with null", withoutTotal(page), 4, func(w http.ResponseWriter, r *http.Request) {
			if number(r, "page") > 3 {
				write(w, map[string]any{"data": map[string]any{"list": nil}})
				return
			}
			byPage(list)(w, r)
		}},
		{"by offset", Paging{Way: ByOffset, Param: "from", Size: 7, SizeParam: "size", Total: "data.total"}, 4, func(w http.ResponseWriter, r *http.Request) {
			write(w, pageOf(list, number(r, "from"), size(r)-3))
		}},
		{"a total in a header", Paging{Way: ByOffset, Param: "from", TotalHeader: "X-Total-Count"}, 3, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("X-Total-Count", "25")
			write(w, pageOf(list, number(r, "from"), 10))
		}},
		{"by cursor", Paging{Way: ByCursor, Param: "after", Next: "next"}, 3, func(w http.ResponseWriter, r *http.Request) {
			at := number(r, "after")
			answer := pageOf(list, at, 10)
			if at < 20 {
				answer["next"] = at + 10
			}
			write(w, answer)
		}},
		{"by the Link header", Paging{Way: ByNextLink}, 3, func(w http.ResponseWriter, r *http.Request) {
			at := number(r, "at")
			w.Header().Add("Link", `</?at=0>; rel="first"`)
			if at < 20 {
				w.Header().Add("Link", fmt.Sprintf(`</?at=0>; rel=first, </?at=%d&a=b,c>; title="a"; rel="foo next"`, at+10))
			}
			write(w, pageOf(list, at, 10))
		}},
		{"by a link in the answer", Paging{Way: ByNextLink, Next: "links.next"}, 3, func(w http.ResponseWriter, r *http.Request) {
			at := number(r, "at")
			answer := pageOf(list, at, 10)
			if at < 20 {
				answer["links"] = map[string]any{"next": fmt.Sprintf("http://%s/?at=%d", r.Host, at+10)}
			}
			write(w, answer)
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, tt.answer)
			c := paged(server.URL)
			c.Paging = tt.paging
			answer := mustRead(t, c, State{}, inOffice)
			goodRows(t, answer.Rows)
			if len(answer.Rows) != 25 || answer.Pages != tt.pages || answer.Repeated != 0 || answer.Rows[24].School.RegistryID != "1024" {
				t.Errorf("got %d rows on %d pages, %d of them again", len(answer.Rows), answer.Pages, answer.Repeated)
			}
		})
	}
}

func TestPagingFaults(t *testing.T) {
	list := institutions(25)
	for _, tt := range []struct {
		name   string
		paging Paging
		code   Code
		answer http.HandlerFunc
	}{
		{"the first page again and again", Paging{Way: ByPage, Param: "page", First: 1}, Repeating, func(w http.ResponseWriter, _ *http.Request) { write(w, pageOf(list, 0, 10)) }},
		{"the same cursor again", Paging{Way: ByCursor, Param: "after", Next: "next"}, Repeating, func(w http.ResponseWriter, r *http.Request) {
			answer := pageOf(institutions(1000)[len(r.URL.RawQuery):], 0, 10)
			answer["next"] = "x"
			write(w, answer)
		}},
		{"links in a circle", Paging{Way: ByNextLink}, Repeating, func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("Link", fmt.Sprintf(`</?at=%d>; rel="next"`, 10-number(r, "at")))
			write(w, pageOf(list, number(r, "at"), 10))
		}},
		{"pages without end", Paging{Way: ByPage, Param: "page", First: 1}, TooMany, func(w http.ResponseWriter, r *http.Request) {
			write(w, pageOf([]institution{{ID: number(r, "page"), Name: "甲", Stage: "11"}}, 0, 1))
		}},
		{"fewer rows than it says", Paging{Way: ByPage, Param: "page", First: 1, Size: 10, SizeParam: "size", Total: "data.total"}, Incomplete, func(w http.ResponseWriter, r *http.Request) {
			answer := pageOf(list[:20], (number(r, "page")-1)*10, 10)
			answer["data"].(map[string]any)["total"] = 25
			write(w, answer)
		}},
		{"one page of a list that has more", Paging{Total: "data.total"}, Incomplete, func(w http.ResponseWriter, _ *http.Request) { write(w, pageOf(list, 0, 10)) }},
		{"a total that is none", Paging{Way: ByPage, Param: "page", First: 1, Total: "code"}, Incomplete, func(w http.ResponseWriter, _ *http.Request) { write(w, pageOf(list, 0, 10)) }},
		{"a next page at another site", Paging{Way: ByNextLink}, Strayed, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Link", `<http://elsewhere.example/>; rel="next"`)
			write(w, pageOf(list, 0, 10))
		}},
		{"no rows at all", Paging{}, Empty, func(w http.ResponseWriter, _ *http.Request) { write(w, pageOf(nil, 0, 10)) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, tt.answer)
			c := paged(server.URL)
			c.Paging = tt.paging
			l := inOffice
			l.Pages = 8
			answer, err := Read(t.Context(), c, Secrets{}, State{}, l)
			wants(t, tt.code, answer, err)
		})
	}
}

func TestChangingSource(t *testing.T) {
	for _, tt := range []struct {
		name  string
		calms bool
		code  Code
	}{
		{"a school that goes meanwhile makes it read again", true, ""},
		{"a source that does not come to rest is given up", false, Moving},
	} {
		t.Run(tt.name, func(t *testing.T) {
			list, asked := institutions(25), 0
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if asked++; asked == 2 || !tt.calms {
					list = list[1:]
				}
				byPage(list)(w, r)
			})
			answer, err := Read(t.Context(), paged(server.URL), Secrets{}, State{}, inOffice)
			if tt.code != "" {
				wants(t, tt.code, answer, err)
				return
			}
			if err != nil || len(answer.Rows) != 24 || answer.Rows[0].Line != 1 {
				t.Errorf("got %d rows, %v", len(answer.Rows), err)
			}
		})
	}
}

func TestShiftedList(t *testing.T) {
	list, asked := institutions(20), 0
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if asked++; asked == 2 { // one more in front, and no total that would tell
			list = append([]institution{{ID: 1, Name: "新学校", Stage: "11"}}, list...)
		}
		byPage(list)(w, r)
	})
	c := paged(server.URL)
	c.Paging.Total = ""
	answer := mustRead(t, c, State{}, inOffice)
	if len(answer.Rows) != 20 || answer.Repeated != 1 {
		t.Errorf("got %d rows, %d again", len(answer.Rows), answer.Repeated)
	}
}
