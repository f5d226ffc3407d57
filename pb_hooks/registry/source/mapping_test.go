package source

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/registry"
)

func TestMappingOfJSON(t *testing.T) {
	stages := map[string]string{"1": "小学", "2": "初中", "jn": "九年一贯制"}
	for _, tt := range []struct {
		name    string
		item    string
		field   string
		from    Field
		want    string
		problem string
	}{
		{"a nested value", `{"a":{"b":"甲路1号"}}`, "address", Field{From: []string{"a.b"}}, "甲路1号", ""},
		{"several values joined, without empty ones", `{"a":"甲路","b":"","c":1}`, "address", Field{From: []string{"a", "b", "c"}, Join: " "}, "甲路 1", ""},
		{"a key with a dot", `{"a.b":"甲镇"}`, "town", Field{From: []string{`a\.b`}}, "甲镇", ""},
		{"the same for all", `{}`, "ownership", Field{Const: "公办"}, "公办", ""},
		{"null", `{"a":null}`, "town", Field{From: []string{"a"}}, "", ""},
		{"what is not there", `{}`, "town", Field{From: []string{"a"}}, "", ""},
		{"an object", `{"a":{"b":1}}`, "town", Field{From: []string{"a"}}, "", "不是文字"},
		{"a long number keeps its digits", `{"a":31011200010000000001}`, "code", Field{From: []string{"a"}}, "31011200010000000001", ""},
		{"part of a value", `{"a":"电话：021-64300001（总机）"}`, "phone", Field{From: []string{"a"}, Match: `[\d-]{7,}`}, "021-64300001", ""},
		{"a group of a value", `{"a":"detail.jsp?id=77&x=1"}`, "registry_id", Field{From: []string{"a"}, Match: `id=(\d+)`}, "77", ""},
		{"a part that is not there", `{"a":"电话："}`, "phone", Field{From: []string{"a"}, Match: `[\d-]{7,}`}, "", ""},
		{"a number in the table", `{"a":2}`, "stages", Field{From: []string{"a"}, Values: stages}, "初中", ""},
		{"a list in the table", `{"a":["2","1"]}`, "stages", Field{From: []string{"a"}, Values: stages}, "小学、初中", ""},
		{"a text of several in the table", `{"a":"1, 2"}`, "stages", Field{From: []string{"a"}, Values: stages}, "小学、初中", ""},
		{"a word that is ours already", `{"a":"初中"}`, "stages", Field{From: []string{"a"}, Values: stages}, "初中", ""},
		{"a word that nobody knows", `{"a":"1,9"}`, "stages", Field{From: []string{"a"}, Values: stages}, "", "“9”不在对照表里"},
		{"a town that is not in the table", `{"a":"Z3"}`, "town", Field{From: []string{"a"}, Values: map[string]string{"Z1": "甲镇"}}, "", "“Z3”不在对照表里"},
		{"a list longer than any value", `{"a":[` + strings.Repeat(`"小学",`, 200) + `"小学"]}`, "stages", Field{From: []string{"a"}}, "", "不是文字"},
		{"true in the table", `{"a":false}`, "status", Field{From: []string{"a"}, Values: map[string]string{"true": "开办", "false": "已撤销"}}, "已撤销", ""},
		{"a word the register's own reader refuses", `{"a":"国有"}`, "ownership", Field{From: []string{"a"}}, "", "“国有”无法识别"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			body := `{"data":{"list":[` + strings.Replace(tt.item, "{", `{"xxmc":"甲学校",`, 1) + `,{"xxmc":"乙学校"}]}}`
			server := serve(t, text(strings.Replace(body, ",}", "}", 1)))
			c := paged(server.URL)
			c.Paging = Paging{}
			c.Fields = map[string]Field{"name": c.Fields["name"], tt.field: tt.from}
			row := mustRead(t, c, State{}, inOffice).Rows[0]
			if tt.problem != "" {
				if len(row.Problems) != 1 || row.Problems[0].Field != tt.field || !strings.Contains(row.Problems[0].Reason, tt.problem) {
					t.Errorf("got %v", row.Problems)
				}
				return
			}
			if got := shown(row, tt.field); got != tt.want || len(row.Problems) > 0 {
				t.Errorf("got %q, %v", got, row.Problems)
			}
		})
	}
}

func TestDoubledRows(t *testing.T) {
	body := `[{"jgid":1,"xxmc":"甲学校","xd":"11"},{"jgid":1,"xxmc":"甲学校","xd":"11"},{"jgid":1,"xxmc":"乙学校","xd":"11"},{"jgid":2,"xxmc":"甲学校","xd":"11"}]`
	c := paged(serve(t, text(body)).URL)
	c.Rows, c.Paging = "", Paging{}
	answer := mustRead(t, c, State{}, inOffice)
	if len(answer.Rows) != 3 || answer.Repeated != 1 || answer.Rows[1].School.Name != "乙学校" || answer.Rows[1].Line != 3 {
		t.Errorf("got %+v, %d again", answer.Rows, answer.Repeated)
	}
	var bad []int
	for _, line := range registry.Compare(nil, answer.Rows, registry.District{Code: "310112", Name: "闵行区"}, registry.Options{}).Lines {
		if line.Kind == registry.Bad {
			bad = append(bad, line.Row)
		}
	}
	if slices.Sort(bad); !slices.Equal(bad, []int{1, 3}) {
		t.Errorf("of one id for two schools, the rows %v are bad", bad)
	}
}

func TestRounds(t *testing.T) {
	lists := map[string][]institution{
		"19": {{ID: 1, Name: "甲学校"}, {ID: 2, Name: "乙学校"}},
		"20": {{ID: 2, Name: "乙学校"}, {ID: 3, Name: "丙学校"}},
		"21": nil,
	}
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		write(w, pageOf(lists[r.URL.Query().Get("xdfl")], (number(r, "page")-1)*10, 10))
	})
	c := paged(server.URL + "?tm_id=475&xdfl={}")
	c.Params = []Param{{"xdfl", []string{"20", "19", "21"}}, {"djjb", []string{""}}}
	c.Fields["stages"] = Field{Param: "xdfl", Values: map[string]string{"19": "小学", "20": "初中", "21": "高中"}}
	answer := mustRead(t, c, State{}, inOffice)
	var got []string
	for _, row := range answer.Rows {
		got = append(got, row.School.Name+" "+strings.Join(row.School.Stages, "、"))
	}
	if want := []string{"乙学校 小学、初中", "丙学校 初中", "甲学校 小学"}; !slices.Equal(got, want) || answer.Pages != 3 {
		t.Errorf("got %v on %d pages", got, answer.Pages)
	}
	if q := server.requests()[0].URL.Query(); q.Get("tm_id") != "475" || !q.Has("djjb") || q.Get("xdfl") != "20" {
		t.Errorf("asked with %v", q)
	}
}

func TestShapeOfRenamedField(t *testing.T) {
	field := "lxdh"
	list := institutions(25)
	server := serve(t, func(w http.ResponseWriter, r *http.Request) {
		rows := []map[string]any{}
		for _, one := range list {
			rows = append(rows, map[string]any{"jgid": one.ID, "xxmc": one.Name, "xd": one.Stage, field: one.Phone})
		}
		write(w, map[string]any{"data": map[string]any{"list": rows}})
	})
	c := paged(server.URL)
	c.Paging = Paging{}
	before := mustRead(t, c, State{}, inOffice).Shape
	field = "dianhua"
	changes := CompareShapes(before, mustRead(t, c, State{}, inOffice).Shape)
	if len(changes) != 1 || !strings.HasPrefix(changes[0].Sentence, "字段“电话”以前 100% 有值，这次一个都没有") {
		t.Errorf("got %v", changes)
	}
}
