package source

import (
	"fmt"
	"maps"
	"net/url"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"github.com/andybalholm/cascadia"

	"gongkai/pb_hooks/registry"
)

// Bounds of a Config.
const (
	mostPace   = 50
	mostSize   = 10000
	mostRounds = 200 // combinations of the values of parameters
)

// checker collects what is wrong with a Config.
type checker []registry.Problem

func (c *checker) bad(field, reason string, args ...any) {
	*c = append(*c, registry.Problem{Field: field, Reason: fmt.Sprintf(reason, args...)})
}

// Check tells what is wrong with the configuration. Field is the JSON path of what is to be put right, such as
// fields.phone.match.
func (c Config) Check() []registry.Problem {
	var found checker
	switch c.Kind {
	case JSON, HTML, OneRoster:
		found.checkAddress("url", c.URL)
		found.checkAuth(c.Auth)
		found.checkPaging(c)
		found.checkSince(c)
		found.checkParams(c.Params)
		if c.Pace != 0 && !(c.Pace >= 0.1 && c.Pace <= mostPace) {
			found.bad("pace", "每秒请求数应在 0.1 到 %d 之间", mostPace)
		}
		if c.Kind != HTML && c.Good.Path != "" && len(c.Good.Values) == 0 {
			found.bad("good.values", "请填写表示成功的值，例如 0")
		}
		if c.Kind == HTML {
			found.checkSelector("good.path", c.Good.Path, false)
			found.checkSelector("rows", c.Rows, true)
			found.checkSelector("detail", c.Detail, false)
		}
	case File:
		found.checkFile(c)
	default:
		found.bad("kind", "请选择来源的类型：json、html、oneroster 或 file")
	}
	found.checkFields(c)
	for _, problem := range c.Scope.Check() {
		found.bad("scope."+problem.Field, "%s", problem.Reason)
	}
	return found
}

func (c *checker) checkAddress(field, address string) {
	u, err := url.Parse(address)
	switch {
	case address == "":
		c.bad(field, "请填写地址")
	case err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Hostname() == "":
		c.bad(field, "应是完整的网址，以 http:// 或 https:// 开头")
	case u.User != nil:
		c.bad(field, "地址里不能写用户名和密码，请填在“认证”里")
	case u.Fragment != "":
		c.bad(field, "地址里不能有“#”")
	default:
		for _, name := range slices.Sorted(maps.Keys(u.Query())) {
			if isSecret(name, u.Query()[name]) {
				c.bad(field, "地址是给人看的，不能写密码或令牌（参数“%s”）。%s", name, secretBelongs)
				return
			}
		}
	}
}

func (c *checker) checkAuth(a Auth) {
	switch a.Sign {
	case Unsigned:
	case ByHeader:
		if !headerName.MatchString(a.Name) || strings.EqualFold(a.Name, "Host") {
			c.bad("auth.name", "请填写请求头的名称，例如 Authorization")
		}
		if strings.ContainsAny(a.Prefix, "\r\n") {
			c.bad("auth.prefix", "不能换行")
		}
	case ByQuery:
		if a.Name == "" {
			c.bad("auth.name", "请填写参数名，例如 token")
		}
	case ByBasic, ByOAuth2:
		if a.User == "" || a.Sign == ByBasic && strings.Contains(a.User, ":") {
			c.bad("auth.user", "请填写用户名（客户端标识），不能有冒号")
		}
		if a.Sign == ByOAuth2 {
			c.checkAddress("auth.token_url", a.TokenURL)
		}
	default:
		c.bad("auth.sign", "认证方式可填：header、query、basic、oauth2，或留空")
	}
}

var headerName = regexp.MustCompile(`^[A-Za-z0-9-]{1,64}$`)

func (c *checker) checkPaging(config Config) {
	p := config.Paging
	switch p.Way {
	case OnePage, ByNextLink:
		if p.Way == ByNextLink && config.Kind == HTML && p.Next == "" {
			c.bad("paging.next", "请填写“下一页”链接的选择器")
		}
	case ByPage, ByOffset, ByCursor:
		if p.Param == "" {
			c.bad("paging.param", "请填写翻页参数名，例如 cur_page")
		}
		if p.Way == ByCursor && (p.Next == "" || config.Kind == HTML) {
			c.bad("paging.next", "请填写下一页游标的路径；网页来源请改用页码或“下一页”链接")
		}
		if p.First < 0 || p.First > 1 && p.Way == ByPage {
			c.bad("paging.first", "第一页的页码应是 0 或 1")
		}
	default:
		c.bad("paging.way", "翻页方式可填：page、offset、cursor、link，或留空")
	}
	if p.Size < 0 || p.Size > mostSize {
		c.bad("paging.size", "每页行数应在 1 到 %d 之间", mostSize)
	}
	if config.Kind == HTML {
		c.checkSelector("paging.next", p.Next, false)
		c.checkSelector("paging.total", p.Total, false)
	}
}

func (c *checker) checkSince(config Config) {
	s := config.Since
	if s.Param == "" {
		return
	}
	if config.Kind == HTML {
		c.bad("since.param", "网页来源不能只读变化的部分")
	}
	if layouts[s.Layout] == nil && (config.Kind != OneRoster || s.Layout != "") {
		c.bad("since.layout", "时间格式可填：%s", strings.Join(slices.Sorted(maps.Keys(layouts)), "、"))
	}
	if s.Template != "" && !strings.Contains(s.Template, sinceMark) {
		c.bad("since.template", "模板里要有 %s", sinceMark)
	}
}

func (c *checker) checkParams(params []Param) {
	rounds := 1
	for i, p := range params {
		field := fmt.Sprintf("params.%d", i)
		switch {
		case p.Name == "":
			c.bad(field+".name", "请填写参数名")
		case slices.ContainsFunc(params[:i], func(other Param) bool { return other.Name == p.Name }):
			c.bad(field+".name", "参数“%s”写了两次", p.Name)
		case len(p.Values) == 0:
			c.bad(field+".values", "请至少填写一个值（可以是空的）")
		case isSecret(p.Name, p.Values):
			c.bad(field+".name", "请求参数是给人看的，不能写密码或令牌。%s", secretBelongs)
		}
		if rounds *= max(len(p.Values), 1); rounds > mostRounds {
			c.bad(field+".values", "各参数的值组合起来超过 %d 种", mostRounds)
			return
		}
	}
}

func (c *checker) checkSelector(field, selector string, must bool) {
	if selector == "" {
		if must {
			c.bad(field, "请填写一行学校的选择器，例如 table.list tr")
		}
		return
	}
	if _, err := cascadia.Compile(selector); err != nil {
		c.bad(field, "“%s”不是正确的选择器", selector)
	}
}

func (c *checker) checkFile(config Config) {
	if config.Folder != "" && !filepath.IsLocal(config.Folder) {
		c.bad("folder", "应是服务器上规定的文件夹里面的一个文件夹名，不能有“..”")
	}
	if _, err := path.Match(config.Files, ""); err != nil || strings.ContainsAny(config.Files, `/\`) {
		c.bad("files", "“%s”不是正确的文件名样式，例如 *.xlsx", config.Files)
	}
	if config.Titles < 0 || config.Titles > mostTitles {
		c.bad("titles", "标题所在的行应在 1 到 %d 之间", mostTitles)
	}
}
