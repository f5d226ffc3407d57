package pb_hooks

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"io"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/attachment"
)

// caseFile is a file that somebody of the staff sent to go with a case.
type caseFile struct {
	Name, MIME string
	Data       []byte
}

// readCaseFile reads the one file of a form and says at the field "file" what stands
// against it: its kind is told from its content.
func readCaseFile(e *core.RequestEvent) (f caseFile, err error) {
	files, err := e.FindUploadedFiles("file")
	if err != nil || len(files) != 1 {
		return f, refused("file", "attachment_missing", "请选择一个文件")
	}
	content, err := files[0].Reader.Open()
	if err != nil {
		return f, err
	}
	defer content.Close()
	f.Name = attachment.CleanName(files[0].OriginalName)
	is, err := attachment.Identify(f.Name, content, files[0].Size)
	if err != nil {
		return f, fieldErrors(map[string]error{"file": err})
	}
	f.MIME = is.MIME
	f.Data, err = io.ReadAll(content)
	return f, err
}

// keepCaseFile stores a file on a record with what it is, sealed, in the transaction
// of the caller; it is on disk before it is told to be. It fails with
// sealed.MissingKey.
func (p *platform) keepCaseFile(tx core.App, r *core.Record, f caseFile) error {
	sum := sha256.Sum256(f.Data)
	r.Load(map[string]any{"name": f.Name, "mime": f.MIME, "size": len(f.Data), "sha256": hex.EncodeToString(sum[:])})
	if err := p.sealUpload(r, "file", bytes.NewReader(f.Data)); err != nil {
		return err
	}
	if err := tx.Save(r); err != nil {
		return err
	}
	return syncStored(tx, r.BaseFilesPath()+"/"+r.GetString("file"))
}
