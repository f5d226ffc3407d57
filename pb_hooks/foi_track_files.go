package pb_hooks

import (
	"net/http"
	"slices"

	"github.com/pocketbase/pocketbase/core"
)

// trackLetter gives the applicant a letter that was written to them: to print
// (html) or as the file that was written (docx).
func (p *platform) trackLetter(e *core.RequestEvent) error {
	var body struct {
		trackKey
		Letter string `json:"letter"`
		Format string `json:"format"`
	}
	request, err := p.tracked(e, followedRequests, &body)
	if err != nil {
		return err
	}
	letters, err := lettersToApplicant(e.App, request.Id)
	if err != nil {
		return err
	}
	l := withID(letters, body.Letter)
	switch {
	case l == nil:
		return e.NotFoundError("没有这份文书。", nil)
	case body.Format == "docx":
		return p.handOutLetter(e, l)
	case body.Format != "html":
		return refused("format", "foi_malformed", "文书可以打印或者下载，请重试")
	}
	page, err := p.letterPage(l, false, false)
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("X-Content-Type-Options", "nosniff")
	return e.HTML(http.StatusOK, string(page))
}

// trackFile gives the applicant a file that came with an answer.
func (p *platform) trackFile(e *core.RequestEvent) error {
	var body struct {
		trackKey
		File string `json:"file"`
	}
	request, err := p.tracked(e, followedRequests, &body)
	if err != nil {
		return err
	}
	files, err := p.filesFor(e.App, request)
	if err != nil {
		return err
	}
	f := withID(files, body.File)
	if f == nil {
		return e.NotFoundError("没有这个文件。", nil)
	}
	data, err := p.openFile(e.Request.Context(), f)
	if err != nil {
		return keyProblem(err)
	}
	return handOut(e, f.GetString("name"), f.GetString("mime"), data)
}

// withID is the record of a list that has an id, nil if none has.
func withID(list []*core.Record, id string) *core.Record {
	if i := slices.IndexFunc(list, func(r *core.Record) bool { return r.Id == id }); i >= 0 {
		return list[i]
	}
	return nil
}
