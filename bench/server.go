package main

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is gongkai at work.
type server struct {
	process *exec.Cmd
	url     string
}

// startServer starts gongkai and times how long it takes to answer.
func startServer(o options, t *table) (*server, error) {
	address, err := freeAddress()
	if err != nil {
		return nil, err
	}
	log, err := os.Create(filepath.Join(o.out, "server.log"))
	if err != nil {
		return nil, err
	}
	defer log.Close() // the child has its own
	s := &server{process: exec.Command(o.gongkai, "serve", "--http", address, "--dir", o.data()), url: "http://" + address}
	s.process.Stdout, s.process.Stderr = log, log
	begin := time.Now()
	if err := s.process.Start(); err != nil {
		return nil, err
	}
	if err := s.wait("/"); err != nil {
		return nil, errors.Join(err, s.stop())
	}
	t.add("start to first 200", time.Since(begin).Seconds(), "s")
	return s, nil
}

// freeAddress is a loopback address that nobody listens on.
func freeAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return l.Addr().String(), l.Close()
}

// wait asks until the answer is 200.
func (s *server) wait(path string) error {
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(2 * time.Millisecond) {
		answer, err := http.Get(s.url + path)
		if err != nil {
			continue
		}
		_, _ = io.Copy(io.Discard, answer.Body) // only the status counts
		answer.Body.Close()
		if answer.StatusCode == http.StatusOK {
			return nil
		}
	}
	return fmt.Errorf("%s did not answer within a minute", path)
}

func (s *server) stop() error {
	if err := s.process.Process.Signal(syscall.SIGTERM); err != nil {
		return err
	}
	var exit *exec.ExitError
	if err := s.process.Wait(); err != nil && !errors.As(err, &exit) {
		return err
	}
	return nil
}

// liftSearchLimit lets the one address of the bench search and read as often as it likes, as the demonstration's administrator.
func (s *server) liftSearchLimit() error {
	var signed struct{ Token string }
	err := s.send(http.MethodPost, "/api/collections/_superusers/auth-with-password", "",
		map[string]any{"identity": "it@demo.example", "password": "Demo-2026-gongkai"}, &signed)
	if err != nil {
		return err
	}
	return s.send(http.MethodPatch, "/api/collections/districts/records/district0000000", signed.Token, map[string]any{"search_per_minute": 0, "open_per_minute": 0}, nil)
}

func (s *server) send(method, path, token string, body, into any) error {
	raw, err := json.Marshal(body)
	if err != nil {
		return err
	}
	r, err := http.NewRequest(method, s.url+path, bytes.NewReader(raw))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", token)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, answer.Status)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

// articlePaths reads the address of every article from the site maps.
func (s *server) articlePaths() (paths []string, err error) {
	maps, err := s.locations("/sitemap.xml")
	if err != nil {
		return nil, err
	}
	for _, m := range maps {
		if !strings.HasPrefix(m, "/s/") {
			continue
		}
		pages, err := s.locations(m)
		if err != nil {
			return nil, err
		}
		for _, page := range pages {
			if strings.HasPrefix(page, "/a/") {
				paths = append(paths, page)
			}
		}
	}
	return paths, nil
}

// openPages are the addresses of at most so many pages that follow the first one of a list.
func (s *server) openPages(first string, most int) (pages []string, err error) {
	for path := first; len(pages) < most; {
		var list struct{ Next string }
		if err := s.read(path, &list); err != nil {
			return nil, err
		}
		if list.Next == "" {
			break
		}
		path = first + "&cursor=" + url.QueryEscape(list.Next)
		pages = append(pages, path)
	}
	if len(pages) == 0 {
		return nil, fmt.Errorf("%s has one page", first)
	}
	return pages, nil
}

func (s *server) read(path string, into any) error {
	answer, err := http.Get(s.url + path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", path, answer.Status)
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

func (s *server) locations(path string) ([]string, error) {
	answer, err := http.Get(s.url + path)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var list struct {
		Pages []string `xml:"url>loc"`
		Maps  []string `xml:"sitemap>loc"`
	}
	if err := xml.NewDecoder(answer.Body).Decode(&list); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	var paths []string
	for _, loc := range append(list.Pages, list.Maps...) {
		u, err := url.Parse(loc)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		paths = append(paths, u.Path)
	}
	return paths, nil
}

// memory is what the server holds now and held at most, in MB.
func (s *server) memory() (now, peak float64, err error) {
	raw, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", s.process.Process.Pid))
	if err != nil {
		return 0, 0, err
	}
	for _, line := range strings.Split(string(raw), "\n") {
		name, rest, _ := strings.Cut(line, ":")
		kb, _ := strconv.ParseFloat(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 64) // only the two below are read
		switch name {
		case "VmRSS":
			now = kb / 1024
		case "VmHWM":
			peak = kb / 1024
		}
	}
	return now, peak, nil
}
