package source

import (
	"maps"
	"regexp"
	"slices"
	"strings"

	"gongkai/pb_hooks/registry"
)

// mostValues is far above any list of stages or towns.
const mostValues = 500

func (c *checker) checkFields(config Config) {
	known := registry.SaidNames()
	for _, name := range slices.Sorted(maps.Keys(config.Fields)) {
		at := "fields." + name
		if !slices.Contains(known, name) {
			c.bad(at, "没有这个字段，可用的字段：%s", strings.Join(known, "、"))
			continue
		}
		c.checkField(config, at, config.Fields[name])
	}
	if _, named := config.Fields["name"]; !named && (config.Kind == JSON || config.Kind == HTML) {
		c.bad("fields.name", "请说明学校名称从哪里来")
	}
}

func (c *checker) checkField(config Config, at string, f Field) {
	origins := 0
	for _, is := range []bool{f.From != nil || f.Attr != "", f.Param != "", f.Const != ""} {
		if is {
			origins++
		}
	}
	if origins != 1 {
		c.bad(at, "请填写且只填写一种来历：路径（选择器、列名）、请求参数或固定值")
	}
	if f.Param != "" && !slices.ContainsFunc(config.Params, func(p Param) bool { return p.Name == f.Param }) {
		c.bad(at+".param", "请求参数里没有“%s”", f.Param)
	}
	for _, from := range f.From {
		if config.Kind == HTML {
			c.checkSelector(at+".from", from, false)
		} else if from == "" {
			c.bad(at+".from", "请填写路径或列名")
		}
	}
	if config.Kind != HTML && (f.Attr != "" || f.Detail) {
		c.bad(at, "只有网页来源才有属性和详情页")
	}
	if f.Detail && config.Detail == "" {
		c.bad(at+".detail", "请先填写详情页链接的选择器")
	}
	if _, err := regexp.Compile(f.Match); err != nil || len(f.Match) > 500 {
		c.bad(at+".match", "“%s”不是正确的正则表达式", f.Match)
	}
	if len(f.Values) > mostValues {
		c.bad(at+".values", "对照表超过 %d 行", mostValues)
	}
	for _, theirs := range slices.Sorted(maps.Keys(f.Values)) {
		if ours := f.Values[theirs]; strings.TrimSpace(theirs) == "" || strings.TrimSpace(ours) == "" {
			c.bad(at+".values", "对照表有空的一格：“%s”→“%s”", theirs, ours)
		} else if reason := registry.ReadField(&registry.School{}, strings.TrimPrefix(at, "fields."), ours); reason != "" {
			c.bad(at+".values", "对照表“%s”：%s", theirs, reason)
		}
	}
}
