package source

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/pb_hooks/registry"
)

// leastRows is how many rows a list has at least that is offered as one.
const leastRows = 3

// offers are the lists of a page, and the cells of the first row with what the line of titles calls them. A row
// that is no line of a table offers its parts by their class.
func (d htmlDocument) offers() (lists []string, places []Place) {
	for _, list := range d.selectors.all(d.root, "table, ul, ol") {
		if selector := listIn(list, d.selectors); selector != "" && !slices.Contains(lists, selector) && len(lists) < mostOffers {
			lists = append(lists, selector)
		}
	}
	for _, row := range d.selectors.all(d.root, d.config.Rows) {
		if isTitles(row) {
			continue
		}
		titles := titlesAbove(row, d.selectors)
		for i, cell := range cellsOf(row) {
			place := Place{Name: "td:nth-child(" + strconv.Itoa(i+1) + ")"}
			if i < len(titles) {
				place.Title = titles[i]
			}
			if cell.DataAtom == atom.Td {
				places = append(places, place)
			}
		}
		if len(places) == 0 {
			places = partsOf(row, d.selectors)
		}
		if len(places) > 0 {
			break
		}
	}
	return lists, places
}

// listIn is the selector of the rows of a table or list that could be one of schools; empty if it could not.
// A table around others lays out a page.
func listIn(list *html.Node, s selectors) string {
	row, selector := "li", list.Data
	if list.DataAtom == atom.Table {
		row = "tr:has(td)"
		if s.first(list, "table") != nil {
			return ""
		}
	}
	switch mark := markOf(list); {
	case len(s.all(list, row)) < leastRows:
		return ""
	case mark != "":
		selector += mark
	case list.DataAtom != atom.Table:
		return "" // such as menus
	}
	return selector + " " + row
}

var plainMark = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_-]*$`)

// markOf tells a node from others by its id or first class; empty if it has none that a selector takes as it is.
func markOf(node *html.Node) string {
	if id := attribute(node, "id"); plainMark.MatchString(id) {
		return "#" + id
	}
	if class, _, _ := strings.Cut(strings.TrimSpace(attribute(node, "class")), " "); plainMark.MatchString(class) {
		return "." + class
	}
	return ""
}

func cellsOf(row *html.Node) (cells []*html.Node) {
	for cell := range row.ChildNodes() {
		if cell.DataAtom == atom.Td || cell.DataAtom == atom.Th {
			cells = append(cells, cell)
		}
	}
	return cells
}

// isTitles reports whether a row names its columns: no school is called 学校名称 and has 学段 beside it.
func isTitles(row *html.Node) bool {
	var known []string
	for _, cell := range cellsOf(row) {
		if field := registry.FieldOf(textOf(cell)); field != "" {
			known = append(known, field)
		}
	}
	return len(known) > 1 && slices.Contains(known, "name")
}

// titlesAbove are the titles of the table of a row; nil if it has none.
func titlesAbove(row *html.Node, s selectors) (titles []string) {
	for node := range row.Ancestors() {
		if node.DataAtom != atom.Table {
			continue
		}
		for _, line := range s.all(node, "tr") {
			if isTitles(line) {
				for _, cell := range cellsOf(line) {
					titles = append(titles, asTitle(textOf(cell)))
				}
				return titles
			}
		}
		return nil
	}
	return nil
}

func partsOf(row *html.Node, s selectors) (places []Place) {
	for _, part := range s.all(row, "[class]") {
		place := Place{Name: part.Data + markOf(part)}
		if place.Name != part.Data && !slices.Contains(places, place) && len(places) < mostOffers {
			places = append(places, place)
		}
	}
	return places
}
