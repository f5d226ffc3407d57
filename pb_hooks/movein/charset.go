package movein

import (
	"bytes"
	"regexp"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/simplifiedchinese"
)

// charsets are the names that pages give to the two charsets that old Chinese sites
// are written in; true is the Chinese one.
var charsets = map[string]bool{"utf-8": false, "utf8": false, "gbk": true, "gb2312": true, "gb_2312-80": true, "gb18030": true, "cp936": true, "x-gbk": true}

var saidCharset = regexp.MustCompile(`(?i)charset\s*=\s*["']?\s*([\w-]+)`)

// mostHead is how far into a page its charset is looked for, in bytes.
const mostHead = 4096

// looksUTF8 reports whether bytes are UTF-8, but for a character here and there that
// a program cut in half: of a text in the other charset hardly any character is.
func looksUTF8(page []byte) bool {
	whole, broken := 0, 0
	for len(page) > 0 {
		r, size := utf8.DecodeRune(page)
		switch {
		case r == utf8.RuneError && size == 1:
			broken++
		case size > 1:
			whole++
		}
		page = page[size:]
	}
	return broken*20 <= whole
}

// decode reads a page as text: by what the mapping says, by its byte order mark, by
// what it says of itself, and where that is not true by what its bytes can be.
func decode(page []byte, told string) string {
	if bytes.HasPrefix(page, []byte("\ufeff")) {
		return string(bytes.ToValidUTF8(page[3:], []byte("\uFFFD")))
	}
	said := told
	if m := saidCharset.FindSubmatch(page[:min(len(page), mostHead)]); said == "" && m != nil {
		said = string(m[1])
	}
	chinese, known := charsets[strings.ToLower(said)]
	isUTF8 := looksUTF8(page)
	if told == "" && (!known || chinese == isUTF8) { // says nothing we know, or what cannot be
		chinese = !isUTF8
	}
	if !chinese {
		return string(bytes.ToValidUTF8(page, []byte("\uFFFD")))
	}
	text, err := simplifiedchinese.GB18030.NewDecoder().Bytes(page)
	if err != nil { // the decoder puts U+FFFD for what it cannot read, and fails of nothing else
		return string(bytes.ToValidUTF8(page, []byte("\uFFFD")))
	}
	return string(text)
}
