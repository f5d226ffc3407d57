package source

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/pb_hooks/registry"
)

// second is the other server: it answers as the test says, and remembers what it was asked.
type second struct {
	*httptest.Server
	mu    sync.Mutex
	asked []*http.Request
}

func serve(t testing.TB, handler http.HandlerFunc) *second {
	t.Helper()
	s := &second{}
	s.Server = httptest.NewServer(s.noting(handler))
	t.Cleanup(s.Close)
	return s
}

func (s *second) noting(handler http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		s.asked = append(s.asked, r)
		s.mu.Unlock()
		handler(w, r)
	}
}

func (s *second) requests() []*http.Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.asked
}

// inOffice are the limits of the tests, whose servers have addresses of this machine.
var inOffice = Limits{Private: true, Wait: 500 * time.Millisecond, Tries: 3, Pause: time.Millisecond}

func codeOf(err error) Code {
	var fault Fault
	errors.As(err, &fault)
	return fault.Code
}

// wants fails unless the reading failed with the code, in Chinese, and without a row.
func wants(t *testing.T, code Code, answer Answer, err error) Fault {
	t.Helper()
	var fault Fault
	if !errors.As(err, &fault) || fault.Code != code {
		t.Fatalf("got %v (%s), want %s", err, codeOf(err), code)
	}
	if len(answer.Rows) > 0 || answer.State != (State{}) {
		t.Errorf("a fault came with %d rows and state %+v", len(answer.Rows), answer.State)
	}
	if !strings.ContainsAny(fault.Sentence, "。：，") || strings.Contains(fault.Sentence, "%!") {
		t.Errorf("the sentence is %q", fault.Sentence)
	}
	return fault
}

// institution is a school as the other server has it.
type institution struct {
	ID    int    `json:"jgid"`
	Name  string `json:"xxmc"`
	Stage any    `json:"xd"`
	Phone string `json:"lxdh,omitempty"`
	Meals any    `json:"gc,omitempty"`
}

func institutions(n int) (list []institution) {
	for i := range n {
		list = append(list, institution{ID: 1000 + i, Name: fmt.Sprintf("上海市第%d小学", i+1), Stage: "11", Phone: fmt.Sprintf("021-%08d", i), Meals: i % 2})
	}
	return list
}

// pageOf is a page of a list, with its total.
func pageOf(list []institution, from, size int) map[string]any {
	from = min(from, len(list))
	return map[string]any{"code": 0, "data": map[string]any{"list": list[from:min(from+size, len(list))], "total": len(list)}}
}

func number(r *http.Request, name string) int {
	n, _ := strconv.Atoi(r.URL.Query().Get(name))
	return n
}

func write(w http.ResponseWriter, value any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(value); err != nil {
		panic(err)
	}
}

// paged is a configuration for pageOf.
func paged(url string) Config {
	return Config{Kind: JSON, URL: url, Rows: "data.list", Pace: 50, Paging: Paging{Way: ByPage, Param: "page", First: 1, Size: 10, SizeParam: "size", Total: "data.total"},
		Fields: map[string]Field{
			"registry_id": {From: []string{"jgid"}},
			"name":        {From: []string{"xxmc"}},
			"stages":      {From: []string{"xd"}, Values: map[string]string{"11": "小学", "21": "初中"}},
			"phone":       {From: []string{"lxdh"}},
			"meals":       {From: []string{"gc"}},
		}}
}

func byPage(list []institution) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		write(w, pageOf(list, (number(r, "page")-1)*number(r, "size"), number(r, "size")))
	}
}

func mustRead(t testing.TB, c Config, state State, l Limits) Answer {
	t.Helper()
	answer, err := Read(context.Background(), c, Secrets{}, state, l)
	if err != nil {
		t.Fatalf("%v (%v)", err, errors.Unwrap(err))
	}
	return answer
}

func goodRows(t testing.TB, rows []registry.Row) {
	t.Helper()
	for i, row := range rows {
		if len(row.Problems) > 0 || row.Line != i+1 {
			t.Fatalf("row %d: line %d, %v", i, row.Line, row.Problems)
		}
	}
}
