package registry

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// clean drops what spreadsheets leave around and inside a cell: spaces of any width, line breaks, invisible signs.
func clean(cell string) string {
	cell = strings.Join(strings.Fields(cell), " ")
	cell = strings.Map(func(r rune) rune {
		if unicode.In(r, unicode.Cc, unicode.Cf) {
			return -1
		}
		return r
	}, cell)
	return strings.TrimSpace(cell)
}

func narrow(s string) string { return width.Fold.String(s) }

// key is what two writings of one name have in common.
func key(name string) string {
	return strings.ToLower(strings.ReplaceAll(narrow(name), " ", ""))
}

// splitList cuts a cell that holds several values.
func splitList(cell string) []string {
	parts := strings.FieldsFunc(cell, func(r rune) bool { return strings.ContainsRune("、;；/／|｜,，", r) })
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// readName writes brackets in one way, so that a name is found whichever were typed.
func readName(cell string) (string, string) {
	return strings.NewReplacer("(", "（", ")", "）").Replace(cell), ""
}

// splitCampus cuts 甲（乙校区） into 甲 and 乙校区.
func splitCampus(name string) (school, campus string, ok bool) {
	rest, found := strings.CutSuffix(name, "）")
	if !found {
		return "", "", false
	}
	school, campus, found = strings.Cut(rest, "（")
	return school, campus, found && school != "" && campus != "" && !strings.Contains(campus, "（")
}

var (
	numberBreak = regexp.MustCompile(`\s*[;,、/|]+\s*`)
	dash        = regexp.MustCompile(`\s*[-—–−‐]+\s*`)
)

// readPhone writes digits and signs as a telephone knows them. Words stay (转8118, 门卫): a visitor can read them.
func readPhone(cell string) (string, string) {
	cell = narrow(cell)
	cell = dash.ReplaceAllString(cell, "-")
	cell = numberBreak.ReplaceAllString(cell, "；")
	return strings.Trim(cell, "； "), ""
}

func addAliases(aliases []string, more ...string) []string {
	for _, alias := range more {
		if !slices.ContainsFunc(aliases, func(a string) bool { return key(a) == key(alias) }) {
			aliases = append(aliases, alias)
		}
	}
	return aliases
}
