package source

import (
	"crypto/x509"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

func TestPermit(t *testing.T) {
	for _, tt := range []struct {
		name            string
		address         string
		isHome, private bool
		want            bool
	}{
		{"a public web server", "203.119.25.1:443", false, false, true},
		{"a public server at an odd port", "203.119.25.1:8443", false, false, false},
		{"the host of the configuration at an odd port", "203.119.25.1:8443", true, false, true},
		{"an office without permission", "10.1.2.3:80", true, false, false},
		{"an office with permission", "10.1.2.3:8080", true, true, true},
		{"another host in the office", "10.1.2.3:80", false, true, false},
		{"this machine without permission", "127.0.0.1:80", true, false, false},
		{"the network of carriers, with permission", "100.64.1.1:80", true, true, true},
		{"a private address of IPv6, with permission", "[fd00::1]:80", true, true, true},
		{"the keys of a cloud, with permission", "169.254.169.254:80", true, true, false},
		{"the same in IPv6", "[fe80::1%eth0]:80", true, true, false},
		{"an office behind IPv6", "[::ffff:10.1.2.3]:80", false, true, false},
		{"nowhere", "0.0.0.0:80", true, true, false},
		{"everybody", "224.0.0.1:80", true, true, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := netip.ParseAddrPort(tt.address); err != nil {
				t.Fatal(err)
			}
			if got := permit(tt.address, tt.isHome, tt.private) == nil; got != tt.want {
				t.Errorf("permitted: %v", got)
			}
		})
	}
}

func TestHome(t *testing.T) {
	for _, tt := range []struct {
		name, home, to string
		want           bool
	}{
		{"the same", "https://a.cn/x", "https://A.CN:443/y", true},
		{"gone over to https", "http://a.cn/", "https://a.cn/", true},
		{"back to http", "https://a.cn/", "http://a.cn/", false},
		{"another port", "https://a.cn/", "https://a.cn:8443/", false},
		{"another port of http", "http://a.cn:8080/", "https://a.cn/", false},
		{"a host below", "https://a.cn/", "https://b.a.cn/", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			home, err := url.Parse(tt.home)
			if err != nil {
				t.Fatal(err)
			}
			to, err := url.Parse(tt.to)
			if err != nil {
				t.Fatal(err)
			}
			if got := homeOf(home).has(homeOf(to)); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

func TestOfficeIsClosed(t *testing.T) {
	var reached atomic.Int32
	office := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	t.Cleanup(office.Close)
	leading := serve(t, func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, office.URL, http.StatusFound) })
	closed := inOffice
	closed.Private = false
	for _, tt := range []struct {
		name, url string
		limits    Limits
	}{
		{"by address", office.URL, closed},
		{"by a name", strings.Replace(office.URL, "127.0.0.1", "localhost", 1), closed},
		{"by a redirect, though its own host may be private", leading.URL, inOffice},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer, err := Read(t.Context(), paged(tt.url), Secrets{}, State{}, tt.limits)
			wants(t, Private, answer, err)
		})
	}
	if n := reached.Load(); n > 0 {
		t.Errorf("the office was reached %d times", n)
	}
}

func TestTLS(t *testing.T) {
	server := httptest.NewTLSServer(byPage(institutions(5)))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	t.Cleanup(server.Close)
	trusting := inOffice
	trusting.Roots = x509.NewCertPool()
	trusting.Roots.AddCert(server.Certificate())
	answer := mustRead(t, paged(server.URL), State{}, trusting)
	if len(answer.Rows) != 5 {
		t.Errorf("got %d rows", len(answer.Rows))
	}
	plain := serve(t, text(whole))
	downgrade := httptest.NewTLSServer(http.RedirectHandler(plain.URL, http.StatusFound))
	t.Cleanup(downgrade.Close)
	trusting.Roots.AddCert(downgrade.Certificate())
	for _, tt := range []struct {
		name, url string
		limits    Limits
		code      Code
		says      string
	}{
		{"a certificate that nobody vouches for", server.URL, inOffice, Insecure, "不受信任"},
		{"a certificate of another host", strings.Replace(server.URL, "127.0.0.1", "localhost", 1), trusting, Insecure, "证书是别的网站的，不是“localhost”的"},
		{"a server without TLS", strings.Replace(plain.URL, "http://", "https://", 1), inOffice, Insecure, "不支持加密连接"},
		{"TLS that leads out of it", downgrade.URL, trusting, Strayed, "不加密的地址"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer, err := Read(t.Context(), paged(tt.url), Secrets{}, State{}, tt.limits)
			if fault := wants(t, tt.code, answer, err); !strings.Contains(fault.Sentence, tt.says) {
				t.Errorf("it says %q", fault.Sentence)
			}
		})
	}
	if n := len(plain.requests()); n > 0 {
		t.Errorf("the plain server was asked %d times", n)
	}
}
