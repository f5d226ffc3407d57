package pb_hooks

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/pocketbase/pocketbase/core"
)

// storePapers writes the files of a filing that is to be inserted past
// PocketBase, which would do it with the record. They are on the disk only after
// syncBatch.
func storePapers(app core.App, f *preparedFiling) error {
	switch {
	case f.uploads.count() == 0:
		return nil
	case app.Settings().S3.Enabled:
		return uploadPapers(app, f)
	}
	place := papersOf(app, f)
	err := os.Mkdir(place, 0o755)
	if errors.Is(err, fs.ErrNotExist) { // the first of all
		storage := filepath.Join(app.DataDir(), core.LocalStorageDirName)
		err = errors.Join(os.MkdirAll(place, 0o755), syncPath(storage), syncPath(app.DataDir()))
	}
	if err != nil {
		return err
	}
	for _, files := range f.uploads.files {
		for _, file := range files {
			if err := file.storeIn(place); err != nil {
				return err
			}
		}
	}
	return nil
}

// storeIn writes a file under its name.
func (f sealedUpload) storeIn(folder string) error {
	to := filepath.Join(folder, f.stored)
	if f.path != "" {
		return os.Rename(f.path, to)
	}
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		return err
	}
	_, err = file.Write(f.sealed)
	return errors.Join(err, file.Close())
}

// mostSyncs is of how many filings the papers are put on the disk at the same
// time. A disk does that for many in little more time than for one.
const mostSyncs = 32

// syncBatch puts the papers of a batch on the disk: the files, their names, and
// the names of their folders. It leaves with each filing what went wrong with it.
func syncBatch(app core.App, batch []*arriving) {
	if app.Settings().S3.Enabled {
		return
	}
	var all sync.WaitGroup
	slots, parent := make(chan struct{}, mostSyncs), ""
	for _, a := range batch {
		if a.uploads.count() == 0 {
			continue
		}
		place := papersOf(app, a.preparedFiling)
		parent = filepath.Dir(place)
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			for _, files := range a.uploads.files {
				for _, file := range files {
					a.err = errors.Join(a.err, syncPath(filepath.Join(place, file.stored)))
				}
			}
			a.err = errors.Join(a.err, syncPath(place))
		})
	}
	var failed error
	if parent != "" { // one for all: the folders were made before
		failed = syncPath(parent)
	}
	all.Wait()
	for _, a := range batch {
		a.err = errors.Join(a.err, failed)
	}
}

// papersOf is the folder of the files of a filing.
func papersOf(app core.App, f *preparedFiling) string {
	return filepath.Join(app.DataDir(), core.LocalStorageDirName, filepath.FromSlash(f.papers.BaseFilesPath()))
}

func uploadPapers(app core.App, f *preparedFiling) (err error) {
	storage, err := app.NewFilesystem()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, storage.Close()) }()
	for field := range f.uploads.files {
		for _, file := range f.papers.GetUnsavedFiles(field) {
			if err := storage.UploadFile(file, f.papers.BaseFilesPath()+"/"+file.Name); err != nil {
				return err
			}
		}
	}
	return nil
}

// removePapers removes the files of a filing that was not inserted.
func removePapers(app core.App, f *preparedFiling) error {
	if f.uploads.count() == 0 {
		return nil
	}
	if !app.Settings().S3.Enabled {
		return os.RemoveAll(papersOf(app, f))
	}
	storage, err := app.NewFilesystem()
	if err != nil {
		return err
	}
	return errors.Join(errors.Join(storage.DeletePrefix(f.papers.BaseFilesPath()+"/")...), storage.Close())
}

// syncPapers puts the files of a record on the disk before it is acknowledged.
func syncPapers(app core.App, r *core.Record) error {
	for _, f := range sealedFieldsOf(r.Collection().Name) {
		if !f.IsFile {
			continue
		}
		for _, name := range r.GetStringSlice(f.Field) {
			if err := syncStored(app, r.BaseFilesPath()+"/"+name); err != nil {
				return err
			}
		}
	}
	return nil
}

// syncPath puts a file, or the names in a folder, on the disk.
func syncPath(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
