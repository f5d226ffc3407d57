package audit_test

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"

	"gongkai/pb_hooks/audit"
)

const known = "3cb8f8717da9ac838bc1011be918749d302d19569a73cd1f2f9f2e1e73f1eb8d"

func sha256sum(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestParseHead(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		want       audit.Head
	}{
		{"a line as it is written", "2026-11-24 00:00 12345 " + known, audit.Head{Number: 12345, Hash: known, At: "2026-11-24 00:00"}},
		{"a line copied with its line break", " 2026-11-24 00:00 1 " + known + "\r\n", audit.Head{Number: 1, Hash: known, At: "2026-11-24 00:00"}},
		{"a chain not begun", "2026-11-24 00:00 0 " + audit.Genesis, audit.Head{Hash: audit.Genesis, At: "2026-11-24 00:00"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := audit.ParseHead(tt.line)
			if err != nil || got != tt.want || got.String() != strings.TrimSpace(tt.line) {
				t.Errorf("got %+v, %v, want %+v", got, err, tt.want)
			}
		})
	}
}

func TestParseHeadRefuses(t *testing.T) {
	for name, line := range map[string]string{
		"nothing":              "",
		"a number only":        "12345",
		"no time":              "2026-11-24 12345 " + known,
		"a day that is none":   "2026-02-30 00:00 1 " + known,
		"a short hour":         "2026-02-03 0:00 1 " + known,
		"a number with a sign": "2026-11-24 00:00 +1 " + known,
		"a number below zero":  "2026-11-24 00:00 -1 " + known,
		"leading zeros":        "2026-11-24 00:00 01 " + known,
		"a number too large":   "2026-11-24 00:00 99999999999999999999 " + known,
		"a shortened hash":     "2026-11-24 00:00 1 " + known[1:],
		"a hash in capitals":   "2026-11-24 00:00 1 " + strings.ToUpper(known),
		"two blanks":           "2026-11-24 00:00  1 " + known,
		"more words":           "2026-11-24 00:00 1 " + known + " x",
	} {
		t.Run(name, func(t *testing.T) {
			if got, err := audit.ParseHead(line); err == nil {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func FuzzParseHead(f *testing.F) {
	f.Add("2026-11-24 00:00 12345 " + known)
	f.Add("2026-11-24 00:00 0 " + audit.Genesis)
	f.Add(" 2026-11-24  00:00 x")
	f.Fuzz(func(t *testing.T, line string) {
		h, err := audit.ParseHead(line)
		if err != nil {
			if h != (audit.Head{}) {
				t.Errorf("refused, but read %+v", h)
			}
			return
		}
		if h.String() != strings.TrimSpace(line) {
			t.Errorf("%q is written as %q", line, h)
		}
	})
}
