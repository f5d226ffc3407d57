package webhook

import (
	"bytes"
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"maps"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"syscall"
	"time"
	"unicode"
	"unicode/utf8"

	"gongkai/pb_hooks/throttle"
)

// Bounds of what a subscriber may do to us.
const (
	longest     = 15 * time.Second // of an attempt, from the name to the end of the answer
	mostRead    = 4 << 10          // of an answer, in bytes
	mostHeaders = 32 << 10
	mostSaid    = 200 // of an answer that is kept, in characters
)

// Sender sends deliveries. It follows no redirect, uses no proxy and keeps no
// cookie. The address is judged when it is connected to, after the name was
// resolved, so that no name leads elsewhere. The zero value is ready.
type Sender struct {
	Agent string // who sends

	// for tests, which have servers of their own
	TLS      *tls.Config // nil trusts whom the machine trusts
	Resolver *net.Resolver
	Longest  time.Duration // 0 is 15 seconds
}

// Answer is what became of an attempt. Delivered is without a Fault.
type Answer struct {
	Status int // 0: there was none
	Fault  Fault
	Said   string        // the beginning of the answer, as text
	Took   time.Duration // of the whole attempt
	Wait   time.Duration // that the subscriber asked for (Retry-After); 0 is none
}

var errForbidden = errors.New("this address is not permitted")

// Send makes one attempt. permits tells whether an address may be connected to.
func (s *Sender) Send(ctx context.Context, url string, h http.Header, body []byte, permits func(netip.Addr) bool) Answer {
	began := time.Now() // how long it took, whatever the day is
	ctx, cancel := context.WithTimeout(ctx, cmp.Or(s.Longest, longest))
	defer cancel()
	a := s.post(ctx, url, h, body, permits)
	a.Took = time.Since(began)
	return a
}

func (s *Sender) post(ctx context.Context, url string, h http.Header, body []byte, permits func(netip.Addr) bool) Answer {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return Answer{Fault: Unreachable}
	}
	maps.Copy(r.Header, h)
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", s.Agent)
	res, err := s.client(permits).Do(r)
	if err != nil {
		return Answer{Fault: faultOf(err)}
	}
	defer res.Body.Close()
	// whoever has said 2xx has it, however the rest of the answer goes
	said, _ := io.ReadAll(io.LimitReader(res.Body, mostRead))
	return Answer{Status: res.StatusCode, Fault: FaultOf(res.StatusCode), Said: plain(said), Wait: min(throttle.RetryAfter(res.Header, time.Now()), mostAsked)}
}

func (s *Sender) client(permits func(netip.Addr) bool) *http.Client {
	dialer := &net.Dialer{Timeout: 10 * time.Second, Resolver: s.Resolver, Control: func(_, address string, _ syscall.RawConn) error {
		to, err := netip.ParseAddrPort(address)
		if err != nil {
			return err
		}
		if !permits(to.Addr()) {
			return errForbidden
		}
		return nil
	}}
	return &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: mostHeaders,
			TLSHandshakeTimeout: 10 * time.Second, TLSClientConfig: s.TLS},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func faultOf(err error) Fault {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	switch {
	case errors.Is(err, errForbidden):
		return Forbidden
	case errors.As(err, &certificate), errors.As(err, &record), errors.Is(err, http.ErrSchemeMismatch):
		return Insecure
	case errors.As(err, &name) && name.IsNotFound:
		return Unknown
	case errors.Is(err, context.DeadlineExceeded):
		return Silent
	}
	return Unreachable
}

// plain is the beginning of an answer as text of one line: whatever a subscriber
// says is shown to people.
func plain(said []byte) string {
	text := strings.Map(func(r rune) rune {
		if r == utf8.RuneError || unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return ' '
		}
		return r
	}, string(said))
	text = strings.Join(strings.Fields(text), " ")
	if r := []rune(text); len(r) > mostSaid {
		return string(r[:mostSaid])
	}
	return text
}
