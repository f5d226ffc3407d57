package pb_hooks

import (
	"fmt"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"
)

// searchCommand is `gongkai search rebuild`.
func searchCommand(app core.App) *cobra.Command {
	search := &cobra.Command{Use: "search", Short: "全文检索索引"}
	search.AddCommand(&cobra.Command{
		Use: "rebuild", Short: "由数据库重建检索索引（可在服务运行时执行）", Args: cobra.NoArgs, SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := app.RunAllMigrations(); err != nil {
				return err
			}
			p := bound(app)
			var bar *progress
			err := p.rebuild(cmd.Context(), func(done, total int) {
				if bar == nil {
					bar = articleBar(cmd.ErrOrStderr(), "重建索引", total)
				}
				bar.at(done)
			})
			if bar != nil {
				bar.end()
			}
			if err == nil {
				err = announceChange(app)
			}
			if cerr := p.closeIndex(); err == nil {
				err = cerr
			}
			if err == nil {
				fmt.Fprintln(cmd.OutOrStdout(), "检索索引已重建。")
			}
			return err
		},
	})
	return search
}
