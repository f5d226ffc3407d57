package movein

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// Address is where something was on an old site. Path begins with a slash and holds
// the query, sorted, where there was one: list.jsp?id=5 is another page than ?id=6.
type Address struct{ Host, Path string }

// String is the address for people.
func (a Address) String() string { return a.Host + a.Path }

// AddressOf is the address of a URL, in the one form in which addresses are
// compared: percent signs undone where that gives text, the query sorted.
func AddressOf(u *url.URL) Address {
	p := u.Path
	if !utf8.ValidString(p) {
		p = u.EscapedPath()
	}
	if p == "" {
		p = "/"
	}
	if u.RawQuery != "" {
		pairs := strings.Split(u.RawQuery, "&")
		slices.Sort(pairs)
		p += "?" + strings.Join(pairs, "&")
	}
	return Address{hostOf(u.Host), p}
}

// WithoutQuery is the address of the page that the query asks something of.
func (a Address) WithoutQuery() Address {
	a.Path, _, _ = strings.Cut(a.Path, "?")
	return a
}

// hostOf is a host in lower case, without scheme, port and www.
func hostOf(s string) string {
	s = strings.ToLower(strings.TrimSpace(s))
	if _, rest, found := strings.Cut(s, "://"); found {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	s, _, _ = strings.Cut(s, ":")
	return strings.TrimPrefix(s, "www.")
}

// Host is a host as addresses hold it.
func Host(s string) string { return hostOf(s) }

var (
	mirrored = regexp.MustCompile(`<!-- Mirrored from (\S+) by HTTrack`)
	appended = regexp.MustCompile(`(?i)(\.(?:jsp|php|asp|aspx|do|action|shtml|cgi)|[?@][\w.-]+=[^/]*)\.html?$`)
	atQuery  = regexp.MustCompile(`@([\w.-]+=)`)
)

// addressOfFile is the address that a program which saves sites made a file name of:
// wget writes list.jsp?id=5 as it is, as list.jsp@id=5 on Windows, and adds .html to
// what is not called so; HTTrack says it in a comment.
func addressOfFile(host, name, page string) Address {
	if m := mirrored.FindStringSubmatch(page[:min(len(page), mostHead)]); m != nil {
		if u, err := url.Parse("http://" + m[1]); err == nil && hostOf(u.Host) == host {
			return AddressOf(u)
		}
	}
	name = appended.ReplaceAllString(name, "$1")
	if at := atQuery.FindStringIndex(name); at != nil && !strings.Contains(name, "?") {
		name = name[:at[0]] + "?" + name[at[0]+1:]
	}
	p, query, _ := strings.Cut(name, "?")
	return AddressOf(&url.URL{Host: host, Path: "/" + p, RawQuery: query})
}

// indexNames are pages that answer for their folder.
var indexNames = []string{"index.html", "index.htm", "index.jsp", "index.php", "index.asp", "default.html", "default.htm", "default.asp"}

// otherAddresses are the addresses at which a file also answers.
func otherAddresses(a Address) []Address {
	if dir, base := path.Split(a.Path); slices.Contains(indexNames, base) && dir != "/" {
		return []Address{{a.Host, dir}}
	}
	return nil
}
