// Package movein knows what an old school site looks like when it is moved in: a
// folder or zip of its pages, a WordPress export, a table. It reads items out of
// it, with their old addresses, and rewrites their text for where they stand now.
// It knows nothing of schools, columns that exist, or how drafts are stored.
package movein

import (
	"fmt"
	"iter"

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

// Table makes an item of a row of a table: its text is HTML or plain.
func Table(where, school, column, title, body, date string, files []string) Item {
	it := Item{Where: where, School: school, Column: column, Title: title, Date: date, Body: parseBody(body), Files: files}
	it.weigh(baseOf(it.Address))
	it.Finish()
	return it
}
