package audit

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Head is the end of the chain at some moment, written down where whoever can
// change the database cannot: only against it do a cut tail and a chain
// computed anew show.
type Head struct {
	Number int    `json:"number"`
	Hash   string `json:"hash"`
	At     string `json:"at"` // when it was written down, such as "2026-11-24 00:00"
}

const headTime = "2006-01-02 15:04"

// String is the line to write down: "2026-11-24 00:00 12345 <hash>".
func (h Head) String() string { return h.At + " " + strconv.Itoa(h.Number) + " " + h.Hash }

// BadHead is the error of ParseHead: Text is not a line that String wrote.
type BadHead struct{ Text string }

func (e BadHead) Error() string {
	return fmt.Sprintf("“%s”不是审计留存行，应形如“2026-11-24 00:00 12345 校验值（64 位）”", e.Text)
}

// Code is the machine's name of the error.
func (e BadHead) Code() string { return "audit_head_invalid" }

// Params are the words a page may need.
func (e BadHead) Params() map[string]any { return map[string]any{"text": e.Text} }

// ParseHead reads a line written by String; blanks around it do not count.
// Every head has one text only, so that a kept line can be compared as text.
func ParseHead(line string) (Head, error) {
	line = strings.TrimSpace(line)
	words := strings.Split(line, " ")
	if len(words) != 4 {
		return Head{}, BadHead{line}
	}
	number, err := strconv.Atoi(words[2])
	h := Head{Number: number, Hash: words[3], At: words[0] + " " + words[1]}
	at, timeErr := time.Parse(headTime, h.At)
	if err != nil || timeErr != nil || at.Format(headTime) != h.At || number < 0 || h.String() != line || !isHash(h.Hash) {
		return Head{}, BadHead{line}
	}
	return h, nil
}

func isHash(s string) bool {
	return len(s) == len(Genesis) && strings.Trim(s, "0123456789abcdef") == ""
}
