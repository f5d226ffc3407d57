package records

import (
	"context"
	"strings"
	"time"
)

// Filter narrows lists of public articles. Zero values do not.
type Filter struct {
	Schools            []string // record ids; any of them
	Column             string   // leaf code, or the start of one
	Columns, Except    []string // leaf codes: one of these, none of those
	Applied            bool     // with Columns: or what an application brought to light
	Since, Until       time.Time
	BeforeAt, BeforeID string // keyset: strictly older than this
	Limit, Offset      int
	Body               bool // where details are asked for: with the text
}

func (f Filter) where() (string, []any) {
	where, args := f.conditions()
	if len(f.Schools) == 1 || len(f.Column) == leafLength {
		return " WHERE " + mostArePublished + where, args
	}
	return " WHERE " + inTheLine + where, args
}

// inTheLine is what is published, for lists over the district: they alone name the
// second condition, which holds for all of it, and so they alone are given the index
// that holds a list's line whole. For others it would only look shorter than theirs.
const inTheLine = "state = 'published' AND published_at != ''"

// mostArePublished keeps the list of one school, or of one column, to its own order.
// From a sample the planner takes what is published for a few, and walking through the
// whole district for the shorter way.
const mostArePublished = "likelihood(state = 'published', 0.9)"

// conditions are all but the state, each after an AND.
func (f Filter) conditions() (string, []any) {
	where, args := "", []any{}
	add := func(cond string, values ...any) { where, args = where+" AND "+cond, append(args, values...) }
	switch {
	case len(f.Schools) > fewSchools: // the newest come first from their own index, and most are of these schools
		add("+school IN "+marks(f.Schools), anys(f.Schools)...)
	case len(f.Schools) > 0:
		add("school IN "+marks(f.Schools), anys(f.Schools)...)
	}
	if len(f.Column) == leafLength {
		add("`column` = ?", f.Column)
	} else if f.Column != "" {
		add("`column` >= ? AND `column` < ?", f.Column, f.Column+"~")
	}
	switch {
	case f.Applied:
		add("(`column` IN "+marks(f.Columns)+" OR public_articles.id IN (SELECT article FROM "+FOISteps+" WHERE action = 'propose_publication'))", anys(f.Columns)...)
	case f.Columns != nil:
		add("`column` IN "+marks(f.Columns), anys(f.Columns)...)
	}
	for _, code := range f.Except { // few: a table for NOT IN would be made anew each time
		add("`column` != ?", code)
	}
	if !f.Since.IsZero() {
		add("published_at >= ?", f.Since.UTC().Format(InstantLayout))
	}
	if !f.Until.IsZero() {
		add("published_at < ?", f.Until.UTC().Format(InstantLayout))
	}
	if f.BeforeID != "" {
		add("(published_at, id) < (?||'', ?||'')", f.BeforeAt, f.BeforeID) // see unseen
	}
	return where, args
}

// fewSchools are so few that each one's own articles are looked up.
const fewSchools = 8

// marks are the places of values in a statement: (?,?,?).
func marks(values []string) string {
	return "(" + strings.TrimPrefix(strings.Repeat(",?", len(values)), ",") + ")"
}

func anys(values []string) []any {
	list := make([]any, len(values))
	for i, v := range values {
		list[i] = v
	}
	return list
}

// leafLength is the length of a leaf's code, e.g. "A0401".
const leafLength = 5

// unseen limits a list by numbers that the planner does not look at. A statement whose
// plan depends on a value is planned anew whenever one is bound, which took a fifth of
// the time of a list.
const unseen = " LIMIT ?+0 OFFSET ?+0"

// List returns public articles, newest first.
func (p *Public) List(ctx context.Context, f Filter) ([]PublicArticle, error) {
	where, args := f.where()
	q := "SELECT " + itemFields + " FROM " + PublicArticles + where + " ORDER BY published_at DESC, id DESC" + unseen
	return items(p.query(ctx, q, append(args, f.Limit, f.Offset)...))
}

// Count counts what List would return without a limit.
func (p *Public) Count(ctx context.Context, f Filter) (n int, err error) {
	where, args := f.where()
	return n, p.db.QueryRowContext(ctx, "SELECT count(*) FROM "+Articles+where, args...).Scan(&n)
}

// Entry is an article's address and last change, for site maps.
type Entry struct{ ID, Column, PublishedAt string }

// Entries lists all published articles of a school.
func (p *Public) Entries(ctx context.Context, school string) ([]Entry, error) {
	rows, err := p.entries.QueryContext(ctx, school)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []Entry
	for rows.Next() {
		var e Entry
		if err := rows.Scan(&e.ID, &e.Column, &e.PublishedAt); err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}
