package main

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
)

// searched are the words of the usual questions.
var searched = []string{"招生", "食堂", "收费"}

// measure starts the server and asks it everything.
func measure(o options, t *table) (err error) {
	s, err := startServer(o, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.stop()) }()
	if err := s.liftSearchLimit(); err != nil {
		return err
	}
	articles, err := s.articlePaths()
	if err != nil {
		return err
	}
	if len(articles) != o.schools*o.articles {
		return fmt.Errorf("the sitemaps list %d articles, want %d", len(articles), o.schools*o.articles)
	}
	if err := s.wait("/search?q=" + url.QueryEscape(searched[0])); err != nil {
		return err
	}
	school := "/s/9999990001"
	for _, page := range []struct{ name, path string }{{"article page", articles[len(articles)/2]}, {"column page", school + "/A0309"}, {"school page", school}} {
		if err := measureCached(o, t, s, page.name, page.path); err != nil {
			return fmt.Errorf("%s: %w", page.name, err)
		}
	}
	if err := measureUncached(o, t, s, articles); err != nil {
		return fmt.Errorf("page not cached: %w", err)
	}
	if err := measureOpenLists(o, t, s); err != nil {
		return fmt.Errorf("open data: %w", err)
	}
	for _, word := range searched {
		if err := measureSearch(o, t, s, word); err != nil {
			return fmt.Errorf("search %s: %w", word, err)
		}
	}
	now, peak, err := s.memory()
	t.add("resident memory after the run", now, "MB")
	t.add("resident memory at its highest", peak, "MB")
	return err
}

// measureCached takes turns between gongkai and a bare server that answers with the same bytes.
func measureCached(o options, t *table, s *server, name, path string) error {
	bare, err := startBare(s.url + path)
	if err != nil {
		return err
	}
	defer bare.stop()
	var ours, theirs []float64
	for range o.rounds {
		a, err := o.load(s.url, []string{path}, o.connections, false)
		if err != nil {
			return err
		}
		b, err := o.load(bare.url, []string{path}, o.connections, false)
		if err != nil {
			return err
		}
		ours, theirs = append(ours, a.PerSecond), append(theirs, b.PerSecond)
	}
	t.add(name+", cached", median(ours), "/s")
	t.add(name+", bare net/http with the same bytes", median(theirs), "/s")
	t.add(name+", cached: share of bare net/http", median(ours)/median(theirs), "")
	return nil
}

// measureUncached asks for every article at most once, in no order.
func measureUncached(o options, t *table, s *server, articles []string) error {
	r := rand.New(rand.NewPCG(1, uint64(len(articles))))
	r.Shuffle(len(articles), func(i, j int) { articles[i], articles[j] = articles[j], articles[i] })
	var rate, middle, slow []float64
	part := len(articles) / o.rounds
	for i := range o.rounds {
		got, err := o.load(s.url, articles[i*part:(i+1)*part], o.connections, true)
		if err != nil {
			return err
		}
		rate, middle, slow = append(rate, got.PerSecond), append(middle, got.P50), append(slow, got.P99)
	}
	t.add("article page, not cached", median(rate), "/s")
	t.add("article page, not cached: p50", median(middle), "ms")
	t.add("article page, not cached: p99", median(slow), "ms")
	return nil
}

// measureOpenLists asks for pages of the list of all disclosures in no order. None but the first is kept by the server.
func measureOpenLists(o options, t *table, s *server) error {
	pages, err := s.openPages("/open/v1/articles?limit=20", 2000)
	if err != nil {
		return err
	}
	r := rand.New(rand.NewPCG(2, uint64(len(pages))))
	r.Shuffle(len(pages), func(i, j int) { pages[i], pages[j] = pages[j], pages[i] })
	var rate, slow []float64
	for range o.rounds {
		got, err := o.load(s.url, pages, o.connections, false)
		if err != nil {
			return err
		}
		rate, slow = append(rate, got.PerSecond), append(slow, got.P99)
	}
	t.add("open data: list of 20, not cached", median(rate), "/s")
	t.add("open data: list of 20, not cached: p99", median(slow), "ms")
	return nil
}

func measureSearch(o options, t *table, s *server, word string) error {
	path := []string{"/search?q=" + url.QueryEscape(word)}
	var middle, slow, rate []float64
	for range o.rounds {
		one, err := o.load(s.url, path, 1, false)
		if err != nil {
			return err
		}
		many, err := o.load(s.url, path, o.connections, false)
		if err != nil {
			return err
		}
		middle, slow, rate = append(middle, one.P50), append(slow, one.P99), append(rate, many.PerSecond)
	}
	t.add("search "+word+", one client: p50", median(middle), "ms")
	t.add("search "+word+", one client: p99", median(slow), "ms")
	t.add("search "+word, median(rate), "/s")
	return nil
}

// load asks from a process of its own.
func (o options) load(base string, paths []string, connections int, once bool) (result, error) {
	list := filepath.Join(o.out, "paths.txt")
	if err := os.WriteFile(list, []byte(strings.Join(paths, "\n")), 0o644); err != nil {
		return result{}, err
	}
	return runLoad(base, list, connections, o.seconds, once)
}
