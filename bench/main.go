// Command bench measures a gongkai binary with a large fictional district. It knows the binary's commands and public
// addresses and nothing of its insides; every load comes from a process of its own, over loopback only.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// options are what a run may be told.
type options struct {
	gongkai           string
	out               string
	schools, articles int
	rounds            int
	seconds           float64
	connections       int
	keep              bool
}

func main() {
	run := map[string]func([]string) error{"load": loadCommand, "bare": bareCommand, "oldsite": oldSiteCommand}[argument(1)]
	args := os.Args[min(len(os.Args), 2):]
	if run == nil {
		run, args = benchCommand, os.Args[1:]
	}
	if err := run(args); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func argument(i int) string {
	if len(os.Args) <= i {
		return ""
	}
	return os.Args[i]
}

func benchCommand(args []string) error {
	var o options
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	flags.StringVar(&o.gongkai, "gongkai", "./gongkai", "the binary to measure")
	flags.StringVar(&o.out, "out", "bench/out", "where data and results go")
	flags.IntVar(&o.schools, "schools", 168, "schools")
	flags.IntVar(&o.articles, "articles", 600, "articles of each school")
	flags.IntVar(&o.rounds, "rounds", 3, "rounds of each measurement; the median counts")
	flags.Float64Var(&o.seconds, "seconds", 3, "length of a round")
	flags.IntVar(&o.connections, "connections", 32, "keep-alive connections")
	flags.BoolVar(&o.keep, "keep", false, "use the data of the last run, where there is any: no import is measured")
	_ = flags.Parse(args) // exits by itself
	if o.schools < 1 || o.articles < 10 || o.rounds < 1 || o.seconds <= 0 || o.seconds > 60 || o.connections < 1 || o.connections > 1000 {
		return errors.New("a number is out of range")
	}
	if _, err := os.Stat(o.gongkai); err != nil {
		return fmt.Errorf("%w (build it first, or name it with -gongkai)", err)
	}
	if err := os.MkdirAll(o.out, 0o755); err != nil {
		return err
	}
	t := &table{}
	if err := setUp(o, t); err != nil {
		return err
	}
	if err := measure(o, t); err != nil {
		return err
	}
	text := fmt.Sprintf("gongkai bench · %s · %d schools × %d articles · %s\n\n%s", time.Now().Format(time.DateOnly), o.schools, o.articles, machine(), t.String())
	fmt.Print("\n" + text)
	return os.WriteFile(filepath.Join(o.out, "result.txt"), []byte(text), 0o644)
}
