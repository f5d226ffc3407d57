package pdf

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"sync"
	"time"
)

const (
	maxTime    = 20 * time.Second  // of one file; 200 pages take three
	maxPrepare = 300 * time.Second // of compiling, once for every version of PDFium
	maxFile    = 64 << 20
	maxAnswer  = 64 << 20 // bytes of JSON
	atOnce     = 2        // files read at the same time
	goMemory   = 96 << 20 // over the engine's, most of it untouched: where the child's collector begins to work harder
)

// message is one line of what the child answers; the last one is done.
type message struct {
	Page     *Page     `json:"page,omitempty"`
	Document *Document `json:"document,omitempty"`
	Papers   []Paper   `json:"papers,omitempty"`
	Drawn    *drawn    `json:"drawn,omitempty"` // its pixels follow
	Done     bool      `json:"done,omitempty"`
	Failed   string    `json:"failed,omitempty"`
}

// failure is what the child says went wrong, or nil.
func (m message) failure() error {
	if m.Failed == "" {
		return nil
	}
	for _, known := range []error{ErrLimit, ErrPassword} {
		if m.Failed == known.Error() {
			return known
		}
	}
	return ErrBroken
}

var (
	slots    = make(chan struct{}, atOnce)
	prepared struct {
		sync.Mutex
		done bool
	}
)

// Enter waits until a file may be read: PDFium is prepared, and few others are
// being read. Call leave afterwards.
func Enter(ctx context.Context) (leave func(), err error) {
	return enter(ctx, slots)
}

func enter(ctx context.Context, slots chan struct{}) (leave func(), err error) {
	if err := Prepare(ctx); err != nil {
		return nil, err
	}
	select {
	case slots <- struct{}{}:
		return func() { <-slots }, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// Read reads a file in a child process, after Enter. Each page goes to each, in
// order; an error of each stops the reading and comes back. When Read returns, the
// child has ended.
func Read(ctx context.Context, r io.ReaderAt, size int64, each func(Page) error) (Document, error) {
	if size > maxFile {
		return Document{}, ErrLimit
	}
	limited, cancel := context.WithTimeout(ctx, maxTime)
	defer cancel()
	cmd, err := command(limited, readingMemory, "read", strconv.FormatInt(size, 10), "")
	if err != nil {
		return Document{}, err
	}
	cmd.Stdin = io.NewSectionReader(r, 0, size)
	out, err := cmd.StdoutPipe()
	if err != nil {
		return Document{}, err
	}
	if err := cmd.Start(); err != nil {
		return Document{}, errors.Join(ErrNoReader, err)
	}
	doc, err := answers(out, each)
	cancel() // kills it where it has not ended by itself
	_ = cmd.Wait()
	switch {
	case ctx.Err() != nil:
		return Document{}, ctx.Err()
	case errors.Is(err, errSilent) && errors.Is(limited.Err(), context.DeadlineExceeded):
		return Document{}, ErrLimit
	case errors.Is(err, errSilent):
		return Document{}, ErrBroken
	}
	return doc, err
}

// errSilent is a child that ended without its last message.
var errSilent = errors.New("the reader of pdf files ended early")

func answers(out io.Reader, each func(Page) error) (Document, error) {
	lines := json.NewDecoder(io.LimitReader(out, maxAnswer))
	for {
		var m message
		if err := lines.Decode(&m); err != nil {
			return Document{}, errSilent
		}
		switch {
		case m.Failed != "":
			return Document{}, m.failure()
		case m.Page != nil:
			if err := each(*m.Page); err != nil {
				return Document{}, err
			}
		case m.Document != nil:
			return *m.Document, nil
		}
	}
}

// Prepare compiles PDFium for this machine, which takes some seconds and about
// 400 MB, and keeps the result in the user's cache folder. Enter does it by itself;
// a server does it before the first file comes.
func Prepare(ctx context.Context) error {
	prepared.Lock()
	defer prepared.Unlock()
	if prepared.done {
		return nil
	}
	limited, cancel := context.WithTimeout(ctx, maxPrepare)
	defer cancel()
	cmd, err := command(limited, readingMemory, "prepare", "0", "")
	if err != nil {
		return err
	}
	if err := cmd.Run(); err != nil {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		return errors.Join(ErrNoReader, err)
	}
	prepared.done = true
	return nil
}

// command is this binary as a child, whose engine has so much memory. It is told
// the folder of its cache and nothing else of the environment, which may hold keys.
func command(ctx context.Context, memory int, task, size, what string) (*exec.Cmd, error) {
	self := "/proc/self/exe" // also when the file was replaced since it started
	if runtime.GOOS != "linux" {
		var err error
		if self, err = os.Executable(); err != nil {
			return nil, err
		}
	}
	cmd := exec.CommandContext(ctx, self, childWord, task, size, what, cacheFolder())
	cmd.Env = []string{"GOMEMLIMIT=" + strconv.Itoa(memory+goMemory), "GOGC=50", "GOTRACEBACK=none"}
	cmd.Dir = "/"
	cmd.WaitDelay = time.Second
	return cmd, nil
}
