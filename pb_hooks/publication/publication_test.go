package publication_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication"
)

func TestReplay(t *testing.T) {
	type ev = publication.Event
	for _, tt := range []struct {
		name   string
		events []ev
		want   publication.Article
		code   string
	}{
		{"without steps it is a draft", nil, publication.Article{State: "draft"}, ""},
		{"publishing shows the version", []ev{{Do: "publish", Version: "v1"}}, publication.Article{State: "published", Version: "v1"}, ""},
		{"a changed version takes its place", []ev{{Do: "publish", Version: "v1"}, {Do: "publish", Version: "v2"}},
			publication.Article{State: "published", Version: "v2"}, ""},
		{"withdrawing keeps the version and the reason", []ev{{Do: "publish", Version: "v1"}, {Do: "withdraw", Reason: "含个人信息"}},
			publication.Article{State: "withdrawn", Version: "v1", Reason: "含个人信息"}, ""},
		{"it may be published again, corrected", []ev{{Do: "publish", Version: "v1"}, {Do: "withdraw", Reason: "有误"}, {Do: "publish", Version: "v2"}},
			publication.Article{State: "published", Version: "v2"}, ""},
		{"a draft cannot be withdrawn", []ev{{Do: "withdraw", Reason: "x"}}, publication.Article{State: "draft"}, "publication_illegal_step"},
		{"not twice", []ev{{Do: "publish", Version: "v1"}, {Do: "withdraw", Reason: "x"}, {Do: "withdraw", Reason: "x"}},
			publication.Article{State: "withdrawn", Version: "v1", Reason: "x"}, "publication_illegal_step"},
		{"withdrawing needs a reason", []ev{{Do: "publish", Version: "v1"}, {Do: "withdraw"}},
			publication.Article{State: "published", Version: "v1"}, "publication_reason_missing"},
		{"publishing needs a version", []ev{{Do: "publish"}}, publication.Article{State: "draft"}, "publication_version_missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := publication.Replay(tt.events)
			if got != tt.want || code(err) != tt.code {
				t.Errorf("got %+v, %v; want %+v, %q", got, err, tt.want, tt.code)
			}
		})
	}
}

func code(err error) string {
	var c interface{ Code() string }
	if errors.As(err, &c) {
		return c.Code()
	}
	return ""
}

func TestEveryPairIsListedOrRefused(t *testing.T) {
	for _, from := range []publication.State{publication.Draft, publication.Published, publication.Withdrawn} {
		for _, do := range []publication.Action{publication.Publish, publication.Withdraw} {
			_, err := publication.Find(from, do)
			listed := slices.ContainsFunc(publication.Steps, func(s publication.Step) bool { return s.From == from && s.Do == do })
			if listed != (err == nil) {
				t.Errorf("%s %s: listed %v, error %v", from, do, listed, err)
			}
			if err != nil && !strings.Contains(err.Error(), do.Name()) {
				t.Errorf("%q does not name what was tried", err)
			}
		}
	}
}

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
		{"validity that is over", with(func(c *publication.Content) { c.ValidUntil = "2026-11-22" }), list, []string{"valid_until"}},
		{"a picture without words", with(func(c *publication.Content) {
			c.Text = "见图"
			c.Images = []publication.ImageText{{Name: "a.jpg", Alt: "公示"}}
		}),
			list, []string{"body"}},
		{"a picture without alternative text", with(func(c *publication.Content) { c.Images = []publication.ImageText{{Name: "a.jpg"}} }), list, []string{"attachments"}},
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
