package source

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"time"
)

// Read reads a source over HTTP or the newest file of its folder. State is what the last good reading returned; the zero
// State reads everything, which is needed now and then of a source that is asked for changes: only what is missing from
// a whole answer has vanished. It fails with a Fault.
func Read(ctx context.Context, c Config, secrets Secrets, state State, l Limits) (Answer, error) {
	if state.Config != c.fingerprint() {
		state = State{Config: c.fingerprint()}
	}
	r, stop, err := begin(ctx, &c, secrets, l)
	if err != nil {
		return Answer{}, err
	}
	defer stop()
	if c.Kind == File {
		return r.readFolder(state)
	}
	return r.readPages(state)
}

// Try reads the first page of a source and shows what the mapping makes of its first rows. With a Fault about what is in
// the answer, its Beginning comes too.
func Try(ctx context.Context, c Config, secrets Secrets, l Limits) (Trial, error) {
	r, stop, err := begin(ctx, &c, secrets, l)
	if err != nil {
		return newTrial(), err
	}
	defer stop()
	if c.Kind == File {
		name, data, err := r.newest()
		if err != nil {
			return newTrial(), err
		}
		return r.tryFile(name, data)
	}
	return r.tryPage()
}

// ReadFile reads an uploaded file as the Config of a file source maps it. It fails with a Fault.
func ReadFile(ctx context.Context, c Config, name string, data []byte, l Limits) (Answer, error) {
	r, stop, err := begin(ctx, &c, Secrets{}, l)
	if err != nil {
		return Answer{}, err
	}
	defer stop()
	return r.readFile(name, data, State{Config: r.answer.State.Config})
}

// TryFile is Try for an uploaded file.
func TryFile(ctx context.Context, c Config, name string, data []byte, l Limits) (Trial, error) {
	r, stop, err := begin(ctx, &c, Secrets{}, l)
	if err != nil {
		return newTrial(), err
	}
	defer stop()
	return r.tryFile(name, data)
}

// reading is one reading of a source while it goes on.
type reading struct {
	ctx       context.Context // of the one call of Read that it lasts
	config    Config          // OneRoster made plain
	limits    Limits
	fetch     *fetcher
	mapping   mapping
	selectors selectors

	title  string // of the first page of HTML
	gather gatherer
	answer Answer
}

// begin checks what was given and sets the time in which the reading has to end.
func begin(ctx context.Context, c *Config, secrets Secrets, l Limits) (*reading, func(), error) {
	if problems := c.Check(); len(problems) > 0 {
		return nil, nil, faultf(BadConfig, "来源的配置有误（%s）：%s", problems[0].Field, problems[0].Reason)
	}
	fingerprint := c.fingerprint()
	if c.Kind == OneRoster {
		*c = c.oneRoster()
	}
	l = l.filled()
	ctx, stop := context.WithTimeoutCause(ctx, l.Longest, errTooLong)
	r := &reading{ctx: ctx, config: *c, limits: l, mapping: newMapping(c.Fields), selectors: selectors{}}
	r.answer.State.Config = fingerprint
	if c.Kind == File {
		return r, stop, nil
	}
	var err error
	if r.fetch, err = newFetcher(*c, secrets, l); err != nil {
		stop()
		return nil, nil, err
	}
	return r, func() { stop(); r.fetch.client.CloseIdleConnections() }, nil
}

func (l Limits) filled() Limits {
	l.PageBytes = cmp.Or(l.PageBytes, 16<<20)
	l.TotalBytes = cmp.Or(l.TotalBytes, 64<<20)
	l.Pages = cmp.Or(l.Pages, 1000)
	l.Rows = cmp.Or(l.Rows, 20000)
	l.Wait = cmp.Or(l.Wait, 30*time.Second)
	l.Longest = cmp.Or(l.Longest, 15*time.Minute)
	l.Tries = cmp.Or(l.Tries, 4)
	l.Pause = cmp.Or(l.Pause, time.Second)
	if l.Progress == nil {
		l.Progress = func(int, int) {}
	}
	return l
}

// fingerprint tells two configurations apart that may read different things.
func (c Config) fingerprint() string {
	c.Pace = 0
	text, err := json.Marshal(c)
	if err != nil { // texts and numbers have JSON
		panic(err)
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:12])
}

// conditions ask for the answer only if it has changed. That is known of a single page: the first of several may be the
// same while another is not.
func (r *reading) conditions(state State) http.Header {
	header := http.Header{}
	if !r.isSingle() {
		return header
	}
	if state.ETag != "" {
		header.Set("If-None-Match", state.ETag)
	}
	if state.LastModified != "" {
		header.Set("If-Modified-Since", state.LastModified)
	}
	return header
}

func (r *reading) isSingle() bool {
	return r.config.Paging.Way == OnePage && len(r.rounds()) == 1 && r.config.Since.Param == "" && r.config.Detail == ""
}
