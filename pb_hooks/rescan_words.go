package pb_hooks

import (
	"context"
	"fmt"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// wordBatch is what a rescan sees in some articles, before it is written.
type wordBatch struct {
	app     core.App
	words   *scan.Words
	list    int // number of the list
	seen    []seenArticle
	changes int // findings, at most, that settling it writes
}

// seenArticle is an article with the texts that were read.
type seenArticle struct {
	article, school string
	versions        []string
	found           []wordFinding
}

// textsOf are the versions that a rescan reads: the public one, and the one
// under review.
func textsOf(article *core.Record) []string {
	var ids []string
	if published := article.GetString("published"); published != "" && slices.Contains([]string{"published", "expired", "archived"}, article.GetString("state")) {
		ids = append(ids, published)
	}
	if pending := article.GetString("pending"); pending != "" {
		ids = append(ids, pending)
	}
	return ids
}

// wordFinding is a word at a place of a version.
type wordFinding struct {
	scan.Finding
	version, attachment string
}

func (f wordFinding) key() string {
	return f.version + "\n" + f.attachment + "\n" + string(f.Level) + "\n" + clip(f.Place, 300) + "\n" + clip(f.Sample, 300)
}

// add reads an article's texts.
func (b *wordBatch) add(ctx context.Context, article *core.Record) error {
	s := seenArticle{article: article.Id, school: article.GetString("school"), versions: textsOf(article)}
	for _, id := range s.versions {
		found, err := b.wordsIn(ctx, id)
		if err != nil {
			return fmt.Errorf("scan version %s: %w", id, err)
		}
		s.found = append(s.found, found...)
	}
	b.seen, b.changes = append(b.seen, s), b.changes+len(s.found)
	return nil
}

// wordsIn looks for the words in a version: its text, the names of its files,
// and what is in them.
func (b *wordBatch) wordsIn(ctx context.Context, id string) ([]wordFinding, error) {
	version, err := b.app.FindRecordById(records.Versions, id)
	if err != nil {
		return nil, err
	}
	scanner := scan.OnlyWords(b.words)
	files, err := showVersion(b.app, scanner, version)
	if err != nil {
		return nil, err
	}
	var found []wordFinding
	for _, f := range scanner.Findings() {
		found = append(found, wordFinding{f, id, ""})
	}
	for _, file := range files {
		inside, err := wordsInFile(ctx, b.app, file, b.words)
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			b.app.Logger().Error("rescan a file", "attachment", file.Id, "error", err) // one bad file holds up no others
			continue
		}
		for _, f := range inside {
			found = append(found, wordFinding{f, id, file.Id})
		}
	}
	return found, nil
}

// wordsInFile looks for the words in the text of a file.
func wordsInFile(ctx context.Context, app core.App, file *core.Record, words *scan.Words) ([]scan.Finding, error) {
	if file.GetInt("width") > 0 {
		return nil, nil // a picture
	}
	data, err := storedFile(app, file)
	if err != nil {
		return nil, err
	}
	scanner := scan.OnlyWords(words)
	_, err = readInto(ctx, scanner, file.GetString("name"), data)
	return scanner.Findings(), err
}

// settle opens what is new and closes what is found no more; it returns how
// many were opened. A text that was replaced while it was read is left alone:
// its successor was scanned when it was submitted.
func (b *wordBatch) settle(tx core.App, s seenArticle) (opened int, err error) {
	known, err := tx.FindAllRecords(records.Findings, dbx.HashExp{"article": s.article, "class": string(scan.Word)})
	if err != nil || len(known)+len(s.found) == 0 {
		return 0, err
	}
	article, err := tx.FindRecordById(records.Articles, s.article)
	if err != nil {
		return 0, nil // deleted since
	}
	current := textsOf(article)
	stands := func(version string) bool {
		return slices.Contains(current, version) && slices.Contains(s.versions, version)
	}
	still := map[string]bool{}
	for _, f := range s.found {
		still[f.key()] = true
	}
	settled := map[string]bool{}
	for _, k := range known {
		key := wordFinding{scan.Finding{Level: scan.Level(k.GetString("level")), Place: k.GetString("place"), Sample: k.GetString("sample")},
			k.GetString("version"), k.GetString("attachment")}.key()
		open := k.GetString("state") == "open"
		if open && stands(k.GetString("version")) && !still[key] {
			k.Set("state", "resolved")
			if err := tx.Save(k); err != nil {
				return 0, err
			}
			continue
		}
		// what people saw at the review, and let stand, is not asked again
		settled[key] = settled[key] || open || k.GetString("state") == "overridden" || k.GetString("found") == "submit"
	}
	for _, f := range s.found {
		if !stands(f.version) || settled[f.key()] {
			continue
		}
		settled[f.key()] = true
		if err := b.open(tx, s.article, f); err != nil {
			return 0, err
		}
		opened++
	}
	return opened, nil
}

func (b *wordBatch) open(tx core.App, article string, f wordFinding) error {
	c, err := tx.FindCachedCollectionByNameOrId(records.Findings)
	if err != nil {
		return err
	}
	r := newFinding(c, article, f.version, f.attachment, f.Finding)
	r.Load(map[string]any{"found": "rescan", "word_list": b.list})
	return tx.Save(r)
}
