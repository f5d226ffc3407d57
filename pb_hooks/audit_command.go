package pb_hooks

import (
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"os"
	"slices"
	"time"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/audit"
	"gongkai/pb_hooks/records"
)

// auditCommand is "gongkai audit": whether the audit is whole, and its head.
func auditCommand(app core.App) *cobra.Command {
	root := &cobra.Command{Use: "audit", Short: "审计记录"}
	var file string
	var lines []string
	asJSON := false
	verify := &cobra.Command{
		Use: "verify", Short: "核验审计记录是否被改动、删除或调换，公开的信息是否就是办理时的版本（可在服务运行时执行）", Args: cobra.NoArgs, SilenceUsage: true,
		Example: "  gongkai audit verify\n  gongkai audit verify --heads /mnt/外部/审计校验值.txt\n  gongkai audit verify --head \"2026-11-24 07:20 12345 校验值\"",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := refuseWithoutAudit(app); err != nil {
				return err
			}
			heads, err := givenHeads(file, lines)
			if err != nil {
				return err
			}
			report, err := audit.Verify(auditRows(app), heads)
			if err != nil {
				return err
			}
			report.Last.At = time.Now().In(shanghai).Format("2006-01-02 15:04")
			texts, err := checkTexts(app)
			if err != nil {
				return err
			}
			return printAudit(cmd.OutOrStdout(), auditVerdict{report, texts}, len(heads), asJSON)
		},
	}
	verify.Flags().StringVar(&file, "heads", os.Getenv(headsEnv), "留存在别处的校验值文件，每行一条；默认取环境变量 "+headsEnv)
	verify.Flags().StringArrayVar(&lines, "head", nil, "一条留存的校验值，可以多次给出")
	verify.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	head := &cobra.Command{
		Use: "head", Short: "显示审计记录目前的校验值，供留存在别处", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := refuseWithoutAudit(app); err != nil {
				return err
			}
			h, err := bound(app).auditHead(app)
			if err == nil {
				_, err = fmt.Fprintln(cmd.OutOrStdout(), h)
			}
			return err
		},
	}
	root.AddCommand(verify, head, dossierCommand(app))
	return root
}

// refuseWithoutAudit: a wrong --dir must not look like an audit that is whole.
func refuseWithoutAudit(app core.App) error {
	if app.HasTable(records.AuditLog) {
		return nil
	}
	return fmt.Errorf("%s 里没有审计记录，请核对 --dir", app.DataDir())
}

func givenHeads(file string, lines []string) (heads []audit.Head, err error) {
	if file != "" {
		if heads, err = readHeads(file); err != nil {
			return nil, fmt.Errorf("读不到留存的校验值：%w", err)
		}
	}
	for _, line := range lines {
		h, err := audit.ParseHead(line)
		if err != nil {
			return nil, err
		}
		heads = append(heads, h)
	}
	return heads, nil
}

// auditRows reads the rows in the order of their numbers, one at a time.
func auditRows(app core.App) iter.Seq2[audit.Entry, error] {
	return func(yield func(audit.Entry, error) bool) {
		rows, err := app.ConcurrentDB().Select(slices.Concat([]string{"number"}, auditTexts)...).From(records.AuditLog).OrderBy("number", "_rowid_").Rows()
		if err != nil {
			yield(audit.Entry{}, err)
			return
		}
		defer rows.Close()
		for rows.Next() {
			e, err := scanEntry(rows)
			if !yield(e, err) || err != nil {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(audit.Entry{}, err)
		}
	}
}

// auditTexts are the columns of a row beside its number, in the order of Entry.
var auditTexts = []string{"at", "actor", "actor_name", "via", "action", "collection", "record", "detail", "address", "previous", "hash"}

func scanEntry(rows *dbx.Rows) (e audit.Entry, err error) {
	err = rows.Scan(&e.Number, &e.At, &e.Actor, &e.ActorName, &e.Via, &e.Action, &e.Collection, &e.Record, &e.Detail, &e.Address, &e.Previous, &e.Hash)
	return e, err
}

// brokenAudit is the error that makes the command fail.
type brokenAudit struct{ breaks int }

func (e brokenAudit) Error() string { return fmt.Sprintf("审计记录有 %d 处异常", e.breaks) }

// auditVerdict is what verify found: of the chain, and of what the public sees.
type auditVerdict struct {
	audit.Report
	Texts textReport `json:"texts"`
}

func printAudit(out io.Writer, report auditVerdict, heads int, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		if err := encoder.Encode(report); err != nil {
			return err
		}
	} else {
		printAuditWords(out, report, heads)
	}
	if broken := report.Total + len(report.Texts.Changed); broken > 0 {
		return brokenAudit{broken}
	}
	return nil
}

func printAuditWords(out io.Writer, report auditVerdict, heads int) {
	for _, b := range report.Breaks {
		fmt.Fprintln(out, "✗ "+b.Sentence()+"。")
	}
	if more := report.Total - len(report.Breaks); more > 0 {
		fmt.Fprintf(out, "……另有 %d 处\n", more)
	}
	if report.IsIntact() {
		fmt.Fprintf(out, "✓ 共 %d 条，前后衔接，没有改动、缺失或调换。\n", report.Count)
	}
	for _, a := range report.Texts.Changed {
		fmt.Fprintf(out, "✗ 公开的信息 %s（%s）与办理时的内容不符。\n", a.Article, a.Title)
	}
	if len(report.Texts.Changed) == 0 {
		fmt.Fprintf(out, "✓ 公开的 %d 条信息，都是办理时的那个版本。\n", report.Texts.Count)
	}
	if heads == 0 {
		fmt.Fprintln(out, "注意：没有留存的校验值可以比对。末尾被删除或整体改写，只有和留存在别处的校验值比对才能发现（--heads 或 --head）。")
	} else {
		fmt.Fprintf(out, "已和留存的 %d 条校验值比对。\n", heads)
	}
	fmt.Fprintln(out, "目前的校验值（请留存在别处）：")
	fmt.Fprintln(out, report.Last)
}
