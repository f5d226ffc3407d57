package registry

import (
	"strings"
	"testing"
)

// parted are four schools of two sources each way: 甲 and 乙 public, 丙 private, of 丁 nobody knows.
func parted() []School {
	return []School{
		{ID: "a", RegistryID: "1", Code: "3112000001", Name: "上海市甲山小学", ShortName: "甲山小学", Initials: "jsxx", Stages: []string{"小学"}, Ownership: "公办", Town: "莘庄镇", Status: Open},
		{ID: "b", RegistryID: "2", Code: "3112000002", Name: "上海市乙水幼儿园", ShortName: "乙水幼儿园", Initials: "ysyey", Stages: []string{"幼儿园"}, Ownership: "公办", Town: "七宝镇", Status: Open},
		{ID: "c", RegistryID: "3", Code: "3112000003", Name: "上海市丙林小学", ShortName: "丙林小学", Initials: "blxx", Stages: []string{"小学"}, Ownership: "民办", Town: "七宝镇", Status: Open},
		{ID: "d", RegistryID: "4", Code: "3112000004", Name: "上海市丁田小学", ShortName: "丁田小学", Initials: "dtxx", Stages: []string{"小学"}, Status: Open},
	}
}

const (
	saidA = "id=1;name=上海市甲山小学;ownership=公办;town=莘庄镇"
	saidC = "id=3;name=上海市丙林小学;ownership=民办;town=七宝镇"
	saidD = "id=4;name=上海市丁田小学"
	newE  = "id=9;name=上海市戊海小学;ownership=民办;town=七宝镇"
)

func TestCompareKeepsToTheScope(t *testing.T) {
	public, primary, qibao := Scope{Ownerships: []string{"公办"}}, Scope{Stages: []string{"小学"}}, Scope{Towns: []string{"七宝"}}
	gone := func(names ...string) string {
		return "0 vanish 上海市" + strings.Join(names, " [状态：开办 → 已撤销] known\n0 vanish 上海市") + " [状态：开办 → 已撤销] known"
	}
	for _, tt := range []struct {
		name  string
		scope Scope
		rows  string
		want  string
	}{
		{"the whole district", Scope{}, saidA, gone("乙水幼儿园", "丙林小学", "丁田小学")},
		{"only who is public can vanish; of whom it is not known, cannot", public, saidA, gone("乙水幼儿园")},
		{"by stage", primary, saidA, gone("丙林小学", "丁田小学")},
		{"by town, with and without 镇", qibao, saidC, gone("乙水幼儿园")},
		{"by all of several", Scope{Stages: []string{"小学"}, Ownerships: []string{"民办"}, Towns: []string{"七宝镇"}}, newE, "1 create 上海市戊海小学\n" + gone("丙林小学")},
		{"a row outside is a problem and its school stays", public, saidA + "\n" + saidC + ";phone=64350000\nid=2;name=上海市乙水幼儿园;stages=幼儿园",
			"2 bad 上海市丙林小学 !“民办”不在这个来源负责的范围里（公办），没有采用"},
		{"a new school outside is not opened", public, saidA + "\nid=2;name=上海市乙水幼儿园;stages=幼儿园\n" + newE, "3 bad 上海市戊海小学 !“民办”不在这个来源负责的范围里（公办），没有采用"},
		{"a school that left the scope by its row is not gone", qibao, strings.Replace(saidC, "七宝镇", "莘庄镇", 1) + "\nid=2;name=上海市乙水幼儿园;stages=幼儿园;town=七宝镇", "1 bad 上海市丙林小学 !“莘庄镇”不在这个来源负责的范围里（七宝），没有采用"},
		{"a school that came into the scope is changed", public, saidA + "\nid=2;name=上海市乙水幼儿园;stages=幼儿园\n" + strings.Replace(saidC, "民办", "公办", 1), "3 update 上海市丙林小学 [办学性质：民办 → 公办]"},
		{"what a row does not say is inside", public, saidA + "\nid=2;name=上海市乙水幼儿园;stages=幼儿园\n" + saidD + ";phone=64350000", "3 update 上海市丁田小学 [电话：64350000]"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(Compare(parted(), say(t, tt.rows), minhang, Options{Scope: tt.scope})); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}

// Two sources that list half of the district each leave each other's schools alone, run after run.
func TestTwoSourcesShareADistrict(t *testing.T) {
	public, private := Scope{Ownerships: []string{"公办"}}, Scope{Ownerships: []string{"民办"}}
	missing := map[string]int{}
	for range 5 {
		for _, source := range []struct {
			scope Scope
			rows  string
		}{{public, saidA + "\nid=2;name=上海市乙水幼儿园;stages=幼儿园"}, {private, saidC}} {
			set := Compare(parted(), say(t, source.rows), minhang, Options{Scope: source.scope, Missing: missing})
			if missing = set.Missing; told(set) != "" || len(missing) > 0 {
				t.Fatalf("%s, missing %v", told(set), missing)
			}
		}
	}
}

func TestTheLimitsAreOfTheScope(t *testing.T) {
	schools, rows := many(138)
	for i := range schools {
		schools[i].Ownership = map[bool]string{true: "民办", false: "公办"}[i < 20]
	}
	o := Options{Scope: Scope{Ownerships: []string{"民办"}}, Shares: UsualShares}
	if got := Compare(schools, rows[:15], minhang, o).Stop; got != "这次会关闭 5 所（25%），超过 5%；请先核对来源" {
		t.Errorf("got %q", got)
	}
}

func TestScopeCheck(t *testing.T) {
	for _, tt := range []struct {
		scope         Scope
		field, reason string
	}{
		{Scope{Stages: []string{"幼儿园", "小学"}, Ownerships: []string{"民办"}, Towns: []string{"七宝镇"}}, "", ""},
		{Scope{Stages: []string{"大学"}}, "stages", "没有“大学”"},
		{Scope{Ownerships: []string{"公立"}}, "ownerships", "可填：公办、民办"},
		{Scope{Towns: []string{" "}}, "towns", "空的"},
		{Scope{Towns: []string{"七宝镇", "七宝镇"}}, "towns", "写了两次"},
	} {
		found := tt.scope.Check()
		if tt.field == "" && len(found) == 0 {
			continue
		}
		if len(found) != 1 || found[0].Field != tt.field || !strings.Contains(found[0].Reason, tt.reason) {
			t.Errorf("%+v: %v", tt.scope, found)
		}
	}
}
