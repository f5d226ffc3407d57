package movein

import (
	"errors"
	"iter"
	"net/url"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// mostPage is how much of a page is read, in bytes.
const mostPage = 8 << 20

// pages is a site saved as a folder or zip.
type pages struct {
	m     *Mapping
	tree  *Tree
	today string
	names []string // of articles
	dates map[Address]string
	links []Item // lines of lists that lead to WeChat
}

// Pages reads a saved site: first its lists, then each article in the order of
// their names, and last the lines of lists that lead to WeChat.
func Pages(tree *Tree, m *Mapping, today string) (Source, error) {
	if err := m.ForPages(); err != nil {
		return nil, err
	}
	s := &pages{m: m, tree: tree, today: today, dates: map[Address]string{}}
	seen := map[string]bool{}
	for _, name := range tree.Names() {
		if m.Lists != nil && fits(m.Lists.paths, name) {
			if err := s.list(name, seen); err != nil {
				return nil, err
			}
		}
		if fits(m.articles, name) {
			s.names = append(s.names, name)
		}
	}
	if len(s.names)+len(s.links) == 0 {
		return nil, errors.New("没有一个文件符合对应关系里的 articles，请对照旧网站的路径检查")
	}
	return s, nil
}

// Count implements Source.
func (s *pages) Count() int { return len(s.names) + len(s.links) }

// Items implements Source.
func (s *pages) Items() iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for _, name := range s.names {
			it, err := s.item(name)
			if !yield(it, err) || err != nil {
				return
			}
		}
		for _, it := range s.links {
			it.Body = emptyBody()
			to, err := url.Parse(it.Also[0].Path) // as it was kept by list
			if err != nil {
				yield(Item{}, err)
				return
			}
			it.Also = nil
			it.summarise(to, "")
			it.Finish()
			if !yield(it, nil) {
				return
			}
		}
	}
}

// parse reads a page; told is why it cannot be read.
func (s *pages) parse(name string) (doc *html.Node, text, told string, err error) {
	raw, err := s.tree.Read(name, mostPage)
	switch {
	case errors.Is(err, ErrTooLong):
		return nil, "", "网页超过 8 MB", nil
	case err != nil:
		return nil, "", "读不出文件，可能已损坏", nil
	}
	text = decode(raw, s.m.Charset)
	doc, err = html.Parse(strings.NewReader(text))
	if err != nil {
		return nil, text, "网页的结构太乱，读不出来", nil
	}
	return doc, text, "", nil
}

// list reads the lines of a list: dates of articles that do not say theirs, and
// articles that lie in WeChat.
func (s *pages) list(name string, seen map[string]bool) error {
	doc, text, told, err := s.parse(name)
	if err != nil || told != "" {
		return err
	}
	at := addressOfFile(s.m.Host, name, text)
	base := baseIn(doc, at)
	breadcrumb := lineOf(s.m.Breadcrumb.first(doc))
	for _, line := range s.m.Lists.Item.all(doc) {
		a := line
		if line.DataAtom != atom.A {
			found := elements(line, atom.A)
			if len(found) == 0 {
				continue
			}
			a = found[0]
		}
		u, err := base.Parse(attr(a, "href"))
		if err != nil {
			continue
		}
		said := lineOf(line)
		if s.m.Lists.Date.isSet() {
			said = lineOf(s.m.Lists.Date.first(line))
		}
		date, _ := dateIn(said, at.Path, s.today)
		if !isWeChat(u) {
			if date != "" {
				s.dates[AddressOf(u)] = date
			}
			continue
		}
		withoutSession(u)
		title := meaningfulTitle(attr(a, "title"), lineOf(a))
		if key := u.String(); title != "" && !seen[key] && len(s.links) < mostFiles {
			seen[key] = true
			// what was an address of this site is none: there is nothing to redirect
			s.links = append(s.links, Item{Where: name, Address: AddressOf(u), Also: []Address{{Path: key}}, Title: title, Date: date,
				Column: s.m.columnOf(at.Path, breadcrumb, nil)})
		}
	}
	return nil
}

// baseIn is what the links of a page are relative to: what the page says, if that is
// an address of the web, else where it was.
func baseIn(doc *html.Node, at Address) *url.URL {
	base := baseOf(at)
	for _, n := range elements(doc, atom.Base) {
		if u, err := base.Parse(attr(n, "href")); err == nil && attr(n, "href") != "" {
			if u.Scheme == "http" || u.Scheme == "https" {
				return u
			}
			break // as browsers do: only the first counts
		}
	}
	return base
}

func baseOf(at Address) *url.URL {
	p, query, _ := strings.Cut(at.Path, "?")
	return &url.URL{Scheme: "http", Host: at.Host, Path: p, RawQuery: query}
}

// item reads one page.
func (s *pages) item(name string) (Item, error) {
	it := Item{Where: name, Address: addressOfFile(s.m.Host, name, "")}
	doc, text, told, err := s.parse(name)
	if err != nil || told != "" {
		it.Left = told
		return it, err
	}
	it.Address = addressOfFile(s.m.Host, name, text)
	it.Also = otherAddresses(it.Address)
	it.base = baseIn(doc, it.Address)
	it.Column = s.m.columnOf(name, lineOf(s.m.Breadcrumb.first(doc)), nil)
	s.words(&it, doc)
	body := s.m.Body.first(doc)
	if body != nil {
		for _, sel := range s.m.Remove {
			for _, n := range sel.all(body) {
				drop(n)
			}
		}
		drop(body)
		it.Body = body
	}
	if it.Title == "" {
		it.Left = "没有标题"
		return it, nil
	}
	if s.kept(&it, doc, text, it.base); it.Left == "" {
		it.Finish()
	}
	return it, nil
}

// kept decides what of a page is its text: its own, a link to WeChat, or nothing.
func (s *pages) kept(it *Item, doc *html.Node, text string, base *url.URL) {
	said := ""
	if it.Body != nil {
		said = lineOf(it.Body)
	}
	if utf8.RuneCountInString(said) < fewWords {
		switch to := redirectOf(doc, text, base); {
		case isWeChat(to):
			it.summarise(to, metaOf(doc, "description"))
			return
		case to != nil:
			it.Left = "网页只是转到 " + cut(to.Host+to.Path, 100)
			return
		}
	}
	if it.Body == nil {
		it.Left = "没有找到正文，请检查对应关系里的 body"
		if frames := elements(doc, atom.Frame); len(frames) > 0 {
			it.Left = "网页是框架，内容在 " + cut(attr(frames[len(frames)-1], "src"), 100) + "，请在对应关系的 articles 里写那里的网页"
		}
		return
	}
	it.weigh(base)
}

// weigh looks at what a text is made of.
func (it *Item) weigh(base *url.URL) {
	said := utf8.RuneCountInString(lineOf(it.Body))
	if to := weChatOnly(it.Body, base); to != nil {
		it.summarise(to, "")
		return
	}
	images := len(elements(it.Body, atom.Img))
	switch {
	case said == 0 && images == 0 && len(it.Files) == 0 && len(elements(it.Body, atom.Iframe, atom.Embed, atom.Object, atom.A)) == 0:
		it.Left = "没有正文"
	case said < fewWords && images > 0:
		it.flag(PicturesOnly)
		it.note("只有图片，很多人读不到也查不到，请写出主要内容")
	}
}

var (
	sourceSaid = regexp.MustCompile(`(?:来源|作者|供稿|发布单位)\s*[:：]\s*([^\s|｜]+)`)
	publishDay = []string{"PubDate", "publishdate", "article:published_time", "pubdate"}
)

// words reads title, date, source and document number.
func (s *pages) words(it *Item, doc *html.Node) {
	it.Title = meaningfulTitle(firstLine(s.m.Title.all(doc)), metaOf(doc, "ArticleTitle"), headline(doc), titleOf(doc))
	said := lineOf(s.m.Date.first(doc))
	told := ""
	if it.Date, told = dateIn(said, it.Address.Path, s.today); it.Date == "" {
		for _, name := range publishDay {
			if it.Date == "" {
				it.Date, _ = dateIn(metaOf(doc, name), it.Address.Path, s.today)
			}
		}
	}
	if it.Date == "" {
		it.Date = s.dates[it.Address]
	}
	if it.Date == "" {
		it.Date = dateOfPath(it.Address.Path, s.today)
	}
	if told != "" {
		it.note("%s", told)
	}
	source := lineOf(s.m.Source.first(doc))
	if m := sourceSaid.FindStringSubmatch(source); m != nil {
		source = m[1]
	}
	it.Source, it.DocNumber = source, lineOf(s.m.DocNumber.first(doc))
}

// firstLine is the text of the first that has any.
func firstLine(nodes []*html.Node) string {
	for _, n := range nodes {
		if text := lineOf(n); text != "" {
			return text
		}
	}
	return ""
}

// headline is the heading of a page. Of several, one may be the school's name: the
// window is called by the other.
func headline(doc *html.Node) string {
	headings := elements(doc, atom.H1)
	for _, n := range headings {
		if text, named := lineOf(n), siteName.ReplaceAllString(window(doc), ""); named != "" && named != window(doc) && strings.HasPrefix(text, named) {
			return text
		}
	}
	return firstLine(headings)
}

var siteName = regexp.MustCompile(`\s*[-_|–—].*$`)

// titleOf is what the window of the page is called, without the name of the site.
func titleOf(doc *html.Node) string { return siteName.ReplaceAllString(window(doc), "") }

// window is what the window of the page is called.
func window(doc *html.Node) string { return firstLine(elements(doc, atom.Title)) }

func metaOf(doc *html.Node, name string) string {
	for _, n := range elements(doc, atom.Meta) {
		if strings.EqualFold(attr(n, "name"), name) || strings.EqualFold(attr(n, "property"), name) {
			return strings.Join(strings.Fields(attr(n, "content")), " ")
		}
	}
	return ""
}

// meaningfulTitle is the first text that is one.
func meaningfulTitle(texts ...string) string {
	for _, t := range texts {
		if t = strings.Trim(strings.Join(strings.Fields(t), " "), "·.•> "); t != "" && t != "无标题文档" && !strings.EqualFold(t, "untitled document") {
			return t
		}
	}
	return ""
}
