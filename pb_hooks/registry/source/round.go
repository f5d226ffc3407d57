package source

import (
	"crypto/sha256"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// readPage is one page of a list.
type readPage struct {
	page
	document
	items []item // without lines of titles
	blank int    // lines of titles and of empty cells
	total int    // as the source says; -1
}

// page asks for one page of the list.
func (r *reading) page(at *url.URL, header http.Header) (*readPage, error) {
	read := &readPage{}
	err := r.fetch.get(r.ctx, at, header, func(p *page) (err error) {
		read.page = *p
		if p.status == http.StatusNotModified {
			return nil
		}
		if read.document, err = r.parse(p); err != nil {
			return err
		}
		return r.open(read)
	})
	if err != nil {
		return read, err
	}
	r.answer.Bytes = r.fetch.bytes
	if r.answer.Pages++; read.status == http.StatusNotModified {
		r.answer.Unchanged = true
	} else if r.answer.Pages == 1 {
		r.remember(read.header)
	}
	return read, nil
}

// remember keeps what the next reading can ask with. Without its clock a source cannot be asked for changes: ours may
// be ahead.
func (r *reading) remember(header http.Header) {
	if r.isSingle() {
		r.answer.State.ETag, r.answer.State.LastModified = header.Get("ETag"), header.Get("Last-Modified")
	}
	if now, err := http.ParseTime(header.Get("Date")); err == nil && r.config.Since.Param != "" {
		r.answer.State.Since = now.Add(-overlap).UTC().Format(time.RFC3339)
	}
}

func (r *reading) parse(p *page) (document, error) {
	if r.config.Kind == HTML {
		return readHTML(r.config, p, r.selectors)
	}
	return readJSON(r.config, p, r.limits.Rows, r.fetch.hide)
}

// open takes the rows out of an answer. A page of HTML without any is the end of the list, or one to sign in on: that has
// another title.
func (r *reading) open(read *readPage) error {
	rows, err := read.rows()
	if err != nil {
		return err
	}
	read.items, read.blank = nil, 0
	for _, it := range rows {
		if it.isBlank(r.mapping) {
			read.blank++
			continue
		}
		read.items = append(read.items, it)
	}
	read.total = read.document.total()
	if n, err := strconv.Atoi(strings.TrimSpace(read.header.Get(r.config.Paging.TotalHeader))); err == nil && n >= 0 {
		read.total = n
	}
	if list, is := read.document.(htmlDocument); is {
		title := list.title()
		if r.answer.Pages == 0 {
			r.title = title
		} else if len(read.items) == 0 && read.total != 0 && title != r.title {
			return faultf(NoRows, "读到一半收到别的网页“%s”，里面没有学校。没有采用任何内容；请核对认证，或告诉来源方", first(title, 40))
		}
	}
	return nil
}

// round is one walk through the pages for one combination of parameters.
type round struct {
	got     int // rows so far
	before  int // of them before this page
	total   int // as the source says; -1
	biggest int // rows of the first page
	ended   bool
	last    [sha256.Size]byte
	seen    map[[sha256.Size]byte]bool // pages
	cursors map[string]bool
}

func newRound() *round {
	return &round{total: -1, seen: map[[sha256.Size]byte]bool{}, cursors: map[string]bool{}}
}

// step follows what the source says of itself over page n, before its rows are taken.
func (w *round) step(read *readPage, n int, way Way) error {
	hash := sha256.New()
	for _, it := range read.items {
		hash.Write([]byte(it.raw()))
	}
	var page [sha256.Size]byte
	hash.Sum(page[:0])
	count := len(read.items)
	switch {
	case n == 0:
		w.total, w.biggest = read.total, count
	case read.total >= 0 && read.total != w.total:
		return errMoved
	case count > 0 && page == w.last && count < w.biggest && (way == ByPage || way == ByOffset): // beyond the end it shows the last page
		w.ended = true
		return w.whole()
	case count > 0 && w.seen[page]:
		return faultf(Repeating, "来源的第 %d 页与前面的一页完全相同，翻页没有用或没有尽头。请核对翻页参数，或者设置总数的位置", n+1)
	}
	w.last, w.seen[page] = page, true
	if w.got += count; w.total >= 0 && w.got > w.total {
		return faultf(Incomplete, "来源说共有 %d 行，却给了 %d 行。没有采用任何内容；请核对总数的位置", w.total, w.got)
	}
	return nil
}

// whole fails where the source has more rows than it gave.
func (w *round) whole() error {
	if w.total > w.got {
		return faultf(Incomplete, "来源说共有 %d 行，只给了 %d 行。没有采用任何内容；请核对翻页的设置，或告诉来源方", w.total, w.got)
	}
	return nil
}
