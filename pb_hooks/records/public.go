package records

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
)

// PublicArticle is one row of the view of what is public.
type PublicArticle struct {
	ID, School, Column, State, IndexNumber  string
	PublishedAt, FirstPublished             string // as stored: "2026-11-23 08:00:00.000Z"
	WithdrawnAt, WithdrawnReason, CheckedOn string
	PublicityUntil                          string // 公示截止日期
	Version                                 string
	Number                                  int
	Title, Source, DocNumber, CreatedOn     string
	OriginallyOn                            string // 原发布日期
	ValidUntil, Summary, Facts, Attachments string // Facts and Attachments are JSON
	Body                                    string // only where one article is read
}

const itemFields = "public_articles.id, school, `column`, state, index_number, published_at, title, created_on, summary"

// Public answers the public site. Its statements are prepared once: preparing
// takes longer than running most of them.
type Public struct {
	db                                                             *sql.DB
	article, neighbours, inColumn, questions, inSchool, newest     *sql.Stmt
	byID, columnCounts, columnTotal, schoolTotal, figures, entries *sql.Stmt
	withFacts, responsible                                         *sql.Stmt
	prepared                                                       prepared
}

// NewPublic prepares the queries. The database must be migrated.
func NewPublic(app core.App) (*Public, error) {
	db, ok := app.ConcurrentDB().(*dbx.DB)
	if !ok {
		return nil, fmt.Errorf("public queries need the plain database, not a transaction")
	}
	p := &Public{db: db.DB()}
	for _, q := range []struct {
		stmt **sql.Stmt
		text string
	}{
		{&p.article, "SELECT " + itemFields + ", first_published_at, withdrawn_at, withdrawn_reason, checked_on, publicity_until, version, number, source, doc_number," +
			" originally_on, valid_until, facts, attachments, body FROM public_articles WHERE id = ?"},
		{&p.neighbours, "SELECT 0, id, title FROM (SELECT id, title FROM public_articles WHERE school = ?1 AND `column` = ?2 AND state = 'published'" +
			" AND (published_at, id) < (?3, ?4) ORDER BY published_at DESC, id DESC LIMIT 1) UNION ALL" +
			" SELECT 1, id, title FROM (SELECT id, title FROM public_articles WHERE school = ?1 AND `column` = ?2 AND state = 'published'" +
			" AND (published_at, id) > (?3, ?4) ORDER BY published_at, id LIMIT 1)"},
		{&p.inColumn, "SELECT " + itemFields + " FROM public_articles WHERE school = ? AND `column` = ? AND state = 'published'" +
			" ORDER BY published_at DESC, id DESC" + unseen},
		{&p.questions, "SELECT " + itemFields + ", checked_on, facts FROM public_articles WHERE school = ? AND `column` = ? AND state = 'published'" +
			" ORDER BY published_at DESC, id DESC" + unseen},
		{&p.inSchool, "SELECT " + itemFields + " FROM public_articles WHERE school = ? AND " + mostArePublished +
			" ORDER BY published_at DESC, id DESC" + unseen},
		{&p.newest, "SELECT " + itemFields + " FROM public_articles WHERE " + inTheLine + " ORDER BY published_at DESC, id DESC" + unseen},
		{&p.byID, "SELECT " + itemFields + ", checked_on, facts, body FROM json_each(?) wanted CROSS JOIN public_articles ON public_articles.id = wanted.value" +
			" WHERE state = 'published' ORDER BY wanted.key"},
		{&p.withFacts, "SELECT " + itemFields + ", facts FROM public_articles WHERE school = ? AND `column` = ? AND state = 'published'" +
			" ORDER BY published_at DESC, id DESC LIMIT 300"},
		{&p.columnCounts, "SELECT `column`, count(*), max(published_at) FROM articles WHERE school = ? AND state = 'published' GROUP BY `column`"},
		{&p.columnTotal, "SELECT count(*) FROM articles WHERE school = ? AND `column` = ? AND state = 'published'"},
		{&p.schoolTotal, "SELECT count(*) FROM articles WHERE school = ? AND state = 'published'"},
		{&p.figures, "SELECT count(*), count(*) FILTER (WHERE published_at >= ?), coalesce(max(published_at), '') FROM articles WHERE state = 'published'"},
		{&p.entries, "SELECT id, `column`, published_at FROM articles WHERE school = ? AND state = 'published' ORDER BY published_at DESC, id DESC LIMIT 45000"},
		{&p.responsible, "SELECT id, role, name, post, phone, `from`, confirmed_at FROM responsible_people WHERE school = ? AND state = 'confirmed'"},
	} {
		stmt, err := p.db.Prepare(q.text)
		if err != nil {
			return nil, fmt.Errorf("prepare %q: %w", q.text, err)
		}
		*q.stmt = stmt
	}
	return p, nil
}

// Close releases the statements.
func (p *Public) Close() error {
	first := p.prepared.close()
	for _, s := range []*sql.Stmt{p.article, p.neighbours, p.inColumn, p.questions, p.inSchool, p.newest, p.byID, p.columnCounts, p.columnTotal, p.schoolTotal, p.figures, p.entries, p.withFacts, p.responsible} {
		if err := s.Close(); err != nil && first == nil {
			first = err
		}
	}
	return first
}

func (a *PublicArticle) item() []any {
	return []any{&a.ID, &a.School, &a.Column, &a.State, &a.IndexNumber, &a.PublishedAt, &a.Title, &a.CreatedOn, &a.Summary}
}

// Article returns one public article, or sql.ErrNoRows.
func (p *Public) Article(ctx context.Context, id string) (a PublicArticle, err error) {
	err = p.article.QueryRowContext(ctx, id).Scan(append(a.item(), &a.FirstPublished, &a.WithdrawnAt, &a.WithdrawnReason, &a.CheckedOn, &a.PublicityUntil, &a.Version,
		&a.Number, &a.Source, &a.DocNumber, &a.OriginallyOn, &a.ValidUntil, &a.Facts, &a.Attachments, &a.Body)...)
	return a, err
}

// Neighbours returns the articles published just before and just after one, in
// the same column; nil where there is none.
func (p *Public) Neighbours(ctx context.Context, a PublicArticle) (before, after *PublicArticle, err error) {
	rows, err := p.neighbours.QueryContext(ctx, a.School, a.Column, a.PublishedAt, a.ID)
	if err != nil {
		return nil, nil, err
	}
	defer rows.Close()
	for rows.Next() {
		var side int
		n := &PublicArticle{}
		if err := rows.Scan(&side, &n.ID, &n.Title); err != nil {
			return nil, nil, err
		}
		if side == 0 {
			before = n
		} else {
			after = n
		}
	}
	return before, after, rows.Err()
}

// InColumn lists a school's articles in one column, newest first.
func (p *Public) InColumn(ctx context.Context, school, column string, limit, offset int) ([]PublicArticle, error) {
	return items(p.inColumn.QueryContext(ctx, school, column, limit, offset))
}

// Questions lists a school's articles in a column of questions with what they say,
// newest first.
func (p *Public) Questions(ctx context.Context, school, column string, limit, offset int) ([]PublicArticle, error) {
	rows, err := p.questions.QueryContext(ctx, school, column, limit, offset)
	return scan(rows, err, func(a *PublicArticle) []any { return append(a.item(), &a.CheckedOn, &a.Facts) })
}

// InSchool lists a school's articles, newest first.
func (p *Public) InSchool(ctx context.Context, school string, limit, offset int) ([]PublicArticle, error) {
	return items(p.inSchool.QueryContext(ctx, school, limit, offset))
}

// Newest lists the district's articles, newest first.
func (p *Public) Newest(ctx context.Context, limit int) ([]PublicArticle, error) {
	return items(p.newest.QueryContext(ctx, limit, 0))
}

func items(rows *sql.Rows, err error) ([]PublicArticle, error) {
	return scan(rows, err, (*PublicArticle).item)
}

// scan reads rows; into names where the columns of one go.
func scan(rows *sql.Rows, err error, into func(*PublicArticle) []any) ([]PublicArticle, error) {
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	list := []PublicArticle{}
	for rows.Next() {
		var a PublicArticle
		if err := rows.Scan(into(&a)...); err != nil {
			return nil, err
		}
		list = append(list, a)
	}
	return list, rows.Err()
}

// ColumnCount is how much a school shows in a column.
type ColumnCount struct {
	Items  int
	Latest string
}

// ColumnCounts counts a school's published articles by column.
func (p *Public) ColumnCounts(ctx context.Context, school string) (map[string]ColumnCount, error) {
	rows, err := p.columnCounts.QueryContext(ctx, school)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	counts := map[string]ColumnCount{}
	for rows.Next() {
		var code string
		var c ColumnCount
		if err := rows.Scan(&code, &c.Items, &c.Latest); err != nil {
			return nil, err
		}
		counts[code] = c
	}
	return counts, rows.Err()
}

// Total counts a school's published articles, in one column or ("") in all.
func (p *Public) Total(ctx context.Context, school, column string) (n int, err error) {
	if column == "" {
		return n, p.schoolTotal.QueryRowContext(ctx, school).Scan(&n)
	}
	return n, p.columnTotal.QueryRowContext(ctx, school, column).Scan(&n)
}

// Figures counts what is public, what became so since an instant, and when the newest did.
func (p *Public) Figures(ctx context.Context, since time.Time) (all, recent int, newest string, err error) {
	err = p.figures.QueryRowContext(ctx, since.UTC().Format(InstantLayout)).Scan(&all, &recent, &newest)
	return all, recent, newest, err
}

// InstantLayout is how PocketBase stores an instant.
const InstantLayout = "2006-01-02 15:04:05.000Z"

// ByID returns whole public articles in the order of the ids; those that are not
// published are left out. The join is written so that SQLite looks each id up:
// without statistics it would walk all that is published.
func (p *Public) ByID(ctx context.Context, ids []string) ([]PublicArticle, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := p.byID.QueryContext(ctx, string(list))
	return scan(rows, err, func(a *PublicArticle) []any { return append(a.item(), &a.CheckedOn, &a.Facts, &a.Body) })
}

// WithFacts lists a school's articles in one column with their named fields,
// newest first; at most 300, more than any school has of guides or forms.
func (p *Public) WithFacts(ctx context.Context, school, column string) ([]PublicArticle, error) {
	rows, err := p.withFacts.QueryContext(ctx, school, column)
	return scan(rows, err, func(a *PublicArticle) []any { return append(a.item(), &a.Facts) })
}

// AttachmentIDs reads the list that a version stores.
func (a PublicArticle) AttachmentIDs() []string {
	var ids []string
	_ = json.Unmarshal([]byte(a.Attachments), &ids) // written by PocketBase as a list
	return ids
}

// FactRows reads the rows of named fields that a version stores.
func (a PublicArticle) FactRows() []map[string]string {
	var rows []map[string]string
	_ = json.Unmarshal([]byte(a.Facts), &rows) // checked when written; null is no rows
	return rows
}
