// Package letter writes the documents of a request (文书): it fills .docx templates
// that people edit in a word processor, makes the default templates and a printable
// page from the texts of package foi. It knows no case, no database and no number:
// what a letter says comes in as values by the name of their placeholders.
package letter

import (
	"fmt"
	"slices"
	"strings"

	"gongkai/pb_hooks/docx"
	"gongkai/pb_hooks/foi"
)

// Write fills the template of a kind, or the default where it is nil, and sees to
// it that the letter says all that the law asks of it. The same values give the
// same bytes. Errors are those of Fill and foi.MissingValue.
func Write(kind foi.LetterKind, template []byte, values map[string]string) ([]byte, error) {
	l, err := foi.FindLetter(kind)
	if err != nil {
		return nil, err
	}
	if err := l.CheckValues(values); err != nil {
		return nil, err
	}
	if template == nil {
		if template, err = Default(kind); err != nil {
			return nil, err
		}
	}
	return Fill(template, values)
}

// Check lists the placeholders of a template, each once, in the order in which they
// stand. Errors are BadTemplate and foi.BrokenPlaceholder.
func Check(template []byte) ([]string, error) {
	a, err := open(template)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range a.texts {
		for _, name := range p.names() {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names, nil
}

// CheckFor says whether a template can be used for a kind of letter: it can be read,
// has no placeholder that this letter does not know, and lacks none that it needs.
// Errors are those of Check, foi.UnknownPlaceholder and foi.LackingPlaceholder.
func CheckFor(kind foi.LetterKind, template []byte) error {
	l, err := foi.FindLetter(kind)
	if err != nil {
		return err
	}
	names, err := Check(template)
	if err != nil {
		return err
	}
	return l.CheckTemplate(names)
}

// Fill puts values into a template; everything else in it stays as it was drawn,
// except its properties, which name people. A value of several lines becomes as many
// paragraphs; a paragraph of the body that consists of placeholders without any text
// in their values disappears. Errors are those of Check, foi.UnknownPlaceholder and
// foi.MissingValue (a value that is absent; an empty one is a value).
func Fill(template []byte, values map[string]string) ([]byte, error) {
	a, err := open(template)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, p := range a.texts {
		names = append(names, p.names()...)
	}
	slices.Sort(names)
	if err := foi.CheckNames(slices.Compact(names), values); err != nil {
		return nil, err
	}
	lines := map[string][]string{}
	for _, name := range names {
		lines[name] = linesOf(values[name])
	}
	size := 0
	for _, p := range a.texts {
		data, err := p.fill(lines, maxTotal-size)
		if err != nil {
			return nil, err
		}
		size += len(data)
		a.parts[p.index].Data = data
	}
	return pack(a.parts)
}

// linesOf cuts a value into paragraphs: blank lines and the spaces around a line go,
// since the template indents; so does what no XML can hold and what would turn a line
// around (bidi controls).
func linesOf(value string) []string {
	var lines []string
	for line := range strings.Lines(docx.Clean(value)) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// BadTemplate is a file that cannot be a template. Problem is its kind for the
// machine: broken, exploding, not_docx, macros, embedded, external, comments,
// revisions, too_large.
type BadTemplate struct{ Problem, Sentence string }

func (e BadTemplate) Error() string { return e.Sentence }

// Code is the machine's name of the error.
func (e BadTemplate) Code() string { return "letter_bad_template" }

// Params are the words a page may need.
func (e BadTemplate) Params() map[string]any { return map[string]any{"problem": e.Problem} }

var (
	errBroken    = BadTemplate{"broken", "文件已损坏或者设有密码，不能用作模板，请用 Word 或 WPS 重新保存为 .docx 后上传"}
	errExploding = BadTemplate{"exploding", "文件解压后异常膨胀，不能用作模板"}
	errNotDocx   = BadTemplate{"not_docx", "不是 .docx 文档，请用 Word 或 WPS 另存为 .docx 后上传"}
	errMacros    = BadTemplate{"macros", "文件含有宏，请另存为不含宏的 .docx 后上传"}
	errEmbedded  = BadTemplate{"embedded", "文件嵌有其他文件或者控件，请删除后上传"}
	errExternal  = BadTemplate{"external", "文件引用了外部的文件或者图片，请改为直接插入后上传"}
	errComments  = BadTemplate{"comments", "文件中有批注，会随文书发出，请删除全部批注后上传"}
	errRevisions = BadTemplate{"revisions", "文件中有修订痕迹，请接受或者拒绝全部修订后上传"}
	errTooLarge  = BadTemplate{"too_large", fmt.Sprintf("填写后的文书太大，模板不能超过 %d MB", maxFile>>20)}
)
