package pb_hooks

import (
	"bytes"
	"context"
	"io"
	"path"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/pocketbase/pocketbase/tools/security"

	"gongkai/pb_hooks/sealed"
)

// filePlace is where a sealed file belongs: its name is part of it, so that two
// files of one field cannot be exchanged.
func (f sealedField) filePlace(record, name string) sealed.Place {
	at := f.place(record)
	at.Field += "/" + name
	return at
}

// sealUpload seals a file and adds it to a file field of a record, which is
// given its id. The stored name tells nothing; what the person called the file is
// sealed in a field of its own, if it is wanted. The sealed bytes are held in
// memory until the record is saved. It fails with sealed.MissingKey or the error
// of content.
func (p *platform) sealUpload(r *core.Record, field string, content io.Reader) error {
	f, err := sealedFieldOf(r.Collection().Name, field)
	if err != nil {
		return err
	}
	if r.Id == "" {
		r.Id = core.GenerateDefaultRandomId()
	}
	name := sealedName()
	var data bytes.Buffer
	if err := p.keyring().SealFile(&data, content, f.filePlace(r.Id, name)); err != nil {
		return err
	}
	file, err := filesystem.NewFileFromBytes(data.Bytes(), "sealed.bin")
	if err != nil {
		return err
	}
	file.Name = name
	r.Set(field+"+", file)
	return nil
}

// sealedName is a name under which a sealed file is stored. It tells nothing.
func sealedName() string {
	return "sealed_" + security.RandomStringWithAlphabet(12, core.DefaultIdAlphabet) + ".bin"
}

// openUpload writes the plain bytes of a sealed file to w. After an error what
// was written must not be used. Who may read it, and that they did, is for the
// caller to see to.
func (p *platform) openUpload(ctx context.Context, w io.Writer, r *core.Record, field, name string) error {
	f, err := sealedFieldOf(r.Collection().Name, field)
	if err != nil {
		return err
	}
	files, err := p.app.NewFilesystem()
	if err != nil {
		return err
	}
	defer files.Close()
	files.SetContext(ctx)
	stored, err := files.GetReader(path.Join(r.BaseFilesPath(), name))
	if err != nil {
		return err
	}
	defer stored.Close()
	return p.keyring().OpenFile(w, stored, f.filePlace(r.Id, name))
}

// guardFiles opens what is about to be stored.
func (p *platform) guardFiles(r *core.Record, f sealedField) error {
	for _, file := range r.GetUnsavedFiles(f.Field) {
		err := func() error {
			content, err := file.Reader.Open()
			if err != nil {
				return err
			}
			defer content.Close()
			return p.keyring().OpenFile(io.Discard, content, f.filePlace(r.Id, file.Name))
		}()
		if err != nil {
			return err
		}
	}
	return nil
}
