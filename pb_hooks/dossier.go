package pb_hooks

import (
	"fmt"
	"io"
	"mime"
	"net/http"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/dossier"
	"gongkai/pb_hooks/publication/paper"
	"gongkai/pb_hooks/records"
)

// timeForAFile is how long one file of a dossier may take on its way; the
// server's own limit would be for all of them together.
const timeForAFile = 5 * time.Minute

// exportDossier streams everything kept of one article, with its proof, to
// whoever sees the article: the people of its school who serve publication, and
// of the bureau those who see it, without the texts that they do not see (404
// for all others). The export is entered in the audit before anything is sent,
// and is the last row in the file. A file that fails on the way breaks the
// connection off: half a dossier must not look like a whole one.
func (p *platform) exportDossier(e *core.RequestEvent) error {
	article, err := visible(e, records.Articles, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	store, err := e.App.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the file store: %w", err)
	}
	defer store.Close()
	d, err := p.gatherDossier(e, article.Id, func(key string) (func() (io.ReadCloser, error), error) { return stream(e, store, key) })
	if err != nil {
		return err
	}
	name := article.GetString("index_number")
	if name == "" {
		name = article.Id
	}
	h := e.Response.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": "全部材料_" + name + ".zip"}))
	if err := dossier.Write(e.Response, d); err != nil {
		if e.Request.Context().Err() == nil { // nobody hung up
			e.App.Logger().Error("send a dossier", "article", article.Id, "error", err)
		}
		panic(http.ErrAbortHandler)
	}
	return nil
}

// stream opens a stored file when its turn comes. That it is there is asked
// before anything is sent.
func stream(e *core.RequestEvent, store *filesystem.System, key string) (func() (io.ReadCloser, error), error) {
	found, err := store.Exists(key)
	if err != nil {
		return nil, fmt.Errorf("look for %s: %w", key, err)
	}
	if !found {
		return nil, e.InternalServerError("有附件的文件在服务器上找不到，不能导出，请联系管理员检查数据文件夹。", fmt.Errorf("no file %s", key))
	}
	return func() (io.ReadCloser, error) {
		// a server that knows no deadlines has none to put off
		_ = http.NewResponseController(e.Response).SetWriteDeadline(time.Now().Add(timeForAFile))
		return store.GetReader(key)
	}, nil
}

// gatherDossier reads what the person may see, and enters the export, at one
// moment: what is written about until then is in the file, and nothing else.
func (p *platform) gatherDossier(e *core.RequestEvent, article string, open opener) (dossier.Dossier, error) {
	g := gathering{p: p, open: open, auth: e.Auth}
	var err error
	if g.info, err = e.RequestInfo(); err != nil {
		return g.d, err
	}
	if g.directory, err = p.directory(); err != nil {
		return g.d, err
	}
	err = e.App.RunInTransaction(func(tx core.App) error {
		g.app = tx
		if g.article, err = tx.FindRecordById(records.Articles, article); err != nil {
			return err
		}
		for _, part := range []func() error{g.readAll, g.tellArticle, g.tellVersions, g.tellSteps, g.tellFindings} {
			if err := part(); err != nil {
				return err
			}
		}
		var versions []string
		for _, v := range g.versions {
			versions = append(versions, v.Id)
		}
		if err := p.doneBy(tx, e, "export", g.article, map[string]any{"version": versions}); err != nil {
			return err
		}
		return g.tellAudit()
	})
	if err != nil {
		return g.d, err
	}
	for _, r := range g.registers {
		data, err := paper.Docx(r)
		if err != nil {
			return g.d, err
		}
		g.d.Forms = append(g.d.Forms, dossier.Form{Version: r.Version, Data: data})
	}
	return g.d, nil
}
