package source

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"syscall"
	"time"

	"gongkai/pb_hooks/probe"
)

var errPrivate = errors.New("not an address that may be asked")

// home is a place that the Config names. Only there does a secret go, and only there may an address be private.
type home struct{ scheme, host, port string }

func homeOf(u *url.URL) home {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return home{u.Scheme, strings.ToLower(u.Hostname()), port}
}

// has reports whether a place is the home, or the same host once it has gone over from http to https.
func (h home) has(other home) bool {
	return h == other || h.host == other.host && h.scheme == "http" && h.port == "80" && other.scheme == "https" && other.port == "443"
}

// holds is has for an address to connect to, which has no scheme.
func (h home) holds(host, port string) bool {
	return h.host == strings.ToLower(host) && (h.port == port || h.scheme == "http" && h.port == "80" && port == "443")
}

// transport connects to the homes and to public web servers only. The check is made on the address that is connected to,
// after the name was resolved, so that no name and no redirect leads into an office.
func transport(homes []home, l Limits) *http.Transport {
	dial := func(ctx context.Context, network, address string) (net.Conn, error) {
		host, port, err := net.SplitHostPort(address)
		if err != nil {
			return nil, err
		}
		isHome := false
		for _, h := range homes {
			isHome = isHome || h.holds(host, port)
		}
		dialer := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, to string, _ syscall.RawConn) error {
			return permit(to, isHome, l.Private)
		}}
		return dialer.DialContext(ctx, network, address)
	}
	return &http.Transport{DialContext: dial, TLSClientConfig: tlsConfig(l.Roots), TLSHandshakeTimeout: 10 * time.Second, MaxResponseHeaderBytes: 64 << 10, MaxIdleConnsPerHost: 2}
}

func permit(address string, isHome, private bool) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	ip := to.Addr()
	switch {
	case probe.IsPublic(ip) && (isHome || to.Port() == 80 || to.Port() == 443):
		return nil
	case isHome && private && isOffice(ip):
		return nil
	}
	return errPrivate
}

// shared is the address space of carriers, which some education networks use inside (RFC 6598).
var shared = netip.MustParsePrefix("100.64.0.0/10")

// isOffice reports whether an address is of a machine in an office, or of this one. Link-local addresses are not: behind
// them are the keys of machines in a cloud.
func isOffice(ip netip.Addr) bool {
	return ip.IsPrivate() || ip.IsLoopback() || shared.Contains(ip)
}
