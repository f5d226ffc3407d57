package pb_hooks

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
	"gongkai/pb_hooks/standard"
)

// reader is all of the database that the public site can reach.
type reader struct{ p *platform }

var _ site.Reader = reader{}

const (
	pageSize      = 20
	cataloguePage = 50
	latestOnHome  = 12
)

// District implements site.Reader.
func (r reader) District(context.Context) (site.District, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.District{}, err
	}
	terms, err := r.p.termsToday()
	v := districtView(d)
	v.AnswerDays, v.ExtendDays = terms.Answer, terms.Extend
	return v, err
}

// Home implements site.Reader.
func (r reader) Home(ctx context.Context) (site.Home, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.Home{}, err
	}
	all, recent, newest, err := r.p.public.Figures(ctx, r.p.options.Now().AddDate(0, 0, -30))
	if err != nil {
		return site.Home{}, err
	}
	latest, err := r.p.public.Newest(ctx, latestOnHome)
	if err != nil {
		return site.Home{}, err
	}
	return site.Home{
		Figures: site.Figures{Schools: len(d.Schools), Articles: all, Month: recent, Columns: len(d.Leaves), Newest: instant(newest)},
		Latest:  itemViews(d, latest), Groups: groupViews(d, d.Leaves, nil), Facets: schoolFacets(d),
	}, nil
}

// Standard implements site.Reader.
func (r reader) Standard(context.Context) (site.Standard, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.Standard{}, err
	}
	return site.Standard{Version: d.Standard.Number, Name: d.Standard.Name, EffectiveOn: d.Standard.EffectiveOn,
		Groups: groupViews(d, d.Leaves, nil)}, nil
}

// Schools implements site.Reader.
func (r reader) Schools(_ context.Context, f site.SchoolFilter) (site.SchoolList, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.SchoolList{}, err
	}
	list := site.SchoolList{Items: []site.SchoolItem{}, Facets: schoolFacets(d),
		Query: site.SchoolQuery{Q: f.Query, Stage: f.Stage, Town: f.Town, Ownership: f.Ownership, Status: f.Status}}
	for _, s := range d.Schools {
		if s.Matches(f.Query) && (f.Stage == "" || slices.Contains(s.Stages, f.Stage)) && (f.Town == "" || s.Town == f.Town) &&
			(f.Ownership == "" || s.Ownership == f.Ownership) && (f.Status == "" || s.Status == f.Status) {
			list.Items = append(list.Items, schoolItem(s))
		}
	}
	list.Total = len(list.Items)
	if list.ComparedOn, err = r.comparedOn(); err != nil {
		return list, err
	}
	if f.Limit == 0 && f.Cursor == "" {
		return list, nil
	}
	list.Items, list.Next, err = pageOf(list.Items, "schools", f.Cursor, f.Limit, func(s site.SchoolItem) string { return s.Code })
	return list, err
}

// comparedOn is the day on which a list of schools was last read well, of the sources
// that are in use; "" if none ever was.
func (r reader) comparedOn() (day string, err error) {
	var at types.DateTime
	err = r.p.app.DB().Select("coalesce(max(good_at), '')").From(records.RegistrySources).Where(dbx.HashExp{"active": true}).Row(&at)
	if err != nil || at.IsZero() {
		return "", err
	}
	return dayOf(at.Time()), nil
}

// School implements site.Reader.
func (r reader) School(ctx context.Context, code string) (site.SchoolPage, error) {
	d, s, err := r.find(code)
	if err != nil {
		return site.SchoolPage{}, err
	}
	counts, err := r.p.public.ColumnCounts(ctx, s.ID)
	if err != nil {
		return site.SchoolPage{}, err
	}
	latest, err := r.p.public.InSchool(ctx, s.ID, 10, 0)
	if err != nil {
		return site.SchoolPage{}, err
	}
	responsible, err := r.responsible(ctx, s)
	return site.SchoolPage{School: schoolDetail(d, s), Groups: groupViews(d, s.Columns, counts), Latest: itemViews(d, latest), Responsible: responsible}, err
}

func (r reader) find(code string) (*records.Directory, *records.School, error) {
	d, err := r.p.directory()
	if err != nil {
		return nil, nil, err
	}
	s, ok := d.ByCode(code)
	if !ok {
		return nil, nil, site.ErrNotFound
	}
	return d, s, nil
}

// Column implements site.Reader.
func (r reader) Column(ctx context.Context, school, column string, page int) (site.ColumnPage, error) {
	d, s, err := r.find(school)
	if err != nil {
		return site.ColumnPage{}, err
	}
	c, ok := s.Column(column)
	if !ok {
		return site.ColumnPage{}, movedColumn(d, s, column)
	}
	v := site.ColumnPage{School: schoolDetail(d, s), Column: columnView(c, records.ColumnCount{}), GroupRef: columnRef(d, c.Code),
		Siblings: siblings(d, s, c), Items: []site.ArticleItem{}, Page: page, Responsible: []site.ResponsiblePerson{}}
	switch c.Kind {
	case standard.Synced:
		v.Pages, v.Facts = 1, contactFacts(s, c)
	case standard.Generated:
		err = r.fillGenerated(ctx, d, s, c, &v)
	case standard.QA:
		err = r.fillQuestions(ctx, d, s, c, &v)
	default:
		err = r.fillList(ctx, d, s, c, &v)
	}
	if err == nil && c.Code == disclosureGuide {
		v.Responsible, err = r.responsible(ctx, s)
	}
	if err != nil {
		return v, err
	}
	if page > max(v.Pages, 1) {
		return v, site.ErrNotFound
	}
	return v, nil
}

// movedColumn says where a column that a school has not, but had under an earlier
// version of the standard, is today: by the moves, or else on the school's own page.
func movedColumn(d *records.Directory, s *records.School, code string) error {
	shown := func(code string) bool { _, ok := s.Column(code); return ok }
	if to := standard.Follow(d.Moves, code, s.Code, shown); to != "" {
		return site.MovedColumn{Column: to}
	}
	for _, past := range d.Past {
		if c, ok := standard.Find(past.Columns, code); ok && c.Leaf && c.AppliesTo(s.Traits()) {
			return site.MovedColumn{}
		}
	}
	return site.ErrNotFound
}

// movedFilter is movedColumn for lists over all schools.
func movedFilter(d *records.Directory, code string) error {
	known := func(code string) bool { _, ok := d.Node(code); return ok }
	if to := standard.Follow(d.Moves, code, "", known); to != "" {
		return site.MovedColumn{Column: to}
	}
	return site.ErrNotFound
}

// fillList lists the column; a single page and the text of an interactive
// column are shown in place.
func (r reader) fillList(ctx context.Context, d *records.Directory, s *records.School, c standard.Column, v *site.ColumnPage) (err error) {
	if v.Total, err = r.p.public.Total(ctx, s.ID, c.Code); err != nil {
		return err
	}
	v.Column.Items, v.Pages = v.Total, (v.Total+pageSize-1)/pageSize
	list, err := r.p.public.InColumn(ctx, s.ID, c.Code, pageSize, (v.Page-1)*pageSize)
	if err != nil {
		return err
	}
	v.Items = itemViews(d, list)
	if len(list) == 0 {
		return nil
	}
	if v.Page == 1 {
		v.Column.LatestAt = instant(list[0].PublishedAt)
	}
	if (c.Kind != standard.Page && c.Kind != standard.Interactive) || v.Page > 1 {
		return nil
	}
	a, err := r.p.public.Article(ctx, list[0].ID)
	if err != nil {
		return err
	}
	v.Article, err = r.articleView(d, a)
	return err
}

// fillGenerated makes the catalogue (信息公开目录, 条例 art. 12) from what the
// school has published.
func (r reader) fillGenerated(ctx context.Context, d *records.Directory, s *records.School, c standard.Column, v *site.ColumnPage) (err error) {
	if c.Code != catalogueColumn {
		v.Pages = 1
		return nil
	}
	if v.Total, err = r.p.public.Total(ctx, s.ID, ""); err != nil {
		return err
	}
	v.Column.Items, v.Pages = v.Total, (v.Total+cataloguePage-1)/cataloguePage
	list, err := r.p.public.InSchool(ctx, s.ID, cataloguePage, (v.Page-1)*cataloguePage)
	if err != nil {
		return err
	}
	v.Items = itemViews(d, list)
	v.Facts = catalogue(d, list)
	return nil
}

// catalogueColumn is 信息公开目录.
const catalogueColumn = "A0102"

// Article implements site.Reader.
func (r reader) Article(ctx context.Context, id string) (site.ArticlePage, error) {
	d, err := r.p.directory()
	if err != nil {
		return site.ArticlePage{}, err
	}
	a, err := r.p.public.Article(ctx, id)
	if errors.Is(err, sql.ErrNoRows) {
		return site.ArticlePage{}, site.ErrNotFound
	}
	if err != nil {
		return site.ArticlePage{}, err
	}
	s, ok := d.ByID(a.School)
	if !ok {
		return site.ArticlePage{}, site.ErrNotFound
	}
	view, err := r.articleView(d, a)
	if err != nil {
		return site.ArticlePage{}, err
	}
	before, after, err := r.p.public.Neighbours(ctx, a)
	if err != nil {
		return site.ArticlePage{}, err
	}
	page := site.ArticlePage{Article: *view, School: schoolDetail(d, s), Previous: link(before), Next: link(after)}
	return page, r.fillService(ctx, a, s.Code, &page)
}
