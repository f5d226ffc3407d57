package pb_hooks

import (
	"bytes"
	"context"
	"errors"
	"mime"
	"net/http"
	"slices"
	"strconv"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/redact"
)

// Kinds of files of a case.
const (
	fileMaterial = "material" // 检索到的材料
	fileRedacted = "redacted" // 遮盖后的副本
	fileDelivery = "delivery" // 送达凭证
)

// mostFilesOfCase bounds what one case may hold.
const mostFilesOfCase = 200

// addRequestFile stores a file of a case, sealed: what was found for a request
// may be about anybody.
func (p *platform) addRequestFile(e *core.RequestEvent) error {
	file, err := readCaseFile(e)
	if err != nil {
		return err
	}
	kind := e.Request.FormValue("kind")
	if kind != fileDelivery {
		kind = fileMaterial
	}
	pages := 0
	if sizes, err := redact.Pages(e.Request.Context(), file.Data); err == nil { // what cannot be drawn can still be a file of the case
		pages = len(sizes)
	}
	line, err := p.keepFile(e, newFile{caseFile: file, Kind: kind, Pages: pages})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, line)
}

// newFile is a file on its way into a case.
type newFile struct {
	caseFile
	Kind, RedactedOf string
	Areas            []redact.Area
	Pages            int
}

func (p *platform) keepFile(e *core.RequestEvent, f newFile) (FileLine, error) {
	var line FileLine
	err := e.App.RunInTransaction(func(tx core.App) error {
		request, err := p.requestToFill(tx, e, f.Kind)
		if err != nil {
			return err
		}
		n, err := tx.CountRecords(records.FOIFiles, dbx.HashExp{"request": request.Id})
		if err != nil {
			return err
		}
		if n >= mostFilesOfCase {
			return refused("file", "foi_out_of_range", "这件申请的文件太多了，请删除不用的文件")
		}
		collection, err := tx.FindCachedCollectionByNameOrId(records.FOIFiles)
		if err != nil {
			return err
		}
		r := core.NewRecord(collection)
		r.Load(map[string]any{"request": request.Id, "kind": f.Kind, "pages": f.Pages, "redacted_of": f.RedactedOf, "by": e.Auth.Id, "by_name": e.Auth.GetString("name")})
		if len(f.Areas) > 0 {
			r.Set("areas", f.Areas)
		}
		if err := p.keepCaseFile(tx, r, f.caseFile); err != nil {
			return err
		}
		line = fileLine(r, false)
		return p.doneBy(tx, e, "foi_file", request, map[string]any{"name": f.Name, "sha256": r.GetString("sha256")})
	})
	return line, keyProblem(err)
}

// requestToFill finds the request for whoever may put a file of this kind into it
// now.
func (p *platform) requestToFill(app core.App, e *core.RequestEvent, kind string) (*core.Record, error) {
	request, signers, err := p.visibleRequest(app, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	c, err := p.foiCaseOf(app, request)
	if err != nil {
		return nil, err
	}
	if may := mayWriteDraft(c.Case, signers) || kind == fileDelivery && isClerk(signers); !may {
		return nil, e.ForbiddenError("现在不能上传：材料由专管员或承办人在办理中上传。", nil)
	}
	return request, nil
}

func isClerk(signers []signer) bool {
	return slices.ContainsFunc(signers, func(s signer) bool { return s.As == foi.Clerk })
}

func fileLine(f *core.Record, attached bool) FileLine {
	t := f.GetString
	return FileLine{f.Id, t("kind"), t("name"), t("mime"), f.GetInt("size"), f.GetInt("pages"), t("redacted_of"), t("by_name"), t("created"), attached}
}

// removeRequestFile throws a file away that no draft and no copy hangs on.
func (p *platform) removeRequestFile(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		request, signers, err := p.visibleRequest(tx, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		c, err := p.foiCaseOf(tx, request)
		if err != nil {
			return err
		}
		f, err := fileOf(tx, request, e.Request.PathValue("file"))
		if err != nil {
			return e.NotFoundError("没有这个文件。", nil)
		}
		if may := mayWriteDraft(c.Case, signers) || f.GetString("kind") == fileDelivery && isClerk(signers); !may {
			return e.ForbiddenError("现在不能删除文件。", nil)
		}
		used, err := tx.CountRecords(records.FOIReplies, dbx.HashExp{"request": request.Id}, dbx.Like("files", f.Id))
		if err != nil {
			return err
		}
		copies, err := tx.CountRecords(records.FOIFiles, dbx.HashExp{"redacted_of": f.Id})
		if err != nil {
			return err
		}
		if used+copies > 0 {
			return refused("id", "attachment_is_used", "答复书用到这个文件，或者它有遮盖后的副本，不能删除")
		}
		if err := tx.Delete(f); err != nil {
			return err
		}
		return p.doneBy(tx, e, "foi_file_removed", request, map[string]any{"name": f.GetString("name"), "sha256": f.GetString("sha256")})
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// fileOf finds a file of a request, and of no other.
func fileOf(app core.App, request *core.Record, id string) (*core.Record, error) {
	f, err := app.FindRecordById(records.FOIFiles, id)
	if err == nil && f.GetString("request") != request.Id {
		return nil, errors.New("the file belongs to another request")
	}
	return f, err
}

// readRequestFile finds a file that a person may read: the school's people all of
// their case, the bureau what was given with an answer.
func (p *platform) readRequestFile(e *core.RequestEvent) (*core.Record, error) {
	request, signers, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	f, err := fileOf(e.App, request, e.Request.PathValue("file"))
	if err != nil {
		return nil, e.NotFoundError("没有这个文件。", nil)
	}
	if slices.ContainsFunc(signers, func(s signer) bool { return s.As != foi.Bureau }) {
		return f, nil
	}
	given, err := p.filesGiven(e.App, request)
	if err != nil {
		return nil, err
	}
	if !slices.ContainsFunc(given, func(g *core.Record) bool { return g.Id == f.Id }) {
		return nil, e.NotFoundError("没有这个文件。", nil)
	}
	return f, nil
}

// filesGiven are the attachments of the answers that were given.
func (p *platform) filesGiven(app core.App, request *core.Record) ([]*core.Record, error) {
	c, err := p.foiCaseOf(app, request)
	if err != nil {
		return nil, err
	}
	given, err := answersGiven(app, c)
	if err != nil {
		return nil, err
	}
	var list []*core.Record
	for _, draft := range given {
		files, err := filesOf(app, draft)
		if err != nil {
			return nil, err
		}
		list = append(list, files...)
	}
	return list, nil
}

// answersGiven are the drafts that the answers of a case were given with, oldest
// first.
func answersGiven(app core.App, c foiCase) (list []*core.Record, err error) {
	for i, a := range c.Answers {
		hash := a.Hash
		if hash == "" && i == 0 { // on the spot: the draft that was proposed
			for _, s := range c.steps {
				if s.GetString("action") == string(foi.AnswerAtOnce) {
					hash = s.GetString("hash")
				}
			}
		}
		draft, err := draftWithHash(app, c.request.Id, hash)
		if err != nil {
			return nil, err
		}
		list = append(list, draft)
	}
	return list, nil
}

// openFile is the plain content of a file of a case.
func (p *platform) openFile(ctx context.Context, f *core.Record) ([]byte, error) {
	var b bytes.Buffer
	err := p.openUpload(ctx, &b, f, "file", f.GetString("file"))
	return b.Bytes(), err
}

func (p *platform) requestFile(e *core.RequestEvent) error {
	f, err := p.readRequestFile(e)
	if err != nil {
		return err
	}
	data, err := p.openFile(e.Request.Context(), f)
	if err != nil {
		return keyProblem(err)
	}
	return handOut(e, f.GetString("name"), f.GetString("mime"), data)
}

// handOut sends a private file to be saved: no cache keeps it, no browser guesses
// what it is.
func handOut(e *core.RequestEvent, name, kind string, data []byte) error {
	h := e.Response.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Length", strconv.Itoa(len(data)))
	_, err := e.Response.Write(data)
	return err
}
