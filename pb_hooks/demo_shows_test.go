package pb_hooks_test

import (
	"testing"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
)

// Whoever looks at the demonstration sees everything that an article can be and
// all that can be done with it. A new state, stage or action that is not shown
// fails here.
func TestDemoShowsEveryStateStageAndAction(t *testing.T) {
	heavy(t)
	app := demoApp(t)
	shown := func(collection, field, value string) {
		t.Helper()
		if n, err := app.CountRecords(collection, dbx.HashExp{field: value}); err != nil || n == 0 {
			t.Errorf("the demonstration shows nothing with %s %s (%v)", field, value, err)
		}
	}
	for _, state := range publication.States() {
		shown("articles", "state", string(state))
	}
	for _, stage := range publication.Stages() {
		shown("articles", "stage", string(stage))
	}
	for _, action := range publication.Actions() {
		if action != publication.Rehome { // its next standard is a draft
			shown("article_steps", "action", string(action))
		}
	}
	shown("standards", "state", "draft")
	for _, state := range []string{"asked", "approved"} {
		shown("exemptions", "state", state)
	}
	for _, kind := range []string{"block", "warn"} {
		shown("findings", "level", kind)
	}
	for _, table := range []struct{ what, collection, filter string }{
		{"a second review that was given", "article_steps", "action = 'approve' && duty = 'principal'"},
		{"a step that names an absent colleague", "article_steps", "by_name != '' && for_name != '' && action = 'approve'"},
		{"a step of the bureau for a school without people", "article_steps", "at_bureau = true && action = 'approve' && article.school.short_name = '青禾幼儿园'"},
		{"a case at the bureau", "articles", "at_bureau = true && stage = 'reviewing'"},
		{"a claimed case", "articles", "claimed_by != ''"},
		{"an overdue review", "articles", "stage = 'reviewing' && stage_due != '' && stage_due < '" + today + "'"},
		{"a review due today", "articles", "stage = 'reviewing' && stage_due = '" + today + "'"},
		{"a change under review beside the public text", "articles", "state = 'published' && stage = 'reviewing'"},
		{"a change being written beside the public text", "article_versions", "frozen = false && number > 1 && article.state = 'published' && article.stage = 'drafting'"},
		{"a block that was let stand", "findings", "state = 'overridden' && level = 'block' && reason != '' && article.state = 'published'"},
		{"a word found in what is public", "findings", "found = 'rescan' && state = 'open' && class = 'word'"},
		{"a file that can be cleaned", "attachments", "findings ~ '\"can_clean\":true' && article.stage = 'drafting'"},
		{"a stand-in now", "stand_ins", "from <= '" + today + "' && until >= '" + today + "'"},
		{"a stand-in to come", "stand_ins", "from > '" + today + "'"},
		{"a list of words", "word_lists", "number = 1 && count >= 12"},
		{"a template of answers to reports of bullying", "answer_templates", "school = '' && category = 'bullying'"},
		{"a school's own template", "answer_templates", "school != '' && deactivated = false"},
		{"a finished rescan", "rescans", "state = 'done' && found > 0"},
		{"a broadcast of which the bureau writes", "broadcasts", "sent_at = ''"},
		{"a call that is open", "articles", "column = 'B0602' && state = 'published' && published.facts ~ '操场开放'"},
		{"the result of a call", "articles", "column = 'B0602' && state = 'published' && published.facts ~ '针织布'"},
		{"an opinion in words", "opinions_given", "text != '' && choice != ''"},
		{"a 公示", "articles", "state = 'published' && publicity_until >= '" + today + "'"},
		{"an annual report that was published late", "annual_reports", "article.state = 'published'"},
		{"an annual report in review", "annual_reports", "article.stage = 'reviewing'"},
		{"an annual report being written", "annual_reports", "changed = true && article = ''"},
		{"an emergency that people are told", "notifications", "urgent = true"},
	} {
		list, err := app.FindRecordsByFilter(table.collection, table.filter, "", 1, 0)
		if err != nil || len(list) == 0 {
			t.Errorf("the demonstration does not show %s (%v)", table.what, err)
		}
	}
	demoAnswersABroadcast(t, app)
	if said, err := runCommand(t, app, "audit", "verify"); err != nil {
		t.Errorf("the audit: %s %v", said, err)
	}
}

const today = "2026-11-23" // now, in Shanghai

// demoAnswersABroadcast asks for every answer that a school can give.
func demoAnswersABroadcast(t *testing.T, app core.App) {
	t.Helper()
	b, err := app.FindFirstRecordByFilter("broadcasts", "sent_at != ''")
	if err != nil {
		t.Fatal(err)
	}
	for _, answer := range []string{"state = 'draft' && stage = 'drafting' && author = ''", "stage = 'reviewing'", "stage = 'secrecy_reviewing'", "state = 'published'"} {
		list, err := app.FindRecordsByFilter("articles", "broadcast = {:b} && "+answer, "", 0, 0, dbx.Params{"b": b.Id})
		if err != nil || len(list) == 0 {
			t.Errorf("no school's answer is %s (%v)", answer, err)
		}
	}
	edited, err := app.CountRecords("article_versions", dbx.NewExp("frozen = FALSE AND writers != '[]' AND article IN (SELECT id FROM articles WHERE broadcast = {:b})", dbx.Params{"b": b.Id}))
	if err != nil || edited == 0 {
		t.Errorf("no school has begun to write (%v)", err)
	}
	var declines []map[string]string
	if err := b.UnmarshalJSONField("declines", &declines); err != nil || len(declines) != 1 || declines[0]["reason"] == "" {
		t.Errorf("declined: %v (%v)", declines, err)
	}
}
