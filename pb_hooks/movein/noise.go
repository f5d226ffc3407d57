package movein

import (
	"net/url"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// longestNoise is how long a word is, in characters, that a program makes a link.
const longestNoise = 8

// unlinkNoise takes out links that no person made: old sites turn every 中国 of a
// text into a link to one page. A word is such one if it stands there more than
// once and each time is a link to the same page.
func unlinkNoise(it *Item, base *url.URL) {
	type word struct{ text, href string }
	links := map[word][]*html.Node{}
	for _, n := range elements(it.Body, atom.A) {
		text := lineOf(n)
		if length := utf8.RuneCountInString(text); length == 0 || length > longestNoise || hasElements(n) {
			continue
		}
		w := word{text, attr(n, "href")}
		if u, err := base.Parse(w.href); err == nil {
			w.href = u.String()
		}
		links[w] = append(links[w], n)
	}
	said := strings.Builder{}
	for c := range it.Body.Descendants() {
		if c.Type == html.TextNode {
			said.WriteString(c.Data)
		}
	}
	for w, nodes := range links {
		if len(nodes) < 2 || strings.Count(said.String(), w.text) != len(nodes) {
			continue
		}
		for _, n := range nodes {
			unwrap(n)
		}
		it.note("去掉 %d 处自动加在“%s”上的链接", len(nodes), w.text)
	}
}

func hasElements(n *html.Node) bool {
	for c := range n.Descendants() {
		if c.Type == html.ElementNode && c.DataAtom == atom.Img {
			return true
		}
	}
	return false
}
