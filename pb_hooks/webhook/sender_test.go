package webhook

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

func anywhere(netip.Addr) bool { return true }

// read takes the whole body: only then a server learns that the other side has left.
func read(r *http.Request) { _, _ = io.Copy(io.Discard, r.Body) }

// badReceiver behaves as receivers out there do.
func badReceiver(t *testing.T) (web *httptest.Server, inside *atomic.Int32) {
	t.Helper()
	inside = &atomic.Int32{}
	office := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { inside.Add(1) }))
	t.Cleanup(office.Close)
	mux := http.NewServeMux()
	mux.HandleFunc("/good", func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil || string(body) != "{}" || r.Header.Get("X-Test") != "1" || r.Header.Get("Content-Type") != "application/json; charset=utf-8" || r.UserAgent() != "tester" {
			t.Errorf("got %q %v %v", body, r.Header, err)
		}
		fmt.Fprint(w, "thanks")
	})
	for _, status := range []int{204, 404, 410, 429, 500} {
		mux.HandleFunc(fmt.Sprintf("/%d", status), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Retry-After", "7")
			w.WriteHeader(status)
		})
	}
	mux.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, office.URL, http.StatusTemporaryRedirect)
	})
	mux.HandleFunc("/silent", func(_ http.ResponseWriter, r *http.Request) {
		read(r)
		<-r.Context().Done()
	})
	mux.HandleFunc("/reset", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/huge", func(w http.ResponseWriter, r *http.Request) {
		read(r)
		for line := strings.Repeat("x", 4096); r.Context().Err() == nil; {
			if _, err := io.WriteString(w, line); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 100 {
			w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("y", 1000))
		}
	})
	mux.HandleFunc("/drip", func(w http.ResponseWriter, r *http.Request) {
		read(r)
		for r.Context().Err() == nil {
			_, _ = io.WriteString(w, ".")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	})
	mux.HandleFunc("/odd", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusBadRequest)
		_, _ = io.WriteString(w, "<script>alert(1)</script>\x00\x1b[31m\n\xff \u202e"+strings.Repeat("错", 300))
	})
	web = httptest.NewServer(mux)
	web.Config.ErrorLog = nil
	t.Cleanup(web.Close)
	return web, inside
}

func TestSendToReceiversThatBehaveBadly(t *testing.T) {
	web, inside := badReceiver(t)
	s := &Sender{Agent: "tester", Longest: 300 * time.Millisecond}
	for _, tt := range []struct {
		path   string
		status int
		fault  Fault
		said   string
		wait   time.Duration
	}{
		{"/good", 200, "", "thanks", 0},
		{"/204", 204, "", "", 7 * time.Second},
		{"/404", 404, Refused, "", 7 * time.Second},
		{"/410", 410, Gone, "", 7 * time.Second},
		{"/429", 429, Busy, "", 7 * time.Second},
		{"/500", 500, Broken, "", 7 * time.Second},
		{"/redirect", 307, Moved, "", 0},
		{"/silent", 0, Silent, "", 0},
		{"/reset", 0, Unreachable, "", 0},
		{"/huge", 200, "", strings.Repeat("x", mostSaid), 0},
		{"/headers", 0, Unreachable, "", 0},
		{"/odd", 400, Refused, "<script>alert(1)</script> [31m " + strings.Repeat("错", mostSaid-31), 0},
	} {
		a := s.Send(t.Context(), web.URL+tt.path, http.Header{"X-Test": {"1"}}, []byte("{}"), anywhere)
		if a.Status != tt.status || a.Fault != tt.fault || a.Said != tt.said || a.Wait != tt.wait || a.Took <= 0 || a.Took > 5*time.Second {
			t.Errorf("%s: %+v", tt.path, a)
		}
	}
	if a := s.Send(t.Context(), web.URL+"/drip", nil, []byte("{}"), anywhere); a.Status != 200 || a.Fault != "" || a.Took > 5*time.Second {
		t.Errorf("a slow answer: %+v", a)
	}
	if inside.Load() != 0 {
		t.Error("a redirect led into the office")
	}
}

func TestSendGoesOnlyWhereItIsPermitted(t *testing.T) {
	web, _ := badReceiver(t)
	var asked []string
	public := func(ip netip.Addr) bool { asked = append(asked, ip.String()); return !ip.IsLoopback() }
	port := web.URL[strings.LastIndex(web.URL, ":"):]
	for _, address := range []string{web.URL + "/good", "http://localhost" + port + "/good", "http://[::1]" + port + "/good"} {
		if a := (&Sender{}).Send(t.Context(), address, nil, []byte("{}"), public); a.Fault != Forbidden || a.Status != 0 {
			t.Errorf("%s: %+v", address, a)
		}
	}
	if len(asked) < 3 {
		t.Errorf("asked for %v only: names are judged as they are connected to", asked)
	}
	for address, want := range map[string]Fault{"http://127.0.0.1:1/": Unreachable, "http://name.invalid/": Unknown, "http://\x00": Unreachable} {
		if a := (&Sender{Longest: 5 * time.Second}).Send(t.Context(), address, nil, nil, anywhere); a.Fault != want && !(want == Unknown && a.Fault == Unreachable) { // a machine without a name server
			t.Errorf("%s: %+v, want %s", address, a, want)
		}
	}
}

func TestSendTrustsTheRightCertificateOnly(t *testing.T) {
	web := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	web.Config.ErrorLog = nil
	t.Cleanup(web.Close)
	trusted := x509.NewCertPool()
	trusted.AddCert(web.Certificate())
	elsewhere := *must(url.Parse(web.URL))
	elsewhere.Host = strings.Replace(elsewhere.Host, "127.0.0.1", "localhost", 1)
	for _, tt := range []struct {
		name, address string
		tls           *tls.Config
		want          Fault
	}{
		{"trusted", web.URL, &tls.Config{RootCAs: trusted}, ""},
		{"nobody knows who signed it", web.URL, nil, Insecure},
		{"of another host", elsewhere.String(), &tls.Config{RootCAs: trusted}, Insecure},
		{"no TLS at all", "https://" + strings.TrimPrefix(must(url.Parse(httpServer(t))).Host, "//"), &tls.Config{RootCAs: trusted}, Insecure},
	} {
		if a := (&Sender{TLS: tt.tls}).Send(t.Context(), tt.address, nil, nil, anywhere); a.Fault != tt.want {
			t.Errorf("%s: %+v", tt.name, a)
		}
	}
}

func httpServer(t *testing.T) string {
	t.Helper()
	web := httptest.NewServer(http.NotFoundHandler())
	t.Cleanup(web.Close)
	return web.URL
}

func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}
