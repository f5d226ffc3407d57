// Package altcha is a door that a browser opens by some work, without pictures
// and without anybody else's service: the proof of work of the ALTCHA protocol,
// version 2. The server hands out a [Challenge], the browser looks for the counter
// that solves it, and the filing carries a payload with both. Whoever files by the
// thousand pays for each one; a person notices nothing.
//
// The key derivation is SHA-256 once: a page of an intranet without TLS has no Web
// Crypto, so the budget is what plain JavaScript can do in about a second on an old
// phone, and a slower derivation would only mean fewer counters.
//
// It knows no server and no clock of its own.
package altcha

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	mathrand "math/rand/v2"
	"time"
)

// Lifetime is how long a challenge may be solved and used.
const Lifetime = 20 * time.Minute

// Work is how much there is to do: the counter that solves a challenge lies between
// the two, both included.
type Work struct{ Fewest, Most uint32 }

// Ordinary is a quarter to half a second in a browser at a sixth of the speed of a
// server of 2023, which is a good phone of 2018; a slow one has twice to three
// times as long. It is some 20 ms for a program that does nothing else, so the
// work alone stops nobody: it makes what the limits let through worth less.
var Ordinary = Work{150_000, 300_000}

// algorithm, cost and keyLength are what every challenge of ours says: the derived
// key is SHA-256, once, of salt, nonce and counter.
const (
	algorithm = "SHA-256"
	cost      = 1
	keyLength = sha256.Size
	prefix    = keyLength / 2 // bytes of the derived key that the browser must find
)

// Challenge is what a browser is to solve.
type Challenge struct {
	Parameters Parameters `json:"parameters"`
	Signature  string     `json:"signature"` // HMAC-SHA-256 of the parameters, hex
}

// Parameters are signed as JSON with the names in order of the alphabet; so the
// fields stand here.
type Parameters struct {
	Algorithm string `json:"algorithm"`
	Cost      int    `json:"cost"`
	Data      Data   `json:"data"`
	ExpiresAt int64  `json:"expiresAt"` // seconds since 1970
	KeyLength int    `json:"keyLength"`
	KeyPrefix string `json:"keyPrefix"` // hex, as are the next two
	Nonce     string `json:"nonce"`
	Salt      string `json:"salt"`
}

// Data is what we add to the protocol's parameters.
type Data struct {
	Most uint32 `json:"most"` // no counter beyond this one: what progress is measured by
}

// Door hands out challenges and checks what comes back. It may be used from many
// goroutines.
type Door struct {
	key   []byte
	work  Work
	spent spent
}

// New makes a door of a key of 32 bytes. With the same key a challenge stays good
// when the server is started again.
func New(key []byte, w Work) *Door { return &Door{key: key, work: w} }

// Challenge makes one that is good until Lifetime after now.
func (d *Door) Challenge(now time.Time) Challenge {
	var salt, nonce [16]byte
	_, _ = rand.Read(salt[:]) // never fails
	_, _ = rand.Read(nonce[:])
	derived := derive(salt[:], nonce[:], d.work.Fewest+mathrand.Uint32N(d.work.Most-d.work.Fewest+1))
	p := Parameters{Algorithm: algorithm, Cost: cost, Data: Data{d.work.Most}, ExpiresAt: now.Add(Lifetime).Unix(), KeyLength: keyLength,
		KeyPrefix: hex.EncodeToString(derived[:prefix]), Nonce: hex.EncodeToString(nonce[:]), Salt: hex.EncodeToString(salt[:])}
	return Challenge{p, hex.EncodeToString(d.sign(p))}
}

func derive(salt, nonce []byte, counter uint32) [sha256.Size]byte {
	text := make([]byte, 0, 64)
	text = append(append(text, salt...), nonce...)
	return sha256.Sum256(binary.BigEndian.AppendUint32(text, counter))
}

func (d *Door) sign(p Parameters) []byte {
	text, err := json.Marshal(p)
	if err != nil {
		panic(err) // it has nothing but numbers and texts
	}
	mac := hmac.New(sha256.New, d.key)
	mac.Write(text)
	return mac.Sum(nil)
}
