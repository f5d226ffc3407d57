package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"gongkai/pb_hooks/probe/names"
)

// badServer is a second server that behaves as servers out there do.
type badServer struct {
	*httptest.Server
	mu    sync.Mutex
	asked []string // method and path
	inner atomic.Int32
}

func (b *badServer) note(r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.asked = append(b.asked, r.Method+" "+r.URL.Path)
}

func (b *badServer) count(what string) (n int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, one := range b.asked {
		if one == what {
			n++
		}
	}
	return n
}

func serveBadly(t *testing.T) *badServer {
	t.Helper()
	b := &badServer{}
	mux := http.NewServeMux()
	inner := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { b.inner.Add(1) })) // stands in an office
	t.Cleanup(inner.Close)
	status := func(path string, head, get int) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodHead {
				w.WriteHeader(head)
				return
			}
			w.WriteHeader(get)
		})
	}
	status("/fine", 200, 200)
	status("/gone", 404, 404)
	status("/no-head", 405, 206)
	status("/bad-head", 500, 200)
	status("/sign-in", 401, 401)
	status("/busy", 429, 429)
	status("/broken", 500, 502)
	mux.HandleFunc("/endless", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			w.WriteHeader(http.StatusNotImplemented)
			return
		}
		for line := strings.Repeat("x", 4096); r.Context().Err() == nil; {
			if _, err := w.Write([]byte(line)); err != nil {
				return
			}
		}
	})
	mux.HandleFunc("/slow", func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() })
	mux.HandleFunc("/headers", func(w http.ResponseWriter, _ *http.Request) {
		for i := range 200 {
			w.Header().Set(fmt.Sprintf("X-%d", i), strings.Repeat("y", 1000))
		}
	})
	mux.HandleFunc("/reset", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) })
	mux.HandleFunc("/loop", func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/loop", http.StatusFound) })
	mux.HandleFunc("/moved", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/fine", http.StatusMovedPermanently)
	})
	for path, to := range map[string]string{"/to-office": inner.URL, "/to-metadata": "http://169.254.169.254/latest/meta-data/", "/to-file": "file:///etc/passwd",
		"/to-number": "http://2130706433/", "/to-mapped": "http://[::ffff:127.0.0.1]/"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, to, http.StatusFound) })
	}
	b.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.note(r)
		if r.Header.Get("Cookie") != "" || r.Header.Get("Referer") != "" || r.UserAgent() != "gongkai-linkcheck-bot/1" {
			t.Errorf("%s says %v", r.URL, r.Header)
		}
		http.SetCookie(w, &http.Cookie{Name: "who", Value: "you"})
		mux.ServeHTTP(w, r)
	}))
	b.Config.ErrorLog = nil
	t.Cleanup(b.Close)
	return b
}

func addressOf(t *testing.T, s *httptest.Server) netip.AddrPort {
	t.Helper()
	u, err := url.Parse(s.URL)
	if err != nil {
		t.Fatal(err)
	}
	return netip.MustParseAddrPort(u.Host)
}

func fetcherFor(t *testing.T, b *badServer) *Fetcher {
	t.Helper()
	return &Fetcher{Agent: "gongkai-linkcheck-bot/1", Allowed: []netip.AddrPort{addressOf(t, b.Server)}, Every: time.Microsecond, Longest: 300 * time.Millisecond}
}

func TestFetcherBearsBadServers(t *testing.T) {
	b := serveBadly(t)
	f := fetcherFor(t, b)
	for _, tt := range []struct {
		path string
		want Look
	}{
		{"/fine", Look{200, Works}}, {"/gone", Look{404, Missing}}, {"/no-head", Look{206, Works}}, {"/bad-head", Look{200, Works}}, {"/sign-in", Look{401, Works}},
		{"/broken", Look{502, Failing}}, {"/endless", Look{200, Works}}, {"/slow", Look{0, Silent}}, {"/headers", Look{0, Silent}}, {"/reset", Look{0, Silent}},
		{"/loop", Look{0, Loop}}, {"/moved", Look{200, Works}}, {"/to-office", Look{0, Forbidden}}, {"/to-metadata", Look{0, Forbidden}},
		{"/to-file", Look{0, Forbidden}}, {"/to-number", Look{0, Forbidden}}, {"/to-mapped", Look{0, Forbidden}},
	} {
		begun := time.Now()
		if got := f.Look(t.Context(), b.URL+tt.path); got != tt.want {
			t.Errorf("%s: %v, want %v", tt.path, got, tt.want)
		}
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%s took %s", tt.path, took)
		}
	}
	if n := b.inner.Load(); n != 0 {
		t.Errorf("a server in the office was asked %d times", n)
	}
	if n := b.count("HEAD /loop"); n != 1+mostRedirects {
		t.Errorf("a loop was followed %d times", n)
	}
	// who asks to come later is left alone
	if got := f.Look(t.Context(), b.URL+"/busy"); got != (Look{429, Busy}) {
		t.Errorf("busy: %v", got)
	}
	if got := f.Look(t.Context(), b.URL+"/fine"); got != (Look{0, Busy}) || b.count("HEAD /fine") != 2 || b.count("GET /busy") != 0 {
		t.Errorf("after busy: %v, %v", got, b.asked)
	}
}

// What is not public is refused although nobody allowed the server of the test.
func TestFetcherReachesPublicAddressesOnly(t *testing.T) {
	b := serveBadly(t)
	port := addressOf(t, b.Server).Port()
	f := &Fetcher{Agent: "gongkai-linkcheck-bot/1", Resolver: resolver(t), Every: time.Microsecond, Longest: time.Second}
	for _, address := range []string{
		b.URL, "http://localhost", "http://127.1/", "http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://2130706433/", "http://[::1]/", "http://[::]/", "http://0/",
		"http://[::ffff:10.0.0.1]/", "http://[64:ff9b::7f00:1]/", "http://[2002:7f00:1::]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/",
		"http://10.110.33.3/", "http://172.16.0.1/", "http://192.168.1.1/", "http://169.254.169.254/", "http://100.64.0.1/", "http://198.18.0.1/", "http://224.0.0.1/", "http://255.255.255.255/",
		"http://oa/", "http://nas.local/", "ftp://example.org/", "file:///etc/passwd", "gopher://example.org/", "http://user:password@example.org/",
		"http://example.org:8080/", "https://example.org:22/", fmt.Sprintf("http://inside.example:%d/", port),
		// names that lead inside: it is the address connected to that counts
		"http://inside.example/", "https://inside.example/", "http://mapped.example/", "http://metadata.example/",
	} {
		if got := f.Look(t.Context(), address); got != (Look{0, Forbidden}) {
			t.Errorf("%s: %v", address, got)
		}
	}
	if got := f.Look(t.Context(), "http://nobody.example/"); got != (Look{0, Unknown}) {
		t.Errorf("no such name: %v", got)
	}
	if len(b.asked) > 0 {
		t.Errorf("asked: %v", b.asked)
	}
}

func TestFetcherTrustsCertificatesOnly(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	t.Cleanup(s.Close)
	s.Config.ErrorLog = quiet()
	allowed := []netip.AddrPort{addressOf(t, s)}
	if got := (&Fetcher{Allowed: allowed, Every: time.Microsecond}).Look(t.Context(), s.URL); got != (Look{0, Insecure}) {
		t.Errorf("a certificate of nobody: %v", got)
	}
	roots := x509.NewCertPool()
	roots.AddCert(s.Certificate())
	if got := (&Fetcher{Allowed: allowed, TLS: &tls.Config{RootCAs: roots}}).Look(t.Context(), s.URL); got != (Look{200, Works}) {
		t.Errorf("a certificate that is known: %v", got)
	}
}

func TestFetcherIsPolite(t *testing.T) {
	var mu sync.Mutex
	var at []time.Time
	now, most := 0, 0
	s := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {
		mu.Lock()
		at = append(at, time.Now())
		now++
		most = max(most, now)
		mu.Unlock()
		time.Sleep(5 * time.Millisecond)
		mu.Lock()
		now--
		mu.Unlock()
	}))
	t.Cleanup(s.Close)
	const every = 20 * time.Millisecond
	f := &Fetcher{Allowed: []netip.AddrPort{addressOf(t, s)}, Every: every}
	addresses := make([]string, 6)
	for i := range addresses {
		addresses[i] = fmt.Sprintf("%s/%d", s.URL, i)
	}
	for i, look := range f.All(t.Context(), addresses) {
		if look.Fault != Works {
			t.Errorf("%d: %v", i, look)
		}
	}
	if took := at[len(at)-1].Sub(at[0]); took < 5*every-10*time.Millisecond {
		t.Errorf("6 requests to one host within %s", took)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	for _, look := range f.All(ctx, addresses) {
		if look.Fault != Busy {
			t.Errorf("after the end: %v", look)
		}
	}
	if most > mostAtOnce {
		t.Errorf("%d at once", most)
	}
}

// resolver knows names that lead inside, and no other.
func resolver(t *testing.T) *net.Resolver {
	t.Helper()
	return names.Serve(t, map[string]netip.Addr{"inside.example.": netip.MustParseAddr("127.0.0.1"), "mapped.example.": netip.MustParseAddr("::ffff:192.168.0.1"),
		"metadata.example.": netip.MustParseAddr("169.254.169.254")})
}
