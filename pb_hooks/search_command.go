package pb_hooks

import (
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/schollz/progressbar/v3"
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
			p := &platform{app: app, options: Options{Now: time.Now}}
			bar := progressbar.NewOptions(-1, progressbar.OptionSetWriter(cmd.ErrOrStderr()), progressbar.OptionSetDescription("重建索引"), progressbar.OptionShowCount())
			err := p.rebuild(cmd.Context(), func(done, total int) {
				bar.ChangeMax(total)
				_ = bar.Set(done) // drawing fails when nobody looks; the work goes on
			})
			if cerr := p.closeIndex(); err == nil {
				err = cerr
			}
			if err == nil {
				cmd.Println("\n检索索引已重建。")
			}
			return err
		},
	})
	return search
}
