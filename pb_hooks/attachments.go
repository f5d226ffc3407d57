package pb_hooks

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/attachment"
	"gongkai/pb_hooks/records"
)

func bindAttachments(app core.App) {
	app.OnRecordCreateRequest(records.Attachments).BindFunc(writeFile)
	app.OnRecordUpdateRequest(records.Attachments).BindFunc(writeFile)
	app.OnRecordCreate(records.Attachments).BindFunc(takeFile)
	app.OnRecordUpdate(records.Attachments).BindFunc(inTx(keepFile))
	app.OnRecordDelete(records.Attachments).BindFunc(inTx(keepUsedFile))
}

// writeFile: who gives a file, or the words for it, writes on the version.
func writeFile(e *core.RecordRequestEvent) error {
	if e.Record.IsNew() {
		e.Record.Set("cleaned", false)
		e.Record.Set(hasToOpen, true)
	}
	if err := e.Next(); err != nil {
		return err
	}
	return addWriter(e.App, e.Record.GetString("article"), e.Auth)
}

// hasToOpen marks an upload by a person, who can give another file: one that no
// program opens is refused. It is no field and is not stored. What an import
// brings was public before, and is kept with what was found in it.
const hasToOpen = "has_to_open"

// takeFile types an upload by its content, cleans a picture of everything but
// its pixels, and fills what the public is told about the file.
func takeFile(e *core.RecordEvent) error {
	files := e.Record.GetUnsavedFiles("file")
	if len(files) != 1 {
		return validation.Errors{"file": validation.NewError("attachment_missing", "请选择一个文件")}
	}
	taken, err := readUpload(files[0])
	if err != nil {
		return validation.Errors{"file": fieldError(err)}
	}
	e.Record.Set("file", taken.file)
	e.Record.Set("thumb", taken.thumb)
	e.Record.Load(taken.fields)
	e.Record.Set("alt", strings.ToValidUTF8(e.Record.GetString("alt"), "\uFFFD"))
	return e.Next()
}

// upload is a file made ready to be stored.
type upload struct {
	file, thumb *filesystem.File
	fields      map[string]any
}

func readUpload(f *filesystem.File) (upload, error) {
	r, err := f.Reader.Open()
	if err != nil {
		return upload{}, fmt.Errorf("open upload: %w", err)
	}
	defer r.Close()
	name := attachment.CleanName(f.OriginalName)
	kind, err := attachment.Identify(name, r, f.Size)
	if err != nil {
		return upload{}, err
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return upload{}, fmt.Errorf("read upload: %w", err)
	}
	data, fields := []byte(nil), map[string]any{"name": name, "mime": kind.MIME, "label": kind.Label, "width": 0, "height": 0}
	var thumb []byte
	if kind.Image {
		img, err := attachment.NormalizeImage(r, kind)
		if err != nil {
			return upload{}, err
		}
		if thumb, err = attachment.Thumbnail(img.Data); err != nil {
			return upload{}, err
		}
		data, fields["width"], fields["height"] = img.Data, img.Width, img.Height
	} else if data, err = io.ReadAll(io.LimitReader(r, f.Size)); err != nil {
		return upload{}, fmt.Errorf("read upload: %w", err)
	}
	sum := sha256.Sum256(data)
	fields["sha256"], fields["size"] = hex.EncodeToString(sum[:]), len(data)
	u := upload{fields: fields}
	// the stored name carries nothing of the original: it is nobody's business
	if u.file, err = filesystem.NewFileFromBytes(data, "file."+kind.Ext); err != nil {
		return u, err
	}
	if thumb != nil {
		u.thumb, err = filesystem.NewFileFromBytes(thumb, "thumb.jpg")
	}
	return u, err
}

// keepFile lets the words about a file change, while no published version
// shows it, and never the file.
func keepFile(e *core.RecordEvent) error {
	e.Record.Set("alt", strings.ToValidUTF8(e.Record.GetString("alt"), "\uFFFD"))
	words := e.Record.GetString("alt") != e.Record.Original().GetString("alt")
	for _, f := range []string{"article", "mime", "label", "size", "width", "height", "sha256", "name", "findings", "cleaned"} {
		e.Record.Set(f, e.Record.Original().Get(f))
	}
	if len(e.Record.GetUnsavedFiles("file"))+len(e.Record.GetUnsavedFiles("thumb")) > 0 ||
		e.Record.GetString("file") != e.Record.Original().GetString("file") {
		return validation.Errors{"file": validation.NewError("attachment_is_final", "文件不能替换，请上传新附件后删除旧的")}
	}
	if !words {
		return e.Next()
	}
	return keepUsedFile(e)
}

// keepUsedFile refuses to change or delete a file that a published version shows.
func keepUsedFile(e *core.RecordEvent) error {
	used, err := e.App.CountRecords(records.Versions, dbx.HashExp{"article": e.Record.GetString("article"), "frozen": true},
		dbx.Like("attachments", e.Record.Id))
	if err != nil {
		return err
	}
	if used > 0 {
		return validation.Errors{"id": validation.NewError("attachment_is_used", "已发布的版本用到这个附件，不能更改或删除")}
	}
	return e.Next()
}
