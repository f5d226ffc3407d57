package mirror

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// siteOf is a site of a few pages.
func siteOf(pages map[string]string) Draw {
	return func(_ context.Context, address string, w io.Writer) (Answer, error) {
		body, is := pages[address]
		if !is {
			return Answer{Status: http.StatusNotFound}, nil
		}
		_, err := io.WriteString(w, body)
		return Answer{Status: http.StatusOK, Type: "text/html; charset=utf-8"}, err
	}
}

func page(links ...string) string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html><head><meta charset="utf-8"><link rel="stylesheet" href="/assets/main-A_b.css"></head><body data-kind="x"><div id="app"><main>`)
	for _, link := range links {
		fmt.Fprintf(&b, `<a href="%s">甲</a>`, html.EscapeString(link))
	}
	return b.String() + "</main></div></body></html>"
}

func TestExportLinksToWhatItHas(t *testing.T) {
	pages := map[string]string{
		"/":                    page("/schools", "/a/1", "/s/AB12", "/feed.xml", "/workbench", "/search?q=甲", "https://elsewhere.example/a/1", "#main", "tel:110"),
		"/schools":             page("/", "/schools?stage=小学", "/s/ab12", "/s/AB12", "/s/com1"),
		"/s/AB12":              page("/s/AB12/A0101", "/s/AB12/apply", "/s/AB12/feed.xml"),
		"/s/ab12":              page("/s/AB12"),
		"/s/com1":              page("/s/com1/A0101#g"),
		"/s/com1/A0101":        page("/"),
		"/s/AB12/A0101":        page("/s/AB12/A0101?page=2", "/a/1"),
		"/s/AB12/A0101?page=2": page("/s/AB12/A0101?page=1", "/a/2"),
		"/s/AB12/apply":        page("/s/AB12"),
		"/a/1":                 page("/f/9/%E7%94%B2.pdf", "/f/9/%E7%94%B2.pdf?download", "/f/9/thumb.jpg", "/a/2", "/a/hidden", "https://live.example/s/AB12", "../schools"),
		"/a/2":                 page("/a/1"),
		"/a/hidden":            page(),
		"/f/9/file.pdf":        "%PDF",
		"/f/9/thumb.jpg":       "jpg",
		"/assets/main-A_b.css": "body{}",
		"/search":              page(),
		"/track":               page(),
		"/favicon.svg":         "<svg/>",
	}
	for _, address := range []string{"openapi.json", "columns", "district", "figures", "schools", "schools/AB12", "schools/ab12", "schools/com1", "articles/1", "articles/2"} {
		pages["/open/v1/"+address] = "{}"
	}
	out := filepath.Join(t.TempDir(), "out")
	to, err := Folder(out)
	if err != nil {
		t.Fatal(err)
	}
	e := Export{Draw: siteOf(pages), Live: "https://live.example", Articles: []string{"/a/1", "/a/2"}, Made: time.Date(2026, 11, 23, 10, 0, 0, 0, time.UTC), Told: func(int) {}}
	if err := e.Write(t.Context(), to); err != nil {
		t.Fatal(err)
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	names := map[string]bool{}
	for _, file := range Check(t, out) {
		if low := strings.ToLower(file); low != file && !strings.HasPrefix(file, "README") && file != Manifest {
			t.Errorf("%s has capital letters", file)
		}
		names[file] = true
	}
	for _, name := range []string{"index.html", "s/a-b-12.html", "s/ab12.html", "s/com1-.html", "s/com1-/a0101.html", "s/a-b-12/a0101.2.html", "f/9.pdf", "f/9.thumb.jpg", "assets/main-a_b.css", "data/articles.jsonl"} {
		if !names[name] {
			t.Errorf("no %s in %v", name, names)
		}
	}
	first, err := os.ReadFile(filepath.Join(out, "a", "1.html"))
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{`href="../f/9.pdf"`, `href="https://live.example/a/hidden"`, `href="../s/a-b-12.html"`, `href="../schools.html"`, "制作于"} {
		if !strings.Contains(string(first), link) {
			t.Errorf("no %s in %s", link, first)
		}
	}
}

// Check follows every link in a folder of pages and returns its files.
func Check(t testing.TB, dir string) (files []string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(place string, d os.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		name, _ := filepath.Rel(dir, place)
		files = append(files, filepath.ToSlash(name))
		if !strings.HasSuffix(name, ".html") {
			return nil
		}
		file, err := os.Open(place)
		if err != nil {
			return err
		}
		defer file.Close()
		for z := html.NewTokenizer(file); z.Next() != html.ErrorToken; {
			token := z.Token()
			for _, a := range token.Attr {
				if a.Key != "href" && a.Key != "src" {
					continue
				}
				u, err := url.Parse(a.Val)
				if err != nil || u.IsAbs() || u.Path == "" {
					continue
				}
				if _, err := os.Stat(filepath.Join(dir, path.Join(path.Dir(filepath.ToSlash(name)), u.Path))); err != nil {
					t.Errorf("%s links to %s, which is not there", name, a.Val)
				}
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}
