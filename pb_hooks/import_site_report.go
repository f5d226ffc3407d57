package pb_hooks

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strconv"
	"strings"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/statement"
	"gongkai/pb_hooks/workday"
)

// siteReport is what was taken of an old site, what was cleaned, what was left and why.
type siteReport struct {
	fresh, known, left, files int
	flags                     map[movein.Flag]int
	columns, reasons          map[string]int
	told                      []string // of the files of the site
	taken, not                [][]string
}

func (r *siteReport) lines() int { return r.fresh + r.known + r.left }

func (r *siteReport) add(c *siteCheck, d siteDraft) {
	it := d.item
	switch {
	case d.left != "":
		r.left++
		r.reasons[d.left]++
		r.not = append(r.not, []string{it.Where, it.Address.String(), it.Title, d.left})
	case d.known:
		r.known++
	default:
		r.fresh++
		r.files += len(d.files)
		column, _ := c.directory.Node(d.Column)
		r.columns[d.Column+" "+column.Name]++
		var flags []string
		for _, f := range movein.Flags() {
			if slices.Contains(it.Flags, f) {
				r.flags[f]++
				flags = append(flags, f.Name())
			}
		}
		r.taken = append(r.taken, []string{it.Where, it.Address.String(), it.Title, it.Date, d.Column + " " + column.Name, strconv.Itoa(len(d.files)),
			strings.Join(flags, "、"), clip(strings.Join(it.Notes, "\n"), 2000)})
	}
}

func (r *siteReport) print(out io.Writer) {
	fmt.Fprintf(out, "共 %d 条：可迁入 %d 条（附件 %d 个），已经迁入 %d 条，不迁入 %d 条。\n", r.lines(), r.fresh, r.files, r.known, r.left)
	printCounts(out, "按栏目：", r.columns)
	var looks []string
	for _, f := range movein.Flags() {
		if n := r.flags[f]; n > 0 {
			looks = append(looks, fmt.Sprintf("  %s：%d 条", f.Name(), n))
		}
	}
	printLines(out, "需要人看一看的：", looks)
	printCounts(out, "不迁入的原因：", r.reasons)
	var told []string
	for _, t := range r.told {
		told = append(told, "  "+t)
	}
	printLines(out, "没有使用的文件：", told)
}

// writeReport writes all of it as a workbook.
func (p *platform) writeReport(r *siteReport, c *siteCheck, path string, out io.Writer) error {
	d, made := c.directory.District, workday.Date(p.today())
	about := "来源：" + c.old.path
	list := func(tab string, rows [][]string, columns ...statement.ListColumn) statement.List {
		return statement.List{Demo: d.Demo, Issuer: d.Bureau, Title: "旧网站迁入报告：" + tab, Tab: tab, About: about, Made: made, Columns: columns, Rows: rows}
	}
	taken := list("迁入", r.taken, statement.ListColumn{Name: "旧网站里的位置", Width: 2000}, statement.ListColumn{Name: "旧地址", Width: 2400}, statement.ListColumn{Name: "标题", Width: 2600},
		statement.ListColumn{Name: "原发布日期", Width: 1100}, statement.ListColumn{Name: "栏目", Width: 1500}, statement.ListColumn{Name: "附件", Width: 600},
		statement.ListColumn{Name: "送审前请核对", Width: 1400}, statement.ListColumn{Name: "迁入时清理、去掉了什么", Width: 4000})
	taken.Figures = []statement.ListFigure{{Name: "可迁入（条）", Count: r.fresh}, {Name: "附件（个）", Count: r.files}, {Name: "以前已经迁入（条）", Count: r.known}, {Name: "不迁入（条）", Count: r.left}}
	for _, f := range movein.Flags() {
		taken.Figures = append(taken.Figures, statement.ListFigure{Name: "其中" + f.Name() + "（条）", Count: r.flags[f]})
	}
	not := list("不迁入", r.not, statement.ListColumn{Name: "旧网站里的位置", Width: 2400}, statement.ListColumn{Name: "旧地址", Width: 3000}, statement.ListColumn{Name: "标题", Width: 3600},
		statement.ListColumn{Name: "没有迁入的原因", Width: 4000})
	var told [][]string
	for _, t := range r.told {
		told = append(told, []string{t})
	}
	files := list("没有使用的文件", told, statement.ListColumn{Name: "说明", Width: 12000})
	data, err := statement.Book{Issuer: d.Bureau, Title: "旧网站迁入报告", Made: made, Lists: []statement.List{taken, not, files}}.Xlsx()
	if err != nil {
		return err
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		return fmt.Errorf("写不了报告 %s：%w", path, err)
	}
	fmt.Fprintf(out, "报告已写入 %s。\n", path)
	return nil
}
