// Package mirror makes copies of the public site that need no server of ours: a
// zip to take along (gongkai export) and a folder that another web server shows
// while the appliance is down. It asks the site as a visitor would, so a copy
// cannot hold what visitors do not see.
package mirror

import (
	"net/url"
	"path"
	"slices"
	"strings"
)

// districtPages are the pages at the root.
var districtPages = []string{"schools", "sitemap", "privacy", "figures", "search", "track", "appeal", "correct", "open", "missing"}

// rootFiles are the files at the root that are copied as they are.
var rootFiles = []string{"feed.xml", "sitemap.xml", "sitemap-pages.xml", "robots.txt", "favicon.svg"}

// schoolPages are the pages of a school that are not columns.
var schoolPages = []string{"apply", "ask", "mailbox", "correct", "embed"}

// schoolFiles are copied as they are.
var schoolFiles = []string{"feed.xml", "calendar.ics", "sitemap.xml"}

// openData are the files of the open data that are copied, and their names: the
// description, and the lists as files. The lists by pages need a server.
var openData = map[string]string{"/open/v1/openapi.json": "open/v1/openapi.json", "/open/v1/catalog.jsonld": "open/v1/catalog.jsonld",
	bulkIndex: "open/v1/bulk.json"}

// bulkIndex lists the bulk files, which are below it.
const bulkIndex = "/open/v1/bulk"

// isBulk reports whether an address is that of a bulk file.
func isBulk(address string) bool { return strings.HasPrefix(address, bulkIndex+"/") }

// isWhole reports whether an address is copied as it is, without being looked into.
func isWhole(address string) bool { return isAttachment(address) || isBulk(address) }

// File is the name, in a copy, of what an address of the site shows; "" for what
// a copy does not hold. It is the address itself, with .html, so that any web
// server can be told in a line where to look (deploy/nginx-mirror.conf). Queries
// are dropped but for the page of a list: a copy cannot filter.
func File(address string) string {
	address, _, _ = strings.Cut(address, "#")
	where, query, _ := strings.Cut(address, "?")
	if where == "/" {
		return "index.html"
	}
	parts := strings.Split(strings.TrimPrefix(where, "/"), "/")
	first, last := parts[0], parts[len(parts)-1]
	switch {
	case !strings.HasPrefix(where, "/"):
		return ""
	case openData[where] != "":
		return openData[where]
	case isBulk(where):
		if len(parts) == 4 && isCode(strings.ReplaceAll(last, ".", "")) && !strings.HasPrefix(last, ".") {
			return where[1:]
		}
		return ""
	case len(parts) == 1 && slices.Contains(districtPages, first):
		return first + ".html"
	case len(parts) == 1 && slices.Contains(rootFiles, first):
		return first
	case first == "assets" && len(parts) == 2 && isName(strings.TrimSuffix(last, ".css")) && strings.HasSuffix(last, ".css"):
		return "assets/" + last
	case len(parts) < 2 || !isCode(parts[1]):
		return ""
	case first == "a" && len(parts) == 2, first == "s" && len(parts) == 2:
		return first + "/" + last + ".html"
	case first == "s" && len(parts) == 3:
		return schoolFile(parts[1], last, query)
	case first == "s" && len(parts) == 4 && last == "feed.xml" && isCode(parts[2]):
		return where[1:]
	case first == "f" && len(parts) == 3:
		return attachment(parts[1], last)
	}
	return ""
}

func schoolFile(school, last, query string) string {
	name := "s/" + school + "/" + last
	switch {
	case slices.Contains(schoolFiles, last):
		return name
	case slices.Contains(schoolPages, last):
		return name + ".html"
	case !isCode(last):
		return ""
	}
	if page := pageOf(query); page != "" {
		name += "." + page
	}
	return name + ".html"
}

// attachment is known by its id; what its author called it is for people, and
// may be a name that a file system does not take.
func attachment(id, name string) string {
	switch ext := path.Ext(name); {
	case name == "thumb.jpg":
		return "f/" + id + ".thumb.jpg"
	case name == "logo":
		return "f/" + id + ".logo.png"
	case len(ext) > 1 && len(ext) <= 9 && isCode(ext[1:]):
		return "f/" + id + ext
	}
	return "f/" + id
}

// pageOf is the number of a page after the first.
func pageOf(query string) string {
	q, err := url.ParseQuery(query)
	if err != nil {
		return ""
	}
	page := q.Get("page")
	if page == "1" || len(page) > mostDigits || strings.Trim(page, "0123456789") != "" {
		return ""
	}
	return page
}

// Plain is an address without what does not tell one file of a copy from another.
func Plain(address string) string {
	address, _, _ = strings.Cut(address, "#")
	where, query, _ := strings.Cut(address, "?")
	switch parts := strings.Split(where, "/"); {
	case strings.HasPrefix(where, "/s/"):
		if page := pageOf(query); page != "" {
			return where + "?page=" + page
		}
	case isAttachment(where) && len(parts) == 4 && parts[3] != "thumb.jpg" && parts[3] != "logo":
		return "/f/" + parts[2] + "/file" + strings.TrimPrefix(attachment(parts[2], parts[3]), "f/"+parts[2])
	}
	return where
}

// isAttachment reports whether an address is that of a file that people uploaded.
func isAttachment(address string) bool { return strings.HasPrefix(address, "/f/") }

// Bounds of what a name is made of: whatever somebody links to in a text, a file system
// takes the name.
const (
	mostDigits = 6
	mostCode   = 64
)

// isCode holds for ids and codes: ASCII letters and digits.
func isCode(s string) bool {
	if len(s) > mostCode {
		return false
	}
	for _, c := range s {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') && (c < 'A' || c > 'Z') {
			return false
		}
	}
	return s != ""
}

// isName holds for names that Vite gives to built files.
func isName(s string) bool { return isCode(strings.NewReplacer("-", "", "_", "").Replace(s)) }

// reserved are names that Windows keeps for devices, whatever follows a dot.
var reserved = []string{"con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9",
	"lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"}

// Portable is the name of a file on any system: small letters, because Windows
// takes A and a for one, and none of its reserved names. Two schools whose codes
// differ in that only keep two names.
func Portable(name string) string {
	parts := strings.Split(name, "/")
	for i, part := range parts {
		if i == 1 && parts[0] == "s" {
			part = marked(part)
		}
		part = strings.ToLower(part)
		if stem, rest, _ := strings.Cut(part, "."); slices.Contains(reserved, stem) {
			part = stem + "-"
			if rest != "" {
				part += "." + rest
			}
		}
		parts[i] = part
	}
	return strings.Join(parts, "/")
}

// marked puts a mark behind each capital letter: codes have none of their own.
func marked(code string) string {
	var b strings.Builder
	for _, c := range code {
		b.WriteRune(c)
		if c >= 'A' && c <= 'Z' {
			b.WriteByte('-')
		}
	}
	return b.String()
}
