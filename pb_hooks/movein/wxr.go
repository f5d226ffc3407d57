package movein

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"iter"
	"net/url"
	"os"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// wxr is a WordPress export: one XML file, read item by item.
type wxr struct {
	m        *Mapping
	path     string
	today    string
	statuses []string
	pictures map[string]string // addresses of attachments by their ids, for galleries
	count    int
}

// wxrItem is an item of the export.
type wxrItem struct {
	Title      string `xml:"title"`
	Link       string `xml:"link"`
	GUID       string `xml:"guid"`
	ID         string `xml:"post_id"`
	Date       string `xml:"post_date"`
	Status     string `xml:"status"`
	Type       string `xml:"post_type"`
	Password   string `xml:"post_password"`
	File       string `xml:"attachment_url"`
	Content    string `xml:"http://purl.org/rss/1.0/modules/content/ encoded"`
	Categories []struct {
		Domain string `xml:"domain,attr"`
		Name   string `xml:",chardata"`
	} `xml:"category"`
}

// mostItem bounds one item of an export, in bytes.
const mostItem = 16 << 20

// WXR reads a WordPress export. It is read once here, for the attachments.
func WXR(path string, m *Mapping, today string) (Source, error) {
	if m.School == "" {
		return nil, errors.New("对应关系里要写 school：学校代码")
	}
	s := &wxr{m: m, path: path, today: today, statuses: m.Statuses, pictures: map[string]string{}}
	if len(s.statuses) == 0 {
		s.statuses = []string{"publish"}
	}
	for x, err := range s.read() {
		switch {
		case err != nil:
			return nil, err
		case x.Type == "attachment" && len(s.pictures) < mostFiles:
			s.pictures[x.ID] = x.File
		case x.Type == "post" || x.Type == "page":
			s.count++
		}
	}
	if s.count == 0 {
		return nil, errors.New("文件里没有文章，请确认是 WordPress“工具－导出”得到的文件")
	}
	return s, nil
}

// Count implements Source.
func (s *wxr) Count() int { return s.count }

// Items implements Source.
func (s *wxr) Items() iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for x, err := range s.read() {
			if err != nil {
				yield(Item{}, err)
				return
			}
			if x.Type != "post" && x.Type != "page" {
				continue
			}
			if !yield(s.item(x), nil) {
				return
			}
		}
	}
}

// meter refuses to read on where one item is too large.
type meter struct {
	r    io.Reader
	left int64
}

var errItemTooLarge = errors.New("有一篇文章超过 16 MB")

func (m *meter) Read(p []byte) (int, error) {
	if m.left <= 0 {
		return 0, errItemTooLarge
	}
	n, err := m.r.Read(p)
	m.left -= int64(n)
	return n, err
}

func (s *wxr) read() iter.Seq2[wxrItem, error] {
	return func(yield func(wxrItem, error) bool) {
		file, err := os.Open(s.path)
		if err != nil {
			yield(wxrItem{}, fmt.Errorf("打不开文件 %s：%w", s.path, err))
			return
		}
		defer file.Close()
		limited := &meter{file, mostItem}
		d := xml.NewDecoder(limited)
		d.Strict = false // exports hold what people pasted
		d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
			if chinese, known := charsets[strings.ToLower(charset)]; known && chinese {
				return simplifiedchinese.GB18030.NewDecoder().Reader(in), nil
			}
			return in, nil
		}
		for n := 1; ; {
			token, err := d.Token()
			if err == io.EOF {
				return
			}
			if err != nil {
				yield(wxrItem{}, wxrError(err, n))
				return
			}
			start, isStart := token.(xml.StartElement)
			if !isStart || start.Name.Local != "item" {
				continue
			}
			limited.left = mostItem
			var x wxrItem
			if err := d.DecodeElement(&x, &start); err != nil {
				yield(wxrItem{}, wxrError(err, n))
				return
			}
			if n++; !yield(x, nil) {
				return
			}
		}
	}
}

func wxrError(err error, item int) error {
	if errors.Is(err, errItemTooLarge) {
		return fmt.Errorf("第 %d 项：%w", item, err)
	}
	return fmt.Errorf("第 %d 项读不出来，导出文件可能不完整，请重新导出：%w", item, err)
}

var wxrStatus = map[string]string{"draft": "草稿", "private": "私密", "trash": "回收站", "pending": "待审", "future": "定时发布", "auto-draft": "自动草稿"}

func (s *wxr) item(x wxrItem) Item {
	it := Item{Where: "WordPress " + x.ID, Title: meaningfulTitle(x.Title), Address: Address{Host: s.m.Host, Path: "/?p=" + x.ID}}
	if u, err := url.Parse(strings.TrimSpace(x.Link)); err == nil && u.Host != "" {
		it.Address = AddressOf(u)
	}
	it.Also = s.short(x, it.Address)
	var categories []string
	for _, c := range x.Categories {
		if c.Domain == "category" {
			categories = append(categories, strings.TrimSpace(c.Name))
		}
	}
	it.Column = s.m.columnOf(it.Address.Path, "", categories)
	it.Date, _ = dateIn(x.Date, it.Address.Path, s.today)
	switch {
	case !slices.Contains(s.statuses, x.Status):
		if it.Left = "状态是“" + x.Status + "”"; wxrStatus[x.Status] != "" {
			it.Left = "状态是“" + wxrStatus[x.Status] + "”"
		}
	case x.Password != "":
		it.Left = "有访问密码"
	case it.Title == "":
		it.Left = "没有标题"
	}
	if it.Left != "" {
		return it
	}
	it.Body = parseBody(s.plain(x.Content))
	if it.weigh(baseOf(it.Address)); it.Left == "" {
		it.Finish()
	}
	return it
}

// short are the addresses by number at which WordPress answers too: /?p=5, and of a
// page /?page_id=5, in the folder that the export names.
func (s *wxr) short(x wxrItem, at Address) (list []Address) {
	folder := Address{s.m.Host, "/"}
	if u, err := url.Parse(strings.TrimSpace(x.GUID)); err == nil && u.Host != "" {
		if list = append(list, AddressOf(u)); u.RawQuery != "" {
			folder = list[0].WithoutQuery()
		}
	}
	for _, key := range []string{"p", "page_id"} {
		if key == "p" || x.Type == "page" {
			list = append(list, Address{folder.Host, folder.Path + "?" + key + "=" + x.ID})
		}
	}
	slices.SortFunc(list, func(a, b Address) int { return strings.Compare(a.String(), b.String()) })
	return slices.DeleteFunc(slices.Compact(list), func(a Address) bool { return a == at })
}

var (
	gallery   = regexp.MustCompile(`\[gallery[^\]]*ids=["']([\d,\s]+)["'][^\]]*\]`)
	caption   = regexp.MustCompile(`\[/?caption[^\]]*\]`)
	shortcode = regexp.MustCompile(`\[/?(?:gallery|embed|audio|video|playlist|vc_\w+|et_pb_\w+)\b[^\]]*\]`)
	hasBlocks = regexp.MustCompile(`(?i)<(?:p|div|table|ul|ol|h[1-6]|blockquote)\b`)
	blankLine = regexp.MustCompile(`\n\s*\n`)
)

// plain turns what only WordPress understands into HTML: galleries into pictures,
// blank lines into paragraphs.
func (s *wxr) plain(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = gallery.ReplaceAllStringFunc(text, func(code string) string {
		var b strings.Builder
		for id := range strings.SplitSeq(gallery.FindStringSubmatch(code)[1], ",") {
			if src := s.pictures[strings.TrimSpace(id)]; src != "" {
				b.WriteString(`<img src="` + html.EscapeString(src) + `">`)
			}
		}
		return b.String()
	})
	text = shortcode.ReplaceAllString(caption.ReplaceAllString(text, ""), "")
	if hasBlocks.MatchString(text) || !strings.Contains(text, "\n") {
		return text
	}
	var b strings.Builder
	for _, part := range blankLine.Split(text, -1) {
		if part = strings.TrimSpace(part); part != "" {
			b.WriteString("<p>" + strings.ReplaceAll(part, "\n", "<br>") + "</p>")
		}
	}
	return b.String()
}
