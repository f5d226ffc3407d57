package webhook

import (
	"errors"
	"net/http"
	"os"
	"strings"
	"testing"
	"time"
)

// The vector of the Standard Webhooks libraries.
const (
	vectorKey  = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
	vectorID   = "msg_p5jXN8AQM9LWM0D4loKWxJek"
	vectorBody = `{"test": 2432232314}`
	vectorSign = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
)

var vectorAt = time.Unix(1614265330, 0)

func key(t testing.TB, text string) Key {
	t.Helper()
	k, err := ParseKey(text)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func TestSignIsTheStandards(t *testing.T) {
	if got := Sign(key(t, vectorKey), vectorID, vectorAt, []byte(vectorBody)); got != vectorSign {
		t.Errorf("got %s, want %s", got, vectorSign)
	}
}

func TestVerify(t *testing.T) {
	first := key(t, vectorKey)
	second, err := NewKey()
	if err != nil {
		t.Fatal(err)
	}
	good := Headers(vectorID, vectorAt, []byte(vectorBody), first)
	both := Headers(vectorID, vectorAt, []byte(vectorBody), second, first)
	with := func(name, value string) http.Header {
		h := good.Clone()
		h.Set(name, value)
		return h
	}
	for _, tt := range []struct {
		name string
		h    http.Header
		body string
		now  time.Time
		keys []Key
		want error
	}{
		{"good", good, vectorBody, vectorAt, []Key{first}, nil},
		{"at the edge", good, vectorBody, vectorAt.Add(Tolerance), []Key{first}, nil},
		{"both keys, the receiver has the old one", both, vectorBody, vectorAt, []Key{first}, nil},
		{"both keys, the receiver has the new one", both, vectorBody, vectorAt, []Key{second}, nil},
		{"the receiver has both, the sender one", good, vectorBody, vectorAt, []Key{second, first}, nil},
		{"a signature of a later version stands before", with(SignatureHeader, "v2,abc "+vectorSign), vectorBody, vectorAt, []Key{first}, nil},
		{"another key", good, vectorBody, vectorAt, []Key{second}, ErrSignature},
		{"no key", good, vectorBody, vectorAt, nil, ErrSignature},
		{"another body", good, vectorBody + " ", vectorAt, []Key{first}, ErrSignature},
		{"another id", with(IDHeader, "msg_other"), vectorBody, vectorAt, []Key{first}, ErrSignature},
		{"another time", with(TimestampHeader, "1614265331"), vectorBody, vectorAt, []Key{first}, ErrSignature},
		{"cut short", with(SignatureHeader, vectorSign[:20]), vectorBody, vectorAt, []Key{first}, ErrSignature},
		{"old", good, vectorBody, vectorAt.Add(Tolerance + time.Second), []Key{first}, ErrTooOld},
		{"of tomorrow", good, vectorBody, vectorAt.Add(-Tolerance - time.Second), []Key{first}, ErrTooNew},
		{"no id", with(IDHeader, ""), vectorBody, vectorAt, []Key{first}, ErrIncomplete},
		{"no time", with(TimestampHeader, "today"), vectorBody, vectorAt, []Key{first}, ErrIncomplete},
		{"no signature", with(SignatureHeader, ""), vectorBody, vectorAt, []Key{first}, ErrIncomplete},
	} {
		if got := Verify(tt.h, []byte(tt.body), tt.now, tt.keys...); !errors.Is(got, tt.want) || tt.want == nil && got != nil {
			t.Errorf("%s: got %v, want %v", tt.name, got, tt.want)
		}
	}
}

func TestKeys(t *testing.T) {
	k, err := NewKey()
	if err != nil || len(k) != keyBytes {
		t.Fatal(len(k), err)
	}
	if again := key(t, k.String()); string(again) != string(k) {
		t.Error("what String wrote is read as another key")
	}
	for _, bad := range []string{"", "whsec_", "whsec_MTIz", "whsec_***", keyPrefix + strings.Repeat("QUJD", 30)} {
		if _, err := ParseKey(bad); err == nil {
			t.Errorf("%q is taken for a key", bad)
		}
	}
}

func TestBackoff(t *testing.T) {
	var all time.Duration
	for tries := 1; tries < MostTries; tries++ {
		soon, again := Backoff(tries, 0, 0)
		late, _ := Backoff(tries, 1, 0)
		if !again || soon <= all/20 || float64(late)/float64(soon) > 1.51 || late <= soon {
			t.Errorf("after %d: %v to %v, %v", tries, soon, late, again)
		}
		middle, _ := Backoff(tries, 0.5, 0)
		if middle != pauses[tries-1] {
			t.Errorf("after %d: %v, not %v", tries, middle, pauses[tries-1])
		}
		all += middle
	}
	if all < 72*time.Hour || all > 96*time.Hour {
		t.Errorf("given up after %v, not three days", all)
	}
	for _, tries := range []int{-1, 0, MostTries, MostTries + 1} {
		if wait, again := Backoff(tries, 0.5, 0); again || wait != 0 {
			t.Errorf("after %d: %v %v", tries, wait, again)
		}
	}
	if wait, _ := Backoff(1, 0.5, time.Hour); wait != time.Hour {
		t.Errorf("asked for an hour, got %v", wait)
	}
	if wait, _ := Backoff(1, 0.5, 1000*time.Hour); wait != mostAsked {
		t.Errorf("asked for weeks, got %v", wait)
	}
}

func TestEveryEventAndFaultHasWords(t *testing.T) {
	for _, e := range append(Events(), Test) {
		if e.Name() == "" {
			t.Errorf("%s has no name", e)
		}
	}
	for _, f := range Faults() {
		if f.Name() == "" {
			t.Errorf("%s has no name", f)
		}
	}
	if Event("nothing").Name() != "" || Fault("nothing").Name() != "" || len(Events()) != len(events)-1 {
		t.Error("there are names for nothing")
	}
	for status, want := range map[int]Fault{200: "", 204: "", 299: "", 301: Moved, 304: Moved, 400: Refused, 404: Refused, 410: Gone, 429: Busy, 500: Broken, 503: Broken, 100: Broken} {
		if got := FaultOf(status); got != want {
			t.Errorf("%d: %q, want %q", status, got, want)
		}
	}
}

// What engineers of the other side copy is what is tested here.
func TestTheExampleOfTheManualIsTheTestedOne(t *testing.T) {
	manual, err := os.ReadFile("../../docs/webhooks.md")
	if err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile("receiver_test.go")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, found := strings.Cut(string(manual), "```go\n")
	example, _, closed := strings.Cut(rest, "```")
	if !found || !closed || strings.Count(example, "\n") < 10 || !strings.Contains(string(source), example) {
		t.Errorf("docs/webhooks.md shows another example than receiver_test.go:\n%s", example)
	}
}
