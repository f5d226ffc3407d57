package movein

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/pb_hooks/richtext"
)

// Site is an old site whose texts are rewritten: its names and its files.
type Site struct {
	hosts []string
	tree  *Tree
}

// NewSite is the site of a mapping with its files.
func NewSite(m *Mapping, files *Tree) *Site {
	return &Site{append([]string{m.Host}, m.Hosts...), files}
}

// IsOurs reports whether an address is of the site.
func (s *Site) IsOurs(a Address) bool { return slices.Contains(s.hosts, a.Host) }

// Links says where what the old site linked to is now.
type Links struct {
	// Page is where the page of an address is; "" if it did not come along.
	Page func(Address) string
	// File takes a file of the site along for this item. Shown is the text that
	// stands for a picture, "" for a file that is linked to. Why says in Chinese
	// why it does not come.
	File func(name, shown string) (href, why string)
}

// Rewrite turns an item's text into HTML whose links and pictures lead where they
// are now. It notes what it took out. The item's Body is used up.
func (s *Site) Rewrite(it *Item, to Links) (string, error) {
	r := rewriter{s, it, to, it.links()}
	unwrapLayout(it.Body)
	r.embeds()
	unlinkNoise(it, r.base)
	for _, n := range elements(it.Body, atom.Img) {
		r.picture(n)
	}
	for _, n := range elements(it.Body, atom.A) {
		r.link(n)
	}
	for _, name := range it.Files {
		if _, why := to.File(name, ""); why != "" {
			r.missing(name, why)
		}
	}
	return render(it.Body)
}

type rewriter struct {
	site *Site
	it   *Item
	to   Links
	base *url.URL
}

func (r rewriter) missing(name, why string) {
	r.it.flag(MissingFiles)
	r.it.note("文件“%s”没有带来：%s", name, why)
}

func (r rewriter) lost(what, why string) {
	r.it.flag(LinksLost)
	r.it.note("去掉链接 %s：%s", what, why)
}

// resolve reads an address as a browser on the page does; nil if it is none.
func (r rewriter) resolve(raw string) *url.URL {
	u, err := r.base.Parse(strings.ReplaceAll(strings.TrimSpace(raw), `\`, "/"))
	if err != nil {
		return nil
	}
	return u
}

// isOurs reports whether an address is of the old site.
func (r rewriter) isOurs(u *url.URL) bool {
	at := AddressOf(u)
	return (u.Scheme == "http" || u.Scheme == "https") && (r.site.IsOurs(at) || r.it.IsRow && at.Host != "" && at.Host == r.it.Address.Host)
}

// embeds turns what was embedded and is a file or leads to WeChat into links, and
// drops the rest.
func (r rewriter) embeds() {
	for _, n := range elements(r.it.Body, atom.Iframe, atom.Embed, atom.Object, atom.Video, atom.Audio) {
		src := attr(n, "src")
		if n.DataAtom == atom.Object {
			src = attr(n, "data")
		}
		if source := firstChild(n, atom.Source); src == "" && source != nil {
			src = attr(source, "src")
		}
		u := r.resolve(src)
		switch {
		case n.Parent == nil:
		case src == "" || u == nil:
			drop(n)
		case r.isOurs(u), isWeChat(u):
			text := "附件"
			if name := path.Base(u.Path); len(name) > 1 {
				text = name
			}
			n.Parent.InsertBefore(anchor(u.String(), text), n)
			drop(n)
		default:
			r.lost(u.Host+u.Path, "嵌入的外部内容")
			drop(n)
		}
	}
}

func firstChild(n *html.Node, a atom.Atom) *html.Node {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		if c.DataAtom == a {
			return c
		}
	}
	return nil
}

// ornament are pictures that editors of old sites put beside the name of a file.
var ornament = regexp.MustCompile(`(?i)fileTypeImages|/icons?[/_]|/emotion/|spacer\.gif|blank\.gif`)

func (r rewriter) picture(n *html.Node) {
	src := ""
	for _, key := range []string{"data-src", "data-original", "_src", "src"} { // pictures that load late name a placeholder as src
		if src = attr(n, key); src != "" {
			break
		}
	}
	u := r.resolve(src)
	switch {
	case ornament.MatchString(src):
	case strings.HasPrefix(src, "data:"):
		r.missing("（写在网页里的图片）", "不是单独的文件")
	case src == "" || u == nil:
	case !r.isOurs(u):
		if u.Host == "" || richtext.IsPrivateHost(u.Hostname()) {
			r.missing(u.Path, "图片在内网或本机")
		} else {
			r.missing(u.Host+u.Path, "图片在别的网站")
		}
	default:
		name, found := r.site.fileFor(u)
		if !found {
			r.missing(u.Path, "旧网站的文件里没有")
			break
		}
		shown := meaningful(attr(n, "alt"), attr(n, "title"))
		if shown == "" {
			shown = r.it.Title + "（配图）"
		}
		href, why := r.to.File(name, shown)
		if why != "" {
			r.missing(name, why)
			break
		}
		n.Attr = []html.Attribute{{Key: "src", Val: href}, {Key: "alt", Val: shown}}
		return
	}
	drop(n)
}

var fileLike = regexp.MustCompile(`(?i)^[\w.-]*\.(jpe?g|png|gif|bmp)$|^[\w-]*$`)

// meaningful is the first text that says something of a picture: not a file name,
// not a word of a program.
func meaningful(texts ...string) string {
	for _, t := range texts {
		if t = strings.Join(strings.Fields(t), " "); t != "" && !fileLike.MatchString(t) {
			return cut(t, mostTitle-10)
		}
	}
	return ""
}

func (r rewriter) link(n *html.Node) {
	href := attr(n, "href")
	u := r.resolve(href)
	switch {
	case n.Parent == nil:
	case href == "" || strings.HasPrefix(href, "#") || u == nil || u.Scheme == "javascript":
		unwrap(n)
	case u.Scheme == "mailto" || u.Scheme == "tel":
	case u.Scheme != "http" && u.Scheme != "https":
		r.lost(cut(href, 100), "不是网址")
		unwrap(n)
	case r.isOurs(u):
		r.linkWithin(n, u)
	case r.to.Page(AddressOf(u)) != "": // of a table, whose rows are where they say
		setAttr(n, "href", r.to.Page(AddressOf(u)))
	case richtext.IsPrivateHost(u.Hostname()):
		r.lost(u.Host, "内网地址")
		unwrap(n)
	default:
		if withoutSession(u) {
			r.it.note("去掉链接 %s 里的会话参数", u.Host+u.Path)
		}
		setAttr(n, "href", u.String())
	}
}

// linkWithin leads a link between pages of the old site to where the page is now,
// and one to a file to the file.
func (r rewriter) linkWithin(n *html.Node, u *url.URL) {
	at := AddressOf(u)
	if at == r.it.Address { // to itself
		unwrap(n)
		return
	}
	for _, a := range []Address{at, at.WithoutQuery()} {
		if href := r.to.Page(a); href != "" {
			setAttr(n, "href", href)
			return
		}
	}
	name, found := r.site.fileFor(u)
	switch {
	case found && !isPage(name):
		href, why := r.to.File(name, "")
		if why == "" {
			setAttr(n, "href", href)
			return
		}
		r.missing(name, why)
	case !found && !isPage(u.Path) && path.Ext(u.Path) != "":
		r.missing(u.Path, "旧网站的文件里没有")
	default:
		r.lost(at.Path, "旧网站的这个页面没有迁入")
	}
	unwrap(n)
}

// pageEndings are what names of pages end in, of those that a program makes too.
var pageEndings = []string{".html", ".htm", ".shtml", ".jsp", ".php", ".asp", ".aspx", ".do", ".action", ".cgi"}

func isPage(name string) bool {
	name, _, _ = strings.Cut(strings.ToLower(name), "?")
	return slices.Contains(pageEndings, path.Ext(name))
}

var thumbnail = regexp.MustCompile(`-\d+x\d+(\.\w+)$`)

// fileFor is the file of the tree that an address of the site names: as it is, under
// the name that a program which saves sites gave it, or, of a WordPress, below
// wp-content/uploads, and the whole picture for a small one.
func (s *Site) fileFor(u *url.URL) (string, bool) {
	p := strings.TrimPrefix(AddressOf(u).WithoutQuery().Path, "/")
	names := []string{p}
	if u.RawQuery != "" {
		names = append([]string{p + "?" + u.RawQuery, p + "@" + u.RawQuery}, names...)
	}
	if _, rest, found := strings.Cut(p, "wp-content/"); found {
		names = append(names, rest, strings.TrimPrefix(rest, "uploads/"))
	}
	for _, n := range slices.Clone(names) {
		if whole := thumbnail.ReplaceAllString(n, "$1"); whole != n {
			names = append(names, whole)
		}
	}
	for _, n := range names {
		if s.tree.Has(n) {
			return n, true
		}
	}
	return "", false
}
