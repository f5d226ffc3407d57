package registry

import (
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	stored := []School{{ID: "a", Code: "3101120001", Name: "上海市甲山中学", ShortName: "甲山中学", Initials: "jszx", Stages: []string{"初中"}, Status: Open}}
	file := "name,stage,address\nAB学校,小学,\n上海市甲山中学,初中,新路2号\n上海市甲山中学（北校区）,初中,北路1号\n丁校,大学,\n"
	want := strings.TrimPrefix(`
行  处理      学校代码    学校名称        内容
4   并为校区  3101120001  上海市甲山中学  校区：北校区，北路1号
3   修改      3101120001  上海市甲山中学  地址：新路2号
2   新增      3101120002  AB学校          小学
5   有问题                丁校            学段：“大学”不是规定的学段，可填：幼儿园、小学、初中、高中、九年一贯制、十二年一贯制、完全中学、特殊教育、中等职业

共 4 行：不变 0，并为校区 1，修改 1，新增 1，有问题 1
`, "\n")
	if got := Report(Diff(stored, read(t, file), minhang)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestColumns(t *testing.T) {
	for _, tt := range []struct {
		name, text string
		want       int
	}{
		{"a letter is one column wide", "abc", 3},
		{"a Chinese character is two", "学校", 4},
		{"a full-width bracket is two", "（", 2},
		{"an arrow is one", "→", 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := columns(tt.text); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}
