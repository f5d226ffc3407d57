package pb_hooks

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/pdf"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// bindFindings scans what is written: quickly with every save, in full at
// submission. A file is read once, when it is uploaded.
func bindFindings(app core.App, p *platform) {
	app.OnRecordCreate(records.Attachments).BindFunc(scanFile)
	app.OnRecordUpdate(records.Versions).BindFunc(p.tellFindings)
	app.OnRecordViewRequest(records.Attachments).BindFunc(showFindings)
	// what was found is the scanner's to say, and what was decided is counted:
	// nobody writes either by hand
	final := func(*core.RecordRequestEvent) error {
		return refused("id", "finding_is_final", "自动检查的结果不能直接添加、更改或删除")
	}
	app.OnRecordCreateRequest(records.Findings).BindFunc(final)
	app.OnRecordUpdateRequest(records.Findings).BindFunc(final)
	app.OnRecordDelete(records.Findings).BindFunc(func(*core.RecordEvent) error {
		return refused("id", "finding_is_final", "自动检查的结果要留存，不能删除")
	})
	whileServing(app, func(ctx context.Context) { // so that the first PDF need not wait
		if err := pdf.Prepare(ctx); err != nil && ctx.Err() == nil {
			app.Logger().Error("prepare the reader of PDF files", "error", err)
		}
	})
}

// tellFindings adds to the answer of a save what the scanner sees so far.
func (p *platform) tellFindings(e *core.RecordEvent) error {
	if err := e.Next(); err != nil || e.Record.GetBool("frozen") {
		return err
	}
	article, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article"))
	if err != nil {
		return err
	}
	text, files, err := p.foundIn(e.Context, e.App, article, e.Record, false)
	if err != nil {
		return err
	}
	found := slices.Clone(text)
	for _, id := range e.Record.GetStringSlice("attachments") {
		found = append(found, files[id]...)
	}
	e.Record.WithCustomData(true).Set("findings", found)
	return countFound(e.App, article, found)
}

// scanFile keeps what a file carries beside the file, so that a submission need
// not read it again; the words in it are remembered apart, for the list in force
// changes. It runs after the upload was typed and cleaned.
func scanFile(e *core.RecordEvent) error {
	files := e.Record.GetUnsavedFiles("file")
	if len(files) != 1 {
		return e.Next()
	}
	r, err := files[0].Reader.Open()
	if err != nil {
		return fmt.Errorf("open upload: %w", err)
	}
	defer r.Close()
	data, err := io.ReadAll(r)
	if err != nil {
		return fmt.Errorf("read upload: %w", err)
	}
	words, err := wordsInForce(e.App)
	if err != nil {
		return err
	}
	scanner := scan.New(words)
	unseen, err := readInto(e.Context, scanner, e.Record.GetString("name"), data)
	if err != nil {
		return err
	}
	if sentence := scan.Broken(unseen); sentence != "" && e.Record.GetBool(hasToOpen) {
		return refused("file", "attachment_broken", sentence)
	}
	found, inside := apart(scanner.Findings())
	e.Record.Set("findings", slices.Concat(unseen, found))
	if err := e.Next(); err != nil || words == nil {
		return err
	}
	filesReadFor(e.App, words).keep(e.Record.Id, inside)
	return nil
}

// readFindings reads a file's text and structure.
func readFindings(ctx context.Context, name string, data []byte) ([]scan.Finding, error) {
	scanner := scan.New(nil)
	unseen, err := readInto(ctx, scanner, name, data)
	return slices.Concat(unseen, scanner.Findings()), err
}

// readInto shows a file's text to a scanner; it returns what the file carries
// unseen.
func readInto(ctx context.Context, scanner *scan.Scanner, name string, data []byte) ([]scan.Finding, error) {
	unseen, err := scan.File(ctx, name, extensionOf(name), bytes.NewReader(data), int64(len(data)), func(c scan.Content) error {
		scanner.Add(c)
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("scan %s: %w", name, err)
	}
	return unseen, nil
}

// foundIn is everything found in a version: its words, the names of its files,
// and what its files carry. Levels are those of its column and kind. In full, its
// files are read again where the list of words is newer.
func (p *platform) foundIn(ctx context.Context, app core.App, article, version *core.Record, full bool) (text []scan.Finding, files map[string][]scan.Finding, err error) {
	words, err := wordsInForce(app)
	if err != nil {
		return nil, nil, err
	}
	scanner := scan.New(words)
	attached, err := showVersion(app, scanner, version)
	if err != nil {
		return nil, nil, err
	}
	circumstances := p.circumstances(article, version)
	files = map[string][]scan.Finding{}
	for _, f := range attached {
		found, err := keptFindings(f)
		if err != nil {
			return nil, nil, err
		}
		inside, err := wordsInAttachment(ctx, app, words, f, full)
		if err != nil {
			return nil, nil, err
		}
		files[f.Id] = scan.Judge(slices.Concat(found, inside), circumstances)
	}
	return scan.Judge(scanner.Findings(), circumstances), files, nil
}

// showVersion shows a scanner the words of a version and the names of its
// files, which it returns. It alone names the places: a finding is known again
// by them.
func showVersion(app core.App, scanner *scan.Scanner, version *core.Record) ([]*core.Record, error) {
	add := func(place, s string) { scanner.Add(scan.Content{Cells: []scan.Cell{{Place: place, Text: s}}}) }
	for _, f := range []struct{ place, field string }{{"标题", "title"}, {"来源", "source"}, {"文号", "doc_number"}} {
		add(f.place, version.GetString(f.field))
	}
	rows, err := factRows(version)
	if err != nil {
		return nil, err
	}
	for _, c := range append(bodyContent(version.GetString("body")), rows...) {
		scanner.Add(c)
	}
	attached, err := app.FindRecordsByIds(records.Attachments, version.GetStringSlice("attachments"))
	for _, f := range attached {
		add("附件名称", f.GetString("name"))
		add("图片替代文字", f.GetString("alt"))
	}
	return attached, err
}

// keptFindings are what was found in a file when it was uploaded.
func keptFindings(file *core.Record) ([]scan.Finding, error) {
	var found []scan.Finding
	if raw := file.GetString("findings"); raw == "" || raw == "null" {
		return nil, nil
	}
	err := file.UnmarshalJSONField("findings", &found)
	return found, err
}

// pupilColumns are about single pupils: admission, records, awards and aid.
var pupilColumns = []string{"A0403", "A0404", "A0501", "A0502"}

func (p *platform) circumstances(article, version *core.Record) scan.Circumstances {
	return scan.Circumstances{Pupils: slices.Contains(pupilColumns, article.GetString("column")), Publicity: version.GetInt("publicity_workdays") > 0}
}

// keepFindings stores what was found in a submitted version.
func (p *platform) keepFindings(app core.App, article, version *core.Record) error {
	text, files, err := p.foundIn(context.Background(), app, article, version, true)
	if err != nil {
		return err
	}
	if err := storeFindings(app, article.Id, version.Id, "", text); err != nil {
		return err
	}
	for _, id := range version.GetStringSlice("attachments") {
		if err := storeFindings(app, article.Id, version.Id, id, files[id]); err != nil {
			return err
		}
	}
	return nil
}

func storeFindings(app core.App, article, version, attachment string, found []scan.Finding) error {
	c, err := app.FindCachedCollectionByNameOrId(records.Findings)
	if err != nil {
		return err
	}
	for _, f := range found {
		r := newFinding(c, article, version, attachment, f)
		r.Set("found", "submit")
		if err := app.Save(r); err != nil {
			return err
		}
	}
	return nil
}

// newFinding is an open finding; by what it was found is left to be said.
func newFinding(c *core.Collection, article, version, attachment string, f scan.Finding) *core.Record {
	r := core.NewRecord(c)
	r.Load(map[string]any{"article": article, "version": version, "attachment": attachment, "class": string(f.Class), "level": string(f.Level),
		"place": clip(f.Place, 300), "sample": clip(f.Sample, 300), "hint": clip(f.Hint, 300), "can_clean": f.CanClean, "state": "open"})
	return r
}

func extensionOf(name string) string { return strings.ToLower(name[strings.LastIndex(name, ".")+1:]) }

func clip(s string, most int) string {
	if len(s) <= most { // bytes, which are no fewer than characters
		return s
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// refuseOpenBlocks: what must be dealt with stands in the way of the secrecy
// review until somebody changed the text or the secrecy reviewer wrote why it
// may stand.
func refuseOpenBlocks(app core.App, version string) error {
	open, err := app.CountRecords(records.Findings, dbx.HashExp{"version": version, "level": string(scan.Block), "state": "open"})
	if err != nil {
		return err
	}
	if open > 0 {
		return validation.Errors{"findings": validation.NewError("findings_open", fmt.Sprintf("还有 %d 处必须处理的内容，请退回修改，或逐处写明可以公开的理由", open))}
	}
	return nil
}

// refuseBlocksIn scans words that become public at once, without a review: the
// reason of a withdrawal. Here nobody can let a block stand.
func refuseBlocksIn(app core.App, field, text string) error {
	words, err := wordsInForce(app)
	if err != nil {
		return err
	}
	scanner := scan.New(words)
	scanner.Add(scan.Content{Cells: []scan.Cell{{Place: "原因", Text: text}}})
	// a 公示 of pupils is the strictest of circumstances
	for _, f := range scan.Judge(scanner.Findings(), scan.Circumstances{Pupils: true}) {
		if f.Level == scan.Block {
			return refused(field, "reason_not_public", "撤回原因会向社会公开，其中有"+f.Class.Name()+"（"+f.Sample+"），请删去")
		}
	}
	return nil
}

// resolveFindings closes what is open of an article: another text is public, or none.
func resolveFindings(app core.App, article string) error {
	open, err := app.FindAllRecords(records.Findings, dbx.HashExp{"article": article, "state": "open"})
	if err != nil {
		return err
	}
	for _, f := range open {
		f.Set("state", "resolved")
		if err := app.Save(f); err != nil {
			return err
		}
	}
	return nil
}

func showFindings(e *core.RecordRequestEvent) error {
	e.Record.Unhide("findings")
	return e.Next()
}

// wordsInForce is the bureau's newest list of 错敏词; nil before there is one.
func wordsInForce(app core.App) (*scan.Words, error) {
	list, err := app.FindRecordsByFilter(records.WordLists, "number > 0", "-number", 1, 0)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return wordsOf(app, list[0])
}
