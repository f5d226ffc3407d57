// Package procedure holds what every procedure of steps has in common, whatever its table says: how the steps taken make
// the present state, how a step is refused, and on which day one may take effect. Applications (依申请公开), letters (来信)
// and orders (督办) are such procedures; so is the review of an article.
package procedure

import "gongkai/pb_hooks/workday"

// Why is the kind of a refusal, for the machine, with the procedure that refuses: e.g. foi_too_late.
type Why string

// Refusal says why a step is refused or a field is wrong, to the person and to the machine. It can be compared.
type Refusal struct {
	Why      Why
	Field    string // the field that it is about; "" for the step as a whole
	Sentence string
	Law      string       // the article or the standard that it rests on
	Date     workday.Date // the day that it is measured against, "" if none
}

func (e Refusal) Error() string {
	if e.Law == "" {
		return e.Sentence
	}
	return e.Sentence + "（" + e.Law + "）"
}

// Code is the machine's name of the error.
func (e Refusal) Code() string { return string(e.Why) }

// Article is what the refusal rests on.
func (e Refusal) Article() string { return e.Law }

// Params are the words a page may need.
func (e Refusal) Params() map[string]any {
	return map[string]any{"field": e.Field, "article": e.Law, "date": string(e.Date)}
}
