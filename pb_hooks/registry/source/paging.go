package source

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// firstAddress is where the first page is.
func (r *reading) firstAddress(with asked) (*url.URL, error) {
	p := r.config.Paging
	set := map[string]string{}
	for name, value := range with {
		set[name] = value
	}
	if p.SizeParam != "" && p.Size > 0 {
		set[p.SizeParam] = strconv.Itoa(p.Size)
	}
	if p.Way == ByPage || p.Way == ByOffset {
		set[p.Param] = strconv.Itoa(p.First)
	}
	return r.address(set)
}

// address is that of the Config with these parameters.
func (r *reading) address(set map[string]string) (*url.URL, error) {
	at, err := url.Parse(r.config.URL)
	if err != nil {
		return nil, faultf(BadConfig, "来源的地址不对")
	}
	query := at.Query()
	for name, value := range set {
		query.Set(name, value)
	}
	at.RawQuery = query.Encode()
	return at, nil
}

// nextAddress is where the page after page n is; nil after the last.
func (r *reading) nextAddress(w *round, read *readPage, with asked, n int) (*url.URL, error) {
	p := r.config.Paging
	at, err := r.firstAddress(with)
	if err != nil {
		return nil, err
	}
	query := at.Query()
	switch p.Way {
	case ByPage, ByOffset:
		if w.total >= 0 && w.got == w.total || w.got == w.before {
			return nil, w.whole()
		}
		w.before = w.got
		next := p.First + n + 1
		if p.Way == ByOffset {
			next = p.First + w.got
		}
		query.Set(p.Param, strconv.Itoa(next))
	case ByCursor:
		cursor := read.next()
		if cursor == "" {
			return nil, w.whole()
		}
		if err := w.mark(cursor); err != nil {
			return nil, err
		}
		query.Set(p.Param, cursor)
	case ByNextLink:
		link := read.next()
		if p.Next == "" {
			link = linkNext(read.header)
		}
		if link == "" {
			return nil, w.whole()
		}
		return r.nextLink(w, read.url, link)
	default:
		return nil, w.whole()
	}
	at.RawQuery = query.Encode()
	return at, nil
}

func (w *round) mark(cursor string) error {
	if w.cursors[cursor] {
		return faultf(Repeating, "来源的翻页没有尽头：第二次给出同一个下一页。没有采用任何内容；请告诉来源方")
	}
	w.cursors[cursor] = true
	return nil
}

// nextLink is the address of the next page, which is where this one is. Servers behind another often write http for
// https.
func (r *reading) nextLink(w *round, here *url.URL, link string) (*url.URL, error) {
	next, err := here.Parse(link)
	if err != nil {
		return nil, faultf(Strayed, "“下一页”的链接不是网址。请核对它的位置")
	}
	if next.Host == here.Host && next.Scheme == "http" {
		next.Scheme = here.Scheme
	}
	if to := homeOf(next); to != homeOf(here) && !r.fetch.home.has(to) {
		return nil, faultf(Strayed, "“下一页”的链接通向别的网站，已停止读取。请核对它的位置，或告诉来源方")
	}
	next.Fragment = ""
	return next, w.mark(next.String())
}

// linkNext is the target of rel="next" in the Link headers (RFC 8288); empty if there is none.
func linkNext(header http.Header) string {
	for rest := strings.Join(header.Values("Link"), ", "); ; {
		_, after, found := strings.Cut(rest, "<")
		if !found {
			return ""
		}
		target, after, found := strings.Cut(after, ">")
		if !found {
			return ""
		}
		params := after
		if end := strings.Index(after, "<"); end >= 0 {
			params = after[:end]
		}
		for param := range strings.SplitSeq(params, ";") {
			name, value, _ := strings.Cut(param, "=")
			value = strings.Trim(strings.TrimRight(strings.TrimSpace(value), ","), `"`)
			if strings.EqualFold(strings.TrimSpace(name), "rel") && slices.Contains(strings.Fields(strings.ToLower(value)), "next") {
				return target
			}
		}
		rest = after
	}
}
