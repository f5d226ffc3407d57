package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/url"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// result is what a round of load gave.
type result struct {
	Requests  int     `json:"requests"`
	Failed    int     `json:"failed"`
	PerSecond float64 `json:"per_second"`
	P50       float64 `json:"p50_ms"`
	P99       float64 `json:"p99_ms"`
}

// maxRequests bounds a round whatever the server can do.
const maxRequests = 2_000_000

// runLoad starts a process that asks.
func runLoad(base, list string, connections int, seconds float64, once bool) (r result, err error) {
	self, err := os.Executable()
	if err != nil {
		return r, err
	}
	c := exec.Command(self, "load", "-url", base, "-paths", list, "-connections", strconv.Itoa(connections), "-seconds", fmt.Sprint(seconds), "-once="+strconv.FormatBool(once))
	c.Stderr = os.Stderr
	raw, err := c.Output()
	if err != nil {
		return r, fmt.Errorf("load: %w", err)
	}
	if err := json.Unmarshal(raw, &r); err != nil {
		return r, err
	}
	if r.Failed > 0 || r.Requests == 0 {
		return r, fmt.Errorf("%d of %d requests failed", r.Failed, r.Requests)
	}
	return r, nil
}

// loadCommand is the process: it asks over keep-alive connections for a time and prints what it saw.
func loadCommand(args []string) error {
	flags := flag.NewFlagSet("load", flag.ExitOnError)
	base := flags.String("url", "", "http://127.0.0.1:port")
	list := flags.String("paths", "", "file with one path a line")
	connections := flags.Int("connections", 32, "")
	seconds := flags.Float64("seconds", 3, "")
	once := flags.Bool("once", false, "ask for no path twice")
	_ = flags.Parse(args) // exits by itself
	u, err := url.Parse(*base)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(u.Hostname()); ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("%s is not this machine", *base)
	}
	raw, err := os.ReadFile(*list)
	if err != nil {
		return err
	}
	l := &load{address: u.Host, length: time.Duration(*seconds * float64(time.Second)), once: *once}
	for _, path := range strings.Fields(string(raw)) {
		l.requests = append(l.requests, []byte("GET "+path+" HTTP/1.1\r\nHost: "+u.Host+"\r\nUser-Agent: gongkai-bench\r\nAccept: text/html\r\nAccept-Encoding: gzip\r\n\r\n"))
	}
	if len(l.requests) == 0 {
		return errors.New("no paths")
	}
	r, err := l.run(*connections)
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(r)
}

// load is one round.
type load struct {
	address  string
	requests [][]byte
	length   time.Duration
	once     bool
	next     atomic.Int64
}

// warmUp is the part of a round that is not counted.
const warmUp = 0.2

func (l *load) run(connections int) (result, error) {
	took, errs := make([][]time.Duration, connections), make([]error, connections)
	begin := time.Now().Add(time.Duration(warmUp * float64(l.length)))
	end := begin.Add(l.length)
	var all sync.WaitGroup
	for i := range connections {
		all.Go(func() { took[i], errs[i] = l.client(begin, end) })
	}
	all.Wait()
	var r result
	seconds := time.Since(begin).Seconds() // to the last answer
	for _, err := range errs {
		if err != nil {
			fmt.Fprintln(os.Stderr, "load:", err)
			r.Failed++
		}
	}
	times := slices.Concat(took...)
	slices.Sort(times)
	if r.Requests = len(times); r.Requests > 0 {
		r.PerSecond = float64(r.Requests) / seconds
		r.P50, r.P99 = milliseconds(times[len(times)/2]), milliseconds(times[len(times)*99/100])
	}
	return r, nil
}

func milliseconds(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// client asks one request after the other over one connection. It parses no more of HTTP than it needs, so that the
// machine's time goes to the server.
func (l *load) client(begin, end time.Time) (took []time.Duration, err error) {
	conn, err := net.Dial("tcp", l.address)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	if err := conn.SetDeadline(end.Add(30 * time.Second)); err != nil {
		return nil, err
	}
	r := bufio.NewReaderSize(conn, 1<<16)
	for {
		n := l.next.Add(1) - 1
		start := time.Now()
		if start.After(end) || n >= maxRequests || l.once && n >= int64(len(l.requests)) {
			return took, nil
		}
		if _, err := conn.Write(l.requests[n%int64(len(l.requests))]); err != nil {
			return took, err
		}
		if err := readAnswer(r); err != nil {
			return took, err
		}
		if done := time.Now(); done.After(begin) {
			took = append(took, done.Sub(start))
		}
	}
}

func readAnswer(r *bufio.Reader) error {
	status, err := r.ReadSlice('\n')
	if err != nil {
		return err
	}
	if !bytes.HasPrefix(status, []byte("HTTP/1.1 200")) {
		return fmt.Errorf("answer: %s", bytes.TrimSpace(status))
	}
	length, chunked := -1, false
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		line = bytes.TrimRight(line, "\r\n")
		if len(line) == 0 {
			break
		}
		name, value, _ := bytes.Cut(line, []byte(":"))
		switch {
		case bytes.EqualFold(name, []byte("Content-Length")):
			if length, err = strconv.Atoi(string(bytes.TrimSpace(value))); err != nil {
				return err
			}
		case bytes.EqualFold(name, []byte("Transfer-Encoding")):
			chunked = true
		}
	}
	if chunked {
		return skipChunks(r)
	}
	if length < 0 {
		return errors.New("answer without a length")
	}
	_, err = r.Discard(length)
	return err
}

func skipChunks(r *bufio.Reader) error {
	for {
		line, err := r.ReadSlice('\n')
		if err != nil {
			return err
		}
		size, err := strconv.ParseInt(string(bytes.TrimSpace(line)), 16, 32)
		if err != nil {
			return err
		}
		if _, err := io.CopyN(io.Discard, r, size+2); err != nil {
			return err
		}
		if size == 0 {
			return nil
		}
	}
}
