package pb_hooks

import (
	"mime"
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/dossier"
	"gongkai/pb_hooks/foi"
)

// exportEvidence streams everything kept of one request, with its proof, to
// whoever sees the request. Who applied is masked, but for the clerk who gives a
// reason (?identity=), which is entered. The bureau gets what went out. The export
// is entered before anything is sent, and is the last row in the file.
func (p *platform) exportEvidence(e *core.RequestEvent) error {
	request, signers, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(signers, func(s signer) bool { return s.As != foi.Department }) {
		return e.ForbiddenError("申请的全部材料由专管员、审签人员和区教育局导出。", nil) // the letters name the applicant
	}
	g := evidence{p: p, e: e, inSchool: slices.ContainsFunc(signers, func(s signer) bool { return s.As != foi.Bureau }), isClerk: isClerk(signers)}
	if asked := e.Request.URL.Query(); asked.Has("identity") {
		if g.reason, err = mayIdentify(e, request, signers, asked.Get("identity")); err != nil {
			return err
		}
	}
	err = e.App.RunInTransaction(func(tx core.App) error { return g.gather(tx, request.Id) })
	if err != nil {
		return keyProblem(err)
	}
	h := e.Response.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": savedName("申请案卷_" + request.GetString("number") + ".zip")}))
	if err := dossier.WriteCase(e.Response, g.d); err != nil {
		if e.Request.Context().Err() == nil { // nobody hung up
			e.App.Logger().Error("send the evidence of a request", "request", request.Id, "error", err)
		}
		panic(http.ErrAbortHandler) // half of it must not look like the whole
	}
	return nil
}
