package altcha

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

var start = time.Date(2026, 11, 23, 2, 0, 0, 0, time.UTC)

func testKey() []byte { return []byte("01234567890123456789012345678901") }

// little is work that holds up no test.
var little = Work{50, 100}

func solve(t testing.TB, c Challenge) payload {
	t.Helper()
	text, err := Solve(c)
	if err != nil {
		t.Fatal(err)
	}
	p, err := read(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func (p payload) text(t testing.TB) string {
	t.Helper()
	raw, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(raw)
}

func TestASolvedChallengeLetsOneFilingIn(t *testing.T) {
	door := New(testKey(), little)
	text := solve(t, door.Challenge(start)).text(t)
	corrected, err := door.Check(text, "filing-1", start.Add(time.Minute))
	if err != nil {
		t.Fatal(err)
	}
	again, err := door.Check(text, "filing-1", start.Add(2*time.Minute))
	if err != nil {
		t.Fatalf("after a field error: %v", err)
	}
	if !again.Spend(start.Add(2 * time.Minute)) {
		t.Fatal("a fresh ticket was not spent")
	}
	if !corrected.Spend(start.Add(3 * time.Minute)) {
		t.Error("the same filing sent twice: the second was refused")
	}
	if _, err := door.Check(text, "filing-1", start.Add(4*time.Minute)); err != nil {
		t.Errorf("sent again after its answer was lost: %v", err)
	}
	if _, err := door.Check(text, "filing-2", start.Add(4*time.Minute)); !errors.Is(err, Spent{}) {
		t.Errorf("another filing: got %v, want Spent", err)
	}
}

func TestManyFilingsTogetherWithOneSolution(t *testing.T) {
	door := New(testKey(), little)
	text := solve(t, door.Challenge(start)).text(t)
	var in atomic.Int32
	var wg sync.WaitGroup
	for n := range 100 {
		wg.Go(func() {
			ticket, err := door.Check(text, strings.Repeat("x", n), start)
			if err == nil && ticket.Spend(start) {
				in.Add(1)
			}
		})
	}
	wg.Wait()
	if in.Load() != 1 {
		t.Errorf("%d were let in", in.Load())
	}
}

func TestWhatIsNoSolution(t *testing.T) {
	door, other := New(testKey(), little), New([]byte("another key"), little)
	good := solve(t, door.Challenge(start))
	changed := func(change func(*payload)) string {
		p := good
		change(&p)
		return p.text(t)
	}
	derived := derive(nil, nil, 1)
	for name, text := range map[string]string{
		"no base64":              "…",
		"no JSON":                base64.StdEncoding.EncodeToString([]byte("x")),
		"null":                   base64.StdEncoding.EncodeToString([]byte("null")),
		"a counter with a sign":  base64.StdEncoding.EncodeToString([]byte(`{"solution":{"counter":-1}}`)),
		"too long":               strings.Repeat("A", longest+1),
		"another server's":       solve(t, other.Challenge(start)).text(t),
		"a longer life":          changed(func(p *payload) { p.Challenge.Parameters.ExpiresAt++ }),
		"an easier prefix":       changed(func(p *payload) { p.Challenge.Parameters.KeyPrefix = "" }),
		"another salt":           changed(func(p *payload) { p.Challenge.Parameters.Salt = good.Challenge.Parameters.Nonce }),
		"another nonce":          changed(func(p *payload) { p.Challenge.Parameters.Nonce = good.Challenge.Parameters.Salt }),
		"no signature":           changed(func(p *payload) { p.Challenge.Signature = "" }),
		"another counter":        changed(func(p *payload) { p.Solution.Counter++ }),
		"another key":            changed(func(p *payload) { p.Solution.DerivedKey = hex.EncodeToString(derived[:]) }),
		"the prefix as key":      changed(func(p *payload) { p.Solution.DerivedKey = good.Challenge.Parameters.KeyPrefix }),
		"no work":                changed(func(p *payload) { p.Solution.Counter, p.Solution.DerivedKey = 0, "" }),
		"salt and nonce regroup": changed(func(p *payload) { q := &p.Challenge.Parameters; q.Salt, q.Nonce = q.Salt+q.Nonce[:2], q.Nonce[2:] }),
		"one letter more":        good.text(t) + "A",
	} {
		var invalid Invalid
		if _, err := door.Check(text, "f", start); !errors.As(err, &invalid) {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
	if _, err := door.Check("", "f", start); !errors.Is(err, Missing{}) {
		t.Errorf("nothing: got %v, want Missing", err)
	}
}

func TestParametersOfAnotherVersionAreNoSolution(t *testing.T) {
	door := New(testKey(), little)
	for name, change := range map[string]func(*Parameters){
		"algorithm":  func(p *Parameters) { p.Algorithm = "PBKDF2/SHA-256" },
		"cost":       func(p *Parameters) { p.Cost = 2 },
		"short":      func(p *Parameters) { p.KeyPrefix = p.KeyPrefix[:4] },
		"long nonce": func(p *Parameters) { p.Nonce += "00" },
		"bad salt":   func(p *Parameters) { p.Salt = "x" },
	} {
		p := solve(t, door.Challenge(start))
		change(&p.Challenge.Parameters)
		p.Challenge.Signature = hex.EncodeToString(door.sign(p.Challenge.Parameters))
		var invalid Invalid
		if _, err := door.Check(p.text(t), "f", start); !errors.As(err, &invalid) {
			t.Errorf("%s: got %v, want Invalid", name, err)
		}
	}
}

func TestAChallengeExpires(t *testing.T) {
	door := New(testKey(), little)
	text := solve(t, door.Challenge(start)).text(t)
	if _, err := door.Check(text, "f", start.Add(Lifetime)); err != nil {
		t.Errorf("in its last second: %v", err)
	}
	_, err := door.Check(text, "f", start.Add(Lifetime+time.Second))
	if want := (Expired{start.Add(Lifetime)}); !errors.As(err, new(Expired)) || !err.(Expired).At.Equal(want.At) {
		t.Errorf("a second later: got %#v, want %#v", err, want)
	}
}

func TestAChallengeOutlivesARestart(t *testing.T) {
	text := solve(t, New(testKey(), little).Challenge(start)).text(t)
	if _, err := New(testKey(), little).Check(text, "f", start.Add(time.Minute)); err != nil {
		t.Error(err)
	}
}

func TestSpentIsBoundedAndForgetsOnlyWhatHasExpired(t *testing.T) {
	var s spent
	name := func(n int) (out nonce) {
		out[0], out[1], out[2] = byte(n), byte(n>>8), byte(n>>16)
		return out
	}
	mine, others := filingOf("mine"), filingOf("another")
	for n := range mostSpent {
		if !s.add(name(n), mine, start.Add(time.Second)) {
			t.Fatalf("number %d was refused", n)
		}
	}
	if s.add(name(mostSpent), mine, start.Add(time.Second)) {
		t.Error("more than can be remembered")
	}
	if !s.add(name(mostSpent), mine, start.Add(Lifetime+2*time.Second)) {
		t.Error("refused when there is room again")
	}
	for _, after := range []time.Duration{Lifetime + 2*time.Second, 2 * Lifetime} {
		if s.add(name(7), others, start.Add(after)) {
			t.Errorf("forgotten after %v", after)
		}
	}
	if s.add(name(mostSpent+1), mine, start.Add(2*Lifetime+4*time.Second)); len(s.old) != 1 || len(s.young) != 1 {
		t.Errorf("%d and %d are remembered", len(s.young), len(s.old))
	}
}

func TestTheWorkIsBetweenItsBounds(t *testing.T) {
	seen := map[uint32]bool{}
	for range 300 {
		p := solve(t, New(testKey(), Work{5, 7}).Challenge(start))
		if p.Challenge.Parameters.Data.Most != 7 {
			t.Fatalf("at most %d", p.Challenge.Parameters.Data.Most)
		}
		seen[p.Solution.Counter] = true
	}
	if len(seen) != 3 || !seen[5] || !seen[6] || !seen[7] {
		t.Errorf("counters %v", seen)
	}
	unsolvable := New(testKey(), Work{9, 9}).Challenge(start)
	unsolvable.Parameters.Data.Most = 8
	if text, err := Solve(unsolvable); !errors.As(err, new(Invalid)) {
		t.Errorf("got %q, %v, want Invalid", text, err)
	}
}

func TestFailuresAreCoded(t *testing.T) {
	for code, err := range map[string]interface {
		error
		Code() string
		Params() map[string]any
	}{"proof_missing": Missing{}, "proof_invalid": Invalid{"x"}, "proof_expired": Expired{start}, "proof_spent": Spent{}} {
		if err.Code() != code || err.Error() == "" || strings.Contains(err.Error(), "x") {
			t.Errorf("%s: %s %q %v", code, err.Code(), err.Error(), err.Params())
		}
	}
}

func FuzzCheck(f *testing.F) {
	door := New(testKey(), little)
	f.Add(solve(f, New([]byte("another key"), little).Challenge(start)).text(f))
	f.Add("e30=")
	f.Fuzz(func(t *testing.T, text string) {
		if _, err := door.Check(text, "f", start); err == nil {
			t.Errorf("%q was let in without a challenge of ours", text)
		}
	})
}

func BenchmarkCheck(b *testing.B) {
	door := New(testKey(), little)
	text := solve(b, door.Challenge(start)).text(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := door.Check(text, "f", start); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChallenge(b *testing.B) {
	door := New(testKey(), little)
	b.ReportAllocs()
	for b.Loop() {
		door.Challenge(start)
	}
}

func BenchmarkSolve(b *testing.B) {
	door := New(testKey(), Ordinary)
	for b.Loop() {
		solve(b, door.Challenge(start))
	}
}
