package pb_hooks_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/webhook"
)

// got is one delivery as a receiver saw it.
type got struct {
	id, kind, lane string
	sequence       int
	header         http.Header
	body           string
}

// receiver is a second server that takes deliveries, and behaves as it is told to.
type receiver struct {
	*httptest.Server
	mu      sync.Mutex
	all     []got
	behaves func(w http.ResponseWriter, r *http.Request, n int) // n counts requests from 1
}

func receive(t testing.TB, behaves func(http.ResponseWriter, *http.Request, int)) *receiver {
	t.Helper()
	v := &receiver{behaves: behaves}
	v.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return // it broke off
		}
		var said struct {
			Type     string
			Sequence int
			Data     struct{ School struct{ Code string } }
		}
		if err := json.Unmarshal(body, &said); err != nil {
			t.Errorf("what came is no JSON: %v", err)
		}
		v.mu.Lock()
		v.all = append(v.all, got{r.Header.Get(webhook.IDHeader), said.Type, said.Data.School.Code, said.Sequence, r.Header, string(body)})
		n, do := len(v.all), v.behaves
		v.mu.Unlock()
		if do != nil {
			do(w, r, n)
		}
	}))
	v.Config.ErrorLog = nil
	t.Cleanup(v.Close)
	return v
}

func (v *receiver) behave(do func(http.ResponseWriter, *http.Request, int)) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.behaves = do
}

func (v *receiver) got() []got {
	v.mu.Lock()
	defer v.mu.Unlock()
	return append([]got(nil), v.all...)
}

// says answers with a status.
func says(status int) func(http.ResponseWriter, *http.Request, int) {
	return func(w http.ResponseWriter, _ *http.Request, _ int) { w.WriteHeader(status) }
}

// servePush is the appliance with a data key, and a sender that does not wait long.
func servePush(t testing.TB) *server {
	t.Helper()
	t.Setenv(keyEnv, dataKey)
	o := options()
	o.Push = &webhook.Sender{Agent: "gongkai-webhook/1", Longest: 300 * time.Millisecond}
	return serveWith(t, o)
}

// subscribe adds a subscriber; "" only pulls.
func (s *server) subscribe(address string) pb_hooks.PushSecrets {
	s.t.Helper()
	a := s.do(bureauAdmin, http.MethodPost, "/api/app/push/subscribers", pb_hooks.PushForm{Name: "区机构查询平台", URL: address, Events: eventCodes(), PlainAllowed: true, PrivateAllowed: true})
	if a.status != http.StatusOK {
		s.t.Fatalf("subscribe: %d %s", a.status, a.body)
	}
	return decoded[pb_hooks.PushSecrets](s.t, a)
}

func eventCodes() (list []string) {
	for _, e := range webhook.Events() {
		list = append(list, string(e))
	}
	return list
}

func decoded[T any](t testing.TB, a answer) (v T) {
	t.Helper()
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		t.Fatalf("%d %s: %v", a.status, a.body, err)
	}
	return v
}

// telephone changes the telephone of a school, as the dashboard does.
func (s *server) telephone(school, phone string) {
	s.t.Helper()
	r, err := s.app.FindRecordById("schools", school)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Set("phone", phone)
	if err := s.app.Save(r); err != nil {
		s.t.Fatal(err)
	}
}

// after moves only the clock.
func (s *server) after(d time.Duration) {
	later := s.now.Load().Add(d)
	s.now.Store(&later)
}

// deliveries are those of a state, the newest first.
func (s *server) deliveries(state string) []pb_hooks.PushDelivery {
	s.t.Helper()
	a := s.do(auditor, http.MethodGet, "/api/app/push/deliveries?per_page=100&state="+state, nil)
	if a.status != http.StatusOK {
		s.t.Fatalf("%d %s", a.status, a.body)
	}
	return decoded[pb_hooks.PushDeliveryList](s.t, a).Items
}

// pull asks the feed with a token.
func (s *server) pull(token, query string, header ...string) answer {
	s.t.Helper()
	return s.withBearer(http.MethodGet, "/api/app/registry/feed"+query, token, "", header...)
}

// withBearer is a request with a token in the header.
func (s *server) withBearer(method, path, token, body string, header ...string) answer {
	s.t.Helper()
	r, err := http.NewRequest(method, s.url+path, strings.NewReader(body))
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	for i := 0; i+1 < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	defer res.Body.Close()
	raw, err := io.ReadAll(res.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	return answer{res.StatusCode, res.Header, string(raw)}
}
