package records

import (
	"context"
	"fmt"
	"strings"
	"time"
)

// details are what the lists of the open data show of a disclosure: its text only
// where it is asked for, because it is read from pages of its own.
func (f Filter) details() (string, func(*PublicArticle) []any) {
	const fields = itemFields + ", checked_on, facts, attachments"
	into := func(a *PublicArticle) []any { return append(a.item(), &a.CheckedOn, &a.Facts, &a.Attachments) }
	if !f.Body {
		return fields, into
	}
	return fields + ", body", func(a *PublicArticle) []any { return append(into(a), &a.Body) }
}

// Details lists public articles with what they say, newest first.
func (p *Public) Details(ctx context.Context, f Filter) ([]PublicArticle, error) {
	fields, into := f.details()
	where, args := f.where()
	q := "SELECT " + fields + " FROM " + PublicArticles + where + " ORDER BY published_at DESC, id DESC" + unseen
	rows, err := p.query(ctx, q, append(args, f.Limit, f.Offset)...)
	return scan(rows, err, into)
}

// publicActions are the steps after which the public sees something else. The
// partial index idx_article_steps_public names the same, in the same order: SQLite
// takes it for no other.
const publicActions = "(action = 'publish' OR action = 'import' OR action = 'withdraw' OR action = 'take_down'" +
	" OR action = 'conclude' OR action = 'expire' OR action = 'archive' OR action = 'confirm')"

// Marks are how many steps there are after which the public sees something else,
// and when the last was: what changes with all that is public.
func (p *Public) Marks(ctx context.Context) (marks string, err error) {
	return marks, p.db.QueryRowContext(ctx, "SELECT count(*) || ' ' || coalesce(max(at), '') FROM "+Steps+" WHERE "+publicActions).Scan(&marks)
}

// Change is the last step of an article that changed what the public sees, with
// what it sees now.
type Change struct {
	At, Step string // instant as stored, and id of the step
	PublicArticle
}

// Changes lists what changed at or after an instant, the oldest change first, each
// article once: what is published, and what was and is no longer. AfterAt and
// AfterStep are the keyset.
func (p *Public) Changes(ctx context.Context, f Filter, since time.Time, afterAt, afterStep string) ([]Change, error) {
	if afterStep == "" {
		afterAt = since.UTC().Format(InstantLayout)
	}
	fields, into := f.details()
	where, args := f.conditions()
	q := "SELECT s.at, s.id, " + fields + " FROM " + Steps + " s CROSS JOIN " + PublicArticles + " ON public_articles.id = s.article" +
		" WHERE " + publicActions + " AND (s.at, s.id) > (?, ?)" +
		" AND NOT EXISTS (SELECT 1 FROM " + Steps + " later WHERE later.article = s.article AND (later.at, later.id) > (s.at, s.id) AND " + strings.ReplaceAll(publicActions, "action", "later.action") + ")" +
		where + " ORDER BY s.at, s.id" + unseen
	rows, err := p.query(ctx, q, append(append([]any{afterAt, afterStep}, args...), f.Limit, f.Offset)...)
	if err != nil {
		return nil, fmt.Errorf("read the changes: %w", err)
	}
	defer rows.Close()
	var list []Change
	for rows.Next() {
		var c Change
		if err := rows.Scan(append([]any{&c.At, &c.Step}, into(&c.PublicArticle)...)...); err != nil {
			return nil, err
		}
		list = append(list, c)
	}
	return list, rows.Err()
}

// PublicFile is a file that a public article shows.
type PublicFile struct {
	ID, Created, Name, MIME, Label, SHA256, Alt string
	Size                                        int64
	Width, Height                               int
	Article                                     PublicArticle
}

// Files lists the files of what is published, the newest first. BeforeAt and
// BeforeID of the filter are of the file.
func (p *Public) Files(ctx context.Context, f Filter) ([]PublicFile, error) {
	at, id := f.BeforeAt, f.BeforeID
	f.BeforeAt, f.BeforeID = "", ""
	where, args := f.where()
	if id != "" {
		where, args = where+" AND (f.created, f.id) < (?, ?)", append(args, at, id)
	}
	q := "SELECT f.id, f.created, f.name, f.mime, f.label, f.sha256, f.alt, f.size, f.width, f.height, " + itemFields +
		" FROM " + Attachments + " f CROSS JOIN " + PublicArticles + " ON public_articles.id = f.article" + where +
		" AND EXISTS (SELECT 1 FROM json_each(public_articles.attachments) WHERE value = f.id)" +
		" ORDER BY f.created DESC, f.id DESC" + unseen
	rows, err := p.query(ctx, q, append(args, f.Limit, f.Offset)...)
	if err != nil {
		return nil, fmt.Errorf("read the files: %w", err)
	}
	defer rows.Close()
	var list []PublicFile
	for rows.Next() {
		var v PublicFile
		if err := rows.Scan(append([]any{&v.ID, &v.Created, &v.Name, &v.MIME, &v.Label, &v.SHA256, &v.Alt, &v.Size, &v.Width, &v.Height}, v.Article.item()...)...); err != nil {
			return nil, err
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// FilesByID returns files by their ids. Whether they are public is the caller's to know.
func (p *Public) FilesByID(ctx context.Context, ids []string) (map[string]PublicFile, error) {
	found := map[string]PublicFile{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := p.db.QueryContext(ctx, "SELECT id, created, name, mime, label, sha256, alt, size, width, height FROM "+Attachments+" WHERE id IN "+marks(ids), anys(ids)...)
	if err != nil {
		return nil, fmt.Errorf("read files: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		var v PublicFile
		if err := rows.Scan(&v.ID, &v.Created, &v.Name, &v.MIME, &v.Label, &v.SHA256, &v.Alt, &v.Size, &v.Width, &v.Height); err != nil {
			return nil, err
		}
		found[v.ID] = v
	}
	return found, rows.Err()
}
