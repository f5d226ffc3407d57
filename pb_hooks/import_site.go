package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/records"
)

// importCommand is "gongkai import": an old site comes along as drafts.
func importCommand(app core.App) *cobra.Command {
	imports := &cobra.Command{Use: "import", Short: "旧网站迁入"}
	imports.AddCommand(siteCommand(app), redirectsCommand(app))
	return imports
}

func siteCommand(app core.App) *cobra.Command {
	o := siteImport{}
	site := &cobra.Command{
		Use:   "site FOLDER|FILE.zip|FILE.xml|FILE.csv|FILE.jsonl",
		Short: "把旧网站的内容迁入为草稿；不加 --apply 只检查和预览",
		Example: "  gongkai import site 旧网站/ --mapping 对应关系.json\n  gongkai import site 旧网站.zip --mapping 对应关系.json --apply\n" +
			"  gongkai import site wordpress.xml --mapping 对应关系.json --files uploads.zip --apply",
		Long: "把旧网站的内容迁入为草稿，由学校逐条或成批送审；迁入本身不公开任何内容。\n" +
			"可以迁入：保存下来的网页文件夹或 zip、WordPress 导出的 XML、CSV 或 JSONL 表格。\n" +
			"网页和 WordPress 要有一份对应关系（JSON），写法见 docs/moving-in.md 和 examples/moving-in.json。\n" +
			"再次运行时，已经迁入的自动跳过，因此中断后重新运行即可。",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("请给出旧网站的文件夹或文件，例如：gongkai import site 旧网站/ --mapping 对应关系.json")
			}
			return nil
		},
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			ctx, done := untilInterrupted(cmd.Context(), app)
			defer done()
			return bound(app).importSite(ctx, args[0], cmd.OutOrStdout(), cmd.ErrOrStderr(), o)
		},
	}
	site.Flags().BoolVar(&o.apply, "apply", false, "写入数据库")
	site.Flags().StringVar(&o.mapping, "mapping", "", "对应关系文件（JSON）")
	site.Flags().StringVar(&o.files, "files", "", "附件所在的文件夹或 zip（WordPress 的 uploads；表格默认为所在目录）")
	site.Flags().StringVar(&o.school, "school", "", "学校代码，代替对应关系里写的")
	site.Flags().StringVar(&o.name, "name", "", "这一批的名称")
	site.Flags().StringVar(&o.report, "report", "迁入报告.xlsx", "报告写到哪个文件")
	site.Flags().IntVar(&o.batch, "batch", siteBatch, "每个事务写入的条数")
	return site
}

// siteBatch is how many drafts one transaction holds: others write between two.
const siteBatch = 50

type siteImport struct {
	apply                                bool
	mapping, files, school, name, report string
	batch                                int
}

// oldSite is an old site that was opened: what comes of it, its files, and how it is
// to be read.
type oldSite struct {
	source  movein.Source
	tree    *movein.Tree
	mapping *movein.Mapping
	path    string
}

// name is what batches remember of where they came from.
func (o oldSite) name() string { return clip(filepath.Base(o.path), 300) }

// importSite reads the old site three times: where everything is, what is to be said
// of it, and once to store it. Nothing of it becomes public.
func (p *platform) importSite(ctx context.Context, path string, out, watch io.Writer, o siteImport) error {
	if o.batch < 1 || o.batch > 500 {
		return errors.New("--batch 可填 1 至 500")
	}
	if o.apply {
		release, err := lockMovingIn(p.app.DataDir(), path, p.options.Now())
		if err != nil {
			return err
		}
		defer release()
	}
	if err := p.app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	old, err := p.openOldSite(path, o)
	if err != nil {
		return err
	}
	defer old.tree.Close()
	c, err := p.newSiteCheck(old)
	if err != nil {
		return err
	}
	report, err := p.checkSite(ctx, c, watch)
	if err != nil {
		return err
	}
	report.print(out)
	if report.fresh == 0 {
		fmt.Fprintln(out, "没有需要迁入的内容。")
	} else if !o.apply {
		fmt.Fprintln(out, "这是预览，没有写入任何内容。加上 --apply 才会写入。")
	}
	if !o.apply {
		return p.writeReport(report, c, o.report, out)
	}
	return p.storeSite(ctx, c, report, out, watch, o)
}

// openOldSite tells by its ending what it is given.
func (p *platform) openOldSite(path string, o siteImport) (old oldSite, err error) {
	old = oldSite{path: path, mapping: &movein.Mapping{}, tree: movein.Nothing()}
	info, err := os.Stat(path)
	if err != nil {
		return old, fmt.Errorf("打不开 %s：%w", path, err)
	}
	ending := strings.ToLower(filepath.Ext(path))
	isTable := ending == ".csv" || ending == ".jsonl" || ending == ".ndjson"
	if o.mapping != "" || !isTable {
		if old.mapping, err = readMapping(o.mapping); err != nil {
			return old, err
		}
	}
	if o.school != "" {
		old.mapping.School = o.school
	}
	files := o.files
	switch {
	case info.IsDir() || ending == ".zip":
		files = path
	case isTable && files == "":
		files = filepath.Dir(path)
	}
	if files != "" {
		if old.tree, err = movein.OpenTree(files); err != nil {
			return old, err
		}
	}
	switch {
	case info.IsDir() || ending == ".zip":
		old.source, err = movein.Pages(old.tree, old.mapping, p.today())
	case ending == ".xml" || ending == ".wxr":
		old.source, err = movein.WXR(path, old.mapping, p.today())
	case isTable:
		old.source, err = p.tableSource(path, old.mapping.Host)
	default:
		err = fmt.Errorf("不认识 %s：请给出文件夹、.zip、.xml、.csv 或 .jsonl", filepath.Base(path))
	}
	if err != nil {
		return old, errors.Join(err, old.tree.Close())
	}
	return old, nil
}

func readMapping(path string) (*movein.Mapping, error) {
	if path == "" {
		return nil, errors.New("请用 --mapping 给出对应关系文件，写法见 docs/moving-in.md")
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("打不开文件 %s：%w", path, err)
	}
	defer file.Close()
	return movein.ReadMapping(file)
}

// checkSite learns where everything is, and then says of each item what becomes of it.
func (p *platform) checkSite(ctx context.Context, c *siteCheck, watch io.Writer) (*siteReport, error) {
	stopped := errors.New("已停止，没有写入任何内容")
	bar := articleBar(watch, "查看", c.old.source.Count())
	n := 0
	for it, err := range c.old.source.Items() {
		if err != nil {
			bar.end()
			return nil, err
		}
		if ctx.Err() != nil {
			bar.end()
			return nil, stopped
		}
		c.learn(it)
		n++
		bar.at(n)
	}
	bar.end()
	bar = articleBar(watch, "检查", n)
	defer bar.end()
	report := &siteReport{told: c.old.tree.Told, flags: map[movein.Flag]int{}, columns: map[string]int{}, reasons: map[string]int{}}
	for it, err := range c.old.source.Items() {
		if err != nil {
			return nil, err
		}
		if ctx.Err() != nil {
			return nil, stopped
		}
		draft, err := c.draft(it, c.identify)
		if err != nil {
			return nil, err
		}
		report.add(c, draft)
		bar.at(report.lines())
	}
	return report, nil
}

// enterImport enters what a batch holds after a run that is through, or was stopped.
func (p *platform) enterImport(tx core.App, b *core.Record, holds int64) error {
	return p.audit(tx, atTerminal, deed{"import_site", records.ImportBatches, b.Id, map[string]any{"written": holds, "name": b.GetString("name")}})
}
