package sealed

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
)

// Keyring is the data keys at hand: the current one, which seals, and older
// ones, which still open. It is never changed and may be used from many
// goroutines. A nil Keyring has no key: it seals and opens nothing.
type Keyring struct{ keys []*key } // the last one is current

// key is one data key: what was derived from it, never the key itself.
type key struct {
	id    string
	probe string
	text  cipher.AEAD
	file  []byte // the key that a key for each file is derived from
	hash  []byte
}

const (
	keySize = 32 // bytes
	// fewBytes different ones among 32 are no random key but a placeholder; in a
	// random key there are some 30.
	fewBytes = 12
)

// NewKey makes a data key, as it stands in a key file.
func NewKey() string {
	raw := make([]byte, keySize)
	_, _ = rand.Read(raw) // never fails
	return base64.StdEncoding.EncodeToString(raw)
}

// ParseKeys reads data keys, each of 32 bytes as base64 or hex, one to a line or
// separated by commas; # begins a comment. The last one is the current one, so
// that a new key is appended and none is ever overwritten. A text without a key
// is a nil Keyring. It fails with BadKey, which never quotes the text.
func ParseKeys(text string) (*Keyring, error) {
	ring, lines := &Keyring{}, map[string]int{}
	for n, line := range strings.Split(strings.TrimPrefix(text, "\ufeff"), "\n") {
		line, _, _ = strings.Cut(line, "#")
		for _, word := range strings.FieldsFunc(line, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\r' }) {
			raw, reason := decodeKey(word)
			if reason != "" {
				return nil, BadKey{n + 1, reason}
			}
			k, err := newKey(raw)
			if err != nil {
				return nil, err
			}
			if first, twice := lines[k.id]; twice {
				return nil, BadKey{n + 1, fmt.Sprintf("与第 %d 行的密钥重复", first)}
			}
			lines[k.id] = n + 1
			ring.keys = append(ring.keys, k)
		}
	}
	if len(ring.keys) == 0 {
		return nil, nil
	}
	return ring, nil
}

func decodeKey(word string) (raw []byte, reason string) {
	var err error
	if len(word) == hex.EncodedLen(keySize) {
		raw, err = hex.DecodeString(word)
	} else {
		word = strings.NewReplacer("+", "-", "/", "_").Replace(strings.TrimRight(word, "="))
		raw, err = base64url.DecodeString(word)
	}
	switch {
	case err != nil:
		return nil, "不是 base64 或十六进制"
	case len(raw) != keySize:
		return nil, fmt.Sprintf("是 %d 字节，应为 %d 字节", len(raw), keySize)
	}
	if sorted := slices.Sorted(slices.Values(raw)); len(slices.Compact(sorted)) < fewBytes {
		return nil, "不是随机生成的密钥"
	}
	return raw, ""
}

// newKey derives all that is used of a data key. Each use has a key of its own.
func newKey(raw []byte) (*key, error) {
	root, err := hkdf.Extract(sha256.New, raw, []byte("gongkai data key v1"))
	if err != nil {
		return nil, err
	}
	derive := func(use string, size int) (part []byte) {
		if err == nil {
			part, err = hkdf.Expand(sha256.New, root, use, size)
		}
		return part
	}
	k := &key{id: hex.EncodeToString(derive("id", idLength/2)), probe: hex.EncodeToString(derive("probe", 16)),
		file: derive("file", keySize), hash: derive("hash", keySize)}
	text := derive("text", keySize)
	if err != nil {
		return nil, err
	}
	block, err := aes.NewCipher(text)
	if err != nil {
		return nil, err
	}
	k.text, err = cipher.NewGCMWithRandomNonce(block)
	return k, err
}

func (k *Keyring) current() *key {
	if k == nil || len(k.keys) == 0 {
		return nil
	}
	return k.keys[len(k.keys)-1]
}

// CurrentID is the id of the current key, "" of a Keyring without a key. An id
// follows from the key and tells nothing of it.
func (k *Keyring) CurrentID() string {
	if c := k.current(); c != nil {
		return c.id
	}
	return ""
}

// IDs are the ids of all keys; the last one is the current one's.
func (k *Keyring) IDs() []string {
	ids := []string{}
	if k != nil {
		for _, of := range k.keys {
			ids = append(ids, of.id)
		}
	}
	return ids
}

func (k *Keyring) find(id string) (*key, error) {
	if k.current() == nil {
		return nil, MissingKey{id}
	}
	for _, of := range k.keys {
		if of.id == id {
			return of, nil
		}
	}
	return nil, WrongKey{id, k.IDs()}
}

const probeVersion = "p1"

// Probe is what the database keeps of the current key, p1.<id>.<32 hex>: it tells
// whether a key at hand is the one, and nothing of the key.
func (k *Keyring) Probe() (string, error) {
	c := k.current()
	if c == nil {
		return "", MissingKey{}
	}
	return probeVersion + "." + c.id + "." + c.probe, nil
}

// Check reports whether the key that a probe was made of is at hand; if not, it
// is MissingKey or WrongKey.
func (k *Keyring) Check(probe string) error {
	parts := strings.Split(probe, ".")
	if len(parts) != 3 || parts[0] != probeVersion {
		return WrongKey{"?", k.IDs()}
	}
	of, err := k.find(parts[1])
	if err != nil {
		return err
	}
	if subtle.ConstantTimeCompare([]byte(of.probe), []byte(parts[2])) != 1 {
		return WrongKey{parts[1], k.IDs()}
	}
	return nil
}

// String names the keys by their ids, so that no log shows a key.
func (k *Keyring) String() string { return "keys " + strings.Join(k.IDs(), ", ") }

// GoString is String, for %#v.
func (k *Keyring) GoString() string { return k.String() }

func isKeyID(s string) bool {
	return len(s) == idLength && strings.Trim(s, "0123456789abcdef") == ""
}
