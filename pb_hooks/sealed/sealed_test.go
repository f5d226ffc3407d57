package sealed

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// place is where the values of the tests belong.
var place = Place{"applications", "app000000000001", "name"}

func ringOf(t testing.TB, keys ...string) *Keyring {
	t.Helper()
	ring, err := ParseKeys(strings.Join(keys, "\n"))
	if err != nil {
		t.Fatal(err)
	}
	return ring
}

func seal(t testing.TB, ring *Keyring, plain string, at Place) string {
	t.Helper()
	s, err := ring.Seal(plain, at)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// is reports whether err is an E.
func is[E error](err error) bool {
	var e E
	return errors.As(err, &e)
}

func TestWhatIsSealedOpens(t *testing.T) {
	ring := ringOf(t, NewKey())
	for _, plain := range []string{"", "王", "王小明", "310112201001011234", "\x80", "\x00\x80\x00", strings.Repeat("甲", 5000)} {
		s := seal(t, ring, plain, place)
		if got, err := ring.Open(s, place); err != nil || got != plain {
			t.Errorf("%q: got %q, %v", plain, got, err)
		}
		if (s == "") != (plain == "") {
			t.Errorf("%q is sealed as %q", plain, s)
		}
	}
}

func TestASealedValueTellsNothing(t *testing.T) {
	raw := NewKey()
	ring := ringOf(t, raw)
	key, _ := base64.StdEncoding.DecodeString(raw)
	const plain = "13800001234王小明"
	s := seal(t, ring, plain, place)
	inside, err := base64url.DecodeString(s[textPrefix:])
	if err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{plain, "13800001234", "王小明", base64url.EncodeToString([]byte(plain))[:12], raw, string(key), hex.EncodeToString(key)} {
		if strings.Contains(s, secret) || strings.Contains(string(inside), secret) {
			t.Errorf("%q is in %s", secret, s)
		}
	}
	if short, long := seal(t, ring, "王", place), seal(t, ring, "310112201001011234", place); len(short) != len(long) {
		t.Errorf("the length tells a name from an identity number: %d, %d", len(short), len(long))
	}
	if shown := fmt.Sprintf("%v %+v %#v %s", ring, ring, ring, ring); strings.Contains(shown, raw) || strings.Contains(shown, "0x") {
		t.Errorf("a log shows %s", shown)
	}
}

func TestTheSameValueIsSealedDifferently(t *testing.T) {
	ring := ringOf(t, NewKey())
	nonces := map[string]bool{}
	const many = 100_000
	for range many {
		inside, err := base64url.DecodeString(seal(t, ring, "王小明", place)[textPrefix:])
		if err != nil {
			t.Fatal(err)
		}
		nonces[string(inside[:12])] = true
	}
	if len(nonces) != many {
		t.Errorf("%d nonces of %d values", len(nonces), many)
	}
}

func TestEveryChangeIsNoticed(t *testing.T) {
	ring := ringOf(t, NewKey(), NewKey())
	s := seal(t, ring, "王小明", place)
	for i := range s {
		for _, c := range []byte{s[i] ^ 1, s[i] ^ 0x20, 'A', '.', '\n'} {
			if c == s[i] {
				continue
			}
			changed := s[:i] + string(rune(c)) + s[i+1:]
			if plain, err := ring.Open(changed, place); err == nil || plain != "" {
				t.Errorf("%s at %d: got %q, %v", changed, i, plain, err)
			}
		}
		for name, changed := range map[string]string{"cut": s[:i], "shortened": s[:i] + s[i+1:], "lengthened": s[:i] + "A" + s[i:], "broken": s[:i] + "\n" + s[i:]} {
			if changed == "" || changed == s {
				continue
			}
			if plain, err := ring.Open(changed, place); err == nil || plain != "" {
				t.Errorf("%s at %d: got %q, %v", name, i, plain, err)
			}
		}
	}
}

func TestAValueOpensAtItsPlaceOnly(t *testing.T) {
	ring := ringOf(t, NewKey())
	s := seal(t, ring, "王小明", Place{"ab", "c", "d"})
	for _, other := range []Place{{"ab", "c", "e"}, {"ab", "x", "d"}, {"x", "c", "d"}, {"a", "bc", "d"}, {"abc", "", "d"}, {"ab", "cd", ""}, {"2:ab", "c", "d"}, {}} {
		if _, err := ring.Open(s, other); !is[Tampered](err) {
			t.Errorf("%v: got %v", other, err)
		}
	}
	for _, none := range []Place{{}, {"a", "", "c"}, {"", "b", "c"}, {"a", "b", ""}} {
		if _, err := ring.Seal("王小明", none); !is[NoPlace](err) {
			t.Errorf("%v: got %v", none, err)
		}
	}
}

func TestPlainTextIsNoSealedValue(t *testing.T) {
	ring := ringOf(t, NewKey())
	for _, plain := range []string{"王小明", "13800001234", "s1.", "s1.00000000.", "s1.0000000g.AAAA", "s1.00000000.####", "s2.00000000.AAAA", "s1.00000000.AAA=", " ", "s1." + ring.CurrentID() + ".AAAA\n"} {
		if got, err := ring.Open(plain, place); !is[NotSealed](err) || got != "" {
			t.Errorf("%q: got %q, %v", plain, got, err)
		}
	}
	if _, err := ring.Open("s1."+ring.CurrentID()+".AAAA", place); !is[Tampered](err) {
		t.Errorf("too short to hold anything: got %v", err)
	}
}

func TestAnotherKeyDoesNotOpen(t *testing.T) {
	a, b := NewKey(), NewKey()
	s := seal(t, ringOf(t, a), "王小明", place)
	_, err := ringOf(t, b).Open(s, place)
	var wrong WrongKey
	if !errors.As(err, &wrong) || wrong.Needed != ringOf(t, a).CurrentID() || wrong.Have[0] != ringOf(t, b).CurrentID() {
		t.Errorf("got %v", err)
	}
	var none *Keyring
	if _, err := none.Open(s, place); !is[MissingKey](err) {
		t.Errorf("no key: got %v", err)
	}
	if s, err := none.Seal("王小明", place); !is[MissingKey](err) || s != "" {
		t.Errorf("no key: sealed %q, %v", s, err)
	}
	// the id of the other key does not make it open
	moved := "s1." + ringOf(t, b).CurrentID() + s[textPrefix-1:]
	if _, err := ringOf(t, b).Open(moved, place); !is[Tampered](err) {
		t.Errorf("got %v", err)
	}
}

func TestRotation(t *testing.T) {
	a, b := NewKey(), NewKey()
	before, between, after := ringOf(t, a), ringOf(t, a, b), ringOf(t, b)
	s := seal(t, before, "王小明", place)
	if before.NeedsRotation(s) || !between.NeedsRotation(s) || between.NeedsRotation("") || between.NeedsRotation("王小明") {
		t.Error("what is sealed with an older key, and nothing else, needs the new one")
	}
	plain, err := between.Open(s, place)
	if err != nil {
		t.Fatal(err)
	}
	again := seal(t, between, plain, place)
	if between.NeedsRotation(again) {
		t.Error("what was sealed anew needs it again")
	}
	if got, err := after.Open(again, place); err != nil || got != "王小明" {
		t.Errorf("without the old key: got %q, %v", got, err)
	}
	hash, err := before.Blind(Phone, "13800001234")
	if err != nil || before.NeedsRotation(hash) || !between.NeedsRotation(hash) {
		t.Errorf("a keyed hash: %s, %v", hash, err)
	}
}

func FuzzOpen(f *testing.F) {
	ring := ringOf(f, NewKey(), NewKey())
	good := seal(f, ring, "王小明", place)
	for _, s := range []string{good, good[:len(good)-1], "王小明", "s1.00000000.AAAA", "s1." + ring.CurrentID() + ".AAAA"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if plain, err := ring.Open(s, place); err == nil && s != good && s != "" {
			t.Errorf("%q opens as %q", s, plain)
		}
		ring.NeedsRotation(s)
		_ = ring.Check(s)
	})
}

func BenchmarkSeal(b *testing.B) {
	ring := ringOf(b, NewKey())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ring.Seal("310112201001011234", place); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	ring := ringOf(b, NewKey())
	s := seal(b, ring, "310112201001011234", place)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ring.Open(s, place); err != nil {
			b.Fatal(err)
		}
	}
}
