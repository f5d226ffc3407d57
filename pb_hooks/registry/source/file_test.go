package source

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func workbook(t *testing.T, sheet string, rows ...[]any) []byte {
	t.Helper()
	book := excelize.NewFile()
	defer book.Close()
	if err := book.SetSheetName("Sheet1", sheet); err != nil {
		t.Fatal(err)
	}
	for i, row := range rows {
		cell, _ := excelize.CoordinatesToCellName(1, i+1)
		if err := book.SetSheetRow(sheet, cell, &row); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func gbk(t *testing.T, text string) []byte {
	t.Helper()
	encoded, err := simplifiedchinese.GBK.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return []byte(encoded)
}

func TestReadFile(t *testing.T) {
	csv := "学校名称,学段,学校代码,电话,备注\n甲学校,小学,3101120001,021-64300001,x\n,,,,\n乙学校,初中,3101120002,,\n"
	for _, tt := range []struct {
		name   string
		config Config
		data   []byte
		lines  []int
	}{
		{"CSV with titles everybody knows", Config{}, []byte(csv), []int{2, 4}},
		{"CSV in GBK", Config{}, gbk(t, csv), []int{2, 4}},
		{"CSV with tabs", Config{}, []byte(strings.ReplaceAll(csv, ",", "\t")), []int{2, 4}},
		{"a workbook, whose codes are numbers", Config{}, workbook(t, "名单", []any{"学校名称", "学段", "学校代码", "电话"}, []any{"甲学校", "小学", 3101120001, "021-64300001"}, []any{}, []any{"乙学校", "初中", 3101120002}), []int{2, 4}},
		{"what everybody knows, below what it is a list of", Config{}, workbook(t, "名单", []any{"示范区学校名册", "", 2026}, []any{}, []any{"序号", "学校名称", "学段", "学校代码", "电话"}, []any{1, "甲学校", "小学", "3101120001", "021-64300001"}, []any{2, "乙学校", "初中", "3101120002"}), []int{4, 5}},
		{"a mapped name below a heading", Config{Fields: map[string]Field{"name": {From: []string{"机构"}}}}, []byte("学校名称见下\n机构,学段,学校代码,电话\n甲学校,小学,3101120001,021-64300001\n乙学校,初中,3101120002,\n"), []int{3, 4}},
		{"titles of its own below a heading", Config{Sheet: "名单", Titles: 2, Fields: map[string]Field{
			"name":   {From: []string{"机构 全称"}},
			"stages": {From: []string{"类别"}, Values: map[string]string{"小": "小学", "中": "初中"}},
			"phone":  {From: []string{"区号", "号码"}, Join: "-"},
		}}, workbook(t, "名单", []any{"2026 年名单"}, []any{"机构\n全称", "类别", "学校代码", "区号", "号码"}, []any{"甲学校", "小", "3101120001", "021", "64300001"}, []any{"乙学校", "中", "3101120002"}), []int{3, 4}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.config.Kind = File
			answer, err := ReadFile(t.Context(), tt.config, "名单.csv", tt.data, Limits{})
			if err != nil || len(answer.Rows) != 2 {
				t.Fatalf("got %+v, %v", answer.Rows, err)
			}
			a, b := answer.Rows[0], answer.Rows[1]
			if got := []int{a.Line, b.Line}; !slices.Equal(got, tt.lines) || len(a.Problems)+len(b.Problems) > 0 {
				t.Errorf("lines %v, %v %v", got, a.Problems, b.Problems)
			}
			if a.School.Code != "3101120001" || a.School.Phone != "021-64300001" || !slices.Equal(b.School.Stages, []string{"初中"}) || b.Given["phone"] {
				t.Errorf("got %+v %+v", a.School, b)
			}
		})
	}
}

func TestBadFiles(t *testing.T) {
	good := workbook(t, "名单", []any{"学校名称"}, []any{"甲学校"})
	for _, tt := range []struct {
		name   string
		config Config
		data   []byte
		limits Limits
		code   Code
		says   string
	}{
		{"nothing", Config{}, nil, Limits{}, BadFile, "没有标题"},
		{"titles and no school", Config{}, []byte("学校名称\n"), Limits{}, Empty, "一所学校都没有"},
		{"titles below the end", Config{Titles: 3}, []byte("学校名称\n甲\n"), Limits{}, BadFile, "第 3 行没有标题"},
		{"titles further down than anybody looks", Config{}, []byte(strings.Repeat("名册\n", 10) + "学校名称\n甲\n"), Limits{}, Nameless, "有的是：名册"},
		{"no name", Config{}, []byte("机构,电话\n甲,1\n"), Limits{}, Nameless, "机构、电话"},
		{"a mapping that no longer fits", Config{Fields: map[string]Field{"name": {From: []string{"全称"}}}}, []byte("学校名称\n甲\n"), Limits{}, Nameless, "学校名称"},
		{"two titles alike", Config{}, []byte("学校名称,电话,电话\n甲,1,2\n"), Limits{}, BadFile, "两列都是“电话”"},
		{"two titles for one field", Config{}, []byte("学校名称,name\n甲,乙\n"), Limits{}, BadFile, "学校名称"},
		{"quotes that do not match", Config{}, []byte("学校名称\n\"甲\n"), Limits{}, BadFile, "引号"},
		{"neither UTF-8 nor GBK", Config{}, []byte("学校名称\n\xff\xff\xff"), Limits{}, BadFile, "编码"},
		{"an old workbook", Config{}, []byte("\xd0\xcf\x11\xe0"), Limits{}, BadFile, "Excel"},
		{"half a workbook", Config{}, good[:len(good)/2], Limits{}, BadFile, "已损坏"},
		{"no such sheet", Config{Sheet: "学校"}, good, Limits{}, BadFile, "有的是：名单"},
		{"a workbook that unpacks to too much", Config{}, good, Limits{TotalBytes: 1000}, BadFile, "解压后太大"},
		{"a line that is none", Config{}, []byte("学校名称\n" + strings.Repeat(",", 1<<17)), Limits{}, BadFile, "64 KB"},
		{"too many bytes", Config{}, good, Limits{PageBytes: 100}, TooLarge, "超过"},
		{"too many rows", Config{}, []byte("学校名称\n甲\n乙\n丙\n"), Limits{Rows: 2}, TooMany, "2 行"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.config.Kind = File
			answer, err := ReadFile(t.Context(), tt.config, "名单", tt.data, tt.limits)
			if fault := wants(t, tt.code, answer, err); !strings.Contains(fault.Sentence, tt.says) {
				t.Errorf("it says %q", fault.Sentence)
			}
		})
	}
	ctx, stop := context.WithCancel(t.Context())
	stop()
	answer, err := ReadFile(ctx, Config{Kind: File}, "名单", good, Limits{})
	wants(t, Cancelled, answer, err)
}

func TestFolder(t *testing.T) {
	root := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret.csv")
	put := func(path, text string, day int) {
		t.Helper()
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		at := time.Date(2026, 9, day, 8, 0, 0, 0, time.UTC)
		if err := os.Chtimes(path, at, at); err != nil {
			t.Fatal(err)
		}
	}
	put(outside, "学校名称\n外面\n", 9)
	for name, day := range map[string]int{"a.csv": 1, "b.csv": 2, "c.txt": 3, "~$b.csv": 4, ".hidden.csv": 5} {
		put(filepath.Join(root, "in", name), "学校名称\n"+name+"\n", day)
	}
	if err := os.Symlink(outside, filepath.Join(root, "in", "link.csv")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Dir(outside), filepath.Join(root, "out")); err != nil {
		t.Fatal(err)
	}
	c := Config{Kind: File, Folder: "in"}
	l := Limits{Folder: root}
	first := mustRead(t, c, State{}, l)
	if first.Rows[0].School.Name != "b.csv" {
		t.Errorf("read %+v", first.Rows)
	}
	if second := mustRead(t, c, first.State, l); !second.Unchanged || len(second.Rows) > 0 {
		t.Errorf("the same file gave %+v", second)
	}
	put(filepath.Join(root, "in", "a.csv"), "学校名称\n新\n", 20)
	if third := mustRead(t, c, first.State, l); third.Unchanged || third.Rows[0].School.Name != "新" {
		t.Errorf("a newer file gave %+v", third)
	}
	trial, err := Try(t.Context(), c, Secrets{}, l)
	if err != nil || len(trial.Samples) != 1 || trial.Places[0] != (Place{"学校名称", "学校名称", "新", "name"}) || trial.Samples[0].Values[0].Value != "新" {
		t.Errorf("tried %+v, %v", trial, err)
	}
	for _, tt := range []struct {
		name   string
		config Config
		limits Limits
	}{
		{"no folder is allowed", c, Limits{}},
		{"a folder that is not there", Config{Kind: File, Folder: "other"}, l},
		{"a link out of the folder", Config{Kind: File, Folder: "out"}, l},
		{"no file of that kind", Config{Kind: File, Folder: "in", Files: "*.xlsx"}, l},
		{"a link to a file outside", Config{Kind: File, Folder: "in", Files: "link*"}, l},
		{"a source of uploads", Config{Kind: File}, l},
	} {
		t.Run(tt.name, func(t *testing.T) {
			answer, err := Read(t.Context(), tt.config, Secrets{}, State{}, tt.limits)
			wants(t, NoFile, answer, err)
		})
	}
}
