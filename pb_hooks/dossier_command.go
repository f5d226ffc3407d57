package pb_hooks

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/dossier"
)

// NeedsNoData marks a command that runs without a data folder, so that none is
// made on the computer of whoever checks a file.
const NeedsNoData = "needs-no-data"

// dossierCommand is "gongkai audit check": whether an exported dossier is as it
// was exported.
func dossierCommand(app core.App) *cobra.Command {
	withDatabase := false
	check := &cobra.Command{
		Use: "check FILE.zip", Short: "核对导出的全部材料（zip）是否被改动（不需要数据库）", Args: cobra.ExactArgs(1), SilenceUsage: true,
		Annotations: map[string]string{NeedsNoData: ""},
		Example:     "  gongkai audit check 全部材料.zip\n  gongkai audit check 全部材料.zip --database",
		RunE: func(cmd *cobra.Command, args []string) error {
			report, err := checkFile(args[0])
			if err != nil {
				return err
			}
			if withDatabase && len(report.Rows) > 0 {
				if err := checkAgainst(app, &report); err != nil {
					return err
				}
			}
			return printDossier(cmd.OutOrStdout(), report, withDatabase)
		},
	}
	check.Flags().BoolVar(&withDatabase, "database", false, "再与本机数据库中的审计记录逐条比对（在服务器上执行）")
	return check
}

func checkFile(path string) (dossier.Report, error) {
	file, err := os.Open(path)
	if err != nil {
		return dossier.Report{}, fmt.Errorf("打不开文件：%w", err)
	}
	defer file.Close()
	info, err := file.Stat()
	if err != nil {
		return dossier.Report{}, fmt.Errorf("打不开文件：%w", err)
	}
	return dossier.Check(file, info.Size()), nil
}

// checkAgainst holds the rows of the audit in a dossier against those in the
// database, and verifies the chain that these are part of.
func checkAgainst(app core.App, report *dossier.Report) (err error) {
	if !app.IsBootstrapped() {
		if err := app.Bootstrap(); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, app.ResetBootstrapState()) }()
	}
	chain, err := audit.Verify(auditRows(app), []audit.Head{report.Head})
	if err != nil {
		return err
	}
	var numbers, about []any
	for _, row := range report.Rows {
		numbers, about = append(numbers, row.Number), append(about, row.Record)
	}
	stored := map[int]audit.Entry{}
	for some := range slices.Chunk(numbers, 500) {
		rows, err := entriesWhere(app, dbx.In("number", some...))
		if err != nil {
			return err
		}
		for _, row := range rows {
			stored[row.Number] = row
		}
	}
	all, err := auditAbout(app, about)
	if err != nil {
		return err
	}
	report.Ask(func(report *dossier.Report) string {
		for _, b := range chain.Breaks {
			report.Break("数据库的审计记录：%s", b.Sentence())
		}
		for _, row := range report.Rows {
			if stored[row.Number] != row {
				report.Break("审计记录第 %d 条与数据库中的不同", row.Number)
			}
		}
		for _, row := range all {
			if _, here := stored[row.Number]; !here && row.Number <= report.Head.Number {
				report.Break("数据库中的审计记录第 %d 条不在材料中", row.Number)
			}
		}
		return fmt.Sprintf("数据库：%d 条审计记录与数据库中的逐条相同；数据库的审计记录共 %d 条，前后衔接，导出以后没有被改写", len(report.Rows), chain.Count)
	})
	return nil
}

// brokenDossier is the error that makes the command fail.
type brokenDossier struct{ breaks int }

func (e brokenDossier) Error() string { return fmt.Sprintf("这份材料有 %d 处异常", e.breaks) }

func printDossier(out io.Writer, report dossier.Report, withDatabase bool) error {
	if report.Title != "" {
		fmt.Fprintln(out, report.Title)
	}
	for _, holds := range report.Holds {
		fmt.Fprintln(out, "✓ "+holds+"。")
	}
	for _, wrong := range report.Breaks {
		fmt.Fprintln(out, "✗ "+wrong+"。")
	}
	if more := report.Total - len(report.Breaks); more > 0 {
		fmt.Fprintf(out, "……另有 %d 处\n", more)
	}
	if !report.IsIntact() {
		return brokenDossier{report.Total}
	}
	if withDatabase {
		fmt.Fprintln(out, "这份材料与导出时相同，与平台保存的审计记录一致。")
		return nil
	}
	fmt.Fprintln(out, "这份材料内部一致，没有改动的迹象。")
	fmt.Fprintln(out, "注意：有人把全部文件连同校验值一起重做，只有和平台保存的审计记录比对才能发现，请在服务器上用 --database 再核对一次。")
	return nil
}
