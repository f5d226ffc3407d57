package source

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/tidwall/gjson"

	"gongkai/pb_hooks/registry"
)

// jsonDocument is an answer of JSON.
type jsonDocument struct {
	config Config
	text   string
	most   int // rows that are taken; one more tells that there are too many
}

// mostDepth is how deep values may lie in one another. Reading goes down with them, and a stack that is used up ends
// the whole server.
const mostDepth = 100

func isDeep(text string) bool {
	depth, quoted := 0, false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case quoted && c == '\\':
			i++
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '[' || c == '{':
			if depth++; depth > mostDepth {
				return true
			}
		case c == ']' || c == '}':
			depth--
		}
	}
	return false
}

// readJSON tells JSON from what servers send instead with status 200.
func readJSON(c Config, p *page, most int, hide func(string) string) (document, error) {
	trimmed := strings.TrimSpace(p.text)
	switch {
	case strings.HasPrefix(trimmed, "<"):
		return nil, faultf(NotJSON, "收到的是网页“%s”，不是数据（JSON）。多半是登录页或出错页：请核对地址和认证", first(hide(titleOf(trimmed)), 40))
	case isDeep(trimmed):
		return nil, faultf(BadShape, "收到的数据（JSON）嵌套太深，没有读取。请核对地址，或告诉来源方")
	case !gjson.Valid(trimmed):
		return nil, faultf(Unreadable, "收到的数据（JSON）不完整或有错误。没有采用任何内容；经常如此的，请告诉来源方")
	}
	d := jsonDocument{c, trimmed, most}
	if good := c.Good; good.Path != "" {
		if says := gjson.Get(trimmed, good.Path); !slices.Contains(good.Values, says.String()) {
			reason := "没有说明原因"
			if said := gjson.Get(trimmed, good.Reason).String(); good.Reason != "" && said != "" {
				reason = "“" + first(hide(said), 100) + "”"
			}
			return nil, faultf(SaysError, "来源答复说没有成功（%s=%s）：%s。请核对认证和请求参数，或告诉来源方", good.Path, first(hide(says.String()), 40), reason)
		}
	}
	return d, nil
}

func (d jsonDocument) list() gjson.Result {
	if d.config.Rows == "" {
		return gjson.Parse(d.text)
	}
	return gjson.Get(d.text, d.config.Rows)
}

func (d jsonDocument) rows() ([]item, error) {
	list := d.list()
	switch {
	case list.Exists() && list.Type == gjson.Null:
		return nil, nil
	case !list.IsArray() && d.config.Rows == "":
		return nil, faultf(NoRows, "整个答复不是学校列表，列表在它的里面。请填写列表的位置")
	case !list.IsArray():
		return nil, faultf(NoRows, "答复里没有学校列表“%s”。请核对列表的路径，来源的格式可能已经改变", d.config.Rows)
	}
	var items []item
	list.ForEach(func(_, one gjson.Result) bool {
		items = append(items, jsonItem(one))
		return len(items) <= d.most
	})
	return items, nil
}

func (d jsonDocument) total() int {
	total := gjson.Get(d.text, d.config.Paging.Total)
	if d.config.Paging.Total == "" || !total.Exists() || total.Type == gjson.Null {
		return -1
	}
	return int(total.Int())
}

func (d jsonDocument) next() string {
	if d.config.Paging.Next == "" {
		return ""
	}
	return strings.Clone(gjson.Get(d.text, d.config.Paging.Next).String())
}

func (d jsonDocument) beginning() string { return first(d.text, longestRaw) }

func (d jsonDocument) offers() (lists []string, places []Place) {
	lists = arraysIn(gjson.Parse(d.text), "", 0)
	d.list().ForEach(func(_, row gjson.Result) bool {
		places = placesOf(pathsIn(row, "", 0))
		return false
	})
	return lists, places
}

// deepest is how far down lists and values are offered.
const deepest = 4

// arraysIn are the paths of the lists of objects in a value.
func arraysIn(value gjson.Result, at string, depth int) (paths []string) {
	if value.IsArray() && (value.Get("0").IsObject() || value.Raw == "[]") {
		return []string{at}
	}
	if value.IsObject() && depth < deepest {
		value.ForEach(func(key, below gjson.Result) bool {
			paths = append(paths, arraysIn(below, join(at, key.String()), depth+1)...)
			return len(paths) < mostOffers
		})
	}
	return paths
}

// mostOffers is how many paths are offered.
const mostOffers = 100

// pathsIn are the paths of the values in an object.
func pathsIn(value gjson.Result, at string, depth int) (paths []string) {
	if !value.IsObject() || depth >= deepest {
		return []string{at}
	}
	value.ForEach(func(key, below gjson.Result) bool {
		paths = append(paths, pathsIn(below, join(at, key.String()), depth+1)...)
		return len(paths) < mostOffers
	})
	return paths
}

func join(at, key string) string {
	key = gjson.Escape(key)
	if at == "" {
		return key
	}
	return at + "." + key
}

// jsonItem is one element of the list.
type jsonItem gjson.Result

func (j jsonItem) raw() string { return j.Raw }

// isBlank is false: an element without what the mapping asks for is a change of the source, not a line of titles.
func (j jsonItem) isBlank(mapping) bool { return false }

func (j jsonItem) value(f Field) any {
	if len(f.From) == 1 {
		return loose(gjson.Get(j.Raw, f.From[0]))
	}
	var parts []string
	for _, path := range f.From {
		if text, ok := registry.LooseText(loose(gjson.Get(j.Raw, path))); ok && strings.TrimSpace(text) != "" {
			parts = append(parts, text)
		}
	}
	return strings.Join(parts, f.Join)
}

// mostParts is how many values a field may have in a list.
const mostParts = 100

// loose is a value of JSON without the text around it, which would stay in memory as long as the value does.
func loose(value gjson.Result) any {
	switch value.Type {
	case gjson.String:
		return strings.Clone(value.Str)
	case gjson.Number:
		return json.Number(strings.Clone(value.Raw))
	case gjson.True, gjson.False:
		return value.Bool()
	case gjson.JSON:
		if !value.IsArray() {
			return map[string]any{}
		}
		list := []any{}
		value.ForEach(func(_, one gjson.Result) bool {
			list = append(list, loose(one))
			return len(list) <= mostParts
		})
		if len(list) > mostParts {
			return map[string]any{}
		}
		return list
	}
	return nil
}
