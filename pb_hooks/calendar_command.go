package pb_hooks

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/workday"
)

// calendarCommand is "gongkai calendar": the yearly notices of holidays that working days are counted by.
func calendarCommand(app core.App) *cobra.Command {
	calendar := &cobra.Command{Use: "calendar", Short: "节假日安排"}
	apply := false
	imports := &cobra.Command{
		Use:     "import FILE.json",
		Short:   "导入一年的节假日安排，并重新计算未办结申请的答复期限；不加 --apply 只预览",
		Example: "  gongkai calendar import 2027.json\n  gongkai calendar import 2027.json --apply",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("请给出一个 JSON 文件，例如：gongkai calendar import 2027.json")
			}
			return nil
		},
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, args []string) error {
			raw, err := os.ReadFile(args[0])
			if err != nil {
				return fmt.Errorf("打不开文件 %s：%w", args[0], err)
			}
			year, err := workday.ParseYear(raw)
			if err != nil {
				return err
			}
			return bound(app).commandImport(year, apply, cmd.OutOrStdout())
		},
	}
	imports.Flags().BoolVar(&apply, "apply", false, "写入数据库")
	list := &cobra.Command{
		Use: "list", Short: "列出已有的节假日安排", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error { return listCalendars(app, cmd.OutOrStdout()) },
	}
	calendar.AddCommand(imports, list)
	return calendar
}

// commandImport shows what a year changes and, if told to, imports it. The data
// key is needed to write to applicants.
func (p *platform) commandImport(year workday.Year, apply bool, out io.Writer) error {
	if err := p.app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	plan, err := p.tryCalendar(year)
	if err != nil {
		return err
	}
	plan.print(out)
	if !apply {
		fmt.Fprintln(out, "这是预览，没有写入任何内容。加上 --apply 才会写入。")
		return nil
	}
	if err := p.openKeys(); err != nil {
		return err
	}
	done, err := p.importCalendar(year, atTerminal)
	if err != nil {
		return fmt.Errorf("写入失败，没有保存任何内容：%w", err)
	}
	if err := announceChange(p.app); err != nil {
		return fmt.Errorf("已写入，但未能通知运行中的服务，请重启服务：%w", err)
	}
	fmt.Fprintf(out, "已写入，重新计算了 %d 件申请的答复期限。\n", len(done.Moved))
	return nil
}

func (c CalendarImport) print(out io.Writer) {
	what := "新增"
	if c.Replaces {
		what = "替换现行的"
	}
	fmt.Fprintf(out, "%s %d 年节假日安排：放假 %d 天，调休上班 %d 天。\n", what, c.Year, c.OffDays, c.Makeups)
	for _, day := range c.Changes {
		fmt.Fprintf(out, "  %s  %s → %s\n", day.Date, day.Was, day.Is)
	}
	fmt.Fprintf(out, "计时中的申请 %d 件，答复期限改变 %d 件，不再暂定 %d 件。\n", c.Open, len(c.Moved), c.Settled)
	for _, m := range c.Moved {
		fmt.Fprintf(out, "  %s  %s  %s → %s\n", m.Number, m.School, m.Was, m.Due)
	}
}

func listCalendars(app core.App, out io.Writer) error {
	if err := app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	years, err := calendarYears(app)
	if err != nil {
		return err
	}
	for _, y := range slices.Backward(years) {
		from := "程序自带"
		if y.Imported {
			from = "导入：" + y.By + " " + y.At
		}
		fmt.Fprintf(out, "%d 年  放假 %d 天  调休上班 %d 天  %s\n", y.Year, y.OffDays, y.Makeups, from)
	}
	return nil
}
