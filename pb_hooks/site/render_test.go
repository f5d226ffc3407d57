package site

import "testing"

func TestEachTableOfATextIsALandmarkWithANameOfItsOwn(t *testing.T) {
	box := func(n string) string {
		return `<div class="table-scroll" tabindex="0" role="region" aria-label="表格 ` + n + `"><table><tr><td>x</td></tr></table></div>`
	}
	const table = "<table><tr><td>x</td></tr></table>"
	for text, want := range map[string]string{
		"":                                      "",
		"<p>a</p>":                              "<p>a</p>",
		table:                                   box("1"),
		"<p>a</p>" + table + table + "<p>b</p>": "<p>a</p>" + box("1") + box("2") + "<p>b</p>",
	} {
		if got := scrollable(text); got != want {
			t.Errorf("%q: %s", text, got)
		}
	}
}
