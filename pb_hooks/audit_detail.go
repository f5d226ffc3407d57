package pb_hooks

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"unicode/utf8"

	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/records"
)

// inClear are the collections whose texts the audit quotes: who works here, and
// by what rules. Texts of everything else, which may not be public, stand as
// their fingerprints: that is enough to prove them, and tells nothing.
var inClear = []string{records.Staff, records.StandIns, records.ReviewRules, records.Schools, records.Districts, records.Standards,
	records.Columns, records.FOITerms, records.RemedyTexts, core.CollectionNameSuperusers}

// detailOfAll is what a record holds.
func detailOfAll(r *core.Record) map[string]any {
	detail := map[string]any{}
	for _, f := range told(r) {
		if v := wordFor(r, f, r.Get(f.GetName())); v != nil {
			detail[f.GetName()] = v
		}
	}
	return detail
}

// detailOfChange is what a record held and holds, of the fields that change.
func detailOfChange(r *core.Record) map[string]any {
	detail := map[string]any{}
	for _, f := range told(r) {
		name := f.GetName()
		was, is := r.Original().Get(name), r.Get(name)
		if f.Type() == core.FieldTypePassword {
			if r.GetString(name+":hash") != r.Original().GetString(name+":hash") {
				detail[name] = "（已更改）"
			}
			continue
		}
		if asJSON(was) != asJSON(is) {
			detail[name] = []any{wordFor(r, f, was), wordFor(r, f, is)}
		}
	}
	return detail
}

// told are the fields worth telling.
func told(r *core.Record) []core.Field {
	return slices.DeleteFunc(slices.Clone(r.Collection().Fields), func(f core.Field) bool {
		return f.Type() == core.FieldTypeAutodate || f.GetName() == core.FieldNameId
	})
}

// wordFor is a value as the audit tells it; nil is nothing.
func wordFor(r *core.Record, f core.Field, value any) any {
	raw := asJSON(value)
	if slices.Contains([]string{`""`, `null`, `[]`, `{}`, `0`, `false`}, raw) || f.Type() == core.FieldTypePassword {
		return nil
	}
	if f.GetHidden() {
		return "（不记录）"
	}
	switch f.Type() {
	case core.FieldTypeText, core.FieldTypeEditor, core.FieldTypeJSON:
		if text, ok := value.(string); ok {
			raw = text
		}
		if n := utf8.RuneCountInString(raw); n > 400 || !slices.Contains(inClear, r.Collection().Name) && !isPlain(f.GetName()) {
			return map[string]any{"chars": n, "sha256": fingerprint(raw)}
		}
	}
	return value
}

// isPlain reports whether a text field of any collection holds a name, a code or
// a day that was made by the server, never what somebody wrote.
func isPlain(field string) bool {
	return slices.Contains([]string{"hash", "by_name", "for_name", "column", "stage_due", "valid_from", "valid_until", "created_on", "due_on", "sha256"}, field)
}

func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func asJSON(v any) string {
	raw, err := json.Marshal(v)
	if err != nil {
		return "?" + err.Error()
	}
	return string(raw)
}
