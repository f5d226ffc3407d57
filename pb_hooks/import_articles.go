package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/records"
)

// articlesCommand is "gongkai articles": what schools published elsewhere comes along.
func articlesCommand(app core.App) *cobra.Command {
	articles := &cobra.Command{Use: "articles", Short: "信息条目"}
	o := articleImport{}
	imports := &cobra.Command{
		Use:     "import FILE.jsonl|FILE.csv",
		Short:   "批量导入已公开的信息；不加 --apply 只检查和预览",
		Example: "  gongkai articles import 历史信息.jsonl\n  gongkai articles import 历史信息.jsonl --apply",
		Long: "批量导入已公开的信息。每行一条，字段：\n" +
			"  school        学校代码或学校全称\n  column        栏目代码或栏目名称\n  title         标题\n  body_html     正文（HTML 或纯文字），不超过 1 MB\n" +
			"  published_at  公开时间，如 2025-03-01、2025-03-01 09:30 或 2025-03-01T09:30:00+08:00\n" +
			"  source        来源（可省略，默认为学校名称）\n  doc_number    文号（可省略）\n  created_on    生成日期（可省略，默认为公开日期）\n" +
			"  attachments   附件路径，相对于导入文件所在目录（可省略；CSV 中用 ; 隔开）\n" +
			"再次导入同一文件时，已经导入的行自动跳过，因此中断后重新运行即可。",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("请给出一个 JSONL 或 CSV 文件，例如：gongkai articles import 历史信息.jsonl")
			}
			return nil
		},
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, done := untilInterrupted(cmd.Context(), app)
			defer done()
			p := bound(app)
			err := p.importArticles(ctx, args[0], cmd.OutOrStdout(), cmd.ErrOrStderr(), o)
			return errors.Join(err, p.closeIndex())
		},
	}
	imports.Flags().BoolVar(&o.apply, "apply", false, "写入数据库")
	imports.Flags().BoolVar(&o.skipBad, "skip-bad", false, "跳过有问题的行，其余照常导入")
	imports.Flags().IntVar(&o.batch, "batch", bulkBatch, "每个事务写入的条数")
	articles.AddCommand(imports)
	return articles
}

type articleImport struct {
	apply, skipBad bool
	batch          int
}

// untilInterrupted returns a context that ends with Ctrl-C, and makes the
// process wait for done before it closes the database.
func untilInterrupted(parent context.Context, app core.App) (ctx context.Context, done func()) {
	ctx, stop := signal.NotifyContext(parent, os.Interrupt, syscall.SIGTERM)
	finished := make(chan struct{})
	app.OnTerminate().BindFunc(func(e *core.TerminateEvent) error {
		<-finished
		return e.Next()
	})
	return ctx, func() {
		stop()
		close(finished)
	}
}

// importArticles reads the file twice: once to check all of it, once to store
// it. Nothing is stored while a line is bad, unless bad lines are to be skipped.
func (p *platform) importArticles(ctx context.Context, path string, out, watch io.Writer, o articleImport) error {
	if o.batch < 1 || o.batch > 5000 {
		return errors.New("--batch 可填 1 至 5000")
	}
	if err := p.app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	folder, err := os.OpenRoot(filepath.Dir(path))
	if err != nil {
		return fmt.Errorf("打不开文件 %s：%w", path, err)
	}
	defer folder.Close()
	c, err := p.newArticleCheck(folder)
	if err != nil {
		return err
	}
	report, err := p.checkArticles(ctx, c, path, watch)
	if err != nil {
		return err
	}
	report.print(out)
	if report.bad > 0 && !o.skipBad {
		return fmt.Errorf("%d 行有问题，没有写入任何内容；请改正文件后重试，或加上 --skip-bad 跳过这些行", report.bad)
	}
	if report.fresh == 0 && report.known == 0 {
		fmt.Fprintln(out, "没有需要写入的内容。")
		return nil
	}
	if !o.apply {
		fmt.Fprintln(out, "这是预览，没有写入任何内容。加上 --apply 才会写入。")
		return nil
	}
	return p.storeArticles(ctx, c, path, report, out, watch, o)
}

func (p *platform) checkArticles(ctx context.Context, c *articleCheck, path string, watch io.Writer) (*articleReport, error) {
	lines, err := countLines(path)
	if err != nil {
		return nil, fmt.Errorf("打不开文件 %s：%w", path, err)
	}
	bar := articleBar(watch, "检查", lines)
	defer bar.end()
	report := newArticleReport()
	for row, err := range readArticleRows(path) {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, errors.New("已停止，没有写入任何内容")
		}
		a, verdict := c.check(row)
		report.add(row, a, verdict)
		bar.at(report.lines)
	}
	if report.lines == 0 {
		return nil, errors.New("文件里没有任何信息")
	}
	return report, nil
}

func (p *platform) storeArticles(ctx context.Context, c *articleCheck, path string, report *articleReport, out, watch io.Writer, o articleImport) error {
	bar := articleBar(watch, "导入", report.fresh)
	c.again()
	source := func(yield func(newArticle, error) bool) {
		for row, err := range readArticleRows(path) {
			if err != nil {
				yield(newArticle{}, err)
				return
			}
			a, verdict := c.check(row)
			if len(verdict.problems) > 0 && !o.skipBad {
				yield(newArticle{}, fmt.Errorf("第 %d 行在检查之后变了，文件不能在导入时改动", row.Line))
				return
			}
			if !verdict.isFresh() {
				continue
			}
			if a.Attachments, err = c.store(p.app, a, row.Attachments); !yield(a, err) {
				return
			}
		}
	}
	count, err := p.writeArticles(ctx, source, bulkOptions{Batch: o.batch, Told: func(n bulkCount) { bar.at(n.Written + n.Known) }})
	bar.end()
	if count.Written > 0 {
		done := deed{"import_articles", records.Articles, "", map[string]any{"written": count.Written}}
		err = errors.Join(err, p.audit(p.app, atTerminal, done), announceChange(p.app))
	}
	fmt.Fprintf(out, "已写入 %d 条，已存在 %d 条。\n", count.Written, report.known+count.Known)
	if errors.Is(err, context.Canceled) {
		return errors.New("已停止；再次运行同一命令即可继续，已写入的会自动跳过")
	}
	return err
}
