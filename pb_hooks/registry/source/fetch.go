package source

import (
	"cmp"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/time/rate"

	"gongkai/pb_hooks/throttle"
)

const (
	agent         = "gongkai-registry/1"
	mostRedirects = 5
	mostHTML      = 2 << 20         // a page takes up to fifty times its size once it is read
	longestRest   = 2 * time.Minute // that a source may ask for before it is asked again
)

// errTooLong ends a reading that takes longer than Limits.Longest.
var errTooLong = errors.New("the reading takes too long")

// fetcher asks a source over HTTP, one request after the other.
type fetcher struct {
	config  Config
	home    home
	limits  Limits
	client  *http.Client
	pace    *rate.Limiter
	sign    func(context.Context, *http.Request) error
	renew   func()   // forgets the token; nil where there is none
	secrets []string // what no sentence may say
	bytes   int64
	renewed bool
}

// page is one answer, decoded.
type page struct {
	url    *url.URL
	status int
	header http.Header
	text   string
}

func tlsConfig(roots *x509.CertPool) *tls.Config {
	return &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12}
}

func newFetcher(c Config, secrets Secrets, l Limits) (*fetcher, error) {
	at, err := url.Parse(c.URL)
	if err != nil {
		return nil, Fault{BadConfig, "来源的地址不对", nil}
	}
	f := &fetcher{config: c, home: homeOf(at), limits: l}
	f.keepSecret(secrets.Secret)
	pace := cmp.Or(c.Pace, 10)
	f.pace = rate.NewLimiter(rate.Limit(pace), max(1, int(pace)))
	homes := []home{f.home}
	if token, err := url.Parse(c.Auth.TokenURL); err == nil && c.Auth.Sign == ByOAuth2 {
		homes = append(homes, homeOf(token))
	}
	f.client = &http.Client{Transport: transport(homes, l), CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	f.setSign(secrets)
	return f, nil
}

// get asks for one address and reads the answer, again after a pause where that may help. read judges what came; a
// fault of its own counts like one of the connection.
func (f *fetcher) get(ctx context.Context, at *url.URL, header http.Header, read func(*page) error) error {
	for try := 1; ; try++ {
		rest, err := f.once(ctx, at, header, read)
		if err == nil {
			return nil
		}
		fault := f.faultOf(ctx, err)
		if fault.Code == NoEntry && f.renew != nil {
			if f.renewed {
				return faultf(Expired, "来源不接受刚刚换来的新令牌。请核对客户端标识、密钥和授权范围是否仍然有效")
			}
			f.renewed = true
			f.renew()
			continue
		}
		if !mayPass[fault.Code] || try >= f.limits.Tries || rest > longestRest {
			return fault
		}
		pause := f.limits.Pause << (try - 1)
		pause += rand.N(pause/2 + 1) // many appliances do not come back in step
		select {
		case <-ctx.Done():
			return f.faultOf(ctx, ctx.Err())
		case <-time.After(max(rest, min(pause, longestRest))):
		}
	}
}

// once asks one time, and follows where it is led. rest is how long the source wants to be left alone.
func (f *fetcher) once(ctx context.Context, at *url.URL, header http.Header, read func(*page) error) (rest time.Duration, err error) {
	if err := f.pace.Wait(ctx); err != nil {
		return 0, cmp.Or(ctx.Err(), errTooLong)
	}
	ctx, cancel := context.WithTimeout(ctx, f.limits.Wait)
	defer cancel()
	for hop := 0; ; hop++ {
		if hop > mostRedirects {
			return 0, faultf(Loop, "来源反复跳转，打不开。请核对地址；需要登录的页面不能作为来源")
		}
		res, err := f.ask(ctx, at, header)
		if err != nil {
			return 0, err
		}
		next, err := f.follow(at, res)
		if err == nil && next == nil {
			return throttle.RetryAfter(res.Header, time.Now()), f.take(res, at, header, read)
		}
		_ = res.Body.Close() // unread
		if err != nil {
			return 0, err
		}
		at = next
	}
}

// ask sends one request. The secret goes to the home only.
func (f *fetcher) ask(ctx context.Context, at *url.URL, header http.Header) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, at.String(), nil)
	if err != nil {
		return nil, err
	}
	for name, values := range header {
		r.Header[name] = values
	}
	r.Header.Set("User-Agent", agent)
	r.Header.Set("Accept", "application/json")
	if f.config.Kind == HTML {
		r.Header.Set("Accept", "text/html")
	}
	if f.home.has(homeOf(at)) {
		if err := f.sign(ctx, r); err != nil {
			return nil, err
		}
	}
	return f.client.Do(r)
}

// follow is where a redirect leads; nil for an answer that is none.
func (f *fetcher) follow(from *url.URL, res *http.Response) (*url.URL, error) {
	switch res.StatusCode {
	case 301, 302, 303, 307, 308:
	default:
		return nil, nil
	}
	next, err := res.Location()
	switch {
	case err != nil || next.Hostname() == "" || next.User != nil || next.Scheme != "http" && next.Scheme != "https":
		return nil, faultf(Strayed, "来源跳转到了打不开的地址。请核对地址是否已经改变")
	case from.Scheme == "https" && next.Scheme == "http":
		return nil, faultf(Strayed, "来源从加密的地址（https）跳转到了不加密的地址（http），已停止读取。请向来源方要新的地址")
	}
	return next, nil
}

// take reads the body of an answer, within the limits.
func (f *fetcher) take(res *http.Response, at *url.URL, asked http.Header, read func(*page) error) error {
	defer res.Body.Close()
	if err := f.judge(res, asked); err != nil {
		return err
	}
	most := min(f.limits.PageBytes, f.limits.TotalBytes-f.bytes)
	if f.config.Kind == HTML {
		most = min(most, mostHTML)
	}
	if res.ContentLength > most {
		return f.tooLarge(most)
	}
	data, err := io.ReadAll(io.LimitReader(res.Body, most+1))
	if int64(len(data)) > most {
		return f.tooLarge(most)
	}
	f.bytes += int64(len(data))
	if err != nil {
		return brokenOff{err}
	}
	return read(&page{url: at, status: res.StatusCode, header: res.Header, text: f.withoutLong(decode(data))})
}

func (f *fetcher) tooLarge(most int64) Fault {
	if f.bytes+most >= f.limits.TotalBytes {
		return faultf(TooLarge, "来源发来的内容总共超过 %s，已停止读取。请核对地址和查询条件", size(f.limits.TotalBytes))
	}
	return faultf(TooLarge, "来源的一个答复超过 %s，已停止读取。请核对地址，或者设置翻页、减少每页行数", size(most))
}
