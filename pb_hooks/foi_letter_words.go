package pb_hooks

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	validation "github.com/pocketbase/ozzo-validation/v4"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// Bounds of what the district sets, beside those of letter numbers.
const (
	mostBureauName  = 50
	fewestPurgeDays = 30
	mostPurgeDays   = 3650
)

// checkRequestFields checks what the district sets for 依申请公开; blank is what the
// program takes by itself.
func checkRequestFields(e *core.RecordEvent) error {
	r, problems := e.Record, validation.Errors{}
	for _, field := range []string{"letter_word", "bureau_name"} {
		r.Set(field, strings.TrimSpace(r.GetString(field)))
	}
	if word := r.GetString("letter_word"); word != "" {
		if err := wordProblem(word, ""); err != nil {
			problems["letter_word"] = fieldError(err)
		}
	}
	if n := utf8.RuneCountInString(r.GetString("bureau_name")); n > mostBureauName {
		problems["bureau_name"] = validation.NewError("setting_too_long", fmt.Sprintf("最多 %d 字，现有 %d 字", mostBureauName, n))
	}
	if days := r.GetInt("foi_purge_days"); days != 0 && (days < fewestPurgeDays || days > mostPurgeDays) {
		problems["foi_purge_days"] = validation.NewError("purge_days_range", fmt.Sprintf("填写 %d 至 %d 天，0 为默认", fewestPurgeDays, mostPurgeDays))
	}
	if mode := r.GetString("foi_mode"); mode != "" && mode != "requests" && mode != "consultation" {
		problems["foi_mode"] = validation.NewError("setting_missing", "请选择依申请公开的方式")
	}
	if len(problems) > 0 {
		return problems
	}
	return e.Next()
}

// wordProblem asks whether a number can be made of the words.
func wordProblem(district, school string) error {
	_, err := foi.LetterNumber(district, school, 2000, 1, foi.LetterReceipt.Suffix())
	return err
}

// checkLetterWord: no two schools write the same numbers, neither now nor with
// letters that are out already.
func (p *platform) checkLetterWord(e *core.RecordEvent) error {
	word := strings.TrimSpace(e.Record.GetString("letter_word"))
	e.Record.Set("letter_word", word)
	if word == "" || word == e.Record.Original().GetString("letter_word") {
		return e.Next()
	}
	if err := wordProblem("区", word); err != nil {
		return validation.Errors{"letter_word": fieldError(err)}
	}
	others := dbx.Not(idIs(e.Record.Id))
	taken, err := e.App.CountRecords(records.Schools, dbx.HashExp{"letter_word": word}, others)
	if err != nil {
		return err
	}
	if taken > 0 {
		return refused("letter_word", "letter_word_taken", "另一所学校已使用代字“"+word+"”")
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	used, err := e.App.CountRecords(records.FOILetters, dbx.NewExp("school != {:school} AND number LIKE {:begins}",
		dbx.Params{"school": e.Record.Id, "begins": d.District.LetterWord + word + "信〔%"}))
	if err != nil {
		return err
	}
	if used > 0 {
		return refused("letter_word", "letter_word_taken", "另一所学校已用代字“"+word+"”发过文书，文号会重复")
	}
	return e.Next()
}

// fillLetterWords gives schools a word that were there before letters were. One
// that gets none keeps no other from getting one, nor the server from serving.
func (p *platform) fillLetterWords() {
	without, err := p.app.FindAllRecords(records.Schools, dbx.HashExp{"letter_word": ""})
	for _, school := range without {
		err = errors.Join(err, p.app.Save(school)) // see fillSchool
	}
	if err != nil {
		p.app.Logger().Error("give schools a word for the numbers of their letters", "error", err)
	}
}
