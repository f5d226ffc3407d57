package pb_hooks

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/dossier"
	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/publication/paper"
	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// opener finds a stored file by its key, to be read later.
type opener func(key string) (func() (io.ReadCloser, error), error)

// gathering is a dossier on its way out of the records.
type gathering struct {
	p         *platform
	app       core.App
	auth      *core.Record
	info      *core.RequestInfo
	directory *records.Directory
	open      opener

	article                                *core.Record
	versions, attachments, steps, findings []*core.Record // as far as the person may see them
	numbers                                map[string]int // of versions, by id
	registers                              []paper.Register
	d                                      dossier.Dossier
}

// readAll reads the article's records by the rules that the record API has.
func (g *gathering) readAll() error {
	for collection, into := range map[string]*[]*core.Record{records.Versions: &g.versions, records.Attachments: &g.attachments,
		records.Steps: &g.steps, records.Findings: &g.findings} {
		var all []*core.Record
		if err := g.app.RecordQuery(collection).AndWhere(dbx.HashExp{"article": g.article.Id}).OrderBy("_rowid_").All(&all); err != nil {
			return err
		}
		for _, r := range all {
			may, err := g.app.CanAccessRecord(r, g.info, r.Collection().ViewRule)
			if err != nil {
				return err
			}
			if may {
				*into = append(*into, r)
			}
		}
	}
	g.numbers = map[string]int{}
	for _, v := range g.versions {
		g.numbers[v.Id] = v.GetInt("number")
	}
	g.findings = slices.DeleteFunc(g.findings, func(f *core.Record) bool { return g.numbers[f.GetString("version")] == 0 }) // they quote the text
	slices.SortFunc(g.versions, func(a, b *core.Record) int { return g.numbers[a.Id] - g.numbers[b.Id] })
	return nil
}

func (g *gathering) tellArticle() error {
	text := g.article.GetString
	unit, school := "区教育局", &records.School{}
	if s, ok := g.directory.ByID(text("school")); ok {
		school = s
	}
	if s, ok := g.directory.ByID(g.auth.GetString("school")); ok {
		unit = s.Name
	}
	g.d.Article = dossier.Article{ID: g.article.Id, IndexNumber: text("index_number"), Title: text("title"), SchoolCode: school.Code, School: school.Name,
		ColumnCode: text("column"), Column: columnPath(g.directory, text("column")), State: text("state"), StateName: publication.State(text("state")).Name(),
		Stage: text("stage"), StageName: publication.Stage(text("stage")).Name(), Published: text("published"), PublishedAt: text("published_at"),
		FirstPublishedAt: text("first_published_at"), WithdrawnAt: text("withdrawn_at"), WithdrawnReason: text("withdrawn_reason"),
		ValidUntil: text("valid_until"), PublicityUntil: text("publicity_until"), CheckedOn: text("checked_on"), Demo: g.directory.District.Demo,
		Export: dossier.Export{At: g.p.options.Now().UTC().Format(records.InstantLayout), By: g.auth.GetString("name"), Unit: unit,
			SubmittedOnly: g.auth.GetString("school") == ""}}
	return nil
}

func (g *gathering) tellVersions() error {
	for _, v := range g.versions {
		told, files, err := g.version(v)
		if err != nil {
			return err
		}
		text, err := exactText(v, files)
		if err == nil && told.Hash == "" {
			told.Hash, err = text.Hash() // a draft has none yet
		}
		if err != nil {
			return err
		}
		told.Facts = text.Facts
		g.d.Versions = append(g.d.Versions, told)
	}
	return nil
}

func (g *gathering) version(v *core.Record) (told dossier.Version, files []*core.Record, err error) {
	text := v.GetString
	told = dossier.Version{ID: v.Id, Number: v.GetInt("number"), Title: text("title"), Source: text("source"), DocNumber: text("doc_number"),
		CreatedOn: text("created_on"), OriginallyOn: text("originally_on"), ValidUntil: text("valid_until"), PublicityWorkdays: v.GetInt("publicity_workdays"), ReleaseAt: text("release_at"),
		Note: text("note"), Writers: []dossier.Person{}, RestoredFrom: text("restored_from"), Submitted: v.GetBool("frozen"), SavedAt: text("updated"), Hash: text("hash"),
		Body: text("body")}
	for _, id := range v.GetStringSlice("writers") {
		name, err := nameOf(g.app, id)
		if err != nil {
			return told, nil, err
		}
		told.Writers = append(told.Writers, dossier.Person{ID: id, Name: name})
	}
	for _, id := range v.GetStringSlice("attachments") {
		i := slices.IndexFunc(g.attachments, func(f *core.Record) bool { return f.Id == id })
		if i < 0 {
			return told, nil, fmt.Errorf("attachment %s of version %s is not to be seen", id, v.Id)
		}
		f := g.attachments[i]
		open, err := g.open(f.BaseFilesPath() + "/" + f.GetString("file"))
		if err != nil {
			return told, nil, err
		}
		files = append(files, f)
		told.Attachments = append(told.Attachments, dossier.Attachment{ID: id, Name: f.GetString("name"), Alt: f.GetString("alt"), MIME: f.GetString("mime"),
			Size: int64(f.GetInt("size")), SHA256: f.GetString("sha256"), Open: open})
	}
	return told, files, nil
}

func (g *gathering) tellSteps() error {
	for i, s := range g.steps {
		text := s.GetString
		check, err := json.Marshal(s.Get("check"))
		if err != nil {
			return err
		}
		g.d.Steps = append(g.d.Steps, dossier.Step{Number: i + 1, ID: s.Id, At: text("at"), Stage: text("stage"), StageName: publication.Stage(text("stage")).Name(),
			Action: text("action"), ActionName: publication.Action(text("action")).Name(), Version: text("version"), VersionNumber: g.numbers[text("version")],
			Hash: text("hash"), By: text("by"), ByName: text("by_name"), For: text("for"), ForName: text("for_name"), Duty: text("duty"),
			DutyName: publication.Duty(text("duty")).Name(), AtBureau: s.GetBool("at_bureau"), Form: text("form"), FormName: publication.Form(text("form")).Name(),
			Writers: slices.Clone(s.GetStringSlice("writers")), Reason: text("reason"), Check: check})
	}
	rounds := roundsOf(g.steps)
	for i, r := range rounds {
		at := slices.IndexFunc(g.versions, func(v *core.Record) bool { return v.Id == r.version })
		if at < 0 {
			continue
		}
		register, err := g.p.registerOf(g.app, g.article, g.versions[at], rounds[:i+1])
		if err != nil {
			return err
		}
		g.registers = append(g.registers, register)
	}
	return nil
}

func (g *gathering) tellFindings() error {
	for _, f := range g.findings {
		text := f.GetString
		g.d.Findings = append(g.d.Findings, dossier.Finding{ID: f.Id, Version: text("version"), VersionNumber: g.numbers[text("version")], Attachment: text("attachment"),
			Class: text("class"), ClassName: scan.Class(text("class")).Name(), Level: text("level"), LevelName: scan.Level(text("level")).Name(), Place: text("place"),
			Sample: text("sample"), Hint: text("hint"), Found: text("found"), WordList: f.GetInt("word_list"), State: text("state"), Reason: text("reason"), By: text("by"),
			ByName: text("by_name"), At: text("at")})
	}
	return nil
}

// dossierCollections are those whose rows of the audit belong to a dossier, of an
// article or of a request.
var dossierCollections = []any{records.Articles, records.Versions, records.Steps, records.Attachments, records.Findings, records.PreviewLinks,
	records.FOIRequests, records.FOIApplications, records.FOISteps, records.FOIFiles, records.FOIReplies, records.FOILetters, records.FOIInquiries}

// tellAudit reads the rows about what the person sees, and where the chain ends.
func (g *gathering) tellAudit() (err error) {
	ids := []any{g.article.Id}
	for _, list := range [][]*core.Record{g.versions, g.steps, g.attachments, g.findings} {
		for _, r := range list {
			ids = append(ids, r.Id)
		}
	}
	var versions []any
	for id := range g.numbers {
		versions = append(versions, id)
	}
	var links []string
	if err := g.app.DB().Select("id").From(records.PreviewLinks).Where(dbx.In("version", versions...)).Column(&links); err != nil {
		return err
	}
	if g.d.Audit, err = auditAbout(g.app, append(ids, anys(links)...)); err != nil {
		return err
	}
	g.d.Head, err = g.p.auditHead(g.app)
	return err
}

// auditAbout reads the rows about records of articles and requests, in the order of their
// numbers.
func auditAbout(app core.App, ids []any) (list []audit.Entry, err error) {
	for some := range slices.Chunk(ids, 500) {
		more, err := entriesWhere(app, dbx.And(dbx.In("record", some...), dbx.In("collection", dossierCollections...)))
		if err != nil {
			return nil, err
		}
		list = append(list, more...)
	}
	slices.SortStableFunc(list, func(a, b audit.Entry) int { return a.Number - b.Number })
	return list, nil
}

func entriesWhere(app core.App, where dbx.Expression) (list []audit.Entry, err error) {
	rows, err := app.DB().Select(slices.Concat([]string{"number"}, auditTexts)...).From(records.AuditLog).Where(where).Rows()
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		e, err := scanEntry(rows)
		if err != nil {
			return nil, err
		}
		list = append(list, e)
	}
	return list, rows.Err()
}
