package workday

import (
	"errors"
	"os"
	"os/exec"
	"strings"
	"testing"
)

// The calendar is compared with one that others made from the same notices: every start date of 2024 to 2026 with 1 to
// 40 working days, as far as the days lie in these years.
func TestAnIndependentLibraryCountsTheSame(t *testing.T) {
	const ui = "../../ui"
	if _, err := os.Stat(ui + "/node_modules/chinese-days"); err != nil {
		t.Fatal("the npm package chinese-days is not installed: run `make ui` first")
	}
	node := exec.Command("node", ui+"/scripts/workdays.mjs")
	node.Env = append(os.Environ(), "TZ=Asia/Shanghai")
	out, err := node.Output()
	if err != nil {
		var exit *exec.ExitError
		if errors.As(err, &exit) {
			t.Fatalf("node %s/scripts/workdays.mjs: %v\n%s", ui, err, exit.Stderr)
		}
		t.Fatalf("node is needed to ask chinese-days: %v", err)
	}
	var oracle []Date
	for _, line := range strings.Fields(string(out)) {
		d, err := Parse(line)
		if err != nil {
			t.Fatal(err)
		}
		oracle = append(oracle, d)
	}
	if len(oracle) != 251+248+248 {
		t.Fatalf("chinese-days knows %d working days, the notices give %d", len(oracle), 251+248+248)
	}

	c := official(t)
	next, compared := 0, 0 // next is the first of the oracle's working days after d
	for d := Date("2024-01-01"); d < "2027-01-01"; d = d.Next() {
		for next < len(oracle) && oracle[next] <= d {
			next++
		}
		for n := 1; n <= 40 && next+n-1 < len(oracle); n++ {
			want := oracle[next+n-1]
			if got := c.Add(d, n); got != want {
				t.Fatalf("%s + %d working days: got %s, chinese-days says %s", d, n, got, want)
			}
			compared++
		}
	}
	t.Logf("compared %d deadlines", compared)
	if compared < 40_000 {
		t.Errorf("only %d deadlines were compared", compared)
	}
}
