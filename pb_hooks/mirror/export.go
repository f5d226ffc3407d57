package mirror

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"path"
	"slices"
	"strings"
	"time"
)

// Export is a copy of the public site, or of one school's part of it, to take along:
// pages that a browser opens from a folder, the files, and the open data.
type Export struct {
	Draw     Draw
	Live     string // the address of the site, without a slash at the end
	School   string // code; empty for the district
	Articles []string
	Made     time.Time      // in the district's zone
	About    string         // what is exported, in Chinese, for the README
	Told     func(done int) // of each article first its page, then its line of data
}

// exporting is an export under way.
type exporting struct {
	Export
	to    Package
	pages Pages
	root  string // the page that is index.html
	holds map[string]bool
	queue []string
	seen  map[string]bool
	sums  []sum
	done  int
}

type sum struct {
	name string
	sum  [sha256.Size]byte
}

// Write fills a package, which the caller then closes or drops.
func (e Export) Write(ctx context.Context, to Package) error {
	x := &exporting{Export: e, to: to, root: "/", holds: map[string]bool{}, seen: map[string]bool{}}
	if e.School != "" {
		x.root = "/s/" + e.School
	}
	for _, address := range e.Articles {
		x.holds[address] = true
	}
	x.pages = Pages{Base: e.Live, Link: x.link,
		Banner:  func(string) string { return AwayBanner(e.Made, e.Live) },
		Service: func(address string) string { return AwayService(e.Live, address) }}
	x.want(x.root, "/search", "/track", "/appeal", "/favicon.svg")
	x.want(e.Articles...)
	for len(x.queue) > 0 {
		address := x.queue[0]
		x.queue = x.queue[1:]
		if err := x.one(ctx, address); err != nil {
			return fmt.Errorf("%s: %w", address, err)
		}
	}
	for _, part := range []func(context.Context) error{x.data, x.readme, x.manifest} {
		if err := part(ctx); err != nil {
			return err
		}
	}
	return nil
}

// held reports whether the export has what an address shows.
func (x *exporting) held(address string) bool {
	file := File(address)
	switch path.Ext(file) {
	case "", ".xml", ".ics", ".json", ".jsonld", ".gz":
		return strings.HasPrefix(file, "f/")
	}
	parts := strings.Split(Plain(address), "/")
	switch {
	case file == "robots.txt", file == "missing.html", parts[len(parts)-1] == "embed":
		return false
	case parts[1] == "a":
		return x.holds[Plain(address)]
	case parts[1] == "s":
		school, _, _ := strings.Cut(parts[2], "?")
		return x.School == "" || school == x.School
	case slices.Contains([]string{"f", "assets", "favicon.svg", "search", "track"}, parts[1]):
		return true
	}
	return x.School == ""
}

// name is the name of the file that an address is copied to.
func (x *exporting) name(address string) string {
	if Plain(address) == x.root {
		return "index.html"
	}
	return Portable(File(address))
}

// link is a link from a page to an address: to a file beside it, or to the site.
func (x *exporting) link(from, to string) string {
	if !x.held(to) {
		return x.Live + to
	}
	_, fragment, found := strings.Cut(to, "#")
	link := strings.Repeat("../", strings.Count(x.name(from), "/")) + x.name(to)
	if found {
		link += "#" + fragment
	}
	return link
}

// want asks for addresses that the export holds, each once.
func (x *exporting) want(addresses ...string) {
	for _, address := range addresses {
		if x.held(address) && !x.seen[address] {
			x.seen[address] = true
			x.queue = append(x.queue, address)
		}
	}
}

// one copies one address.
func (x *exporting) one(ctx context.Context, address string) error {
	if isAttachment(address) {
		return x.add(x.name(address), func(w io.Writer) error {
			_, err := x.answer(ctx, address, w) // what was withdrawn meanwhile is not there
			return err
		})
	}
	var body bytes.Buffer
	a, err := x.answer(ctx, address, &body)
	if err != nil {
		return err
	}
	page := body.Bytes()
	switch {
	case a.Status != http.StatusOK:
		page = []byte(gonePage(x.Made, x.Live, address))
	case strings.HasPrefix(a.Type, "text/html"):
		var links []string
		page, links = x.pages.Copy(address, page)
		x.want(links...)
	}
	if x.holds[address] {
		x.advance()
	}
	return x.text(x.name(address), page)
}

func (x *exporting) advance() {
	x.done++
	x.Told(x.done)
}

// answer asks the site; what it cannot answer is an error.
func (x *exporting) answer(ctx context.Context, address string, w io.Writer) (Answer, error) {
	if err := ctx.Err(); err != nil {
		return Answer{}, err
	}
	a, err := x.Draw(ctx, address, w)
	if err == nil && a.Status >= http.StatusInternalServerError {
		err = fmt.Errorf("the site answers %d", a.Status)
	}
	return a, err
}

// add writes a file and remembers its sum.
func (x *exporting) add(name string, fill func(io.Writer) error) error {
	hash, count := sha256.New(), counted{}
	err := x.to.Add(name, func(w io.Writer) error {
		count.to = io.MultiWriter(w, hash)
		return fill(&count)
	})
	if err == nil && count.size > 0 {
		x.sums = append(x.sums, sum{name, [sha256.Size]byte(hash.Sum(nil))})
	}
	return err
}

func (x *exporting) text(name string, text []byte) error {
	return x.add(name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}
