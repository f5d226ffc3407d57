package mirror

import (
	"path"
	"strings"
	"testing"
)

// A text may link to anything; one name that no file system takes would end an export.
func TestNoAddressMakesANameThatIsTooLong(t *testing.T) {
	long := strings.Repeat("9", 300)
	for _, address := range []string{"/s/" + long, "/s/9999990001/" + long, "/s/9999990001/A0308?page=" + long, "/a/" + long, "/f/" + long + "/x.pdf", "/f/abc/x." + long, "/assets/" + long + ".css"} {
		for part := range strings.SplitSeq(File(address), "/") {
			if len(part) > 200 {
				t.Errorf("%s makes a name of %d bytes", path.Dir(address), len(part))
			}
		}
	}
	if got := File("/s/9999990001/A0308?page=12"); got != "s/9999990001/A0308.12.html" {
		t.Errorf("a page of a list is %s", got)
	}
}
