package pb_hooks

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/types"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
)

// sendBroadcast gives each chosen school a draft of its own. Files are stored
// first, under names that follow from the broadcast; everything else is one
// transaction. So a killed server has sent nothing, sending again finishes the
// work, and sending twice sends once.
func (p *platform) sendBroadcast(e *core.RequestEvent) error {
	b, err := visible(e, records.Broadcasts, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	if b.GetString("sent_at") == "" {
		if err := p.refuseUnsendable(b); err != nil {
			return e.BadRequestError("还不能下发。", err)
		}
		if err := p.send(e, b); err != nil {
			return err
		}
	}
	return p.answerProgress(e, b.Id)
}

// refuseUnsendable says at each field what stands in the way.
func (p *platform) refuseUnsendable(b *core.Record) error {
	wrong := validation.Errors{}
	schools := b.GetStringSlice("schools")
	if len(schools) == 0 {
		wrong["schools"] = validation.NewError("broadcast_no_school", "请选择要下发的学校")
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	var without, ended []string
	for _, id := range schools {
		if s, ok := d.ByID(id); ok && hasEnded(s.Status) {
			ended = append(ended, s.ShortName)
			continue
		}
		place := core.NewRecord(b.Collection()) // anything with a school and a column
		place.SetRaw("school", id)
		place.SetRaw("column", b.GetString("column"))
		if _, _, err := p.placeOf(p.app, place); err != nil {
			without = append(without, p.shortName(id))
		}
	}
	if len(ended) > 0 {
		wrong["schools"] = validation.NewError("broadcast_school_ended", "下列学校已经合并或撤销，请取消选择："+strings.Join(ended, "、"))
	} else if len(without) > 0 {
		wrong["schools"] = validation.NewError("broadcast_school_without_column", "下列学校没有这个栏目，请取消选择："+strings.Join(without, "、"))
	}
	if strings.TrimSpace(richtext.Text(b.GetString("body"))) == "" && len(b.GetStringSlice("files")) == 0 {
		wrong["body"] = validation.NewError("broadcast_empty", "请填写正文，或上传附件")
	}
	if due := b.GetString("due_on"); due == "" || due < p.today() {
		wrong["due_on"] = validation.NewError("broadcast_due", "请填写公开期限，不能早于今天")
	}
	if len(wrong) > 0 {
		return wrong
	}
	return nil
}

func (p *platform) shortName(school string) string {
	d, err := p.directory()
	if err != nil {
		return ""
	}
	if s, ok := d.ByID(school); ok {
		return s.ShortName
	}
	return "（已不存在的学校）"
}

func (p *platform) send(e *core.RequestEvent, b *core.Record) error {
	files, err := readBroadcastFiles(e.App, b)
	if err != nil {
		return err
	}
	if err := storeCopies(e.App, b, files); err != nil {
		return err
	}
	return e.App.RunInTransaction(func(tx core.App) error {
		b, err := tx.FindRecordById(records.Broadcasts, b.Id)
		if err != nil || b.GetString("sent_at") != "" {
			return err // somebody was quicker: it is sent
		}
		if err := p.refuseUnsendable(b); err != nil {
			return err
		}
		for _, school := range b.GetStringSlice("schools") {
			if err := p.sendTo(tx, b, school, files); err != nil {
				return fmt.Errorf("send broadcast %s to %s: %w", b.Id, school, err)
			}
		}
		b.Set("sent_at", p.options.Now().UTC())
		if err := tx.Save(b); err != nil {
			return err
		}
		return p.doneBy(tx, e, "send", b, map[string]any{"schools": len(b.GetStringSlice("schools"))})
	})
}

// sendTo makes one school's draft. It has no author yet: who submits it there is.
func (p *platform) sendTo(tx core.App, b *core.Record, school string, files []broadcastFile) error {
	c, err := tx.FindCachedCollectionByNameOrId(records.Articles)
	if err != nil {
		return err
	}
	article := core.NewRecord(c)
	article.Id = broadcastArticle(b.Id, school)
	article.Load(map[string]any{"school": school, "column": b.GetString("column"), "title": b.GetString("title"), "broadcast": b.Id})
	if err := tx.Save(article); err != nil {
		return err
	}
	ids, err := insertCopies(tx, b, school, article.Id, files)
	if err != nil {
		return err
	}
	version, err := tx.FindFirstRecordByData(records.Versions, "article", article.Id)
	if err != nil {
		return err
	}
	version.Load(map[string]any{"body": b.GetString("body"), "facts": b.Get("facts"), "attachments": ids, "created_on": p.today(),
		"writers": b.GetString("by")}) // who wrote it at the bureau reviews it nowhere
	if err := tx.Save(version); err != nil {
		return err
	}
	people, err := p.broadcastPeople(tx, school)
	if err != nil {
		return err
	}
	return notify(tx, people, notification{Kind: "broadcast", Key: "broadcast/" + b.Id, Link: "/articles/" + article.Id,
		Title: clip("区级下发，请于 "+b.GetString("due_on")+" 前公开："+b.GetString("title"), 300)})
}

// broadcastArticle names a school's article of a broadcast: it has one at most.
func broadcastArticle(broadcast, school string) string {
	return idOf(records.Articles, "broadcast/"+broadcast+"/"+school)
}

// broadcastPeople are whom a broadcast waits for at a school: its editors, or
// its principal where it has none.
func (p *platform) broadcastPeople(app core.App, school string) ([]string, error) {
	people, err := p.peopleOf(app, school, publication.Editor)
	if err != nil || len(people) > 0 {
		return people, err
	}
	return p.peopleOf(app, school, publication.Principal)
}

// broadcastFile is a file of a broadcast, read, typed and scanned once for all schools.
type broadcastFile struct {
	stored, ext string // its name in the broadcast
	data, thumb []byte
	fields      map[string]any
}

func readBroadcastFiles(app core.App, b *core.Record) (files []broadcastFile, err error) {
	names, err := fileNamesOf(b)
	if err != nil {
		return nil, err
	}
	fsys, err := app.NewFilesystem()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, fsys.Close()) }()
	for _, known := range names {
		f, err := readBroadcastFile(fsys, b.BaseFilesPath()+"/"+known.Stored, known.Name)
		if err != nil {
			return nil, fmt.Errorf("read file %s of broadcast %s: %w", known.Stored, b.Id, err)
		}
		f.stored = known.Stored
		files = append(files, f)
	}
	return files, nil
}

func readBroadcastFile(fsys *filesystem.System, key, name string) (f broadcastFile, err error) {
	raw, err := readStored(fsys, key)
	if err != nil {
		return f, err
	}
	in, err := filesystem.NewFileFromBytes(raw, name)
	if err != nil {
		return f, err
	}
	in.OriginalName = name
	taken, err := readUpload(in)
	if err != nil {
		return f, err
	}
	f.ext, f.fields = taken.file.Name[strings.LastIndex(taken.file.Name, ".")+1:], taken.fields
	if f.data, err = bytesOf(taken.file); err != nil {
		return f, err
	}
	if taken.thumb != nil {
		if f.thumb, err = bytesOf(taken.thumb); err != nil {
			return f, err
		}
	}
	f.fields["findings"], err = readFindings(context.Background(), taken.fields["name"].(string), f.data)
	return f, err
}

func bytesOf(f *filesystem.File) ([]byte, error) {
	r, err := f.Reader.Open()
	if err != nil {
		return nil, err
	}
	defer r.Close()
	var b bytes.Buffer
	_, err = b.ReadFrom(r)
	return b.Bytes(), err
}

// copyID names a school's copy of a file: the same one whenever it is asked for.
func copyID(b *core.Record, school string, f broadcastFile) string {
	return idOf(records.Attachments, "broadcast/"+b.Id+"/"+school+"/"+f.stored)
}

// storeCopies puts the files where the schools' attachments will look for them.
// A file without its record is seen by nobody; sending again writes it again.
func storeCopies(app core.App, b *core.Record, files []broadcastFile) (err error) {
	if len(files) == 0 {
		return nil
	}
	c, err := app.FindCachedCollectionByNameOrId(records.Attachments)
	if err != nil {
		return err
	}
	fsys, err := app.NewFilesystem()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, fsys.Close()) }()
	for _, school := range b.GetStringSlice("schools") {
		for _, f := range files {
			folder := c.BaseFilesPath() + "/" + copyID(b, school, f)
			if err := fsys.Upload(f.data, folder+"/file."+f.ext); err != nil {
				return fmt.Errorf("store a copy of %s: %w", f.stored, err)
			}
			if f.thumb != nil {
				if err := fsys.Upload(f.thumb, folder+"/thumb.jpg"); err != nil {
					return fmt.Errorf("store a copy of %s: %w", f.stored, err)
				}
			}
		}
	}
	return nil
}

// insertCopies writes a school's attachments. It passes by the hook that reads,
// cleans and scans an upload: that was done once, for all schools.
func insertCopies(tx core.App, b *core.Record, school, article string, files []broadcastFile) ([]string, error) {
	at, ids := types.NowDateTime().String(), []string{}
	for _, f := range files {
		row := dbx.Params{"id": copyID(b, school, f), "article": article, "file": "file." + f.ext, "thumb": "", "alt": "", "cleaned": false,
			"created": at, "updated": at}
		if f.thumb != nil {
			row["thumb"] = "thumb.jpg"
		}
		for name, value := range f.fields {
			row[name] = value
		}
		raw, err := json.Marshal(f.fields["findings"])
		if err != nil {
			return nil, err
		}
		row["findings"] = string(raw)
		if _, err := tx.DB().Insert(records.Attachments, row).Execute(); err != nil {
			return nil, err
		}
		ids = append(ids, row["id"].(string))
	}
	return ids, nil
}

func (p *platform) answerProgress(e *core.RequestEvent, broadcast string) error {
	b, err := e.App.FindRecordById(records.Broadcasts, broadcast)
	if err != nil {
		return err
	}
	progress, err := p.progressOf(e.App, b)
	if err != nil {
		return err
	}
	e.Response.Header().Set("Cache-Control", "no-store")
	return e.JSON(http.StatusOK, progress)
}
