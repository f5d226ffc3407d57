// Package movein knows what an old school site looks like when it is moved in: a
// folder or zip of its pages, a WordPress export, a table. It reads items out of
// it, with their old addresses, and rewrites their text for where they stand now.
// It knows nothing of schools, columns that exist, or how drafts are stored.
package movein

import (
	"fmt"
	"iter"
	"net/url"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// Flag is what a person has to look at in an item that came along.
type Flag string

// Flags, in the order in which they are shown.
const (
	WeChat       Flag = "wechat"        // 只有公众号链接: the text itself is in WeChat
	NoColumn     Flag = "no_column"     // 没有对上栏目: it waits in the column for the others
	MissingFiles Flag = "missing_files" // 缺文件: a picture or file did not come along
	NoDate       Flag = "no_date"       // 没有日期
	LinksLost    Flag = "links_lost"    // 去掉了链接: to an intranet, to a page that did not come along
	TitleCut     Flag = "title_cut"     // 标题太长
	PicturesOnly Flag = "pictures_only" // 只有图片: nobody can read or find it
)

var flagNames = map[Flag]string{WeChat: "只有公众号链接", NoColumn: "没有对上栏目", MissingFiles: "缺文件", NoDate: "没有日期", LinksLost: "去掉了链接",
	TitleCut: "标题过长", PicturesOnly: "只有图片"}

// Flags are all flags.
func Flags() []Flag {
	return []Flag{WeChat, NoColumn, MissingFiles, NoDate, LinksLost, TitleCut, PicturesOnly}
}

// Name is the flag in words.
func (f Flag) Name() string { return flagNames[f] }

// Item is one thing of the old site. Left says in Chinese why it does not come
// along; then the rest may be empty.
type Item struct {
	Where     string    // in the source, for people: a path, a line
	Address   Address   // where it was
	Also      []Address // other addresses of it
	School    string    // code; "" is the mapping's
	Column    string    // code; "" where nothing told
	Title     string    // in full
	Source    string
	DocNumber string
	Date      string // 原发布日期, as 2006-01-02; "" where nobody knows
	Body      *html.Node
	Files     []string // names in the files of the site, beside those that the body links to
	Flags     []Flag
	Notes     []string // in Chinese: what was done or could not be
	Left      string
	IsRow     bool // of a table: what tells it from others is what it says, not where it was

	base *url.URL // that the page gives its links, if it gives one
}

// Source is an old site that is read once or several times, always in the same
// order. The error is that of a source that cannot be used.
type Source interface {
	Items() iter.Seq2[Item, error]
	// Count is how many items there are at most: what a bar is drawn against.
	Count() int
}

// Text is what an item says, with the names of its pictures: two items of the same
// text are one.
func (it Item) Text() string {
	if it.Body == nil {
		return ""
	}
	text := lineOf(it.Body)
	for _, n := range elements(it.Body, atom.Img, atom.A, atom.Iframe) {
		text += "\n" + attr(n, "src") + attr(n, "href")
	}
	return text
}

func (it *Item) note(format string, args ...any) {
	it.Notes = append(it.Notes, fmt.Sprintf(format, args...))
}

func (it *Item) flag(f Flag) {
	for _, has := range it.Flags {
		if has == f {
			return
		}
	}
	it.Flags = append(it.Flags, f)
}

// Finish marks what is said of an item by what it lacks, and holds its texts to
// the lengths that a draft has: a title of 200 characters, a source of 100. A
// longer title goes on in the text.
func (it *Item) Finish() {
	if it.Date == "" {
		it.flag(NoDate)
	}
	if it.Column == "" {
		it.flag(NoColumn)
	}
	if runes := []rune(it.Title); len(runes) > mostTitle {
		it.flag(TitleCut)
		it.note("标题有 %d 个字，只留前 %d 个，完整标题放在正文开头", len(runes), mostTitle-1)
		if it.Body != nil {
			it.Body.InsertBefore(paragraph(it.Title), it.Body.FirstChild)
		}
		it.Title = string(runes[:mostTitle-1]) + "…"
	}
	it.Source, it.DocNumber = cut(it.Source, mostSource), cut(it.DocNumber, mostSource)
}

const (
	mostTitle  = 200
	mostSource = 100
)

func cut(s string, most int) string {
	if runes := []rune(s); len(runes) > most {
		return string(runes[:most-1]) + "…"
	}
	return s
}

// Table makes an item of a row of a table: its text is HTML or plain, its date as
// people write dates.
func Table(where, school, column, title, body, date, today string, files []string) Item {
	it := Item{Where: where, School: school, Column: column, Title: title, Body: parseBody(body), Files: files, IsRow: true}
	told := ""
	if it.Date, told = dateIn(date, "", today); told != "" {
		it.note("%s", told)
	}
	it.weigh(it.links())
	it.Finish()
	return it
}

// At says where a row's page was, as its table writes it: a whole address, or a path
// on the host that is given. What is none is noted, and leads nowhere.
func (it *Item) At(text, host string) {
	if text = strings.TrimSpace(text); text == "" {
		return
	}
	if strings.HasPrefix(text, "/") && host != "" {
		text = host + text
	}
	if !strings.Contains(text, "://") {
		text = "http://" + text
	}
	u, err := url.Parse(text)
	switch {
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.User != nil || !strings.Contains(u.Hostname(), "."):
		it.note("旧地址“%s”不是网址，不能转到新地址", cut(text, mostTitle))
	case isWeChat(u):
		it.note("旧地址在公众号，不能转到新地址")
	default:
		it.Address = AddressOf(u)
	}
}

// Shared notes that another item leads on from the old address of this one.
func (it *Item) Shared() {
	it.note("旧地址与另一条相同，只有那一条从旧地址转到新地址")
}

// links is what the links of an item are relative to.
func (it Item) links() *url.URL {
	if it.base != nil {
		return it.base
	}
	return baseOf(it.Address)
}
