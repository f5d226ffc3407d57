package movein

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

const weChatHost = "mp.weixin.qq.com"

func isWeChat(u *url.URL) bool { return u != nil && hostOf(u.Host) == weChatHost }

// ofArticle are the parameters that name an article of WeChat; all others are of a
// session, a share or a visitor.
var ofArticle = []string{"__biz", "mid", "idx", "sn"}

// ofSession are parameters of sessions anywhere: they stop working, and they tell
// whose session it was.
var ofSession = []string{"token", "access_token", "session", "sessionid", "session_id", "jsessionid", "phpsessid", "pass_ticket", "uin"}

// withoutSession takes the parameters of sessions out of an address, and reports
// whether there were any.
func withoutSession(u *url.URL) (any bool) {
	p, _, found := strings.Cut(u.Path, ";jsessionid=")
	any = found
	u.Path, u.RawPath = p, ""
	if u.RawQuery != "" {
		kept := slices.DeleteFunc(strings.Split(u.RawQuery, "&"), func(pair string) bool {
			key, _, _ := strings.Cut(pair, "=")
			if isWeChat(u) {
				return !slices.Contains(ofArticle, key)
			}
			return slices.Contains(ofSession, strings.ToLower(key))
		})
		query := strings.Join(kept, "&")
		any = any || query != u.RawQuery
		u.RawQuery = query
	}
	if isWeChat(u) {
		u.Scheme, u.Fragment = "https", ""
	}
	return any
}

// fewWords is how many characters a page may say, beside its link to WeChat, and
// still be nothing but that link.
const fewWords = 30

// weChatOnly is the address in WeChat of an item that is nothing but a link to it;
// nil if it has a text of its own.
func weChatOnly(body *html.Node, base *url.URL) *url.URL {
	var to *url.URL
	linked := 0
	for _, n := range elements(body, atom.A, atom.Iframe) {
		u, err := base.Parse(attr(n, "href") + attr(n, "src"))
		if err == nil && isWeChat(u) {
			to = u
			linked += utf8.RuneCountInString(lineOf(n))
		}
	}
	if to == nil || utf8.RuneCountInString(lineOf(body))-linked >= fewWords {
		return nil
	}
	return to
}

// summarise makes of an item that lies in WeChat what is kept of it: what the page
// said, its pictures, and the link.
func (it *Item) summarise(to *url.URL, said string) {
	withoutSession(to)
	was := it.Body
	it.Body = emptyBody()
	if said != "" {
		it.Body.AppendChild(paragraph(said))
	}
	if was != nil {
		for _, img := range elements(was, atom.Img) {
			drop(img)
			it.Body.AppendChild(img)
		}
	}
	p := paragraph("本文发布在学校微信公众号：")
	p.AppendChild(anchor(to.String(), it.Title))
	it.Body.AppendChild(p)
	it.flag(WeChat)
	it.note("正文只在公众号，请写出主要内容，或把原文复制过来")
}

var (
	refresh  = regexp.MustCompile(`(?i)url\s*=\s*['"]?([^'"\s;]+)`)
	location = regexp.MustCompile(`location(?:\.href)?\s*(?:=|\.replace\(|\.assign\()\s*['"]([^'"]+)['"]`)
)

// redirectOf is where a page that says nothing sends its visitor; nil if nowhere.
func redirectOf(doc *html.Node, page string, base *url.URL) *url.URL {
	target := ""
	for _, n := range elements(doc, atom.Meta) {
		if m := refresh.FindStringSubmatch(attr(n, "content")); strings.EqualFold(attr(n, "http-equiv"), "refresh") && m != nil {
			target = m[1]
		}
	}
	if m := location.FindStringSubmatch(page); target == "" && m != nil {
		target = m[1]
	}
	if target == "" {
		return nil
	}
	u, err := base.Parse(target)
	if err != nil {
		return nil
	}
	return u
}
