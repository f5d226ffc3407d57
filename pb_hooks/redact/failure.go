package redact

import (
	"context"
	"errors"
	"fmt"

	"gongkai/pb_hooks/pdf"
)

// Why is the kind of a refusal, for the machine.
type Why string

// Kinds of refusals.
const (
	NoAreas      Why = "no_areas"
	TooManyAreas Why = "too_many_areas"
	EmptyArea    Why = "empty_area"
	OutsidePage  Why = "outside_page"
	NoSuchPage   Why = "no_such_page"
	OtherKind    Why = "other_kind"     // no PDF, JPEG or PNG
	TooLarge     Why = "too_large"      // the file, before anything is read
	TooManyPages Why = "too_many_pages" // more than MaxPages
	Locked       Why = "locked"         // it needs a password
	Broken       Why = "broken"         // it cannot be read
	TooMuch      Why = "too_much"       // it takes too much time or memory
	FontMissing  Why = "font_missing"   // letters cannot be drawn
	CopyTooLarge Why = "copy_too_large"
	Unavailable  Why = "unavailable" // the server's fault, not the file's
)

// Refusal says why no copy is made, to the person and to the machine.
type Refusal struct {
	Why      Why
	Field    string // "file", "page", "areas", or "areas.0" for the first of them
	Page     int    // that it is about, 0 for none
	Sentence string
	Cause    error // for the log, or nil
}

// Error is the sentence for the person.
func (e Refusal) Error() string { return e.Sentence }

// Code is the machine code of the error.
func (e Refusal) Code() string { return "redact_" + string(e.Why) }

// Params are the values a page may need.
func (e Refusal) Params() map[string]any { return map[string]any{"field": e.Field, "page": e.Page} }

// Unwrap returns the cause.
func (e Refusal) Unwrap() error { return e.Cause }

func refuseFile(why Why, sentence string, values ...any) Refusal {
	return Refusal{Why: why, Field: "file", Sentence: fmt.Sprintf(sentence, values...)}
}

func noSuchPage(field string, page, pages int) Refusal {
	return Refusal{Why: NoSuchPage, Field: field, Page: page, Sentence: fmt.Sprintf("没有第 %d 页，这个文件共 %d 页", page, pages)}
}

func copyTooLarge() Refusal {
	return refuseFile(CopyTooLarge, "遮盖后的文件超过 %d MB，请先把文件拆成几个再处理", MaxSize>>20)
}

func fontMissing(page int) Refusal {
	e := refuseFile(FontMissing, "第 %d 页有些字显示不出来，因为文件里没有带上字体。请用原来的软件重新导出 PDF（勾选“嵌入字体”），或打印后扫描再上传", page)
	e.Page = page
	return e
}

// unreadable is what went wrong with a PDF, for the person. What is said already and what ctx ended stays.
func unreadable(err error) error {
	var why Why
	var sentence string
	var said Refusal
	switch {
	case err == nil, errors.As(err, &said), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, pdf.ErrPassword):
		why, sentence = Locked, "这个 PDF 设有打开密码，请先去掉密码再上传"
	case errors.Is(err, pdf.ErrBroken):
		why, sentence = Broken, "这个 PDF 已损坏，无法打开，请重新导出后上传"
	case errors.Is(err, pdf.ErrLimit):
		why, sentence = TooMuch, "这个 PDF 太复杂，处理不了，请拆成几个文件，或打印后扫描再上传"
	case errors.Is(err, pdf.ErrNoReader):
		why, sentence = Unavailable, "服务器现在不能处理 PDF，请稍后再试；仍不行请告诉管理员"
	default:
		return err
	}
	return Refusal{Why: why, Field: "file", Sentence: sentence, Cause: err}
}
