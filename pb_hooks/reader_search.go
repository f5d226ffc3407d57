package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
	"gongkai/pb_hooks/search"
	"gongkai/pb_hooks/site"
)

// Search implements site.Reader. Without words it lists what the filters leave.
func (r reader) Search(ctx context.Context, f site.SearchFilter) (site.SearchPage, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.SearchPage{}, err
	}
	page := site.SearchPage{Query: site.SearchQuery{Q: f.Q, School: f.School, Stage: f.Stage, Column: f.Column, From: f.From, To: f.To},
		Page: f.Page, Items: []site.SearchHit{}, Schools: schoolRefs(d), Groups: groupViews(d, d.Leaves, nil), Stages: schoolFacets(d).Stages}
	if f.Q == "" && f.School == "" && f.Stage == "" && f.Column == "" && f.From == "" && f.To == "" {
		return page, nil
	}
	var moved site.MovedColumn
	if _, ok := d.Node(f.Column); f.Column != "" && !ok && errors.As(movedFilter(d, f.Column), &moved) {
		return page, moved
	}
	found, err := r.look(ctx, d, f)
	if e := (*search.QueryError)(nil); errors.As(err, &e) {
		page.Notice = e.Error()
		return page, nil
	}
	if err != nil {
		return page, fmt.Errorf("search %q: %w", f.Q, err)
	}
	page.Total, page.Pages = found.total, (found.total+pageSize-1)/pageSize
	for i, item := range itemViews(d, found.articles) {
		hit := site.SearchHit{ArticleItem: item, TitleParts: parts(search.Highlight(item.Title, found.words))}
		column, _ := d.Node(found.articles[i].Column)
		if questions := questionsOf(column, found.articles[i]); len(questions) > 0 {
			hit.Snippet = beginning(questions, found.words)
		} else if len(found.words) > 0 {
			hit.Snippet = excerpt(search.Snippet(richtext.Text(found.articles[i].Body), found.words, snippetWidth))
		} else {
			hit.Snippet = []site.Part{{Text: item.Summary}}
		}
		page.Items = append(page.Items, hit)
	}
	return page, nil
}

// snippetWidth is how many characters of the text a hit shows.
const snippetWidth = 90

type found struct {
	total    int
	articles []records.PublicArticle
	words    []string
}

// look asks the index for words, and the database where there are none. Questions
// come before what else holds the words in the same place.
func (r reader) look(ctx context.Context, d *records.Directory, f site.SearchFilter) (found, error) {
	from, to := dayStart(f.From, 0), dayStart(f.To, 1)
	offset := (f.Page - 1) * pageSize
	if f.Q == "" {
		return r.filter(ctx, d, f, records.Filter{Column: f.Column, Since: from, Until: to, Limit: pageSize, Offset: offset})
	}
	index, err := r.p.searchIndex()
	if err != nil {
		return found{}, err
	}
	first := answersOf(d)
	if f.Answers {
		first = append(first, selectedLetters...)
	}
	result, err := index.Search(ctx, search.Query{Text: f.Q, School: f.School, Stage: f.Stage, Column: f.Column, First: first, From: from, To: to, Offset: offset, Limit: pageSize})
	if err != nil {
		return found{}, err
	}
	ids := make([]string, len(result.Hits))
	for i, h := range result.Hits {
		ids[i] = h.ID
	}
	list, err := r.p.public.ByID(ctx, ids)
	return found{result.Total, list, result.Words}, err
}

func (r reader) filter(ctx context.Context, d *records.Directory, f site.SearchFilter, q records.Filter) (found, error) {
	if f.School != "" || f.Stage != "" {
		for _, s := range d.Schools {
			if (f.School == "" || s.Code == f.School) && (f.Stage == "" || slices.Contains(s.Stages, f.Stage)) {
				q.Schools = append(q.Schools, s.ID)
			}
		}
		if len(q.Schools) == 0 {
			return found{}, nil
		}
	}
	if q.Offset > maxListed {
		return found{}, search.ErrTooFar
	}
	total, err := r.p.public.Count(ctx, q)
	if err != nil {
		return found{}, err
	}
	list, err := r.p.public.List(ctx, q)
	return found{total: total, articles: list}, err
}

// maxListed bounds how far a list without words can be paged.
const maxListed = 10_000

// dayStart is the beginning of a day in the district, or of the one n days later.
func dayStart(day string, n int) time.Time {
	t, err := time.ParseInLocation(time.DateOnly, day, shanghai)
	if err != nil {
		return time.Time{} // empty: no limit; the site has checked the rest
	}
	return t.AddDate(0, 0, n)
}
