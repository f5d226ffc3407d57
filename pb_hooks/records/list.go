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
	Since, Until       time.Time
	BeforeAt, BeforeID string // keyset: strictly older than this
	Limit, Offset      int
}

func (f Filter) where() (string, []any) {
	where, args := []string{"state = 'published'"}, []any{}
	add := func(cond string, values ...any) { where, args = append(where, cond), append(args, values...) }
	if len(f.Schools) > 0 {
		ids := make([]any, len(f.Schools))
		for i, id := range f.Schools {
			ids[i] = id
		}
		add("school IN (?"+strings.Repeat(",?", len(ids)-1)+")", ids...)
	}
	if len(f.Column) == leafLength {
		add("`column` = ?", f.Column)
	} else if f.Column != "" {
		add("`column` >= ? AND `column` < ?", f.Column, f.Column+"~")
	}
	if !f.Since.IsZero() {
		add("published_at >= ?", f.Since.UTC().Format(InstantLayout))
	}
	if !f.Until.IsZero() {
		add("published_at < ?", f.Until.UTC().Format(InstantLayout))
	}
	if f.BeforeID != "" {
		add("(published_at, id) < (?, ?)", f.BeforeAt, f.BeforeID)
	}
	return " WHERE " + strings.Join(where, " AND "), args
}

// leafLength is the length of a leaf's code, e.g. "A0401".
const leafLength = 5

// List returns public articles, newest first.
func (p *Public) List(ctx context.Context, f Filter) ([]PublicArticle, error) {
	where, args := f.where()
	q := "SELECT " + itemFields + " FROM " + PublicArticles + where + " ORDER BY published_at DESC, id DESC LIMIT ? OFFSET ?"
	return items(p.db.QueryContext(ctx, q, append(args, f.Limit, f.Offset)...))
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
