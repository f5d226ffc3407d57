package sealed

import (
	"fmt"
	"strings"
)

// MissingKey is returned where there is no key at all. Needed is the id of the
// key that something was sealed with, "" if something was to be sealed.
type MissingKey struct{ Needed string }

func (e MissingKey) Error() string {
	if e.Needed == "" {
		return "没有数据密钥，不能保存个人信息"
	}
	return fmt.Sprintf("没有数据密钥，而个人信息是用密钥 %s 加密保存的", e.Needed)
}

// Code is the machine's name of the error.
func (e MissingKey) Code() string { return "data_key_missing" }

// Params are the words a page may need.
func (e MissingKey) Params() map[string]any { return map[string]any{"needed": e.Needed} }

// BadKey is a line of a key file that is no data key. Reason is in words and
// quotes nothing.
type BadKey struct {
	Line   int
	Reason string
}

func (e BadKey) Error() string {
	return fmt.Sprintf("第 %d 行的数据密钥%s（应为 32 字节，写成 base64 或十六进制）", e.Line, e.Reason)
}

// Code is the machine's name of the error.
func (e BadKey) Code() string { return "data_key_malformed" }

// Params are the words a page may need.
func (e BadKey) Params() map[string]any { return map[string]any{"line": e.Line, "reason": e.Reason} }

// WrongKey is returned for what was sealed with another key than those at hand.
type WrongKey struct {
	Needed string   // the id of the key that would open it
	Have   []string // the ids of the keys at hand
}

func (e WrongKey) Error() string {
	return fmt.Sprintf("数据密钥不对：个人信息是用密钥 %s 加密保存的，现有的是 %s", e.Needed, strings.Join(e.Have, "、"))
}

// Code is the machine's name of the error.
func (e WrongKey) Code() string { return "data_key_wrong" }

// Params are the words a page may need.
func (e WrongKey) Params() map[string]any { return map[string]any{"needed": e.Needed, "have": e.Have} }

// NoPlace is a place that lacks its collection, record or field: a mistake of the
// program.
type NoPlace struct{ At Place }

func (e NoPlace) Error() string {
	return "没有说明属于哪条记录，不能加密保存：" + e.At.words()
}

// Code is the machine's name of the error.
func (e NoPlace) Code() string { return "sealed_no_place" }

// Params are the words a page may need.
func (e NoPlace) Params() map[string]any { return e.At.params() }

// NotSealed is a value that has not the form of a sealed one, e.g. plain text.
type NotSealed struct{ At Place }

func (e NotSealed) Error() string { return e.At.words() + " 的内容不是加密保存的" }

// Code is the machine's name of the error.
func (e NotSealed) Code() string { return "sealed_malformed" }

// Params are the words a page may need.
func (e NotSealed) Params() map[string]any { return e.At.params() }

// Tampered is a value or a file that was changed or cut short, or that belongs
// to another place.
type Tampered struct{ At Place }

func (e Tampered) Error() string {
	return e.At.words() + " 加密保存的内容被改动过、不完整，或者不属于这条记录，无法解开"
}

// Code is the machine's name of the error.
func (e Tampered) Code() string { return "sealed_tampered" }

// Params are the words a page may need.
func (e Tampered) Params() map[string]any { return e.At.params() }

func (p Place) words() string {
	return fmt.Sprintf("%s 的记录 %s 中 %s", p.Collection, p.Record, p.Field)
}

func (p Place) params() map[string]any {
	return map[string]any{"collection": p.Collection, "record": p.Record, "field": p.Field}
}
