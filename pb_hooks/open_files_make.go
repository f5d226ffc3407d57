package pb_hooks

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/klauspost/compress/gzip"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

var openFormats = []string{"csv", "jsonl"}

// errRemoved: something was taken down while a list was read.
var errRemoved = errors.New("something was taken down meanwhile")

// make makes the lists that changed, resting as many times as long as it worked.
func (b *openFiles) make(ctx context.Context, rest float64) error {
	b.round.Lock()
	defer b.round.Unlock()
	if err := os.MkdirAll(b.folder(), 0o755); err != nil {
		return err
	}
	for _, list := range site.BulkLists() {
		if err := b.makeList(ctx, list, rest); err != nil {
			return fmt.Errorf("bulk file of %s: %w", list, err)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	index, err := b.read()
	if err != nil {
		return err
	}
	index.CheckedOn = b.p.today()
	return b.write(index)
}

func (b *openFiles) makeList(ctx context.Context, list string, rest float64) error {
	for {
		b.mu.Lock()
		epoch := b.epoch
		index, err := b.read()
		b.mu.Unlock()
		if err != nil {
			return err
		}
		stamp, err := b.stamp(ctx, list)
		if err != nil || stamp == index.Stamps[list] {
			return err
		}
		made := b.p.options.Now().UTC() // what is taken down from now on is known by the epoch
		files, err := b.draw(ctx, list, rest)
		if err != nil {
			return err
		}
		if err = b.keep(list, stamp, made, epoch, files); !errors.Is(err, errRemoved) {
			return err
		}
	}
}

// keep puts the files of a list in the place of the old ones.
func (b *openFiles) keep(list, stamp string, made time.Time, epoch int, files []*packedFile) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if epoch != b.epoch && ofDisclosures(list) {
		for _, w := range files {
			_ = os.Remove(w.file.Name()) // overwritten by the next attempt else
		}
		return errRemoved
	}
	index, err := b.read()
	if err != nil {
		return err
	}
	index.Items = slices.DeleteFunc(index.Items, func(f site.BulkDownload) bool { return f.List == list })
	for i, w := range files {
		name := list + "." + openFormats[i] + ".gz"
		if err := os.Rename(w.file.Name(), filepath.Join(b.folder(), name)); err != nil {
			return err
		}
		index.Items = append(index.Items, site.BulkDownload{Name: name, List: list, Format: openFormats[i], URL: "/open/v1/bulk/" + name,
			MadeAt: made.Format(time.RFC3339), Rows: w.rows, Bytes: w.bytes, SHA256: hex.EncodeToString(w.sum.Sum(nil))})
	}
	index.Stamps[list] = stamp
	return b.write(index)
}

// stamp changes when the list may have changed.
func (b *openFiles) stamp(ctx context.Context, list string) (stamp string, err error) {
	d, err := b.p.directory()
	if err != nil {
		return "", err
	}
	if list == "statistics" {
		last, err := lastKept(b.p.app, "9999-12-31")
		return string(last) + " " + d.District.BaseURL, err
	}
	if list == "columns" || list == "standards" {
		return d.Standard.ID + " " + d.Standard.AppliedOn + " " + d.District.Name, nil
	}
	var schools, steps string
	if err := b.p.app.ConcurrentDB().Select("count(*) || ' ' || coalesce(max(updated), '')").From(records.Schools).WithContext(ctx).Row(&schools); err != nil {
		return "", err
	}
	if list != "schools" {
		steps, err = b.p.public.Marks(ctx)
	}
	return schools + " " + steps + " " + d.Standard.ID + " " + d.District.Name + " " + d.District.BaseURL, err
}

// packedFile writes a packed file and sums it up.
type packedFile struct {
	file  *os.File
	zip   *gzip.Writer
	sum   hash.Hash
	bytes int64
	rows  int
}

func (w *packedFile) Write(p []byte) (int, error) {
	n, err := w.file.Write(p)
	w.sum.Write(p[:n])
	w.bytes += int64(n)
	return n, err
}

func (b *openFiles) draw(ctx context.Context, list string, rest float64) (files []*packedFile, err error) {
	for _, format := range openFormats {
		f, err := os.Create(filepath.Join(b.folder(), list+"."+format+".new"))
		if err != nil {
			return nil, err
		}
		defer f.Close()
		w := &packedFile{file: f, sum: sha256.New()}
		w.zip = gzip.NewWriter(w)
		files = append(files, w)
	}
	if err := b.pages(ctx, list, rest, files); err != nil {
		return nil, err
	}
	for _, w := range files {
		if err := errors.Join(w.zip.Close(), w.file.Sync()); err != nil {
			return nil, err
		}
	}
	return files, nil
}

func (b *openFiles) pages(ctx context.Context, list string, rest float64, files []*packedFile) error {
	d, err := (reader{b.p}).District(ctx)
	if err != nil {
		return err
	}
	for cursor, first := "", true; first || cursor != ""; first = false {
		begun := time.Now()
		view, err := b.page(ctx, list, cursor)
		if err != nil {
			return err
		}
		page, err := site.WriteBulk(d, view, first, files[0].zip, files[1].zip)
		if err != nil {
			return err
		}
		for _, w := range files {
			w.rows += page.Rows
		}
		cursor = page.Next
		pause(ctx, time.Duration(rest*float64(time.Since(begun))))
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return nil
}

// page reads a page of a list as /open/v1 does.
func (b *openFiles) page(ctx context.Context, list, cursor string) (any, error) {
	r, f := reader{b.p}, site.ArticleFilter{Cursor: cursor, Limit: openFilesPage}
	switch list {
	case "schools":
		return r.Schools(ctx, site.SchoolFilter{Cursor: cursor, Limit: openFilesPage})
	case "columns":
		return r.Standard(ctx)
	case "standards":
		return r.standardVersions(ctx)
	case "articles":
		return r.Articles(ctx, f)
	case "files":
		return r.Files(ctx, f)
	case "forms":
		return r.Forms(ctx, f)
	case "questions":
		return r.Questions(ctx, f)
	case "answers":
		return r.Answers(ctx, f)
	case "statistics":
		return r.Statistics(ctx, site.StatisticsFilter{From: "2000-01-01", By: "month", Cursor: cursor, Limit: openFilesPage})
	}
	return nil, fmt.Errorf("there is no list %s", list)
}
