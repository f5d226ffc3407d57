package main

import (
	"bufio"
	"strings"
	"testing"
)

func TestReadAnswer(t *testing.T) {
	for _, tt := range []struct {
		name, answers, rest string
		wantErr             bool
	}{
		{"an answer of known length", "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello", "next", false},
		{"an empty answer", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", "next", false},
		{"an answer in chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n1\r\n!\r\n0\r\n\r\n", "next", false},
		{"an error page does not count", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "", true},
		{"an answer without an end", "HTTP/1.1 200 OK\r\n\r\n", "", true},
		{"an answer cut short", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhello", "", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := bufio.NewReader(strings.NewReader(tt.answers + tt.rest))
			if err := readAnswer(r); (err != nil) != tt.wantErr {
				t.Fatalf("got %v", err)
			}
			if left, _ := r.Peek(len(tt.rest)); string(left) != tt.rest {
				t.Errorf("left %q, want %q", left, tt.rest)
			}
		})
	}
}

func TestTargets(t *testing.T) {
	for _, tt := range []struct {
		name    string
		target  target
		reached float64
		want    bool
	}{
		{"more than enough", target{true, 10}, 11, true},
		{"just enough", target{true, 10}, 10, true},
		{"too little", target{true, 10}, 9, false},
		{"under the limit", target{false, 10}, 9, true},
		{"over the limit", target{false, 10}, 11, false},
	} {
		if got := tt.target.isMet(tt.reached); got != tt.want {
			t.Errorf("%s: got %v", tt.name, got)
		}
	}
}
