package pb_hooks

import (
	"context"
	"fmt"
	"sync"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// mostFilesKnown is for how many files it is remembered which words are in them.
const mostFilesKnown = 2000

// filesRead are the words of one list that were found in files. A file never
// changes, nor does a list: each file is read once for a list while the server
// runs, so that neither a save nor, as a rule, a submission reads it again.
type filesRead struct {
	words *scan.Words
	mu    sync.Mutex
	found map[string][]scan.Finding // by the id of the attachment
}

func filesReadFor(app core.App, words *scan.Words) *filesRead {
	const key = "words_in_files"
	if last, ok := app.Store().Get(key).(*filesRead); ok && last.words == words {
		return last
	}
	next := &filesRead{words: words, found: map[string][]scan.Finding{}}
	app.Store().Set(key, next)
	return next
}

func (r *filesRead) known(file string) ([]scan.Finding, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	found, ok := r.found[file]
	return found, ok
}

func (r *filesRead) keep(file string, found []scan.Finding) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.found) >= mostFilesKnown {
		clear(r.found)
	}
	r.found[file] = found
}

// wordsInAttachment are the words of the list in force that stand in a file. A
// file that was not read for this list yet is read in full; otherwise, while
// somebody writes, it waits for that.
func wordsInAttachment(ctx context.Context, app core.App, words *scan.Words, file *core.Record, full bool) ([]scan.Finding, error) {
	if words == nil {
		return nil, nil
	}
	read := filesReadFor(app, words)
	if found, ok := read.known(file.Id); ok || !full {
		return found, nil
	}
	found, err := wordsInFile(ctx, app, file, words)
	if err != nil {
		return nil, fmt.Errorf("look for words in %s: %w", file.GetString("name"), err)
	}
	read.keep(file.Id, found)
	return found, nil
}

// readAhead reads the files of the version that is being written for the list in
// force, so that a submission finds them read.
func readAhead(ctx context.Context, app core.App, article string) error {
	words, err := wordsInForce(app)
	if err != nil || words == nil {
		return err
	}
	open, err := app.FindAllRecords(records.Versions, dbx.HashExp{"article": article, "frozen": false})
	if err != nil {
		return err
	}
	for _, version := range open {
		files, err := app.FindRecordsByIds(records.Attachments, version.GetStringSlice("attachments"))
		if err != nil {
			return err
		}
		for _, file := range files {
			if _, err := wordsInAttachment(ctx, app, words, file, true); err != nil {
				return err
			}
		}
	}
	return nil
}

// apart parts the words of a list from what else was found in a file.
func apart(found []scan.Finding) (other, words []scan.Finding) {
	for _, f := range found {
		if f.Class == scan.Word {
			words = append(words, f)
		} else {
			other = append(other, f)
		}
	}
	return other, words
}
