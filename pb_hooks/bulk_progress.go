package pb_hooks

import (
	"fmt"
	"io"
	"strings"
	"time"
)

const (
	barWidth = 30                     // characters
	barRest  = 200 * time.Millisecond // at least, between two drawings
)

// progress shows how far a long command is, on one line that is written over: a bar, count and rate.
type progress struct {
	out          io.Writer
	doing        string
	done, total  int
	began, drawn time.Time
}

func articleBar(out io.Writer, doing string, total int) *progress {
	p := &progress{out: out, doing: doing, total: total, began: time.Now()}
	p.draw()
	return p
}

func (p *progress) at(n int) {
	p.done = n
	if time.Since(p.drawn) >= barRest {
		p.draw()
	}
}

// draw may fail when nobody looks; the work goes on.
func (p *progress) draw() {
	p.drawn = time.Now()
	share := min(float64(p.done)/float64(max(p.total, 1)), 1)
	full := int(share * barWidth)
	rate := float64(p.done) / max(p.drawn.Sub(p.began).Seconds(), 0.001)
	fmt.Fprintf(p.out, "\r%s %3.0f%% |%s%s| (%d/%d, %.0f 条/s) ", p.doing, 100*share, strings.Repeat("█", full), strings.Repeat(" ", barWidth-full), p.done, p.total, rate)
}

func (p *progress) end() {
	p.draw()
	fmt.Fprintln(p.out)
}
