package pb_hooks

import (
	"database/sql"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"unicode"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
)

// contentOfVersion are the fields of a version that say what it says; its hash
// covers them and its files (exactText).
var contentOfVersion = []string{"title", "source", "doc_number", "created_on", "originally_on", "valid_until", "body", "facts"}

// plansOfVersion are when and for how long it is to be public. The hash covers
// them where they are set.
var plansOfVersion = []string{"publicity_workdays", "release_at"}

func bindVersions(app core.App) {
	app.OnRecordCreateRequest(records.Versions).BindFunc(signVersion)
	app.OnRecordUpdateRequest(records.Versions).BindFunc(keepVersionDerived)
	app.OnRecordCreate(records.Versions).BindFunc(inTx(startVersion))
	app.OnRecordUpdate(records.Versions).BindFunc(inTx(changeVersion))
	app.OnRecordDelete(records.Versions).BindFunc(keepFrozen)
}

// signVersion records who starts a version; its text comes from the last one.
func signVersion(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("只有学校工作人员可以写信息。", nil)
	}
	e.Record.Set("author", e.Auth.Id)
	e.Record.Set("writers", e.Auth.Id)
	return e.Next()
}

// keepVersionDerived: the client writes content only, and never over what
// somebody else saved meanwhile: it says which save it began from ("base").
func keepVersionDerived(e *core.RecordRequestEvent) error {
	for _, f := range []string{"article", "number", "frozen", "hash", "author", "summary", "writers", "restored_from"} {
		e.Record.Set(f, e.Record.Original().Get(f))
	}
	if err := keepOriginallyOn(e); err != nil {
		return err
	}
	if e.Auth != nil && e.Auth.Collection().Name == records.Staff {
		e.Record.Set("writers+", e.Auth.Id)
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	if base, _ := info.Body["base"].(string); base != "" && base != e.Record.Original().GetString("updated") {
		return staleSave()
	}
	return e.Next()
}

// keepOriginallyOn: 原发布日期 is of what an old site brought; nobody writes it on
// anything else.
func keepOriginallyOn(e *core.RecordRequestEvent) error {
	was := e.Record.Original().GetString("originally_on")
	if e.Record.GetString("originally_on") == was {
		return nil
	}
	article, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article"))
	if err != nil {
		return err
	}
	if article.GetString("batch") == "" {
		e.Record.Set("originally_on", was)
	}
	return nil
}

// startVersion numbers a new version. It starts as a copy of the last one, or of
// the earlier one that is to be restored.
func startVersion(e *core.RecordEvent) error {
	last, err := e.App.FindRecordsByFilter(records.Versions, "article = {:a}", "-number", 1, 0, dbx.Params{"a": e.Record.GetString("article")})
	if err != nil {
		return err
	}
	e.Record.Set("number", 1)
	e.Record.Set("frozen", false)
	if len(last) == 1 {
		if !last[0].GetBool("frozen") {
			return validation.Errors{"article": validation.NewError("version_open", "这条信息已有一份未发布的修改稿")}
		}
		from, err := restoredVersion(e, last[0])
		if err != nil {
			return err
		}
		for _, f := range append(slices.Concat(contentOfVersion, plansOfVersion), "attachments", "summary") {
			e.Record.Set(f, from.Get(f))
		}
		e.Record.Set("number", last[0].GetInt("number")+1)
		if err := keepWriters(e.App, e.Record, from); err != nil {
			return err
		}
	}
	return cleanVersion(e)
}

// keepWriters makes those who wrote a text writers of its copy, unless that very
// text was public: then others have reviewed it, and it is only the change that
// has to be. Without this, somebody could have their text copied by a colleague
// and review it themselves.
func keepWriters(app core.App, version, from *core.Record) error {
	wasPublic, err := app.CountRecords(records.Steps, dbx.HashExp{"article": from.GetString("article"), "version": from.Id,
		"action": []any{string(publication.Publish), string(publication.Import)}})
	if err != nil || wasPublic > 0 {
		return err
	}
	version.Set("writers+", from.GetStringSlice("writers"))
	return nil
}

// addWriter makes a person a writer of the version of an article that is being
// written. It is no change of the text: the colleague who saves next is not told
// that somebody saved in between.
func addWriter(app core.App, article string, person *core.Record) error {
	if person == nil || person.Collection().Name != records.Staff {
		return nil
	}
	return app.RunInTransaction(func(tx core.App) error { // of two who give files at once both become writers
		open, err := tx.FindFirstRecordByFilter(records.Versions, "article = {:article} && frozen = false", dbx.Params{"article": article})
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return nil
		case err != nil || slices.Contains(open.GetStringSlice("writers"), person.Id):
			return err
		}
		raw, err := json.Marshal(append(open.GetStringSlice("writers"), person.Id))
		if err != nil {
			return err
		}
		_, err = tx.DB().Update(records.Versions, dbx.Params{"writers": string(raw)}, dbx.HashExp{"id": open.Id}).Execute()
		return err
	})
}

// keepAllWriters: whoever became a writer while this save was on its way stays one.
func keepAllWriters(e *core.RecordEvent) error {
	stored, err := e.App.FindRecordById(records.Versions, e.Record.Id)
	if err != nil {
		return err
	}
	if stored.GetBool("frozen") { // it was submitted while this save waited for its turn
		return refused("id", "version_is_frozen", "这个版本刚刚送审，您的修改没有写入，请新建修改稿")
	}
	e.Record.Set("writers+", stored.GetStringSlice("writers"))
	return nil
}

// restoredVersion is the version that the new one copies.
func restoredVersion(e *core.RecordEvent, last *core.Record) (*core.Record, error) {
	id := e.Record.GetString("restored_from")
	if id == "" {
		return last, nil
	}
	from, err := e.App.FindRecordById(records.Versions, id)
	if err != nil || from.GetString("article") != e.Record.GetString("article") {
		return nil, validation.Errors{"restored_from": validation.NewError("version_of_another", "这个版本不属于这条信息")}
	}
	return from, nil
}

// changeVersion cleans what was written. A frozen version is what was
// published: nobody changes it.
func changeVersion(e *core.RecordEvent) error {
	if e.Record.Original().GetBool("frozen") {
		return validation.Errors{"id": validation.NewError("version_is_frozen", "送审或公开过的版本不能更改，请新建修改稿")}
	}
	if err := keepAllWriters(e); err != nil {
		return err
	}
	if err := cleanVersion(e); err != nil {
		return err
	}
	article, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article"))
	if err != nil || article.GetString("title") == e.Record.GetString("title") {
		return err
	}
	steps, err := e.App.CountRecords(records.Steps, dbx.HashExp{"article": article.Id})
	if err != nil || steps > 0 {
		return err // the bureau sees the article: it is called what was submitted, not what is being written
	}
	article.Set("title", e.Record.GetString("title"))
	return e.App.Save(article)
}

// cleanVersion sanitises the text and checks what belongs to the version. The
// notes tell the writer what was taken out of a paste.
func cleanVersion(e *core.RecordEvent) error {
	v := e.Record
	for _, f := range []string{"title", "source", "doc_number", "body"} {
		v.Set(f, strings.ToValidUTF8(v.GetString(f), "\uFFFD")) // an export could not repeat broken bytes, and would not verify
	}
	v.Set("title", strings.Join(strings.Fields(strings.Map(visibleRune, v.GetString("title"))), " "))
	cleaned, err := richtext.Clean(v.GetString("body"))
	if err != nil {
		return validation.Errors{"body": fieldError(err)}
	}
	v.Set("body", cleaned.HTML)
	v.Set("summary", richtext.Summary(richtext.Text(cleaned.HTML), 100))
	if err := cleanFacts(v); err != nil {
		return validation.Errors{"facts": err}
	}
	foreign, err := e.App.CountRecords(records.Attachments, dbx.HashExp{"id": anys(v.GetStringSlice("attachments"))},
		dbx.Not(dbx.HashExp{"article": v.GetString("article")}))
	if err != nil {
		return err
	}
	if foreign > 0 {
		return validation.Errors{"attachments": validation.NewError("attachment_of_another", "附件属于另一条信息")}
	}
	notes := []map[string]any{}
	for _, n := range cleaned.Notes {
		notes = append(notes, map[string]any{"code": n.Code, "message": n.String()})
	}
	v.WithCustomData(true).Set("notes", notes)
	return e.Next()
}

// visibleRune leaves out of a title what nobody sees and what turns text around.
func visibleRune(r rune) rune {
	if unicode.IsControl(r) && !unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) && r != '\u200d' { // which joins emoji
		return -1
	}
	return r
}

// maxFacts bounds the rows of named fields of one version.
const maxFacts = 500

// cleanFacts accepts rows of named texts and nothing else.
func cleanFacts(v *core.Record) error {
	raw := v.GetString("facts")
	if raw == "" || raw == "null" {
		v.Set("facts", []any{})
		return nil
	}
	var rows []map[string]string
	if err := json.Unmarshal([]byte(raw), &rows); err != nil {
		return validation.NewError("facts_not_rows", "补充信息的格式不对")
	}
	if len(rows) > maxFacts {
		return validation.NewError("facts_too_many", "最多 500 行")
	}
	for _, row := range rows {
		for k, text := range row {
			row[k] = strings.TrimSpace(text)
		}
	}
	v.Set("facts", rows)
	return nil
}

func keepFrozen(e *core.RecordEvent) error {
	if e.Record.GetBool("frozen") {
		return validation.Errors{"id": validation.NewError("version_is_frozen", "送审或公开过的版本要留存，不能删除")}
	}
	others, err := e.App.CountRecords(records.Versions, dbx.HashExp{"article": e.Record.GetString("article")})
	if err != nil {
		return err
	}
	if others == 1 {
		if _, err := e.App.FindRecordById(records.Articles, e.Record.GetString("article")); err == nil {
			return validation.Errors{"id": validation.NewError("version_is_only", "这是唯一的一份内容，请删除整条信息")}
		}
	}
	return e.Next()
}

// contentOf reads what is about to be published.
func contentOf(app core.App, v *core.Record) (publication.Content, error) {
	files, err := app.FindRecordsByIds(records.Attachments, v.GetStringSlice("attachments"))
	if err != nil {
		return publication.Content{}, err
	}
	c := publication.Content{Title: v.GetString("title"), Text: richtext.Text(v.GetString("body")), Attachments: len(files),
		CreatedOn: v.GetString("created_on"), Originally: v.GetString("originally_on"), ValidUntil: v.GetString("valid_until"), Publicity: v.GetInt("publicity_workdays")}
	if err := v.UnmarshalJSONField("facts", &c.Facts); err != nil {
		return c, err
	}
	for _, f := range files {
		if f.GetInt("width") > 0 {
			c.Images = append(c.Images, publication.ImageText{Name: f.GetString("name"), Alt: f.GetString("alt")})
			continue
		}
		found, err := keptFindings(f)
		if err != nil {
			return c, err
		}
		if slices.ContainsFunc(found, func(f scan.Finding) bool { return f.Class == scan.Unreadable }) {
			c.Scans++
		}
	}
	return c, nil
}

// versionHash covers the text and the files, in their order.
func versionHash(app core.App, v *core.Record) (string, error) {
	var files []*core.Record
	for _, id := range v.GetStringSlice("attachments") {
		f, err := app.FindRecordById(records.Attachments, id)
		if err != nil {
			return "", err
		}
		files = append(files, f)
	}
	text, err := exactText(v, files)
	if err != nil {
		return "", err
	}
	return text.Hash()
}

// exactText is what the hash of a version covers; files are its attachments.
func exactText(v *core.Record, files []*core.Record) (publication.ExactText, error) {
	facts, err := json.Marshal(v.Get("facts"))
	if err != nil {
		return publication.ExactText{}, err
	}
	t := publication.ExactText{Title: v.GetString("title"), Source: v.GetString("source"), DocNumber: v.GetString("doc_number"),
		CreatedOn: v.GetString("created_on"), ValidUntil: v.GetString("valid_until"), Body: v.GetString("body"), Facts: facts,
		PublicityWorkdays: v.GetInt("publicity_workdays"), ReleaseAt: v.GetString("release_at"), OriginallyOn: v.GetString("originally_on")}
	for _, f := range files {
		t.Files = append(t.Files, publication.ExactFile{SHA256: f.GetString("sha256"), Name: f.GetString("name"), Alt: f.GetString("alt")})
	}
	return t, nil
}

// fieldError makes a domain error fit for a field of the answer.
func fieldError(err error) error {
	var coded interface{ Code() string }
	if errors.As(err, &coded) {
		return validation.NewError(coded.Code(), err.Error())
	}
	return err
}

// refused is one sentence at one field.
func refused(field, code, sentence string) error {
	return validation.Errors{field: validation.NewError(code, sentence)}
}

func anys[T ~string](list []T) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}
