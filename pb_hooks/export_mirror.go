package pb_hooks

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/mirror"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// mirrorEnv is the folder of the read-only mirror; without it there is none.
const mirrorEnv = "GONGKAI_MIRROR"

// mirrorStatusFile, in the data folder, is where the server says how its mirror is
// and doctor reads it.
const mirrorStatusFile = "mirror.json"

// bindMirror keeps the mirror while serving. The site is served whether or not it
// can be kept.
func bindMirror(app core.App, p *platform) {
	path := func() string { return filepath.Join(app.DataDir(), mirrorStatusFile) }
	dir := os.Getenv(mirrorEnv)
	if dir == "" {
		app.OnServe().BindFunc(func(se *core.ServeEvent) error {
			if err := os.Remove(path()); err != nil && !errors.Is(err, fs.ErrNotExist) {
				return err
			}
			return se.Next()
		})
		return
	}
	k := p.newMirror(dir)
	k.Tell = func(s mirror.Status) {
		if err := p.tellMirror(path(), s); err != nil {
			app.Logger().Error("tell how the mirror is", "error", err)
		}
	}
	p.mirror = k
	whileServing(app, k.Keep)
}

// newMirror prepares a mirror of the public site in a folder.
func (p *platform) newMirror(dir string) *mirror.Keeper {
	k := mirror.New()
	k.Folder, k.Draw, k.Pages, k.Rest, k.Now = dir, p.drawCopy, p.mirrorPages, p.options.Rest, p.options.Now
	k.Written = func(t time.Time) string { return mirror.Time(t.In(shanghai)) }
	k.Articles = func(ctx context.Context) ([]string, error) { return publicAddresses(ctx, p.app, "") }
	k.Since = p.changedSince
	return k
}

// drawCopy asks the public site as a visitor would.
func (p *platform) drawCopy(ctx context.Context, address string, w io.Writer) (mirror.Answer, error) {
	c, err := p.site.Copy(ctx, address, w)
	return mirror.Answer{Status: c.Status, Type: c.Type, Tags: c.Tags}, err
}

// mirrorPages draws pages for a web server under the address of the site itself.
func (p *platform) mirrorPages() mirror.Pages {
	return mirror.Pages{
		Base:    p.baseURL(),
		Service: mirror.DownService,
		Banner: func(school string) string {
			d, err := p.directory()
			if err != nil {
				return mirror.DownBanner(nil)
			}
			var phones []mirror.Phone
			if s, ok := d.ByCode(school); ok {
				phones = append(phones, mirror.Phone{Of: s.ShortName, Number: s.Phone})
			}
			return mirror.DownBanner(append(phones, mirror.Phone{Of: cmp.Or(d.District.Host, "区教育局"), Number: d.District.Contact}))
		},
	}
}

// baseURL is the address of the site without a slash at the end.
func (p *platform) baseURL() string { return strings.TrimSuffix(p.app.Settings().Meta.AppURL, "/") }

// publicAddresses lists the pages of all articles, or of one school's, newest
// first: lists leave out those that were withdrawn or are archived.
func publicAddresses(ctx context.Context, app core.App, school string) (list []string, err error) {
	query := app.ConcurrentDB().Select("id").From(records.Articles).Where(dbx.In("state", shownStates()...)).OrderBy("published_at DESC", "id DESC")
	if school != "" {
		query.AndWhere(dbx.HashExp{"school": school})
	}
	err = query.WithContext(ctx).Column(&list)
	for i, id := range list {
		list[i] = "/a/" + id
	}
	return list, err
}

// shownStates are those in which an article has a page, if only to say what became of it.
func shownStates() []any {
	return append(publicStates(), string(publication.Withdrawn), string(publication.Concluded))
}

// changedSince lists the tags of the articles of which a step was entered since an
// instant: a killed server may not have followed it.
func (p *platform) changedSince(ctx context.Context, since time.Time) (tags []string, err error) {
	var ids []string
	err = p.app.ConcurrentDB().Select("article").Distinct(true).From(records.Steps).
		Where(dbx.NewExp("created >= {:since}", dbx.Params{"since": since.UTC().Format(records.InstantLayout)})).WithContext(ctx).Column(&ids)
	if err != nil {
		return nil, err
	}
	for _, id := range ids {
		shown, err := p.showing(ctx, id)
		if err != nil {
			shown = []string{site.ArticleTag(id)} // the rest is looked at anyway, if later
		}
		tags = append(tags, shown...)
	}
	return append(tags, site.BulkTag), nil
}

// tellMirror stores how the mirror is, and tells the bureau once a day of one that
// cannot be written.
func (p *platform) tellMirror(path string, s mirror.Status) error {
	raw, err := json.Marshal(s)
	if err != nil {
		return err
	}
	if err := os.WriteFile(path+".tmp", raw, 0o600); err != nil {
		return err
	}
	if err := os.Rename(path+".tmp", path); err != nil || s.Failing == "" {
		return err
	}
	p.app.Logger().Error("keep the mirror", "folder", s.Folder, "error", s.Failing)
	people, err := p.peopleOf(p.app, "", publication.Admin)
	if err != nil {
		return err
	}
	return notify(p.app, people, notification{Kind: "mirror", Key: "mirror/" + p.today(), Urgent: true, Link: "/inbox",
		Title: clip("网站的只读副本写不进去，撤下的内容可能还留在副本里，请通知运维人员："+s.Failing, 300)})
}
