package pb_hooks_test

import (
	"fmt"
	"reflect"
	"testing"

	"gongkai/pb_hooks"
	"gongkai/pb_hooks/probe"
)

// What the page of the site's own checks knows is written from the answers of the routes.
func TestTypeScriptProbesAreFresh(t *testing.T) {
	b := generated()
	fmt.Fprintln(b, "import type { NamedCode } from './inquiries.gen'")
	for _, v := range []any{pb_hooks.VisitFault{}, pb_hooks.ProbeFault{}, pb_hooks.ProbeRun{}, pb_hooks.ProbeLine{}, pb_hooks.ProbeDay{}, pb_hooks.ProbeDesk{}, pb_hooks.ProbeLink{}, pb_hooks.ProbeLinkList{}} {
		writeStruct(b, reflect.TypeOf(v))
	}
	fmt.Fprintf(b, "\n// In milliseconds.\nexport const visitBounds = { slow: %d, fails: %d } as const\n", probe.SlowAfter.Milliseconds(), probe.FailsAfter.Milliseconds())
	isFresh(t, "probes.gen.ts", b)
}
