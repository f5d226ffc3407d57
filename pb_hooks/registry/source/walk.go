package source

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/net/html"

	"gongkai/pb_hooks/registry"
)

// overlap is how far back changes are asked for again: clocks differ, and what was being written at the last reading may
// have shown later.
const overlap = 10 * time.Minute

// errMoved is of a source whose number of rows changed between two pages.
var errMoved = errors.New("the source changes while it is read")

// readPages reads all pages of all rounds. A source that changes meanwhile is read once more from the beginning.
func (r *reading) readPages(state State) (Answer, error) {
	since, err := time.Parse(time.RFC3339, state.Since)
	r.answer.Partial = r.config.Since.Param != "" && err == nil
	if r.answer.Partial {
		defer r.sinceParam(since)()
	}
	for try := 1; ; try++ {
		r.gather = gatherer{}
		err = r.readRounds(state)
		if err != errMoved || try == 2 {
			break
		}
	}
	switch {
	case err == errMoved:
		return Answer{}, faultf(Moving, "读取时来源正在变化：各页说的总数不一样。没有采用任何内容；请稍后再读")
	case err != nil:
		return Answer{}, err
	case r.answer.Unchanged:
		r.answer.State = state
		return r.answer, nil
	}
	return r.gather.finish(r.answer)
}

// sinceParam lets the requests ask for changes only, until the function it returns is called.
func (r *reading) sinceParam(since time.Time) func() {
	before := r.config.Params
	params := []Param{{r.config.Since.Param, []string{r.config.Since.value(since)}}}
	for _, p := range before {
		if p.Name != r.config.Since.Param {
			params = append(params, p)
		}
	}
	r.config.Params = params
	return func() { r.config.Params = before }
}

// rounds are the combinations of the values of the parameters.
func (r *reading) rounds() []asked {
	rounds := []asked{{}}
	for _, p := range r.config.Params {
		var next []asked
		for _, round := range rounds {
			for _, value := range p.Values {
				with := asked{p.Name: value}
				for name, other := range round {
					with[name] = other
				}
				next = append(next, with)
			}
		}
		rounds = next
	}
	return rounds
}

func (r *reading) readRounds(state State) error {
	header := r.conditions(state)
	for _, with := range r.rounds() {
		if err := r.readRound(with, header); err != nil || r.answer.Unchanged {
			return err
		}
	}
	return nil
}

func (r *reading) readRound(with asked, header http.Header) error {
	walk := newRound()
	at, err := r.firstAddress(with)
	for n := 0; err == nil && at != nil; n++ {
		if r.answer.Pages >= r.limits.Pages {
			return faultf(TooMany, "来源超过 %d 页，已停止读取。请核对翻页的设置，或者增大每页行数", r.limits.Pages)
		}
		var read *readPage
		if read, err = r.page(at, header); err != nil || r.answer.Unchanged {
			return err
		}
		if err = walk.step(read, n, r.config.Paging.Way); err != nil {
			return err
		}
		if walk.ended {
			return nil
		}
		if err = r.take(read, with); err != nil {
			return err
		}
		r.limits.Progress(r.answer.Pages, len(r.gather.rows))
		at, err = r.nextAddress(walk, read, with, n)
	}
	return err
}

// take adds the rows of a page.
func (r *reading) take(read *readPage, with asked) error {
	for _, it := range read.items {
		if len(r.gather.rows)+r.gather.repeated >= r.limits.Rows {
			return faultf(TooMany, "来源超过 %d 行，已停止读取。请核对地址和查询条件", r.limits.Rows)
		}
		if err := r.addItem(it, with); err != nil {
			return err
		}
	}
	r.gather.blank += read.blank
	return nil
}

// addItem adds one row, unless it is of a OneRoster organisation that is no school.
func (r *reading) addItem(it item, with asked) error {
	if r.isLeft(it) {
		r.gather.left++
		return nil
	}
	missing := false
	if one, is := it.(*htmlItem); is && r.config.Detail != "" {
		var err error
		if missing, err = r.readDetail(one); err != nil {
			return err
		}
	}
	row := r.mapping.row(r.gather.line(), it, with)
	if missing {
		row.Problems = append(row.Problems, registry.Problem{Line: row.Line, Reason: "详情页不存在，请来源方改正"})
	}
	r.gather.add(row, r.mapping.hasStagesByParam())
	return nil
}

func (r *reading) isLeft(it item) bool {
	one, is := it.(jsonItem)
	return is && r.config.Kind == OneRoster && !isSchool(one)
}

// readDetail reads the page that a row links to. missing is true where there is none.
func (r *reading) readDetail(row *htmlItem) (missing bool, err error) {
	link := r.selectors.first(row.node, r.config.Detail)
	if link == nil {
		return false, nil
	}
	at, err := url.Parse(resolve(row.at, attribute(link, "href")))
	if err != nil || !r.fetch.home.has(homeOf(at)) {
		return false, faultf(Strayed, "详情页的链接通向别的网站，已停止读取。请核对详情页链接的选择器")
	}
	err = r.fetch.get(r.ctx, at, nil, func(p *page) error {
		root, err := html.Parse(strings.NewReader(p.text))
		if err != nil {
			return faultf(BadShape, "一个详情页读不出来，可能嵌套太深。请告诉来源方")
		}
		row.detail = &htmlItem{at: p.url, node: root, selectors: r.selectors}
		return nil
	})
	var fault Fault
	if errors.As(err, &fault) && fault.Code == Missing {
		return true, nil
	}
	r.answer.Bytes = r.fetch.bytes
	return false, err
}
