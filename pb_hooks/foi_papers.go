package pb_hooks

import (
	"bytes"
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/letter"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/workday"
)

// requestLetter gives out a letter of the case: to print (html) or as the file
// that was written (docx). The bureau, and the department that only has the case in
// hand, read it with the applicant masked.
func (p *platform) requestLetter(e *core.RequestEvent) error {
	request, signers, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	l, err := e.App.FindRecordById(records.FOILetters, e.Request.PathValue("letter"))
	if err != nil || l.GetString("request") != request.Id {
		return e.NotFoundError("没有这份文书。", nil)
	}
	signs := slices.ContainsFunc(signers, func(s signer) bool { return slices.Contains(foiDuties, s.As) })
	if e.Request.URL.Query().Get("format") == "docx" {
		if !signs {
			return e.ForbiddenError("文书的原件由学校的专管员和审签人员下载，请查看打印页。", nil)
		}
		if hasOpinionLink(l) && !isClerk(signers) {
			return e.ForbiddenError("征求意见的文书由信息公开专管员下载，请查看打印页。", nil)
		}
		return p.handOutLetter(e, l)
	}
	page, err := p.letterPage(l, !signs, isClerk(signers))
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.HTML(http.StatusOK, string(page))
}

// handOutLetter sends the .docx of a letter.
func (p *platform) handOutLetter(e *core.RequestEvent, l *core.Record) error {
	var b bytes.Buffer
	if err := p.openUpload(e.Request.Context(), &b, l, "docx", l.GetString("docx")); err != nil {
		return keyProblem(err)
	}
	return handOut(e, letterFileName(l), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b.Bytes())
}

// hasOpinionLink reports whether a letter says where its recipient can answer. Whoever
// has that link can answer in their place, so only the clerk, who sends it, reads it.
func hasOpinionLink(l *core.Record) bool {
	kind := foi.LetterKind(l.GetString("kind"))
	return kind == foi.LetterThirdParty || kind == foi.LetterConsult
}

// opinionSecret is the secret part of that link.
var opinionSecret = regexp.MustCompile(`(/opinion#)[0-9A-Z]+`)

// letterPage draws a letter to look at and to print, with or without who applied and
// the link by which its recipient can answer.
func (p *platform) letterPage(l *core.Record, masked, linked bool) ([]byte, error) {
	raw, err := p.unseal(l, "filled")
	if err != nil {
		return nil, err
	}
	values := map[string]string{}
	if err := json.Unmarshal([]byte(raw), &values); err != nil {
		return nil, err
	}
	if masked {
		for _, field := range []string{"申请人", "受送达人"} {
			if values[field] != "" {
				values[field] = maskName(values[field])
			}
		}
		if values["送达地点"] != "" {
			values["送达地点"] = maskTail(values["送达地点"], 6)
		}
	}
	if !linked {
		values["回复方式"] = opinionSecret.ReplaceAllString(values["回复方式"], "$1…（只告知被征求意见的人）")
	}
	return letter.HTML(foi.LetterKind(l.GetString("kind")), values)
}

// noteDelivery records how a letter reached whom it is written to (送达). The
// answer's own delivery is a step of the procedure.
func (p *platform) noteDelivery(e *core.RequestEvent) error {
	var body struct {
		On   workday.Date `json:"on"`
		Way  string       `json:"way"`
		Note string       `json:"note"`
		File string       `json:"file"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	var line LetterLine
	err := e.App.RunInTransaction(func(tx core.App) error {
		request, signers, err := p.visibleRequest(tx, e.Auth, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		if !isClerk(signers) {
			return e.ForbiddenError("送达由信息公开专管员登记。", nil)
		}
		l, err := tx.FindRecordById(records.FOILetters, e.Request.PathValue("letter"))
		if err != nil || l.GetString("request") != request.Id {
			return e.NotFoundError("没有这份文书。", nil)
		}
		switch {
		case !body.On.IsValid() || body.On > workday.Date(p.today()):
			return refused("on", "foi_malformed", "请填写有效的日期，不能晚于今天")
		case string(body.On) < l.GetString("dated"):
			return refused("on", "foi_malformed", "送达日期不能早于成文日期 "+l.GetString("dated"))
		case strings.TrimSpace(body.Way) == "":
			return refused("way", "foi_missing", "请填写送达的方式")
		}
		if body.File != "" {
			if _, err := fileOf(tx, request, body.File); err != nil {
				return refused("file", "foi_malformed", "请选择这件申请的送达凭证")
			}
		}
		l.Load(map[string]any{"delivered_on": string(body.On), "delivered_way": clip(strings.TrimSpace(body.Way), 200), "delivered_note": clip(strings.TrimSpace(body.Note), 500),
			"delivered_by": e.Auth.GetString("name"), "delivered_file": body.File})
		if err := tx.Save(l); err != nil {
			return err
		}
		line = letterLine(l)
		return p.doneBy(tx, e, "foi_delivery", request, map[string]any{"number": l.GetString("number"), "on": body.On})
	})
	if err != nil {
		return err
	}
	return e.JSON(http.StatusOK, line)
}

// openIdentity shows the clerk who applied, for a reason that is entered before
// it is shown.
func (p *platform) openIdentity(e *core.RequestEvent) error {
	application, _, err := p.openWithReason(e, "foi_identity")
	if err != nil {
		return err
	}
	who, err := p.openPerson(application)
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, who)
}

// openPaper shows the clerk one of the papers that came with an application.
func (p *platform) openPaper(e *core.RequestEvent) error {
	application, ask, err := p.openWithReason(e, "foi_paper")
	if err != nil {
		return err
	}
	if !slices.Contains([]string{"proofs", "mandates", "papers"}, ask.Field) {
		return e.NotFoundError("没有这份材料。", nil)
	}
	names := application.GetStringSlice(ask.Field)
	if ask.N < 1 || ask.N > len(names) {
		return e.NotFoundError("没有这份材料。", nil)
	}
	var b bytes.Buffer
	if err := p.openUpload(e.Request.Context(), &b, application, ask.Field, names[ask.N-1]); err != nil {
		return keyProblem(err)
	}
	name, kind := paperName(ask.Field, b.Bytes())
	return handOut(e, name, kind, b.Bytes())
}

// paperName is what a paper of an applicant is called, and its type.
func paperName(field string, content []byte) (name, kind string) {
	kind = http.DetectContentType(content)
	return map[string]string{"proofs": "身份证明", "mandates": "授权委托书", "papers": "申请书"}[field] + extOfPaper(kind), kind
}

// extOfPaper is how the name of a paper of a type ends.
func extOfPaper(kind string) string {
	return map[string]string{"image/jpeg": ".jpg", "image/png": ".png", "application/pdf": ".pdf"}[kind]
}

// openAsk is what somebody wants to see of an applicant, and why.
type openAsk struct {
	Reason string `json:"reason"`
	Field  string `json:"field"`
	N      int    `json:"n"`
}

func (p *platform) openWithReason(e *core.RequestEvent, action string) (*core.Record, openAsk, error) {
	var ask openAsk
	if err := readBody(e, &ask); err != nil {
		return nil, ask, err
	}
	request, signers, err := p.visibleRequest(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return nil, ask, err
	}
	if ask.Reason, err = mayIdentify(e, request, signers, ask.Reason); err != nil {
		return nil, ask, err
	}
	application, err := latestApplication(e.App, request.Id)
	if err != nil {
		return nil, ask, err
	}
	return application, ask, p.doneBy(e.App, e, action, request, map[string]any{"reason": ask.Reason, "field": ask.Field})
}

// mayIdentify asks whether somebody may see who applied, and why; it returns the
// reason to be entered.
func mayIdentify(e *core.RequestEvent, request *core.Record, signers []signer, reason string) (string, error) {
	reason = strings.TrimSpace(reason)
	n := len([]rune(reason))
	switch {
	case !isClerk(signers):
		return "", e.ForbiddenError("申请人的信息只有信息公开专管员可以查看。", nil)
	case n < 4 || n > 200:
		return "", refused("reason", "foi_missing", "请写明查看的原因，4 至 200 字")
	case request.GetString("purged_at") != "":
		return "", e.BadRequestError(errPurged.Error()+"。", nil)
	}
	return reason, nil
}
