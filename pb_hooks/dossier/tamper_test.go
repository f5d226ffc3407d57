package dossier_test

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/dossier"
)

// packed is a zip file of these, made by somebody who knows how Write does it;
// with sums, the manifest is made anew too.
func packed(t testing.TB, files []file, sums bool) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	var manifest strings.Builder
	for _, f := range files {
		at := time.Date(2026, 11, 24, 9, 0, 0, 0, dossier.Beijing)
		if n, ok := strings.CutPrefix(f.name, "版本/0"); ok {
			at = time.Date(2026, 11, 23, 10, int(n[0]-'0'), 59, 0, dossier.Beijing)
		}
		if f.name == "清单.txt" && sums {
			f.text = manifest.String()
		}
		manifest.WriteString(sumOf(f.text) + "  " + f.name + "\n")
		e, err := w.CreateHeader(&zip.FileHeader{Name: f.name, Method: zip.Store, Modified: at})
		if err == nil {
			_, err = e.Write([]byte(f.text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edited changes one file.
func edited(files []file, name string, change func(string) string) []file {
	list := slices.Clone(files)
	i := slices.IndexFunc(list, func(f file) bool { return f.name == name })
	list[i].text = change(list[i].text)
	return list
}

func replaced(old, to string) func(string) string {
	return func(text string) string {
		if !strings.Contains(text, old) {
			panic("there is no " + old)
		}
		return strings.Replace(text, old, to, 1)
	}
}

func without(files []file, name string) []file {
	return slices.DeleteFunc(slices.Clone(files), func(f file) bool { return f.name == name })
}

// rowsEdited changes the rows of the audit; again computes each hash anew.
func rowsEdited(change func([]audit.Entry) []audit.Entry, again bool) func(string) string {
	return func(text string) string {
		var rows []audit.Entry
		for line := range strings.SplitSeq(strings.TrimSpace(text), "\n") {
			var e audit.Entry
			if err := json.Unmarshal([]byte(line), &e); err != nil {
				panic(err)
			}
			rows = append(rows, e)
		}
		var b strings.Builder
		for _, e := range change(rows) {
			if again {
				e.Hash = e.Sum()
			}
			b.WriteString(asJSON(e) + "\n")
		}
		return b.String()
	}
}

func TestPackedAgainIsTheSame(t *testing.T) {
	raw := written(t, example())
	if !bytes.Equal(packed(t, filesOf(t, raw), true), raw) {
		t.Error("the tests do not pack as Write does: they would find what nobody did")
	}
}

// Whatever is changed, somebody who changes it also makes the manifest anew, as
// far as that helps.
func TestTamperingIsFound(t *testing.T) {
	files := filesOf(t, written(t, example()))
	edit := func(name, old, to string) []file { return edited(files, name, replaced(old, to)) }
	for _, tt := range []struct {
		name  string
		files []file
		want  string
	}{
		{"a file taken out", without(files, "版本/01/附件/安排.png"), "文字或附件被改动过"},
		{"a file of data taken out", without(files, "自动检查.json"), "缺少“自动检查.json”"},
		{"a version taken out", without(without(without(without(files, "版本/01/版本.json"), "版本/01/正文.html"), "版本/01/校验原文.txt"), "版本/01/附件/安排.png"), "第 1 步（提交审核）所办理的版本不在材料中"},
		{"an attachment", edit("版本/02/附件/安排.png", "two", "TWO"), "附件“安排.png”与平台登记的校验值不符"},
		{"an attachment with its sum", edited(edit("版本/02/附件/安排.png", "two", "TWO"), "版本/02/版本.json", replaced(sumOf("two"), sumOf("TWO"))), "第 2 版的文字或附件被改动过"},
		{"a text", edit("版本/02/版本.json", "十一点", "十二点"), "第 2 版的文字或附件被改动过"},
		{"a title on the page", edit("版本/02/正文.html", "<h1>供餐", "<h1>送餐"), "正文.html"},
		{"a text on the page", edit("版本/02/正文.html", "十一点", "十二点"), "正文.html"},
		{"the lines of the hash", edit("版本/02/校验原文.txt", "十一点", "十二点"), "校验原文.txt"},
		{"the hash of a version", edit("版本/01/版本.json", example().Versions[0].Hash, example().Versions[1].Hash), "第 1 版的文字或附件被改动过"},
		{"who reviewed", edited(edit("办理记录.json", `"by_name": "张老师"`, `"by_name": "别人"`), "办理记录.csv", replaced("张老师", "别人")), "第 4 步（审核通过）的办理人姓名与审计记录第 9 条不一致"},
		{"whom they stood in for", edit("办理记录.json", `"for": "reviewer"`, `"for": ""`), "第 4 步（审核通过）的代理的同事与审计记录"},
		{"a reason", edit("办理记录.json", `写错了`, `写对了`), "第 2 步（退回修改）的原因与审计记录"},
		{"a tick", edit("办理记录.json", `"privacy",`, ""), "不合办理程序"},
		{"a time", edit("办理记录.json", `02:14:00`, `02:15:00`), "的时间与审计记录"},
		{"the hash in a step", edit("办理记录.json", `"hash": "`+example().Versions[1].Hash, `"hash": "`), "第 3 步（提交审核）的校验码与审计记录"},
		{"the hash in the last step", edited(files, "办理记录.json", func(s string) string {
			i := strings.LastIndex(s, example().Versions[1].Hash)
			return s[:i] + example().Versions[0].Hash + s[i+64:]
		}), "第 6 步（公开）记录的校验码与它所办理的版本不符"},
		{"the table only", edit("办理记录.csv", "张老师", "别人"), "“办理记录.csv”与“办理记录.json”不一致"},
		{"the state", edit("信息.json", `"state": "published"`, `"state": "withdrawn"`), "应为“已公开，草拟中”"},
		{"an override made", edit("自动检查.json", `"state": "resolved"`, `"state": "overridden"`), "放行情况与审计记录不一致"},
		{"an override undone", edit("自动检查.json", `"state": "overridden"`, `"state": "resolved"`), "放行情况与审计记录不一致"},
		{"who overrode", edit("自动检查.json", `"by_name": "赵老师"`, `"by_name": "别人"`), "放行情况与审计记录不一致"},
		{"why it was overridden", edit("自动检查.json", "旧文件", "新文件"), "放行情况与审计记录不一致"},
		{"a row of the audit", edit("审计记录.jsonl", "张老师", "别人"), "审计记录第 9 条的内容与它的校验值不符"},
		{"a row of the audit with its hash", edited(files, "审计记录.jsonl", rowsEdited(func(rows []audit.Entry) []audit.Entry {
			rows[1].Detail = strings.Replace(rows[1].Detail, "editor", "other", 1)
			return rows
		}, true)), "与审计记录第 3 条不一致"},
		{"a row taken out", edited(files, "审计记录.jsonl", rowsEdited(func(rows []audit.Entry) []audit.Entry { return slices.Delete(rows, 2, 3) }, false)), "第 2 步（退回修改）没有审计记录"},
		{"two rows swapped", edited(files, "审计记录.jsonl", rowsEdited(func(rows []audit.Entry) []audit.Entry {
			rows[2], rows[3] = rows[3], rows[2]
			return rows
		}, false)), "不在它的位置"},
		{"a row in the place of its neighbour", edited(files, "审计记录.jsonl", rowsEdited(func(rows []audit.Entry) []audit.Entry {
			rows[5].Address = "1.1.1.1"
			return rows
		}, true)), "审计记录第 12 条与前一条衔接不上"},
		{"the export taken out", edited(files, "审计记录.jsonl", rowsEdited(func(rows []audit.Entry) []audit.Entry { return rows[:len(rows)-1] }, false)), "最后一条不是这次导出"},
		{"somebody else's export", edit("信息.json", `"by": "李老师"`, `"by": "别人"`), "最后一条不是这次导出"},
		{"the head", edit("校验值.txt", " 15 ", " 16 "), "与审计记录的最后一条不符"},
		{"a number not a head", edit("校验值.txt", "2026-11-24 09:00", "昨天"), "缺少“校验值.txt”"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if r := checked(packed(t, tt.files, true)); r.IsIntact() || !strings.Contains(strings.Join(r.Breaks, "\n"), tt.want) {
				t.Errorf("got %q, want %s", r.Breaks, tt.want)
			}
			if r := checked(packed(t, tt.files, false)); r.IsIntact() || !strings.Contains(strings.Join(r.Breaks, "\n"), "文件“") {
				t.Errorf("without a new manifest: %q", r.Breaks)
			}
		})
	}
}

// Whoever makes everything anew, a row of the audit with its hash included, is
// found out by the server only: that is why the report hands the rows on.
func TestWhatOnlyTheServerCanTell(t *testing.T) {
	files := edited(filesOf(t, written(t, example())), "审计记录.jsonl", rowsEdited(func(rows []audit.Entry) []audit.Entry {
		rows[6].Address = "1.1.1.1"
		return rows
	}, true))
	r := checked(packed(t, files, true))
	if !r.IsIntact() || r.Rows[6].Address != "1.1.1.1" || r.Rows[6].Hash == example().Audit[6].Hash {
		t.Errorf("%q", r.Breaks)
	}
}

// A step taken out of the middle breaks the procedure or the audit, whichever it is.
func TestAStepTakenOutIsFound(t *testing.T) {
	files := filesOf(t, written(t, example()))
	for i := range example().Steps {
		less := edited(files, "办理记录.json", func(text string) string {
			var list []dossier.Step
			if err := json.Unmarshal([]byte(text), &list); err != nil {
				t.Fatal(err)
			}
			list = slices.Delete(list, i, i+1)
			for n := range list {
				list[n].Number = n + 1
			}
			return asJSON(list)
		})
		if r := checked(packed(t, less, true)); !strings.Contains(strings.Join(r.Breaks, "\n"), "所记的一步不在办理记录中") {
			t.Errorf("step %d: %q", i+1, r.Breaks)
		}
	}
}

func TestTheContainerIsPartOfTheProof(t *testing.T) {
	raw := written(t, example())
	files := filesOf(t, raw)
	deflated := func() []byte {
		var b bytes.Buffer
		w := zip.NewWriter(&b)
		for _, f := range files {
			e, err := w.Create(f.name)
			if err == nil {
				_, err = e.Write([]byte(f.text))
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		return b.Bytes()
	}
	for name, tt := range map[string]struct {
		raw  []byte
		want string
	}{
		"packed again by another program": {deflated(), "压缩包不是导出时的原样"},
		"something before it":             {append([]byte("#!/bin/sh\n"), raw...), "压缩包不是导出时的原样"},
		"something behind it":             {append(slices.Clone(raw), 'x'), ""},
		"a file more":                     {packed(t, append(slices.Clone(files), file{"版本/02/附件/更多.pdf", "x"}), false), "多出文件“版本/02/附件/更多.pdf”"},
		"a folder more":                   {packed(t, append(slices.Clone(files), file{"空/", ""}), false), "多出文件“空/”"},
		"a file twice":                    {packed(t, append(slices.Clone(files), file{"信息.json", "{}"}), true), "有两个名为“信息.json”的文件"},
		"no manifest":                     {packed(t, without(files, "清单.txt"), false), "缺少“清单.txt”"},
		"an empty manifest":               {packed(t, edited(files, "清单.txt", func(string) string { return "" }), false), "缺少“清单.txt”"},
		"half of it":                      {raw[:len(raw)/2], "不是完整的 zip 文件"},
		"nothing":                         {nil, "不是完整的 zip 文件"},
		"another zip file":                {packed(t, []file{{"a", "b"}}, false), "缺少"},
		"a later layout":                  {packed(t, edited(files, "信息.json", replaced(`"format": 1`, `"format": 2`)), true), "较新的程序"},
	} {
		if r := checked(tt.raw); r.IsIntact() || !strings.Contains(strings.Join(r.Breaks, "\n"), tt.want) {
			t.Errorf("%s: %q", name, r.Breaks)
		}
	}
}

func TestAChangedByteIsFoundAnywhere(t *testing.T) {
	raw := written(t, example())
	for i := 0; i < len(raw); i += 23 { // every one of them was tried once; that takes a minute
		changed := slices.Clone(raw)
		changed[i] ^= 1 << (i % 8)
		if r := checked(changed); r.IsIntact() {
			t.Errorf("byte %d of %d: not found", i, len(raw))
		}
	}
}
