package inquiry_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/inquiry"
)

func TestLetterProblems(t *testing.T) {
	question := func() inquiry.Letter {
		return inquiry.Letter{Channel: inquiry.Consultation, Category: inquiry.Question, Fields: map[string]string{"title": "报名", "text": "哪天报名？"},
			Capacity: inquiry.Parent, Name: "王小明", Contact: "13800138000", MayPublish: true}
	}
	report := func() inquiry.Letter {
		l := question()
		l.Channel, l.Category, l.Anonymous, l.Name, l.Contact, l.MayPublish = inquiry.Mailbox, inquiry.Bullying, true, "", "", false
		return l
	}
	for _, tt := range []struct {
		name   string
		letter inquiry.Letter
		change func(*inquiry.Letter)
		want   []string
	}{
		{"a good one", question(), func(*inquiry.Letter) {}, nil},
		{"by e-mail", question(), func(l *inquiry.Letter) { l.Contact = "wang@example.com" }, nil},
		{"to no channel", question(), func(l *inquiry.Letter) { l.Channel = "" }, []string{"channel"}},
		{"empty", question(), func(l *inquiry.Letter) { l.Fields = nil }, []string{"text", "title"}},
		{"5000 characters", question(), func(l *inquiry.Letter) { l.Fields["text"] = strings.Repeat("字", 5000) }, nil},
		{"10000 characters", question(), func(l *inquiry.Letter) { l.Fields["text"] = strings.Repeat("字", 10000) }, []string{"text"}},
		{"a field of another form", question(), func(l *inquiry.Letter) { l.Fields["page"] = "/s/1" }, []string{"page"}},
		{"nobody", question(), func(l *inquiry.Letter) { l.Name, l.Capacity, l.Contact = "", "", "" }, []string{"capacity", "name"}},
		{"out of reach", question(), func(l *inquiry.Letter) { l.Contact = "" }, []string{"contact"}},
		{"a number that is too short", question(), func(l *inquiry.Letter) { l.Contact = "1380013" }, []string{"contact"}},
		{"a name with the address", question(), func(l *inquiry.Letter) { l.Contact = "王 <wang@example.com>" }, []string{"contact"}},
		{"a guardian out of reach", question(), func(l *inquiry.Letter) { l.Guardian = "妈妈" }, []string{"guardian"}},
		{"a complaint as a question", question(), func(l *inquiry.Letter) { l.Category = inquiry.Complaint }, []string{"category"}},
		{"a question without a name", question(), func(l *inquiry.Letter) { l.Anonymous = true }, []string{"anonymous"}},
		{"a report of bullying without a name", report(), func(*inquiry.Letter) {}, nil},
		{"of harm", report(), func(l *inquiry.Letter) { l.Category = inquiry.Harm }, nil},
		{"of a teacher", report(), func(l *inquiry.Letter) { l.Category = inquiry.Ethics }, nil},
		{"of the food", report(), func(l *inquiry.Letter) { l.Category = inquiry.FoodSafety }, []string{"anonymous"}},
		{"nameless, for publication", report(), func(l *inquiry.Letter) { l.MayPublish = true }, []string{"may_publish"}},
		{"a mistake", question(), func(l *inquiry.Letter) {
			l.Channel, l.Category, l.MayPublish = inquiry.Erratum, inquiry.Mistake, false
			l.Fields = map[string]string{"page": "/s/1", "words": "2025年", "text": "应为2026年"}
		}, nil},
		{"a mistake for publication", question(), func(l *inquiry.Letter) {
			l.Channel, l.Category = inquiry.Erratum, inquiry.Mistake
			l.Fields = map[string]string{"page": "/s/1", "words": "2025年", "text": "应为2026年"}
		}, []string{"may_publish"}},
		{"an opinion has no writer", inquiry.Letter{Channel: inquiry.Opinions, Fields: map[string]string{"choice": "同意"}}, func(*inquiry.Letter) {}, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.change(&tt.letter)
			problems := tt.letter.Problems()
			if got := slices.Sorted(maps.Keys(problems)); !slices.Equal(got, tt.want) {
				t.Errorf("got %v, want %v", problems, tt.want)
			}
			for field, err := range problems {
				if r, ok := err.(inquiry.Refusal); !ok || r.Field != field || r.Sentence == "" {
					t.Errorf("%s: %#v", field, err)
				}
			}
		})
	}
}

func TestDisplayName(t *testing.T) {
	for _, tt := range []struct {
		name string
		as   inquiry.Capacity
		want string
	}{{"王小明", inquiry.Parent, "王**家长"}, {" 李 ", inquiry.Student, "李**学生"}, {"", inquiry.Parent, "匿名"}} {
		if got := inquiry.DisplayName(tt.name, tt.as); got != tt.want {
			t.Errorf("%q: got %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestChannelsAndCategories(t *testing.T) {
	anonymous, urgent := []inquiry.CategoryCode{}, []inquiry.CategoryCode{}
	for _, c := range inquiry.Categories() {
		if c.Anonymous {
			anonymous = append(anonymous, c.Code)
		}
		if c.Urgent {
			urgent = append(urgent, c.Code)
		}
	}
	if !slices.Equal(anonymous, []inquiry.CategoryCode{"harm", "bullying", "ethics"}) || !slices.Equal(urgent, []inquiry.CategoryCode{"harm", "bullying", "ethics", "food"}) {
		t.Errorf("anonymous %v, urgent %v", anonymous, urgent)
	}
	for _, c := range inquiry.Channels() {
		if c.IsAnswered() != (c.Code != inquiry.Opinions) || c.IsAnswered() != (len(c.Categories) > 0) {
			t.Errorf("%s: answered %v, categories %v", c.Code, c.IsAnswered(), c.Categories)
		}
		for _, code := range c.Categories {
			if _, err := inquiry.FindCategory(code); err != nil {
				t.Errorf("%s: %v", c.Code, err)
			}
		}
	}
}
