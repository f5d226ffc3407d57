package pb_hooks

import (
	"bufio"
	"context"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
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

	second atomic.Pointer[visitStamp]
	seen   sync.Pool // *seenResponse

	mu  sync.Mutex
	out *bufio.Writer
}

// visitStamp is a second as the log writes it.
type visitStamp struct {
	second int64
	text   string
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
		seen, ok := l.seen.Get().(*seenResponse)
		if !ok {
			seen = &seenResponse{}
		}
		*seen = seenResponse{ResponseWriter: w, status: http.StatusOK, line: seen.line[:0]}
		next.ServeHTTP(seen, r)
		l.note(r, at, seen)
		seen.ResponseWriter = nil
		l.seen.Put(seen)
	})
}

// note writes a line. What a visitor sent stands quoted, so that it cannot make
// lines of its own.
func (l *accessLog) note(r *http.Request, at time.Time, seen *seenResponse) {
	b := append(seen.line, l.ip(r)...)
	b = append(b, " - - ["...)
	b = append(b, l.stampOf(at)...)
	b = append(b, `] "`...)
	b = appendSafe(b, r.Method)
	b = append(b, ' ')
	b = appendSafe(b, clip(r.RequestURI, 500))
	b = append(b, ' ')
	b = appendSafe(b, r.Proto)
	b = append(b, `" `...)
	b = strconv.AppendInt(b, int64(seen.status), 10)
	b = append(b, ' ')
	b = strconv.AppendInt(b, seen.bytes, 10)
	b = append(b, ` "`...)
	b = appendSafe(b, clip(r.Referer(), 300))
	b = append(b, `" "`...)
	b = appendSafe(b, clip(r.UserAgent(), 300))
	b = append(b, "\"\n"...)
	seen.line = b
	l.mu.Lock()
	defer l.mu.Unlock()
	_, _ = l.out.Write(b) // the error stays with the writer, and flush reports it
}

// stampOf is an instant as the log writes it; of one second it is written once.
func (l *accessLog) stampOf(at time.Time) string {
	if last := l.second.Load(); last != nil && last.second == at.Unix() {
		return last.text
	}
	next := &visitStamp{at.Unix(), at.In(shanghai).Format("02/Jan/2006:15:04:05 -0700")}
	l.second.Store(next)
	return next.text
}

// appendSafe appends what stands between quotes: all that could end them, or is
// no printable ASCII, escaped.
func appendSafe(b []byte, s string) []byte {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' || s[i] == '"' || s[i] == '\\' {
			quoted := strconv.QuoteToASCII(s)
			return append(b, quoted[1:len(quoted)-1]...)
		}
	}
	return append(b, s...)
}

// seenResponse remembers what was answered.
type seenResponse struct {
	http.ResponseWriter
	status int
	bytes  int64
	line   []byte // room for the line of the log, kept for the next visit
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
