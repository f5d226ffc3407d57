package pb_hooks

import (
	"fmt"
	"io"
	"slices"

	"gongkai/pb_hooks/workday"
)

// articleReport is what a person wants to know before storing a file.
type articleReport struct {
	lines, fresh, known, double, bad int
	bySchool, byColumn               map[string]int
	first, problems, doubles         []string
}

// reportLines bounds each list of a report.
const (
	reportFirst = 5
	reportLines = 100
)

func newArticleReport() *articleReport {
	return &articleReport{bySchool: map[string]int{}, byColumn: map[string]int{}}
}

func (r *articleReport) add(row articleRow, a newArticle, v verdict) {
	r.lines++
	switch {
	case len(v.problems) > 0:
		r.bad++
		for _, p := range v.problems {
			if p.field != "" {
				p.field = " " + p.field
			}
			r.problems = append(r.problems[:min(len(r.problems), reportLines)], fmt.Sprintf("  第 %d 行%s：%s", row.Line, p.field, p.reason))
		}
	case v.known:
		r.known++
	case v.sameAs > 0:
		r.double++
		r.doubles = append(r.doubles[:min(len(r.doubles), reportLines)], fmt.Sprintf("  第 %d 行与第 %d 行完全相同", row.Line, v.sameAs))
	default:
		r.fresh++
		r.bySchool[a.School.Code+" "+a.School.Name]++
		r.byColumn[a.Column]++
		if len(r.first) < reportFirst {
			r.first = append(r.first, fmt.Sprintf("  第 %d 行  %s · %s · %s · %s", row.Line, a.School.ShortName, a.Column, workday.Today(a.PublishedAt), a.Title))
		}
	}
}

func (r *articleReport) print(out io.Writer) {
	fmt.Fprintf(out, "共 %d 行：可新增 %d 条，已存在 %d 条，文件内重复 %d 条，有问题 %d 行。\n", r.lines, r.fresh, r.known, r.double, r.bad)
	printCounts(out, "按学校：", r.bySchool)
	printCounts(out, "按栏目：", r.byColumn)
	printLines(out, "前几条：", r.first)
	printLines(out, "文件内重复，只算一条：", r.doubles)
	printLines(out, "有问题的行：", r.problems)
}

func printCounts(out io.Writer, title string, counts map[string]int) {
	var lines []string
	for name, n := range counts {
		lines = append(lines, fmt.Sprintf("  %s：%d 条", name, n))
	}
	slices.Sort(lines)
	printLines(out, title, lines)
}

func printLines(out io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintln(out, title)
	for i, line := range lines {
		if i == reportLines {
			fmt.Fprintln(out, "  ……")
			break
		}
		fmt.Fprintln(out, line)
	}
}
