// Package sealed encrypts what identifies a person, so that a copy of the
// database without the key shows nobody: short values, files, and keyed hashes
// by which a person's own number is found again.
//
// Values are sealed with AES-256-GCM under keys derived by HKDF-SHA256 from a
// data key of 32 random bytes. Each is bound to its place, so that it cannot be
// moved to another record. Files are sealed in chunks after STREAM (Hoang,
// Reyhanitabar, Rogaway, Vizár, CRYPTO 2015), as age does. The package knows no
// database, no clock and no environment.
package sealed

import (
	"encoding/base64"
	"strconv"
	"strings"
)

// Place is where a value belongs: a field of one record. It is authenticated
// with the value, so that a value moved elsewhere does not open.
type Place struct{ Collection, Record, Field string }

// isWhole reports whether a place is one: what were sealed for a record without
// an id would never open again.
func (p Place) isWhole() bool { return p.Collection != "" && p.Record != "" && p.Field != "" }

// encode writes a place so that no two places look alike.
func (p Place) encode() string {
	var b strings.Builder
	for _, part := range []string{p.Collection, p.Record, p.Field} {
		b.WriteString(strconv.Itoa(len(part)))
		b.WriteByte(':')
		b.WriteString(part)
	}
	return b.String()
}

const (
	textVersion = "s1" // s1.<id of the key>.<base64url of nonce, ciphertext and tag>
	idLength    = 8    // characters of a key's id
	textPrefix  = len(textVersion) + 1 + idLength + 1
	// padding hides how long a short value is: names, telephone and identity
	// numbers all look alike.
	padding = 32 // bytes
)

var base64url = base64.RawURLEncoding.Strict()

// Seal encrypts a value for its place with the current key. An empty value stays
// empty: that nothing was given is no secret, and a database can ask for it. It
// fails with MissingKey or NoPlace.
//
// A key may seal 2^32 values before two random nonces are likely to meet; a
// district seals some ten thousand a year.
func (k *Keyring) Seal(plain string, at Place) (string, error) {
	if plain == "" {
		return "", nil
	}
	c := k.current()
	if c == nil {
		return "", MissingKey{}
	}
	if !at.isWhole() {
		return "", NoPlace{at}
	}
	data := make([]byte, 0, len(plain)+padding+c.text.Overhead())
	sealed := c.text.Seal(nil, nil, pad(append(data, plain...)), c.textContext(at))
	return textVersion + "." + c.id + "." + base64url.EncodeToString(sealed), nil
}

// Open decrypts what Seal made. It fails with MissingKey, WrongKey, NotSealed (of
// plain text, too) or Tampered, never with part of a value.
func (k *Keyring) Open(sealed string, at Place) (string, error) {
	if sealed == "" {
		return "", nil
	}
	id, ok := KeyID(sealed)
	// the decoder skips line breaks; a value has one form only
	if !ok || strings.ContainsAny(sealed, "\r\n") {
		return "", NotSealed{at}
	}
	raw, err := base64url.DecodeString(sealed[textPrefix:])
	if err != nil {
		return "", NotSealed{at}
	}
	of, err := k.find(id)
	if err != nil {
		return "", err
	}
	data, err := of.text.Open(nil, nil, raw, of.textContext(at))
	if err != nil {
		return "", Tampered{at}
	}
	plain, ok := unpad(data)
	if !ok {
		return "", Tampered{at}
	}
	return string(plain), nil
}

// KeyID is the id of the key that a value was sealed with, without opening it.
// Of plain text it is not ok.
func KeyID(sealed string) (id string, ok bool) {
	if len(sealed) <= textPrefix || !strings.HasPrefix(sealed, textVersion+".") || sealed[textPrefix-1] != '.' {
		return "", false
	}
	id = sealed[len(textVersion)+1 : textPrefix-1]
	return id, isKeyID(id)
}

// NeedsRotation reports whether a value, or a keyed hash, was made with another
// key than the current one. What is empty or plain text needs none.
func (k *Keyring) NeedsRotation(value string) bool {
	id, ok := KeyID(value)
	if !ok {
		id, ok = hashKeyID(value)
	}
	return ok && id != k.CurrentID()
}

func (c *key) textContext(at Place) []byte {
	return []byte(textVersion + "." + c.id + "." + at.encode())
}

// pad appends a one and zeros up to a multiple of the padding (ISO/IEC 7816-4).
func pad(data []byte) []byte {
	data = append(data, 0x80)
	for len(data)%padding != 0 {
		data = append(data, 0)
	}
	return data
}

func unpad(data []byte) ([]byte, bool) {
	for end := len(data) - 1; end >= 0; end-- {
		switch data[end] {
		case 0:
		case 0x80:
			return data[:end], true
		default:
			return nil, false
		}
	}
	return nil, false
}
