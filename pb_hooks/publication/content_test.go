package publication_test

import (
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication"
)

func TestMissing(t *testing.T) {
	const today = "2026-11-23"
	long := strings.Repeat("学校食堂本周供应安排", 4)
	ok := publication.Content{Title: "食堂安排", Text: long, CreatedOn: today}
	with := func(change func(*publication.Content)) publication.Content {
		c := ok
		change(&c)
		return c
	}
	list := publication.Column{Kind: "list", NamedFields: []string{"年度"}}
	table := publication.Column{Kind: "structured", NamedFields: []string{"姓名", "职务"}}
	for _, tt := range []struct {
		name    string
		content publication.Content
		column  publication.Column
		want    []string // fields
	}{
		{"a complete item of a list lacks nothing", ok, list, nil},
		{"title, body and date are asked for together", publication.Content{}, list, []string{"body", "created_on", "title"}},
		{"a title of spaces is no title", with(func(c *publication.Content) { c.Title = " 　" }), list, []string{"title"}},
		{"nothing is made tomorrow", with(func(c *publication.Content) { c.CreatedOn = "2026-11-24" }), list, []string{"created_on"}},
		{"a day that is none", with(func(c *publication.Content) { c.CreatedOn, c.ValidUntil = "2026-02-30", "2027-13-01" }), list, []string{"created_on", "valid_until"}},
		{"validity that is over", with(func(c *publication.Content) { c.ValidUntil = "2026-11-22" }), list, []string{"valid_until"}},
		{"a picture without words", with(func(c *publication.Content) {
			c.Text = "见图"
			c.Images = []publication.ImageText{{Name: "a.jpg", Alt: "公示"}}
		}),
			list, []string{"body"}},
		{"a picture without alternative text", with(func(c *publication.Content) { c.Images = []publication.ImageText{{Name: "a.jpg"}} }), list, []string{"attachments"}},
		{"a 公示 without its period", with(func(c *publication.Content) { c.Title = "拟聘人员公示" }), publication.Column{Kind: "list", Publicity: 5}, []string{"publicity_workdays"}},
		{"a 公示 with a period too short", with(func(c *publication.Content) { c.Publicity = 3 }), publication.Column{Kind: "list", Publicity: 5}, []string{"publicity_workdays"}},
		{"a 公示 with its period", with(func(c *publication.Content) { c.Title, c.Publicity = "拟聘人员公示", 5 }), publication.Column{Kind: "list", Publicity: 5}, nil},
		{"a second batch of a 公示 without its period", with(func(c *publication.Content) { c.Title = "拟聘人员公示（第二批）" }), publication.Column{Kind: "list", Publicity: 5}, []string{"publicity_workdays"}},
		{"a 公示 of people where the column sets no period", with(func(c *publication.Content) { c.Title = "拟录取学生名单公示" }), list, []string{"publicity_workdays"}},
		{"a 公示 of charges stays", with(func(c *publication.Content) { c.Title = "2026年秋季收费公示" }), list, nil},
		{"a scan without words", with(func(c *publication.Content) { c.Text, c.Attachments, c.Scans = "见附件", 1, 1 }), list, []string{"body"}},
		{"a row without words is no content", publication.Content{Title: "领导", CreatedOn: today, Facts: []map[string]string{{}, {"年度": " "}}}, list, []string{"body"}},
		{"another notice of that column", ok, publication.Column{Kind: "list", Publicity: 5}, nil},
		{"a period out of range", with(func(c *publication.Content) { c.Publicity = -1 }), list, []string{"publicity_workdays"}},
		{"a form column without a file", ok, publication.Column{Kind: "attachment", NeedsFile: true}, []string{"attachments"}},
		{"named fields of a structured column", ok, table, []string{"facts"}},
		{"one row lacks one field", with(func(c *publication.Content) {
			c.Facts = []map[string]string{{"姓名": "甲", "职务": "校长"}, {"姓名": "乙"}}
		}), table, []string{"facts"}},
		{"facts alone are content", publication.Content{Title: "领导", CreatedOn: today, Facts: []map[string]string{{"姓名": "甲", "职务": "校长"}}}, table, nil},
		{"a file alone is content", publication.Content{Title: "表格", CreatedOn: today, Attachments: 1}, list, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for f := range publication.Missing(tt.content, tt.column, today) {
				got = append(got, f)
			}
			slices.Sort(got)
			if !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}
