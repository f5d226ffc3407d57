package pb_hooks

import (
	"bytes"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// showWriter shows the clerk who wrote a letter, for a reason that is entered
// before it is shown.
func (p *platform) showWriter(e *core.RequestEvent) error {
	letter, _, err := p.openLetterWithReason(e, "inquiry_writer")
	if err != nil {
		return err
	}
	who, err := p.openCorrespondent(letter)
	if err != nil {
		return keyProblem(err)
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, who)
}

// showLetterPaper hands out one of the papers that came with a letter, counted from
// 1, for a reason that is entered before it is shown.
func (p *platform) showLetterPaper(e *core.RequestEvent) error {
	letter, ask, err := p.openLetterWithReason(e, "inquiry_paper")
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := p.openUpload(e.Request.Context(), &b, letter, "papers", letter.GetStringSlice("papers")[ask.N-1]); err != nil {
		return keyProblem(err)
	}
	kind := http.DetectContentType(b.Bytes())
	return handOut(e, fmt.Sprintf("来信材料%d%s", ask.N, extOfPaper(kind)), kind, b.Bytes())
}

// openLetterWithReason finds what was written for somebody who says why they want to
// see its writer or its papers, and enters it.
func (p *platform) openLetterWithReason(e *core.RequestEvent, action string) (letter *core.Record, ask openAsk, err error) {
	if err := readBody(e, &ask); err != nil {
		return nil, ask, err
	}
	ask.Reason = strings.TrimSpace(ask.Reason)
	err = e.App.RunInTransaction(func(tx core.App) error {
		person, err := tx.FindRecordById(records.Staff, e.Auth.Id)
		if err != nil {
			return err
		}
		record, signers, err := p.visibleInquiry(tx, person, e.Request.PathValue("id"))
		if err != nil {
			return err
		}
		isClerk := slices.ContainsFunc(signers, func(s inquirySigner) bool { return s.As == inquiry.Clerk })
		n := len([]rune(ask.Reason))
		switch {
		case action == "inquiry_writer" && !isClerk:
			return e.ForbiddenError("来信人的信息只有办理单位的专管员可以查看。", nil)
		case n < 4 || n > 200:
			return refused("reason", "inquiry_missing", "请写明查看的原因，4 至 200 字")
		case record.GetString("purged_at") != "":
			return e.BadRequestError("来信人的个人信息已经按期清除。", nil)
		}
		if letter, err = letterOf(tx, record.Id); err != nil {
			return err
		}
		if action == "inquiry_writer" && leftNothing(letter) {
			return e.BadRequestError("这是匿名来信，没有留下姓名和联系方式。", nil)
		}
		detail := map[string]any{"reason": ask.Reason}
		if action == "inquiry_paper" {
			if ask.N < 1 || ask.N > len(letter.GetStringSlice("papers")) {
				return e.NotFoundError("没有这份材料。", nil)
			}
			detail["n"] = ask.N
		}
		return p.doneBy(tx, e, action, record, detail)
	})
	return letter, ask, err
}

// leftNothing reports whether nobody can be reached about a letter. A student who
// gives no name may leave a guardian's contact.
func leftNothing(letter *core.Record) bool {
	return letter.GetString("name") == "" && letter.GetString("contact") == "" && letter.GetString("guardian") == ""
}
