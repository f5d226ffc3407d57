package publication

import "fmt"

// IllegalStep is a step that the procedure does not list. From is in words.
type IllegalStep struct {
	From string
	Do   Action
}

func (e IllegalStep) Error() string {
	do := actionNames[e.Do]
	if do == "" {
		do = "这样办理"
	}
	return fmt.Sprintf("“%s”的信息不能%s", e.From, do)
}

// Code is the machine's name of the error.
func (e IllegalStep) Code() string { return "publication_illegal_step" }

// Params are the words a page may need.
func (e IllegalStep) Params() map[string]any { return map[string]any{"from": e.From, "do": e.Do} }

// Incomplete is a step that lacks something.
type Incomplete struct{ Field, Sentence string }

func (e Incomplete) Error() string { return e.Sentence }

// Code is the machine's name of the error.
func (e Incomplete) Code() string { return "publication_" + e.Field + "_missing" }

// Params are the words a page may need.
func (e Incomplete) Params() map[string]any { return map[string]any{"field": e.Field} }

// SamePerson is a review by somebody who wrote the text or reviewed it before.
type SamePerson struct{ Sentence string }

func (e SamePerson) Error() string { return e.Sentence }

// Code is the machine's name of the error.
func (e SamePerson) Code() string { return "publication_same_person" }

// Params are the words a page may need: none.
func (e SamePerson) Params() map[string]any { return map[string]any{} }

// WithheldText is a text submitted again that was found not to be for the public.
type WithheldText struct{}

func (e WithheldText) Error() string {
	return "这份内容已决定不予公开，没有改动不能再次提交"
}

// Code is the machine's name of the error.
func (e WithheldText) Code() string { return "publication_withheld_text" }

// Params are the words a page may need: none.
func (e WithheldText) Params() map[string]any { return map[string]any{} }

// OtherText is a review of a text that is not the one submitted.
type OtherText struct{}

func (e OtherText) Error() string {
	return "这不是正在送审的版本，请刷新页面，看过最新内容后再办理"
}

// Code is the machine's name of the error.
func (e OtherText) Code() string { return "publication_other_text" }

// Params are the words a page may need: none.
func (e OtherText) Params() map[string]any { return map[string]any{} }
