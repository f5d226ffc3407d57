package pb_hooks

import (
	"context"
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// openQuery is a page of a list of disclosures: what it asks the database for.
type openQuery struct {
	directory *records.Directory
	filter    records.Filter
	limit     int
	since     time.Time // of changes; zero lists what is published
	at, id    string    // the cursor
	none      bool      // the filters leave nothing
}

// openQuery reads a filter. A list for everybody holds what the standard says is
// for everybody: what it says is for pupils and their parents is read on its page.
func (r reader) openQuery(f site.ArticleFilter, among func(standard.Column) bool) (q openQuery, err error) {
	if q.directory, err = r.p.directory(); err != nil {
		return q, err
	}
	d := q.directory
	q.filter = records.Filter{Column: f.Column, Since: f.Since, Until: f.Until, Limit: f.Limit + 1}
	q.limit, q.since = f.Limit, f.UpdatedSince
	q.filter.Except = d.Inside
	if among != nil {
		q.filter.Columns = []string{} // none is not all
		for _, c := range d.Leaves {
			if among(c) {
				q.filter.Columns = append(q.filter.Columns, c.Code)
			}
		}
	}
	if err := q.narrow(f); err != nil {
		return q, err
	}
	if f.Column != "" {
		if _, ok := d.Node(f.Column); !ok {
			return q, movedFilter(d, f.Column)
		}
	}
	if f.Cursor == "" {
		return q, nil
	}
	q.at, q.id, err = readCursor(q.order(), f.Cursor)
	if q.since.IsZero() {
		q.filter.BeforeAt, q.filter.BeforeID = q.at, q.id
	}
	return q, err
}

// narrow keeps the schools that are asked for.
func (q *openQuery) narrow(f site.ArticleFilter) error {
	if f.School != "" {
		if _, ok := q.directory.ByCode(f.School); !ok {
			return site.ErrNotFound
		}
	}
	if f.School == "" && f.Stage == "" && f.Town == "" {
		return nil
	}
	for _, s := range q.directory.Schools {
		if (f.School == "" || s.Code == f.School) && (f.Stage == "" || slices.Contains(s.Stages, f.Stage)) && (f.Town == "" || s.Town == f.Town) {
			q.filter.Schools = append(q.filter.Schools, s.ID)
		}
	}
	q.none = len(q.filter.Schools) == 0
	return nil
}

// order names what the list is ordered by, so that a cursor of another list is refused.
func (q openQuery) order() string {
	if q.since.IsZero() {
		return "newest"
	}
	return "changes"
}

// openPage is a page of disclosures and what follows it.
type openPage struct {
	articles []records.PublicArticle
	gone     []site.Gone
	next     string
}

// page asks the database; whole says that more than the line of a list is wanted.
func (r reader) page(ctx context.Context, q openQuery, whole bool) (v openPage, err error) {
	v.gone = []site.Gone{}
	switch {
	case q.none:
		return v, nil
	case !q.since.IsZero():
		return r.changes(ctx, q)
	case whole:
		v.articles, err = r.p.public.Details(ctx, q.filter)
	default:
		v.articles, err = r.p.public.List(ctx, q.filter)
	}
	if len(v.articles) > q.limit {
		v.articles = v.articles[:q.limit]
		last := v.articles[q.limit-1]
		v.next = writeCursor(q.order(), last.PublishedAt, last.ID)
	}
	return v, err
}

// changed is a page of what changed, and the cursor of the next one.
func (r reader) changed(ctx context.Context, q openQuery) (list []records.Change, next string, err error) {
	list, err = r.p.public.Changes(ctx, q.filter, q.since, q.at, q.id)
	if err == nil && len(list) > q.limit {
		list = list[:q.limit]
		last := list[q.limit-1]
		next = writeCursor(q.order(), last.At, last.Step)
	}
	return list, next, err
}

func (r reader) changes(ctx context.Context, q openQuery) (v openPage, err error) {
	v.gone = []site.Gone{}
	list, next, err := r.changed(ctx, q)
	if err != nil {
		return v, err
	}
	v.next = next
	for _, c := range list {
		if publication.State(c.State).IsPublic() {
			v.articles = append(v.articles, c.PublicArticle)
		} else {
			v.gone = append(v.gone, site.Gone{ID: c.ID, On: day(c.At)})
		}
	}
	return v, nil
}

func writeCursor(order, at, id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(order + "|" + at + "|" + id))
}

func readCursor(order, cursor string) (at, id string, err error) {
	if at, id, err = cutCursor(order, cursor); err != nil {
		return "", "", err
	}
	if _, err := time.Parse(records.InstantLayout, at); err != nil || len(id) != 15 {
		return "", "", site.ErrCursor
	}
	return at, id, nil
}

func cutCursor(order, cursor string) (at, id string, err error) {
	raw, err := base64.RawURLEncoding.DecodeString(cursor)
	parts := strings.Split(string(raw), "|")
	if err != nil || len(parts) != 3 || parts[0] != order {
		return "", "", site.ErrCursor
	}
	return parts[1], parts[2], nil
}

// Articles implements site.Reader.
func (r reader) Articles(ctx context.Context, f site.ArticleFilter) (site.ArticleList, error) {
	q, err := r.openQuery(f, nil)
	if err != nil {
		return site.ArticleList{}, err
	}
	page, err := r.page(ctx, q, false)
	return site.ArticleList{Items: itemViews(q.directory, page.articles), Gone: page.gone, Next: page.next}, err
}

// Forms implements site.Reader.
func (r reader) Forms(ctx context.Context, f site.ArticleFilter) (site.FormList, error) {
	v := site.FormList{Items: []site.FormItem{}}
	q, err := r.openQuery(f, func(c standard.Column) bool { return c.Kind == standard.Attachment })
	if err != nil {
		return v, err
	}
	page, err := r.page(ctx, q, true)
	if err != nil {
		return v, err
	}
	v.Gone, v.Next = page.gone, page.next
	var ids []string
	for _, a := range page.articles {
		ids = append(ids, a.AttachmentIDs()...)
	}
	files, err := r.p.public.FilesByID(ctx, ids)
	for _, a := range page.articles {
		item := site.FormItem{ArticleItem: itemView(q.directory, a), Attachments: []site.Attachment{}}
		for _, id := range a.AttachmentIDs() {
			if file, ok := files[id]; ok {
				item.Attachments = append(item.Attachments, fileView(file))
			}
		}
		v.Items = append(v.Items, item)
	}
	return v, err
}

// Questions implements site.Reader.
func (r reader) Questions(ctx context.Context, f site.ArticleFilter) (site.QuestionList, error) {
	v := site.QuestionList{Items: []site.QuestionItem{}}
	q, err := r.openQuery(f, func(c standard.Column) bool { return c.Kind == standard.QA })
	if err != nil {
		return v, err
	}
	page, err := r.page(ctx, q, true)
	v.Gone, v.Next = page.gone, page.next
	for _, a := range page.articles {
		c, _ := q.directory.Node(a.Column)
		item := site.QuestionItem{ArticleItem: itemView(q.directory, a), Questions: questionsOf(c, a)}
		if len(item.Questions) == 0 { // written before the column asked for fields
			item.Questions = []site.Question{{Article: a.ID, Question: a.Title, Answer: a.Summary, CheckedOn: a.CheckedOn}}
		}
		v.Items = append(v.Items, item)
	}
	return v, err
}

// fromApplication is the kind of an answer to an application (依申请公开).
const fromApplication = "application"

// Answers implements site.Reader: selected letters, and what applications brought
// to light.
func (r reader) Answers(ctx context.Context, f site.ArticleFilter) (site.AnswerList, error) {
	v := site.AnswerList{Items: []site.AnswerItem{}}
	q, err := r.openQuery(f, func(c standard.Column) bool { return slices.Contains(selectedLetters, c.Code) })
	if err != nil {
		return v, err
	}
	q.filter.Applied, q.filter.Body = true, true
	page, err := r.page(ctx, q, true)
	if err != nil {
		return v, err
	}
	v.Gone, v.Next = page.gone, page.next
	for _, a := range page.articles {
		item := site.AnswerItem{ArticleItem: itemView(q.directory, a), Kind: fromApplication, KindName: "依申请公开", BodyHTML: a.Body}
		for channel, column := range columnOfSelection {
			if column == a.Column {
				c, _ := inquiry.FindChannel(channel)
				item.Kind, item.KindName = string(channel), c.Name
			}
		}
		v.Items = append(v.Items, item)
	}
	return v, nil
}
