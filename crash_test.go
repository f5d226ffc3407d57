package main

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"gongkai/pb_hooks/publication"
)

// crash is a server that is killed at random while people work, and what it
// acknowledged to them.
type crash struct {
	*binary
	tokens map[string]string
	mu     sync.Mutex // guards what follows
	steps  []acknowledged
}

type acknowledged struct{ id, article, action string }

// The way of an article in the demonstration: by whom, what, with which ticks.
var way = []struct {
	who, do, from string
	check         publication.Check
}{
	{"editor1", "submit", "drafting", publication.Check{}},
	{"reviewer1", "approve", "reviewing", publication.Check{Examined: publication.ReviewPoints()}},
	{"secrecy1", "clear", "secrecy_reviewing", publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish}},
}

// The server is killed at random during 200 steps. Every acknowledged step is
// there once; nothing is half public; index numbers have no twins.
func TestAcknowledgedSurvivesKillsAtRandom(t *testing.T) {
	b := buildBinary(t)
	b.demo()
	b.serve()
	c := &crash{binary: b, tokens: map[string]string{}}
	for _, step := range way {
		c.tokens[step.who] = b.signIn(step.who + "@demo.example")
	}
	done := make(chan struct{})
	var writers sync.WaitGroup
	for w := range 2 {
		writers.Go(func() { c.work(w, 34) }) // 2 × 34 × 3 = 204 steps
	}
	go func() { writers.Wait(); close(done) }()
	kills := c.killUntil(done, 160*time.Millisecond)
	if kills < 3 {
		t.Errorf("the server was killed %d times only", kills)
	}
	c.judge()
	if said := c.run("audit", "verify"); !strings.Contains(said, "前后衔接") {
		t.Errorf("the audit: %s", said)
	}
	t.Logf("%d steps acknowledged, %d kills", len(c.steps), kills)
}

// killUntil kills the server at random, after at most so long, and starts it again
// until the work is done.
func (c *crash) killUntil(done <-chan struct{}, longest time.Duration) int {
	for kills := 0; ; kills++ {
		select {
		case <-done:
			return kills
		case <-time.After(10*time.Millisecond + rand.N(longest-10*time.Millisecond)):
			c.kill()
			c.serve()
		}
	}
}

// work takes some articles all the way, again and again where nobody answered.
func (c *crash) work(worker, articles int) {
	for n := range articles {
		title := fmt.Sprintf("断电演练 %d-%d", worker, n)
		article := c.insist("editor1", http.MethodPost, "/api/collections/articles/records", map[string]any{"column": "A0308", "title": title}, "id")
		version := c.insist("editor1", http.MethodGet, "/api/collections/article_versions/records?filter="+url.QueryEscape("article='"+article+"'"), nil, "items", "id")
		c.insist("editor1", http.MethodPatch, "/api/collections/article_versions/records/"+version,
			map[string]any{"body": "<p>突然断电以后，已经答复的内容仍然要在。</p>", "created_on": "2026-01-05"}, "id")
		for _, step := range way {
			c.take(step.who, article, step.do, step.from, step.check)
		}
	}
}

// take takes a step. Where nobody answered it looks whether the step was taken.
func (c *crash) take(who, article, do, from string, check publication.Check) {
	for {
		status, body, err := c.try(http.MethodPost, "/api/collections/article_steps/records", c.tokens[who],
			map[string]any{"article": article, "action": do, "check": check, "version": c.open(who, article, do)})
		switch {
		case err == nil && status == http.StatusOK:
			c.mu.Lock()
			c.steps = append(c.steps, acknowledged{value(c.t, body, "id"), article, do})
			c.mu.Unlock()
			return
		case err == nil:
			if stage := c.insist(who, http.MethodGet, "/api/collections/articles/records/"+article, nil, "stage"); stage != from {
				return // taken, and the server died before it could say so
			}
			c.t.Errorf("%s: %d %s", do, status, body)
			return
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// open is the version that is submitted; the other steps are about the one pending.
func (c *crash) open(who, article, do string) string {
	if do != "submit" {
		return ""
	}
	return c.insist(who, http.MethodGet, "/api/collections/article_versions/records?sort=-number&filter="+url.QueryEscape("article='"+article+"'"), nil, "items", "id")
}

// insist asks until somebody answers, and reads a value of the answer; of a
// list the first item's. A write that is repeated may have been done twice:
// for what is insisted on that makes no difference.
func (c *crash) insist(who, method, path string, body any, names ...string) string {
	for {
		status, text, err := c.try(method, path, c.tokens[who], body)
		if err != nil {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if status != http.StatusOK {
			c.t.Errorf("%s %s: %d %s", method, path, status, text)
			return ""
		}
		return dig(c.t, text, names...)
	}
}

func dig(t testing.TB, text string, names ...string) string {
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Errorf("%v in %s", err, text)
		return ""
	}
	for _, name := range names {
		if list, ok := v.([]any); ok && len(list) > 0 {
			v = list[0]
		}
		m, ok := v.(map[string]any)
		if !ok {
			t.Errorf("no %s in %s", name, text)
			return ""
		}
		v = m[name]
	}
	word, _ := v.(string)
	return word
}

type stored struct {
	ID, Article, Action, Hash, Version string
	Pending, State, Published          string
	IndexNumber                        string `json:"index_number"`
}

func (c *crash) list(path string) []stored {
	c.t.Helper()
	status, body := c.ask(http.MethodGet, path, c.tokens["editor1"], nil)
	var list struct {
		Items      []stored
		TotalPages int
	}
	if err := json.Unmarshal([]byte(body), &list); status != http.StatusOK || err != nil || list.TotalPages > 1 {
		c.t.Fatalf("%s: %d %v, %d pages", path, status, err, list.TotalPages)
	}
	return list.Items
}

// judge compares what was acknowledged with what there is after the last start.
func (c *crash) judge() {
	c.t.Helper()
	mine := url.QueryEscape("title~'断电演练'")
	articles := map[string]stored{}
	numbers := map[string]bool{}
	for _, a := range c.list("/api/collections/articles/records?perPage=500&filter=" + mine) {
		articles[a.ID] = a
		if a.IndexNumber != "" && numbers[a.IndexNumber] {
			c.t.Errorf("%s was given out twice", a.IndexNumber)
		}
		numbers[a.IndexNumber] = true
	}
	there, taken := map[string]stored{}, map[string]int{}
	for _, s := range c.list("/api/collections/article_steps/records?perPage=1000&filter=" + url.QueryEscape("article.title~'断电演练'")) {
		there[s.ID] = s
		taken[s.Article+" "+s.Action]++
	}
	for _, a := range c.steps {
		if s, ok := there[a.id]; !ok || s.Article != a.article || s.Action != a.action {
			c.t.Errorf("the acknowledged %s of %s is gone", a.action, a.article)
		}
	}
	for what, n := range taken {
		if n != 1 {
			c.t.Errorf("%s: %d times", what, n)
		}
	}
	_, feed := c.ask(http.MethodGet, "/open/v1/articles?limit=100", "", nil)
	for id, a := range articles {
		public := taken[id+" clear"] == 1
		status, page := c.ask(http.MethodGet, "/a/"+id, "", nil)
		whole := status == http.StatusOK && a.State == "published" && a.Published != "" && a.Pending == "" && a.IndexNumber != "" &&
			taken[id+" publish"] == 1 && strings.Contains(page, "突然断电") && strings.Contains(feed, id)
		if public && !whole {
			c.t.Errorf("%s is half public: %d %+v", id, status, a)
		}
		if !public && (status != http.StatusNotFound || a.State != "draft" || a.IndexNumber != "") {
			c.t.Errorf("%s is not cleared and public: %d %+v", id, status, a)
		}
	}
}
