package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/records"
)

// registryCommand is "gongkai registry": the register of institutions is read from
// the command line.
func registryCommand(app core.App) *cobra.Command {
	group := &cobra.Command{Use: "registry", Short: "机构名单"}
	name, rules := "", false
	run := &cobra.Command{
		Use:          "run",
		Short:        "读取机构名单并列出变更集；不加 --apply-rules 只预览",
		Example:      "  gongkai registry run\n  gongkai registry run --source 区机构查询平台 --apply-rules",
		Args:         cobra.NoArgs,
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			ctx, done := untilInterrupted(cmd.Context(), app)
			defer done()
			return bound(app).readFromCommand(ctx, cmd.OutOrStdout(), name, !rules)
		},
	}
	run.Flags().StringVar(&name, "source", "", "来源的名称；只有一个来源时可以省略")
	run.Flags().BoolVar(&rules, "apply-rules", false, "按来源的规则自动接受变更")
	group.AddCommand(run)
	return group
}

// readFromCommand reads a source in this process and prints its change set. What the
// rules do not cover waits in the workbench.
func (p *platform) readFromCommand(ctx context.Context, out io.Writer, name string, dry bool) error {
	if err := p.app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := p.openKeys(); err != nil {
		return err
	}
	where := dbx.HashExp{"active": true}
	if name != "" {
		where["name"] = name
	}
	sources, err := p.app.FindAllRecords(records.RegistrySources, where)
	if err != nil {
		return err
	}
	switch {
	case len(sources) == 0 && name != "":
		return fmt.Errorf("没有名为“%s”的来源，或者它已经停用", name)
	case len(sources) == 0:
		return errors.New("还没有设置来源，请在工作台“数据共享”中设置")
	case len(sources) > 1:
		return errors.New("有多个来源，请用 --source 指定名称")
	case needsFile(sources[0]):
		return errors.New("这个来源要在工作台上传文件，不能在命令行读取")
	}
	var run *core.Record
	err = p.app.RunInTransaction(func(tx core.App) error {
		src, err := tx.FindRecordById(records.RegistrySources, sources[0].Id)
		if err != nil {
			return err
		}
		if run, err = p.beginRun(tx, src, newRun{Occasion: "command", Dry: dry}); err != nil {
			return err
		}
		return p.audit(tx, atTerminal, deed{Action: "start_registry_run", Collection: records.RegistryRuns, Record: run.Id, Detail: map[string]any{"name": src.GetString("name"), "dry": dry}})
	})
	if sentence, ok := standsAgainst(err); ok {
		return errors.New(sentence)
	}
	if err != nil {
		return err
	}
	if err := p.registrar.take(ctx, run); err != nil {
		return err
	}
	if ctx.Err() != nil {
		if err := p.registrar.fail(run.Id, runFault{"broken_off", "命令被中断，这次读取没有完成。"}); err != nil {
			return err
		}
		return errors.New("已停止，没有使用读到的任何内容")
	}
	if err := announceChange(p.app); err != nil {
		return fmt.Errorf("已读取，但未能通知运行中的服务，请重启服务：%w", err)
	}
	return p.printRun(out, run.Id)
}

func (p *platform) printRun(out io.Writer, id string) error {
	run, err := p.app.FindRecordById(records.RegistryRuns, id)
	if err != nil {
		return err
	}
	view, err := p.registryRun(p.app, run, registryReader{})
	if err != nil {
		return err
	}
	if view.State == "failed" || view.State == "cancelled" {
		return errors.New(view.Sentence)
	}
	var found []*core.Record
	if err := p.app.RecordQuery(records.RegistryLines).AndWhere(dbx.HashExp{"run": id}).OrderBy("position").All(&found); err != nil {
		return err
	}
	lines, err := p.registryLineViews(p.app, found, registryReader{}, nil)
	if err != nil {
		return err
	}
	fmt.Fprintf(out, "%s：读取 %d 行，%d 项没有变化\n", view.SourceName, view.Rows, view.Same)
	for _, line := range lines {
		fmt.Fprintf(out, "%s  %s  %s", line.KindName, line.Name, line.contents())
		if line.Outcome == "applied" {
			fmt.Fprintf(out, "  已按规则“%s”写入", line.Rule)
		}
		fmt.Fprintln(out)
	}
	switch {
	case view.Stop != "":
		fmt.Fprintf(out, "\n变更集已暂停：%s\n", view.Stop)
	case view.Open > 0:
		fmt.Fprintf(out, "\n%d 项待处理，请在工作台“数据共享”中决定。\n", view.Open)
	default:
		fmt.Fprintln(out, "\n"+view.Sentence)
	}
	return nil
}
