package probe

import (
	"cmp"
	"context"
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"time"
)

// Bounds of what a Fetcher asks of others, and lets them do to it.
const (
	mostAtOnce    = 4
	every         = time.Second
	longest       = 20 * time.Second
	mostHeaders   = 64 << 10
	mostRedirects = 5
)

// Fetcher asks whether addresses on the Internet can be opened. It reaches public
// addresses on ports 80 and 443 only: the check is made on the address that is
// connected to, after the name was resolved, for every redirect again, so that no
// name can lead it elsewhere. It keeps no cookie, uses no proxy, and reads nothing
// of a page but its status. The zero value is ready.
//
// It does not ask for robots.txt: it looks at single pages that a school itself
// links to, once a week, and neither follows their links nor keeps what they say.
type Fetcher struct {
	Agent string // who asks

	// for tests, which have servers of their own
	Allowed  []netip.AddrPort // reached although not public
	TLS      *tls.Config      // nil trusts whom the machine trusts
	Resolver *net.Resolver    // nil is the machine's
	Every    time.Duration    // between two requests to one host; 0 is a second
	Longest  time.Duration    // for one address with its redirects; 0 is 20 seconds

	once   sync.Once
	client *http.Client
	pace   pace
}

var (
	errForbidden = errors.New("not a public address")
	errLoop      = errors.New("too many redirects")
)

func (f *Fetcher) setUp() {
	f.pace.every = cmp.Or(f.Every, every)
	dialer := &net.Dialer{Timeout: 10 * time.Second, Resolver: f.Resolver, Control: func(_, address string, _ syscall.RawConn) error { return f.permitAddress(address) }}
	f.client = &http.Client{
		Timeout: cmp.Or(f.Longest, longest),
		Transport: &http.Transport{DialContext: dialer.DialContext, DisableKeepAlives: true, DisableCompression: true, MaxResponseHeaderBytes: mostHeaders,
			TLSHandshakeTimeout: 10 * time.Second, TLSClientConfig: f.TLS},
		CheckRedirect: func(r *http.Request, via []*http.Request) error {
			if len(via) > mostRedirects {
				return errLoop
			}
			if err := f.permit(r.URL); err != nil {
				return err
			}
			r.Header.Del("Referer") // tells the next site nothing
			return f.pace.wait(r.Context(), r.URL.Hostname())
		},
	}
}

// permitAddress refuses to connect anywhere but to a public web server.
func (f *Fetcher) permitAddress(address string) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil {
		return err
	}
	if slices.Contains(f.Allowed, to) || IsPublic(to.Addr()) && (to.Port() == 80 || to.Port() == 443) {
		return nil
	}
	return errForbidden
}

// permit refuses what need not be asked for at all. What a name stands for is
// checked when it is connected to.
func (f *Fetcher) permit(u *url.URL) error {
	if u.User != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errForbidden
	}
	if to, err := netip.ParseAddrPort(u.Host); err == nil && slices.Contains(f.Allowed, to) {
		return nil
	}
	if kind, _ := Classify(u.String(), "", "/"); kind != External {
		return errForbidden
	}
	switch port := u.Port(); {
	case port == "", port == "80", port == "443":
	case !slices.ContainsFunc(f.Allowed, func(a netip.AddrPort) bool { return port == strconv.Itoa(int(a.Port())) }):
		return errForbidden
	}
	return nil
}

// Look asks whether an address can be opened: HEAD, and GET of its beginning where
// that is not answered well.
func (f *Fetcher) Look(ctx context.Context, address string) Look {
	f.once.Do(f.setUp)
	u, err := url.Parse(address)
	if err == nil {
		err = f.permit(u)
	}
	if err != nil {
		return Look{Fault: Forbidden}
	}
	look := f.ask(ctx, http.MethodHead, u)
	if look.Status >= 400 && look.Fault != Busy || look.Fault == Silent && ctx.Err() == nil {
		look = f.ask(ctx, http.MethodGet, u) // many servers know no HEAD
	}
	return look
}

func (f *Fetcher) ask(ctx context.Context, method string, u *url.URL) Look {
	if err := f.pace.wait(ctx, u.Hostname()); err != nil {
		return Look{Fault: Busy}
	}
	r, err := http.NewRequestWithContext(ctx, method, u.String(), nil)
	if err != nil {
		return Look{Fault: Forbidden}
	}
	r.Header.Set("User-Agent", f.Agent)
	r.Header.Set("Accept", "*/*")
	if method == http.MethodGet {
		r.Header.Set("Range", "bytes=0-1023")
	}
	res, err := f.client.Do(r)
	if err != nil {
		if ctx.Err() != nil {
			return Look{Fault: Busy} // we stopped, not they
		}
		return Look{Fault: faultOf(err)}
	}
	_ = res.Body.Close() // unread: the connection goes with it
	look := Look{Status: res.StatusCode, Fault: FaultOf(res.StatusCode)}
	if look.Fault == Busy {
		f.pace.rest(u.Hostname())
	}
	return look
}

func faultOf(err error) Fault {
	var name *net.DNSError
	var certificate *tls.CertificateVerificationError
	switch {
	case errors.Is(err, errForbidden):
		return Forbidden
	case errors.Is(err, errLoop):
		return Loop
	case errors.Is(err, errResting):
		return Busy
	case errors.As(err, &name) && name.IsNotFound:
		return Unknown
	case errors.As(err, &certificate):
		return Insecure
	}
	return Silent
}

// All looks at many addresses, a few at once. The looks stand in the order of the
// addresses; what was not looked at when ctx ended is Busy.
func (f *Fetcher) All(ctx context.Context, addresses []string) []Look {
	looks := make([]Look, len(addresses))
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(mostAtOnce, len(addresses)) {
		workers.Go(func() {
			for i := range next {
				looks[i] = f.Look(ctx, addresses[i])
			}
		})
	}
	for i := range addresses {
		next <- i
	}
	close(next)
	workers.Wait()
	return looks
}
