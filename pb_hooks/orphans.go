package pb_hooks

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// orphanAge is how old papers without a record are before they are removed:
// younger ones may belong to a filing under way.
const orphanAge = time.Hour

// removeOrphans removes the papers of filings that were cut off between their papers
// and their rows, when the server was killed or the power failed. No receipt was shown
// for them, and nobody would ever purge them. It returns how many folders there were.
// Of a storage elsewhere (S3) nothing is removed: how old a folder is cannot be told.
func (p *platform) removeOrphans() (removed int, err error) {
	if p.app.Settings().S3.Enabled {
		return 0, nil
	}
	for _, collection := range []string{records.FOIApplications, records.InquiryLetters} {
		n, err := p.removeOrphansOf(collection)
		removed += n
		if err != nil {
			return removed, err
		}
	}
	return removed, nil
}

func (p *platform) removeOrphansOf(collection string) (removed int, err error) {
	c, err := p.app.FindCachedCollectionByNameOrId(collection)
	if err != nil {
		return 0, err
	}
	place := filepath.Join(p.app.DataDir(), core.LocalStorageDirName, c.BaseFilesPath())
	folders, err := os.ReadDir(place)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, nil // nobody has sent any yet
	}
	if err != nil {
		return 0, fmt.Errorf("list papers: %w", err)
	}
	// after the folders: what is filed meanwhile has its row by now, or is young
	var ids []string
	if err := p.app.DB().Select("id").From(collection).Column(&ids); err != nil {
		return 0, fmt.Errorf("list %s: %w", collection, err)
	}
	filed := make(map[string]bool, len(ids))
	for _, id := range ids {
		filed[id] = true
	}
	for _, folder := range folders {
		if filed[folder.Name()] || !folder.IsDir() {
			continue
		}
		info, err := folder.Info()
		if err != nil {
			return removed, err
		}
		if p.options.Now().Sub(info.ModTime()) < orphanAge {
			continue
		}
		if err := os.RemoveAll(filepath.Join(place, folder.Name())); err != nil {
			return removed, err
		}
		removed++
	}
	return removed, nil
}
