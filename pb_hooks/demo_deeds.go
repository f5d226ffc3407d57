package pb_hooks

import (
	"cmp"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// wrote: an editor begins the item's article and writes its text.
//
//go:noinline
func wrote(when string) demoDeed {
	return demoDeed{when, "editor", func(d *demoPlay, item demoItem, who *core.Record) error {
		article, _, err := isNew(d.app, records.Articles, d.keyOf(item))
		if err != nil {
			return err
		}
		article.Load(map[string]any{"column": cmp.Or(item.column, "A0308"), "title": item.title})
		if err := d.save(who, article); err != nil {
			return err
		}
		version, err := d.version(article)
		if err != nil {
			return err
		}
		version.Load(map[string]any{"body": demoText(item.text), "created_on": d.p.today()})
		if item.plans != nil {
			version.Load(item.plans(d))
		}
		return d.save(who, version)
	}}
}

// changed: somebody writes on: on the draft, or beside the public version.
func changed(when, text string) demoDeed {
	return demoDeed{when, "editor", func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		version, err := d.version(article)
		if err != nil {
			return err
		}
		if version.GetBool("frozen") {
			version = core.NewRecord(version.Collection())
			version.Set("article", article.Id)
			if err := d.save(who, version); err != nil {
				return err
			}
			if version, err = d.version(article); err != nil {
				return err
			}
		}
		version.Set("body", demoText(text))
		return d.save(who, version)
	}}
}

// took: somebody takes a step.
//
//go:noinline
func took(when, post string, do publication.Action, reason string, check publication.Check) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		if who == nil {
			return d.p.step(d.app, article.Id, article.GetString("published"), do, reason)
		}
		step, _, err := isNew(d.app, records.Steps, d.keyOf(item)+"/"+string(do)+" "+when)
		if err != nil {
			return err
		}
		step.Load(map[string]any{"article": article.Id, "action": string(do), "reason": reason, "check": check})
		if do == publication.Submit {
			version, err := d.version(article)
			if err != nil {
				return err
			}
			step.Set("version", version.Id)
		}
		return d.save(who, step)
	}}
}

// The steps that most items take.
func submitted(when string) demoDeed {
	return took(when, "editor", publication.Submit, "", publication.Check{})
}

func approved(when, post string) demoDeed {
	return took(when, post, publication.Approve, "", publication.Check{Examined: publication.ReviewPoints()})
}

func cleared(when, post string) demoDeed {
	return took(when, post, publication.Clear, "", publication.Check{Examined: publication.SecrecyPoints(), Result: publication.MayPublish})
}

// claimed: somebody takes the article in hand.
func claimed(when, post string) demoDeed {
	return demoDeed{when, post, func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		return d.ask(who, d.p.claimArticle, article.Id, map[string]any{"claim": true})
	}}
}

// letStand: the secrecy reviewer says why what must be dealt with may stand.
func letStand(when, reason string) demoDeed {
	return demoDeed{when, "secrecy", func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		found, err := d.app.FindAllRecords(records.Findings, dbx.HashExp{"article": article.Id, "level": string(scan.Block), "state": "open"})
		if err == nil && len(found) == 0 {
			err = errors.New("nothing was found that must be dealt with")
		}
		for _, f := range found {
			err = errors.Join(err, d.ask(who, d.p.overrideFinding, f.Id, map[string]any{"reason": reason}))
		}
		return err
	}}
}

// attached: the editor puts a Word file on the draft that still says who wrote
// it, and what they thought.
func attached(when, name, comment string) demoDeed {
	return demoDeed{when, "editor", func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		version, err := d.version(article)
		if err != nil {
			return err
		}
		file, err := filesystem.NewFileFromBytes(demo.Manuscript([]string{item.title, item.text, demo.Notice}, who.GetString("name"), comment), name)
		if err != nil {
			return err
		}
		r, _, err := isNew(d.app, records.Attachments, d.keyOf(item))
		if err != nil {
			return err
		}
		r.Load(map[string]any{"article": article.Id, "file": file})
		if err := clearFiles(d.app, r.BaseFilesPath()); err != nil { // of a run that was killed
			return err
		}
		if err := d.save(who, r); err != nil {
			return err
		}
		version.Set("attachments", r.Id)
		return d.save(who, version)
	}}
}

// declined: a school does not take the broadcast.
func declined(when, reason string) demoDeed {
	return demoDeed{when, "editor", func(d *demoPlay, item demoItem, who *core.Record) error {
		article, err := d.article(item)
		if err != nil {
			return err
		}
		return d.ask(who, d.p.declineBroadcast, article.Id, map[string]any{"reason": reason})
	}}
}
