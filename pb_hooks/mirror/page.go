package mirror

import (
	"bytes"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Pages says how pages are copied.
type Pages struct {
	// Base is the address of the site itself, without a slash at the end.
	Base string
	// Link gives the place of an address of the site as the copied page is to link
	// to it; nil leaves the links as they are, for a copy under the same address.
	Link func(from, to string) string
	// Banner says that this is a copy, Service what cannot be done in it; both are
	// HTML. school is the code of the page's school, empty on pages of the district.
	Banner  func(school string) string
	Service func(address string) string
}

// copied is a page being copied.
type copied struct {
	Pages
	address string
	in      *html.Tokenizer
	out     bytes.Buffer
	links   []string
	school  string
}

// served are the kinds of page that are nothing without a server, and their titles.
var served = map[string]string{"search": "全文检索", "track": "查询办理进度"}

// missing is a page that a mirror has and the site has not: a web server shows it for
// what is not in the mirror.
const missing = "/missing"

// drawnAs is the page of the site that a page is made of.
func drawnAs(address string) string {
	if address == missing {
		return "/track"
	}
	return address
}

// missingTitle is the title of that page.
const missingTitle = "副本里没有这一页"

// bannerPlace is where the banner goes once the page's school is known.
const bannerPlace = "\x00banner\x00"

// Copy makes of a page of the site one that needs no server: no scripts, no forms,
// a banner, and notes in the place of what does not work. It returns the addresses
// of the site that the page links to or shows, as Plain has them.
func (p Pages) Copy(address string, page []byte) (out []byte, links []string) {
	c := &copied{Pages: p, address: address, in: html.NewTokenizer(bytes.NewReader(page))}
	if parts := strings.Split(address, "/"); len(parts) > 2 && parts[1] == "s" {
		c.school = parts[2]
	}
	c.out.Grow(len(page))
	kind := ""
	for {
		switch c.in.Next() {
		case html.ErrorToken:
			return bytes.Replace(c.out.Bytes(), []byte(bannerPlace), []byte(p.Banner(c.school)), 1), c.links
		case html.StartTagToken, html.SelfClosingTagToken:
			raw := bytes.Clone(c.in.Raw()) // reading the attributes spoils it
			token := c.in.Token()
			if token.Data == "body" {
				kind = attribute(token, "data-kind")
			}
			c.start(raw, token, kind)
		default:
			c.out.Write(c.in.Raw())
		}
	}
}

// start copies an element, or leaves it out with all that is in it.
func (c *copied) start(raw []byte, t html.Token, kind string) {
	class := strings.Fields(attribute(t, "class"))
	switch {
	case t.Data == "script":
		c.skip(t)
	case t.Data == "link" && attribute(t, "rel") == "modulepreload":
	case t.Data == "img" && strings.HasPrefix(attribute(t, "src"), "/qr/"): // the address is beside it, in letters
	case slices.Contains(class, "needs-js"), slices.Contains(class, "site-search"):
		c.skip(t)
	case slices.Contains(class, "without-js"), t.Data == "form":
		c.skip(t)
		c.out.WriteString(`<p class="notice">` + c.Service(c.address) + "</p>")
	case c.address == missing && t.Data == "title":
		c.skip(t)
		c.out.WriteString("<title>" + missingTitle + "</title>\n<meta name=\"robots\" content=\"noindex\">")
	case c.address == missing && t.Data == "link" && attribute(t, "rel") == "canonical":
	case t.Data == "main" && kind == "open":
		c.out.Write(raw)
		c.out.WriteString(`<p class="notice">` + c.Service(c.address) + "</p>")
	case t.Data == "main" && served[kind] != "":
		title := served[kind]
		if c.address == missing {
			title = missingTitle
		}
		c.out.Write(raw)
		c.skip(t)
		c.out.WriteString("\n<section class=\"panel\">\n<h1>" + title + "</h1>\n<p class=\"notice\">" + c.Service(c.address) +
			"</p>\n<p>按学校和栏目仍然可以查看公开的信息。</p>\n<p><a class=\"button\" href=\"" + html.EscapeString(c.place("/schools")) + "\">机构查询</a></p>\n</section>\n</main>")
	case t.Data == "div" && attribute(t, "id") == "app":
		c.out.WriteString(bannerPlace)
		c.out.Write(raw)
	default:
		c.element(raw, t)
	}
}

// element copies a start tag; where links move, with its links moved.
func (c *copied) element(raw []byte, t html.Token) {
	moved := false
	for i, a := range t.Attr {
		if a.Key != "href" && a.Key != "src" || t.Data == "link" && attribute(t, "rel") == "canonical" {
			continue
		}
		to := c.note(a.Val)
		if to != a.Val {
			t.Attr[i].Val, moved = to, true
		}
	}
	if moved {
		c.out.WriteString(t.String())
		return
	}
	c.out.Write(raw)
}

// note remembers an address of the site and says how the copy is to write it.
func (c *copied) note(link string) string {
	to := strings.TrimPrefix(link, c.Base)
	if to == "" {
		to = "/"
	}
	if !strings.HasPrefix(to, "/") || strings.HasPrefix(to, "//") {
		if c.Link == nil || link == "" || strings.HasPrefix(link, "#") {
			return link
		}
		u, err := url.Parse(link)
		if err != nil || u.IsAbs() || u.Host != "" {
			return link
		}
		to = c.resolve(u)
	}
	if c.school == "" && strings.HasPrefix(to, "/s/") && strings.HasPrefix(c.address, "/a/") {
		c.school, _, _ = strings.Cut(strings.TrimPrefix(to, "/s/"), "/") // the breadcrumbs come first
	}
	if File(to) != "" {
		if plain := Plain(to); !slices.Contains(c.links, plain) {
			c.links = append(c.links, plain)
		}
	}
	if c.Link == nil {
		return link
	}
	return c.place(to)
}

// resolve is what a browser makes of a link without a slash in front.
func (c *copied) resolve(u *url.URL) string {
	base, err := url.Parse(c.address)
	if err != nil {
		return "/"
	}
	return base.ResolveReference(u).String()
}

func (c *copied) place(to string) string {
	if c.Link == nil {
		return to
	}
	return c.Link(c.address, to)
}

// skip leaves out what is in an element, which the templates and richtext close.
func (c *copied) skip(t html.Token) {
	if t.Type == html.SelfClosingTagToken || t.Data == "img" || t.Data == "input" || t.Data == "link" {
		return
	}
	for depth := 1; depth > 0; {
		switch c.in.Next() {
		case html.ErrorToken:
			return
		case html.StartTagToken:
			if name, _ := c.in.TagName(); string(name) == t.Data {
				depth++
			}
		case html.EndTagToken:
			if name, _ := c.in.TagName(); string(name) == t.Data {
				depth--
			}
		}
	}
}

func attribute(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
