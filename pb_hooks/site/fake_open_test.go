package site

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"
)

const emptySum = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

func (f *fake) Articles(_ context.Context, q ArticleFilter) (ArticleList, error) {
	if err := f.read("Articles"); err != nil {
		return ArticleList{}, err
	}
	if _, err := f.school(q.School); q.School != "" && err != nil {
		return ArticleList{}, err
	}
	all := f.items(func(a Article) bool {
		at, _ := time.Parse(time.RFC3339, a.PublishedAt)
		return (q.School == "" || q.School == a.School.Code) && (q.Column == "" || q.Column == a.Column.Code) &&
			(q.Since.IsZero() || !at.Before(q.Since)) && (q.Until.IsZero() || at.Before(q.Until))
	})
	from := 0
	if q.Cursor != "" {
		n, err := strconv.Atoi(strings.TrimPrefix(q.Cursor, "after-"))
		if err != nil || n > len(all) {
			return ArticleList{}, fmt.Errorf("read cursor: %w", ErrCursor)
		}
		from = n
	}
	to := min(from+q.Limit, len(all))
	list := ArticleList{Items: all[from:to]}
	if !q.UpdatedSince.IsZero() {
		list.Gone = []Gone{{"a5", "2026-02-01"}}
	}
	if to < len(all) {
		list.Next = "after-" + strconv.Itoa(to)
	}
	return list, nil
}

func (f *fake) Files(ctx context.Context, q ArticleFilter) (FileList, error) {
	list, err := f.Articles(ctx, q)
	v := FileList{Gone: list.Gone, Next: list.Next}
	for _, i := range list.Items {
		for _, file := range f.article(i.ID).Attachments {
			v.Items = append(v.Items, FileItem{file, ArticleLink{i.ID, i.Title}, i.School, i.Column, i.PublishedAt})
		}
	}
	return v, err
}

func (f *fake) Forms(ctx context.Context, q ArticleFilter) (FormList, error) {
	list, err := f.Articles(ctx, q)
	v := FormList{Gone: list.Gone, Next: list.Next}
	for _, i := range list.Items {
		v.Items = append(v.Items, FormItem{i, f.article(i.ID).Attachments})
	}
	return v, err
}

func (f *fake) Questions(ctx context.Context, q ArticleFilter) (QuestionList, error) {
	list, err := f.Articles(ctx, q)
	v := QuestionList{Gone: list.Gone, Next: list.Next}
	for _, i := range list.Items {
		v.Items = append(v.Items, QuestionItem{i, []Question{{Article: i.ID, Question: "校服要买吗？", Answer: "自愿。", Topic: "校服", Audience: "家长", CheckedOn: "2026-01-05"}}})
	}
	return v, err
}

func (f *fake) Answers(ctx context.Context, q ArticleFilter) (AnswerList, error) {
	list, err := f.Articles(ctx, q)
	v := AnswerList{Gone: list.Gone, Next: list.Next}
	for _, i := range list.Items {
		v.Items = append(v.Items, AnswerItem{i, "consultation", "在线咨询", "<p>答复</p>"})
	}
	return v, err
}

func (f *fake) standardItem() StandardItem {
	return StandardItem{"2026", "中小学信息公开与办事服务栏目设置标准", "2026-01-01", "2026-01-01", true, 5}
}

func (f *fake) Standards(_ context.Context, cursor string, _ int) (StandardList, error) {
	if cursor != "" {
		return StandardList{}, ErrCursor
	}
	return StandardList{Items: []StandardItem{f.standardItem()}}, f.read("Standards")
}

func (f *fake) StandardVersion(_ context.Context, version string) (StandardVersion, error) {
	if version != "2026" {
		return StandardVersion{}, ErrNotFound
	}
	return StandardVersion{f.standardItem(), f.groups, []ColumnMove{{From: "A0402", To: "A0401", Words: []string{"招生"}}}}, f.read("StandardVersion")
}

func (f *fake) Statistics(_ context.Context, q StatisticsFilter) (Statistics, error) {
	return Statistics{From: "2026-01-01", To: "2026-01-31", By: q.By,
		Definitions: []FigureDefinition{{"items_published", "公开信息", "条", "主动公开", true, "首次公开的信息", ""}},
		Items:       []StatisticPoint{{"2026-01-01", "2026-01-31", 2, []FigureCount{{"items_published", 5}}}}}, f.read("Statistics")
}

func (f *fake) Bulk(context.Context) (BulkIndex, error) {
	return BulkIndex{"2026-01-06", []BulkDownload{{"articles.csv.gz", "articles", "csv", "/open/v1/bulk/articles.csv.gz", "2026-01-05T18:00:00Z", 5, 9, emptySum},
		{"articles.jsonl.gz", "articles", "jsonl", "/open/v1/bulk/articles.jsonl.gz", "2026-01-05T18:00:00Z", 5, 9, emptySum}}}, f.read("Bulk")
}

func (f *fake) BulkFile(_ context.Context, name string) (File, error) {
	if name != "articles.csv.gz" {
		return File{}, ErrNotFound
	}
	return File{ReadSeekCloser: nopCloser{strings.NewReader("some data")}, Name: name, MIME: "application/gzip", ETag: `"sum"`}, f.read("BulkFile")
}
