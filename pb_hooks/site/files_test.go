package site

import (
	"bytes"
	"testing"
	"testing/fstest"

	"github.com/klauspost/compress/gzip"
)

// A script is given out whether it lies there packed or as it was built.
func TestAssetsAreReadPackedOrNot(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	if _, err := z.Write([]byte("packed")); err != nil || z.Close() != nil {
		t.Fatal(err)
	}
	a := assets{files: fstest.MapFS{"assets/a.js.gz": {Data: packed.Bytes()}, "assets/b.js": {Data: []byte("built")}, "assets/c.js.gz": {Data: []byte("broken")}}}
	for name, want := range map[string]string{"assets/a.js": "packed", "assets/b.js": "built"} {
		if got, err := a.read(name); err != nil || string(got) != want {
			t.Errorf("%s: %q %v", name, got, err)
		}
	}
	for _, name := range []string{"assets/c.js", "assets/none.js"} {
		if got, err := a.read(name); err == nil {
			t.Errorf("%s: %q", name, got)
		}
	}
}
