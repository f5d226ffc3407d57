// Package audit chains the rows of the audit (安全审计, GB/T 22239) so that a
// changed, removed or moved row shows, and finds what was done to a chain. It
// knows no database and no clock: rows and the heads kept elsewhere come in,
// a report goes out.
package audit

import (
	"crypto/sha256"
	"encoding/hex"
	"strconv"
	"strings"
)

// Genesis is the hash before the first row.
const Genesis = "0000000000000000000000000000000000000000000000000000000000000000"

// format keeps a hash of these rows from being a hash of anything else, and a
// later encoding from being taken for this one.
const format = "gongkai audit 1\n"

// Entry is one row: who did what to which record, when, from where, with what result.
type Entry struct {
	Number     int    `json:"number"` // 1, 2, 3 … without a gap
	At         string `json:"at"`     // UTC instant, RFC 3339 with milliseconds, as stored
	Actor      string `json:"actor"`
	ActorName  string `json:"actor_name"`
	Via        string `json:"via"`
	Action     string `json:"action"`
	Collection string `json:"collection"`
	Record     string `json:"record"`
	Detail     string `json:"detail"`
	Address    string `json:"address"`
	Previous   string `json:"previous"`
	Hash       string `json:"hash"`
}

// Sum is the SHA-256, in hexadecimal, of all fields but Hash.
//
// Each field is written as its length in bytes, a colon and its bytes, so that
// nothing can move between neighbouring fields unseen. A JSON array would do
// the same for text only: encoding/json makes one and the same character of all
// broken bytes, and escapes as no other language does. An inspector can repeat
// this encoding in five lines of any language.
func (e Entry) Sum() string {
	var room [1024]byte // most rows are shorter: no allocation for them
	b := append(room[:0], format...)
	var number [20]byte
	b = appendField(b, string(strconv.AppendInt(number[:0], int64(e.Number), 10)))
	for _, field := range [...]string{e.At, e.Actor, e.ActorName, e.Via, e.Action, e.Collection, e.Record, e.Detail, e.Address, e.Previous} {
		b = appendField(b, field)
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

func appendField(b []byte, field string) []byte {
	b = strconv.AppendInt(b, int64(len(field)), 10)
	b = append(b, ':')
	return append(b, field...)
}

// Follow is e as the row after previous: Number, Previous and Hash are filled
// in. The zero Entry stands before the first row. Broken bytes become U+FFFD
// before they are hashed, because a JSON export of the audit would replace them
// afterwards and then no longer verify.
func (e Entry) Follow(previous Entry) Entry {
	for _, field := range []*string{&e.At, &e.Actor, &e.ActorName, &e.Via, &e.Action, &e.Collection, &e.Record, &e.Detail, &e.Address} {
		*field = strings.ToValidUTF8(*field, "\uFFFD")
	}
	e.Number, e.Previous = previous.Number+1, previous.Hash
	if previous == (Entry{}) {
		e.Previous = Genesis
	}
	e.Hash = e.Sum()
	return e
}
