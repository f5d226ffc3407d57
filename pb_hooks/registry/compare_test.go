package registry

import (
	"fmt"
	"strings"
	"testing"
)

// told writes a set as a person would read it, without what stays the same.
func told(set Set) string {
	var lines []string
	for _, l := range set.Lines {
		if l.Kind == Same {
			continue
		}
		line := fmt.Sprintf("%d %s %s", l.Row, l.Kind, l.Name)
		for _, f := range l.Fields {
			line += " [" + f.Text() + "]"
		}
		for _, s := range l.Into {
			line += " →" + s.Name
		}
		for _, s := range l.Parts {
			line += " +" + s.Name
		}
		for _, c := range l.Candidates {
			line += " ?" + c.Name + "（" + c.Reason + "）"
		}
		for _, problem := range l.Problems {
			line += " !" + problem.Reason
		}
		if l.Known {
			line += " known"
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// say reads rows written as name=…;id=…;code=…, one a line.
func say(t testing.TB, text string) []Row {
	t.Helper()
	var rows []Row
	for i, line := range strings.Split(text, "\n") {
		if line == "" {
			continue
		}
		values := map[string]any{"stages": "小学"}
		for _, one := range strings.Split(line, ";") {
			name, value, _ := strings.Cut(one, "=")
			values[name] = value
		}
		if id := values["id"]; id != nil {
			values["registry_id"] = id
		}
		if values["into"] != nil {
			values["successors"] = values["into"]
		}
		rows = append(rows, ReadRow(i+1, values))
	}
	return rows
}

func district() []School {
	return []School{
		{ID: "a", RegistryID: "1", Code: "3112000001", Name: "上海市甲山中学", ShortName: "甲山中学", Initials: "jszx", Stages: []string{"小学"}, Town: "莘庄镇", Address: "甲路1号", Phone: "64350000", Status: Open},
		{ID: "b", RegistryID: "2", Code: "3112000002", Name: "上海市乙水小学", ShortName: "乙水小学", Initials: "ysxx", Stages: []string{"小学"}, Address: "乙路2号", Status: Open,
			Campuses: []Campus{{Name: "北校区", Address: "北路3号"}, {Name: "南校区", Address: "南路4号"}}},
		{ID: "c", Code: "3101120003", Name: "上海市闵行区丙林第二中学", ShortName: "丙林第二中学", Initials: "bldezx", Stages: []string{"小学"}, Address: "丙路5号", Status: Open},
		{ID: "d", RegistryID: "4", Code: "3112000004", Name: "上海市丁田学校", ShortName: "丁田学校", Initials: "dtxx", Stages: []string{"小学"}, Status: Closed, EndedOn: "2025-08-31"},
	}
}

const (
	rowA = "id=1;code=3112000001;name=上海市甲山中学;town=莘庄镇;address=甲路1号;phone=64350000"
	rowB = "id=2;code=3112000002;name=上海市乙水小学;address=乙路2号"
	rowC = "name=上海市闵行区丙林第二中学;address=丙路5号"
)

func TestCompare(t *testing.T) {
	all := rowA + "\n" + rowB + "\n" + rowC
	for _, tt := range []struct{ name, rows, want string }{
		{"a district as it is stays the same", all, ""},
		{"a school not known is new", all + "\nname=上海市戊海小学;id=9", "4 create 上海市戊海小学"},
		{"a new school without a stage waits for the register", all + "\nname=上海市戊海小学;id=9;stages=", "4 bad 上海市戊海小学 !没有填写，新学校需要学段"},
		{"every value that becomes another is a line", strings.Replace(all, "phone=64350000", "phone=64351111;principal=王丽", 1),
			"1 update 上海市甲山中学 [校长：王丽]\n1 update 上海市甲山中学 [电话：64350000 → 64351111]"},
		{"phones in another order or with an area code are the same", strings.Replace(all, "phone=64350000", "phone=021-64350000", 1), ""},
		{"the id finds a school that was renamed", strings.Replace(all, "上海市甲山中学", "上海市甲山实验中学", 1),
			"1 rename 上海市甲山中学 [学校名称：上海市甲山中学 → 上海市甲山实验中学] [学校简称：甲山中学 → 甲山实验中学] [拼音首字母：jszx → jssyzx] [别名：上海市甲山中学]"},
		{"another address is a move, with the town", strings.Replace(strings.Replace(all, "甲路1号", "新路9号", 1), "莘庄镇", "七宝镇", 1),
			"1 move 上海市甲山中学 [街镇：莘庄镇 → 七宝镇] [地址：甲路1号 → 新路9号]"},
		{"an address written otherwise is no move", strings.Replace(all, "甲路1号", "上海市闵行区莘庄镇甲路1号", 1), "1 update 上海市甲山中学 [地址：甲路1号 → 上海市闵行区莘庄镇甲路1号]"},
		{"a campus joins its school", all + "\nname=上海市甲山中学（东校区）;address=东路6号", "4 campus 上海市甲山中学 [校区：东校区，东路6号]"},
		{"a school the register calls closed", strings.Replace(all, "phone=64350000", "status=已撤销;ended_on=2026-08-31", 1), "1 close 上海市甲山中学 [状态：开办 → 已撤销] [合并或撤销日期：2026-08-31]"},
		{"a school the register calls merged, with its successor", strings.Replace(all, "phone=64350000", "status=已合并;into=3112000002", 1), "1 merge 上海市甲山中学 [状态：开办 → 已合并] →上海市乙水小学"},
		{"a school the register calls merged without saying into which", strings.Replace(all, "phone=64350000", "status=已合并", 1), "1 merge 上海市甲山中学 [状态：开办 → 已合并]"},
		{"a school that is in the list again", all + "\nid=4;name=上海市丁田学校", "4 reopen 上海市丁田学校 [状态：已撤销 → 开办] [合并或撤销日期：2025-08-31 → （空）]"},
		{"a school in no row has vanished", rowA + "\n" + rowB, "0 vanish 上海市闵行区丙林第二中学 [状态：开办 → 已撤销] known"},
		{"a former name says who took over", rowA + "\n" + rowB + ";aliases=上海市闵行区丙林第二中学", "2 update 上海市乙水小学 [别名：上海市闵行区丙林第二中学]\n2 merge 上海市闵行区丙林第二中学 [状态：开办 → 已合并] →上海市乙水小学"},
		{"a campus at its address says who took over", rowA + "\n" + rowB + "\nname=上海市乙水小学（丙校区）;address=丙路5号", "3 campus 上海市乙水小学 [校区：丙校区，丙路5号]\n3 merge 上海市闵行区丙林第二中学 [状态：开办 → 已合并] →上海市乙水小学"},
		{"who moved to its address is asked about", rowA + "\nid=2;code=3112000002;name=上海市乙水小学;address=丙路5号", "2 move 上海市乙水小学 [地址：乙路2号 → 丙路5号]\n0 merge 上海市闵行区丙林第二中学 [状态：开办 → 已合并] ?上海市乙水小学（搬到了它的地址）"},
		{"a new school that names one former name is that school", rowA + "\n" + rowB + "\nid=3;name=上海市丙林实验学校;aliases=上海市闵行区丙林第二中学;address=丙路5号",
			"3 rename 上海市闵行区丙林第二中学 [学校名称：上海市闵行区丙林第二中学 → 上海市丙林实验学校] [学校简称：丙林第二中学 → 丙林实验学校] [拼音首字母：bldezx → blsyxx] [别名：上海市闵行区丙林第二中学]\n3 update 上海市闵行区丙林第二中学 [机构编号：3]"},
		{"a new school that names two former names is their merger", rowA + "\nid=7;name=上海市己原学校;aliases=上海市闵行区丙林第二中学、上海市乙水小学",
			"2 create 上海市己原学校\n2 merge 上海市闵行区丙林第二中学 [状态：开办 → 已合并] →上海市己原学校\n2 merge 上海市乙水小学 [状态：开办 → 已合并] →上海市己原学校"},
		{"a campus with a code of its own becomes a school", all + "\nid=21;code=3112000021;name=上海市乙水小学（北校区）;address=北路3号", "2 split 上海市乙水小学 [校区：北校区，北路3号 → （空）] +上海市乙水小学（北校区）"},
		{"a campus under a name of its own becomes a school", all + "\nid=21;code=3112000021;name=上海市北路小学;address=北路3号", "2 split 上海市乙水小学 [校区：北校区，北路3号 → （空）] +上海市北路小学"},
		{"a school of which only its places remain is divided", rowA + "\n" + rowC + "\ncode=3112000021;name=上海市乙水小学（北校区）;address=北路3号\ncode=3112000022;name=上海市乙水小学（南校区）;address=南路4号",
			"0 split 上海市乙水小学 [校区：北校区，北路3号 → （空）] [校区：南校区，南路4号 → （空）] +上海市乙水小学（北校区） +上海市乙水小学（南校区）"},
		{"a name that is alike waits for a person", rowA + "\n" + rowB + "\nid=3;name=上海市闵行区丙林实验中学;address=丙路5号", "3 unsure 上海市闵行区丙林实验中学 ?上海市闵行区丙林第二中学（名称相似 44%，地址相同）"},
		{"a namesake at an address of another district is not taken for ours", rowA + "\n" + rowB + "\nid=3;name=上海市闵行区丙林第二中学;address=浦东新区丙路5号", "3 unsure 上海市闵行区丙林第二中学 ?上海市闵行区丙林第二中学（名称相同，名称或地址写明在浦东新区）"},
		{"a school of another district is asked about", all + "\nid=8;name=上海市徐汇区庚小学", "4 unsure 上海市徐汇区庚小学"},
		{"one id in two rows is refused, and neither school vanishes", rowA + "\n" + rowB + "\nid=3;name=上海市闵行区丙林第二中学\nid=3;name=上海市辛小学",
			"3 bad 上海市闵行区丙林第二中学 !机构编号“3”在名单中出现 2 次（第 3、4 行），请与来源核对\n4 bad 上海市辛小学 !机构编号“3”在名单中出现 2 次（第 3、4 行），请与来源核对"},
		{"a row that stands twice counts once", all + "\n" + rowA, ""},
		{"one school under two ids: the id we know stays", all + "\nid=11;code=3112000001;name=上海市甲山中学", "4 bad 上海市甲山中学 !同一所学校在名单中有 2 个机构编号：1、11（第 1、4 行），请与来源核对"},
		{"an id that names another school now", strings.Replace(all, rowA, "id=1;code=3112000099;name=上海市壬桥幼儿园;address=壬路1号", 1),
			"1 bad 上海市壬桥幼儿园 !机构编号 1以前是“上海市甲山中学”，名单中却是“上海市壬桥幼儿园”，另一个编号也不同，请与来源核对"},
		{"an id whose school has nothing in common any more", strings.Replace(all, rowA, "id=1;name=上海市壬桥幼儿园;address=壬路1号", 1),
			"1 unsure 上海市壬桥幼儿园 ?上海市甲山中学（名称相似 0%，机构编号相同，但名称、地址和电话都对不上）"},
		{"id and code of two schools", strings.Replace(all, rowA, "id=1;code=3112000002;name=上海市甲山中学", 1), "1 bad 上海市甲山中学 !学校代码“3112000002”在名单中出现 2 次（第 1、2 行），请与来源核对"},
		{"two rows for one school", rowA + "\n" + rowB + "\n" + rowC + "\nid=1;name=上海市甲山学校", "4 bad 上海市甲山学校 !机构编号“1”在名单中出现 2 次（第 1、4 行），请与来源核对"},
		{"a row that cannot be used keeps its school from vanishing", rowA + "\n" + rowB + "\nname=上海市闵行区丙林第二中学;stages=大学", "3 bad 上海市闵行区丙林第二中学 !“大学”不是规定的学段，可填：" + strings.Join(Stages, "、")},
		{"another code under the same id is shown and not taken", strings.Replace(all, "code=3112000001", "code=3112000077", 1), "1 conflict 上海市甲山中学 [学校代码：3112000001 → 3112000077] known"},
		{"a code that the platform gave gives way in silence to none", strings.Replace(all, rowC, rowC+";code=3112000033", 1), ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := told(Compare(district(), say(t, tt.rows), minhang, Options{})); got != tt.want {
				t.Errorf("got\n%s\nwant\n%s", got, tt.want)
			}
		})
	}
}
