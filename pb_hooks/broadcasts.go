package pb_hooks

import (
	"slices"
	"strings"

	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/hook"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/richtext"
)

// bindBroadcasts: the bureau writes one draft (区级下发) and sends it once. What
// the schools make of it are articles of their own, with their own reviews.
func bindBroadcasts(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.Broadcasts).BindFunc(signBroadcast)
	app.OnRecordUpdateRequest(records.Broadcasts).BindFunc(keepBroadcastDerived)
	app.OnRecordCreate(records.Broadcasts).BindFunc(p.cleanBroadcast)
	app.OnRecordUpdate(records.Broadcasts).BindFunc(keepSent)
	app.OnRecordUpdate(records.Broadcasts).BindFunc(p.cleanBroadcast)
	app.OnRecordDelete(records.Broadcasts).BindFunc(func(e *core.RecordEvent) error {
		if e.Record.GetString("sent_at") != "" {
			return errBroadcastSent
		}
		return e.Next()
	})
	// before the step freezes the version
	app.OnRecordCreate(records.Steps).Bind(&hook.Handler[*core.RecordEvent]{Func: inTx(takeOverBroadcast), Priority: -1})
	app.OnRecordDelete(records.Articles).BindFunc(keepUndeclined)
}

var errBroadcastSent = validation.Errors{"id": validation.NewError("broadcast_is_sent", "已经下发，不能再更改或删除")}

// derivedOfBroadcast no client writes.
var derivedOfBroadcast = []string{"by", "by_name", "sent_at", "file_names", "declines", "reminded_on"}

func signBroadcast(e *core.RecordRequestEvent) error {
	if e.Auth == nil || e.Auth.Collection().Name != records.Staff {
		return e.ForbiddenError("区级下发由区教育局的工作人员起草。", nil)
	}
	for _, f := range derivedOfBroadcast {
		e.Record.Set(f, nil)
	}
	e.Record.Set("by", e.Auth.Id)
	e.Record.Set("by_name", e.Auth.GetString("name"))
	return e.Next()
}

func keepBroadcastDerived(e *core.RecordRequestEvent) error {
	for _, f := range derivedOfBroadcast {
		e.Record.Set(f, e.Record.Original().Get(f))
	}
	return e.Next()
}

// keepSent: what was sent is what the schools got.
func keepSent(e *core.RecordEvent) error {
	if e.Record.Original().GetString("sent_at") == "" {
		return e.Next()
	}
	for _, f := range []string{"title", "column", "body", "facts", "due_on", "schools", "files", "sent_at", "by"} {
		if e.Record.GetString(f) != e.Record.Original().GetString(f) {
			return errBroadcastSent
		}
	}
	return e.Next()
}

// cleanBroadcast holds a broadcast to what every school's version is held to.
func (p *platform) cleanBroadcast(e *core.RecordEvent) error {
	b := e.Record
	if b.Original().GetString("sent_at") != "" {
		return e.Next()
	}
	b.Set("title", strings.Join(strings.Fields(b.GetString("title")), " "))
	cleaned, err := richtext.Clean(b.GetString("body"))
	if err != nil {
		return validation.Errors{"body": fieldError(err)}
	}
	b.Set("body", cleaned.HTML)
	if err := cleanFacts(b); err != nil {
		return validation.Errors{"facts": err}
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	if c, ok := d.Node(b.GetString("column")); b.GetString("column") != "" && (!ok || !c.Leaf || !c.Kind.IsWritten()) {
		return validation.Errors{"column": validation.NewError("column_not_written", "这个栏目不能由人工发布，请另选栏目")}
	}
	return nameFiles(e)
}

// fileName is how people know a file of a broadcast: its stored name loses
// everything but Latin letters.
type fileName struct {
	Stored string `json:"stored"`
	Name   string `json:"name"`
	Size   int64  `json:"size"`
}

func fileNamesOf(b *core.Record) (list []fileName, err error) {
	if raw := b.GetString("file_names"); raw == "" || raw == "null" {
		return nil, nil
	}
	return list, b.UnmarshalJSONField("file_names", &list)
}

// nameFiles types new files by their content and keeps their names.
func nameFiles(e *core.RecordEvent) error {
	known, err := fileNamesOf(e.Record)
	if err != nil {
		return err
	}
	stays, _ := e.Record.GetRaw("files").([]any)
	names := slices.DeleteFunc(known, func(f fileName) bool { return !slices.Contains(stays, any(f.Stored)) })
	for _, f := range e.Record.GetUnsavedFiles("files") {
		taken, err := readUpload(f)
		if err != nil {
			return validation.Errors{"files": fieldError(err)}
		}
		names = append(names, fileName{f.Name, taken.fields["name"].(string), f.Size})
	}
	var sum int64
	for _, f := range names {
		sum += f.Size
	}
	if sum > maxBroadcastFiles {
		return validation.Errors{"files": validation.NewError("broadcast_files_too_large", "每所学校都要存一份附件，合计不能超过 20 MB")}
	}
	e.Record.Set("file_names", names)
	return e.Next()
}

// maxBroadcastFiles bounds what is copied once for each school.
const maxBroadcastFiles = 20 << 20

// takeOverBroadcast: a draft of the bureau, or of an old site, has no writer. Whoever of the school
// submits it makes it theirs; from then on it has one, whom four eyes and
// notices know.
func takeOverBroadcast(e *core.RecordEvent) error {
	step := e.Record
	if step.GetString("action") != string(publication.Submit) || step.GetString("by") == "" {
		return e.Next()
	}
	version, err := e.App.FindRecordById(records.Versions, step.GetString("version"))
	if err != nil || version.GetBool("frozen") || version.GetString("article") != step.GetString("article") || version.GetString("author") != "" {
		return e.Next() // refused, or not ours
	}
	article, err := e.App.FindRecordById(records.Articles, version.GetString("article"))
	if err != nil || article.GetString("broadcast") == "" && article.GetString("batch") == "" {
		return e.Next()
	}
	by := step.GetString("by")
	version.Set("author", by)
	version.Set("writers+", by)
	if err := e.App.Save(version); err != nil {
		return err
	}
	article.Set("author", by)
	if err := e.App.Save(article); err != nil {
		return err
	}
	return e.Next()
}

// keepUndeclined: a school that does not take a broadcast says why.
func keepUndeclined(e *core.RecordEvent) error {
	id := e.Record.GetString("broadcast")
	if id == "" {
		return e.Next()
	}
	b, err := e.App.FindRecordById(records.Broadcasts, id)
	if err != nil {
		return err
	}
	declines, err := declinesOf(b)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(declines, func(d decline) bool { return d.School == e.Record.GetString("school") }) {
		return validation.Errors{"id": validation.NewError("broadcast_needs_reason", "这是区级下发的信息，不能直接删除；不采用的请写明理由")}
	}
	return e.Next()
}
