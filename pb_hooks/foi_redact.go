package pb_hooks

import (
	"encoding/json"
	"errors"
	"strconv"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/redact"
)

// requestFilePage draws one page of a file, for whoever marks what is to be
// covered.
func (p *platform) requestFilePage(e *core.RequestEvent) error {
	f, err := p.readRequestFile(e)
	if err != nil {
		return err
	}
	page, err := strconv.Atoi(e.Request.PathValue("page"))
	if err != nil {
		return e.NotFoundError("没有这一页。", nil)
	}
	width, err := strconv.Atoi(e.Request.URL.Query().Get("width"))
	if err != nil {
		width = 1000
	}
	data, err := p.openFile(e.Request.Context(), f)
	if err != nil {
		return keyProblem(err)
	}
	picture, err := redact.Page(e.Request.Context(), data, page, min(2400, max(100, width)))
	if err != nil {
		return redactProblem(err)
	}
	h := e.Response.Header()
	h.Set("Content-Type", "image/jpeg")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	_, err = e.Response.Write(picture)
	return err
}

// redactProblem is what a person is told who cannot get a copy.
func redactProblem(err error) error {
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		return fieldErrors(map[string]error{"areas": err})
	}
	return err
}

// redactRequestFile makes a redacted copy (区分处理, art. 37) as a new file of the
// case. It answers line by line while it works: how many pages are done, at last
// the file or what is wrong. It stops when the person goes away.
func (p *platform) redactRequestFile(e *core.RequestEvent) error {
	var body struct {
		Areas []redact.Area `json:"areas"`
		Name  string        `json:"name"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	f, err := p.readRequestFile(e)
	if err != nil {
		return err
	}
	if _, err := p.requestToFill(e.App, e, fileRedacted); err != nil { // before the work
		return err
	}
	data, err := p.openFile(e.Request.Context(), f)
	if err != nil {
		return keyProblem(err)
	}
	lines, began := json.NewEncoder(e.Response), false
	say := func(line RedactLine) error {
		if !began {
			e.Response.Header().Set("Content-Type", "application/x-ndjson")
			e.Response.Header().Set("Cache-Control", "no-store")
		}
		began = true
		return errors.Join(lines.Encode(line), e.Flush())
	}
	made, err := redact.Make(e.Request.Context(), data, body.Areas, func(done, pages int) { _ = say(RedactLine{Done: done, Pages: pages}) }) // who went away ends the context
	switch {
	case err != nil && !began:
		return redactProblem(err)
	case err != nil:
		return p.sayRedactProblem(say, err)
	}
	name := strings.TrimSpace(body.Name)
	if name == "" {
		name = "（遮盖）" + f.GetString("name")
	}
	if i := strings.LastIndex(name, "."); i > 0 {
		name = name[:i]
	}
	line, err := p.keepFile(e, newFile{caseFile: caseFile{attachment.CleanName(name + "." + made.Ext), made.MIME, made.Data}, Kind: fileRedacted, RedactedOf: f.Id, Areas: body.Areas,
		Pages: made.Pages})
	if err != nil {
		return p.sayRedactProblem(say, err)
	}
	return say(RedactLine{Done: made.Pages, Pages: made.Pages, File: &line})
}

// RedactLine is one line of the answer: how far the work is, the finished file, or
// why there is none.
type RedactLine struct {
	Done  int       `json:"done"`
	Pages int       `json:"pages"`
	File  *FileLine `json:"file,omitempty"`
	Error string    `json:"error,omitempty"`
}

func (p *platform) sayRedactProblem(say func(RedactLine) error, err error) error {
	var coded interface{ Code() string }
	var refused *router.ApiError
	switch {
	case errors.As(err, &coded):
		return say(RedactLine{Error: err.Error()})
	case errors.As(err, &refused):
		return say(RedactLine{Error: refused.Message})
	}
	p.app.Logger().Error("make a redacted copy", "error", err)
	return say(RedactLine{Error: "没有做成遮盖后的副本，请重试；仍然不行请联系信息中心。"})
}
