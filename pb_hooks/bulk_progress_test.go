package pb_hooks

import (
	"regexp"
	"strings"
	"testing"
)

func TestProgressEndsWithWhatWasDone(t *testing.T) {
	for _, tt := range []struct {
		name        string
		done, total int
		want        string
	}{
		{"half of it", 20, 40, `检查  50% \|█{15} {15}\| \(20/40, \d+ 条/s\)`},
		{"all of it", 40, 40, `检查 100% \|█{30}\| \(40/40, \d+ 条/s\)`},
		{"more than was thought", 41, 40, `检查 100% \|█{30}\| \(41/40, \d+ 条/s\)`},
		{"nothing to do", 0, 0, `检查   0% \| {30}\| \(0/0, 0 条/s\)`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var out strings.Builder
			bar := articleBar(&out, "检查", tt.total)
			bar.at(tt.done / 2)
			bar.at(tt.done)
			bar.end()
			if got := out.String(); !regexp.MustCompile(tt.want + " \n$").MatchString(got) {
				t.Errorf("got %q", got)
			}
		})
	}
}
