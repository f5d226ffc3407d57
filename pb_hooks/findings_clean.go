package pb_hooks

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// cleanAttachment puts a file without its properties and comments in the place
// of one that carries them. A reader sees the same; the file that another
// version shows stays with that version.
func (p *platform) cleanAttachment(e *core.RequestEvent) error {
	old, err := visible(e, records.Attachments, e.Request.PathValue("id"))
	if err != nil {
		return err
	}
	var body struct {
		Version string `json:"version"`
	}
	if err := readBody(e, &body); err != nil {
		return err
	}
	version, err := visible(e, records.Versions, body.Version)
	if err != nil {
		return err
	}
	if err := p.refuseCleaning(e, old, version); err != nil {
		return err
	}
	cleaned, err := p.cleanedCopy(e.App, old)
	if err != nil {
		return err
	}
	var removed []scan.Class
	err = e.App.RunInTransaction(func(tx core.App) error {
		if err := tx.Save(cleaned); err != nil {
			return err
		}
		var err error
		if removed, err = removedFrom(old, cleaned); err != nil {
			return err
		}
		if err := swapAttachment(tx, version.Id, old, cleaned.Id, e.Auth.Id); err != nil {
			return err
		}
		return p.doneBy(tx, e, "clean", old, map[string]any{"version": version.Id, "cleaned": cleaned.Id, "removed": removed})
	})
	if err != nil {
		return err
	}
	cleaned.Unhide("findings")
	cleaned.WithCustomData(true).Set("removed", removed)
	return e.JSON(http.StatusOK, cleaned)
}

// refuseCleaning: only who may write on the version changes its files, and only
// until it is submitted.
func (p *platform) refuseCleaning(e *core.RequestEvent, file, version *core.Record) error {
	article, err := e.App.FindRecordById(records.Articles, version.GetString("article"))
	if err != nil {
		return err
	}
	if err := p.refuseReaders(e, article); err != nil {
		return err
	}
	switch {
	case version.GetBool("frozen"):
		return refused("version", "version_is_frozen", "这个版本已经送审或公开，附件不能再清理，请在修改稿中清理")
	case !slices.Contains(version.GetStringSlice("attachments"), file.Id):
		return refused("version", "attachment_of_another", "这个版本没有用到这个附件")
	}
	found, err := keptFindings(file)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(found, func(f scan.Finding) bool { return f.CanClean }) {
		return refused("file", "nothing_to_clean", "这个附件没有可以自动清理的内容，请按提示修改后重新上传")
	}
	return nil
}

// cleanedCopy is a new attachment with the same name and words; hooks type it
// and scan it like any upload.
func (p *platform) cleanedCopy(app core.App, old *core.Record) (*core.Record, error) {
	data, err := storedFile(app, old)
	if err != nil {
		return nil, err
	}
	name := old.GetString("name")
	cleaned, _, err := scan.Clean(extensionOf(name), bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, validation.Errors{"file": fieldError(err)}
	}
	file, err := filesystem.NewFileFromBytes(cleaned, name)
	if err != nil {
		return nil, err
	}
	file.OriginalName = name
	r := core.NewRecord(old.Collection())
	r.Load(map[string]any{"article": old.GetString("article"), "alt": old.GetString("alt"), "cleaned": true})
	r.Set("file", file)
	return r, nil
}

// removedFrom are the classes of what could be cleaned and is gone from its
// place. Where nothing is gone the old file stays.
func removedFrom(old, cleaned *core.Record) ([]scan.Class, error) {
	before, err := keptFindings(old)
	if err != nil {
		return nil, err
	}
	after, err := keptFindings(cleaned)
	if err != nil {
		return nil, err
	}
	var removed []scan.Class
	for _, f := range before {
		gone := !slices.ContainsFunc(after, func(left scan.Finding) bool { return left.Class == f.Class && left.Place == f.Place })
		if f.CanClean && gone && !slices.Contains(removed, f.Class) {
			removed = append(removed, f.Class)
		}
	}
	if len(removed) == 0 {
		return nil, refused("file", "nothing_to_clean", "这个附件不能自动清理，请按提示修改后重新上传")
	}
	return removed, nil
}

// swapAttachment shows the new file at the place of the old one, and deletes
// the old one where no other version shows it.
func swapAttachment(tx core.App, id string, old *core.Record, cleaned, by string) error {
	version, err := tx.FindRecordById(records.Versions, id)
	if err != nil {
		return err
	}
	ids := version.GetStringSlice("attachments")
	at := slices.Index(ids, old.Id)
	if at < 0 {
		return refused("version", "attachment_of_another", "这个附件刚刚被换掉了，请刷新页面")
	}
	ids[at] = cleaned
	version.Set("attachments", ids)
	version.Set("writers+", by)
	if err := tx.Save(version); err != nil {
		return err
	}
	others, err := tx.CountRecords(records.Versions, dbx.HashExp{"article": old.GetString("article")}, dbx.Like("attachments", old.Id))
	if err != nil || others > 0 {
		return err
	}
	return tx.Delete(old)
}

// storedFile reads an attachment's file; it is 20 MB at most.
func storedFile(app core.App, file *core.Record) (data []byte, err error) {
	fsys, err := app.NewFilesystem()
	if err != nil {
		return nil, fmt.Errorf("open the file store: %w", err)
	}
	defer func() { err = errors.Join(err, fsys.Close()) }()
	if data, err = readStored(fsys, file.BaseFilesPath()+"/"+file.GetString("file")); err != nil {
		return nil, fmt.Errorf("read attachment %s: %w", file.Id, err)
	}
	return data, nil
}

func readStored(fsys *filesystem.System, key string) ([]byte, error) {
	r, err := fsys.GetReader(key)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(r)
	return data, errors.Join(err, r.Close())
}
