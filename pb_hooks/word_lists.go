package pb_hooks

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/router"

	"gongkai/pb_hooks/publication/scan"
	"gongkai/pb_hooks/records"
)

// Bounds of a list, and of what is said of a word.
const (
	mostWords   = 20_000
	mostInstead = 50
	mostSaid    = 200
)

// wordLevels are the levels as the bureau writes them, beside the machine's.
var wordLevels = map[string]scan.WordLevel{"严重": scan.Serious, "一般": scan.General, "敏感": scan.Sensitive}

// bindWordLists: a list of 错敏词 is numbered, checked row by row and never
// changed; each new one has everything that is public looked at again.
func bindWordLists(app core.App, p *platform) {
	app.OnRecordCreateRequest(records.WordLists).BindFunc(signWordList)
	app.OnRecordCreate(records.WordLists).BindFunc(inTx(p.numberWordList))
	app.OnRecordUpdate(records.WordLists).BindFunc(keepWordList)
	app.OnRecordDelete(records.WordLists).BindFunc(keepWordList)
	bindRescans(app, p)
}

// signWordList says whose list it is, and refuses one that began from a list
// that somebody else has replaced meanwhile ("base", the number of that list).
func signWordList(e *core.RecordRequestEvent) error {
	if e.Auth != nil && e.Auth.Collection().Name == records.Staff {
		e.Record.Set("by", e.Auth.Id)
		e.Record.Set("by_name", e.Auth.GetString("name"))
	}
	info, err := e.RequestInfo()
	if err != nil {
		return err
	}
	base, began := info.Body["base"].(float64)
	if !began {
		return e.Next()
	}
	last, err := lastWordList(e.App)
	if err != nil {
		return err
	}
	if int(base) != last {
		return router.NewApiError(http.StatusConflict, fmt.Sprintf("别人刚刚保存了第 %d 版词表，您的修改没有写入。请重新载入后再改。", last), nil)
	}
	return e.Next()
}

func lastWordList(app core.App) (int, error) {
	var last int
	err := app.DB().NewQuery("SELECT coalesce(max(number), 0) FROM word_lists").Row(&last)
	return last, err
}

// numberWordList checks and numbers a list, and starts its rescan, which takes
// the place of one that still runs for an older list.
func (p *platform) numberWordList(e *core.RecordEvent) error {
	words, err := wordRows(e.Record)
	if err != nil {
		return validation.Errors{"words": err}
	}
	last, err := lastWordList(e.App)
	if err != nil {
		return err
	}
	e.Record.Load(map[string]any{"number": last + 1, "words": words, "count": len(words), "note": strings.TrimSpace(e.Record.GetString("note"))})
	if err := e.Next(); err != nil {
		return err
	}
	return p.startRescan(e.App, e.Record)
}

// wordRows are the rows of a list as they are kept; an error names the first
// row that cannot be used.
func wordRows(list *core.Record) ([]scan.WordEntry, error) {
	var rows []scan.WordEntry
	raw := list.GetString("words")
	if raw == "" || raw == "null" {
		return nil, validation.NewError("word_list_missing", "请填写词表")
	}
	if err := list.UnmarshalJSONField("words", &rows); err != nil {
		return nil, validation.NewError("word_list_malformed", "词表的格式不对：每一行要有词语和级别")
	}
	if len(rows) > mostWords {
		return nil, validation.NewError("word_list_too_long", fmt.Sprintf("词表最多 20000 个词，这里有 %d 个", len(rows)))
	}
	kept := make([]scan.WordEntry, len(rows)) // [] rather than null for an empty list
	for i, r := range rows {
		r.Word, r.Instead, r.Note = strings.TrimSpace(r.Word), strings.TrimSpace(r.Instead), strings.TrimSpace(r.Note)
		if level, ok := wordLevels[strings.TrimSpace(string(r.Level))]; ok {
			r.Level = level
		}
		for _, field := range []struct {
			name, text string
			most       int
		}{{"建议改为", r.Instead, mostInstead}, {"说明", r.Note, mostSaid}} {
			if utf8.RuneCountInString(field.text) > field.most {
				return nil, fieldError(scan.BadEntry{Row: i + 1, Reason: fmt.Sprintf("“%s”超过 %d 个字", field.name, field.most)})
			}
		}
		kept[i] = r
	}
	if _, err := scan.NewWords(kept); err != nil {
		var bad scan.BadEntry
		if errors.As(err, &bad) {
			return nil, fieldError(bad)
		}
		return nil, err
	}
	return kept, nil
}

func keepWordList(*core.RecordEvent) error {
	return validation.Errors{"id": validation.NewError("word_list_is_final", "词表保存后不能更改或删除，请另存新的一版")}
}

// wordsOf is the automaton of a list. Lists never change, so each is built once:
// for a long list that is more work than looking for its words in a text.
func wordsOf(app core.App, list *core.Record) (*scan.Words, error) {
	const key = "words_built"
	type built struct {
		list  string
		words *scan.Words
	}
	if last, ok := app.Store().Get(key).(built); ok && last.list == list.Id {
		return last.words, nil
	}
	var entries []scan.WordEntry
	if err := list.UnmarshalJSONField("words", &entries); err != nil {
		return nil, fmt.Errorf("read word list %d: %w", list.GetInt("number"), err)
	}
	words, err := scan.NewWords(entries)
	if err != nil {
		return nil, fmt.Errorf("read word list %d: %w", list.GetInt("number"), err)
	}
	app.Store().Set(key, built{list.Id, words})
	return words, nil
}

// startRescan replaces the run of an older list.
func (p *platform) startRescan(app core.App, list *core.Record) error {
	c, err := app.FindCachedCollectionByNameOrId(records.Rescans)
	if err != nil {
		return err
	}
	running, err := app.FindAllRecords(records.Rescans, dbx.HashExp{"state": "running"})
	if err != nil {
		return err
	}
	for _, r := range running {
		if err := p.endRescan(app, r, "cancelled"); err != nil {
			return err
		}
	}
	var total int
	if err := app.DB().Select("count(*)").From(records.Articles).Where(rescanned).Row(&total); err != nil {
		return err
	}
	run := core.NewRecord(c)
	run.Load(map[string]any{"word_list": list.Id, "state": "running", "total": total})
	return app.Save(run)
}

func (p *platform) endRescan(app core.App, run *core.Record, state string) error {
	run.Set("state", state)
	run.Set("finished_at", p.options.Now().UTC())
	return app.Save(run)
}
