package source

import (
	"fmt"
	"html"
	"net/http"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding/simplifiedchinese"

	"gongkai/pb_hooks/registry"
)

// listPage is a page as the district's register shows it, in GB18030 that calls itself UTF-8.
func listPage(title string, schools []string, from, size int, below string) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<html><head><meta charset="utf-8"><title>%s</title><style>td{}</style></head><body><table class="list"><tr><th>序号<th>学校<th>电话<th>网址</tr>`, title)
	from = min(from, len(schools))
	for i, name := range schools[from:min(from+size, len(schools))] {
		fmt.Fprintf(&b, `<tr><td>%d<td><a href="detail.jsp?id=%d">%s</a><script>x()</script><td>总机：<br>021-%08d<td><a href="//s%d.example.cn/">网站</a></tr>`, from+i+1, 100+from+i, html.EscapeString(name), from+i, from+i)
	}
	b.WriteString("</table>" + below)
	text, err := simplifiedchinese.GB18030.NewEncoder().String(b.String())
	if err != nil {
		panic(err)
	}
	return text
}

func names(n int) (names []string) {
	for i := range n {
		names = append(names, fmt.Sprintf("上海市闵行区第%d小学", i+1))
	}
	return names
}

// listed is a configuration for listPage.
func listed(url string) Config {
	return Config{Kind: HTML, URL: url + "/school/list.jsp?cur_page={}&tm_id=475&xdfl=19&sdjd=&djjb=&jbzlx=&xxmc=", Rows: "table.list tr", Pace: 50,
		Paging: Paging{Way: ByPage, Param: "cur_page", First: 1},
		Fields: map[string]Field{
			"registry_id": {From: []string{"td:nth-child(2) a"}, Attr: "href", Match: `id=(\d+)`},
			"name":        {From: []string{"td:nth-child(2)"}},
			"phone":       {From: []string{"td:nth-child(3)"}, Match: `[0-9-]{8,}`},
			"website":     {From: []string{"td:nth-child(4) a"}, Attr: "href"},
			"stages":      {Param: "xdfl", Values: map[string]string{"19": "小学", "20": "初中"}},
		},
		Params: []Param{{"xdfl", []string{"19"}}},
	}
}

func TestHTML(t *testing.T) {
	schools := names(25)
	next := func(r *http.Request) string {
		if n := number(r, "cur_page"); n < 2 {
			return fmt.Sprintf(`<a class="next" href="?cur_page=%d&xdfl=19">下一页</a>`, n+1)
		}
		return `<a class="next">下一页</a>`
	}
	for _, tt := range []struct {
		name   string
		change func(*Config)
		pages  int
		below  func(*http.Request) string
		last   int // the page that is shown beyond the end; 0 shows none
	}{
		{"until a page has none", func(*Config) {}, 4, nil, 0},
		{"until the last page comes again", func(*Config) {}, 4, nil, 3},
		{"until the total beside the pages", func(c *Config) { c.Paging.Total = ".sum" }, 3, func(*http.Request) string { return `<p class="sum">共 25 条记录 第 1/3 页</p>` }, 0},
		{"along the links", func(c *Config) {
			c.Paging = Paging{Way: ByNextLink, Next: "a.next"}
			c.URL = strings.Replace(c.URL, "cur_page={}", "cur_page=0", 1)
		}, 3, next, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				page, below := number(r, "cur_page"), ""
				if tt.name == "along the links" {
					page++
				}
				if tt.last > 0 {
					page = min(page, tt.last)
				}
				if tt.below != nil {
					below = tt.below(r)
				}
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				text(listPage("机构查询", schools, (page-1)*10, 10, below))(w, r)
			})
			c := listed(server.URL)
			tt.change(&c)
			if problems := c.Check(); len(problems) > 0 {
				t.Fatal(problems)
			}
			answer := mustRead(t, c, State{}, inOffice)
			goodRows(t, answer.Rows)
			if len(answer.Rows) != 25 || answer.Pages != tt.pages {
				t.Fatalf("got %d rows on %d pages", len(answer.Rows), answer.Pages)
			}
			got := answer.Rows[11].School
			if got.Name != schools[11] || got.RegistryID != "111" || got.Phone != "021-00000011" || got.Website != "http://s11.example.cn/" || !slices.Equal(got.Stages, []string{"小学"}) {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestHTMLFaults(t *testing.T) {
	for _, tt := range []struct {
		name string
		code Code
		says string
		good string
		page func(n int) string
	}{
		{"a page to sign in on", Empty, "一所学校都没有", "", func(int) string { return "<title>登录</title>" }},
		{"a page to sign in on, where a list is known by its table", SaysError, "“登录”", "table.list", func(int) string { return "<title>登录</title>" }},
		{"a page to sign in on in the middle", NoRows, "“登录”", "", func(n int) string {
			if n == 2 {
				return "<title>登录</title>"
			}
			return listPage("机构查询", names(25), (n-1)*10, 10, "")
		}},
		{"columns that have moved", Nameless, "格式", "", func(int) string {
			return strings.ReplaceAll(listPage("机构查询", names(10), 0, 10, ""), "<td>", "<td class=gap></tr><tr><td>")
		}},
		{"a page too deep to read", BadShape, "嵌套", "", func(int) string { return strings.Repeat("<div>", 2000) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) { text(tt.page(number(r, "cur_page")))(w, r) })
			c := listed(server.URL)
			c.Good.Path = tt.good
			if tt.code == Nameless {
				c.Paging = Paging{}
			}
			answer, err := Read(t.Context(), c, Secrets{}, State{}, inOffice)
			if fault := wants(t, tt.code, answer, err); !strings.Contains(fault.Sentence, tt.says) {
				t.Errorf("it says %q", fault.Sentence)
			}
		})
	}
}

func TestHTMLDetails(t *testing.T) {
	for _, tt := range []struct {
		name   string
		detail http.HandlerFunc
		code   Code
	}{
		{"every row has a page of its own", func(w http.ResponseWriter, r *http.Request) {
			if number(r, "id") == 101 {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			_, _ = fmt.Fprintf(w, `<dl><dt>地址<dd class="dz">报春路%s号</dl>`, r.URL.Query().Get("id"))
		}, ""},
		{"a page fails", status(500), Failing},
	} {
		t.Run(tt.name, func(t *testing.T) {
			server := serve(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "detail.jsp") {
					tt.detail(w, r)
					return
				}
				text(listPage("机构查询", names(3), (number(r, "cur_page")-1)*10, 10, ""))(w, r)
			})
			c := listed(server.URL)
			c.Detail = "a"
			c.Fields["address"] = Field{From: []string{".dz"}, Detail: true}
			answer, err := Read(t.Context(), c, Secrets{}, State{}, inOffice)
			if tt.code != "" {
				wants(t, tt.code, answer, err)
				return
			}
			if err != nil || len(answer.Rows) != 3 || answer.Rows[2].School.Address != "报春路102号" {
				t.Fatalf("got %+v, %v", answer.Rows, err)
			}
			if p := answer.Rows[1].Problems; len(p) != 1 || !strings.Contains(p[0].Reason, "详情页不存在") {
				t.Errorf("a missing page gives %v", p)
			}
		})
	}
}

func TestBaseOfLinks(t *testing.T) {
	server := serve(t, text(`<base href="/gov/"><table class="list"><tr><td>1<td>甲学校<td><td><a href="a/">网站</a></tr></table>`))
	c := listed(server.URL)
	c.Paging = Paging{}
	if got := mustRead(t, c, State{}, inOffice).Rows[0].School.Website; got != server.URL+"/gov/a/" {
		t.Errorf("got %s", got)
	}
}

func TestDetailElsewhere(t *testing.T) {
	server := serve(t, text(`<table class="list"><tr><td>1<td><a href="http://elsewhere.example/detail.jsp?id=1">甲学校</a></tr></table>`))
	c := listed(server.URL)
	c.Detail = "a"
	c.Fields["address"] = Field{From: []string{".dz"}, Detail: true}
	answer, err := Read(t.Context(), c, Secrets{}, State{}, inOffice)
	wants(t, Strayed, answer, err)
}

func TestTryHTML(t *testing.T) {
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		text(listPage("机构查询", names(25), (number(r, "cur_page")-1)*10, 10, `<p class="sum">共 25 条</p>`))(w, r)
	})
	c := listed(server.URL)
	c.Paging.Total = ".sum"
	c.Fields["town"] = Field{From: []string{"td:nth-child(1)"}, Values: map[string]string{"1": "甲镇"}}
	trial, err := Try(t.Context(), c, Secrets{}, inOffice)
	if err != nil || len(trial.Samples) != 10 || trial.Total != 25 || !trial.More || !slices.ContainsFunc(trial.Places, func(p Place) bool { return p.Name == "td:nth-child(4)" }) {
		t.Fatalf("got %+v, %v", trial, err)
	}
	if !strings.Contains(trial.Beginning, "第1小学") || strings.Contains(trial.Beginning, "x()") {
		t.Errorf("the page begins %s", trial.Beginning)
	}
	values := map[string]SampleValue{}
	for _, v := range trial.Samples[1].Values {
		values[v.Field] = v
	}
	if v := values["phone"]; v.Raw != "总机： 021-00000001" || v.Value != "021-00000001" || v.Label != registry.Label("phone") || v.Problem != "" {
		t.Errorf("the phone is %+v", v)
	}
	if v := values["town"]; v.Raw != "2" || v.Value != "" || !strings.Contains(v.Problem, "“2”") {
		t.Errorf("the town is %+v", v)
	}
	if len(server.requests()) != 1 {
		t.Errorf("it was asked %d times", len(server.requests()))
	}
}

func htmlPages(schools []string, size int) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		text(listPage("机构查询", schools, (number(r, "cur_page")-1)*size, size, fmt.Sprintf(`<p class="sum">共 %d 条</p>`, len(schools))))(w, r)
	}
}

// A page says by its line of titles which cell is what, and which of its tables is the list. The line of titles is no school.
func TestTryHTMLOffers(t *testing.T) {
	server := serve(t, text(`<ul><li>首页<li>机构<li>搜索</ul><table><tr><td><table class="tlist x"><tr><td>序号<td>学校名称<td>学段<td> 属地街镇 <td>办别</tr>
		<tr><td>1<td><a href=d>甲小学</a><td>小学<td>甲镇<td>公办<tr><td>2<td>乙小学<td>小学<td>乙镇<td>民办<tr><td>3<td>丙小学<td>小学<td>甲镇<td></table>
		<ul id="news"><li><b class="name">丁</b><i>1</i><li>戊<li>己</ul>`))
	c := Config{Kind: HTML, URL: server.URL, Rows: "#none", Fields: map[string]Field{"name": {From: []string{"td:nth-child(2)"}}}}
	trial, err := Try(t.Context(), c, Secrets{}, inOffice)
	if want := []string{"table.tlist tr:has(td)", "ul#news li"}; err != nil || len(trial.Samples) > 0 || !slices.Equal(trial.Lists, want) {
		t.Fatalf("the lists are %q, want %q; %v", trial.Lists, want, err)
	}
	c.Rows = trial.Lists[0]
	trial, err = Try(t.Context(), c, Secrets{}, inOffice)
	if want := []Place{
		{"td:nth-child(1)", "序号", "1", ""}, {"td:nth-child(2)", "学校名称", "甲小学", "name"}, {"td:nth-child(3)", "学段", "小学", "stages"},
		{"td:nth-child(4)", "属地街镇", "甲镇", "town"}, {"td:nth-child(5)", "办别", "公办", "ownership"},
	}; err != nil || !slices.Equal(trial.Places, want) {
		t.Errorf("the places are %+v, want %+v; %v", trial.Places, want, err)
	}
	if answer := mustRead(t, c, State{}, inOffice); len(answer.Rows) != 3 || answer.Rows[0].School.Name != "甲小学" {
		t.Errorf("read %+v", answer.Rows)
	}
	c.Rows = "ul#news li"
	if trial, err = Try(t.Context(), c, Secrets{}, inOffice); err != nil || !slices.Equal(trial.Places, []Place{{Name: "b.name", Example: "丁"}}) {
		t.Errorf("the places are %+v, %v", trial.Places, err)
	}
}
