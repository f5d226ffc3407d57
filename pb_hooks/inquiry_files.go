package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/inquiry"
	"gongkai/pb_hooks/records"
)

// mostFilesOfLetter bounds what one letter may hold.
const mostFilesOfLetter = 30

// ofTheUnit reports whether a person works on a letter in the unit that has it in
// hand, not only watches over it or is asked to take it.
func ofTheUnit(signers []inquirySigner) bool {
	return slices.ContainsFunc(signers, func(s inquirySigner) bool {
		return slices.Contains([]inquiry.Role{inquiry.Clerk, inquiry.Department, inquiry.Officer, inquiry.Principal}, s.As)
	})
}

// addInquiryFile stores a file that is to go with an answer, sealed.
func (p *platform) addInquiryFile(e *core.RequestEvent) error {
	file, err := readCaseFile(e)
	if err != nil {
		return err
	}
	var line FileLine
	err = e.App.RunInTransaction(func(tx core.App) error {
		record, err := p.inquiryToFill(tx, e)
		if err != nil {
			return err
		}
		n, err := tx.CountRecords(records.InquiryFiles, dbx.HashExp{"inquiry": record.Id})
		if err != nil {
			return err
		}
		if n >= mostFilesOfLetter {
			return refused("file", "inquiry_out_of_range", fmt.Sprintf("一件来信至多 %d 个文件，请删除不用的文件", mostFilesOfLetter))
		}
		r, err := blank(tx, records.InquiryFiles)
		if err != nil {
			return err
		}
		r.Load(map[string]any{"inquiry": record.Id, "by": e.Auth.Id})
		if err := p.keepCaseFile(tx, r, file); err != nil {
			return err
		}
		line = inquiryFileLine(r, false)
		return p.doneBy(tx, e, "inquiry_file", record, map[string]any{"name": file.Name, "sha256": r.GetString("sha256")})
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, line)
}

// inquiryToFill finds the letter for whoever may write its answer now.
func (p *platform) inquiryToFill(app core.App, e *core.RequestEvent) (*core.Record, error) {
	record, signers, err := p.visibleInquiry(app, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return nil, err
	}
	c, err := p.inquiryCaseOf(app, record)
	if err != nil {
		return nil, err
	}
	if !mayWriteText(c.Case, signers, textAnswer) {
		return nil, e.ForbiddenError("现在不能改附件：由专管员或承办人在办理中上传和删除。", nil)
	}
	return record, nil
}

func inquiryFileLine(f *core.Record, given bool) FileLine {
	return FileLine{ID: f.Id, Name: f.GetString("name"), Mime: f.GetString("mime"), Size: f.GetInt("size"), Created: f.GetString("created"), Attached: given}
}

// inquiryFileOf finds a file of a letter, and of no other.
func inquiryFileOf(app core.App, e *core.RequestEvent, record *core.Record) (*core.Record, error) {
	f := &core.Record{}
	err := app.RecordQuery(records.InquiryFiles).AndWhere(dbx.HashExp{"id": e.Request.PathValue("file"), "inquiry": record.Id}).Limit(1).One(f)
	if err != nil {
		return nil, e.NotFoundError("没有这个文件。", nil)
	}
	return f, nil
}

// inquiryFile hands a file out: to the people of the unit all of them, to others who
// see the letter what was given with an answer.
func (p *platform) inquiryFile(e *core.RequestEvent) error {
	record, signers, err := p.visibleInquiry(e.App, e.Auth, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	f, err := inquiryFileOf(e.App, e, record)
	if err != nil {
		return err
	}
	if !ofTheUnit(signers) {
		c, err := p.inquiryCaseOf(e.App, record)
		if err != nil {
			return err
		}
		given, err := p.answersOfCase(e.App, c)
		if err != nil {
			return keyProblem(err)
		}
		if !slices.ContainsFunc(given, func(a toWriter) bool { return withID(a.files, f.Id) != nil }) {
			return e.NotFoundError("没有这个文件。", nil)
		}
	}
	data, err := p.openFile(e.Request.Context(), f)
	if err != nil {
		return keyProblem(err)
	}
	if record.GetBool("confidential") {
		if err := p.doneBy(e.App, e, "inquiry_opened", record, map[string]any{"sha256": f.GetString("sha256")}); err != nil {
			return err
		}
	}
	return handOut(e, f.GetString("name"), f.GetString("mime"), data)
}

// removeInquiryFile throws a file away that no text hangs on: what was submitted
// stays as it was.
func (p *platform) removeInquiryFile(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		record, err := p.inquiryToFill(tx, e)
		if err != nil {
			return err
		}
		f, err := inquiryFileOf(tx, e, record)
		if err != nil {
			return err
		}
		used, err := fileIsUsed(tx, f)
		if err != nil {
			return err
		}
		if used {
			return refused("id", "attachment_is_used", "答复用到这个文件，不能删除；还没有提交的，请先从答复里去掉")
		}
		if err := tx.Delete(f); err != nil {
			return err
		}
		return p.doneBy(tx, e, "inquiry_file_removed", record, map[string]any{"name": f.GetString("name"), "sha256": f.GetString("sha256")})
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}

// fileIsUsed reports whether a text of the letter has a file.
func fileIsUsed(app core.App, f *core.Record) (bool, error) {
	n, err := app.CountRecords(records.InquiryTexts, dbx.HashExp{"inquiry": f.GetString("inquiry")}, dbx.Like("files", f.Id))
	return n > 0, err
}
