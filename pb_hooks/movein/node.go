package movein

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// unread are elements whose text nobody reads.
func unread(n *html.Node) bool {
	switch n.DataAtom {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Head:
		return true
	}
	return false
}

// lineOf is the text below a node as it stands, in one line.
func lineOf(n *html.Node) string {
	if n == nil {
		return ""
	}
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode && (c.Parent == nil || !unread(c.Parent)) {
			b.WriteString(c.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return strings.TrimSpace(a.Val)
		}
	}
	return ""
}

func setAttr(n *html.Node, key, value string) {
	for i := range n.Attr {
		if n.Attr[i].Key == key {
			n.Attr[i].Val = value
			return
		}
	}
	n.Attr = append(n.Attr, html.Attribute{Key: key, Val: value})
}

// elements are the elements below a node, gathered before anything is changed.
func elements(n *html.Node, of ...atom.Atom) (list []*html.Node) {
	for c := range n.Descendants() {
		for _, a := range of {
			if c.Type == html.ElementNode && c.DataAtom == a {
				list = append(list, c)
			}
		}
	}
	return list
}

// unwrap puts the children of a node in its place.
func unwrap(n *html.Node) {
	for c := n.FirstChild; c != nil; c = n.FirstChild {
		n.RemoveChild(c)
		n.Parent.InsertBefore(c, n)
	}
	n.Parent.RemoveChild(n)
}

func drop(n *html.Node) {
	if n.Parent != nil {
		n.Parent.RemoveChild(n)
	}
}

func paragraph(text string) *html.Node {
	p := &html.Node{Type: html.ElementNode, Data: "p", DataAtom: atom.P}
	p.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	return p
}

func anchor(href, text string) *html.Node {
	a := &html.Node{Type: html.ElementNode, Data: "a", DataAtom: atom.A, Attr: []html.Attribute{{Key: "href", Val: href}}}
	a.AppendChild(&html.Node{Type: html.TextNode, Data: text})
	return a
}

func emptyBody() *html.Node {
	return &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body}
}

// parseBody reads a piece of HTML, or plain text with a paragraph for each line.
func parseBody(source string) *html.Node {
	body := emptyBody()
	if !strings.Contains(source, "<") {
		for line := range strings.Lines(source) {
			if line = strings.TrimSpace(line); line != "" {
				body.AppendChild(paragraph(line))
			}
		}
		return body
	}
	nodes, err := html.ParseFragment(strings.NewReader(source), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	if err != nil { // over 512 open elements: the text is kept
		body.AppendChild(paragraph(strings.Join(strings.Fields(source), " ")))
		return body
	}
	for _, n := range nodes {
		body.AppendChild(n)
	}
	return body
}

// render is the HTML below a node.
func render(body *html.Node) (string, error) {
	var b strings.Builder
	for c := body.FirstChild; c != nil; c = c.NextSibling {
		if err := html.Render(&b, c); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}
