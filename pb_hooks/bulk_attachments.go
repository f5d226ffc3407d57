package pb_hooks

import (
	"database/sql"
	"errors"
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/records"
)

// storeAttachment takes a file of an article that is about to be written, the
// way every upload is taken. Its id follows from the key: where a killed run
// has already stored it, it is used, and what that run left half done is
// cleared first.
func storeAttachment(app core.App, article, key string, file *filesystem.File, alt string) (id string, err error) {
	c, err := app.FindCachedCollectionByNameOrId(records.Attachments)
	if err != nil {
		return "", err
	}
	r := core.NewRecord(c)
	r.Id = idOf(records.Attachments, key)
	_, err = app.FindRecordById(c, r.Id)
	if err == nil {
		return r.Id, nil // files are stored before their record
	}
	if !errors.Is(err, sql.ErrNoRows) {
		return "", fmt.Errorf("look for attachment %s: %w", file.OriginalName, err)
	}
	if err := clearFiles(app, r.BaseFilesPath()); err != nil {
		return "", err
	}
	r.Load(map[string]any{"article": article, "file": file, "alt": alt})
	// without validation: the article it belongs to follows in the next batch;
	// the hook that types and cleans the file runs all the same
	if err := app.SaveNoValidate(r); err != nil {
		return "", fmt.Errorf("store attachment %s: %w", file.OriginalName, err)
	}
	return r.Id, nil
}

func clearFiles(app core.App, folder string) error {
	files, err := app.NewFilesystem()
	if err != nil {
		return fmt.Errorf("open the file storage: %w", err)
	}
	return errors.Join(append(files.DeletePrefix(folder+"/"), files.Close())...)
}
