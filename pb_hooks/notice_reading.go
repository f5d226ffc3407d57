package pb_hooks

import (
	"net/http"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// bindNotices: of what somebody was told they change only that they read it;
// what cannot wait is mailed at once.
func bindNotices(app core.App, p *platform) {
	app.OnRecordUpdateRequest(records.Notices).BindFunc(p.keepNotice)
	bindUrgentMails(app, p)
}

func (p *platform) keepNotice(e *core.RecordRequestEvent) error {
	read := e.Record.GetString("read_at") != ""
	for _, field := range e.Record.Collection().Fields {
		if name := field.GetName(); name != "updated" {
			e.Record.Set(name, e.Record.Original().Get(name))
		}
	}
	switch {
	case !read:
		e.Record.Set("read_at", "")
	case e.Record.GetString("read_at") == "":
		e.Record.Set("read_at", p.options.Now().UTC())
	}
	return e.Next()
}

// readNotices marks a person's notifications as read: those named, or all. The
// records are saved one by one, so that the person's other windows hear of it.
func (p *platform) readNotices(e *core.RequestEvent) error {
	var body struct {
		IDs []string `json:"ids"`
		All bool     `json:"all"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	if !body.All && len(body.IDs) == 0 {
		return e.BadRequestError("没有说明哪些消息已读。", nil)
	}
	unread := dbx.HashExp{"staff": e.Auth.Id, "read_at": ""}
	if !body.All {
		unread["id"] = anys(body.IDs)
	}
	err := e.App.RunInTransaction(func(tx core.App) error {
		list, err := tx.FindAllRecords(records.Notices, unread)
		if err != nil {
			return err
		}
		for _, n := range list {
			n.Set("read_at", p.options.Now().UTC())
			if err := tx.Save(n); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	return e.NoContent(http.StatusNoContent)
}
