package site

import (
	"context"
	"fmt"
	"io"
	"net/http"
)

// Copied is how the site answers who keeps a copy of it.
type Copied struct {
	Status int
	Type   string   // Content-Type
	Tags   []string // what it shows, see ArticleTag; none for files
}

// Copy writes what a visitor without a name gets under an address, and nothing
// where the status is not 200. The page cache is asked and not filled.
func (s *Site) Copy(ctx context.Context, address string, w io.Writer) (c Copied, err error) {
	tags := &shownTags{}
	r, err := http.NewRequestWithContext(context.WithValue(Unkept(ctx), copying{}, tags), http.MethodGet, address, nil)
	if err != nil {
		return Copied{Status: http.StatusNotFound}, nil // no address that a browser could ask for
	}
	r.RequestURI, r.RemoteAddr = address, "127.0.0.1:0"
	answer := &copiedAnswer{header: http.Header{}, body: w}
	defer func() {
		if broken := recover(); broken != nil { // as net/http does for a visitor
			err = fmt.Errorf("the page %s broke off: %v", address, broken)
		}
	}()
	s.echo.ServeHTTP(answer, r)
	if answer.err != nil {
		return c, answer.err
	}
	answer.WriteHeader(http.StatusOK)
	return Copied{answer.status, answer.header.Get("Content-Type"), tags.list}, ctx.Err()
}

// shownTags takes the tags of the document that is served in its context.
type shownTags struct{ list []string }

// copying is the key of shownTags in a context.
type copying struct{}

// copiedAnswer passes the body of a good answer on.
type copiedAnswer struct {
	header http.Header
	status int
	body   io.Writer
	err    error // of body: handlers take it for a visitor who left
}

// Header implements http.ResponseWriter.
func (a *copiedAnswer) Header() http.Header { return a.header }

// WriteHeader notes the final status.
func (a *copiedAnswer) WriteHeader(status int) {
	if a.status == 0 && status >= 200 {
		a.status = status
	}
}

// Write implements http.ResponseWriter.
func (a *copiedAnswer) Write(b []byte) (int, error) {
	a.WriteHeader(http.StatusOK)
	if a.status != http.StatusOK {
		return len(b), nil
	}
	n, err := a.body.Write(b)
	if err != nil && a.err == nil {
		a.err = err
	}
	return n, err
}
