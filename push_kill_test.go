package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

const (
	pushWrites = 15 + 15 + 6 // corrections of two schools, openings
	pushKills  = 5
)

// pushCrash is a server that is killed at random while schools change, a receiver that
// is slow, refuses and breaks off, and a platform that pulls.
type pushCrash struct {
	crash
	subscriber, token string

	told     sync.Mutex // guards what follows
	arrived  []arrival
	calm     bool     // the receiver behaves from now on
	promised []string // what was acknowledged, as it must stand in a delivery
	pulled   map[string]string
	cursor   string
}

type arrival struct {
	id, body, lane string
	sequence       int64
}

// The server is killed at random while schools are opened and corrected and articles
// published. Whatever was acknowledged is told: at least once, under one id, in the order
// of each school; and whoever pulled all the while has what a fresh pull gives.
func TestWhatWasAcknowledgedIsToldAcrossKills(t *testing.T) {
	b := buildBinary(t)
	b.demo()
	b.serve()
	c := &pushCrash{crash: crash{binary: b, tokens: map[string]string{}}, pulled: map[string]string{}}
	receiver := httptest.NewServer(http.HandlerFunc(c.receive))
	receiver.Config.ErrorLog = nil
	defer receiver.Close()
	c.begin(receiver.URL)

	done, stop := make(chan struct{}), make(chan struct{})
	var writers, others sync.WaitGroup
	writers.Go(func() { c.correct("9999990001", 15) })
	writers.Go(func() { c.correct("9999990002", 15) })
	writers.Go(func() { c.openSchools(6) })
	writers.Go(func() { c.work(0, 3) })
	for _, do := range []func(){c.deliver, c.pull} {
		others.Go(func() {
			for {
				select {
				case <-stop:
					return
				case <-time.After(30 * time.Millisecond):
					do()
				}
			}
		})
	}
	go func() { writers.Wait(); close(done) }()
	for kill := range pushKills {
		c.killAfter(pushWrites*kill/pushKills+rand.N(pushWrites/pushKills), done)
	}
	<-done
	c.settle()
	close(stop)
	others.Wait()
	again := c.judge()
	c.judgeFeed()
	t.Logf("%d writes acknowledged, %d arrivals, %d of them again, %d kills", len(c.promised), len(c.arrived), again, pushKills)
}

// begin makes the receiver the only subscriber.
func (c *pushCrash) begin(address string) {
	c.t.Helper()
	for _, step := range way {
		c.tokens[step.who] = c.signIn(step.who + "@demo.example")
	}
	c.tokens["admin"] = c.signIn("bureau-admin@demo.example")
	status, body := c.ask(http.MethodPost, "/api/collections/_superusers/auth-with-password", "", map[string]string{"identity": "it@demo.example", "password": "Demo-2026-gongkai"})
	if status != http.StatusOK {
		c.t.Fatalf("sign in: %d %s", status, body)
	}
	c.tokens["root"] = value(c.t, body, "token")
	old := c.insist("admin", http.MethodGet, "/api/app/push", nil, "subscribers", "id")
	c.insist("admin", http.MethodDelete, "/api/app/push/subscribers/"+old, nil)
	var desk struct{ Events []struct{ Code string } }
	if _, body = c.ask(http.MethodGet, "/api/app/push", c.tokens["admin"], nil); json.Unmarshal([]byte(body), &desk) != nil || len(desk.Events) == 0 {
		c.t.Fatal(body)
	}
	var events []string
	for _, e := range desk.Events {
		events = append(events, e.Code)
	}
	status, body = c.ask(http.MethodPost, "/api/app/push/subscribers", c.tokens["admin"],
		map[string]any{"name": "断电演练", "url": address, "events": events, "plain_allowed": true, "private_allowed": true})
	if status != http.StatusOK {
		c.t.Fatalf("subscribe: %d %s", status, body)
	}
	c.subscriber, c.token = dig(c.t, body, "subscriber", "id"), value(c.t, body, "token")
}

// receive takes a delivery, and answers late, not at all, or that it is broken.
func (c *pushCrash) receive(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // it broke off
	}
	var said struct {
		Sequence int64
		Data     struct{ School struct{ Code string } }
	}
	if err := json.Unmarshal(body, &said); err != nil {
		c.t.Errorf("%v in %s", err, body)
	}
	c.told.Lock()
	c.arrived = append(c.arrived, arrival{r.Header.Get("webhook-id"), string(body), said.Data.School.Code, said.Sequence})
	calm := c.calm
	c.told.Unlock()
	if calm {
		return
	}
	switch rand.N(10) {
	case 0, 1:
		w.WriteHeader(http.StatusServiceUnavailable)
	case 2:
		panic(http.ErrAbortHandler)
	case 3, 4, 5:
		select {
		case <-r.Context().Done():
		case <-time.After(rand.N(300 * time.Millisecond)):
		}
	}
}

// deliver does what the next minute would: it runs the courier, and lets what was
// refused be tried now.
func (c *pushCrash) deliver() {
	_, _, _ = c.try(http.MethodPost, "/api/app/push/subscribers/"+c.subscriber+"/state", c.tokens["admin"], map[string]string{"state": "active"})
	_, _, _ = c.try(http.MethodPost, "/api/crons/push", c.tokens["root"], nil)
}

// pull goes on from where it was, and keeps what it is told last of each school.
func (c *pushCrash) pull() {
	status, body, err := c.try(http.MethodGet, "/api/app/registry/feed?limit=2&cursor="+url.QueryEscape(c.cursor), "Bearer "+c.token, nil)
	if err != nil || status == http.StatusTooManyRequests {
		return
	}
	var feed struct {
		Schools []json.RawMessage
		Next    string
	}
	if err := json.Unmarshal([]byte(body), &feed); err != nil || status != http.StatusOK {
		c.t.Errorf("pull: %d %s", status, body)
		return
	}
	c.told.Lock()
	defer c.told.Unlock()
	for _, line := range feed.Schools {
		c.pulled[dig(c.t, string(line), "code")] = string(line)
	}
	c.cursor = feed.Next
}

// killAfter kills the server once so much was acknowledged, at any moment of what is
// under way then, and starts it again.
func (c *pushCrash) killAfter(writes int, done <-chan struct{}) {
	c.t.Helper()
	for c.acknowledged() < writes {
		select {
		case <-done:
			if n := c.acknowledged(); n < writes {
				c.t.Fatalf("only %d writes were acknowledged", n)
			}
		case <-time.After(time.Millisecond):
		}
	}
	time.Sleep(rand.N(300 * time.Millisecond)) // a delivery takes as long
	c.kill()
	c.serve()
}

func (c *pushCrash) acknowledged() int {
	c.told.Lock()
	defer c.told.Unlock()
	return len(c.promised)
}

// insisted writes until somebody answers, each time something else: what nobody
// acknowledged is promised to nobody.
func (c *pushCrash) insisted(path string, body func(try int) (form any, promise string)) {
	for try := 0; ; try++ {
		form, promise := body(try)
		status, text, err := c.try(http.MethodPost, path, c.tokens["admin"], form)
		if err != nil {
			time.Sleep(20 * time.Millisecond)
			continue
		}
		if status != http.StatusOK {
			c.t.Errorf("%s: %d %s", path, status, text)
			return
		}
		c.told.Lock()
		c.promised = append(c.promised, promise)
		c.told.Unlock()
		return
	}
}

func (c *pushCrash) correct(school string, times int) {
	for n := range times {
		c.insisted("/api/app/registry/schools/"+school+"/corrections", func(try int) (any, string) {
			address := fmt.Sprintf("断电%s路 %d 号 %d 室", school[9:], n, try)
			return map[string]string{"field": "address", "value": address, "reason": "断电演练"}, `"ours":"` + address + `"`
		})
	}
}

func (c *pushCrash) openSchools(times int) {
	for n := range times {
		c.insisted("/api/app/registry/schools", func(try int) (any, string) {
			name := fmt.Sprintf("示范区断电第%d第%d小学", n+1, try+1)
			return map[string]any{"fields": map[string]string{"name": name, "stages": "小学"}}, `"name":"` + name + `"`
		})
	}
}

// settle waits until nothing waits any more.
func (c *pushCrash) settle() {
	c.t.Helper()
	c.told.Lock()
	c.calm = true
	c.told.Unlock()
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(50 * time.Millisecond) {
		status, body := c.ask(http.MethodGet, "/api/app/push/deliveries?per_page=1&state=waiting&subscriber="+c.subscriber, c.tokens["admin"], nil)
		if status == http.StatusOK && strings.Contains(body, `"total":0,`) {
			return
		}
	}
	c.t.Error("something waits for ever")
}

// judge holds what arrived to what was acknowledged, and counts what came again.
func (c *pushCrash) judge() (again int) {
	c.t.Helper()
	c.told.Lock()
	defer c.told.Unlock()
	bodies, ids, last := map[string]string{}, map[int64]string{}, map[string]int64{}
	for _, a := range c.arrived {
		if body, seen := bodies[a.id]; seen {
			if again++; body != a.body {
				c.t.Errorf("%s came again as something else", a.id)
			}
			continue
		}
		if other := ids[a.sequence]; other != "" || a.sequence <= last[a.lane] {
			c.t.Errorf("%s: %d of %s comes after %d (%s)", a.id, a.sequence, a.lane, last[a.lane], other)
		}
		bodies[a.id], ids[a.sequence], last[a.lane] = a.body, a.id, a.sequence
	}
	for _, promise := range c.promised {
		n := 0
		for _, body := range bodies {
			if strings.Contains(body, promise) {
				n++
			}
		}
		if n != 1 {
			c.t.Errorf("%s was told in %d deliveries", promise, n)
		}
	}
	if len(c.promised) != pushWrites {
		c.t.Errorf("%d writes were acknowledged", len(c.promised))
	}
	return again
}

// judgeFeed compares what was pulled all the while with what is there.
func (c *pushCrash) judgeFeed() {
	c.t.Helper()
	var feed struct {
		Schools []json.RawMessage
		More    bool
	}
	for end := time.Now().Add(time.Minute); time.Now().Before(end); time.Sleep(200 * time.Millisecond) {
		before := c.cursor
		if c.pull(); c.cursor == before {
			status, body := c.ask(http.MethodGet, "/api/app/registry/feed?limit=500", "Bearer "+c.token, nil)
			if status == http.StatusOK && json.Unmarshal([]byte(body), &feed) == nil && len(feed.Schools) > 0 {
				break
			}
		}
	}
	var fresh, kept []string
	published := 0
	for _, line := range feed.Schools {
		fresh = append(fresh, string(line))
		if code := dig(c.t, string(line), "code"); code == "9999990001" || code == "9999990002" {
			if at, err := time.Parse(time.RFC3339, dig(c.t, string(line), "last_published_at")); err == nil && time.Since(at) < time.Hour {
				published++
			}
		}
	}
	for _, line := range c.pulled {
		kept = append(kept, line)
	}
	slices.Sort(fresh)
	slices.Sort(kept)
	if feed.More || !slices.Equal(fresh, kept) {
		c.t.Errorf("pulled all the while:\n%s\nis:\n%s", strings.Join(kept, "\n"), strings.Join(fresh, "\n"))
	}
	if published == 0 {
		c.t.Error("the feed does not tell of what was published")
	}
}
