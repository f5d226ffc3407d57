package source

import (
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	name := map[string]Field{"name": {From: []string{"xxmc"}}}
	with := func(field string, f Field) map[string]Field {
		return map[string]Field{"name": name["name"], field: f}
	}
	const at = "https://registry.example.cn/api"
	for _, tt := range []struct {
		name   string
		config Config
		field  string // "" where nothing is wrong
		reason string
	}{
		{"a JSON source", Config{Kind: JSON, URL: at, Rows: "data.list", Fields: name}, "", ""},
		{"an HTML source", Config{Kind: HTML, URL: at, Rows: "table tr", Fields: map[string]Field{"name": {From: []string{"td:nth-child(2)"}}}}, "", ""},
		{"a row itself may be the value", Config{Kind: HTML, URL: at, Rows: "li", Fields: map[string]Field{"name": {From: []string{""}}}}, "", ""},
		{"a folder of files needs no mapping", Config{Kind: File, Folder: "in", Files: "*.xlsx"}, "", ""},
		{"no kind", Config{}, "kind", "类型"},
		{"no address", Config{Kind: JSON, Fields: name}, "url", "请填写地址"},
		{"an address of a file", Config{Kind: JSON, URL: "file:///etc/passwd", Fields: name}, "url", "完整的网址"},
		{"a password in the address", Config{Kind: JSON, URL: "https://a:b@example.cn/", Fields: name}, "url", "用户名和密码"},
		{"a token in the address", Config{Kind: JSON, URL: at + "?stage=1&access_token=abc123", Fields: name}, "url", "参数“access_token”"},
		{"a key among the parameters", Config{Kind: JSON, URL: at, Fields: name, Params: []Param{{"APPKEY", []string{"abc123"}}}}, "params.0.name", "在“认证”里"},
		{"a password where tokens come from", Config{Kind: JSON, URL: at, Fields: name, Auth: Auth{Sign: ByOAuth2, User: "a", TokenURL: at + "?client-secret=s"}}, "auth.token_url", "参数“client-secret”"},
		{"a word that is looked for", Config{Kind: JSON, URL: at + "?key=晨光&token=", Fields: name, Params: []Param{{"keyword", []string{"school"}}, {"pageToken", []string{"1"}}}}, "", ""},
		{"no name", Config{Kind: JSON, URL: at}, "fields.name", "学校名称"},
		{"a field nobody knows", Config{Kind: JSON, URL: at, Fields: with("colour", Field{Const: "red"})}, "fields.colour", "没有这个字段"},
		{"two origins", Config{Kind: JSON, URL: at, Fields: with("town", Field{Const: "甲镇", From: []string{"town"}})}, "fields.town", "只填写一种来历"},
		{"no origin", Config{Kind: JSON, URL: at, Fields: with("town", Field{})}, "fields.town", "只填写一种来历"},
		{"a parameter that is not asked with", Config{Kind: JSON, URL: at, Fields: with("stages", Field{Param: "xdfl"})}, "fields.stages.param", "xdfl"},
		{"a pattern that is none", Config{Kind: JSON, URL: at, Fields: with("phone", Field{From: []string{"dh"}, Match: "("})}, "fields.phone.match", "正则"},
		{"a table that leads to what we do not know", Config{Kind: JSON, URL: at, Fields: with("stages", Field{From: []string{"xd"}, Values: map[string]string{"9": "大学"}})}, "fields.stages.values", "“大学”不是规定的学段"},
		{"a selector that is none", Config{Kind: HTML, URL: at, Rows: "tr[", Fields: name}, "rows", "选择器"},
		{"a detail page without a link to it", Config{Kind: HTML, URL: at, Rows: "tr", Fields: with("phone", Field{From: []string{".phone"}, Detail: true})}, "fields.phone.detail", "详情页"},
		{"an attribute of JSON", Config{Kind: JSON, URL: at, Fields: with("phone", Field{From: []string{"dh"}, Attr: "href"})}, "fields.phone", "只有网页"},
		{"a good answer that says nothing", Config{Kind: JSON, URL: at, Fields: name, Good: Good{Path: "code"}}, "good.values", "成功"},
		{"no parameter to page by", Config{Kind: JSON, URL: at, Fields: name, Paging: Paging{Way: ByPage}}, "paging.param", "翻页参数"},
		{"no place of the cursor", Config{Kind: JSON, URL: at, Fields: name, Paging: Paging{Way: ByCursor, Param: "after"}}, "paging.next", "游标"},
		{"no header to sign in", Config{Kind: JSON, URL: at, Fields: name, Auth: Auth{Sign: ByHeader, Name: "a b"}}, "auth.name", "请求头"},
		{"a prefix that adds a header", Config{Kind: JSON, URL: at, Fields: name, Auth: Auth{Sign: ByHeader, Name: "X-Key", Prefix: "a\r\nX-Other: "}}, "auth.prefix", "换行"},
		{"no place of tokens", Config{Kind: JSON, URL: at, Fields: name, Auth: Auth{Sign: ByOAuth2, User: "gongkai"}}, "auth.token_url", "请填写地址"},
		{"a time nobody writes so", Config{Kind: JSON, URL: at, Fields: name, Since: Since{Param: "after", Layout: "julian"}}, "since.layout", "rfc3339"},
		{"more rounds than anybody should ask", Config{Kind: JSON, URL: at, Fields: name, Params: []Param{{"a", make([]string, 20)}, {"b", make([]string, 20)}}}, "params.1.values", "200"},
		{"a folder outside", Config{Kind: File, Folder: "../../etc"}, "folder", "文件夹"},
		{"files of another folder", Config{Kind: File, Files: "../*.csv"}, "files", "样式"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			found := tt.config.Check()
			if tt.field == "" {
				if len(found) > 0 {
					t.Errorf("found %v", found)
				}
				return
			}
			if len(found) != 1 || found[0].Field != tt.field || !strings.Contains(found[0].Reason, tt.reason) {
				t.Errorf("found %v, want one at %s with %s", found, tt.field, tt.reason)
			}
		})
	}
}

func TestCompareShapes(t *testing.T) {
	shape := func(rows, phone int) Shape {
		return Shape{Rows: rows, Fields: map[string]int{"name": rows, "phone": phone}}
	}
	for _, tt := range []struct {
		name        string
		before, now Shape
		want        string
	}{
		{"a field that vanished", shape(100, 98), shape(101, 0), "字段“电话”以前 98% 有值，这次一个都没有"},
		{"a field that is nearly gone", shape(100, 98), shape(100, 2), "字段“电话”以前 98% 有值，这次只有 2%"},
		{"a field that was rare", shape(100, 30), shape(100, 0), ""},
		{"a field that still comes", shape(100, 98), shape(100, 60), ""},
		{"too few rows to tell", shape(100, 98), shape(3, 0), ""},
		{"the first reading", Shape{}, shape(100, 0), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			changes := CompareShapes(tt.before, tt.now)
			if tt.want == "" {
				if len(changes) > 0 {
					t.Errorf("got %v", changes)
				}
				return
			}
			if len(changes) != 1 || changes[0].Field != "phone" || !strings.HasPrefix(changes[0].Sentence, tt.want) {
				t.Errorf("got %v", changes)
			}
		})
	}
}
