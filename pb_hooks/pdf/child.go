package pdf

import (
	"bufio"
	"encoding/json"
	"errors"
	"os"
	"strconv"
)

// childWord is the hidden command that makes this binary a child. It holds a
// space so that nobody types it.
const childWord = "read pdf"

// A binary that can ask is one that can answer, test binaries too: the child is
// told from its first argument before anything else of the program begins.
func init() {
	if len(os.Args) == 6 && os.Args[1] == childWord {
		os.Exit(child(os.Args[2], os.Args[3], os.Args[4], os.Args[5]))
	}
}

// Seconds of processor time that a child may take.
const (
	readingSeconds = 30
	drawingSeconds = 200
)

// child does one task and returns the exit code.
func child(task, size, what, cache string) int {
	memory, seconds := uint32(readingMemory), uint64(readingSeconds)
	var order order
	if task == "draw" {
		memory, seconds = drawingMemory, drawingSeconds
		if json.Unmarshal([]byte(what), &order) != nil {
			return 1
		}
	}
	e, err := start(cache, memory)
	if err != nil {
		return 1
	}
	if task == "prepare" {
		return 0
	}
	limitProcess(seconds)
	n, err := strconv.ParseUint(size, 10, 32)
	if err != nil {
		return 1
	}
	w := bufio.NewWriterSize(os.Stdout, 256<<10)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	var last message
	if task == "draw" {
		err = e.draw(os.Stdin, uint32(n), order, w)
		last.Done = true
	} else {
		var doc Document
		doc, err = e.read(os.Stdin, uint32(n), func(p Page) error { return out.Encode(message{Page: &p}) })
		last.Document = &doc
	}
	if err != nil {
		last = message{Failed: ErrLimit.Error()} // PDFium gave up: it had no more memory
		for _, known := range []error{ErrPassword, ErrBroken} {
			if errors.Is(err, known) {
				last.Failed = known.Error()
				break
			}
		}
	}
	if out.Encode(last) != nil || w.Flush() != nil {
		return 1
	}
	return 0
}
