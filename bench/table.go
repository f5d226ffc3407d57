package main

import (
	"bytes"
	"fmt"
	"os"
	"runtime"
	"slices"
	"strings"
	"text/tabwriter"
)

// target is what a line should reach.
type target struct {
	atLeast bool // else at most
	value   float64
}

func (g target) isMet(reached float64) bool {
	if g.atLeast {
		return reached >= g.value
	}
	return reached <= g.value
}

// targets of the lines that have one, by name, for two cores that the load
// generator shares.
var targets = map[string]target{
	"article page, cached: share of bare net/http": {true, 0.9},
	"column page, cached: share of bare net/http":  {true, 0.9},
	"school page, cached: share of bare net/http":  {true, 0.9},
	"article page, not cached":                     {true, 3000},
	"article page, not cached: p99":                {false, 30},
	"open data: list of 20, not cached":            {true, 3000},
	"search 招生, one client: p50":                   {false, 10},
	"search 食堂, one client: p50":                   {false, 10},
	"search 收费, one client: p50":                   {false, 10},
	"search 招生, one client: p99":                   {false, 50},
	"search 食堂, one client: p99":                   {false, 50},
	"search 收费, one client: p99":                   {false, 50},
	"search 招生":                                    {true, 300},
	"search 食堂":                                    {true, 300},
	"search 收费":                                    {true, 300},
	"import":                                       {false, 180},
	"start to first 200":                           {false, 1},
	"resident memory after the run":                {false, 250},
	"size of the binary":                           {false, 45},
}

// table is what a run prints.
type table struct{ lines []line }

type line struct {
	name, unit string
	reached    float64
}

func (t *table) add(name string, reached float64, unit string) {
	t.lines = append(t.lines, line{name, unit, reached})
	fmt.Fprintf(os.Stderr, "%-55s %12s %s\n", name, number(reached), unit)
}

// String lines the table up: what, reached, target, and whether it is met.
func (t *table) String() string {
	var b bytes.Buffer
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\treached\ttarget\t\t")
	for _, l := range t.lines {
		want, met := "", ""
		if g, found := targets[l.name]; found {
			want, met = "≤ "+number(g.value), "MISSED"
			if g.atLeast {
				want = "≥ " + number(g.value)
			}
			if g.isMet(l.reached) {
				met = "met"
			}
		}
		fmt.Fprintf(w, "%s\t%s %s\t%s\t%s\t\n", l.name, number(l.reached), l.unit, want, met)
	}
	w.Flush()
	return b.String()
}

func number(v float64) string {
	switch {
	case v >= 100:
		return fmt.Sprintf("%.0f", v)
	case v >= 10:
		return fmt.Sprintf("%.1f", v)
	}
	return fmt.Sprintf("%.2f", v)
}

// median of what the rounds gave.
func median(values []float64) float64 {
	slices.Sort(values)
	return values[len(values)/2]
}

// machine names what was measured on.
func machine() string {
	name := runtime.GOARCH
	if raw, err := os.ReadFile("/proc/cpuinfo"); err == nil {
		if _, after, found := strings.Cut(string(raw), "model name"); found {
			name, _, _ = strings.Cut(strings.TrimLeft(after, "\t :"), "\n")
		}
	}
	return fmt.Sprintf("%d × %s", runtime.NumCPU(), name)
}
