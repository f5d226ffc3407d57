// Package webhook signs what is pushed to subscribers and sends it, after the
// Standard Webhooks specification 1.0. It knows no database and no clock: now,
// keys and chance are arguments.
package webhook

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// Headers of a delivery.
const (
	IDHeader        = "webhook-id"        // the same at every attempt: receivers know a repetition by it
	TimestampHeader = "webhook-timestamp" // of the attempt, in seconds since 1970
	SignatureHeader = "webhook-signature" // one for each key that is valid, separated by a space
)

// Tolerance is how far the clocks of sender and receiver may be apart.
const Tolerance = 5 * time.Minute

// Key is what a delivery is signed with. Only the subscriber and the platform know it.
type Key []byte

const (
	keyPrefix = "whsec_"
	keyBytes  = 32
)

// NewKey makes a key.
func NewKey() (Key, error) {
	k := make(Key, keyBytes)
	_, err := rand.Read(k)
	return k, err
}

// String is the key as it is shown, once.
func (k Key) String() string { return keyPrefix + base64.StdEncoding.EncodeToString(k) }

// ParseKey reads a key that String wrote. It fails for anything of fewer than 24
// or more than 64 bytes.
func ParseKey(text string) (Key, error) {
	k, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(text, keyPrefix))
	if err == nil && (len(k) < 24 || len(k) > 64) {
		err = errors.New("a signing key has 24 to 64 bytes")
	}
	return k, err
}

// Sign returns the signature of a body: v1, and the HMAC-SHA256 of
// "id.timestamp.body" in base64.
func Sign(k Key, id string, at time.Time, body []byte) string {
	mac := hmac.New(sha256.New, k)
	mac.Write([]byte(id + "." + strconv.FormatInt(at.Unix(), 10) + "."))
	mac.Write(body)
	return "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// Headers are the headers of a delivery, with a signature by each of the keys:
// while a key is replaced, receivers may know the one or the other.
func Headers(id string, at time.Time, body []byte, keys ...Key) http.Header {
	var signatures []string
	for _, k := range keys {
		signatures = append(signatures, Sign(k, id, at, body))
	}
	h := http.Header{}
	h.Set(IDHeader, id)
	h.Set(TimestampHeader, strconv.FormatInt(at.Unix(), 10))
	h.Set(SignatureHeader, strings.Join(signatures, " "))
	return h
}

// Why a delivery is not to be trusted.
var (
	ErrIncomplete = errors.New("a header is missing or malformed")
	ErrTooOld     = errors.New("the timestamp is too old")
	ErrTooNew     = errors.New("the timestamp is in the future")
	ErrSignature  = errors.New("no signature matches")
)

// Verify reports whether a delivery was signed with one of the keys, and not long
// ago. It fails with one of the errors above.
func Verify(h http.Header, body []byte, now time.Time, keys ...Key) error {
	id, signatures := h.Get(IDHeader), strings.Fields(h.Get(SignatureHeader))
	seconds, err := strconv.ParseInt(h.Get(TimestampHeader), 10, 64)
	if err != nil || id == "" || len(signatures) == 0 {
		return ErrIncomplete
	}
	at := time.Unix(seconds, 0)
	switch {
	case now.Sub(at) > Tolerance:
		return ErrTooOld
	case at.Sub(now) > Tolerance:
		return ErrTooNew
	}
	for _, k := range keys {
		want := []byte(Sign(k, id, at, body))
		for _, got := range signatures {
			if hmac.Equal(want, []byte(got)) {
				return nil
			}
		}
	}
	return ErrSignature
}
