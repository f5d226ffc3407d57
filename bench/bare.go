package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
)

// bareServer is a process that answers every request with the same bytes, and nothing else: what net/http alone can do.
type bareServer struct {
	process *exec.Cmd
	url     string
}

func startBare(copied string) (*bareServer, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, err
	}
	b := &bareServer{process: exec.Command(self, "bare", "-copy", copied)}
	b.process.Stderr = os.Stderr
	out, err := b.process.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := b.process.Start(); err != nil {
		return nil, err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		b.stop()
		return nil, fmt.Errorf("bare server: %w", err)
	}
	b.url = strings.TrimSpace(line)
	return b, nil
}

func (b *bareServer) stop() {
	_ = b.process.Process.Kill() // it holds nothing
	_ = b.process.Wait()
}

// bareCommand fetches a page once, as a browser would, and answers with it.
func bareCommand(args []string) error {
	flags := flag.NewFlagSet("bare", flag.ExitOnError)
	copied := flags.String("copy", "", "the page to answer with")
	_ = flags.Parse(args) // exits by itself
	u, err := url.Parse(*copied)
	if err != nil {
		return err
	}
	if ip := net.ParseIP(u.Hostname()); ip == nil || !ip.IsLoopback() {
		return errors.New("only a page of this machine can be copied")
	}
	r, err := http.NewRequest(http.MethodGet, *copied, nil)
	if err != nil {
		return err
	}
	r.Header.Set("Accept-Encoding", "gzip") // set by hand, so that the bytes stay as they came
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	body, err := io.ReadAll(answer.Body)
	answer.Body.Close()
	if err != nil {
		return err
	}
	header := answer.Header
	header.Del("Date") // net/http writes it
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println("http://" + listener.Addr().String())
	return http.Serve(listener, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		for name, values := range header {
			h[name] = values
		}
		_, _ = w.Write(body) // a client that went away
	}))
}
