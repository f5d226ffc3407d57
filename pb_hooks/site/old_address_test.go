package site

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// addresses is a reader that counts what is looked up.
type addresses struct {
	*fake
	looked int
}

func (f *fake) OldAddress(context.Context, string, *url.URL) (string, error) { return "", ErrNotFound }

func (f *addresses) OldAddress(_ context.Context, _ string, u *url.URL) (string, error) {
	f.looked++
	if u.Path == "/info/1001/1234.htm" || u.Path == "/news.jsp" && u.RawQuery == "id=5" {
		return f.articles[0].ID, nil
	}
	return "", ErrNotFound
}

// Who follows a link to a school's old site is led on; an address of ours, and one
// that nobody knows, is not.
func TestOldAddressesLeadOn(t *testing.T) {
	f := &addresses{fake: newFake()}
	s := newSite(t, f)
	for _, address := range []string{"/info/1001/1234.htm", "/info/1001/1234.htm?from=wechat", "/news.jsp?id=5"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			if w := ask(t, s, method, address); w.Code != http.StatusMovedPermanently || w.Header().Get("Location") != "/a/"+f.articles[0].ID {
				t.Errorf("%s %s: %d %s", method, address, w.Code, w.Header().Get("Location"))
			}
		}
	}
	before := f.looked
	for _, address := range []string{"/news.jsp?id=6", "/a/unknown00000000", "/open/v1/none", "/f/x/y", "/" + strings.Repeat("a", 1001)} {
		if w := ask(t, s, http.MethodGet, address); w.Code != http.StatusNotFound {
			t.Errorf("%s: %d", address, w.Code)
		}
	}
	if w := ask(t, s, http.MethodPost, "/info/1001/1234.htm"); w.Code == http.StatusMovedPermanently {
		t.Error("a form is led on")
	}
	if f.looked != before+1 {
		t.Error("what is ours was looked up")
	}
}
