package pb_hooks

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/mirror"
)

// siteExport is what somebody wants to take along.
type siteExport struct {
	school   string // code
	district bool
	out      string
	asFolder bool
}

// exportCommand is `gongkai export`. It changes nothing, and works beside a server.
func exportCommand(app core.App) *cobra.Command {
	var o siteExport
	command := &cobra.Command{
		Use: "export", Short: "导出一所学校或全区的公开信息：离线网页、附件和数据（可在服务运行时执行）", Args: cobra.NoArgs, SilenceUsage: true,
		Example: "  gongkai export --school 3101120001 --out 晨光小学.zip\n  gongkai export --district --out 全区.zip\n  gongkai export --district --out 全区 --folder",
		RunE: func(cmd *cobra.Command, _ []string) error {
			if (o.school != "") == o.district {
				return errors.New("请写明导出一所学校（--school 学校代码）还是全区（--district）")
			}
			if o.out == "" {
				return errors.New("请写明写到哪个文件，例如 --out 全区.zip")
			}
			return exporter(app).export(cmd.Context(), o, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	command.Flags().StringVar(&o.school, "school", "", "学校代码")
	command.Flags().BoolVar(&o.district, "district", false, "全区")
	command.Flags().StringVar(&o.out, "out", "", "写到哪个文件（.zip），不覆盖已有的文件")
	command.Flags().BoolVar(&o.asFolder, "folder", false, "写成文件夹，不压缩")
	return command
}

// exporter is a platform for which it stays the instant at which it begins.
func exporter(app core.App) *platform {
	o := bound(app).options
	begun := o.Now()
	o.Now = func() time.Time { return begun }
	return &platform{app: app, options: o}
}

// export writes what was public at one instant, whatever is done meanwhile. The app is
// its own: it reads no other state of the database any more.
func (p *platform) export(parent context.Context, o siteExport, out, watch io.Writer) (err error) {
	if parent == nil {
		parent = context.Background()
	}
	ctx, done := untilInterrupted(parent, p.app)
	defer done()
	if err := p.app.RunAllMigrations(); err != nil {
		return err
	}
	thaw, err := freeze(p.app)
	if err != nil {
		return err
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	e := mirror.Export{Draw: p.drawCopy, Live: p.baseURL(), School: o.school, Made: p.options.Now().In(shanghai), About: d.District.SiteName}
	id := ""
	if o.school != "" {
		s, ok := d.ByCode(o.school)
		if !ok {
			return fmt.Errorf("没有代码为 %s 的学校", o.school)
		}
		e.About, id = s.Name, s.ID
	}
	if e.Articles, err = publicAddresses(ctx, p.app, id); err != nil {
		return err
	}
	if err := p.open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.public.Close()) }()
	to, err := o.begin(e)
	if err != nil {
		return err
	}
	bar := articleBar(watch, "导出", 2*len(e.Articles)) // the page and the data of each
	e.Told = bar.at
	err = e.Write(ctx, to)
	bar.end()
	if err = errors.Join(err, thaw()); err != nil {
		err = errors.Join(err, to.Drop())
		if ctx.Err() != nil {
			return errors.New("已停止，没有留下文件")
		}
		return fmt.Errorf("导出失败，没有留下文件：%w", err)
	}
	if err := to.Close(); err != nil {
		return fmt.Errorf("导出失败：%w", err)
	}
	fmt.Fprintf(out, "已导出%s的公开信息 %d 条到 %s。打开里面的 index.html 就能看。\n", e.About, len(e.Articles), o.out)
	return p.warnOfTakenBack(e, out)
}

// warnOfTakenBack names what an export holds and the site does not any more: whoever
// has it must know.
func (p *platform) warnOfTakenBack(e mirror.Export, out io.Writer) error {
	ids, err := takenBackSince(p.app, e.Made)
	if err != nil {
		return err
	}
	var gone []string
	for _, id := range ids {
		if address := "/a/" + id; slices.Contains(e.Articles, address) {
			gone = append(gone, e.Live+address)
		}
	}
	if len(gone) > 0 {
		fmt.Fprintf(out, "注意：导出期间撤回了 %d 条，副本里还有原文，请删去副本，重新导出：\n  %s\n", len(gone), strings.Join(gone, "\n  "))
	}
	return nil
}

// begin begins the package, in a file or a folder.
func (o siteExport) begin(e mirror.Export) (mirror.Package, error) {
	if o.asFolder {
		return mirror.Folder(o.out)
	}
	if filepath.Ext(o.out) != ".zip" {
		return nil, errors.New("--out 的文件名要以 .zip 结尾；要写成文件夹，请加上 --folder")
	}
	return mirror.Zip(o.out, e.Made)
}
