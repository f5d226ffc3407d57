// Package probe knows links: which stand in a page, where they lead, and whether
// what they lead to is there. It asks nobody but public addresses, politely, and
// knows nothing of articles, schools or the database.
package probe

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"gongkai/pb_hooks/richtext"
)

// Links returns the addresses that an HTML text leads to, in their order and each
// once: links, images, and addresses that are written out as text. They are as
// they stand there.
func Links(source string) []string {
	if !MayLink(source) {
		return nil
	}
	var found []string
	add := func(address string) {
		if address = strings.TrimSpace(address); address != "" && !slices.Contains(found, address) {
			found = append(found, address)
		}
	}
	for z := html.NewTokenizer(strings.NewReader(source)); ; {
		switch z.Next() {
		case html.ErrorToken: // a string ends, it does not fail
			return found
		case html.TextToken:
			for _, address := range Written(string(z.Text())) {
				add(address)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			wanted := attributeOf(atom.Lookup(name))
			for more && wanted != "" {
				var key, value []byte
				if key, value, more = z.TagAttr(); string(key) == wanted {
					add(string(value))
				}
			}
		}
	}
}

// MayLink reports whether Links can find anything. It is quick: of most texts of a
// district it is all that is asked.
func MayLink(source string) bool {
	return strings.Contains(source, "href=") || strings.Contains(source, "src=") || strings.Contains(source, "://")
}

func attributeOf(tag atom.Atom) string {
	switch tag {
	case atom.A:
		return "href"
	case atom.Img:
		return "src"
	}
	return ""
}

// written is an address as people write it in a sentence. It ends where Chinese
// text or punctuation begins.
var written = regexp.MustCompile(`(?i)\b(?:https?|file|ftp)://[^\s<>"'\x{2000}-\x{206F}\x{3000}-\x{9FFF}\x{FF00}-\x{FFEF}]+`)

// Written returns the addresses that a plain text spells out.
func Written(text string) []string {
	if !strings.Contains(text, "://") {
		return nil
	}
	found := written.FindAllString(text, -1)
	for i, address := range found {
		found[i] = strings.TrimRight(address, ".,;:!?)]}")
	}
	return found
}

// mostBesideWeChat is how many characters a text may have beside its link, such as
// 点击查看原文, and still say nothing itself.
const mostBesideWeChat = 30

const weChat = "mp.weixin.qq.com"

// IsOnlyWeChat reports whether a text says nothing itself and sends its reader to
// an article in WeChat: that may be deleted there, and is in no search of ours.
func IsOnlyWeChat(source string) bool {
	if !strings.Contains(source, weChat) || strings.Contains(source, "<img") {
		return false
	}
	at := slices.IndexFunc(Links(source), func(address string) bool {
		u, err := url.Parse(address)
		return err == nil && strings.EqualFold(u.Hostname(), weChat)
	})
	if at < 0 {
		return false
	}
	text := richtext.Text(source)
	for _, address := range Written(text) {
		text = strings.Replace(text, address, "", 1)
	}
	return utf8.RuneCountInString(text) <= mostBesideWeChat
}
