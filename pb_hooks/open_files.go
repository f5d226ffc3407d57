package pb_hooks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// openFiles makes the lists of the open data into files by night (批量下载), so that
// who wants everything need not ask for every page. They hold what the lists give
// out, through the same reader.
//
// What is withdrawn or taken down (撤下) leaves at once: the files of disclosures are
// removed before whoever did it is answered, and made anew beside the server.
type openFiles struct {
	p     *platform
	again chan struct{}
	ctx   context.Context // ends with the server

	first time.Duration // how long a server answers before it makes what no night has made

	round sync.Mutex // one making at a time

	mu    sync.Mutex // of the folder: index and files change under it
	epoch int        // counts removals; what was read before one is not kept
}

// outOfFiles are the steps after which a text may be in no file any more.
var outOfFiles = []publication.Action{publication.Withdraw, publication.TakeDown}

const (
	openFolder    = "open_bulk"
	openIndex     = "index.json"
	openSums      = "SHA256SUMS"
	openFilesPage = 500 // items read at once
)

// keptIndex is the index with what each list was made of.
type keptIndex struct {
	site.BulkIndex
	Stamps map[string]string `json:"stamps"` // by list
}

func bindOpenFiles(app core.App, p *platform) {
	p.bulk = &openFiles{p: p, again: make(chan struct{}, 1), ctx: context.Background(), first: p.options.Settled}
	whileServing(app, p.bulk.serve)
}

// serve makes what was never made, and anew what a removal left open, until the server
// ends.
func (b *openFiles) serve(ctx context.Context) {
	b.ctx = ctx
	if err := b.heal(); err != nil {
		b.p.app.Logger().Error("look at the bulk files", "error", err)
	}
	first := time.NewTimer(b.first)
	defer first.Stop()
	for {
		select {
		case <-first.C:
			if index, err := b.index(); err != nil || index.CheckedOn == "" {
				b.night()
			}
		case <-ctx.Done():
			b.round.Lock() // a night that is under way sees the end of ctx
			defer b.round.Unlock()
			return
		case <-b.again:
			if err := b.make(ctx, 0); err != nil && ctx.Err() == nil {
				b.p.app.Logger().Error("make the bulk files anew", "error", err)
			}
		}
	}
}

// night is the job: once a day, a little at a time.
func (b *openFiles) night() {
	index, err := b.index()
	if err == nil && index.CheckedOn != b.p.today() {
		err = b.make(b.ctx, b.p.options.Rest)
	}
	if err != nil && b.ctx.Err() == nil {
		b.p.app.Logger().Error("make the bulk files", "error", err)
	}
}

// heal removes what a server that was killed could not: something was withdrawn
// after the files were made.
func (b *openFiles) heal() error {
	index, err := b.index()
	if err != nil || index.CheckedOn == "" {
		return err
	}
	var last string
	err = b.p.app.ConcurrentDB().Select("coalesce(max(at), '')").From(records.Steps).Where(dbx.HashExp{"action": anys(outOfFiles)}).Row(&last)
	if err != nil {
		return err
	}
	isOld := slices.ContainsFunc(index.Items, func(f site.BulkDownload) bool { return ofDisclosures(f.List) && f.MadeAt <= instant(last) })
	if last != "" && isOld {
		b.remove()
	} else if len(index.Items) < 2*len(site.BulkLists()) {
		wake(b.again)
	}
	return nil
}

// ofDisclosures reports whether a list holds what is taken down.
func ofDisclosures(list string) bool {
	return !slices.Contains([]string{"schools", "columns", "standards", "statistics"}, list)
}

// remove takes the files of disclosures away at once and has them made anew.
func (b *openFiles) remove() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.epoch++
	index, err := b.read()
	if err == nil && len(index.Items) == 0 {
		return // nothing was made yet
	}
	if err == nil {
		index.Items = slices.DeleteFunc(index.Items, func(f site.BulkDownload) bool {
			if !ofDisclosures(f.List) {
				return false
			}
			delete(index.Stamps, f.List)
			err = errors.Join(err, os.Remove(filepath.Join(b.folder(), f.Name)))
			return true
		})
		err = errors.Join(err, b.write(index))
	}
	if err != nil {
		b.p.app.Logger().Error("remove the bulk files", "error", err)
	}
	wake(b.again)
}

func (b *openFiles) folder() string { return filepath.Join(b.p.app.DataDir(), openFolder) }

func (b *openFiles) index() (keptIndex, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.read()
}

// read reads the index; nothing was made yet where there is none.
func (b *openFiles) read() (v keptIndex, err error) {
	v.Stamps = map[string]string{}
	raw, err := os.ReadFile(filepath.Join(b.folder(), openIndex))
	if errors.Is(err, fs.ErrNotExist) {
		return v, nil
	}
	if err != nil {
		return v, err
	}
	return v, json.Unmarshal(raw, &v)
}

// write replaces the index and the sums, and has the mirror follow.
func (b *openFiles) write(v keptIndex) error {
	defer b.p.tellDropped(site.BulkTag)
	sums := ""
	for _, f := range v.Items {
		sums += f.SHA256 + "  " + f.Name + "\n"
	}
	raw, err := json.Marshal(v)
	if err != nil {
		return err
	}
	return errors.Join(replaceFile(filepath.Join(b.folder(), openSums), []byte(sums)), replaceFile(filepath.Join(b.folder(), openIndex), raw))
}

func replaceFile(path string, data []byte) error {
	if err := os.WriteFile(path+".new", data, 0o644); err != nil {
		return err
	}
	return os.Rename(path+".new", path)
}

// Bulk implements site.Reader.
func (r reader) Bulk(context.Context) (site.BulkIndex, error) {
	v, err := r.p.bulk.index()
	return v.BulkIndex, err
}

// BulkFile implements site.Reader: a file that the index names, or the sums.
func (r reader) BulkFile(_ context.Context, name string) (site.File, error) {
	b := r.p.bulk
	b.mu.Lock()
	defer b.mu.Unlock()
	index, err := b.read()
	if err != nil {
		return site.File{}, err
	}
	v := site.File{Name: name, MIME: "application/gzip"}
	at := slices.IndexFunc(index.Items, func(f site.BulkDownload) bool { return f.Name == name })
	switch {
	case at >= 0:
		v.ETag = `"` + index.Items[at].SHA256[:32] + `"`
		v.Modified, _ = time.Parse(time.RFC3339, index.Items[at].MadeAt) // written by us
	case name == openSums && index.CheckedOn != "":
		v.MIME = "text/plain; charset=utf-8"
	default:
		return v, site.ErrNotFound
	}
	f, err := os.Open(filepath.Join(b.folder(), name))
	if err != nil {
		return v, err
	}
	if info, err := f.Stat(); err == nil && v.ETag == "" {
		v.ETag = fmt.Sprintf(`"%x"`, info.ModTime().UnixNano())
	}
	v.ReadSeekCloser = f
	return v, nil
}
