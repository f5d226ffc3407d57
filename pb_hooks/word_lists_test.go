package pb_hooks_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
)

const wordLists = "/api/collections/word_lists/records"

// wordRows are rows of words and levels.
func wordRows(words ...[2]string) []map[string]any {
	rows := []map[string]any{}
	for _, w := range words {
		rows = append(rows, map[string]any{"word": w[0], "level": w[1], "instead": "", "note": ""})
	}
	return rows
}

func TestWordListIsNumberedAndFinal(t *testing.T) {
	s := serve(t)
	a := s.do(supervisor, http.MethodPost, wordLists, map[string]any{"note": " 首版 ", "number": 99, "count": 99, "by_name": "别人",
		"words": []map[string]any{{"word": " 领导 ", "level": "严重", "instead": "同志", "note": "旧称"}, {"word": "的地得", "level": "general"}}})
	if a.status != http.StatusOK || a.field("number") != 1.0 || a.field("count") != 2.0 || a.field("by_name") != supervisor || a.field("note") != "首版" {
		t.Fatalf("the first list: %d %s", a.status, a.body)
	}
	if !a.has(`{"word":"领导","level":"serious","instead":"同志","note":"旧称"}`) {
		t.Errorf("the words: %s", a.body)
	}
	id := a.field("id").(string)
	s.untilDone(id)
	// it is in force at once
	_, version := s.draft(editorA, "A0308", "标题", someText)
	if a := s.patch(editorA, version, map[string]any{"body": "<p>领导讲话</p>"}); !a.has(`"class":"word"`, "同志") {
		t.Errorf("the list is not in force: %s", a.body)
	}
	for _, method := range []string{http.MethodPatch, http.MethodDelete} {
		for _, who := range []string{supervisor, root} {
			if a := s.do(who, method, wordLists+"/"+id, map[string]any{"note": "改了"}); a.status < 400 {
				t.Errorf("%s by %s: %d", method, who, a.status)
			}
		}
	}
	if a := s.do(supervisor, http.MethodPost, wordLists, map[string]any{"words": wordRows(), "base": 1}); a.status != http.StatusOK || a.field("number") != 2.0 {
		t.Errorf("an empty list: %d %s", a.status, a.body)
	}
	if a := s.patch(editorA, version, map[string]any{"body": "<p>领导讲话稿</p>"}); a.has(`"class":"word"`) {
		t.Errorf("the old list is in force: %s", a.body)
	}
	if a := s.do(supervisor, http.MethodPost, wordLists, map[string]any{"words": wordRows([2]string{"甲", "一般"}), "base": 1}); a.status != http.StatusConflict || !a.has("第 2 版") {
		t.Errorf("over what somebody else saved: %d %s", a.status, a.body)
	}
}

func TestWordListNamesTheRowThatIsWrong(t *testing.T) {
	s := serve(t)
	row := func(word, level, instead, note string) map[string]any {
		return map[string]any{"word": word, "level": level, "instead": instead, "note": note}
	}
	many := []map[string]any{}
	for i := range 20_001 {
		many = append(many, row(fmt.Sprintf("词%d", i), "一般", "", ""))
	}
	ok := row("甲", "一般", "", "")
	for _, tt := range []struct {
		name  string
		words any
		code  string
		says  string
	}{
		{"none", nil, "word_list_missing", "词表"},
		{"no list", "甲", "word_list_malformed", "格式"},
		{"an empty word", []any{ok, row(" \u200b ", "一般", "", "")}, "word_list_entry", "第 2 行"},
		{"twice", []any{ok, row("乙", "一般", "", ""), row("甲 ", "严重", "", "")}, "word_list_entry", "第 3 行"},
		{"twice, in full width", []any{row("abc", "一般", "", ""), row("ＡＢＣ", "严重", "", "")}, "word_list_entry", "第 2 行"},
		{"too long a word", []any{ok, row(strings.Repeat("长", 51), "一般", "", "")}, "word_list_entry", "第 2 行"},
		{"an unknown level", []any{row("乙", "重大", "", ""), ok}, "word_list_entry", "第 1 行"},
		{"too long a replacement", []any{ok, row("乙", "一般", strings.Repeat("长", 51), "")}, "word_list_entry", "第 2 行"},
		{"too long a note", []any{ok, row("乙", "一般", "", strings.Repeat("长", 201))}, "word_list_entry", "第 2 行"},
		{"too many", many, "word_list_too_long", "20000"},
	} {
		a := s.do(supervisor, http.MethodPost, wordLists, map[string]any{"words": tt.words})
		if message, _ := a.field("data", "words", "message").(string); a.status != 400 || a.field("data", "words", "code") != tt.code || !strings.Contains(message, tt.says) {
			t.Errorf("%s: %d %s", tt.name, a.status, a.body)
		}
	}
	for _, c := range []string{"word_lists", "rescans"} {
		if n, _ := s.app.CountRecords(c); n != 0 {
			t.Errorf("%d %s were stored", n, c)
		}
	}
	if a := s.do(supervisor, http.MethodPost, wordLists, map[string]any{"words": many[1:]}); a.status != http.StatusOK || a.field("count") != 20000.0 {
		t.Errorf("twenty thousand: %d", a.status)
	}
}

func TestWordListIsTheBureaus(t *testing.T) {
	s := serve(t)
	id := s.saveWords([2]string{"家教", "一般"})
	s.untilDone(id)
	for who, want := range map[string][2]int{"": {400, 404}, editorA: {400, 404}, principalA: {400, 404}, bureauAdmin: {400, 200}, auditor: {400, 200}, bureauReviewer: {400, 200},
		supervisor: {200, 200}, root: {200, 200}} {
		if a := s.do(who, http.MethodPost, wordLists, map[string]any{"words": wordRows([2]string{"乙", "一般"})}); a.status != want[0] {
			t.Errorf("%q creates: %d %s", who, a.status, a.body)
		}
		if a := s.do(who, http.MethodGet, wordLists+"/"+id, nil); a.status != want[1] {
			t.Errorf("%q reads: %d", who, a.status)
		}
		if a := s.do(who, http.MethodGet, "/api/collections/rescans/records/"+s.runOf(id).Id, nil); a.status != want[1] {
			t.Errorf("%q reads the run: %d", who, a.status)
		}
		if a := s.do(who, http.MethodPost, "/api/collections/rescans/records", map[string]any{"word_list": id, "state": "running"}); a.status < 400 && who != root {
			t.Errorf("%q starts a run by hand: %d", who, a.status)
		}
	}
}
