package richtext

import (
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// walker goes through a parsed text and tells the writer what to keep.
type walker struct {
	out   writer
	pre   bool // inside pre: a line end is a line end
	found [findings]int
}

// lines writes plain text, one paragraph a line.
func (w *walker) lines(text string) {
	for line := range strings.SplitSeq(strings.ReplaceAll(text, "\r", "\n"), "\n") {
		w.out.text(line)
		w.out.endLeaf()
	}
}

func (w *walker) children(n *html.Node) {
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		w.node(c)
	}
}

func (w *walker) node(n *html.Node) {
	switch {
	case n.Type == html.TextNode && w.pre:
		for i, line := range strings.Split(n.Data, "\n") {
			if i > 0 {
				w.out.lineBreak()
			}
			w.out.text(line)
		}
	case n.Type == html.TextNode:
		w.out.text(n.Data)
	case n.Type == html.ElementNode && n.Namespace != "": // svg, math
		w.found[embed]++
	case n.Type == html.ElementNode:
		w.element(n)
	}
}

func (w *walker) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Script:
		w.found[script]++
	case atom.Iframe, atom.Frame, atom.Object, atom.Embed, atom.Applet, atom.Video, atom.Audio, atom.Canvas,
		atom.Input, atom.Select, atom.Textarea, atom.Button:
		w.found[embed]++
	case atom.Style, atom.Title, atom.Meta, atom.Link, atom.Base, atom.Noscript, atom.Template, atom.Noembed,
		atom.Noframes, atom.Datalist, atom.Param, atom.Source, atom.Track, atom.Area, atom.Col, atom.Colgroup:
	case atom.P, atom.Div, atom.Section, atom.Article, atom.Main, atom.Center, atom.Address, atom.Header, atom.Footer,
		atom.Figure, atom.Figcaption, atom.Aside, atom.Nav, atom.Dl, atom.Dt, atom.Dd, atom.Fieldset, atom.Legend,
		atom.Details, atom.Summary, atom.Form, atom.Dir, atom.Xmp, atom.Plaintext, atom.Hgroup,
		atom.Li, atom.Caption, atom.Thead, atom.Tbody, atom.Tfoot, atom.Tr, atom.Td, atom.Th: // the last line: too deep, or lost its list or table
		w.block(n, "")
	case atom.Pre, atom.Listing:
		was := w.pre
		w.pre = true
		w.block(n, "")
		w.pre = was
	case atom.H1, atom.H2: // the page has its own h1
		w.block(n, "h2")
	case atom.H3:
		w.block(n, "h3")
	case atom.H4, atom.H5, atom.H6:
		w.block(n, "h4")
	case atom.Ul, atom.Menu:
		w.list(n, "<ul>", "ul")
	case atom.Ol:
		w.list(n, "<ol"+number(n, "start", 2, 9999)+">", "ol")
	case atom.Blockquote:
		w.quote(n)
	case atom.Table:
		w.table(n)
	case atom.Hr:
		w.out.rule()
	case atom.Br:
		w.out.lineBreak()
	case atom.Img:
		w.image(n)
	case atom.A:
		w.link(n)
	case atom.Strong, atom.B:
		w.format(n, format{"strong", "<strong>"})
	case atom.Em, atom.I:
		w.format(n, format{"em", "<em>"})
	case atom.U, atom.Ins:
		w.format(n, format{"u", "<u>"})
	case atom.S, atom.Strike, atom.Del:
		w.format(n, format{"s", "<s>"})
	case atom.Sub:
		w.format(n, format{"sub", "<sub>"})
	case atom.Sup:
		w.format(n, format{"sup", "<sup>"})
	default:
		if n.Data == "xml" { // Word's document settings: "Normal 0 false false …"
			return
		}
		w.children(n)
	}
}

func (w *walker) format(n *html.Node, f format) {
	pushed := w.out.push(f)
	w.children(n)
	if pushed {
		w.out.pop()
	}
}

func (w *walker) link(n *html.Node) {
	href, problem := cleanLink(attribute(n, "href"))
	if problem != findings {
		w.found[problem]++
	}
	if href == "" {
		w.children(n)
		return
	}
	open := `<a href="` + html.EscapeString(href) + `">`
	if strings.HasPrefix(href, "http") {
		open = strings.TrimSuffix(open, ">") + ` rel="nofollow noopener">`
	}
	w.format(n, format{"a", open})
}

func (w *walker) image(n *html.Node) {
	src := cleanImage(attribute(n, "src"))
	if src == "" {
		w.found[externalImage]++
		return
	}
	alt := strings.Join(strings.Fields(Text(html.EscapeString(attribute(n, "alt")))), " ")
	w.out.image(`<img src="` + html.EscapeString(src) + `" alt="` + html.EscapeString(alt) + `">`)
}

// block walks n as a paragraph, or several: a heading's name, or "" for p.
func (w *walker) block(n *html.Node, heading string) {
	w.out.endLeaf()
	before := w.out.top()
	inside := before
	inside.blocks++
	if heading != "" {
		inside.heading = heading
	}
	if align, given := alignment(n); given {
		inside.align = align
	}
	w.out.setTop(inside)
	w.children(n)
	w.out.endLeaf()
	before.written = w.out.top().written
	w.out.setTop(before)
}

func (w *walker) quote(n *html.Node) {
	if w.out.isFull() {
		w.block(n, "")
		return
	}
	w.out.open(container{tag: "blockquote", start: "<blockquote>", paragraphs: true})
	w.children(n)
	w.out.close()
}

// list walks ul and ol. What stands between the items, as Word likes it, becomes an item.
func (w *walker) list(n *html.Node, start, tag string) {
	if w.out.isFull() {
		w.block(n, "")
		return
	}
	item := container{tag: "li", start: "<li>"}
	w.out.open(container{tag: tag, start: start})
	stray := false
	for c := n.FirstChild; c != nil; c = c.NextSibling {
		isItem := c.DataAtom == atom.Li
		if stray && isItem {
			w.out.close()
		}
		if !stray || isItem {
			w.out.open(item)
		}
		if isItem {
			w.children(c)
			w.out.close()
		} else {
			w.node(c)
		}
		stray = !isItem
	}
	if stray {
		w.out.close()
	}
	w.out.close()
}

// alignment returns what n's align attribute or style says: "center", "right" or "" for the usual side.
func alignment(n *html.Node) (align string, given bool) {
	if n.DataAtom == atom.Center {
		return "center", true
	}
	value := attribute(n, "align")
	if style := attribute(n, "style"); style != "" {
		if _, rest, found := strings.Cut(strings.ToLower(style), "text-align:"); found {
			value, _, _ = strings.Cut(rest, ";")
		}
	}
	switch value, _, _ = strings.Cut(strings.ToLower(strings.TrimSpace(value)), " "); value {
	case "":
		return "", false
	case "center", "right":
		return value, true
	case "end":
		return "right", true
	}
	return "", true
}

// number writes the attribute key if it is a whole number from low to high, else nothing.
func number(n *html.Node, key string, low, high int) string {
	value, err := strconv.Atoi(strings.TrimSpace(attribute(n, key)))
	if err != nil || value < low || value > high {
		return ""
	}
	return " " + key + `="` + strconv.Itoa(value) + `"`
}

func attribute(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}
