package pb_hooks

import (
	"errors"
	"fmt"
	"io"
	"net/url"
	"strings"

	"github.com/pocketbase/dbx"
	"github.com/pocketbase/pocketbase/core"
	"github.com/spf13/cobra"

	"gongkai/pb_hooks/movein"
	"gongkai/pb_hooks/records"
)

func redirectsCommand(app core.App) *cobra.Command {
	host := ""
	redirects := &cobra.Command{
		Use:     "redirects",
		Short:   "导出旧网址到新网址的对照，供旧网站的 nginx 使用",
		Example: "  gongkai import redirects --host www.yucai.example > gongkai-old.map",
		Long: "导出已公开内容的旧网址到新网址的对照，是 nginx 的 map。用法：\n" +
			"  map $request_uri $gongkai_new { include /etc/nginx/gongkai-old.map; }\n" +
			"  server { …  if ($gongkai_new) { return 301 $gongkai_new; } }",
		Args:         cobra.NoArgs,
		SilenceUsage: true,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return bound(app).writeRedirects(host, cmd.OutOrStdout(), cmd.ErrOrStderr())
		},
	}
	redirects.Flags().StringVar(&host, "host", "", "只导出这个旧域名的；有几个旧域名时必须写")
	return redirects
}

// writeRedirects writes a line for each old address whose article is public. Of one
// host only: a map has no room for a second page of the same path.
func (p *platform) writeRedirects(host string, out, told io.Writer) error {
	app := p.app
	if err := app.RunAllMigrations(); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	var hosts []string
	if err := app.DB().Select("host").Distinct(true).From(records.OldAddresses).OrderBy("host").Column(&hosts); err != nil {
		return err
	}
	if host = movein.Host(host); host == "" && len(hosts) > 1 {
		return errors.New("有几个旧域名，请用 --host 写明一个：" + strings.Join(hosts, "、"))
	} else if host == "" && len(hosts) == 1 {
		host = hosts[0]
	}
	d, err := p.directory()
	if err != nil {
		return err
	}
	rows, err := app.DB().Select("o.path", "o.article", "coalesce(a.id, '')").From(records.OldAddresses+" o").
		LeftJoin(records.PublicArticles+" a", dbx.NewExp("a.id = o.article")).Where(dbx.HashExp{"o.host": host}).OrderBy("o.path").Rows()
	if err != nil {
		return err
	}
	defer rows.Close()
	waiting := 0
	for rows.Next() {
		var path, article, public string
		if err := rows.Scan(&path, &article, &public); err != nil {
			return err
		}
		if public == "" {
			waiting++
			continue
		}
		if _, err := fmt.Fprintf(out, "%s %s/a/%s;\n", nginxText(path), strings.TrimRight(d.District.BaseURL, "/"), article); err != nil {
			return err
		}
	}
	if waiting > 0 {
		fmt.Fprintf(told, "还有 %d 个旧网址的内容没有公开，公开后请重新导出。\n", waiting)
	}
	return rows.Err()
}

// nginxText is an address as nginx sees it in $request_uri, in quotes. One that began
// with ~ would be a regular expression; addresses begin with a slash.
func nginxText(path string) string {
	p, query, asked := strings.Cut(path, "?")
	text := (&url.URL{Path: p}).EscapedPath()
	if asked {
		text += "?" + query
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", "", "\r", "").Replace(text) + `"`
}
