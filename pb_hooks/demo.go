package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"iter"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/filesystem"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/demo"
	"gongkai/pb_hooks/records"
)

// demoCommand is "gongkai demo": a district that does not exist, to look at.
func demoCommand(app core.App) *cobra.Command {
	plan, file, at := demo.Plan{}, "", ""
	command := &cobra.Command{
		Use: "demo", Short: "在空数据库中生成虚构的“示范区”，供试用和培训", Args: cobra.NoArgs, SilenceUsage: true,
		Example: "  gongkai demo --dir demo_data\n  gongkai serve --dir demo_data",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if plan.Schools < 1 || plan.Schools > 1000 || plan.Articles < 0 || plan.Articles > 5000 || plan.Length < 100 || plan.Length > 100000 || plan.Days < 0 || plan.Days > 2000 {
				return errors.New("--schools 可填 1 至 1000，--articles 可填 0 至 5000，--length 可填 100 至 100000，--days 可填 0 至 2000")
			}
			p := bound(app)
			if file != "" {
				return p.writeDemoFile(plan, file, cmd.OutOrStdout())
			}
			ctx, done := untilInterrupted(cmd.Context(), app)
			defer done()
			err := p.makeDemo(ctx, plan, cmd.OutOrStdout(), cmd.ErrOrStderr())
			if err == nil {
				err = tellDemo(app, cmd.OutOrStdout(), plan, at)
			}
			return errors.Join(err, p.closeIndex())
		},
	}
	command.Flags().IntVar(&plan.Schools, "schools", 12, "学校数")
	command.Flags().IntVar(&plan.Articles, "articles", 80, "每校信息条数；56 条以上每个必设栏目都有内容")
	command.Flags().Uint64Var(&plan.Seed, "seed", 1, "随机种子；相同的种子生成相同的内容")
	command.Flags().IntVar(&plan.Length, "length", demo.TextLength, "每条信息的字数")
	command.Flags().IntVar(&plan.Days, "days", 3*365, "每日快照的天数，从昨天往前")
	command.Flags().StringVar(&file, "jsonl", "", "只把信息写成可导入的文件，不改动数据库")
	command.Flags().StringVar(&at, "http", "127.0.0.1:8090", "之后在哪个地址启动服务，写进生成后的提示")
	return command
}

// makeDemo fills an empty database. A second run with the same numbers
// completes what a killed one left, and otherwise does nothing.
func (p *platform) makeDemo(ctx context.Context, plan demo.Plan, out, progress io.Writer) error {
	if err := p.app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	complete, err := p.checkDemo(plan)
	if err != nil {
		return err
	}
	if complete {
		fmt.Fprintln(out, "演示数据已经存在，没有改动。")
		return nil
	}
	if err := p.playing(plan, func(d *demoPlay) error { return storeDemoDistrict(d.app, plan) }); err != nil {
		return fmt.Errorf("写入演示学校失败：%w", err)
	}
	if err := errors.Join(p.openKeys(), p.useKey(atTerminal, false)); err != nil {
		return err
	}
	p.refresh()
	if err := p.planDemo(&plan); err != nil {
		return err
	}
	bar := articleBar(progress, "生成演示信息", plan.Total())
	count, err := p.writeArticles(ctx, p.demoArticles(plan), bulkOptions{Told: func(c bulkCount) { bar.at(c.Written + c.Known) }})
	bar.end()
	if errors.Is(err, context.Canceled) {
		return errors.New("已停止；再次运行同一命令即可继续")
	}
	if err == nil {
		err = p.finishDemo(ctx, plan)
	}
	if err == nil {
		err = announceChange(p.app)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "已生成示范区：%d 所学校，%d 条信息。\n", plan.Schools, count.Written+count.Known)
	return nil
}

// planDemo gives a plan what it depends on: the standard in force, and a last day that the clock has reached.
func (p *platform) planDemo(plan *demo.Plan) error {
	d, err := p.directory()
	if err != nil {
		return err
	}
	plan.Columns, plan.Location, plan.Until = d.Nodes, shanghai, demo.Latest
	if now := p.options.Now(); now.Before(plan.Until) {
		plan.Until = now
	}
	return nil
}

// checkDemo refuses a database that is not the demonstration's own, and reports whether this one is complete.
func (p *platform) checkDemo(plan demo.Plan) (complete bool, err error) {
	district, err := p.app.FindRecordById(records.Districts, records.DistrictID)
	if err != nil {
		return false, fmt.Errorf("read the district: %w", err)
	}
	counts := map[string]int64{}
	for _, name := range []string{records.Schools, records.Articles} {
		if counts[name], err = p.app.CountRecords(name); err != nil {
			return false, err
		}
	}
	if !district.GetBool("demo") {
		if counts[records.Schools]+counts[records.Articles] > 0 {
			return false, errors.New("数据库中已有学校或信息，不能生成演示数据；没有写入任何内容。\n请用 --dir 指定另一个空的数据目录，例如：gongkai demo --dir demo_data")
		}
		return false, nil
	}
	mine, err := p.app.CountRecords(records.Articles, dbx.NewExp("import_key LIKE {:mine}", dbx.Params{"mine": plan.KeyPrefix() + "%"}))
	if err != nil {
		return false, err
	}
	others, err := p.app.CountRecords(records.Articles, dbx.NewExp("import_key LIKE 'demo/%' AND import_key NOT LIKE {:mine}", dbx.Params{"mine": plan.KeyPrefix() + "%"}))
	if err != nil {
		return false, err
	}
	if others > 0 || counts[records.Schools] != int64(plan.Schools) {
		return false, errors.New("演示数据已经存在，但学校数、条数或种子与这次不同；没有改动。\n要重新生成，请停止服务、删除数据目录（或用 --dir 指定新目录）后再运行")
	}
	last, err := p.app.CountRecords(records.Articles, dbx.HashExp{"import_key": demoDraftKey(plan)})
	return last > 0 || plan.Articles == 0 && mine == 0, err
}

// demoArticles are the plan's articles with their files stored.
func (p *platform) demoArticles(plan demo.Plan) iter.Seq2[newArticle, error] {
	return func(yield func(newArticle, error) bool) {
		d, err := p.directory()
		if err != nil {
			yield(newArticle{}, err)
			return
		}
		for _, s := range plan.Made() {
			school, ok := d.ByCode(s.Code)
			if !ok {
				yield(newArticle{}, fmt.Errorf("school %s is missing", s.Code))
				return
			}
			for a := range plan.All(s) {
				if !yield(p.demoArticle(school, a)) {
					return
				}
			}
		}
	}
}

func (p *platform) demoArticle(school *records.School, a demo.Article) (newArticle, error) {
	n := newArticle{Key: a.Key, School: school, Column: a.Column, Title: a.Title, Source: school.Name, DocNumber: a.DocNumber,
		CreatedOn: a.CreatedOn, PublishedAt: a.PublishedAt, Body: a.Body, Facts: a.Facts}
	for i, f := range a.Files {
		file, err := filesystem.NewFileFromBytes(f.Data, f.Name)
		if err != nil {
			return n, fmt.Errorf("make file %s: %w", f.Name, err)
		}
		id, err := storeAttachment(p.app, n.id(), fmt.Sprintf("%s/%d", a.Key, i), file, f.Alt)
		if err != nil {
			return n, err
		}
		n.Attachments = append(n.Attachments, id)
	}
	return n, nil
}
