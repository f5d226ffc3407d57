package pb_hooks

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// finding is what one check of the installation says: how it is, and what to do about it.
type finding struct {
	Check string `json:"check"`
	Level level  `json:"level"`
	Found string `json:"found"`
	Todo  string `json:"todo,omitempty"`
}

type level string

const (
	fine   level = "ok"
	notice level = "notice"
	fault  level = "error"
)

var levelWords = map[level]string{fine: "OK  ", notice: "注意", fault: "错误"}

// doctorCommand is "gongkai doctor". It changes nothing but the file it tries the data folder with.
func doctorCommand(app core.App) *cobra.Command {
	asJSON := false
	doctor := &cobra.Command{
		Use:          "doctor",
		Short:        "检查数据目录、密钥、备份、邮件、后台访问、数据库等是否就绪",
		Args:         cobra.NoArgs,
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			findings := judge(gather(cmd.Context(), app, time.Now()))
			faults, notices := tally(findings, fault), tally(findings, notice)
			if err := printFindings(cmd.OutOrStdout(), findings, asJSON); err != nil {
				return err
			}
			if faults > 0 {
				return fmt.Errorf("发现 %d 项错误、%d 项注意，请先处理错误", faults, notices)
			}
			return nil
		},
	}
	doctor.Flags().BoolVar(&asJSON, "json", false, "输出 JSON")
	return doctor
}

// judge is every check, in the order they are shown. Before the first start there is nothing to say about contents.
func judge(f facts) []finding {
	findings := []finding{
		judgeFolder(f.folder),
		judgeDisk(f.disk),
		judgeCalendar(f.calendar),
		judgeMigrations(f.database),
		judgeDatabase(f.database),
	}
	if f.district.err != nil && len(f.database.pending) > 0 {
		return findings
	}
	return append(findings,
		judgeKey(f.key),
		judgeDataKey(f.dataKey),
		judgeIndex(f.index),
		judgeBackups(f.backups, f.now),
		judgeMail(f.mail),
		judgeAddress(f.door),
		judgeSuperusers(f.door),
		judgeSuperuserIPs(f.door),
		judgeProxy(f.door),
		judgeRateLimits(f.door),
		judgeLogs(f.logDays),
		judgeAudit(f.audit, f.mail, f.now),
		judgeRequests(f.requests),
		judgeMirror(f.mirror, f.now),
		judgeRegistry(f.registry),
		judgePush(f.push),
		judgeDistrict(f.district),
		judgeDemo(f.district),
	)
}

func tally(findings []finding, l level) (n int) {
	for _, f := range findings {
		if f.Level == l {
			n++
		}
	}
	return n
}

func printFindings(out io.Writer, findings []finding, asJSON bool) error {
	if asJSON {
		encoder := json.NewEncoder(out)
		encoder.SetEscapeHTML(false)
		encoder.SetIndent("", "  ")
		return encoder.Encode(map[string]any{"findings": findings, "errors": tally(findings, fault), "notices": tally(findings, notice)})
	}
	var b strings.Builder
	for _, f := range findings {
		fmt.Fprintf(&b, "%s  %s：%s\n", levelWords[f.Level], f.Check, f.Found)
		if f.Todo != "" {
			fmt.Fprintf(&b, "      → %s\n", strings.ReplaceAll(f.Todo, "\n", "\n        "))
		}
	}
	fmt.Fprintf(&b, "\n共 %d 项：OK %d，注意 %d，错误 %d\n", len(findings), tally(findings, fine), tally(findings, notice), tally(findings, fault))
	_, err := io.WriteString(out, b.String())
	return err
}
