package mirror

import (
	"io"
	"os"
	"path/filepath"
	"testing"
)

// The unit sets UMask=0077: without more a folder that only holds folders, as
// open does, could be read by nobody but ourselves, and nginx is somebody else.
func TestWhatIsWrittenMayBeReadByTheWebServer(t *testing.T) {
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "open"), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := folder(root+"/").write("open/v1/bulk/schools.json", func(w io.Writer) error {
		_, err := io.WriteString(w, "{}")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]os.FileMode{"": 0o755, "open": 0o755, "open/v1": 0o755, "open/v1/bulk": 0o755, "open/v1/bulk/schools.json": 0o644} {
		info, err := os.Stat(filepath.Join(root, name))
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); got != want {
			t.Errorf("%q is %o, want %o", name, got, want)
		}
	}
}
