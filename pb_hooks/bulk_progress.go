package pb_hooks

import (
	"fmt"
	"io"
	"time"

	"github.com/schollz/progressbar/v3"
)

// progress shows how far a long command is: count and rate.
type progress struct {
	bar *progressbar.ProgressBar
	out io.Writer
}

func articleBar(out io.Writer, doing string, total int) *progress {
	bar := progressbar.NewOptions(total, progressbar.OptionSetWriter(out), progressbar.OptionSetDescription(doing), progressbar.OptionShowCount(),
		progressbar.OptionShowIts(), progressbar.OptionSetItsString("条"), progressbar.OptionThrottle(200*time.Millisecond), progressbar.OptionSetWidth(30))
	_ = bar.Set(0) // the clock starts now
	return &progress{bar, out}
}

// at moves the bar. Drawing fails when nobody looks; the work goes on.
func (p *progress) at(n int) { _ = p.bar.Set(n) }

func (p *progress) end() {
	_ = p.bar.Exit()
	fmt.Fprintln(p.out)
}
