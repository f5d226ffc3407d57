package source

import (
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// htmlItem is one row of a page, with the page of its details where that was read.
type htmlItem struct {
	at        *url.URL
	node      *html.Node
	detail    *htmlItem
	selectors selectors
}

func (h *htmlItem) raw() string { return markup(h.node) }

// isBlank reports whether none of the fields that come from the row is in it, as in a line of titles.
func (h *htmlItem) isBlank(m mapping) bool {
	for _, f := range m.fields {
		if text, _ := h.value(f.Field).(string); f.Param == "" && f.Const == "" && !f.Detail && strings.TrimSpace(text) != "" {
			return false
		}
	}
	return true
}

func (h *htmlItem) value(f Field) any {
	in := h
	if f.Detail {
		if in = h.detail; in == nil {
			return nil
		}
	}
	from := f.From
	if len(from) == 0 {
		from = []string{""}
	}
	var parts []string
	for _, selector := range from {
		if text := in.find(selector, f.Attr); strings.TrimSpace(text) != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, f.Join)
}

func (h *htmlItem) find(selector, attr string) string {
	node := h.node
	if selector != "" {
		if node = h.selectors.first(h.node, selector); node == nil {
			return ""
		}
	}
	switch attr {
	case "":
		return textOf(node)
	case "href", "src":
		return resolve(h.at, attribute(node, attr))
	}
	return strings.Clone(attribute(node, attr))
}

// resolve makes an address whole.
func resolve(at *url.URL, address string) string {
	to, err := at.Parse(strings.TrimSpace(address))
	if err != nil || address == "" {
		return ""
	}
	return to.String()
}

func attribute(node *html.Node, name string) string {
	for _, a := range node.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

// textOf is what a reader sees of a node; lines and cells are apart.
func textOf(node *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		switch {
		case n.Type == html.TextNode:
			b.WriteString(n.Data)
		case n.DataAtom == atom.Script, n.DataAtom == atom.Style:
			return
		case n.DataAtom == atom.Br, n.DataAtom == atom.P, n.DataAtom == atom.Div, n.DataAtom == atom.Td, n.DataAtom == atom.Li:
			b.WriteByte(' ')
		}
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
	}
	walk(node)
	return strings.Join(strings.Fields(b.String()), " ")
}

// markup is a node without its scripts and styles, which tell a person nothing of a list.
func markup(node *html.Node) string {
	var b strings.Builder
	var walk func(*html.Node)
	walk = func(n *html.Node) {
		if n.DataAtom == atom.Script || n.DataAtom == atom.Style || n.Type == html.CommentNode || b.Len() > 16*longestRaw {
			return
		}
		if n.Type != html.ElementNode {
			b.WriteString(html.EscapeString(strings.Join(strings.Fields(n.Data), " ")))
			return
		}
		tag := html.Token{Type: html.StartTagToken, Data: n.Data, Attr: n.Attr}
		b.WriteString(tag.String())
		for child := n.FirstChild; child != nil; child = child.NextSibling {
			walk(child)
		}
		b.WriteString("</" + n.Data + ">")
	}
	walk(node)
	return b.String()
}
