package sealed

import (
	"slices"
	"strings"
	"testing"
)

func TestNormal(t *testing.T) {
	for _, tt := range []struct {
		kind Kind
		want string
		all  []string
	}{
		{Phone, "13800001234", []string{"13800001234", "138 0000 1234", "138-0000-1234", "+86 13800001234", "+8613800001234", "008613800001234", "8613800001234", "１３８００００１２３４", "(+86)13800001234", "013800001234", " 13800001234\u200b"}},
		{Phone, "2164123456", []string{"021-64123456", "(021)64123456", "+86 21 64123456", "+86-021-64123456", "021 6412 3456", "０２１－６４１２３４５６"}},
		{Phone, "4008208820", []string{"400-820-8820", "+86 4008208820"}},
		{Phone, "+85221234567", []string{"+852 2123 4567", "00852 21234567"}},
		{Phone, "", []string{"", " ", "无", "+", "00"}},
		{Email, "wang@example.cn", []string{"wang@example.cn", " Wang@Example.CN ", "ｗａｎｇ＠example.cn", "wang@ example.cn"}},
		{IDNumber, "31011220100101123X", []string{"31011220100101123x", "310112 20100101 123X", "３１０１１２２０１００１０１１２３Ｘ"}},
		{IDNumber, "91310112MA1GB00000", []string{"91310112MA1GB00000", "91310112-MA1GB000-00", "91310112ma1gb00000"}},
		{"other", "甲乙", []string{"甲 乙", "甲乙\u3000"}},
	} {
		for _, s := range tt.all {
			if got := tt.kind.Normal(s); got != tt.want {
				t.Errorf("%s %q: got %q, want %q", tt.kind, s, got, tt.want)
			}
		}
	}
}

func TestBlind(t *testing.T) {
	a, b := NewKey(), NewKey()
	ring, other := ringOf(t, a), ringOf(t, b)
	blind := func(ring *Keyring, kind Kind, value string) string {
		h, err := ring.Blind(kind, value)
		if err != nil {
			t.Fatal(err)
		}
		return h
	}
	h := blind(ring, Phone, "138 0000 1234")
	if h != blind(ring, Phone, "+8613800001234") {
		t.Error("the same number has another hash")
	}
	for name, different := range map[string]string{"number": blind(ring, Phone, "13800001235"), "kind": blind(ring, IDNumber, "13800001234"), "key": blind(other, Phone, "13800001234")} {
		if h == different {
			t.Errorf("another %s has the same hash", name)
		}
	}
	if strings.Contains(h, "1380000") || len(h) != 3+8+1+22 {
		t.Errorf("got %s", h)
	}
	if h := blind(ring, Phone, "没有"); h != "" {
		t.Errorf("nothing has the hash %s", h)
	}
	both := ringOf(t, a, b)
	if blind(both, Phone, "13800001234") != blind(other, Phone, "13800001234") {
		t.Error("new hashes are made with an older key")
	}
	hashes, err := both.Blinds(Phone, "13800001234")
	if err != nil || len(hashes) != 2 || !slices.Contains(hashes, h) {
		t.Errorf("what was hashed with an older key is not found: %v, %v", hashes, err)
	}
	if hashes, err := both.Blinds(Phone, ""); err != nil || len(hashes) != 0 {
		t.Errorf("nothing is found by %v, %v", hashes, err)
	}
	var none *Keyring
	if h, err := none.Blind(Phone, "13800001234"); !is[MissingKey](err) || h != "" {
		t.Errorf("no key: got %q, %v", h, err)
	}
	if _, err := none.Blinds(Phone, "13800001234"); !is[MissingKey](err) {
		t.Errorf("no key: got %v", err)
	}
}

func BenchmarkBlind(b *testing.B) {
	ring := ringOf(b, NewKey())
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ring.Blind(Phone, "138 0000 1234"); err != nil {
			b.Fatal(err)
		}
	}
}
