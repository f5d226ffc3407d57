package source

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/unicode"
)

// decode returns the text of an answer. What header and page declare is not asked: GB18030 declared as UTF-8 is common,
// and text that is valid UTF-8 is never anything else by chance. A sign that cannot be read becomes U+FFFD, which makes
// its row a problem.
func decode(data []byte) string {
	switch {
	case bytes.HasPrefix(data, []byte("\xff\xfe")), bytes.HasPrefix(data, []byte("\xfe\xff")):
		return decoded(data, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM))
	case utf8.Valid(data), isDamagedUTF8(data):
		return strings.TrimPrefix(strings.ToValidUTF8(string(data), "\ufffd"), "\ufeff")
	}
	return decoded(data, simplifiedchinese.GB18030)
}

func decoded(data []byte, from encoding.Encoding) string {
	text, err := from.NewDecoder().Bytes(data)
	if err != nil { // decoders replace what they cannot read
		return strings.ToValidUTF8(string(data), "\ufffd")
	}
	return string(text)
}

// isDamagedUTF8 reports whether text is UTF-8 but for a few places, where a system has cut a character in two: text in
// another encoding is wrong nearly everywhere.
func isDamagedUTF8(data []byte) bool {
	good, bad := 0, 0
	for len(data) > 0 {
		r, n := utf8.DecodeRune(data)
		switch {
		case r == utf8.RuneError && n == 1:
			bad++
		case n > 2: // as Chinese is; two bytes of GBK may look like a character of two
			good++
		}
		data = data[n:]
	}
	return good > bad
}
