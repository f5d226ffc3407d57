package attachment

import (
	"path"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// maxNameRunes is the greatest length of a name shown to people, in characters.
const maxNameRunes = 120

// CleanName returns the name of a file as people may see it: the Chinese name its author gave it, without the folders,
// control and invisible characters, and direction overrides that disguise "exe.pdf" as something else; at most 120
// characters, of which the extension is kept. A name of which nothing is left is 附件.
func CleanName(name string) string {
	name = strings.ToValidUTF8(name, "")
	if i := strings.LastIndexAny(name, `/\`); i >= 0 {
		name = name[i+1:]
	}
	name = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r): // Cf: zero width, byte order, direction
			return -1
		}
		return r
	}, name)
	name = strings.Trim(strings.Join(strings.Fields(name), " "), ". ")
	if name == "" {
		return "附件"
	}
	ext := path.Ext(name)
	if utf8.RuneCountInString(ext) > 10 {
		ext = ""
	}
	if stem := []rune(strings.TrimSuffix(name, ext)); len(stem)+utf8.RuneCountInString(ext) > maxNameRunes {
		name = strings.TrimRight(string(stem[:maxNameRunes-utf8.RuneCountInString(ext)]), ". ") + ext
	}
	return name
}

// HumanSize writes n bytes for people, in units of 1024 as Windows does: "1.2 MB".
func HumanSize(n int64) string {
	if n < 1024 {
		return strconv.FormatInt(max(n, 0), 10) + " B"
	}
	value, units := float64(n), []string{"B", "KB", "MB", "GB", "TB"}
	for len(units) > 1 && value >= 1023.95 {
		value, units = value/1024, units[1:]
	}
	return strings.TrimSuffix(strconv.FormatFloat(value, 'f', 1, 64), ".0") + " " + units[0]
}
