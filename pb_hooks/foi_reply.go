package pb_hooks

import (
	"database/sql"
	"errors"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// replyTexts are the texts of a draft that its writer fills in.
var replyTexts = []string{"content", "reason", "basis", "link", "obtain", "other_body", "other_contact", "earlier", "not_consulted", "remedy", "supplement"}

// replyOf reads the draft of an answer (答复书稿).
func replyOf(app core.App, draft *core.Record) (foi.Reply, error) {
	text := draft.GetString
	r := foi.Reply{Outcome: foi.OutcomeCode(text("outcome")), Content: text("content"), Reason: text("reason"), Basis: text("basis"),
		Link: text("link"), Obtain: text("obtain"), OtherBody: text("other_body"), OtherContact: text("other_contact"),
		BodyUnknown: draft.GetBool("body_unknown"), Earlier: text("earlier"), NotConsulted: text("not_consulted"), Remedy: text("remedy")}
	for _, code := range draft.GetStringSlice("withheld") {
		r.Withheld = append(r.Withheld, foi.OutcomeCode(code))
	}
	files, err := filesOf(app, draft)
	if err != nil {
		return r, err
	}
	covered, err := coveredIn(app, draft.GetString("request"))
	for _, f := range files {
		r.Files = append(r.Files, foi.ReplyFile{ID: f.Id, Name: f.GetString("name"), RedactedOf: f.GetString("redacted_of"), Covered: covered[f.GetString("sha256")]})
	}
	return r, err
}

// coveredIn are the contents, by their sums, of which a request has a redacted copy:
// an original stays one when it is uploaded again under another name.
func coveredIn(app core.App, request string) (map[string]bool, error) {
	var sums []string
	err := app.DB().Select("o.sha256").From(records.FOIFiles+" o").InnerJoin(records.FOIFiles+" c", dbx.NewExp("c.redacted_of = o.id")).
		Where(dbx.HashExp{"o.request": request}).Column(&sums)
	covered := map[string]bool{}
	for _, sum := range sums {
		covered[sum] = true
	}
	return covered, err
}

// filesOf are the attachments of a draft, in its order.
func filesOf(app core.App, draft *core.Record) ([]*core.Record, error) {
	var list []*core.Record
	for _, id := range draft.GetStringSlice("files") {
		f, err := app.FindRecordById(records.FOIFiles, id)
		if err != nil {
			return nil, err
		}
		list = append(list, f)
	}
	return list, nil
}

// openDraft is the draft that is being written, nil if there is none.
func openDraft(app core.App, request string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.FOIReplies).AndWhere(dbx.HashExp{"request": request, "frozen": false}).Limit(1).One(r)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, nil
	}
	return r, err
}

// replyHash names the exact draft: every text, and every file by its content.
func replyHash(app core.App, draft *core.Record) (string, error) {
	files, err := filesOf(app, draft)
	if err != nil {
		return "", err
	}
	exact := map[string]any{"request": draft.GetString("request"), "outcome": draft.GetString("outcome"), "withheld": draft.GetStringSlice("withheld"),
		"body_unknown": draft.GetBool("body_unknown")}
	for _, f := range replyTexts {
		exact[f] = draft.GetString(f)
	}
	var sums []string
	for _, f := range files {
		sums = append(sums, f.Id+" "+f.GetString("name")+" "+f.GetString("sha256"))
	}
	exact["files"] = sums
	return fingerprint(asJSON(exact)), nil
}

// freezeDraft makes the open draft the exact text that a step is about.
func freezeDraft(app core.App, draft *core.Record) (hash string, err error) {
	if hash, err = replyHash(app, draft); err != nil {
		return "", err
	}
	draft.Set("hash", hash)
	draft.Set("frozen", true)
	return hash, app.Save(draft)
}

// reopenDraft gives the writers a copy of the draft that came back; the one that
// was looked at stays as it was.
func reopenDraft(app core.App, frozen *core.Record) error {
	copied := core.NewRecord(frozen.Collection())
	for _, f := range append([]string{"request", "outcome", "withheld", "files", "body_unknown", "writers"}, replyTexts...) {
		copied.Set(f, frozen.Get(f))
	}
	return app.Save(copied)
}

// draftWithHash finds the frozen draft that a case is about.
func draftWithHash(app core.App, request, hash string) (*core.Record, error) {
	r := &core.Record{}
	err := app.RecordQuery(records.FOIReplies).AndWhere(dbx.HashExp{"request": request, "frozen": true, "hash": hash}).OrderBy("_rowid_ DESC").Limit(1).One(r)
	return r, err
}
