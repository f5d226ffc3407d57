package source

import (
	"encoding/json"
	"os"
	"regexp"
	"strings"
	"testing"
)

// What docs/registry.md shows is right: its configurations pass, and the first of them reads its answer.
func TestContract(t *testing.T) {
	page, err := os.ReadFile("../../../docs/registry.md")
	if err != nil {
		t.Fatal(err)
	}
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```").FindAllSubmatch(page, -1)
	if len(blocks) != 3 {
		t.Fatalf("the page has %d blocks", len(blocks))
	}
	var configs []Config
	add := func(text []byte) {
		var c Config
		decoder := json.NewDecoder(strings.NewReader(string(text)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(&c); err != nil {
			t.Fatalf("%v in %s", err, text)
		}
		if c.Auth.TokenURL == "…" {
			c.Auth.TokenURL = "https://sis.example.cn/token"
		}
		if problems := c.Check(); len(problems) > 0 {
			t.Errorf("%v in %s", problems, text)
		}
		configs = append(configs, c)
	}
	for _, block := range blocks[1:] {
		add(block[1])
	}
	for _, inline := range regexp.MustCompile("`({\"kind\".*?})`").FindAllSubmatch(page, -1) {
		add(inline[1])
	}
	if len(configs) != 4 {
		t.Errorf("the page has %d configurations", len(configs))
	}
	c := configs[0]
	answer := strings.Replace(string(blocks[0][1]), `"total": 312`, `"total": 1`, 1)
	c.URL = serve(t, text(answer)).URL
	rows := mustRead(t, c, State{}, inOffice).Rows
	goodRows(t, rows)
	if s := rows[0].School; s.Name != "上海市闵行区某某小学" || s.Address != "莘庄镇 某路1号" || s.OpenedOn != "1998-09-01" || s.Status != "open" {
		t.Errorf("got %+v", s)
	}
}
