package altcha

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// prove solves challenges in node, with ui/scripts/prove.mjs.
func prove(t *testing.T, challenges []Challenge, args ...string) (payloads []string, took string) {
	t.Helper()
	const ui = "../../ui"
	if _, err := os.Stat(ui + "/node_modules/altcha-lib"); err != nil {
		t.Fatal("the npm package altcha-lib is not installed: run `make ui` first")
	}
	var in, out, told bytes.Buffer
	for _, c := range challenges {
		if err := json.NewEncoder(&in).Encode(c); err != nil {
			t.Fatal(err)
		}
	}
	node := exec.Command("node", append([]string{ui + "/scripts/prove.mjs"}, args...)...)
	node.Stdin, node.Stdout, node.Stderr = &in, &out, &told
	if err := node.Run(); err != nil {
		t.Fatalf("node %s/scripts/prove.mjs: %v\n%s", ui, err, told.Bytes())
	}
	return strings.Fields(out.String()), strings.TrimSpace(told.String())
}

// What we make and check is the protocol: the authors' own library solves and
// verifies it, and the code of our pages finds the same.
func TestTheProtocolIsTheAuthors(t *testing.T) {
	now := time.Now() // altcha-lib has no other clock
	door := New(testKey(), Ordinary)
	var challenges []Challenge
	for range 5 {
		challenges = append(challenges, door.Challenge(now))
	}
	official, took := prove(t, challenges, "official", string(testKey()))
	t.Log("altcha-lib:", took)
	ours, took := prove(t, challenges)
	t.Log("ours:", took)
	if len(ours) != len(challenges) || len(official) != len(challenges) {
		t.Fatalf("%d and %d payloads of %d challenges", len(ours), len(official), len(challenges))
	}
	for i := range challenges {
		for who, text := range map[string]string{"altcha-lib": official[i], "the page": ours[i]} {
			if _, err := door.Check(text, "f", now); err != nil {
				t.Errorf("what %s found: %v", who, err)
			}
		}
		a, err1 := read(ours[i])
		b, err2 := read(official[i])
		if err1 != nil || err2 != nil || a != b {
			t.Errorf("the page found %+v (%v), altcha-lib %+v (%v)", a, err1, b, err2)
		}
	}
}
