package pb_hooks_test

import (
	"fmt"
	"slices"
	"testing"
)

// Every school has a word of its own in the numbers of its letters, whatever the
// schools are called.
func TestSchoolsHaveWordsOfTheirOwn(t *testing.T) {
	app := newApp(t)
	defer app.Cleanup()
	var words []string
	add := func(name string) string {
		r := create(app, "schools", map[string]any{"code": fmt.Sprintf("777777%04d", len(words)), "name": fmt.Sprintf("%s%d", name, len(words)), "short_name": name,
			"stages": []string{"小学"}, "status": "open"})
		words = append(words, r.GetString("letter_word"))
		return r.GetString("letter_word")
	}
	for name, want := range map[string]string{"第12小学": "第一二小学", "Example School": "校", "上海市闵行区浦江第二实验小学": "上海市闵行区浦江"} {
		if got := add(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
	for range 25 {
		add("上海市闵行区浦江第二实验小学")
	}
	slices.Sort(words)
	if n := len(slices.Compact(words)); n != 28 {
		t.Errorf("28 schools share %d words", n)
	}
}
