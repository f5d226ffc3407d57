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
	if len(os.Args) == 5 && os.Args[1] == childWord {
		os.Exit(child(os.Args[2], os.Args[3], os.Args[4]))
	}
}

// child does one task and returns the exit code.
func child(task, size, cache string) int {
	e, err := start(cache)
	if err != nil {
		return 1
	}
	if task == "prepare" {
		return 0
	}
	limitProcess()
	n, err := strconv.ParseUint(size, 10, 32)
	if err != nil {
		return 1
	}
	w := bufio.NewWriterSize(os.Stdout, 256<<10)
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	doc, err := e.read(os.Stdin, uint32(n), func(p Page) error { return out.Encode(message{Page: &p}) })
	last := message{Document: &doc}
	switch {
	case errors.Is(err, ErrBroken):
		last = message{Failed: ErrBroken.Error()}
	case err != nil: // PDFium gave up: it had no more memory
		last = message{Failed: ErrLimit.Error()}
	}
	if out.Encode(last) != nil || w.Flush() != nil {
		return 1
	}
	return 0
}
