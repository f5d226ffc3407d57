package source

import (
	"net/url"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// htmlDocument is a page with a list.
type htmlDocument struct {
	config    Config
	at        *url.URL
	root      *html.Node
	selectors selectors
}

// selectors are compiled once for all rows.
type selectors map[string]cascadia.Selector

func (s selectors) of(selector string) cascadia.Selector {
	compiled, ok := s[selector]
	if !ok {
		compiled = cascadia.MustCompile(selector) // Check has compiled it
		s[selector] = compiled
	}
	return compiled
}

// first is the first node below one; nil if there is none.
func (s selectors) first(below *html.Node, selector string) *html.Node {
	return cascadia.Query(below, s.of(selector))
}

func (s selectors) all(below *html.Node, selector string) []*html.Node {
	return cascadia.QueryAll(below, s.of(selector))
}

func readHTML(c Config, p *page, s selectors) (htmlDocument, error) {
	root, err := html.Parse(strings.NewReader(p.text))
	if err != nil {
		return htmlDocument{}, faultf(BadShape, "收到的网页读不出来，可能嵌套太深。请核对地址，或告诉来源方")
	}
	d := htmlDocument{c, p.url, root, s}
	if base := s.first(root, "base[href]"); base != nil {
		if at, err := p.url.Parse(strings.TrimSpace(attribute(base, "href"))); err == nil {
			d.at = at
		}
	}
	if c.Good.Path != "" && s.first(root, c.Good.Path) == nil {
		return d, faultf(SaysError, "收到的网页“%s”里没有“%s”，不是学校列表。多半是登录页或出错页：请核对地址，或告诉来源方", first(d.title(), 40), c.Good.Path)
	}
	return d, nil
}

func (d htmlDocument) title() string {
	if title := d.selectors.first(d.root, "title"); title != nil {
		return textOf(title)
	}
	return ""
}

// titleOf is the title of a page that should not be one.
func titleOf(text string) string {
	root, err := html.Parse(strings.NewReader(first(text, 10000)))
	if err != nil {
		return ""
	}
	return htmlDocument{root: root, selectors: selectors{}}.title()
}

func (d htmlDocument) rows() ([]item, error) {
	var items []item
	for _, row := range d.selectors.all(d.root, d.config.Rows) {
		if isTitles(row) {
			continue
		}
		items = append(items, &htmlItem{at: d.at, node: row, selectors: d.selectors})
	}
	return items, nil
}

var (
	counted = regexp.MustCompile(`([0-9][0-9,]*)\s*(?:条|所|个|家|项|行|笔|记录)`)
	numbers = regexp.MustCompile(`[0-9][0-9,]*`)
)

// total is the number in a text such as 共 312 条 第 1/16 页, where 条 tells it from the pages.
func (d htmlDocument) total() int {
	if d.config.Paging.Total == "" {
		return -1
	}
	node := d.selectors.first(d.root, d.config.Paging.Total)
	if node == nil {
		return -1
	}
	text, number := textOf(node), ""
	if found := counted.FindStringSubmatch(text); found != nil {
		number = found[1]
	} else if found := numbers.FindAllString(text, -1); len(found) > 0 {
		number = found[len(found)-1]
	}
	n, err := strconv.Atoi(strings.ReplaceAll(number, ",", ""))
	if err != nil {
		return -1
	}
	return n
}

func (d htmlDocument) next() string {
	if d.config.Paging.Next == "" {
		return ""
	}
	if link := d.selectors.first(d.root, d.config.Paging.Next); link != nil {
		return resolve(d.at, attribute(link, "href"))
	}
	return ""
}

func (d htmlDocument) beginning() string {
	if body := d.selectors.first(d.root, "body"); body != nil {
		return first(markup(body), longestRaw)
	}
	return ""
}
