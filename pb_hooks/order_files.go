package pb_hooks

import (
	"fmt"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/order"
	"gongkai/pb_hooks/records"
)

// mostEvidence bounds the files of one report.
const mostEvidence = 20

// mayAddEvidence reports whether a person may put files into a part now: whoever may
// report.
func mayAddEvidence(c order.Part, signers []orderSigner) bool {
	return slices.ContainsFunc(signers, func(s orderSigner) bool {
		return c.Permits(order.Event{Do: order.Submit, As: s.As, By: s.By, For: s.For}) == nil
	})
}

// partToFill finds the part for whoever may put evidence into it now.
func (p *platform) partToFill(tx core.App, e *core.RequestEvent) (orderPart, error) {
	c, signers, err := p.visiblePart(tx, e.Auth, e.Request.PathValue("id"), e.Request.PathValue("part"))
	if err == nil && !mayAddEvidence(c.Part, signers) {
		err = e.ForbiddenError("现在不能改佐证材料：由校长或者信息公开负责人签收以后、报送以前上传和删除。", nil)
	}
	return c, err
}

// addEvidence stores a file that is to go with a report, sealed.
func (p *platform) addEvidence(e *core.RequestEvent) error {
	file, err := readCaseFile(e)
	if err != nil {
		return err
	}
	var line FileLine
	err = e.App.RunInTransaction(func(tx core.App) error {
		c, err := p.partToFill(tx, e)
		if err != nil {
			return err
		}
		n, err := tx.CountRecords(records.OrderFiles, dbx.HashExp{"part": c.record.Id, "step": ""})
		if err != nil {
			return err
		}
		if n >= mostEvidence {
			return refused("file", "order_out_of_range", fmt.Sprintf("一次报送至多 %d 个文件，请删除不用的文件", mostEvidence))
		}
		r, err := blank(tx, records.OrderFiles)
		if err != nil {
			return err
		}
		r.Load(map[string]any{"part": c.record.Id, "by": e.Auth.Id, "by_name": e.Auth.GetString("name")})
		if err := p.keepCaseFile(tx, r, file); err != nil {
			return err
		}
		line = FileLine{ID: r.Id, Name: file.Name, Mime: file.MIME, Size: len(file.Data), ByName: e.Auth.GetString("name"), Created: r.GetString("created")}
		return p.doneBy(tx, e, "order_file", c.record, map[string]any{"name": file.Name, "sha256": r.GetString("sha256")})
	})
	if err != nil {
		return keyProblem(err)
	}
	return e.JSON(http.StatusOK, line)
}

// fileOfPart finds a file of a part, and of no other.
func fileOfPart(app core.App, e *core.RequestEvent, part string) (*core.Record, error) {
	f := &core.Record{}
	if err := app.RecordQuery(records.OrderFiles).AndWhere(dbx.HashExp{"id": e.Request.PathValue("file"), "part": part}).Limit(1).One(f); err != nil {
		return nil, e.NotFoundError("没有这个文件。", nil)
	}
	return f, nil
}

// evidence hands a file out: what was submitted to all who read the part, what waits
// for its report to those who may still change it.
func (p *platform) evidence(e *core.RequestEvent) error {
	c, signers, err := p.visiblePart(e.App, e.Auth, e.Request.PathValue("id"), e.Request.PathValue("part"))
	if err != nil {
		return err
	}
	f, err := fileOfPart(e.App, e, c.record.Id)
	if err != nil {
		return err
	}
	if f.GetString("step") == "" && !mayAddEvidence(c.Part, signers) {
		return e.NotFoundError("没有这个文件。", nil)
	}
	data, err := p.openFile(e.Request.Context(), f)
	if err != nil {
		return keyProblem(err)
	}
	return handOut(e, f.GetString("name"), f.GetString("mime"), data)
}

// removeEvidence throws a file away that no report hangs on.
func (p *platform) removeEvidence(e *core.RequestEvent) error {
	err := e.App.RunInTransaction(func(tx core.App) error {
		c, err := p.partToFill(tx, e)
		if err != nil {
			return err
		}
		f, err := fileOfPart(tx, e, c.record.Id)
		if err != nil {
			return err
		}
		if f.GetString("step") != "" {
			return refused("id", "attachment_is_used", "已经报送的材料不能删除")
		}
		if err := tx.Delete(f); err != nil {
			return err
		}
		return p.doneBy(tx, e, "order_file_removed", c.record, map[string]any{"name": f.GetString("name"), "sha256": f.GetString("sha256")})
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
