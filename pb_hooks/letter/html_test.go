package letter_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
)

// words is the visible text of a page, one line for each paragraph or cell.
func words(t testing.TB, page []byte) string {
	t.Helper()
	root, err := html.Parse(strings.NewReader(string(page)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		switch {
		case n.Type == html.ElementNode && (n.Data == "script" || n.Data == "link" || n.Data == "img" || n.Data == "iframe"):
			t.Errorf("the page has a %s", n.Data)
		case n.Type == html.TextNode && n.Parent.Data != "style":
			b.WriteString(strings.TrimSpace(n.Data) + "\n")
		}
	}
	return b.String()
}

func TestEveryKindIsAPage(t *testing.T) {
	for _, kind := range kinds {
		l, _ := foi.FindLetter(kind)
		page, err := letter.HTML(kind, sample())
		if err != nil {
			t.Fatalf("%s: %v", l.Name, err)
		}
		if *keep != "" {
			if err := os.WriteFile(filepath.Join(*keep, string(kind)+".html"), page, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		text := words(t, page)
		for _, name := range slices.Concat(l.Required, l.Blankable) {
			for _, line := range strings.Split(sample()[name], "\n") {
				if !strings.Contains(text, line) {
					t.Errorf("%s does not say %s: %s", l.Name, name, line)
				}
			}
		}
		if strings.Count(string(page), "<table>") != strings.Count(string(page), "</table>") || strings.Contains(text, "{{") || !strings.Contains(string(page), `lang="zh-CN"`) {
			t.Errorf("%s: %s", l.Name, page)
		}
		if l.Sealed != strings.Contains(string(page), `<div class="seal">`) {
			t.Errorf("%s: room for the seal", l.Name)
		}
	}
}

func TestThePageEscapes(t *testing.T) {
	values := sample()
	hostile := `</p><script>alert(1)</script><img src=x onerror="alert(1)"> {{救济途径}}`
	for name := range values {
		values[name] = hostile
	}
	for _, kind := range kinds {
		page, err := letter.HTML(kind, values)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(words(t, page), hostile) {
			t.Errorf("%s: %s", kind, page)
		}
	}
}
