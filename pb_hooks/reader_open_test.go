package pb_hooks_test

import (
	"encoding/json"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/site"
)

// openAs reads an answer of the open data.
func openAs[T any](s *server, path string) (v T) {
	s.t.Helper()
	a := s.get("/open/v1/" + path)
	s.must200(a)
	if err := json.Unmarshal([]byte(a.body), &v); err != nil {
		s.t.Fatal(err)
	}
	return v
}

// Each list goes on by its cursor and gives everything once, whatever the order.
func TestOpenListsGoOnByACursor(t *testing.T) {
	s := serve(t)
	for i := range 5 {
		id, version := s.draft(editorA, "A0308", "通知 "+string(rune('一'+i)), someText)
		s.attach(id, version)
		s.must200(s.publish(editorA, id, version))
		s.wait(time.Minute)
	}
	for _, first := range []string{"articles?limit=2", "articles?limit=2&updated_since=2026-01-01", "files?limit=2", "files?limit=2&updated_since=2026-01-01"} {
		var seen []string
		for next := first; next != ""; {
			v := openAs[struct {
				Items []struct{ ID string }
				Next  string
			}](s, next)
			for _, i := range v.Items {
				seen = append(seen, i.ID)
			}
			if next = ""; v.Next != "" {
				next = first + "&cursor=" + url.QueryEscape(v.Next)
			}
		}
		if distinct := slices.Compact(slices.Sorted(slices.Values(seen))); len(seen) != 5 || len(distinct) != 5 {
			t.Errorf("%s: got %v, want each of five once", first, seen)
		}
	}
	cursor := openAs[site.ArticleList](s, "articles?limit=1").Next
	if a := s.get("/open/v1/files?cursor=" + cursor); a.field("field") != "cursor" {
		t.Errorf("the cursor of another list: %d %s", a.status, a.body)
	}
}

// Who keeps copies of files learns which are offered now and which to delete: those of
// what was withdrawn, and those that a new version has no more. What was never public is
// not named.
func TestAHarvestOfFilesHoldsTombstones(t *testing.T) {
	s := serve(t)
	changed, version := s.draft(editorA, "A0308", "附件换过的信息", someText)
	old := s.attach(changed, version)
	s.must200(s.publish(editorA, changed, version))
	withdrawn, version := s.draft(editorA, "A0308", "写错的通知", someText)
	gone := s.attach(withdrawn, version)
	s.must200(s.publish(editorA, withdrawn, version))
	draft, version := s.draft(editorA, "A0308", "没有公开的", someText)
	never := s.attach(draft, version)
	const since = "files?updated_since=2026-01-01"
	if v := openAs[site.FileList](s, since); len(v.Items) != 2 || len(v.Gone) != 0 {
		t.Errorf("before anything went: %+v", v)
	}
	s.step(editorA, withdrawn, "", "withdraw", "写错了")
	next := s.do(editorA, "POST", "/api/collections/article_versions/records", map[string]any{"article": changed}).field("id").(string)
	s.do(editorA, "PATCH", "/api/collections/article_versions/records/"+next, map[string]any{"attachments": []string{}})
	added := s.attach(changed, next)
	s.must200(s.publish(editorA, changed, next))
	v := openAs[site.FileList](s, since)
	if len(v.Items) != 1 || v.Items[0].ID != added || v.Items[0].Article.ID != changed {
		t.Errorf("offered: %+v", v.Items)
	}
	var ids []string
	for _, g := range v.Gone {
		ids = append(ids, g.ID)
		if g.On != "2026-11-23" {
			t.Errorf("gone on %s", g.On)
		}
	}
	slices.Sort(ids)
	if want := slices.Sorted(slices.Values([]string{old, gone})); !slices.Equal(ids, want) || slices.Contains(ids, never) {
		t.Errorf("gone are %v, want %v", ids, want)
	}
}

// Who harvests learns of what came, and of what is to be deleted: no more than its
// id and day.
func TestAHarvestHoldsTombstones(t *testing.T) {
	s := serve(t)
	scene := s.disclosedForAll()
	v := openAs[site.ArticleList](s, "articles?updated_since=2026-01-01")
	if len(v.Items) != 3 || len(v.Gone) != 1 || v.Gone[0] != (site.Gone{ID: scene.withdrawn, On: "2026-11-23"}) {
		t.Errorf("got %+v", v)
	}
	if a := s.get("/open/v1/articles?updated_since=2026-01-01"); a.has("写错") {
		t.Errorf("more is told than the id: %s", a.body)
	}
	s.wait(time.Hour)
	later := url.QueryEscape(s.now.Load().UTC().Format(time.RFC3339))
	if v := openAs[site.ArticleList](s, "articles?updated_since="+later); len(v.Items)+len(v.Gone) != 0 {
		t.Errorf("nothing changed since: %+v", v)
	}
	s.step(editorA, scene.published, "", "withdraw", "过时了")
	if v := openAs[site.ArticleList](s, "articles?updated_since="+later); len(v.Gone) != 1 || v.Gone[0].ID != scene.published {
		t.Errorf("got %+v, want what was withdrawn since", v)
	}
	if v := openAs[site.FileList](s, "files"); len(v.Items) != 0 {
		t.Errorf("files of what is withdrawn: %+v", v)
	}
}

// What the standard says is for pupils and their parents is on its page and in no
// list that is copied, by whatever filter.
func TestOpenListsHoldWhatIsForAll(t *testing.T) {
	s := serve(t)
	scene := s.disclosedForAll()
	inside, version := s.draft(editorA, "A0807", "校服采购", someText)
	file := s.attach(inside, version)
	s.must200(s.publish(editorA, inside, version))
	if a := s.get("/s/9999990001/A0807"); !a.has("校服采购") {
		t.Fatalf("its page: %s", a.body)
	}
	for _, path := range []string{"articles", "articles?column=A0807", "articles?column=A08", "articles?updated_since=2026-01-01", "articles?format=csv", "files", "files?column=A0807", "answers"} {
		if a := s.get("/open/v1/" + path); a.status != 200 || a.has(inside) || a.has(file) || a.has("校服采购") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	questions := openAs[site.QuestionList](s, "questions")
	if len(questions.Items) != 1 || questions.Items[0].ID != scene.question || questions.Items[0].Questions[0].Answer != "当天告诉班主任。" {
		t.Errorf("got %+v", questions)
	}
	files := openAs[site.FileList](s, "files")
	if len(files.Items) != 1 || files.Items[0].Article.ID != scene.published || len(files.Items[0].SHA256) != 64 || files.Items[0].Size == 0 {
		t.Errorf("got %+v", files)
	}
	if a := s.get(files.Items[0].URL); a.status != 200 || int64(len(a.body)) != files.Items[0].Size {
		t.Errorf("its address: %d, %d bytes", a.status, len(a.body))
	}
}

func TestOpenStandardsAndStatistics(t *testing.T) {
	s := serve(t)
	list := openAs[site.StandardList](s, "standards")
	if len(list.Items) != 1 || !list.Items[0].InForce || list.Items[0].Columns < 50 {
		t.Fatalf("got %+v", list)
	}
	if v := openAs[site.StandardVersion](s, "standards/"+list.Items[0].Version); len(v.Groups) < 10 || v.Groups[0].Name == "" {
		t.Errorf("got %+v", v)
	}
	if v := openAs[site.Statistics](s, "statistics"); len(v.Items) != 0 {
		t.Errorf("before the first night: %+v", v)
	}
	s.disclosed(schoolA, "A0801", "2026-11-19", "2026-11-20")
	s.run("snapshots")
	s.disclosed(schoolB, "A0801", "2026-11-23", "2026-11-23")
	s.wait(24 * time.Hour)
	s.run("snapshots")
	count := func(p site.StatisticPoint, name string) int {
		for _, f := range p.Figures {
			if f.Name == name {
				return f.Count
			}
		}
		return -1
	}
	days := openAs[site.Statistics](s, "statistics?by=day")
	if len(days.Items) != 2 || count(days.Items[0], "items_published") != -1 || count(days.Items[0], "items_public") != 1 ||
		count(days.Items[1], "items_published") != 1 || days.Items[1].From != "2026-11-23" {
		t.Errorf("by day: %+v", days.Items)
	}
	first := openAs[site.Statistics](s, "statistics?by=day&limit=1")
	if rest := openAs[site.Statistics](s, "statistics?by=day&limit=1&cursor="+first.Next); len(rest.Items) != 1 || rest.Items[0].To != "2026-11-23" || rest.Next != "" {
		t.Errorf("the second page: %+v", rest)
	}
	if months := openAs[site.Statistics](s, "statistics?from=2026-01-01&to=2026-12-31"); len(months.Items) != 1 || months.Items[0].To != "2026-11-23" {
		t.Errorf("by month: %+v", months.Items)
	}
	for _, path := range []string{"statistics", "statistics?by=day&format=csv"} {
		if a := s.get("/open/v1/" + path); a.has("ratings_satisfied") || a.has("满意评价") || strings.Contains(a.body, "晨光") {
			t.Errorf("%s tells what few people said, or of a school: %s", path, a.body)
		}
	}
}

// What an application brought to light is listed with the selected letters, once it
// is published, and says nothing of who applied.
func TestPublishedAnswersAreListed(t *testing.T) {
	s := serveRequests(t)
	id := s.answered()
	a := s.do(clerkA, "POST", "/api/app/requests/"+id+"/publication", map[string]any{"column": "A0308", "title": "2025 学年食堂供餐单位招标结果"})
	s.must200(a)
	article := a.field("article").(string)
	if v := openAs[site.AnswerList](s, "answers"); len(v.Items) != 0 {
		t.Errorf("a draft is listed: %+v", v)
	}
	version, err := s.app.FindFirstRecordByData("article_versions", "article", article)
	if err != nil {
		t.Fatal(err)
	}
	s.must200(s.publish(editorA, article, version.Id))
	v := openAs[site.AnswerList](s, "answers")
	if len(v.Items) != 1 || v.Items[0].ID != article || v.Items[0].Kind != "application" || !strings.Contains(v.Items[0].BodyHTML, "招标结果") {
		t.Errorf("got %+v", v)
	}
	if a := s.get("/open/v1/answers"); a.has("张三丰") || a.has(id) {
		t.Errorf("who applied is told: %s", a.body)
	}
	if a := s.get("/open/v1/answers?column=B0402"); a.has(article) {
		t.Errorf("of another column: %s", a.body)
	}
}
