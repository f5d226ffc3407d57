package pb_hooks

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/pb_hooks/records"
	"gongkai/pb_hooks/site"
)

// Columns of 办事服务 that are drawn in a way of their own.
const (
	guideColumn    = "B0101" // 办事指南
	calendarColumn = "B0102" // 校历与作息
	formColumn     = "B0201" // 表格下载
	questionColumn = "B0301" // 便民问答
)

// Named fields that say what belongs to what.
const (
	matterField   = "事项名称" // of a guide
	matterOfField = "关联事项" // of a form: the guides it is for
	topicField    = "主题"   // of a question
)

// stepsField is written one step a line.
const stepsField = "办理流程"

// fillService adds to the page of an article of 办事服务 what is read beside it:
// the forms and questions of a guide, the guides of a form, the days of a 校历.
func (r reader) fillService(ctx context.Context, a records.PublicArticle, school string, v *site.ArticlePage) error {
	if v.Article.IsGone() {
		return nil
	}
	switch a.Column {
	case guideColumn:
		return r.fillGuide(ctx, a, school, v)
	case formColumn:
		return r.fillForm(ctx, a, school, v)
	}
	return nil
}

func (r reader) fillGuide(ctx context.Context, a records.PublicArticle, school string, v *site.ArticlePage) error {
	forms, err := r.p.public.WithFacts(ctx, a.School, formColumn)
	if err != nil {
		return err
	}
	questions, err := r.p.public.WithFacts(ctx, a.School, questionColumn)
	if err != nil {
		return err
	}
	v.Shows = append(v.Shows, site.ColumnTag(school, formColumn), site.ColumnTag(school, questionColumn))
	matters := mattersOf(a)
	v.Related = append(related("相关表格", forms, func(form records.PublicArticle) bool { return areFor(named(form, matterOfField), matters) }),
		related("相关问答", questions, func(q records.PublicArticle) bool { return asksAbout(q, matters) })...)
	return nil
}

// fillForm leads from a form to the guides that it names: from the name itself
// where it names one.
func (r reader) fillForm(ctx context.Context, a records.PublicArticle, school string, v *site.ArticlePage) error {
	guides, err := r.p.public.WithFacts(ctx, a.School, guideColumn)
	if err != nil {
		return err
	}
	v.Shows = append(v.Shows, site.ColumnTag(school, guideColumn))
	names := named(a, matterOfField)
	v.Related = related("相关办事指南", guides, func(guide records.PublicArticle) bool { return areFor(names, mattersOf(guide)) })
	if len(v.Related) == 1 && len(v.Related[0].Items) == 1 && v.Article.Facts != nil {
		for i, entry := range v.Article.Facts.Entries {
			if entry.Name == matterOfField {
				v.Article.Facts.Entries[i].Link = "/a/" + v.Related[0].Items[0].ID
				v.Related = nil
			}
		}
	}
	return nil
}

// related are the articles that belong, under a title; nothing where there are none.
func related(title string, list []records.PublicArticle, belongs func(records.PublicArticle) bool) []site.Related {
	group := site.Related{Title: title}
	for _, a := range list {
		if belongs(a) {
			group.Items = append(group.Items, *link(&a))
		}
	}
	if len(group.Items) == 0 {
		return nil
	}
	return []site.Related{group}
}

// areFor reports whether one of the names that a form or question lists is a matter of
// the guide, or its title.
func areFor(names, matters []string) bool {
	return slices.ContainsFunc(names, func(name string) bool { return slices.Contains(matters, name) })
}

// asksAbout reports whether a question is about one of the matters of a guide: it names
// it, its topic is the matter, or its title asks for it.
func asksAbout(question records.PublicArticle, matters []string) bool {
	return areFor(named(question, matterOfField), matters) || areFor(named(question, topicField), matters) ||
		slices.ContainsFunc(matters, func(matter string) bool {
			return utf8.RuneCountInString(matter) > 1 && strings.Contains(question.Title, matter)
		})
}

// mattersOf are what a guide is for, by its field and by its title.
func mattersOf(guide records.PublicArticle) []string {
	return append(named(guide, matterField), plainName(guide.Title))
}

// named are the names that a field lists, in any of the usual ways.
func named(a records.PublicArticle, field string) []string {
	var names []string
	for _, row := range a.FactRows() {
		for _, name := range strings.FieldsFunc(row[field], func(r rune) bool { return strings.ContainsRune("、，,；;\n", r) }) {
			if name = plainName(name); name != "" {
				names = append(names, name)
			}
		}
	}
	return names
}

func plainName(name string) string { return strings.Trim(name, " \t\r《》“”\"") }

// entriesOf draws the only row of a table. A value of several lines is a list.
func entriesOf(t *site.Table) []site.Entry {
	if len(t.Rows) != 1 || len(t.Links) > 0 {
		return nil
	}
	var entries []site.Entry
	for i, value := range t.Rows[0] {
		entry := site.Entry{Name: t.Head[i], Lines: linesOf(value)}
		if len(entry.Lines) == 0 {
			continue
		}
		if entry.Ordered = entry.Name == stepsField && len(entry.Lines) > 1; entry.Ordered {
			for n, line := range entry.Lines {
				entry.Lines[n] = unnumbered(line)
			}
		}
		entries = append(entries, entry)
	}
	return entries
}

func linesOf(value string) []string {
	var lines []string
	for line := range strings.Lines(value) {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// stepNumber is how people number steps themselves: 1. 1、 （1） 一、 第一步：
var stepNumber = regexp.MustCompile(`^(?:\d{1,2}\s*[.．、)）]|[（(]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,3}步[：:、，]?)\s*`)

// unnumbered is a step without the number that the list gives it.
func unnumbered(step string) string {
	number := stepNumber.FindString(step)
	rest := step[len(number):]
	isDecimal := strings.HasSuffix(number, ".") && rest != "" && rest[0] >= '0' && rest[0] <= '9' // 2.5 公里
	if rest == "" || isDecimal {
		return step
	}
	return rest
}
