package pb_hooks

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"

	"gongkai/pb_hooks/foi"
	"gongkai/pb_hooks/records"
)

// nextSerial takes the next number of a series, from 1. It belongs into the
// transaction that uses the number: a series has no gaps and no number twice.
func nextSerial(tx core.App, series string) (n int, err error) {
	err = tx.DB().NewQuery("INSERT INTO foi_serials (id, series, last) VALUES ({:id}, {:series}, 1)" +
		" ON CONFLICT (series) DO UPDATE SET last = last + 1 RETURNING last").
		Bind(dbx.Params{"id": core.GenerateDefaultRandomId(), "series": series}).Row(&n)
	return n, err
}

// requestSeries is the one series of the whole district that requests of a year are
// numbered in.
func requestSeries(year string) string { return "request|" + year }

// requestNumber is the number of a receipt (受理编号), e.g. SQ2026-00012: short enough
// to be typed on a telephone.
func requestNumber(year string, n int) string { return fmt.Sprintf("SQ%s-%05d", year, n) }

// normalRequestNumber is a number the way people may type it.
func normalRequestNumber(text string) string {
	text = foi.NormalNumber(text) // without spaces and hyphens
	if rest, ok := strings.CutPrefix(text, "SQ"); ok && len(rest) > 4 {
		return "SQ" + rest[:4] + "-" + rest[4:]
	}
	return text
}

// nextLetterNumber is the number of a letter (文号). school is nil for letters of
// the bureau.
func nextLetterNumber(tx core.App, d *records.Directory, school *records.School, year int, suffix string) (string, error) {
	place, word := "", ""
	if school != nil {
		place, word = school.Code, school.LetterWord
	}
	n, err := nextSerial(tx, fmt.Sprintf("letter|%s|%d|%s", place, year, suffix))
	if err != nil {
		return "", err
	}
	return foi.LetterNumber(d.District.LetterWord, word, year, n, suffix)
}

// inChinese writes digits as letters write them: 第12小学 is 第一二小学.
var inChinese = strings.NewReplacer("0", "〇", "1", "一", "2", "二", "3", "三", "4", "四", "5", "五", "6", "六", "7", "七", "8", "八", "9", "九")

// letterWordOf makes the word by which letters name a school of its name: its
// first eight Chinese characters.
func letterWordOf(name string) string {
	var b strings.Builder
	for _, r := range inChinese.Replace(name) {
		if unicode.Is(unicode.Han, r) && utf8.RuneCountInString(b.String()) < 8 {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// fillLetterWord gives a school a word for its letters that no other school has:
// two schools with one word would write the same numbers. Where the name gives a
// word that is taken, a number is put behind it.
func fillLetterWord(app core.App, school *core.Record) error {
	if school.GetString("letter_word") != "" {
		return nil
	}
	word := []rune(letterWordOf(school.GetString("short_name")))
	if len(word) == 0 {
		word = []rune("校")
	}
	for n := 1; n < 1000; n++ {
		end := ""
		if n > 1 {
			end = inChinese.Replace(strconv.Itoa(n))
		}
		try := string(word[:min(len(word), 8-utf8.RuneCountInString(end))]) + end
		taken, err := app.CountRecords(records.Schools, dbx.HashExp{"letter_word": try}, dbx.Not(idIs(school.Id)))
		if err != nil {
			return err
		}
		if taken == 0 {
			school.Set("letter_word", try)
			return nil
		}
	}
	return refused("letter_word", "letter_word_taken", "请填写校代字：已有多所学校使用“"+string(word)+"”")
}
