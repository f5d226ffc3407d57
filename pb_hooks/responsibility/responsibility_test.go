package responsibility_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"gongkai/pb_hooks/publication"
	"gongkai/pb_hooks/responsibility"
	"gongkai/pb_hooks/workday"
)

const today workday.Date = "2026-11-23"

func fine(change func(*responsibility.Person)) responsibility.Person {
	p := responsibility.Person{Role: responsibility.Clerk, Name: "王晓光", Post: "校务办公室副主任", Phone: "021-64120000", From: "2026-09-01"}
	if change != nil {
		change(&p)
	}
	return p
}

func TestWhatMayBePublishedOfSomebody(t *testing.T) {
	for _, tt := range []struct {
		name   string
		change func(*responsibility.Person)
		field  string // "" is fine
		says   string
	}{
		{"as it should be", nil, "", ""},
		{"an extension", func(p *responsibility.Person) { p.Phone = responsibility.OfficePhone("（021）6412 0000 转 801") }, "", ""},
		{"a seven-digit number", func(p *responsibility.Person) { p.Phone = "0591-8712345-2" }, "", ""},
		{"a name with a dot", func(p *responsibility.Person) { p.Name = "古丽·阿依" }, "", ""},
		{"in two months", func(p *responsibility.Person) { p.From = "2027-01-22" }, "", ""},
		{"no role", func(p *responsibility.Person) { p.Role = "porter" }, "role", "请选择"},
		{"no name", func(p *responsibility.Person) { p.Name = "" }, "name", "请填写姓名"},
		{"digits in the name", func(p *responsibility.Person) { p.Name = "王3" }, "name", "只能有文字"},
		{"one character", func(p *responsibility.Person) { p.Name = "王" }, "name", "2 至 30"},
		{"no post", func(p *responsibility.Person) { p.Post = "" }, "post", "请填写职务"},
		{"a long post", func(p *responsibility.Person) { p.Post = strings.Repeat("办", 41) }, "post", "40"},
		{"a mobile number in the post", func(p *responsibility.Person) { p.Post = "主任 13800138000" }, "post", "手机"},
		{"no telephone", func(p *responsibility.Person) { p.Phone = "" }, "phone", "请填写办公电话"},
		{"a mobile number", func(p *responsibility.Person) { p.Phone = "13800138000" }, "phone", "手机号"},
		{"a mobile number in groups", func(p *responsibility.Person) { p.Phone = "138-0013-8000" }, "phone", "手机号"},
		{"a mobile number with the country", func(p *responsibility.Person) { p.Phone = "+86 13800138000" }, "phone", "手机号"},
		{"a mobile number in full width", func(p *responsibility.Person) { p.Phone = "１３８００１３８０００" }, "phone", "手机号"},
		{"half a number", func(p *responsibility.Person) { p.Phone = "6412" }, "phone", "例如"},
		{"words", func(p *responsibility.Person) { p.Phone = "见门卫" }, "phone", "例如"},
		{"no day", func(p *responsibility.Person) { p.From = "" }, "from", "请填写"},
		{"a day that there is not", func(p *responsibility.Person) { p.From = "2026-02-30" }, "from", "请填写"},
		{"too far ahead", func(p *responsibility.Person) { p.From = "2027-01-23" }, "from", "60 天"},
		{"too long ago", func(p *responsibility.Person) { p.From = "1979-12-31" }, "from", "太早"},
	} {
		problems := responsibility.Check(fine(tt.change), today)
		if tt.field == "" && len(problems) == 0 {
			continue
		}
		if fields := slices.Collect(maps.Keys(problems)); len(fields) != 1 || fields[0] != tt.field || !strings.Contains(problems[tt.field].Error(), tt.says) {
			t.Errorf("%s: %v, want %q at %s", tt.name, problems, tt.says, tt.field)
		}
	}
}

func TestWhoHoldsARole(t *testing.T) {
	at := func(id string, role responsibility.Role, from workday.Date, state responsibility.State, confirmed string) responsibility.Person {
		return responsibility.Person{ID: id, Role: role, From: from, State: state, Confirmed: confirmed}
	}
	people := []responsibility.Person{
		at("former", responsibility.First, "2020-09-01", responsibility.Confirmed, "2"),
		at("head", responsibility.First, "2025-09-01", responsibility.Confirmed, "1"),
		at("next", responsibility.First, "2026-11-24", responsibility.Confirmed, "3"),
		at("wrong", responsibility.Clerk, "2026-09-01", responsibility.Confirmed, "1"),
		at("corrected", responsibility.Clerk, "2026-09-01", responsibility.Confirmed, "2"), // the same day: the later confirmation
		at("asked", responsibility.Contact, "2026-09-01", responsibility.Proposed, ""),
		at("refused", responsibility.Secrecy, "2026-09-01", responsibility.Declined, ""),
		at("gone", responsibility.Leader, "2026-09-01", responsibility.Ended, "1"),
	}
	want := map[string]responsibility.Place{"former": responsibility.Past, "head": responsibility.Now, "next": responsibility.Coming, "wrong": responsibility.Past,
		"corrected": responsibility.Now, "asked": responsibility.Waiting, "refused": responsibility.Past, "gone": responsibility.Past}
	if got := responsibility.Places(people, today); !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
	var missing []responsibility.Role
	for _, d := range responsibility.Missing(people, today) {
		missing = append(missing, d.Role)
	}
	if want := []responsibility.Role{responsibility.Leader, responsibility.Head, responsibility.Secrecy, responsibility.Contact}; !slices.Equal(missing, want) {
		t.Errorf("missing %v, want %v", missing, want)
	}
	if next := responsibility.Places(people, today.Next()); next["next"] != responsibility.Now || next["head"] != responsibility.Past {
		t.Errorf("on the next day %v", next)
	}
}

func TestWhoDecides(t *testing.T) {
	waiting := responsibility.Case{State: responsibility.Proposed, By: "clerk", For: "absent"}
	shown := responsibility.Case{State: responsibility.Confirmed, By: "clerk"}
	as := func(by, instead string, duty publication.Duty) []responsibility.Signer {
		return []responsibility.Signer{{By: by, For: instead, Duty: duty}}
	}
	for _, tt := range []struct {
		name   string
		c      responsibility.Case
		do     responsibility.Action
		ways   []responsibility.Signer
		reason string
		to     responsibility.State
		says   string
	}{
		{"the principal confirms", waiting, responsibility.Confirm, as("head", "", publication.Principal), "", responsibility.Confirmed, ""},
		{"a reviewer confirms", waiting, responsibility.Confirm, as("reviewer", "", publication.Reviewer), "", responsibility.Confirmed, ""},
		{"an editor does not", waiting, responsibility.Confirm, as("editor", "", publication.Editor), "", "", "没有办理这一步的职责"},
		{"who proposed it does not", waiting, responsibility.Confirm, as("clerk", "", publication.Reviewer), "", "", "不能由提交的人自己确认"},
		{"nor in whose place it was proposed", waiting, responsibility.Confirm, as("absent", "", publication.Principal), "", "", "不能由提交的人自己确认"},
		{"nor in their place", waiting, responsibility.Confirm, as("x", "clerk", publication.Reviewer), "", "", "不能由提交的人自己确认"},
		{"but in another's", waiting, responsibility.Confirm, slices.Concat(as("x", "clerk", publication.Reviewer), as("x", "head", publication.Principal)), "", responsibility.Confirmed, ""},
		{"declined without a reason", waiting, responsibility.Decline, as("head", "", publication.Principal), " ", "", "请填写原因"},
		{"with one", waiting, responsibility.Decline, as("head", "", publication.Principal), "职务有误", responsibility.Declined, ""},
		{"a long reason", waiting, responsibility.Decline, as("head", "", publication.Principal), strings.Repeat("长", 201), "", "最多 200"},
		{"withdrawn", waiting, responsibility.Withdraw, as("clerk", "", publication.Clerk), "", responsibility.Withdrawn, ""},
		{"by somebody else", waiting, responsibility.Withdraw, as("editor", "", publication.Editor), "", "", "没有办理这一步的职责"},
		{"confirmed twice", shown, responsibility.Confirm, as("head", "", publication.Principal), "", "", "已经办理过"},
		{"ended", shown, responsibility.End, as("head", "", publication.Principal), "调离", responsibility.Ended, ""},
		{"ended by an editor", shown, responsibility.End, as("editor", "", publication.Editor), "调离", "", "没有办理这一步的职责"},
		{"proposed again", shown, responsibility.Propose, as("editor", "", publication.Editor), "", "", "没有这种办理"},
		{"nonsense", shown, "praise", as("head", "", publication.Principal), "", "", "没有这种办理"},
	} {
		_, to, err := tt.c.Take(tt.do, tt.ways, tt.reason)
		if says := ""; err != nil {
			if says = err.Error(); tt.says == "" || !strings.Contains(says, tt.says) {
				t.Errorf("%s: %s, want %q", tt.name, says, tt.says)
			}
		} else if to != tt.to || tt.says != "" {
			t.Errorf("%s: became %s, want %s %s", tt.name, to, tt.to, tt.says)
		}
	}
}
