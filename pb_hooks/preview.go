package pb_hooks

import (
	"crypto/rand"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"regexp"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// previewLife is how long a link to a text that is not public may be passed on.
const previewLife = 24 * time.Hour

// PreviewLink leads whoever has it to one version. URL is a path: the link is
// good at every address of the platform.
type PreviewLink struct {
	URL       string `json:"url"`
	ExpiresAt string `json:"expires_at"`
}

// takenBack are the decisions after which no link may show the version: it was
// taken off the site, or found not to be for the public.
var takenBack = []any{string(publication.Withdraw), string(publication.TakeDown), string(publication.Conclude), string(publication.Withhold)}

// makePreview gives a link to a version. The token is told once and kept as a
// hash: who reads the database cannot open it.
func (p *platform) makePreview(e *core.RequestEvent) error {
	version, err := visible(e, records.Versions, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	article, err := e.App.FindRecordById(records.Articles, version.GetString("article"))
	if err != nil {
		return err
	}
	if school := e.Auth.GetString("school"); school == "" || school != article.GetString("school") {
		return e.ForbiddenError("预览链接由学校自己的工作人员生成。", nil)
	}
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return err
	}
	token, until := base64.RawURLEncoding.EncodeToString(raw), p.options.Now().UTC().Add(previewLife)
	err = e.App.RunInTransaction(func(tx core.App) error {
		if gone, err := isTakenBack(tx, version.Id); err != nil || gone {
			return errors.Join(err, router.NewBadRequestError("这个版本已经撤下或决定不予公开，不能生成预览链接。", nil))
		}
		c, err := tx.FindCachedCollectionByNameOrId(records.PreviewLinks)
		if err != nil {
			return err
		}
		link := core.NewRecord(c)
		link.Load(map[string]any{"version": version.Id, "by": e.Auth.Id, "token_hash": fingerprint(token), "expires_at": until})
		if err := tx.Save(link); err != nil {
			return err
		}
		return p.doneBy(tx, e, "preview", version, nil)
	})
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, PreviewLink{URL: "/api/app/preview/" + token, ExpiresAt: until.Format(time.RFC3339)})
}

// isTakenBack reports whether no link may show the version: the decision was
// about it, or it was public once and what the public sees now is withdrawn.
func isTakenBack(app core.App, version string) (bool, error) {
	n, err := app.CountRecords(records.Steps, dbx.HashExp{"version": version}, dbx.In("action", takenBack...))
	if err != nil || n > 0 {
		return n > 0, err
	}
	err = app.DB().NewQuery(`SELECT count(*) FROM article_steps s JOIN articles a ON a.id = s.article
		WHERE s.version = {:version} AND s.action IN ('publish', 'import') AND a.state IN ('withdrawn', 'concluded')`).
		Bind(dbx.Params{"version": version}).Row(&n)
	return n > 0, err
}

// previewed finds what a token leads to, or nothing: an unknown token, an ended
// one, one whose maker has left and one whose text was taken back look the same.
func (p *platform) previewed(app core.App, token string) (link, version *core.Record, err error) {
	link, err = app.FindFirstRecordByData(records.PreviewLinks, "token_hash", fingerprint(token))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil, nil
	}
	if err != nil || !p.options.Now().Before(link.GetDateTime("expires_at").Time()) {
		return nil, nil, err
	}
	maker, err := app.FindRecordById(records.Staff, link.GetString("by"))
	if err != nil || maker.GetString("deactivated_at") != "" {
		return nil, nil, err
	}
	if gone, err := isTakenBack(app, link.GetString("version")); err != nil || gone {
		return nil, nil, err
	}
	version, err = app.FindRecordById(records.Versions, link.GetString("version"))
	return link, version, err
}

func (p *platform) preview(e *core.RequestEvent) error {
	link, version, err := p.previewed(e.App, e.Request.PathValue("token"))
	if err != nil {
		return err
	}
	if version == nil {
		return p.site.Preview(e.Request.Context(), e.Response, site.PreviewPage{})
	}
	article, err := e.App.FindRecordById(records.Articles, version.GetString("article"))
	if err != nil {
		return err
	}
	view, err := p.previewView(article, version, "/api/app/preview/"+e.Request.PathValue("token")+"/f/")
	if err != nil {
		return err
	}
	return p.site.Preview(e.Request.Context(), e.Response, site.PreviewPage{Article: view,
		Until:  link.GetDateTime("expires_at").Time().Format(time.RFC3339),
		Public: article.GetString("published") == version.Id && publication.State(article.GetString("state")).IsPublic()})
}

// previewView is the version as the public would see it; its files come through
// the link, because at their own address they are not public.
func (p *platform) previewView(article, version *core.Record, files string) (*site.Article, error) {
	d, err := p.directory()
	if err != nil {
		return nil, err
	}
	ids := version.GetStringSlice("attachments")
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	view, err := reader{p}.articleView(d, records.PublicArticle{ID: article.Id, School: article.GetString("school"), Column: article.GetString("column"),
		State: string(publication.Published), IndexNumber: article.GetString("index_number"), Version: version.Id, Number: version.GetInt("number"),
		Title: version.GetString("title"), Source: version.GetString("source"), DocNumber: version.GetString("doc_number"),
		CreatedOn: version.GetString("created_on"), OriginallyOn: version.GetString("originally_on"), ValidUntil: version.GetString("valid_until"), Facts: version.GetString("facts"),
		Attachments: string(list), Body: version.GetString("body")})
	if err != nil {
		return nil, err
	}
	for i := range view.Attachments {
		a := &view.Attachments[i]
		a.URL = files + a.ID
		if a.Thumb != "" {
			a.Thumb = a.URL + "?thumb=1"
		}
	}
	view.BodyHTML = ownFile.ReplaceAllStringFunc(view.BodyHTML, func(found string) string {
		m := ownFile.FindStringSubmatch(found)
		if !slices.Contains(ids, m[2]) {
			return found
		}
		return m[1] + `="` + files + m[2] + `"`
	})
	return view, nil
}

// ownFile is a picture or link of a text that leads to an attachment; richtext
// writes attributes in this form only.
var ownFile = regexp.MustCompile(`\b(src|href)="/f/([a-z0-9]{15})/[^"]*"`)

// previewFile gives out an attachment of the version that the link shows, and
// no other.
func (p *platform) previewFile(e *core.RequestEvent) error {
	_, version, err := p.previewed(e.App, e.Request.PathValue("token"))
	if err != nil {
		return err
	}
	id := e.Request.PathValue("attachment")
	if version == nil || !slices.Contains(version.GetStringSlice("attachments"), id) {
		return p.site.Preview(e.Request.Context(), e.Response, site.PreviewPage{})
	}
	f, err := e.App.FindRecordById(records.Attachments, id)
	if err != nil {
		return err
	}
	thumb := e.Request.URL.Query().Has("thumb") && f.GetString("thumb") != ""
	open, err := reader{p}.attachment(f, thumb)
	if err != nil {
		return err
	}
	defer open.Close()
	site.PreviewFile(e.Response, e.Request, open)
	return nil
}

// forgetPreviews removes links that have ended. They open nothing any more.
func (p *platform) forgetPreviews() {
	_, err := p.app.DB().Delete(records.PreviewLinks, dbx.NewExp("expires_at <= {:now}",
		dbx.Params{"now": p.options.Now().UTC().Format(records.InstantLayout)})).Execute()
	if err != nil {
		p.app.Logger().Error("forget ended preview links", "error", err)
	}
}
