package pb_hooks

import (
	"bytes"
	"encoding/json"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// FileLetterByRecords files what a visitor wrote to a school the slow way: each
// record is checked and saved by PocketBase, with every hook.
func FileLetterByRecords(app core.App, school string, form map[string]any, papers ...[]byte) error {
	p := bound(app)
	d, err := p.directory()
	if err != nil {
		return err
	}
	to, _ := d.ByID(school)
	var body letterBody
	raw, err := json.Marshal(form)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(raw, &body); err != nil {
		return err
	}
	f := letterFiling{letter: body.letter(), aboutPrincipal: body.AboutPrincipal, resend: body.Resend, by: letterWriter,
		uploads: uploads{Record: core.GenerateDefaultRandomId(), files: map[string][]sealedUpload{}}}
	if f.unit, err = unitFor(to, f); err != nil {
		return err
	}
	f.writtenTo = to.ID
	for _, paper := range papers {
		u := sealedUpload{name: "材料.png", stored: sealedName(), size: int64(len(paper)), head: paper}
		at, err := sealedFieldOf(records.InquiryLetters, "papers")
		if err != nil {
			return err
		}
		var sealed bytes.Buffer
		if err := p.keyring().SealFile(&sealed, bytes.NewReader(paper), at.filePlace(f.uploads.Record, u.stored)); err != nil {
			return err
		}
		u.sealed = sealed.Bytes()
		f.uploads.files["papers"] = append(f.uploads.files["papers"], u)
	}
	if err := f.check(); err != nil {
		return err
	}
	f.suspicions = f.letter.Suspicions()
	return app.RunInTransaction(func(tx core.App) error {
		_, err := p.fileLetter(tx, f)
		return err
	})
}
