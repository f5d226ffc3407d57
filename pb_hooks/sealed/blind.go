package sealed

import (
	"crypto/hmac"
	"crypto/sha256"
	"strings"
	"unicode"
)

// Kind is what a keyed hash is made of. The same text as another kind has
// another hash.
type Kind string

// Kinds, each with its own way in which people write the same thing differently.
const (
	Phone    Kind = "phone"
	Email    Kind = "email"
	IDNumber Kind = "id_number" // 证件号码、统一社会信用代码
	Contact  Kind = "contact"   // a telephone number or an address of mail
	Text     Kind = "text"      // what somebody wrote
)

const (
	hashVersion = "h1" // h1.<id of the key>.<base64url of the hash>
	hashSize    = 16   // bytes; two of 2^40 values meet with a chance of 2^-49
)

// Blind is a keyed hash of a value, h1.<id>.<22 characters>: equal values are
// found by it, and without the key nobody can try out numbers. Of a value in
// which nothing is left after normalising it is "". It fails with MissingKey.
func (k *Keyring) Blind(kind Kind, value string) (string, error) {
	c := k.current()
	if c == nil {
		return "", MissingKey{}
	}
	return c.blind(kind, kind.Normal(value)), nil
}

// Blinds are the hashes of a value under every key at hand, for a search while
// the key is being changed. It is empty where Blind would be "".
func (k *Keyring) Blinds(kind Kind, value string) ([]string, error) {
	if k.current() == nil {
		return nil, MissingKey{}
	}
	hashes, normal := []string{}, kind.Normal(value)
	for _, of := range k.keys {
		if h := of.blind(kind, normal); h != "" {
			hashes = append(hashes, h)
		}
	}
	return hashes, nil
}

func (c *key) blind(kind Kind, normal string) string {
	if normal == "" {
		return ""
	}
	mac := hmac.New(sha256.New, c.hash)
	mac.Write([]byte(kind))
	mac.Write([]byte{0}) // ends the kind: no kind holds it
	mac.Write([]byte(normal))
	return hashVersion + "." + c.id + "." + base64url.EncodeToString(mac.Sum(nil)[:hashSize])
}

// hashKeyID is the id of the key that a keyed hash was made with.
func hashKeyID(hash string) (id string, ok bool) {
	parts := strings.Split(hash, ".")
	if len(parts) != 3 || parts[0] != hashVersion {
		return "", false
	}
	return parts[1], isKeyID(parts[1])
}

// Normal is a value the way all people's ways of writing it come to: full-width
// forms are folded and spaces left out; of a telephone number only the digits
// count, without 86 and a first 0; an address of mail is in lower, an identity number in
// upper case.
func (kind Kind) Normal(value string) string {
	value = fold(value)
	switch kind {
	case Contact:
		if strings.Contains(value, "@") {
			return Email.Normal(value)
		}
		return Phone.Normal(value)
	case Phone:
		return normalPhone(value)
	case Email:
		return strings.ToLower(value)
	case IDNumber:
		return strings.ToUpper(strings.NewReplacer("-", "", "·", "").Replace(value))
	}
	return value
}

// fold makes full-width ASCII narrow and drops spaces and what cannot be seen.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case unicode.IsSpace(r) || unicode.Is(unicode.Cf, r):
			return -1
		}
		return r
	}, s)
}

// normalPhone leaves out 86 and the 0 before a city's code, both of which may be
// written or not.
func normalPhone(s string) string {
	abroad := strings.HasPrefix(s, "+") || strings.HasPrefix(s, "00")
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if abroad {
		digits = strings.TrimPrefix(digits, "00")
	}
	mobile := len(digits) == 13 && strings.HasPrefix(digits, "861")
	rest, home := strings.CutPrefix(digits, "86")
	switch {
	case home && (abroad || mobile):
		return strings.TrimPrefix(rest, "0")
	case abroad && digits != "":
		return "+" + digits
	}
	return strings.TrimPrefix(digits, "0")
}
