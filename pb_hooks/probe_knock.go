package pb_hooks

import (
	"context"
	"net/http"
	"time"

	"gongkai/pb_hooks/probe"
	"gongkai/pb_hooks/site"
)

// linksAgent is who the platform says it is.
const linksAgent = "gongkai-linkcheck-bot/1"

// visited is what a visitor was answered.
type visited struct {
	status int
	took   time.Duration
	body   []byte // as much as was asked for
}

// knock asks the public site in the process itself, as a visitor who has the page
// drawn and does not keep it. most is how much of the answer is wanted.
func (p *platform) knock(ctx context.Context, method, path string, most int) (v visited) {
	ctx, cancel := context.WithTimeout(site.Unkept(ctx), probe.FailsAfter)
	defer cancel()
	r, err := http.NewRequestWithContext(ctx, method, path, nil)
	if err != nil {
		return visited{status: http.StatusNotFound} // no address that a browser could ask for
	}
	r.RequestURI, r.RemoteAddr = path, "127.0.0.1:0"
	r.Header.Set("User-Agent", linksAgent)
	answer := &unsentAnswer{header: http.Header{}, most: most}
	begun := time.Now()
	defer func() {
		v.took = time.Since(begun)
		if broken := recover(); broken != nil { // as net/http does for a visitor
			p.app.Logger().Error("a page broke off", "path", path, "cause", broken)
			v.status = http.StatusInternalServerError
		}
	}()
	p.site.ServeHTTP(answer, r)
	return visited{status: max(answer.status, http.StatusOK), body: answer.body}
}

// unsentAnswer takes an answer that goes nowhere.
type unsentAnswer struct {
	header http.Header
	status int
	most   int
	body   []byte
}

// Header implements http.ResponseWriter.
func (a *unsentAnswer) Header() http.Header { return a.header }

// WriteHeader notes the final status.
func (a *unsentAnswer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
}

// Write keeps the beginning.
func (a *unsentAnswer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	a.body = append(a.body, b[:min(len(b), max(0, a.most-len(a.body)))]...)
	return len(b), nil
}
