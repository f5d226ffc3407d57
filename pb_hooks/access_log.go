package pb_hooks

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"github.com/DeRuina/timberjack"
	"github.com/pocketbase/pocketbase/core"
)

const (
	// accessFolder is in the data folder and left out of backups.
	accessFolder = "logs"
	// accessEnv set to "off" leaves the log to the proxy in front.
	accessEnv = "GONGKAI_ACCESS_LOG"
	// accessDays is how long visits are kept: 网络安全法 art. 21 asks for six months
	// at least, and what is not needed longer is not kept longer.
	accessDays = 190
)

// accessLog writes a line for each visit to the public site, in the combined
// format that log tools read. What staff ask of the API is in PocketBase's log.
type accessLog struct {
	file *timberjack.Logger
	ip   func(*http.Request) string
	now  func() time.Time

	mu  sync.Mutex
	out *bufio.Writer
}

func (p *platform) newAccessLog(app core.App) *accessLog {
	file := &timberjack.Logger{Filename: filepath.Join(app.DataDir(), accessFolder, "access.log"), MaxSize: 100, MaxAge: accessDays,
		RotationInterval: 24 * time.Hour, Compression: "gzip", FileMode: 0o600}
	return &accessLog{file: file, ip: p.clientIP, now: p.options.Now, out: bufio.NewWriterSize(file, 64<<10)}
}

// bindAccessLog keeps the log while serving. Lines reach the disk within a
// second: a visit is no promise.
func bindAccessLog(app core.App, p *platform) {
	if os.Getenv(accessEnv) == "off" {
		return
	}
	whileServing(app, func(ctx context.Context) {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for ctx.Err() == nil {
			select {
			case <-ctx.Done():
			case <-tick.C:
			}
			if err := p.access.flush(); err != nil {
				app.Logger().Error("write the access log", "error", err)
			}
		}
		if err := p.access.file.Close(); err != nil {
			app.Logger().Error("close the access log", "error", err)
		}
	})
	app.OnServe().BindFunc(func(se *core.ServeEvent) error {
		p.access = p.newAccessLog(app)
		return se.Next()
	})
}

func (l *accessLog) flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.out.Flush()
}

// around answers through next and notes the visit.
func (l *accessLog) around(next http.Handler) http.Handler {
	if l == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at := l.now()
		seen := &seenResponse{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(seen, r)
		l.note(r, at, seen.status, seen.bytes)
	})
}

// note writes a line. What a visitor sent stands quoted, so that it cannot make
// lines of its own.
func (l *accessLog) note(r *http.Request, at time.Time, status int, bytes int64) {
	var room [512]byte
	b := append(room[:0], l.ip(r)...)
	b = append(b, " - - ["...)
	b = at.In(shanghai).AppendFormat(b, "02/Jan/2006:15:04:05 -0700")
	b = append(b, "] "...)
	b = strconv.AppendQuoteToASCII(b, r.Method+" "+clip(r.URL.RequestURI(), 500)+" "+r.Proto)
	b = append(b, ' ')
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, bytes, 10)
	b = append(b, ' ')
	b = strconv.AppendQuoteToASCII(b, clip(r.Referer(), 300))
	b = append(b, ' ')
	b = strconv.AppendQuoteToASCII(b, clip(r.UserAgent(), 300))
	b = append(b, '\n')
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.out.Write(b) // the error stays with the writer, and flush reports it
}

// seenResponse remembers what was answered.
type seenResponse struct {
	http.ResponseWriter
	status int
	bytes  int64
}

// WriteHeader notes the final status; 1xx are not final.
func (w *seenResponse) WriteHeader(status int) {
	if status >= 200 {
		w.status = status
	}
	w.ResponseWriter.WriteHeader(status)
}

// Write counts the bytes of the answer.
func (w *seenResponse) Write(b []byte) (int, error) {
	n, err := w.ResponseWriter.Write(b)
	w.bytes += int64(n)
	return n, err
}

// Unwrap leads http.ResponseController to what it controls.
func (w *seenResponse) Unwrap() http.ResponseWriter { return w.ResponseWriter }
