package site

import (
	"strings"
	"testing"
)

// The page names every operation and parameter of the contract, with the district's
// own address, and needs no script.
func TestTheDocsPageIsDrawnFromTheContract(t *testing.T) {
	page := get(t, newSite(t, newFake()), "/open").Body.String()
	for path, item := range readContract(t).Paths {
		if !strings.Contains(page, "<code>GET "+path+"</code>") || !strings.Contains(page, `id="`+item["get"].ID+`"`) {
			t.Errorf("the page lacks %s", path)
		}
	}
	for _, want := range []string{"updated_since", "使用时请注明来源", `<a href="https://gongkai.example/open/v1/articles">`, "<code>https://gongkai.example/open/v1/schools/hongqiao</code>",
		"来源：示例区中小学信息公开与办事服务平台", "可以写：day、month。", "<dt>429</dt>", `<link rel="canonical" href="https://gongkai.example/open">`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	for _, unwanted := range []string{`type="module"`, "modulepreload", "district.example"} {
		if strings.Contains(page, unwanted) {
			t.Errorf("the page has %s", unwanted)
		}
	}
}
