package altcha

import (
	"bytes"
	"crypto/hmac"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"time"
)

// longest is a payload in bytes; one of ours has some 600.
const longest = 4096

// payload is what a browser sends, as JSON in base64.
type payload struct {
	Challenge Challenge `json:"challenge"`
	Solution  solution  `json:"solution"`
}

type solution struct {
	Counter    uint32 `json:"counter"`
	DerivedKey string `json:"derivedKey"`
}

// Ticket is a solved challenge that lets one filing in.
type Ticket struct {
	door   *Door
	nonce  nonce
	filing filing
}

// Check verifies what a browser sent with a filing and spends nothing: whoever has
// to correct a field sends the same payload again. key tells this filing from all
// others, its idempotency key; a payload that was spent for it passes again, so
// that a filing whose answer was lost can be sent again. It fails with Missing,
// Invalid, Expired or Spent.
func (d *Door) Check(text, key string, now time.Time) (Ticket, error) {
	sent, err := read(text)
	if err != nil {
		return Ticket{}, err
	}
	p := sent.Challenge.Parameters
	signature, err := hex.DecodeString(sent.Challenge.Signature)
	if err != nil || !hmac.Equal(signature, d.sign(p)) {
		return Ticket{}, Invalid{"not a challenge of ours"}
	}
	if expires := time.Unix(p.ExpiresAt, 0); now.After(expires) {
		return Ticket{}, Expired{expires}
	}
	solved, ok := p.solvedBy(sent.Solution.Counter, sent.Solution.DerivedKey)
	if !ok {
		return Ticket{}, Invalid{"not the solution"}
	}
	t := Ticket{door: d, nonce: solved, filing: filingOf(key)}
	if !d.spent.isFree(t.nonce, t.filing) {
		return Ticket{}, Spent{}
	}
	return t, nil
}

func read(text string) (sent payload, err error) {
	if text == "" {
		return sent, Missing{}
	}
	if len(text) > longest {
		return sent, Invalid{"too long"}
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return sent, Invalid{"not base64"}
	}
	if err := json.Unmarshal(raw, &sent); err != nil {
		return sent, Invalid{"not the form of a payload"}
	}
	return sent, nil
}

// solvedBy is asked of parameters that we signed; another version of ours may have
// signed others.
func (p Parameters) solvedBy(counter uint32, derivedKey string) (n nonce, ok bool) {
	salt, err1 := hex.DecodeString(p.Salt)
	raw, err2 := hex.DecodeString(p.Nonce)
	wanted, err3 := hex.DecodeString(p.KeyPrefix)
	if err1 != nil || err2 != nil || err3 != nil || p.Algorithm != algorithm || p.Cost != cost || len(raw) != len(n) || len(wanted) != prefix {
		return n, false
	}
	derived := derive(salt, raw, counter)
	return nonce(raw), bytes.HasPrefix(derived[:], wanted) && derivedKey == hex.EncodeToString(derived[:])
}

// Spend makes the challenge useless for every other filing. Call it last of all
// that may fail, and file nothing when it is false: then another filing was
// quicker, or more were spent than can be remembered.
func (t Ticket) Spend(now time.Time) bool { return t.door.spent.add(t.nonce, t.filing, now) }
