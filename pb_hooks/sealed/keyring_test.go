package sealed

import (
	"encoding/base64"
	"encoding/hex"
	"errors"
	"slices"
	"strings"
	"testing"
)

func TestParseKeys(t *testing.T) {
	a, b := NewKey(), NewKey()
	raw, _ := base64.StdEncoding.DecodeString(a)
	for name, text := range map[string]string{
		"base64":              a,
		"without padding":     strings.TrimRight(a, "="),
		"for addresses":       base64.URLEncoding.EncodeToString(raw),
		"hex":                 hex.EncodeToString(raw),
		"hex in capitals":     strings.ToUpper(hex.EncodeToString(raw)),
		"as Windows has it":   "\ufeff# 数据密钥\r\n" + a + "\r\n\r\n",
		"a comment behind it": a + "# 2026-11-23\n",
	} {
		ring, err := ParseKeys(text)
		if err != nil || !slices.Equal(ring.IDs(), ringOf(t, a).IDs()) {
			t.Errorf("%s: got %v, %v", name, ring, err)
		}
	}
	for name, text := range map[string]string{"lines": a + "\n" + b, "commas": a + "," + b, "spaces": " " + a + "\t" + b + " "} {
		ring, err := ParseKeys(text)
		if err != nil || len(ring.IDs()) != 2 || ring.CurrentID() != ringOf(t, b).CurrentID() {
			t.Errorf("two keys by %s: got %v, %v", name, ring, err)
		}
	}
	for _, text := range []string{"", "\n\n", "# no key yet", "\ufeff"} {
		if ring, err := ParseKeys(text); ring != nil || err != nil {
			t.Errorf("%q: got %v, %v", text, ring, err)
		}
	}
}

func TestParseKeysRefuses(t *testing.T) {
	good := NewKey()
	raw, _ := base64.StdEncoding.DecodeString(good)
	for name, tt := range map[string]struct {
		text string
		line int
	}{
		"a word":            {"password", 1},
		"too short":         {base64.StdEncoding.EncodeToString(raw[:31]), 1},
		"too long":          {base64.StdEncoding.EncodeToString(append(slices.Clone(raw), 1)), 1},
		"half a hex key":    {hex.EncodeToString(raw[:16]), 1},
		"hex with a letter": {"g" + hex.EncodeToString(raw)[1:], 1},
		"zeros":             {good + "\n" + base64.StdEncoding.EncodeToString(make([]byte, 32)), 2},
		"a pattern":         {strings.Repeat("0123456789abcdef", 4), 1},
		"the same twice":    {good + "\n\n" + hex.EncodeToString(raw), 3},
		"an assignment":     {"GONGKAI_DATA_KEY=" + good, 1},
	} {
		ring, err := ParseKeys(tt.text)
		var bad BadKey
		if !errors.As(err, &bad) || ring != nil || bad.Line != tt.line {
			t.Errorf("%s: got %v, %v", name, ring, err)
			continue
		}
		for _, word := range strings.Fields(tt.text) {
			if strings.Contains(bad.Error(), word) {
				t.Errorf("%s: the error quotes the key: %s", name, bad)
			}
		}
	}
}

func TestProbe(t *testing.T) {
	a, b := NewKey(), NewKey()
	probe, err := ringOf(t, a).Probe()
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := ringOf(t, b, a).Probe(); again != probe {
		t.Error("the same key has another probe")
	}
	for name, ring := range map[string]*Keyring{"itself": ringOf(t, a), "as an older one": ringOf(t, a, b)} {
		if err := ring.Check(probe); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	var wrong WrongKey
	if err := ringOf(t, b).Check(probe); !errors.As(err, &wrong) || wrong.Needed != ringOf(t, a).CurrentID() {
		t.Errorf("another key: got %v", err)
	}
	var none *Keyring
	var missing MissingKey
	if err := none.Check(probe); !errors.As(err, &missing) || missing.Needed != ringOf(t, a).CurrentID() {
		t.Errorf("no key: got %v", err)
	}
	if _, err := none.Probe(); !is[MissingKey](err) {
		t.Errorf("no key: got %v", err)
	}
	for i := range probe {
		changed := []byte(probe)
		changed[i] ^= 1
		if err := ringOf(t, a).Check(string(changed)); err == nil {
			t.Errorf("changed at %d: %s passes", i, changed)
		}
	}
	raw, _ := base64.StdEncoding.DecodeString(a)
	if strings.Contains(probe, a[:8]) || strings.Contains(probe, hex.EncodeToString(raw)[:8]) {
		t.Errorf("the probe %s holds part of the key", probe)
	}
}

// What is derived of a key and the forms are fixed for good: what an earlier
// version of the program sealed must open. The key is 0, 1, 2, … 31. Values and
// file were also opened by another implementation (Python, cryptography 48).
func TestFormsStay(t *testing.T) {
	ring := ringOf(t, "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")
	probe, _ := ring.Probe()
	hash, _ := ring.Blind(Phone, "13800001234")
	if probe != "p1.dac39cda.8747fea4bd37987586421e83ce7c1ad5" || hash != "h1.dac39cda.aGzNCWAVIiyBKfCtJzp5Iw" {
		t.Errorf("got %s, %s", probe, hash)
	}
	const value = "s1.dac39cda.SytTS0QR8bTnWW2ZGORz6nFo7N86bCo3kH6aoIWOk7ZHkx5ydOCAOEuPFksJfsW1Yfey2MokjWlez-p9"
	if plain, err := ring.Open(value, place); err != nil || plain != "王小明" {
		t.Errorf("got %q, %v", plain, err)
	}
	file, _ := hex.DecodeString("66312e64616333396364612e79d667d843d1f0bc85678c34d75867914936b5807d22ec7335103a0787263531889c918f293a1daece2e1e42fdf589e9d724227400049bb0c6")
	if plain, err := openFile(ring, file); err != nil || string(plain) != "王小明" {
		t.Errorf("got %q, %v", plain, err)
	}
}

func TestErrorsHaveCodeAndParams(t *testing.T) {
	for want, err := range map[string]interface {
		error
		Code() string
		Params() map[string]any
	}{
		"data_key_missing": MissingKey{"ab12cd34"}, "data_key_malformed": BadKey{2, "不是 base64 或十六进制"}, "data_key_wrong": WrongKey{"ab12cd34", []string{"00000000"}},
		"sealed_malformed": NotSealed{place}, "sealed_tampered": Tampered{place}, "sealed_no_place": NoPlace{place},
	} {
		if err.Code() != want || len(err.Params()) == 0 || err.Error() == "" {
			t.Errorf("%s: %q %v %s", want, err.Code(), err.Params(), err)
		}
	}
	if s := (MissingKey{}).Error(); !strings.Contains(s, "不能保存") {
		t.Errorf("got %s", s)
	}
}

func BenchmarkParseKeys(b *testing.B) {
	text := NewKey()
	for b.Loop() {
		if _, err := ParseKeys(text); err != nil {
			b.Fatal(err)
		}
	}
}
