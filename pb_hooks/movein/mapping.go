package movein

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/andybalholm/cascadia"
	"golang.org/x/net/html"
)

// Mapping (对应关系) says how an old site is read: where its articles lie, and what
// of a page is the title, the date and the text. Selectors are CSS.
type Mapping struct {
	School     string       `json:"school"`   // code of the school, for items that do not name theirs
	Host       string       `json:"host"`     // of the old site, such as www.yucai.example; www. is the same site
	Hosts      []string     `json:"hosts"`    // its other names
	Charset    string       `json:"charset"`  // of its pages, if they say it wrong: utf-8, gbk
	Articles   []string     `json:"articles"` // paths of pages that are articles: news/*.html, info/**
	Lists      *Lists       `json:"lists"`    // pages that list articles
	Title      selector     `json:"title"`
	Date       selector     `json:"date"`
	Source     selector     `json:"source"`
	DocNumber  selector     `json:"doc_number"`
	Body       selector     `json:"body"`
	Breadcrumb selector     `json:"breadcrumb"`
	Remove     []selector   `json:"remove"`    // parts of the body that are not text: share buttons
	Columns    []ColumnRule `json:"columns"`   // the first that fits
	Otherwise  string       `json:"otherwise"` // column of what fits none, until a person decides; "" leaves it out
	Statuses   []string     `json:"statuses"`  // of a WordPress export; publish if empty

	articles []*regexp.Regexp
}

// Lists are pages whose items link to articles. Items that lead to WeChat have no
// page of their own: the line of the list is all there is.
type Lists struct {
	Paths []string `json:"paths"`
	Item  selector `json:"item"` // one line
	Date  selector `json:"date"` // in it
	paths []*regexp.Regexp
}

// ColumnRule puts items into a column: those below a path, whose breadcrumb holds a
// text, or in a category of a WordPress export.
type ColumnRule struct {
	Path       string `json:"path"`
	Breadcrumb string `json:"breadcrumb"`
	Category   string `json:"category"`
	Column     string `json:"column"`
}

// selector is a CSS selector, or several with commas; empty where none is given.
type selector struct{ group cascadia.SelectorGroup }

// UnmarshalJSON compiles it.
func (s *selector) UnmarshalJSON(raw []byte) (err error) {
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		return err
	}
	if strings.TrimSpace(text) == "" {
		return nil
	}
	if s.group, err = cascadia.ParseGroup(text); err != nil {
		return badSelector{text}
	}
	return nil
}

func (s selector) isSet() bool { return len(s.group) > 0 }

// first is the first node below n that fits, nil if none does.
func (s selector) first(n *html.Node) *html.Node {
	if !s.isSet() {
		return nil
	}
	return cascadia.Query(n, s.group)
}

// all are the nodes below n that fit.
func (s selector) all(n *html.Node) []*html.Node {
	if !s.isSet() {
		return nil
	}
	return cascadia.QueryAll(n, s.group)
}

type badSelector struct{ text string }

func (e badSelector) Error() string { return "选择器“" + e.text + "”的写法不对" }

// ReadMapping reads a mapping from JSON. Errors are Chinese sentences.
func ReadMapping(r io.Reader) (*Mapping, error) {
	raw, err := io.ReadAll(io.LimitReader(r, 1<<20))
	if err != nil {
		return nil, fmt.Errorf("读不出对应关系：%w", err)
	}
	m := &Mapping{}
	d := json.NewDecoder(bytes.NewReader(bytes.TrimPrefix(raw, []byte("\ufeff"))))
	d.DisallowUnknownFields()
	var wrongType *json.UnmarshalTypeError
	var bad badSelector
	switch err := d.Decode(m); {
	case errors.As(err, &bad):
		return nil, bad
	case errors.As(err, &wrongType):
		return nil, fmt.Errorf("对应关系里 %s 的类型不对", wrongType.Field)
	case err != nil && strings.HasPrefix(err.Error(), "json: unknown field"):
		return nil, errors.New("对应关系里不认识 " + strings.TrimPrefix(err.Error(), "json: unknown field "))
	case err != nil:
		return nil, fmt.Errorf("对应关系不是 JSON：%w", err)
	}
	return m, m.compile()
}

func (m *Mapping) compile() (err error) {
	if m.articles, err = patterns(m.Articles); err != nil {
		return err
	}
	if m.Lists != nil {
		if m.Lists.paths, err = patterns(m.Lists.Paths); err != nil {
			return err
		}
		if !m.Lists.Item.isSet() {
			return errors.New("对应关系里 lists 要写 item：列表中的一行")
		}
	}
	for i, c := range m.Columns {
		if c.Column == "" || c.Path == "" && c.Breadcrumb == "" && c.Category == "" {
			return fmt.Errorf("对应关系里 columns 的第 %d 项要写 column，以及 path、breadcrumb、category 中的一个", i+1)
		}
	}
	if _, known := charsets[strings.ToLower(m.Charset)]; m.Charset != "" && !known {
		return errors.New("对应关系里 charset 可以写 utf-8 或 gbk")
	}
	if m.Host = hostOf(m.Host); m.Host == "" {
		return errors.New("对应关系里要写 host：旧网站的域名")
	}
	for i := range m.Hosts {
		m.Hosts[i] = hostOf(m.Hosts[i])
	}
	return nil
}

// ForPages asks for what only a folder of pages needs.
func (m *Mapping) ForPages() error {
	switch {
	case m.School == "":
		return errors.New("对应关系里要写 school：学校代码")
	case len(m.Articles) == 0 && m.Lists == nil:
		return errors.New("对应关系里要写 articles：哪些路径是文章")
	case !m.Body.isSet() && len(m.Articles) > 0:
		return errors.New("对应关系里要写 body：正文的选择器")
	}
	return nil
}

// CodesOfColumns are the columns that a mapping names.
func (m *Mapping) CodesOfColumns() []string {
	var codes []string
	for _, c := range m.Columns {
		codes = append(codes, c.Column)
	}
	if m.Otherwise != "" {
		codes = append(codes, m.Otherwise)
	}
	return codes
}

// columnOf is the column of the first rule that fits, "" if none does.
func (m *Mapping) columnOf(path, breadcrumb string, categories []string) string {
	for _, c := range m.Columns {
		switch {
		case c.Path != "" && strings.HasPrefix(strings.TrimPrefix(path, "/"), strings.TrimPrefix(c.Path, "/")),
			c.Breadcrumb != "" && strings.Contains(breadcrumb, c.Breadcrumb):
			return c.Column
		}
		for _, name := range categories {
			if c.Category != "" && name == c.Category {
				return c.Column
			}
		}
	}
	return ""
}

// patterns compiles paths in which * stands for anything but a slash and ** for
// anything.
func patterns(globs []string) (list []*regexp.Regexp, err error) {
	for _, g := range globs {
		if g = strings.TrimPrefix(strings.TrimSpace(g), "/"); g == "" {
			return nil, errors.New("对应关系里有空的路径")
		}
		text := regexp.QuoteMeta(g)
		text = strings.ReplaceAll(text, `\*\*/`, `(?:.*/)?`)
		text = strings.ReplaceAll(text, `\*\*`, `.*`)
		text = strings.ReplaceAll(text, `\*`, `[^/]*`)
		re, err := regexp.Compile("^" + text + "$")
		if err != nil {
			return nil, fmt.Errorf("对应关系里的路径“%s”不对", g)
		}
		list = append(list, re)
	}
	return list, nil
}

func fits(list []*regexp.Regexp, path string) bool {
	for _, re := range list {
		if re.MatchString(path) {
			return true
		}
	}
	return false
}
