package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"golang.org/x/sync/errgroup"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
)

// storeSite writes the drafts of an old site and closes its batches, also those that
// a killed run wrote in full. When ctx ends, the drafts under way are written; running
// it again goes on from there.
func (p *platform) storeSite(ctx context.Context, c *siteCheck, report *siteReport, out, watch io.Writer, o siteImport) error {
	w := &siteWriter{p: p, check: c, name: o.name, batches: map[string]*core.Record{}}
	var err error
	if report.fresh > 0 {
		bar := articleBar(watch, "迁入", report.fresh)
		err = w.storeAll(ctx, o.batch, bar.at)
		bar.end()
		fmt.Fprintf(out, "已迁入 %d 条草稿，都没有公开。请学校在工作台“信息－迁入的草稿”中核对、送审。\n", w.written)
	}
	isThrough := err == nil && ctx.Err() == nil
	if isThrough || w.written > 0 {
		err = errors.Join(err, w.finish(isThrough, report.left))
	}
	if err == nil && !isThrough {
		return errors.New("已停止；再次运行同一命令即可继续，已迁入的会自动跳过")
	}
	return errors.Join(err, p.writeReport(report, c, o.report, out))
}

// storeAll: one goroutine reads the site, several read and store files, one writes
// drafts, some in each transaction.
func (w *siteWriter) storeAll(ctx context.Context, size int, told func(int)) error {
	items, drafts := make(chan movein.Item, 1), make(chan siteDraft, 1)
	g, work := errgroup.WithContext(context.WithoutCancel(ctx))
	g.Go(func() error {
		defer close(items)
		return feedItems(ctx, work, w.check.old.source, items)
	})
	readers, reading := errgroup.WithContext(work)
	for range runtime.GOMAXPROCS(0) {
		readers.Go(func() error { return w.readItems(reading, items, drafts) })
	}
	g.Go(func() error {
		defer close(drafts)
		return readers.Wait()
	})
	g.Go(func() error { return w.writeAll(drafts, size, told) })
	return g.Wait()
}

// feedItems reads items until ctx ends.
func feedItems(ctx, work context.Context, source movein.Source, to chan<- movein.Item) error {
	for it, err := range source.Items() {
		if err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		select {
		case to <- it:
		case <-work.Done():
			return work.Err()
		}
	}
	return nil
}

// siteWriter stores drafts.
type siteWriter struct {
	p       *platform
	check   *siteCheck
	name    string
	batches map[string]*core.Record // by school
	written int
}

func (w *siteWriter) readItems(work context.Context, items <-chan movein.Item, drafts chan<- siteDraft) error {
	for it := range items {
		d, err := w.check.draft(it, w.storeFile)
		if err != nil {
			return fmt.Errorf("%s：%w", it.Where, err)
		}
		if !d.isFresh() {
			continue
		}
		select {
		case drafts <- d:
		case <-work.Done():
			return work.Err()
		}
	}
	return nil
}

// storeFile stores a file as every upload is stored: typed by its content, pictures
// cleaned, and read by the scanner.
func (w *siteWriter) storeFile(d *siteDraft, f siteFile, data []byte) (why string, err error) {
	file, err := filesystem.NewFileFromBytes(data, path.Base(f.name))
	if err != nil {
		return "", err
	}
	file.OriginalName = path.Base(f.name)
	_, err = storeAttachment(w.p.app, d.id(), d.Key+"/"+f.name, file, f.shown)
	return whyNot(firstCoded(err))
}

// firstCoded is the sentence for people inside an error of a hook, else the error itself.
func firstCoded(err error) error {
	var fields validation.Errors
	if errors.As(err, &fields) {
		for _, at := range fields {
			return at
		}
	}
	return err
}

// writeAll writes drafts in batches.
func (w *siteWriter) writeAll(drafts <-chan siteDraft, size int, told func(int)) error {
	var batch []siteDraft
	write := func() error {
		if len(batch) == 0 {
			return nil
		}
		err := w.p.app.RunInTransaction(func(tx core.App) error {
			for _, d := range batch {
				if err := w.write(tx, d); err != nil {
					return fmt.Errorf("%s：%w", d.item.Where, err)
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
		w.written += len(batch)
		told(w.written)
		batch = batch[:0]
		return nil
	}
	for d := range drafts {
		if batch = append(batch, d); len(batch) == size {
			if err := write(); err != nil {
				return err
			}
		}
	}
	return write()
}

// write makes one draft with its item and its old addresses.
func (w *siteWriter) write(tx core.App, d siteDraft) error {
	batch, err := w.batchOf(tx, d.School.ID)
	if err != nil {
		return err
	}
	article, err := newRecordIn(tx, records.Articles)
	if err != nil {
		return err
	}
	article.Id = d.id()
	article.Load(map[string]any{"school": d.School.ID, "column": d.Column, "title": d.Title, "batch": batch.Id, "import_key": d.Key,
		"state": string(publication.Draft), "stage": string(publication.Drafting)})
	if err := tx.Save(article); err != nil {
		return err
	}
	if err := w.writeItem(tx, d, batch, article); err != nil {
		return err
	}
	version, err := firstVersion(tx, article)
	if err != nil {
		return err
	}
	var files []string
	for _, f := range d.files {
		files = append(files, f.id)
	}
	version.Load(map[string]any{"body": d.Body, "created_on": d.CreatedOn, "originally_on": d.CreatedOn, "doc_number": d.DocNumber, "attachments": files})
	if d.Source != "" {
		version.Set("source", d.Source)
	}
	if err := tx.Save(version); err != nil {
		return err
	}
	return w.writeAddresses(tx, d)
}

func (w *siteWriter) writeItem(tx core.App, d siteDraft, batch, article *core.Record) error {
	item, err := newRecordIn(tx, records.ImportItems)
	if err != nil {
		return err
	}
	notes, err := notesOf(d.item)
	if err != nil {
		return err
	}
	address := d.item.Address.String()
	if d.item.Address.Host == "" {
		address = d.item.Where
	}
	item.Load(map[string]any{"batch": batch.Id, "article": article.Id, "key": d.Key, "address": clip(address, 1000), "title": article.GetString("title"),
		"flags": d.item.Flags, "notes": notes})
	return tx.Save(item)
}

// writeAddresses notes the addresses of the old site that lead to a draft. One that
// an earlier run gave to another stays with that.
func (w *siteWriter) writeAddresses(tx core.App, d siteDraft) error {
	for _, a := range w.check.leads[d.id()] {
		if len(a.Path) > mostAddress {
			continue
		}
		known, err := tx.CountRecords(records.OldAddresses, dbx.HashExp{"host": a.Host, "path": a.Path})
		if err != nil {
			return err
		}
		if known > 0 {
			continue
		}
		r, err := newRecordIn(tx, records.OldAddresses)
		if err != nil {
			return err
		}
		r.Load(map[string]any{"host": a.Host, "path": a.Path, "article": d.id()})
		if err := tx.Save(r); err != nil {
			return err
		}
	}
	return nil
}

// mostAddress bounds an old address, in bytes.
const mostAddress = 1000

// batchOf is the batch of a school that this run writes into: one that a killed run
// has begun, else a new one.
func (w *siteWriter) batchOf(tx core.App, school string) (*core.Record, error) {
	if b := w.batches[school]; b != nil {
		return b, nil
	}
	begun, err := w.begun(tx, dbx.HashExp{"school": school})
	if err != nil {
		return nil, err
	}
	if len(begun) > 0 {
		w.batches[school] = begun[0]
		return begun[0], nil
	}
	b, err := newRecordIn(tx, records.ImportBatches)
	if err != nil {
		return nil, err
	}
	name := strings.TrimSpace(w.name)
	if name == "" {
		name = strings.TrimSpace(w.check.old.mapping.Host+" "+w.p.today()) + " 迁入"
	}
	b.Load(map[string]any{"school": school, "name": clip(name, 200), "source": w.check.old.name(), "state": "arriving"})
	if err := tx.Save(b); err != nil {
		return nil, err
	}
	w.batches[school] = b
	return b, nil
}

// begun are the batches that runs of this source left open: they hold something of it.
// Its name alone tells nothing, since two folders may each have an articles.csv.
func (w *siteWriter) begun(tx core.App, where dbx.HashExp) ([]*core.Record, error) {
	where["source"], where["state"] = w.check.old.name(), "arriving"
	found, err := tx.FindAllRecords(records.ImportBatches, where)
	if err != nil {
		return nil, err
	}
	var own []*core.Record
	for _, b := range found {
		var keys []string
		if err := tx.DB().Select("key").From(records.ImportItems).Where(dbx.HashExp{"batch": b.Id}).Column(&keys); err != nil {
			return nil, err
		}
		if slices.ContainsFunc(keys, w.check.holds) {
			own = append(own, b)
		}
	}
	return own, nil
}

// finish enters what the batches of this source hold, and closes them if everything
// is there: what comes in a later run is another one.
func (w *siteWriter) finish(isThrough bool, left int) error {
	return w.p.app.RunInTransaction(func(tx core.App) error {
		where := dbx.HashExp{}
		if w.check.school != nil {
			where["school"] = w.check.school.ID
		}
		begun, err := w.begun(tx, where)
		if err != nil {
			return err
		}
		for _, b := range begun {
			n, err := tx.CountRecords(records.ImportItems, dbx.HashExp{"batch": b.Id})
			if err != nil {
				return err
			}
			if isThrough {
				b.Set("state", "arrived")
				b.Set("counts", map[string]any{"taken": n, "left": left})
				if err := tx.Save(b); err != nil {
					return err
				}
			}
			if err := w.p.enterImport(tx, b, n); err != nil {
				return err
			}
		}
		return nil
	})
}

func newRecordIn(tx core.App, name string) (*core.Record, error) {
	c, err := tx.FindCachedCollectionByNameOrId(name)
	if err != nil {
		return nil, err
	}
	return core.NewRecord(c), nil
}
